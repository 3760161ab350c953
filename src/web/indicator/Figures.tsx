import { useState } from 'react'
import { Columns } from '#web/chart/Columns.tsx'
import { useGet } from '#web/client/api.ts'
import { SuppressedCell } from '#web/design/Chip.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { exactTime, fullDate, number } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { IndicatorFigure, IndicatorPage, IndicatorSeries } from '#wire/indicator.ts'
import { figureText, periodName } from './shared.tsx'

type Query = NonNullable<IndicatorPage['query']>

/** Figures of one indicator over time, and one period of them, split as far as may be shown. */
export function Figures({ id, query }: { id: string; query: Query }) {
  const t = useWords()
  const { language } = useLanguage()
  const [chosen, setSpan] = useState<string>(
    query.spans.includes('quarter') ? 'quarter' : (query.spans[0] ?? 'quarter'),
  )
  const [picked, setPicked] = useState<string>()
  const series = useGet<IndicatorSeries>(`/api/indicators/${id}/series`, {
    span: chosen,
    count: chosen === 'year' ? '6' : '12',
  })
  if (series.error) return <FailedPart error={series.error} onRetry={() => void series.refetch()} />
  if (series.data === undefined) return <Loading />
  const items = series.data.items
  const last = items.at(-1)
  const shown = items.find((one) => one.from === picked) ?? last
  return (
    <>
      <section className="sheet" aria-labelledby="over-time">
        <div className="sheet-head">
          <h2 id="over-time">{t('indicatorPage', 'over_time')}</h2>
          {query.spans.length > 1 && (
            <SelectField
              label={t('indicatorPage', 'span')}
              value={chosen === 'quarter' ? '' : chosen}
              empty={t('indicatorPage', 'span_quarter')}
              onValue={(span) => {
                setSpan(span === '' ? 'quarter' : span)
                setPicked(undefined)
              }}
              options={query.spans
                .filter((value) => value !== 'quarter')
                .map((value) => ({ value, label: t('indicatorPage', `span_${value}`) }))}
            />
          )}
        </div>
        <div className="sheet-body stack">
          <Columns
            name={t('indicatorPage', 'chart_of', {
              name: t('indicatorPage', 'over_time'),
              from: fullDate(items[0]?.from ?? ''),
              to: fullDate(last?.to ?? ''),
            })}
            items={items.map((one) => ({
              key: one.from,
              label: periodName(one.from, one.span, language),
              value: one.value,
            }))}
            format={(value) => number(value, Number.isInteger(value) ? 0 : 1)}
          />
          <details>
            <summary>{t('indicatorPage', 'as_table')}</summary>
            <Table
              caption={t('indicatorPage', 'over_time')}
              rows={[...items].reverse()}
              rowKey={(one) => one.from}
              columns={[
                {
                  key: 'period',
                  head: t('indicatorPage', 'period'),
                  name: true,
                  cell: (one) => `${fullDate(one.from)} – ${fullDate(one.to)}`,
                },
                {
                  key: 'value',
                  head: t('indicatorPage', 'value'),
                  number: true,
                  cell: (one) => figureText(t, series.data.unit, one.value),
                },
                ...(items.some((one) => one.denominator !== null)
                  ? [
                      {
                        key: 'of',
                        head: t('indicatorPage', 'denominator'),
                        number: true,
                        cell: (one: (typeof items)[number]) => number(one.denominator ?? 0),
                      },
                    ]
                  : []),
                {
                  key: 'records',
                  head: t('indicatorPage', 'records'),
                  number: true,
                  cell: (one) => number(one.records),
                },
              ]}
            />
          </details>
        </div>
      </section>
      {shown && (
        <OnePeriod
          id={id}
          query={query}
          shown={shown}
          periods={items}
          onPick={setPicked}
          operational={series.data.operational}
        />
      )}
    </>
  )
}

type Item = IndicatorSeries['items'][number]

