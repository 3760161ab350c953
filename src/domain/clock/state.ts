/** What a clock shows at a moment: its sign and its words (code and params; the word files make the sentence). */
import type { Instant, Role, Uuid } from '../core.ts'
import { type Holidays, workingDaysBetween } from './calendar.ts'
import type { EscalationStep, RuleUnit, Verification } from './rule.ts'
import { addDays, daysBetween, fromTirana, tiranaDay, toMs, weekday } from './tirana.ts'

export const clockRecordKinds = ['report', 'case_file', 'referral', 'nrm_file'] as const
export type ClockRecordKind = (typeof clockRecordKinds)[number]

export interface Clock {
  readonly id: Uuid
  readonly rule: string
  readonly unit: RuleUnit
  readonly verification: Verification
  /** Law or rule (its passing is a breach) rather than a date agreed in a plan (its passing is only overdue). */
  readonly statutory: boolean
  readonly ownerRole: Role
  readonly ownerUserId: Uuid | null
  readonly startedAt: Instant
  readonly warnAt: Instant
  readonly dueAt: Instant
  readonly stoppedAt: Instant | null
  readonly pausedAt: Instant | null
  readonly warnedAt: Instant | null
  /** The latest breach of the present due date; null again after an extension, while `breaches` stays. */
  readonly breachedAt: Instant | null
  /** Counted, never reset. */
  readonly breaches: number
  readonly extensions: number
  readonly escalation: readonly EscalationStep[]
  /** Steps of the chain already told. */
  readonly escalated: number
}

export const clockStates = ['running', 'extended', 'near', 'overdue', 'breached', 'paused', 'done'] as const
export type ClockState = (typeof clockStates)[number]

type Shown = Pick<
  Clock,
  'statutory' | 'startedAt' | 'warnAt' | 'dueAt' | 'stoppedAt' | 'pausedAt' | 'extensions'
>

export const clockState = (clock: Shown, now: Instant): ClockState => {
  if (clock.stoppedAt !== null) return 'done'
  if (clock.pausedAt !== null) return 'paused'
  if (toMs(now) > toMs(clock.dueAt)) return clock.statutory ? 'breached' : 'overdue'
  if (toMs(now) >= toMs(clock.warnAt)) return 'near'
  return clock.extensions > 0 ? 'extended' : 'running'
}

/** Share of the period gone, 0 to 1: the wedge of the clock's sign. */
export const elapsed = (clock: Pick<Clock, 'startedAt' | 'dueAt'>, now: Instant): number => {
  const from = toMs(clock.startedAt)
  const whole = toMs(clock.dueAt) - from
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, (toMs(now) - from) / whole))
}

export interface ClockWords {
  readonly code:
    | 'left_minutes'
    | 'left_hours_minutes'
    | 'left_one_day_hours'
    | 'left_days'
    | 'left_working_days'
    | 'due_today'
    | 'late_minutes'
    | 'late_hours_minutes'
    | 'late_one_day_hours'
    | 'late_days'
    | 'stopped'
    | 'paused'
  readonly params: Readonly<Record<string, number>>
}

const MINUTE = 60_000

/** Parts of a duration: minutes under an hour, hours and minutes under a day, one day and hours, then days. */
const duration = (way: 'left' | 'late', ms: number): ClockWords => {
  const minutes = Math.floor(ms / MINUTE)
  if (minutes < 60) return { code: `${way}_minutes`, params: { count: Math.max(1, minutes) } }
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return { code: `${way}_hours_minutes`, params: { hours, minutes: minutes % 60 } }
  if (hours > 24 && hours < 48) return { code: `${way}_one_day_hours`, params: { hours: hours - 24 } }
  return { code: `${way}_days`, params: { count: Math.floor(hours / 24) } }
}

/**
 * Time left or lateness in words. Clocks in hours speak of hours; clocks in days count calendar days in Tirana
 * (working days where the rule does), and say "today" on their last day.
 */
export const clockWords = (
  clock: Pick<Clock, 'unit' | 'dueAt' | 'stoppedAt' | 'pausedAt'>,
  now: Instant,
  holidays: Holidays,
): ClockWords => {
  if (clock.stoppedAt !== null) return { code: 'stopped', params: {} }
  if (clock.pausedAt !== null) return { code: 'paused', params: {} }
  const left = toMs(clock.dueAt) - toMs(now)
  const byHours = clock.unit === 'hours' || clock.unit === 'immediately'
  if (byHours) return left >= 0 ? duration('left', left) : duration('late', -left)
  const today = dayOfNow(now)
  const dueDay = tiranaDay(clock.dueAt)
  const days = daysBetween(today, dueDay)
  if (left < 0) return { code: 'late_days', params: { count: Math.max(1, -days) } }
  if (days === 0) return { code: 'due_today', params: {} }
  if (clock.unit === 'working_days')
    return { code: 'left_working_days', params: { count: workingDaysBetween(today, dueDay, holidays) } }
  return { code: 'left_days', params: { count: days } }
}

export const workGroups = ['breached', 'overdue', 'today', 'week', 'later'] as const
export type WorkGroup = (typeof workGroups)[number]

/** Every row of a list is seen at the same moment: what holds of it is reckoned once. */
const atOneMoment = <T>(reckon: (now: Instant) => T): ((now: Instant) => T) => {
  let kept: { readonly now: Instant; readonly value: T } | undefined
  return (now) => {
    if (kept?.now !== now) kept = { now, value: reckon(now) }
    return kept.value
  }
}
const dayOfNow = atOneMoment(tiranaDay)

/** First moments after today and after this week of Tirana's calendar; the week ends with Sunday. */
export const groupEnds = atOneMoment((now): { readonly today: Instant; readonly week: Instant } => {
  const today = tiranaDay(now)
  return {
    today: fromTirana(addDays(today, 1)),
    week: fromTirana(addDays(today, 7 - ((weekday(today) + 6) % 7))),
  }
})

/** Where a task stands on the work list; "this week" ends with Sunday of Tirana's calendar. */
export const workGroup = (clock: Pick<Clock, 'dueAt' | 'statutory'>, now: Instant): WorkGroup => {
  if (now > clock.dueAt) return clock.statutory ? 'breached' : 'overdue'
  const { today, week } = groupEnds(now)
  if (clock.dueAt < today) return 'today'
  return clock.dueAt < week ? 'week' : 'later'
}
