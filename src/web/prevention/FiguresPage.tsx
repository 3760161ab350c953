import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { SuppressedCell } from '#web/design/Chip.tsx'
import { SelectField, TextField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { dayOf, number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { useMunicipalities } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { Reach, type Within } from './Reach.tsx'
import { word } from './shared.tsx'
import { PreventionTabs } from './Tabs.tsx'

interface Figures {
  readonly hiddenUpTo: number
  readonly items: readonly {
    readonly key: string | null
    readonly measure: string
    readonly records: number
    readonly total: number | null
  }[]
}
/** The day after, as the API counts: the last day is included on screen. */
const after = (day: string): string => {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}
const isDay = (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day)

/** What prevention reached and did in a period, in the country or one municipality; each person counted once. */
export default function FiguresPage() {
  const t = useWords()
  const today = dayOf(useNow())
  const [from, setFrom] = useState(`${today.slice(0, 4)}-01-01`)
  const [to, setTo] = useState(today)
  const [municipality, setMunicipality] = useState('')
  const towns = useMunicipalities()
  const whole = isDay(from) && isDay(to) && from <= to
  const within: Within = {
    from: whole ? from : undefined,
    until: whole ? after(to) : undefined,
    municipality: municipality === '' ? undefined : municipality,
  }
  return (
    <div className="view stack">
      <div>
        <h1>{t('prevention', 'figures_title')}</h1>
        <p className="lede">{t('prevention', 'figures_lede')}</p>
      </div>
      <PreventionTabs current="figures" />
      <div className="field-grid no-print">
        <TextField
          id="from"
          type="date"
          label={t('prevention', 'first_day')}
          value={from}
          onValue={setFrom}
          short
        />
        <TextField id="to" type="date" label={t('prevention', 'last_day')} value={to} onValue={setTo} short />
        <SelectField
          id="municipality"
          label={t('web', 'municipality')}
          value={municipality}
          onValue={setMunicipality}
          empty={t('prevention', 'whole_country')}
          options={towns
            .toSorted((a, b) => a.name.localeCompare(b.name, 'sq'))
            .map((one) => ({ value: one.code, label: one.name }))}
        />
      </div>
      <Reach by="audience" title={t('prevention', 'reached_period')} within={within} />
      <Reach by="sector" kind="training" title={t('prevention', 'trained_period')} within={within} />
      <ByKind within={within} />
    </div>
  )
}

function ByKind({ within }: { within: Within }) {
  const t = useWords()
  const read = useGet<Figures>('/api/prevention/figures', { ...within })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { items, hiddenUpTo } = read.data
  const rows = items.filter((row) => row.key !== null && row.key !== '')
  return (
    <section className="sheet" aria-labelledby="by-kind">
      <div className="sheet-head">
        <h2 id="by-kind">{t('prevention', 'figures_by_kind')}</h2>
        <p className="note quiet">{t('prevention', 'hidden_children')}</p>
      </div>
      {rows.length === 0 ? (
        <Empty icon="funnel" title={t('prevention', 'nothing_period')} />
      ) : (
        <Table
          caption={t('prevention', 'figures_by_kind')}
          rows={rows}
          rowKey={(row) => `${row.key} ${row.measure}`}
          columns={[
            {
              key: 'kind',
              head: t('prevention', 'kind'),
              name: true,
              cell: (row) => word(`kind_${row.key}`),
            },
            {
              key: 'measure',
              head: t('prevention', 'measure'),
              cell: (row) =>
                row.measure === '' ? t('prevention', 'records') : word(`measure_${row.measure}`),
            },
            {
              key: 'records',
              head: t('prevention', 'records'),
              number: true,
              cell: (row) => number(row.records),
            },
            {
              key: 'total',
              head: t('prevention', 'total_of'),
              number: true,
              cell: (row) =>
                row.measure === '' ? (
                  '–'
                ) : row.total === null ? (
                  <SuppressedCell range={`1–${hiddenUpTo}`} />
                ) : (
                  number(row.total)
                ),
            },
          ]}
        />
      )}
    </section>
  )
}
