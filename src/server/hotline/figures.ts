/** Figures of the national lines: hours with somebody there, calls taken and missed, what came of them. */

import { suppress } from '#disclosure/suppress.ts'
import { addDays, fromTirana } from '#domain/clock/tirana.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import {
  countedStretch,
  coveredMs,
  readsLines,
  type Stretch,
  seesExactCalls,
  uncovered,
} from '#domain/hotline/decide.ts'
import { callers, callOutcomes, callTopics } from '#domain/hotline/state.ts'
import { type LineFigures, Lines, LinesQuery } from '#wire/hotline.ts'
import { recordAccess } from '../access.ts'
import { endpoint } from '../endpoint.ts'
import { invalid } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { lineNumbers } from './law.ts'

const UP_TO = 4
const HOUR = 3_600_000
const tenth = (ms: number): number => Math.round((ms / HOUR) * 10) / 10

interface ShiftPart {
  readonly unit_id: Uuid
  readonly trained: boolean
  readonly from_at: Instant
  readonly to_at: Instant | null
  readonly at_most: Instant
}
interface CallPart {
  readonly unit_id: Uuid
  readonly caller: string
  readonly topic: string
  readonly county: string
  readonly hour: number
  readonly outcomes: readonly string[]
  readonly reported: boolean
  readonly n: number
  readonly minutes: number
}
interface MissedPart {
  readonly unit_id: Uuid
  readonly hour: number
  readonly missed: number
  readonly called_back: number
}
export interface LineUnit {
  readonly id: Uuid
  readonly nameSq: string
  readonly nameEn: string
  readonly phone: string | null
}

export const shiftParts = (tx: Tx, { from, to }: Stretch): Promise<ShiftPart[]> =>
  tx.sql<ShiftPart>('select * from line_shifts_between($1, $2)', [from, to])
export const callParts = (tx: Tx, { from, to }: Stretch): Promise<CallPart[]> =>
  tx.sql<CallPart>(
    `select unit_id, caller, topic, county, hour, outcomes, reported, n::int as n, minutes::int as minutes
       from line_calls_between($1, $2)`,
    [from, to],
  )
export const lineUnits = (tx: Tx): Promise<LineUnit[]> =>
  tx.sql<LineUnit>(
    `select id, name_sq as "nameSq", name_en as "nameEn", phone from unit
      where kind = 'hotline' and active and (phone is null or phone = any ($1)) order by name_sq, id limit 50`,
    [lineNumbers],
  )

export const countiesOf = (tx: Tx): Promise<{ code: string; name: string }[]> =>
  tx.sql<{ code: string; name: string }>('select code, name from county order by name, code')

/** The stretches in which somebody was at the line; with training only those who have it. */
export const stretchesOf = (
  parts: readonly ShiftPart[],
  unitId: Uuid,
  now: Instant,
  trainedOnly = false,
): Stretch[] =>
  parts.flatMap((one) => {
    if (one.unit_id !== unitId || (trainedOnly && !one.trained)) return []
    const stretch = countedStretch({ from: one.from_at, to: one.to_at, atMost: one.at_most }, now)
    return stretch === null ? [] : [stretch]
  })

const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)

type Cell = { code: string; n: number | null }
const cells = (
  codes: readonly string[],
  rows: readonly CallPart[],
  of: (row: CallPart) => string,
  exact: boolean,
): Cell[] => {
  const counts = codes.map((code) =>
    sum(
      rows.filter((row) => of(row) === code),
      (row) => row.n,
    ),
  )
  const shown = exact
    ? counts
    : suppress({ cells: counts.map((n) => [n]) }, { upTo: UP_TO }).cells.map((row) => row[0] ?? null)
  return codes.map((code, i) => ({ code, n: shown[i] ?? null }))
}
/** A flag is counted against all calls: where few have it, or few have it not, neither is said. */
const flag = (n: number, of: number, exact: boolean): number | null =>
  exact ? n : (suppress({ cells: [[n], [of - n]] }, { upTo: UP_TO }).cells[0]?.[0] ?? null)

