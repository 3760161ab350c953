/** What happens to a clock: the scan warns, counts breaches and escalates; a supervisor may extend it. */
import {
  type Actor,
  accept,
  type Decision,
  type DomainEvent,
  type Instant,
  type Role,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { warnAt } from './due.ts'
import type { Clock, ClockRecordKind } from './state.ts'
import { endOfTiranaDay, tiranaDay, toInstant, toMs } from './tirana.ts'

export type ClockBreached = DomainEvent<
  'ClockBreached',
  { clockId: string; rule: string; dueAt: Instant; breaches: number }
>
export type ClockEscalated = DomainEvent<
  'ClockEscalated',
  { clockId: string; rule: string; step: number; role: Role }
>
export type ClockExtended = DomainEvent<
  'ClockExtended',
  { clockId: string; rule: string; from: Instant; to: Instant }
>
export type ClockEvent = ClockBreached | ClockEscalated | ClockExtended

const HOUR = 3_600_000
const stepAt = (clock: Clock, step: number): number | null => {
  const of = clock.escalation[step]
  return of === undefined ? null : toMs(clock.dueAt) + of.afterHours * HOUR
}

/** Ended after its legal date. */
export const isMissed = (clock: Pick<Clock, 'statutory' | 'dueAt' | 'stoppedAt'>): boolean =>
  clock.statutory && clock.stoppedAt !== null && toMs(clock.stoppedAt) > toMs(clock.dueAt)

const breach = (clock: Clock, now: Instant): { clock: Clock; event: ClockBreached } => {
  const after = { ...clock, breachedAt: now, breaches: clock.breaches + 1 }
  const { id, rule, dueAt, breaches } = after
  return {
    clock: after,
    event: { type: 'ClockBreached', v: 1, facts: { clockId: id, rule, dueAt, breaches } },
  }
}

/** The next moment at which the scan has something to do, or null when it never will again. */
export const nextAt = (clock: Clock): Instant | null => {
  if (clock.stoppedAt !== null) return isMissed(clock) && clock.breachedAt === null ? clock.stoppedAt : null
  if (clock.pausedAt !== null) return null
  if (clock.warnedAt === null && toMs(clock.warnAt) < toMs(clock.dueAt)) return clock.warnAt
  if (clock.breachedAt === null) return toInstant(toMs(clock.dueAt) + 1000)
  const step = stepAt(clock, clock.escalated)
  return step === null ? null : toInstant(step)
}

export interface Tick {
  readonly clock: Clock
  readonly events: readonly (ClockBreached | ClockEscalated)[]
}

/** Everything that is due by `now`, once: a warning, at most one breach, the steps of escalation reached. */
export const tick = (clock: Clock, now: Instant): Tick => {
  const t = toMs(now)
  if (clock.stoppedAt !== null) {
    if (!isMissed(clock) || clock.breachedAt !== null) return { clock, events: [] }
    const counted = breach(clock, now)
    return { clock: counted.clock, events: [counted.event] }
  }
  if (clock.pausedAt !== null) return { clock, events: [] }
  const events: (ClockBreached | ClockEscalated)[] = []
  let c: Clock = clock.warnedAt === null && t >= toMs(clock.warnAt) ? { ...clock, warnedAt: now } : clock
  if (!c.statutory || t <= toMs(c.dueAt)) {
    const passed = !c.statutory && t > toMs(c.dueAt) && c.breachedAt === null
    return { clock: passed ? { ...c, breachedAt: now, escalated: c.escalation.length } : c, events }
  }
  if (c.breachedAt === null) {
    const counted = breach(c, now)
    c = counted.clock
    events.push(counted.event)
  }
  for (let at = stepAt(c, c.escalated); at !== null && t >= at; at = stepAt(c, c.escalated)) {
    const role = c.escalation[c.escalated]!.role
    events.push({
      type: 'ClockEscalated',
      v: 1,
      facts: { clockId: c.id, rule: c.rule, step: c.escalated, role },
    })
    c = { ...c, escalated: c.escalated + 1 }
  }
  return { clock: c, events }
}

/**
 * A clock that ends. When it ends late and the scan has not come by yet, the scan still counts the breach: chains are
 * written by one hand at a time. Stopping twice changes nothing.
 */
export const stop = (clock: Clock, at: Instant): Clock =>
  clock.stoppedAt === null ? { ...clock, stoppedAt: at } : clock

/** Roles that may give more time: the head over her workers, the director, the responsible authority. */
export const extenders: readonly Role[] = ['cpu_head', 'municipal_director', 'responsible_authority']

/** A head supervises the unit's own records; a referral's clock runs in the addressed unit but for the sender's sake. */
export const maySupervise = (
  actor: Actor,
  on: { readonly recordKind: ClockRecordKind; readonly unitId: Uuid },
): boolean =>
  extenders.some((role) => role === actor.role) &&
  (actor.role !== 'cpu_head' || on.recordKind === 'referral' || on.unitId === actor.unitId)

export interface ExtendBody {
  /** Last day, on Tirana's calendar. */
  readonly until: string
  readonly reason: string
}

export const decideExtend = (clock: Clock, body: ExtendBody, stamp: Stamp): Decision<ClockExtended> => {
  const { role, userId } = stamp.actor
  if (clock.stoppedAt !== null) return refuse('clock_stopped')
  if (!extenders.some((r) => r === role)) return refuse('clock_needs_supervisor')
  if (clock.ownerUserId === userId) return refuse('needs_second_person')
  if (body.reason.trim() === '') return refuse('reason_required', 'reason')
  const to = endOfTiranaDay(body.until)
  if (toMs(to) <= toMs(clock.dueAt) || body.until < tiranaDay(stamp.now))
    return refuse('clock_not_later', 'until')
  return accept({
    type: 'ClockExtended',
    v: 1,
    facts: { clockId: clock.id, rule: clock.rule, from: clock.dueAt, to },
    parts: [{ tier: 'T3', name: 'reason', body: body.reason }],
    touches: ['clock'],
  })
}

/** The clock after an extension: a new due date, a new warning; what was breached stays counted. */
export const extended = (clock: Clock, event: ClockExtended, percent: number): Clock => ({
  ...clock,
  dueAt: event.facts.to,
  warnAt: warnAt(event.facts.from, event.facts.to, percent),
  warnedAt: null,
  breachedAt: null,
  escalated: 0,
  extensions: clock.extensions + 1,
})
