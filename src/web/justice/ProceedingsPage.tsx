import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { mayOpenProceeding } from '#domain/justice/policy.ts'
import { stages } from '#domain/justice/state.ts'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ClockChip } from '#web/design/Clock.tsx'
import { CheckOne, SelectField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { longDate } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListProceedings } from '#wire/justice.ts'
import type { Articles } from './forms.ts'

type Row = z.output<typeof ListProceedings.reply>['items'][number]
const which = ['open', 'closed', 'all'] as const

/** Proceedings of one's unit, or of the trafficking track: one page for police, prosecution and the Responsible Authority. */
export default function ProceedingsPage() {
  const t = useWords()
  const now = useNow()
  const sq = useLanguage().language === 'sq'
  const { role } = useUser()
  const police = role === 'police' || role === 'border_police'
  const [filter, setFilter] = useState({ which: 'open', stage: '', article: '' })
  const [stuck, setStuck] = useState(false)
  const articles = useGet<Articles>('/api/proceeding-articles')
  const list = usePaged<Row>('/api/proceedings', {
    which: filter.which,
    stage: filter.stage || undefined,
    article: filter.article || undefined,
    stuck: stuck ? 'true' : undefined,
  })
  const set = (change: Partial<typeof filter>) => setFilter((was) => ({ ...was, ...change }))
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('justicePage', 'title')}</h1>
          <p className="lede">
            {t(
              'justicePage',
              police ? 'lede_police' : role === 'prosecutor' ? 'lede_prosecutor' : 'lede_authority',
            )}
          </p>
        </div>
        <div className="row no-print">
          {mayOpenProceeding({ role }) && (
            <ButtonLink to="/proceedings/new" kind="primary">
              {t('justicePage', 'new')}
            </ButtonLink>
          )}
          {role !== 'border_police' && (
            <ButtonLink to="/proceedings/closed">{t('justicePage', 'closed_analysis')}</ButtonLink>
          )}
        </div>
      </div>
      <FilterTabs
        label={t('justicePage', 'filter_which')}
        tabs={which.map((key) => ({ key, label: t('justicePage', `filter_${key}`) }))}
        current={filter.which}
        onPick={(key) => set({ which: key, stage: '' })}
      />
      <div className="row no-print">
        <SelectField
          label={t('justicePage', 'filter_stage')}
          value={filter.stage}
          onValue={(stage) => set({ stage })}
          options={[
            { value: '', label: t('justicePage', 'any') },
            ...stages
              .filter((stage) => (filter.which === 'open' ? stage !== 'closed' : filter.which === 'all'))
              .map((value) => ({ value, label: t('justicePage', `stage_${value}`) })),
          ]}
        />
        <SelectField
          label={t('justicePage', 'filter_article')}
          value={filter.article}
          onValue={(article) => set({ article })}
          options={[
            { value: '', label: t('justicePage', 'any') },
            ...(articles.data?.items ?? [])
              .filter((one) => one.chargeable)
              .map((one) => ({ value: one.code, label: `${one.code} ${sq ? one.sq : one.en}` })),
          ]}
        />
      </div>
      {!police && <CheckOne label={t('justicePage', 'filter_stuck')} checked={stuck} onChecked={setStuck} />}
      <ListFrame
        list={list}
        empty={t('justicePage', 'none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <section className="sheet">
          <Table
            caption={t('justicePage', 'title')}
            rows={list.items}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'code',
                head: t('justicePage', 'code'),
                name: true,
                cell: (row) => (
                  <Link to="/proceedings/$id" params={{ id: row.id }}>
                    {row.code}
                  </Link>
                ),
              },
              {
                key: 'stage',
                head: t('justicePage', 'stage'),
                cell: (row) => (
                  <>
                    <Chip kind={row.stage === 'closed' ? 'done' : row.office === null ? 'waiting' : 'going'}>
                      {t('justicePage', `stage_${row.stage}`)}
                    </Chip>
                    {row.closedReason && (
                      <p className="note quiet">{sayCode('justicePage', `reason_${row.closedReason}`)}</p>
                    )}
                  </>
                ),
              },
              { key: 'articles', head: t('justicePage', 'articles'), cell: (row) => row.articles.join(', ') },
              { key: 'victims', head: t('justicePage', 'victims'), number: true, cell: (row) => row.victims },
              {
                key: 'suspects',
                head: t('justicePage', 'suspects'),
                number: true,
                cell: (row) => row.suspects,
              },
              {
                key: 'office',
                head: t('justicePage', 'office'),
                cell: (row) =>
                  row.office === null
                    ? t('justicePage', 'nobody_yet')
                    : sq
                      ? row.office.nameSq
                      : row.office.nameEn,
              },
              {
                key: 'next',
                head: t('justicePage', 'next'),
                cell: (row) => (row.nextOn === null ? '–' : longDate(row.nextOn, now)),
              },
              ...(police
                ? []
                : [
                    {
                      key: 'due',
                      head: t('justicePage', 'due'),
                      cell: (row: Row) =>
                        row.due === null ? '–' : <ClockChip short clock={{ ...row.due, statutory: true }} />,
                    },
                  ]),
            ]}
          />
        </section>
      </ListFrame>
    </div>
  )
}
