/** Real days and birthdays: what dates of people need beyond Tirana's calendar (clock/tirana.ts). */
import type { Day } from './core.ts'

const shape = /^\d{4}-\d{2}-\d{2}$/

/** True only for a day that exists: 2026-02-30 and 2026-13-01 do not. */
export const isDay = (text: string): boolean => {
  if (!shape.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(ms) && new Date(ms).toISOString().slice(0, 10) === text
}

/** Nobody whom a record is about was born earlier, and no plan or term reaches further: days beyond are slips of a finger. */
export const earliestDay: Day = '1900-01-01'
export const latestDay: Day = '2199-12-31'

/** A day that exists, in an age that a record can speak of. */
export const isRecordDay = (text: string): boolean => isDay(text) && text >= earliestDay && text <= latestDay

/** The same day some years on; 29 February becomes 1 March in a common year, the later and so younger reading. */
export const addYears = (day: Day, years: number): Day => {
  const year = Number(day.slice(0, 4)) + years
  const moved = `${String(year).padStart(4, '0')}${day.slice(4)}`
  return isDay(moved) ? moved : `${moved.slice(0, 4)}-03-01`
}
