import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListUnitLoads } from '#wire/supervision.ts'

type Units = z.output<typeof ListUnitLoads.reply>

/** The units of the country against the ceiling; of talks only how many there were. */
export default function UnitsTab() {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const read = useGet<Units>('/api/supervision/units')
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <Loading />
  const { items, ceiling } = read.data
  return (
    <section className="sheet" aria-labelledby="units">
      <div className="sheet-head">
        <h2 id="units">{t('supervisionPage', 'units')}</h2>
      </div>
      <div className="sheet-body">
        <p>{t('supervisionPage', 'ceiling', { n: number(ceiling) })}</p>
      </div>
      {items.length === 0 ? (
        <Empty icon="check" title={t('supervisionPage', 'units_none')} />
      ) : (
        <Table
          caption={t('supervisionPage', 'units')}
          rows={items}
          rowKey={(one) => one.id}
          columns={[
            {
              key: 'name',
              head: t('supervisionPage', 'unit'),
              name: true,
              cell: (one) => (sq ? one.nameSq : one.nameEn),
              sort: (one) => (sq ? one.nameSq : one.nameEn),
            },
            {
              key: 'workers',
              head: t('supervisionPage', 'workers'),
              number: true,
              cell: (one) => number(one.workers),
              sort: (one) => one.workers,
            },
            {
              key: 'open',
              head: t('supervisionPage', 'open'),
              number: true,
              cell: (one) => number(one.open),
              sort: (one) => one.open,
            },
            {
              key: 'over',
              head: t('supervisionPage', 'over_count'),
              number: true,
              cell: (one) => number(one.over),
              sort: (one) => one.over,
            },
            {
              key: 'late',
              head: t('supervisionPage', 'late'),
              number: true,
              cell: (one) => number(one.late),
              sort: (one) => one.late,
            },
            {
              key: 'talks',
              head: t('supervisionPage', 'talks_90'),
              cell: (one) =>
                t('supervisionPage', 'talks_with', {
                  n: one.talks,
                  workers: one.talkedWith,
                  staff: one.workers,
                }),
              sort: (one) => one.talks,
            },
          ]}
        />
      )}
    </section>
  )
}
