import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { useSession, useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { SuppressedCell } from '#web/design/Chip.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { exactTime, number } from '#web/design/time.ts'
import { sayIfKnown, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { MunicipalStatistics, NationalStatistics } from '#wire/statistics.ts'
import { Choropleth } from './Choropleth.tsx'
import './national.css'

const five = ['municipalities', 'fieldTeams', 'identified', 'managed', 'protectionMeasures'] as const
export const measures = ['reports', 'identified', 'managed', 'protectionMeasures'] as const
export type Measure = (typeof measures)[number]
type Row = MunicipalStatistics['items'][number]
/** Roles that have a municipality's own page, or all of them. */
const local: ReadonlySet<string> = new Set([
  'cpw',
  'cpu_head',
  'municipal_director',
  'state_agency',
  'coordinator',
  'county_committee',
])

/** Where a figure comes from: the filter and the dates that define it, as the server counts it. */
function Origin({
  definition,
  onClose,
}: {
  definition: NationalStatistics['definitions'][number]
  onClose: () => void
}) {
  const t = useWords()
  return (
    <Dialog title={t('nationalPage', 'origin')} onClose={onClose}>
      <h3>{definition.name}</h3>
      <p>{definition.text}</p>
      <p className="note quiet">
        {exactTime(definition.from)} – {exactTime(definition.until)}
      </p>
    </Dialog>
  )
}

function Deadlines({ clocks }: { clocks: NationalStatistics['clocks'] }) {
  const t = useWords()
  return (
    <section className="sheet" aria-labelledby="deadlines">
      <div className="sheet-head">
        <h2 id="deadlines">{t('nationalPage', 'deadlines')}</h2>
        <p className="note quiet">{t('nationalPage', 'deadlines_more')}</p>
      </div>
      <Table
        caption={t('nationalPage', 'deadlines')}
        rows={clocks}
        rowKey={(c) => c.rule}
        columns={[
          {
            key: 'rule',
            head: t('casePage', 'due'),
            name: true,
            cell: (c) => sayIfKnown('clock', `rule_${c.rule}`) ?? c.rule,
          },
          {
            key: 'kept',
            head: t('nationalPage', 'kept'),
            number: true,
            cell: (c) => number(c.kept),
            sort: (c) => c.kept,
          },
          {
            key: 'missed',
            head: t('nationalPage', 'missed'),
            number: true,
            cell: (c) => number(c.missed),
            sort: (c) => c.missed,
          },
          {
            key: 'running',
            head: t('nationalPage', 'running'),
            number: true,
            cell: (c) => number(c.running),
          },
          {
            key: 'late',
            head: t('nationalPage', 'late'),
            number: true,
            cell: (c) => number(c.late),
            sort: (c) => c.late,
          },
        ]}
      />
    </section>
  )
}

const cell = (value: number | null, upTo: number) =>
  value === null ? <SuppressedCell range={`1–${upTo}`} /> : number(value)

function MunicipalTable({ data }: { data: MunicipalStatistics }) {
  const t = useWords()
  const columnsOf = (key: Measure) => ({
    key,
    head: t('nationalPage', `figure_${key}`),
    number: true,
    cell: (r: Row) => cell(r[key], data.hiddenUpTo),
    sort: (r: Row) => r[key] ?? 0.5,
  })
  return (
    <div className="sheet">
      <Table
        caption={t('nationalPage', 'by_municipality')}
        rows={data.items}
        rowKey={(r) => r.municipality}
        columns={[
          {
            key: 'name',
            head: t('web', 'municipality'),
            name: true,
            cell: (r) => r.name,
            sort: (r) => r.name,
          },
          {
            key: 'teams',
            head: t('nationalPage', 'figure_fieldTeams'),
            number: true,
            cell: (r) => number(r.teams),
            sort: (r) => r.teams,
          },
          ...measures.map(columnsOf),
        ]}
      />
    </div>
  )
}

const foremost = 10

/** The first ten of what the map shows, so that figures stand beside the colours; the whole table is one press away. */
function Foremost({
  data,
  measure,
  onWhole,
}: {
  data: MunicipalStatistics
  measure: Measure
  onWhole: () => void
}) {
  const t = useWords()
  const value = (r: Row) => r[measure]
  const rows = data.items
    .filter((r) => (value(r) ?? 0) > 0)
    .toSorted((a, b) => (value(b) ?? 0) - (value(a) ?? 0) || a.name.localeCompare(b.name, 'sq'))
    .slice(0, foremost)
  if (rows.length === 0) return null
  return (
    <section className="sheet" aria-labelledby="foremost">
      <div className="sheet-head">
        <h2 id="foremost">{t('nationalPage', 'foremost')}</h2>
        <span className="push no-print">
          <button type="button" className="link" onClick={onWhole}>
            {t('nationalPage', 'as_table')}
          </button>
        </span>
      </div>
      <Table
        caption={t('nationalPage', 'foremost')}
        rows={rows}
        rowKey={(r) => r.municipality}
        columns={[
          { key: 'name', head: t('web', 'municipality'), name: true, cell: (r) => r.name },
          {
            key: 'value',
            head: t('nationalPage', `figure_${measure}`),
            number: true,
            cell: (r) => cell(r[measure], data.hiddenUpTo),
          },
        ]}
      />
    </section>
  )
}

/** The first year that can be asked about. */
const first = 2018

/** The country in five figures, each counted from records, and the 61 municipalities on a map or in its table. */
export default function NationalPage() {
  const t = useWords()
  const now = useNow()
  const { role } = useUser()
  const thisYear = Number(now.slice(0, 4))
  // The demo country's history is the year that the plan starts from; a real register begins with today.
  const begun = useSession().demo ? first : thisYear
  const [year, setYear] = useState(begun)
  const [measure, setMeasure] = useState<Measure>('reports')
  const [view, setView] = useState<'map' | 'table'>('map')
  const [origin, setOrigin] = useState<NationalStatistics['definitions'][number]>()
  const national = useGet<NationalStatistics>('/api/statistics/national', { year })
  const municipal = useGet<MunicipalStatistics>('/api/statistics/municipalities', { year })
  const figures = national.data
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('nationalPage', 'title', { year })}</h1>
          <p className="lede">
            {figures && t('nationalPage', 'counted', { when: exactTime(figures.countedAt) })}
          </p>
        </div>
        <div className="row no-print">
          <SelectField
            label={t('web', 'year')}
            value={String(year)}
            onValue={(v) => setYear(Number(v) || begun)}
            options={Array.from({ length: thisYear - first + 1 }, (_, i) => String(first + i)).map(
              (value) => ({ value, label: value }),
            )}
          />
          <Button icon="printer.bold" onClick={() => print()}>
            {t('web', 'print')}
          </Button>
        </div>
      </div>
      {national.isError && <FailedPart error={national.error} onRetry={() => void national.refetch()} />}
      {national.isPending && <Loading />}
      {figures && (
        <dl className="five">
          {five.map((key) => {
            const definition = figures.definitions.find((d) => d.figure === key)
            return (
              <div key={key}>
                <dd className="figure">{number(figures[key])}</dd>
                <dt>
                  {definition ? (
                    <button type="button" className="link" onClick={() => setOrigin(definition)}>
                      {t('nationalPage', `figure_${key}`)}
                    </button>
                  ) : (
                    t('nationalPage', `figure_${key}`)
                  )}
                </dt>
              </div>
            )
          })}
        </dl>
      )}
      <div className="columns national-columns">
        <section className="sheet" aria-labelledby="map-title">
          <div className="sheet-body stack">
            <div>
              <h2 id="map-title">{t('nationalPage', `map_${measure}`)}</h2>
              <p className="note quiet">
                {t('nationalPage', 'by_year', { year })}{' '}
                <button
                  type="button"
                  className="link no-print"
                  onClick={() => setView(view === 'map' ? 'table' : 'map')}
                >
                  {t('nationalPage', view === 'map' ? 'as_table' : 'as_map')}
                </button>
              </p>
            </div>
            <SelectField
              label={t('nationalPage', 'measure')}
              value={measure}
              onValue={(v) => setMeasure(measures.find((m) => m === v) ?? 'reports')}
              options={measures.map((value) => ({ value, label: t('nationalPage', `map_${value}`) }))}
            />
            {municipal.data && view === 'map' && <Choropleth data={municipal.data} measure={measure} />}
            {municipal.isPending && <Loading />}
          </div>
        </section>
        <div className="stack">
          {municipal.data && view === 'table' && <MunicipalTable data={municipal.data} />}
          {figures && figures.clocks.length > 0 && <Deadlines clocks={figures.clocks} />}
          {municipal.data && view === 'map' && (
            <Foremost data={municipal.data} measure={measure} onWhole={() => setView('table')} />
          )}
          <p className="row no-print">
            <Link to="/net" activeOptions={{ exact: true }}>
              {t('web', 'nav_net')}
            </Link>
            {local.has(role) && (
              <Link to="/local" activeOptions={{ exact: true }}>
                {t('web', 'nav_local')}
              </Link>
            )}
          </p>
          {role === 'state_agency' && (
            <p>
              <Link to="/cases" activeOptions={{ exact: true }}>
                {t('web', 'nav_cases')}
              </Link>{' '}
              ·{' '}
              <Link to="/reports" activeOptions={{ exact: true }}>
                {t('web', 'nav_reports')}
              </Link>
            </p>
          )}
        </div>
      </div>
      {origin && <Origin definition={origin} onClose={() => setOrigin(undefined)} />}
    </div>
  )
}