const figuresOf = (
  unit: LineUnit,
  within: Stretch,
  now: Instant,
  shifts: readonly ShiftPart[],
  calls: readonly CallPart[],
  missed: readonly MissedPart[],
  counties: readonly string[],
  exact: boolean,
): LineFigures => {
  const stretches = stretchesOf(shifts, unit.id, now)
  const gaps = uncovered(stretches, within)
  const own = calls.filter((row) => row.unit_id === unit.id)
  const lost = missed.filter((row) => row.unit_id === unit.id)
  const total = sum(own, (row) => row.n)
  const reported = own.filter((row) => row.outcomes.includes('report'))
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour))
  const byHour = cells(hours, own, (row) => String(row.hour), exact)
  return {
    unitId: unit.id,
    nameSq: unit.nameSq,
    nameEn: unit.nameEn,
    staffedNow: shifts.some(
      (one) => one.unit_id === unit.id && one.to_at === null && one.from_at <= now && now < one.at_most,
    ),
    hours: tenth(Date.parse(within.to) - Date.parse(within.from)),
    staffedHours: tenth(coveredMs(stretches, within)),
    trainedHours: tenth(coveredMs(stretchesOf(shifts, unit.id, now, true), within)),
    gaps: [...gaps]
      .sort((a, b) => Date.parse(b.to) - Date.parse(b.from) - (Date.parse(a.to) - Date.parse(a.from)))
      .slice(0, 20),
    gapCount: gaps.length,
    calls: total,
    minutes: sum(own, (row) => row.minutes),
    missed: sum(lost, (row) => row.missed),
    calledBack: sum(lost, (row) => row.called_back),
    reported: flag(
      sum(reported, (row) => row.n),
      total,
      exact,
    ),
    linked: flag(
      sum(
        reported.filter((row) => row.reported),
        (row) => row.n,
      ),
      total,
      exact,
    ),
    byCaller: cells(callers, own, (row) => row.caller, exact),
    byTopic: cells(callTopics, own, (row) => row.topic, exact),
    byOutcome: callOutcomes.map((code) => ({
      code,
      n: flag(
        sum(
          own.filter((row) => row.outcomes.includes(code)),
          (row) => row.n,
        ),
        total,
        exact,
      ),
    })),
    byCounty: cells(['', ...counties], own, (row) => row.county, exact),
    byHour: byHour.map(({ n }, hour) => ({
      hour,
      calls: n,
      missed: sum(
        lost.filter((row) => row.hour === hour),
        (row) => row.missed,
      ),
    })),
  }
}

export const readLines = endpoint({
  method: 'GET',
  url: '/api/lines',
  wire: {
    summary: 'The national lines in a period: hours staffed, calls taken and missed, what came of them',
    query: LinesQuery,
    reply: Lines,
  },
  handle: async (tx, { query }) => {
    const days = (Date.parse(query.to) - Date.parse(query.from)) / (24 * HOUR)
    if (days < 0 || days > 400) throw invalid({ field: 'query.to', code: 'impossible_date' })
    const until = fromTirana(addDays(query.to, 1))
    // Hours that have not come are nobody's fault.
    const within = { from: fromTirana(query.from), to: until < tx.now ? until : tx.now }
    const counties = await countiesOf(tx)
    const empty = { from: query.from, to: query.to, counties, items: [] }
    if (!readsLines(tx.actor) || within.to <= within.from) return empty
    const units = (await lineUnits(tx)).filter(
      (one) => tx.actor.role !== 'hotline' || one.id === tx.actor.unitId,
    )
    // What was begun or written down in this very moment is in.
    const read = { from: within.from, to: new Date(Date.parse(within.to) + 1).toISOString() }
    const [shifts, calls, missed] = [
      await shiftParts(tx, read),
      await callParts(tx, read),
      await tx.sql<MissedPart>(
        'select unit_id, hour, missed::int as missed, called_back::int as called_back from line_missed_between($1, $2)',
        [within.from, within.to],
      ),
    ]
    const codes = counties.map((one) => one.code)
    recordAccess(tx, { act: 'list', kind: 'line_figures', ids: units.map((one) => one.id) })
    return {
      ...empty,
      items: units.map((unit) =>
        figuresOf(unit, within, tx.now, shifts, calls, missed, codes, seesExactCalls(tx.actor)),
      ),
    }
  },
})
