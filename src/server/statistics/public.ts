/**
 * Figures for everybody (T0): by municipality, 1 to 9 hidden with what would give them away (decision 13). They end with
 * the last finished half-year, as the country's public statistics do (domain specification, section 10), so that nobody
 * learns of one child by comparing yesterday's page with today's.
 */
import type { FastifyInstance } from 'fastify'
import { fromTirana, tiranaDay, toInstant, toMs } from '#domain/clock/tirana.ts'
import type { Instant } from '#domain/core.ts'
import { Problem as ProblemShape } from '#wire/envelope.ts'
import { firstYear, PublicStatistics, PublicStatisticsQuery } from '#wire/statistics.ts'
import type { Context } from '../context.ts'
import { notFound } from '../problem.ts'
import { parse } from '../shape.ts'
import { publicActor, withTx } from '../tx.ts'
import { type Counted, countByMunicipality, type Period, periodOf } from './count.ts'
import { hideSmall } from './hide.ts'

const UP_TO = 9
/** Milliseconds for which counted figures are said again without counting. */
const patience = 10 * 60_000

/** The last moment of the half-year that is over. */
const lastHalf = (now: Instant): Instant => {
  const day = tiranaDay(now)
  const begun = fromTirana(day.slice(5) < '07-01' ? `${day.slice(0, 4)}-01-01` : `${day.slice(0, 4)}-07-01`)
  return toInstant(toMs(begun) - 1)
}

/** Years with something finished in them, latest first. */
export const publicYears = (now: Instant): readonly number[] => {
  const last = Number(tiranaDay(lastHalf(now)).slice(0, 4))
  return Array.from({ length: Math.max(0, last - firstYear + 1) }, (_, i) => last - i)
}

const small = (n: number): number | null => (n >= 1 && n <= UP_TO ? null : n)

const count = (ctx: Context, period: Period): Promise<PublicStatistics> =>
  withTx(ctx, publicActor, async (tx) => {
    const rows = await countByMunicipality(tx, period)
    const names = new Map(
      (await tx.sql<{ code: string; name: string }>('select code, name from municipality')).map(
        ({ code, name }) => [code, name],
      ),
    )
    const column = (of: (row: Counted) => number) => hideSmall(rows, of, UP_TO)
    const [reports, identified, managed, measures] = [
      column((row) => row.reports),
      column((row) => row.identified),
      column((row) => row.managed),
      column((row) => row.measures),
    ]
    return {
      year: period.year,
      from: period.firstDay,
      until: period.lastDay,
      hiddenUpTo: UP_TO,
      items: rows.map((row, i) => ({
        municipality: row.municipality,
        name: names.get(row.municipality) ?? row.municipality,
        reports: reports.cells[i] ?? null,
        identified: identified.cells[i] ?? null,
        managed: managed.cells[i] ?? null,
        protectionMeasures: measures.cells[i] ?? null,
      })),
      totals: {
        reports: small(reports.total),
        identified: small(identified.total),
        managed: small(managed.total),
        protectionMeasures: small(measures.total),
      },
    }
  })

/** Counting takes a moment and anybody may ask: one count a year of figures and a while, however many ask. */
const held = new WeakMap<Context, Map<string, { until: number; figures: Promise<PublicStatistics> }>>()

/** Null for a year of which no half is over. */
export const publicFigures = async (ctx: Context, year: number): Promise<PublicStatistics | null> => {
  const now = ctx.clock()
  if (!publicYears(now).includes(year)) return null
  const period = periodOf(year, lastHalf(now))
  const known = held.get(ctx) ?? new Map()
  held.set(ctx, known)
  const key = `${year} ${period.lastDay}`
  const before = known.get(key)
  if (before !== undefined && before.until > Date.now()) return before.figures
  const figures = count(ctx, period)
  known.set(key, { until: Date.now() + patience, figures })
  figures.catch(() => known.delete(key))
  return figures
}

export const mountPublicStatistics = (app: FastifyInstance, ctx: Context): void => {
  app.get(
    '/api/public/statistics',
    {
      schema: {
        summary:
          'Figures of a year by municipality, to the last finished half-year; 1 to 9 and what would reveal them hidden',
        querystring: PublicStatisticsQuery,
        response: { 200: PublicStatistics, '4xx': ProblemShape },
      },
    },
    async (request) => {
      const { year } = parse(PublicStatisticsQuery, request.query, 'query')
      const figures = await publicFigures(ctx, year)
      if (figures === null) throw notFound()
      return figures
    },
  )
}
