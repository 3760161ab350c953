/** Days on Tirana's calendar, counted without a clock. */
import type { Day, Instant } from '../core.ts'

const iso = (d: Date): Day => d.toISOString().slice(0, 10)

/** Last Sunday of a month, 01:00 UTC: when the European Union changes its clocks; Albania follows it. */
function lastSunday(year: number, month: number): number {
  const end = new Date(Date.UTC(year, month + 1, 0, 1))
  return end.getTime() - end.getUTCDay() * 86_400_000
}

/** The day in Europe/Tirane on which an instant falls (UTC+1, +2 in summer). */
export function tiranaDay(at: Instant): Day {
  const t = new Date(at).getTime()
  const year = new Date(at).getUTCFullYear()
  const summer = t >= lastSunday(year, 2) && t < lastSunday(year, 9)
  return iso(new Date(t + (summer ? 2 : 1) * 3_600_000))
}

/** The same day `months` later, or the month's last day where there is none (31 January + 1 = 28 or 29 February). */
export function addMonths(day: Day, months: number): Day {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(y, m - 1 + months + 1, 0)).getUTCDate()
  return iso(new Date(Date.UTC(y, m - 1 + months, Math.min(d, last))))
}
