import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { SuppressedCell } from '#web/design/Chip.tsx'
import { TextField } from '#web/design/Field.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { type Column, Table } from '#web/design/Table.tsx'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { BorderFigures } from '#wire/border.ts'

type Figures = z.output<typeof BorderFigures.reply>
type Row = Figures['rows'][number]
const columns = [
  ['inAlone', 'in', 'alone'],
  ['inParents', 'in', 'parents'],
  ['inOthers', 'in', 'others'],
  ['outAlone', 'out', 'alone'],
  ['outParents', 'out', 'parents'],
  ['outOthers', 'out', 'others'],
] as const

/** Children at crossings, by direction and with whom: what stays when the names are gone. */
export default function CountsPart() {
  const t = useWords()
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const read = useGet<Figures>('/api/border/figures', {
    ...(from === '' ? {} : { from }),
    ...(until === '' ? {} : { until }),
  })
  const figures = read.data
  const shown: Column<Row>[] = [
    { key: 'name', head: t('borderPage', 'crossing'), cell: (row) => row.name, name: true },
    ...columns.map(([key, direction, category]) => ({
      key,
      head: `${t('borderPage', `dir_${direction}`)}: ${t('borderPage', `cat_${category}`)}`,
      cell: (row: Row) => row[key] ?? <SuppressedCell />,
      number: true,
    })),
  ]
  return (
    <section className="stack" aria-label={t('borderPage', 'tab_counts')}>
      <p className="lede">{t('borderPage', 'counts_lede')}</p>
      <div className="row">
        <TextField
          short
          type="date"
          label={t('borderPage', 'from')}
          value={from || (figures?.from ?? '')}
          onValue={setFrom}
        />
        <TextField
          short
          type="date"
          label={t('borderPage', 'to')}
          value={until || (figures?.until ?? '')}
          onValue={setUntil}
        />
      </div>
      {read.isError && <FailedPart error={read.error} onRetry={() => void read.refetch()} />}
      {read.isPending && <Loading />}
      {figures && figures.rows.length === 0 && <Empty icon="table" title={t('borderPage', 'counts_none')} />}
      {figures && figures.rows.length > 0 && (
        <Table
          caption={t('borderPage', 'counts_lede')}
          columns={shown}
          rows={[...figures.rows, { crossing: 'all', name: t('borderPage', 'whole'), ...figures.totals }]}
          rowKey={(row) => row.crossing}
        />
      )}
      {figures?.presence && (
        <section className="stack" aria-labelledby="border-presence">
          <h2 id="border-presence">{t('borderPage', 'presence')}</h2>
          <dl className="pairs">
            <div>
              <dt>{t('borderPage', 'presence_n')}</dt>
              <dd>{figures.presence.screenings}</dd>
            </div>
            <div>
              <dt>{t('borderPage', 'without_woman')}</dt>
              <dd>{figures.presence.withoutWomanOfficer}</dd>
            </div>
            <div>
              <dt>{t('borderPage', 'without_worker')}</dt>
              <dd>{figures.presence.withoutSocialWorker}</dd>
            </div>
          </dl>
        </section>
      )}
    </section>
  )
}
