import type { Holidays } from '#domain/clock/calendar.ts'
import { maySupervise } from '#domain/clock/decide.ts'
import type { EscalationStep } from '#domain/clock/rule.ts'
import { type Clock, clockState, clockWords, elapsed } from '#domain/clock/state.ts'
import type { Actor, Instant } from '#domain/core.ts'
import type { ClockView } from '#wire/clock.ts'
import type { ClockTables } from './tables.ts'

type Row<T> = { [K in keyof T]: T[K] extends { readonly __select__: infer S } ? S : T[K] }
export type ClockRow = Row<ClockTables['clock']> & { breaches: number; extensions: number; escalated: number }

export const clockOf = (row: ClockRow): Clock => ({
  id: row.id,
  rule: row.rule,
  unit: row.unit_of_time,
  verification: row.verification,
  statutory: row.statutory,
  ownerRole: row.owner_role,
  ownerUserId: row.owner_user_id,
  startedAt: row.started_at,
  warnAt: row.warn_at,
  dueAt: row.due_at,
  stoppedAt: row.stopped_at,
  pausedAt: row.paused_at,
  warnedAt: row.warned_at,
  breachedAt: row.breached_at,
  breaches: row.breaches,
  extensions: row.extensions,
  escalation: row.escalation as unknown as readonly EscalationStep[],
  escalated: row.escalated,
})

export const viewClock = (row: ClockRow, actor: Actor, now: Instant, holidays: Holidays): ClockView => {
  const clock = clockOf(row)
  return {
    id: clock.id,
    rule: clock.rule,
    recordKind: row.record_kind,
    recordId: row.record_id,
    state: clockState(clock, now),
    words: clockWords(clock, now, holidays),
    elapsed: elapsed(clock, clock.stoppedAt ?? now),
    unit: clock.unit,
    startedAt: clock.startedAt,
    warnAt: clock.warnAt,
    dueAt: clock.dueAt,
    firstDueAt: row.first_due_at,
    stoppedAt: clock.stoppedAt,
    pausedAt: clock.pausedAt,
    statutory: clock.statutory,
    unconfirmed: clock.verification === 'U',
    legalSource: row.legal_source,
    breaches: clock.breaches,
    extensions: clock.extensions,
    mayExtend:
      clock.stoppedAt === null &&
      maySupervise(actor, { recordKind: row.record_kind, unitId: row.unit_id }) &&
      clock.ownerUserId !== actor.userId,
  }
}
