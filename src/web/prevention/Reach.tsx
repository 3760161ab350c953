import { useGet } from '#web/client/api.ts'
import { SuppressedCell } from '#web/design/Chip.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReachRow } from '#wire/prevention.ts'
import { word } from './shared.tsx'

interface Read {
  readonly items: readonly ReachRow[]
  readonly total: ReachRow
  readonly hiddenUpTo: number
}

export interface Within {
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly municipality?: string | undefined
}

/** How many different people were reached, and how many were only counted. */
export function Reach({
  by,
  kind,
  title,
  within = {},
}: {
  by: 'audience' | 'sector'
  kind?: 'training'
  title: string
  /** This year and everywhere, unless said. */
  within?: Within
}) {
  const t = useWords()
  const read = useGet<Read>('/api/prevention/reach', { by, kind, ...within })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { items, total, hiddenUpTo } = read.data
  if (total.records === 0) return null
  const figure = (n: number | null) => (n === null ? <SuppressedCell range={`1–${hiddenUpTo}`} /> : number(n))
  return (
    <section className="sheet" aria-labelledby={`reach-${by}`}>
      <div className="sheet-head">
        <h2 id={`reach-${by}`}>{title}</h2>
        <p className="note quiet">{t('prevention', 'reach_more')}</p>
      </div>
      <Table
        caption={title}
        rows={[...items, total]}
        rowKey={(row) => row.key ?? 'total'}
        columns={[
          {
            key: 'key',
            head: t('prevention', by === 'sector' ? 'sector' : 'audience'),
            name: true,
            cell: (row) => (row.key === null ? <b>{t('prevention', 'whole')}</b> : word(`${by}_${row.key}`)),
          },
          {
            key: 'persons',
            head: t('prevention', 'persons'),
            number: true,
            cell: (row) => figure(row.persons),
          },
          {
            key: 'attendances',
            head: t('prevention', 'attendances'),
            number: true,
            cell: (row) => figure(row.attendances),
          },
          ...(by === 'audience'
            ? [
                {
                  key: 'heads',
                  head: t('prevention', 'heads'),
                  number: true,
                  cell: (row: ReachRow) => figure(row.heads),
                },
              ]
            : []),
          {
            key: 'records',
            head: t('prevention', 'records'),
            number: true,
            cell: (row) => number(row.records),
          },
        ]}
      />
    </section>
  )
}
