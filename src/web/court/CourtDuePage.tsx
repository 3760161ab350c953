import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { usePaged } from '#web/client/paged.ts'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { clockTime, nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListCourtDue } from '#wire/case.ts'

type Row = z.output<typeof ListCourtDue.reply>['items'][number]

/** What is due in matters before courts, soonest first: the next hearing stands where its day puts it. */
export default function CourtDuePage() {
  const t = useWords()
  const now = useNow()
  const list = usePaged<Row>('/api/court/due')
  return (
    <div className="view stack">
      <div>
        <h1>{t('courtPage', 'due_title')}</h1>
        <p className="lede">{t('courtPage', 'due_lede')}</p>
        <p>
          <Link to="/court/report">{t('courtPage', 'yearly')}</Link>
        </p>
      </div>
      <ListFrame
        list={list}
        empty={t('courtPage', 'due_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <section className="sheet">
          <Table
            caption={t('courtPage', 'due_title')}
            rows={list.items}
            rowKey={(row) => `${row.id}${row.task}`}
            columns={[
              {
                key: 'case',
                head: t('courtPage', 'case'),
                name: true,
                cell: (row) => (
                  <Link to="/cases/$id" params={{ id: row.caseId }} search={{ tab: 'measures' }}>
                    {row.code}
                  </Link>
                ),
              },
              {
                key: 'task',
                head: t('courtPage', 'task'),
                cell: (row) => t('courtPage', `task_${row.task}`),
              },
              {
                key: 'by',
                head: t('courtPage', 'by'),
                cell: (row) =>
                  `${nearDate(row.dueAt, now)}${row.task === 'hearing' ? `, ${clockTime(row.dueAt)}` : ''}`,
              },
              {
                key: 'matter',
                head: t('courtPage', 'matter'),
                cell: (row) => t('courtPage', `matter_${row.matter}`),
              },
              { key: 'court', head: t('courtPage', 'court'), cell: (row) => row.court },
            ]}
          />
        </section>
      </ListFrame>
    </div>
  )
}