function OnePeriod({
  id,
  query,
  shown,
  periods,
  onPick,
  operational,
}: {
  id: string
  query: Query
  shown: Item
  periods: readonly Item[]
  onPick: (from: string) => void
  operational: boolean
}) {
  const t = useWords()
  const [by, setBy] = useState('')
  // A single month is not split: beside its quarter it would give hidden figures away.
  const splits = shown.span === 'month' ? [] : query.splits
  const asked = splits.includes(by) ? by : ''
  const figure = useGet<IndicatorFigure>(`/api/indicators/${id}/value`, {
    from: shown.from,
    to: shown.to,
    ...(asked === '' ? {} : { by: asked }),
  })
  const data = figure.data
  return (
    <section className="sheet" aria-labelledby="one-period">
      <div className="sheet-head">
        <h2 id="one-period">{`${fullDate(shown.from)} – ${fullDate(shown.to)}`}</h2>
        <div className="indicator-choose">
          <SelectField
            label={t('indicatorPage', 'period')}
            value={shown.from === periods.at(-1)?.from ? '' : shown.from}
            onValue={onPick}
            empty={`${fullDate(periods.at(-1)?.from ?? '')} – ${fullDate(periods.at(-1)?.to ?? '')}`}
            options={periods
              .slice(0, -1)
              .reverse()
              .map((one) => ({
                value: one.from,
                label: `${fullDate(one.from)} – ${fullDate(one.to)}`,
              }))}
          />
          {splits.length > 0 && (
            <SelectField
              label={t('indicatorPage', 'split')}
              value={asked}
              onValue={setBy}
              empty={t('indicatorPage', 'split_none')}
              options={splits.map((value) => ({ value, label: sayCode('indicatorPage', `split_${value}`) }))}
            />
          )}
        </div>
      </div>
      {figure.error && <FailedPart error={figure.error} onRetry={() => void figure.refetch()} />}
      {figure.isPending && <Loading />}
      {data && (
        <div className="sheet-body stack">
          <p className="indicator-now">{figureText(t, data.unit, data.value)}</p>
          {operational && <p className="note">{t('indicatorPage', 'operational_long')}</p>}
          {data.median !== null && data.p90 !== null && (
            <p>{t('indicatorPage', 'spread', { median: data.median, p90: data.p90 })}</p>
          )}
          <dl className="facts">
            <div>
              <dt>{t('indicatorPage', 'records')}</dt>
              <dd>{number(data.records)}</dd>
            </div>
            {data.denominator !== null && (
              <>
                <div>
                  <dt>{t('indicatorPage', 'numerator')}</dt>
                  <dd>{number(data.numerator)}</dd>
                </div>
                <div>
                  <dt>{t('indicatorPage', 'denominator')}</dt>
                  <dd>{number(data.denominator)}</dd>
                </div>
              </>
            )}
            <div>
              <dt>{t('indicatorPage', 'query')}</dt>
              <dd>{t('indicatorPage', 'query_version', { code: data.query, version: data.queryVersion })}</dd>
            </div>
            <div>
              <dt>{t('indicatorPage', 'counted_at')}</dt>
              <dd>{exactTime(data.countedAt)}</dd>
            </div>
          </dl>
          {asked !== '' && <Split data={data} by={asked} />}
        </div>
      )}
    </section>
  )
}

function Split({ data, by }: { data: IndicatorFigure; by: string }) {
  const t = useWords()
  const heading = sayCode('indicatorPage', `split_${by}`)
  // Places without any are many and say nothing; hidden ones stay.
  const rows =
    by === 'municipality' ? data.cells.filter((cell) => cell.n !== 0 || cell.value === null) : data.cells
  return (
    <>
      <Table
        caption={heading}
        rows={rows}
        rowKey={(cell) => cell.key}
        columns={[
          { key: 'name', head: heading, name: true, cell: (cell) => cell.name, sort: (cell) => cell.name },
          {
            key: 'value',
            head: t('indicatorPage', 'value'),
            number: true,
            cell: (cell) =>
              cell.value === null && cell.n === null && cell.of === null ? (
                <SuppressedCell range={`1–${data.hiddenUpTo}`} />
              ) : (
                figureText(t, data.unit, cell.value)
              ),
            sort: (cell) => cell.value ?? 0.5,
          },
          ...(data.denominator === null
            ? []
            : [
                {
                  key: 'of',
                  head: t('indicatorPage', 'denominator'),
                  number: true,
                  cell: (cell: IndicatorFigure['cells'][number]) =>
                    cell.of === null ? <SuppressedCell range={`1–${data.hiddenUpTo}`} /> : number(cell.of),
                },
              ]),
        ]}
      />
      <p className="note quiet">{t('indicatorPage', 'hidden_why')}</p>
    </>
  )
}
