import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { dayOf, exactTime } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { stateKind } from './InterviewPart.tsx'
import type { Conformity, InterviewRow } from './types.ts'

const percent = (met: number | null, asked: number | null): string =>
  met === null || asked === null || asked === 0 ? '–' : `${Math.round((100 * met) / asked)} %`

/** How far the conditions were met in a year. */
function ConformityPart() {
  const t = useWords()
  const now = Number(dayOf(useNow()).slice(0, 4))
  const [year, setYear] = useState(String(now))
  const read = useGet<Conformity>('/api/interview-conformity', { year })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { items, asked, met } = read.data
  return (
    <section className="sheet" aria-labelledby="conformity">
      <div className="sheet-head">
        <h2 id="conformity">{t('interviewPage', 'conformity')}</h2>
      </div>
      <div className="sheet-body stack">
        <p>{t('interviewPage', 'conformity_lede')}</p>
        <SelectField
          label={t('interviewPage', 'year')}
          value={year}
          onValue={setYear}
          options={[0, 1, 2, 3, 4].map((ago) => ({ value: String(now - ago), label: String(now - ago) }))}
        />
        <p>
          <b>
            {items.length === 0
              ? t('interviewPage', 'conformity_none')
              : asked === null || met === null
                ? t('interviewPage', 'conformity_hidden')
                : t('interviewPage', 'conformity_all', { met, asked })}
          </b>
        </p>
      </div>
      {items.length > 0 && (
        <Table
          caption={t('interviewPage', 'conformity')}
          rows={items}
          rowKey={(one) => `${one.subject} ${one.code}`}
          columns={[
            {
              key: 'condition',
              head: t('interviewPage', 'condition'),
              name: true,
              cell: (one) => sayCode('interviewPage', `item_${one.code}`),
            },
            {
              key: 'subject',
              head: t('nrmPage', 'subject'),
              cell: (one) => t('interviewPage', `subject_${one.subject}`),
            },
            {
              key: 'asked',
              head: t('interviewPage', 'applied'),
              number: true,
              cell: (one) => one.asked ?? '–',
              sort: (one) => one.asked ?? -1,
            },
            {
              key: 'met',
              head: t('interviewPage', 'met'),
              number: true,
              cell: (one) => one.met ?? '–',
              sort: (one) => one.met ?? -1,
            },
            {
              key: 'share',
              head: t('interviewPage', 'share'),
              number: true,
              cell: (one) => percent(one.met, one.asked),
              sort: (one) => (one.met ?? -1) / (one.asked ?? 1),
            },
          ]}
        />
      )}
    </section>
  )
}

/** Invitations of police and social service, with what is due; for the Responsible Authority whatever waits. */
export default function InterviewsPage() {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const { role } = useUser()
  const office = role === 'responsible_authority' || role === 'state_agency'
  const [tab, setTab] = useState<'open' | 'closed' | 'conformity'>('open')
  const list = usePaged<InterviewRow>(
    '/api/interviews',
    { which: tab === 'closed' ? 'closed' : 'open' },
    tab !== 'conformity',
  )
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('interviewPage', 'title')}</h1>
          <p className="lede">{t('interviewPage', office ? 'lede_office' : 'lede')}</p>
        </div>
        <ButtonLink to="/interviews/rooms">{t('interviewPage', 'rooms')}</ButtonLink>
      </div>
      <FilterTabs
        label={t('interviewPage', 'title')}
        current={tab}
        onPick={(key) => setTab(key === 'closed' || key === 'conformity' ? key : 'open')}
        tabs={(office ? (['open', 'closed', 'conformity'] as const) : (['open', 'closed'] as const)).map(
          (key) => ({ key, label: t('interviewPage', key) }),
        )}
      />
      {tab === 'conformity' ? (
        <ConformityPart />
      ) : (
        <div className="sheet">
          <ListFrame
            list={list}
            empty={t('interviewPage', tab === 'open' ? 'none_open' : 'none_closed')}
            fault={<FailedPart error={list.error} onRetry={list.refetch} />}
          >
            <Table
              caption={t('interviewPage', 'title')}
              rows={list.items}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: 'file',
                  head: t('interviewPage', 'file'),
                  name: true,
                  cell: (row) => (
                    <Link to="/interviews/$id" params={{ id: row.id }}>
                      {row.code}
                    </Link>
                  ),
                },
                {
                  key: 'when',
                  head: t('interviewPage', 'when'),
                  cell: (row) => exactTime(row.heldAt ?? row.plannedAt),
                },
                {
                  key: 'where',
                  head: t('interviewPage', 'where'),
                  cell: (row) =>
                    row.room === null
                      ? row.noRoom && t('interviewPage', `no_room_${row.noRoom}`)
                      : sq
                        ? row.room.nameSq
                        : row.room.nameEn,
                },
                {
                  key: 'subject',
                  head: t('nrmPage', 'subject'),
                  cell: (row) => t('interviewPage', `subject_${row.subject}`),
                },
                {
                  key: 'state',
                  head: t('interviewPage', 'state'),
                  cell: (row) => (
                    <Chip kind={stateKind(row.state)}>{t('interviewPage', `state_${row.state}`)}</Chip>
                  ),
                },
                {
                  key: 'due',
                  head: t('interviewPage', tab === 'open' ? 'due' : 'conclusion'),
                  cell: (row) =>
                    tab === 'closed'
                      ? row.conclusion && t('interviewPage', `conclusion_${row.conclusion}`)
                      : row.actions[0] === undefined
                        ? t('interviewPage', 'nothing_due')
                        : t('interviewPage', `due_${row.actions[0]}`),
                },
              ]}
            />
          </ListFrame>
        </div>
      )}
    </div>
  )
}
