/**
 * Tirana's calendar: UTC instants to local days and back, by the European rule (one hour ahead of UTC, two from
 * the last Sunday of March to the last Sunday of October, both at 01:00 UTC). In force in Albania since 1984 and
 * stated here, because the domain may ask no operating system; tests compare it with the time zone database.
 */
import type { Day, Instant } from '../core.ts'

const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000

const lastSundayAtOne = (year: number, month: number): number => {
  const last = new Date(Date.UTC(year, month + 1, 0))
  return Date.UTC(year, month, last.getUTCDate() - last.getUTCDay(), 1)
}

// Lists ask this for every row: a year's two changes are reckoned once.
const summers = new Map<number, readonly [number, number]>()
const summerOf = (year: number): readonly [number, number] => {
  const known = summers.get(year)
  if (known !== undefined) return known
  const summer = [lastSundayAtOne(year, 2), lastSundayAtOne(year, 9)] as const
  if (summers.size < 400) summers.set(year, summer)
  return summer
}

/** Minutes that Tirana is ahead of UTC at this moment (milliseconds since 1970): 60 or 120. */
export const tiranaOffset = (ms: number): number => {
  const [begin, end] = summerOf(new Date(ms).getUTCFullYear())
  return ms >= begin && ms < end ? 120 : 60
}

export const toMs = (instant: Instant): number => Date.parse(instant)
export const toInstant = (ms: number): Instant => new Date(ms).toISOString()

const dayOfMs = (ms: number): Day => new Date(ms).toISOString().slice(0, 10)
const msOfDay = (day: Day): number => Date.parse(`${day}T00:00:00.000Z`)

/** The day that Tirana's calendar shows at this moment. */
export const tiranaDay = (instant: Instant): Day => {
  const ms = toMs(instant)
  return dayOfMs(ms + tiranaOffset(ms) * MINUTE)
}

/** The moment of a wall-clock time in Tirana. In the hour skipped in spring the later reading is taken. */
export const fromTirana = (day: Day, hour = 0, minute = 0): Instant => {
  const wall = msOfDay(day) + hour * HOUR + minute * MINUTE
  const winter = wall - HOUR
  const summer = wall - 2 * HOUR
  return toInstant(tiranaOffset(summer) === 120 ? summer : winter)
}

/** The last second of a day in Tirana: a deadline in days ends when its day ends. */
export const endOfTiranaDay = (day: Day): Instant => toInstant(toMs(fromTirana(addDays(day, 1))) - 1000)

export const addDays = (day: Day, days: number): Day => dayOfMs(msOfDay(day) + days * DAY)
export const daysBetween = (from: Day, to: Day): number => Math.round((msOfDay(to) - msOfDay(from)) / DAY)
/** 0 = Sunday … 6 = Saturday. */
export const weekday = (day: Day): number => new Date(msOfDay(day)).getUTCDay()

/** Calendar months later, the same day of the month or the month's last one. */
export const addMonths = (day: Day, months: number): Day => {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(y, m + months, 0)).getUTCDate()
  return dayOfMs(Date.UTC(y, m - 1 + months, Math.min(d, last)))
}
