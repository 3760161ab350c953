import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ClockChip } from '#web/design/Clock.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { mayReport } from '#web/shell/navigation.ts'
import type { ListReports, MyReports } from '#wire/report.ts'
import { labelOf, useIntakeOptions } from './words.ts'

type Row = z.output<typeof ListReports.reply>['items'][number]
type Mine = z.output<typeof MyReports.reply>['items'][number]

const kindOf = { TRIAGED: 'going', ACCEPTED: 'done' } as const
const waiting = ['RECEIVED', 'TRIAGED'] as const

function UnitReports() {
  const t = useWords()
  const now = useNow()
  const [state, setState] = useState<string>('RECEIVED')
  const options = useIntakeOptions()
  const place = useMunicipalityName()
  const list = usePaged<Row>('/api/reports', { state: state === 'all' ? undefined : state })
  const filters = [
    ...waiting.map((s) => ({ key: s, label: t('reportPage', `state_${s}`) })),
    { key: 'ACCEPTED', label: t('reportPage', 'state_ACCEPTED') },
    { key: 'SCREENED_OUT', label: t('reportPage', 'state_SCREENED_OUT') },
    { key: 'all', label: t('web', 'all') },
  ]
  return (
    <>
      <FilterTabs label={t('reportPage', 'filter')} tabs={filters} current={state} onPick={setState} />
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('reportPage', 'empty')}
          emptyMore={t('reportPage', 'empty_more')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('reportPage', 'title')}
            rows={list.items}
            rowKey={(r) => r.id}
            columns={[
              {
                key: 'received',
                head: t('reportPage', 'received'),
                cell: (r) =>
                  r.dueAt && r.triagedAt === null ? (
                    <ClockChip short clock={{ dueAt: r.dueAt, startedAt: r.receivedAt, statutory: true }} />
                  ) : (
                    nearDate(r.receivedAt, now)
                  ),
                sort: (r) => r.receivedAt,
              },
              {
                key: 'what',
                head: t('reportPage', 'what'),
                name: true,
                cell: (r) => (
                  <>
                    <Link to="/reports/$id" params={{ id: r.id }}>
                      {r.concerns.map((c) => labelOf(options?.concerns, c)).join(', ') ||
                        t('reportPage', 'one')}
                    </Link>
                    <small>
                      {t('reportPage', 'children', { count: r.children })}
                      {r.immediacy === 'immediate' && ` · ${t('reportPage', 'immediacy_immediate')}`}
                    </small>
                  </>
                ),
              },
              {
                key: 'source',
                head: t('reportPage', 'source'),
                cell: (r) => (
                  <>
                    {t('reportPage', `source_${r.source}`)}
                    <small>{t('reportPage', `channel_${r.channel}`)}</small>
                  </>
                ),
              },
              {
                key: 'where',
                head: t('reportPage', 'where'),
                cell: (r) => place(r.municipality),
                sort: (r) => place(r.municipality),
              },
              {
                key: 'state',
                head: t('reportPage', 'state'),
                cell: (r) => (
                  <Chip kind={kindOf[r.state as keyof typeof kindOf] ?? 'waiting'}>
                    {t('reportPage', `state_${r.state}`)}
                  </Chip>
                ),
              },
            ]}
          />
        </ListFrame>
      </div>
    </>
  )
}

function MineReports() {
  const t = useWords()
  const now = useNow()
  const place = useMunicipalityName()
  const list = usePaged<Mine>('/api/reports/mine')
  const kinds = { received: 'going', being_handled: 'going', closed: 'done' } as const
  return (
    <div className="sheet">
      <ListFrame
        list={list}
        empty={t('reportPage', 'empty')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('reportPage', 'mine_title')}
          rows={list.items}
          rowKey={(r) => r.id}
          columns={[
            {
              key: 'at',
              head: t('reportPage', 'received'),
              name: true,
              cell: (r) => nearDate(r.receivedAt, now),
              sort: (r) => r.receivedAt,
            },
            { key: 'where', head: t('reportPage', 'where'), cell: (r) => place(r.municipality) },
            {
              key: 'children',
              head: t('reportPage', 'children_head'),
              number: true,
              cell: (r) => r.children,
            },
            {
              key: 'status',
              head: t('reportPage', 'state'),
              cell: (r) => <Chip kind={kinds[r.status]}>{t('reportPage', `status_${r.status}`)}</Chip>,
            },
          ]}
        />
      </ListFrame>
    </div>
  )
}

/** Reports of the unit for those who triage; for everybody else, nothing but how far their own have come. */
export default function ReportsPage() {
  const t = useWords()
  const { role } = useUser()
  // What nobody could place waits at the national line; the rest of its day is its own reports.
  const unit = role === 'cpw' || role === 'cpu_head' || role === 'state_agency' || role === 'hotline'
  const [mine, setMine] = useState(!unit || role === 'hotline')
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('reportPage', mine ? 'mine_title' : 'title')}</h1>
          <p className="lede">
            {t(
              'reportPage',
              mine
                ? 'mine_lede'
                : role === 'state_agency'
                  ? 'lede_agency'
                  : role === 'hotline'
                    ? 'lede_line'
                    : 'lede_unit',
            )}
          </p>
        </div>
        {mayReport(role) && (
          <ButtonLink kind="primary" icon="plus.bold" to="/reports/new">
            {t('web', 'nav_new_report')}
          </ButtonLink>
        )}
      </div>
      {unit && role !== 'state_agency' && (
        <p>
          <button type="button" className="link" onClick={() => setMine(!mine)}>
            {t('reportPage', mine ? (role === 'hotline' ? 'title_line' : 'title') : 'mine_title')}
          </button>{' '}
          <Icon name="caret-right" size={14} />
        </p>
      )}
      {mine ? <MineReports /> : <UnitReports />}
    </div>
  )
}
