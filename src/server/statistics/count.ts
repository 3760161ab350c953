/** Counting through functions that see only what counting needs; nothing else in the server reads them. */

import { fromTirana, tiranaDay, toInstant, toMs } from '#domain/clock/tirana.ts'
import type { Day, Instant } from '#domain/core.ts'
import { invalid } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { economicConcerns } from './concerns.ts'

export interface Period {
  readonly year: number
  readonly from: Instant
  /** First moment no longer counted: the next year's first, or the moment after now in the present year. */
  readonly until: Instant
  readonly firstDay: Day
  readonly lastDay: Day
}

export const periodOf = (year: number, now: Instant): Period => {
  const from = fromTirana(`${year}-01-01`)
  const end = fromTirana(`${year + 1}-01-01`)
  // What happens at this very moment counts: the first moment not counted is the next.
  const next = toInstant(toMs(now) + 1)
  const until = toMs(end) <= toMs(now) ? end : toMs(now) < toMs(from) ? from : next
  const last = toInstant(Math.max(toMs(from), toMs(until) - 1))
  return { year, from, until, firstDay: `${year}-01-01`, lastDay: tiranaDay(last) }
}

/** The period of a year that was asked for; one that has not begun holds nothing to count. */
export const begunPeriod = (year: number, now: Instant): Period => {
  const period = periodOf(year, now)
  if (toMs(now) < toMs(period.from)) throw invalid({ field: 'query.year', code: 'too_big' })
  return period
}

export interface Counted {
  readonly municipality: string
  readonly teams: number
  readonly reports: number
  readonly identified: number
  readonly managed: number
  readonly measures: number
}

/** Grounds of a measure that the State Agency counts as work or begging (Alliance 8.7 report, 2018). */
const grounds = ['work', 'begging']

export const countByMunicipality = (tx: Tx, period: Period): Promise<Counted[]> =>
  tx.sql<Counted>(`select * from statistics_by_municipality($1, $2, $3, ($4::date + 1), $5, $6)`, [
    period.from,
    period.until,
    period.firstDay,
    period.lastDay,
    economicConcerns(),
    grounds,
  ])

export interface ClockCount {
  readonly rule: string
  readonly kept: number
  readonly missed: number
  readonly running: number
  readonly late: number
  readonly near: number
}
export const countClocks = (tx: Tx, period: Period): Promise<ClockCount[]> =>
  tx.sql<ClockCount>('select * from statistics_of_clocks($1, $2, $3)', [period.from, period.until, tx.now])
