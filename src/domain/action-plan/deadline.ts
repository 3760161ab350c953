/**
 * When something falls due, as plans word it. Loose wording is an interval: surely not late before its first day,
 * surely late after its last. "Beginning", "middle" and "end" of a year are its thirds (our convention, shown with the
 * wording); a half-year or a quarter is itself.
 */
import type { Day } from '../core.ts'
import type { Deadline } from './content.ts'

export interface DueInterval {
  readonly earliest: Day | null
  readonly latest: Day | null
}

const thirds = [
  { word: /(fillim|beginning|start)/i, from: '01-01', to: '04-30' },
  { word: /(mes|middle|mid-?)/i, from: '05-01', to: '08-31' },
  { word: /(fund|end of|by the end)/i, from: '09-01', to: '12-31' },
  { word: /(pranver|spring)/i, from: '03-01', to: '05-31' },
] as const

const halves = [
  {
    word: /(gjasht[ëe] ?-?m[uj]*ori|6[ -]?m[auj]+ori|gjysm[ëe]n?)[^0-9]*(par[ëe])|first half/i,
    from: '01-01',
    to: '06-30',
  },
  {
    word: /(gjasht[ëe] ?-?m[uj]*ori|6[ -]?m[auj]+ori|gjysm[ëe]n?)[^0-9]*dyt[ëe]|second half/i,
    from: '07-01',
    to: '12-31',
  },
] as const

/** The last year that a wording names, or null. */
const lastYear = (text: string): string | null => {
  const years = text.match(/\b(19|20)\d{2}\b/g)
  return years === null ? null : (years.at(-1) ?? null)
}

/** The part of the wording that speaks of its last year: in "Fundi i 2019 – mesi i 2020" the middle is meant. */
const lastClause = (text: string, year: string): string => {
  const before = text.slice(0, text.lastIndexOf(year))
  const parts = before.split(/[–|]|\s-\s|\b\d{4}\b/)
  return parts.at(-1) ?? before
}

const isPartOfYear = (from: Day, to: Day): boolean =>
  from.slice(0, 4) === to.slice(0, 4) && !(from.endsWith('-01-01') && to.endsWith('-12-31'))

/** The interval in which an activity falls due; both null when it has no bound. */
export const dueInterval = (deadline: Deadline): DueInterval => {
  const text = deadline.text ?? ''
  const year = lastYear(text)
  // A month, a quarter, a half-year: part of one year, so due within it.
  if (deadline.from !== null && deadline.to !== null && isPartOfYear(deadline.from, deadline.to))
    return { earliest: deadline.from, latest: deadline.to }
  if (year !== null && deadline.to?.startsWith(year) === true) {
    const clause = lastClause(text, year)
    const half = halves.find((known) => known.word.test(clause))
    if (half !== undefined) return { earliest: `${year}-${half.from}`, latest: `${year}-${half.to}` }
  }
  if (deadline.to !== null) {
    const clause = year === null ? text : lastClause(text, year)
    const third = deadline.approx ? thirds.find((known) => known.word.test(clause)) : undefined
    if (third === undefined || !(year === null || deadline.to.startsWith(year)))
      return { earliest: deadline.to, latest: deadline.to }
    const of = deadline.to.slice(0, 4)
    const latest = `${of}-${third.to}`
    return { earliest: `${of}-${third.from}`, latest: latest < deadline.to ? deadline.to : latest }
  }
  // "Beginning of 2009" printed as a start and nothing after it: due in that part of the year.
  if (deadline.from !== null && deadline.approx && !deadline.ongoing && year !== null) {
    const third = thirds.find((known) => known.word.test(text))
    if (third !== undefined) return { earliest: `${year}-${third.from}`, latest: `${year}-${third.to}` }
  }
  return { earliest: null, latest: null }
}

export type Lateness = 'no_deadline' | 'not_due' | 'maybe_late' | 'late'

/** How an unfinished activity stands on a day. `maybe_late` exists only for loose wording. */
export const latenessOn = (due: DueInterval, day: Day): Lateness => {
  if (due.earliest === null || due.latest === null) return 'no_deadline'
  if (day > due.latest) return 'late'
  return day > due.earliest ? 'maybe_late' : 'not_due'
}
