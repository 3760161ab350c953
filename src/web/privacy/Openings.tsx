import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { kindOf } from '#web/access/words.ts'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { nowInstant } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { exactTime } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { Opening, OpeningReads } from '#wire/privacy.ts'
import { closeForm, reviewForm } from './forms.ts'
import { Line, Who, Words } from './parts.tsx'

type Reads = { items: readonly (typeof OpeningReads)['_output']['items'][number][] }

function ReadsOf({ id }: { id: string }) {
  const t = useWords()
  const read = useGet<Reads>(`/api/access/openings/${id}/reads`)
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data.items.length === 0) return <p className="quiet">{t('privacyPage', 'reads_none')}</p>
  return (
    <Table
      caption={t('privacyPage', 'reads')}
      rows={read.data.items}
      rowKey={(row) => `${row.at} ${row.kind} ${row.act}`}
      columns={[
        { key: 'when', head: t('privacyPage', 'when'), cell: (row) => exactTime(row.at) },
        { key: 'act', head: t('privacyPage', 'act'), cell: (row) => sayCode('admin', `act_${row.act}`) },
        {
          key: 'kind',
          head: t('privacyPage', 'record'),
          cell: (row) => [kindOf(row.kind), row.tier].filter(Boolean).join(' · '),
        },
      ]}
    />
  )
}

function OpeningItem({
  one,
  officer,
  onForm,
}: {
  one: Opening
  officer: boolean
  onForm: (form: CommandForm) => void
}) {
  const t = useWords()
  const { language } = useLanguage()
  const [shown, setShown] = useState(false)
  const late = one.outcome === null && Date.parse(one.reviewDue) < Date.parse(nowInstant())
  return (
    <li className="stack listed">
      <div className="spread">
        <h3>
          {one.mine && one.live && one.reach !== 'minimum' ? (
            <Link to="/cases/$id" params={{ id: one.caseId }}>
              {one.caseCode}
            </Link>
          ) : (
            one.caseCode
          )}
        </h3>
        {one.live ? (
          <Chip kind="going">{t('privacyPage', 'live_until', { when: exactTime(one.until) })}</Chip>
        ) : (
          <Chip kind="done">{t('privacyPage', 'over')}</Chip>
        )}
        {one.outcome === null ? (
          <Chip kind={late ? 'late' : 'waiting'}>
            {late
              ? t('privacyPage', 'review_late')
              : t('privacyPage', 'review_due', { when: exactTime(one.reviewDue) })}
          </Chip>
        ) : (
          <Chip kind={one.outcome === 'justified' ? 'done' : 'breach'}>
            {t('privacyPage', `outcome_${one.outcome}`)}
          </Chip>
        )}
      </div>
      <p>
        <Who one={one} /> · {one.unit[language]} · {exactTime(one.openedAt)}
      </p>
      <dl className="pairs">
        <Line term={t('privacyPage', 'reason')}>{t('privacyPage', `reason_${one.reason}`)}</Line>
        <Line term={t('privacyPage', 'reach')}>{t('privacyPage', `reach_${one.reach}`)}</Line>
        <Words words={one.words} />
        <Line term={t('privacyPage', 'consequence')}>
          {one.consequence === null ? '' : sayCode('privacyPage', `consequence_${one.consequence}`)}
        </Line>
      </dl>
      {(officer || (one.mine && one.live)) && (
        <p className="row">
          {officer && one.outcome === null && (
            <Button size="table" onClick={() => onForm(reviewForm(t, one))}>
              {t('privacyPage', 'review')}
              <span className="only-heard"> {one.caseCode}</span>
            </Button>
          )}
          {officer && !shown && (
            <Button size="table" onClick={() => setShown(true)}>
              {t('privacyPage', 'reads_show')}
              <span className="only-heard"> {one.caseCode}</span>
            </Button>
          )}
          {one.mine && one.live && (
            <Button size="table" onClick={() => onForm(closeForm(t, one))}>
              {t('privacyPage', 'close_now')}
              <span className="only-heard"> {one.caseCode}</span>
            </Button>
          )}
        </p>
      )}
      {shown && <ReadsOf id={one.id} />}
    </li>
  )
}

/** Files opened in emergency: one's own, those of one's unit, or all for the officer. */
export function Openings({
  box,
  empty,
  officer,
  onForm,
}: {
  box: 'mine' | 'waiting' | 'reviewed' | 'all'
  empty: string
  officer: boolean
  onForm: (form: CommandForm) => void
}) {
  const list = usePaged<Opening>('/api/access/openings', { box })
  return (
    <ListFrame list={list} empty={empty} fault={<FailedPart error={list.error} onRetry={list.refetch} />}>
      <ul className="sheet sheet-body entry-list">
        {list.items.map((one) => (
          <OpeningItem key={one.id} one={one} officer={officer} onForm={onForm} />
        ))}
      </ul>
    </ListFrame>
  )
}
