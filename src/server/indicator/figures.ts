/** Doors to figures: one of a period, split; a row of periods; all of a period. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import { periodsBefore } from '#domain/indicator/period.ts'
import {
  FigureQuery,
  FiguresQuery,
  IndicatorFigure,
  IndicatorFigures,
  IndicatorPath,
  IndicatorSeries,
  SeriesQuery,
} from '#wire/indicator.ts'
import { endpoint } from '../endpoint.ts'
import { invalid, notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { nameOfKey } from './names.ts'
import { queryOf } from './queries/index.ts'
import { type IndicatorQuery, readingOf } from './query.ts'
import { findIndicator } from './read.ts'
import { hiddenUpTo, splitShown } from './shown.ts'
import { askedPeriod, mustCover, reportFigures, spreadOf } from './value.ts'

/** An indicator that is not counted has no figure of its own: absent, like one that does not exist. */
const mustBeCounted = async (tx: Tx, id: string): Promise<IndicatorQuery> => {
  await findIndicator(tx, id)
  const query = queryOf(id)
  if (query === undefined) throw notFound()
  return query
}

export const readFigure = endpoint({
  method: 'GET',
  url: '/api/indicators/{id}/value',
  wire: {
    summary:
      'One figure of a whole month, quarter, half-year or year, counted now; split, small figures are hidden',
    params: IndicatorPath,
    query: FigureQuery,
    reply: IndicatorFigure,
  },
  handle: async (tx, { params, query: asked, identity }) => {
    const query = await mustBeCounted(tx, params.id)
    const period = askedPeriod(asked.from, asked.to)
    mustCover(query, period)
    const [figure, spread] = await Promise.all([query.count(tx, period), spreadOf(tx, query, period)])
    const cells = asked.by === undefined ? [] : await splitShown(tx, query, period, asked.by, 'signedIn')
    const names = asked.by === undefined ? null : await nameOfKey(tx, asked.by, identity.language)
    return {
      id: params.id,
      from: period.from,
      to: period.to,
      span: period.span,
      unit: query.unit,
      value: readingOf(query.unit, figure),
      numerator: figure.n,
      denominator: figure.of,
      records: figure.records,
      ...spread,
      operational: query.operational === true,
      query: query.code,
      queryVersion: query.version,
      countedAt: tx.now,
      by: asked.by ?? null,
      cells: names === null ? [] : cells.map((cell) => ({ ...cell, name: names(cell.key) })),
      hiddenUpTo: hiddenUpTo.signedIn,
    }
  },
})

export const readSeries = endpoint({
  method: 'GET',
  url: '/api/indicators/{id}/series',
  wire: {
    summary: 'The nation’s figures of one indicator over the last periods, the present one included',
    params: IndicatorPath,
    query: SeriesQuery,
    reply: IndicatorSeries,
  },
  handle: async (tx, { params, query: asked }) => {
    const query = await mustBeCounted(tx, params.id)
    if (query.periods !== undefined && !query.periods.includes(asked.span))
      throw invalid({ field: 'query.span', code: 'unknown_code' })
    const periods = periodsBefore(tiranaDay(tx.now), asked.span, asked.count)
    const items = await Promise.all(
      periods.map(async (period) => {
        const figure = await query.count(tx, period)
        return {
          from: period.from,
          to: period.to,
          span: period.span,
          value: readingOf(query.unit, figure),
          numerator: figure.n,
          denominator: figure.of,
          records: figure.records,
        }
      }),
    )
    return { id: params.id, unit: query.unit, operational: query.operational === true, items }
  },
})

export const readFigures = endpoint({
  method: 'GET',
  url: '/api/indicator-figures',
  wire: {
    summary: 'All figures of a period that are counted from records, of one plan or of all',
    query: FiguresQuery,
    reply: IndicatorFigures,
  },
  handle: async (tx, { query: asked }) => {
    const period = askedPeriod(asked.from, asked.to)
    const ids =
      asked.plan === undefined
        ? null
        : (await tx.sql<{ id: string }>('select id from indicator where plan = $1', [asked.plan])).map(
            (row) => row.id,
          )
    const figures = await reportFigures(tx, ids, period)
    return {
      from: period.from,
      to: period.to,
      countedAt: tx.now,
      items: figures.map(({ id, query, value, n, of, records }) => ({
        id,
        unit: query.unit,
        value,
        numerator: n,
        denominator: of,
        records,
        operational: query.operational === true,
        query: query.code,
        queryVersion: query.version,
      })),
    }
  },
})
