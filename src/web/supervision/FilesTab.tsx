import { Link } from '@tanstack/react-router'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { RiskBars } from '#web/design/Chip.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { FileRow } from '#wire/supervision.ts'

/** Files of the unit, or one's own: what is missing in each, the least whole first. */
export default function FilesTab() {
  const t = useWords()
  const head = useUser().role === 'cpu_head'
  const read = useGet<{ items: readonly FileRow[] }>('/api/supervision/files')
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <Loading />
  const missing = (row: FileRow) =>
    row.missing.length === 0
      ? t('supervisionPage', 'missing_none')
      : row.missing.map((key) => t('supervisionPage', `item_${key}`)).join(' · ')
  return (
    <section className="sheet" aria-labelledby="files">
      <div className="sheet-head">
        <h2 id="files">{t('supervisionPage', 'tab_files')}</h2>
      </div>
      <div className="sheet-body">
        <p>{t('supervisionPage', 'files_lede')}</p>
      </div>
      {read.data.items.length === 0 ? (
        <Empty icon="check" title={t('supervisionPage', 'files_none')} />
      ) : (
        <Table
          caption={t('supervisionPage', 'tab_files')}
          rows={read.data.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'code',
              head: t('supervisionPage', 'file'),
              name: true,
              cell: (row) => (
                <>
                  <Link to="/cases/$id" params={{ id: row.id }} search={{ tab: 'quality' }}>
                    {row.code}
                  </Link>
                  {head && <small>{row.managerName ?? t('casePage', 'no_manager')}</small>}
                </>
              ),
              sort: (row) => row.code,
            },
            {
              key: 'percent',
              head: t('supervisionPage', 'complete'),
              number: true,
              cell: (row) => t('supervisionPage', 'percent', { n: row.percent }),
              sort: (row) => row.percent,
            },
            {
              key: 'risk',
              head: t('casePage', 'risk'),
              cell: (row) => <RiskBars level={row.risk} />,
            },
            {
              key: 'late',
              head: t('supervisionPage', 'late'),
              number: true,
              cell: (row) => row.late,
              sort: (row) => row.late,
            },
            { key: 'missing', head: t('supervisionPage', 'missing'), cell: missing },
          ]}
        />
      )}
    </section>
  )
}
