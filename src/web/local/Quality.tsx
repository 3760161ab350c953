import { Link } from '@tanstack/react-router'
import { SuppressedCell } from '#web/design/Chip.tsx'
import { type Column, Table } from '#web/design/Table.tsx'
import { exactTime, number } from '#web/design/time.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import type { DataQuality, QualityRow } from '#wire/local.ts'
import '../net/net.css'

const figures = ['open', 'complete', 'unassessed', 'childUnknown', 'twice', 'late'] as const
const words = {
  open: 'open',
  complete: 'complete',
  unassessed: 'unassessed',
  childUnknown: 'child_unknown',
  twice: 'twice',
  late: 'late',
} as const

const columns = (t: Say, upTo: number): Column<QualityRow>[] => [
  ...figures.map(
    (key): Column<QualityRow> => ({
      key,
      head: t('localPage', words[key]),
      number: true,
      cell: (row) => (row[key] === null ? <SuppressedCell range={`1–${upTo}`} /> : number(row[key])),
      sort: (row) => row[key] ?? 0.5,
    }),
  ),
  {
    key: 'share',
    head: t('localPage', 'share'),
    number: true,
    cell: (row) => (row.completeShare === null ? '–' : `${number(row.completeShare)} %`),
    sort: (row) => row.completeShare ?? -1,
  },
  {
    key: 'structures',
    head: t('localPage', 'structures'),
    number: true,
    cell: (row) => number(row.structures),
    sort: (row) => row.structures,
  },
  {
    key: 'stale',
    head: t('localPage', 'stale'),
    number: true,
    cell: (row) => number(row.staleStructures),
    sort: (row) => row.staleStructures,
  },
]

/** Counts of what is missing, by municipality; small ones hidden, with the nation's sums beneath where they are given. */
export function Quality({ data, linked }: { data: DataQuality; linked: boolean }) {
  const t = useWords()
  const { totals } = data
  const sum = (label: string, value: string) => (
    <td className="number" data-label={label}>
      {value}
    </td>
  )
  return (
    <section className="sheet wide-heads" aria-labelledby="quality">
      <div className="sheet-head">
        <h2 id="quality">{t('localPage', 'quality')}</h2>
        <p className="note quiet">
          {t('localPage', 'counted', { when: exactTime(data.countedAt), range: `1–${data.hiddenUpTo}` })}{' '}
          {t('localPage', 'complete_means')}
        </p>
      </div>
      <Table
        caption={t('localPage', 'quality')}
        rows={data.items}
        rowKey={(row) => row.municipality}
        columns={[
          {
            key: 'name',
            head: t('web', 'municipality'),
            name: true,
            cell: (row) =>
              linked ? (
                <Link to="/local/$municipality" params={{ municipality: row.municipality }}>
                  {row.name}
                </Link>
              ) : (
                row.name
              ),
            sort: (row) => row.name,
          },
          ...columns(t, data.hiddenUpTo),
        ]}
        foot={
          totals && (
            <tr>
              <th scope="row">{t('localPage', 'nation')}</th>
              {sum(t('localPage', 'open'), number(totals.open))}
              {sum(t('localPage', 'complete'), number(totals.complete))}
              {sum(t('localPage', 'unassessed'), number(totals.unassessed))}
              {sum(t('localPage', 'child_unknown'), number(totals.childUnknown))}
              {sum(t('localPage', 'twice'), number(totals.twice))}
              {sum(t('localPage', 'late'), number(totals.late))}
              {sum(
                t('localPage', 'share'),
                totals.open === 0 ? '–' : `${number(Math.round((100 * totals.complete) / totals.open))} %`,
              )}
              {sum(t('localPage', 'structures'), number(totals.structures))}
              {sum(t('localPage', 'stale'), number(totals.staleStructures))}
            </tr>
          )
        }
      />
    </section>
  )
}
