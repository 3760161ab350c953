/** When a deadline ends and when it is near. */
import type { Instant } from '../core.ts'
import { addWorkingDays, type Holidays } from './calendar.ts'
import type { Rule } from './rule.ts'
import { addDays, addMonths, endOfTiranaDay, tiranaDay, toInstant, toMs } from './tirana.ts'

type Period = Pick<Rule, 'amount' | 'unit'>

/**
 * End of the period that starts at `startedAt`. Hours run through nights and holidays (a child's danger does);
 * days, working days and months end with the last second of their day in Tirana.
 * Null where the rule counts from a date that the caller must give.
 */
export const dueAt = (rule: Period, startedAt: Instant, holidays: Holidays): Instant | null => {
  const start = tiranaDay(startedAt)
  switch (rule.unit) {
    case 'immediately':
      return startedAt
    case 'hours':
      return toInstant(toMs(startedAt) + rule.amount * 3_600_000)
    case 'days':
      return endOfTiranaDay(addDays(start, rule.amount))
    case 'working_days':
      return endOfTiranaDay(addWorkingDays(start, rule.amount, holidays))
    case 'months':
      return endOfTiranaDay(addMonths(start, rule.amount))
    default:
      return null
  }
}

/** The moment from which the clock counts as near: `percent` of the way from start to due. */
export const warnAt = (startedAt: Instant, due: Instant, percent: number): Instant => {
  const from = toMs(startedAt)
  const to = toMs(due)
  return toInstant(from + Math.floor(((to - from) * percent) / 100))
}
