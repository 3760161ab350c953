/** Periods that figures are given for: whole quarters, half-years and years of Tirana's calendar, and single months. */
import { addDays, addMonths } from '../clock/tirana.ts'
import type { Day } from '../core.ts'
import { isDay } from '../day.ts'

export const spans = ['month', 'quarter', 'half', 'year'] as const
export type Span = (typeof spans)[number]

export interface Period {
  readonly span: Span
  readonly from: Day
  /** Last day that counts. */
  readonly to: Day
  /** First day that no longer counts. */
  readonly until: Day
}

const months: Readonly<Record<Span, number>> = { month: 1, quarter: 3, half: 6, year: 12 }

/** The period of this kind that begins on `from`; `from` is the first of one. */
export const periodFrom = (from: Day, span: Span): Period => {
  const until = addMonths(from, months[span])
  return { span, from, until, to: addDays(until, -1) }
}

/** The whole period between two days, or null when they bound none: its first day and its last. */
export const wholePeriod = (from: Day, to: Day): Period | null => {
  if (!isDay(from) || !isDay(to)) return null
  for (const span of spans) {
    const month = Number(from.slice(5, 7)) - 1
    if (!from.endsWith('-01') || month % months[span] !== 0) continue
    const period = periodFrom(from, span)
    if (period.to === to) return period
  }
  return null
}

/** The period of this kind in which a day lies. */
export const periodOfDay = (day: Day, span: Span): Period => {
  const month = Number(day.slice(5, 7)) - 1
  const first = Math.floor(month / months[span]) * months[span] + 1
  return periodFrom(`${day.slice(0, 4)}-${String(first).padStart(2, '0')}-01`, span)
}

/** The four quarters of the year in which a period begins. */
export const quartersOf = (period: Period): Period[] =>
  [1, 4, 7, 10].map((month) =>
    periodFrom(`${period.from.slice(0, 4)}-${String(month).padStart(2, '0')}-01`, 'quarter'),
  )

/** The last `count` periods of this kind up to and with the one of `day`, oldest first. */
export const periodsBefore = (day: Day, span: Span, count: number): Period[] => {
  const last = periodOfDay(day, span)
  return Array.from({ length: count }, (_, i) =>
    periodFrom(addMonths(last.from, -months[span] * (count - 1 - i)), span),
  )
}
