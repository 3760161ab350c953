/** Figures of a period, counted now. National totals are exact (decision 13); anything split goes through `shown.ts`. */
import type { Day } from '#domain/core.ts'
import { type Period, wholePeriod } from '#domain/indicator/period.ts'
import { invalid } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { queries } from './queries/index.ts'
import { type Figure, figureFrom, type IndicatorQuery, measuresOf, readingOf } from './query.ts'
import { readSplit, readTotals, type Total } from './rollup.ts'

/** The period between two days of a request, or a fault that names the field. */
export const askedPeriod = (from: Day, to: Day): Period => {
  const period = wholePeriod(from, to)
  if (period === null) throw invalid({ field: 'query.to', code: 'not_a_period' })
  return period
}

export const mustCover = (query: IndicatorQuery, period: Period): void => {
  if (query.periods !== undefined && !query.periods.includes(period.span))
    throw invalid({ field: 'query.to', code: 'not_a_period' })
}

/** Middle and ninetieth of a hundred of what was measured in whole days, exactly; null where nothing was. */
export const spreadOf = async (
  tx: Tx,
  query: IndicatorQuery,
  period: Period,
): Promise<{ median: number | null; p90: number | null }> => {
  const measured = query.unit === 'days' ? query.totals?.n.measure : undefined
  if (measured === undefined) return { median: null, p90: null }
  const rows = (await readTotals(tx, [measured], period.from, period.until))
    .map((row) => ({ days: Number(row.a), n: row.n }))
    .sort((x, y) => x.days - y.days)
  const all = rows.reduce((sum, row) => sum + row.n, 0)
  const at = (share: number): number | null => {
    let seen = 0
    for (const row of rows) {
      seen += row.n
      if (seen >= share * all) return row.days
    }
    return null
  }
  return { median: at(0.5), p90: at(0.9) }
}

export interface Reported extends Figure {
  readonly id: string
  readonly query: IndicatorQuery
  readonly value: number | null
}

/** Reads that several queries share: plain, as it stands, and of some ages only. */
const shared = (period: Period) => {
  const groups = new Map<string, { ages: readonly string[] | null; from: Day; queries: IndicatorQuery[] }>()
  return {
    put: (query: IndicatorQuery): boolean => {
      const totals = query.totals
      if (totals === undefined) return false
      const ages = totals.ages ?? null
      const from = totals.stock === true ? '2000-01-01' : period.from
      const key = `${from} ${ages?.join() ?? ''}`
      const group = groups.get(key)
      if (group === undefined) groups.set(key, { ages, from, queries: [query] })
      else group.queries.push(query)
      return true
    },
    read: async (tx: Tx): Promise<Map<IndicatorQuery, Figure>> => {
      const figures = new Map<IndicatorQuery, Figure>()
      await Promise.all(
        [...groups.values()].map(async ({ ages, from, queries: members }) => {
          const measures = [...new Set(members.flatMap((query) => measuresOf(query.totals!, period)))]
          const rows: readonly Total[] =
            ages === null
              ? await readTotals(tx, measures, from, period.until)
              : await readSplit(tx, measures, from, period.until, '', ages)
          const by = Map.groupBy(rows, (row) => row.measure)
          for (const query of members)
            figures.set(
              query,
              figureFrom(
                query.totals!,
                period,
                measuresOf(query.totals!, period).flatMap((measure) => by.get(measure) ?? []),
              ),
            )
        }),
      )
      return figures
    },
  }
}

/** All figures of a period that are counted from records, or those of some indicators: few reads, however many. */
export const reportFigures = async (
  tx: Tx,
  ids: readonly string[] | null,
  period: Period,
): Promise<Reported[]> => {
  const asked = queries.filter(
    (query) =>
      (query.periods === undefined || query.periods.includes(period.span)) &&
      (ids === null || query.indicators.some((id) => ids.includes(id))),
  )
  const together = shared(period)
  const alone = asked.filter((query) => !together.put(query))
  const figures = await together.read(tx)
  for (const query of alone) figures.set(query, await query.count(tx, period))
  return asked.flatMap((query) => {
    const figure = figures.get(query)!
    return query.indicators
      .filter((id) => ids === null || ids.includes(id))
      .map((id) => ({ ...figure, id, query, value: readingOf(query.unit, figure) }))
  })
}
