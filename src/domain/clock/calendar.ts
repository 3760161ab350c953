/** Working days: Monday to Friday without the holidays of the shipped table (law 7651/1992 as amended). */
import type { Day } from '../core.ts'
import { addDays, weekday } from './tirana.ts'

export type Holidays = ReadonlySet<Day>

export const isWorkingDay = (day: Day, holidays: Holidays): boolean => {
  const w = weekday(day)
  return w !== 0 && w !== 6 && !holidays.has(day)
}

/** The n-th working day after `day`; the day itself is never counted (Code of Administrative Procedure). */
export const addWorkingDays = (day: Day, n: number, holidays: Holidays): Day => {
  let at = day
  for (let left = n; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at, holidays)) left -= 1
  }
  return at
}

/** Working days after `from` up to and including `to`; 0 when `to` is not later. */
export const workingDaysBetween = (from: Day, to: Day, holidays: Holidays): number => {
  let n = 0
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (isWorkingDay(at, holidays)) n += 1
  return n
}
