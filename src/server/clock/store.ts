/** Starting, ending, moving and pausing clocks, inside the transaction of the act that does it. */

import { dueAt, warnAt } from '#domain/clock/due.ts'
import type { ClockRecordKind } from '#domain/clock/state.ts'
import { endOfTiranaDay, tiranaDay, toMs } from '#domain/clock/tirana.ts'
import type { Day, Instant, Role, Uuid } from '#domain/core.ts'
import { uuidv7 } from '../ids.ts'
import type { WriteTx } from '../tx.ts'
import { getRule } from './law.ts'

export interface StartClock {
  /** `D01`…, or `AGREED` for a date agreed in a plan (overdue when passed, never a breach). */
  readonly rule: string
  readonly recordKind: ClockRecordKind
  readonly recordId: Uuid
  /** The unit on whose work list it stands. */
  readonly unitId: Uuid
  readonly municipality: string | null
  /** Default: the role that the rule names. */
  readonly ownerRole?: Role
  readonly ownerUserId?: Uuid | null
  /** Default: when the act happened. */
  readonly startedAt?: Instant
  /** For rules that count from a date the law does not know (D18, D19, AGREED): the last day, on Tirana's calendar. */
  readonly dueDay?: Day
  /** A period that protects (D17): when it is over it lies past, but nobody has missed anything. */
  readonly lapses?: true
}

interface Period {
  readonly ruleSet: string
  readonly unit: string
  readonly verification: string
  readonly statutory: boolean
  readonly source: string
  readonly percent: number
  readonly escalation: unknown
  readonly ownerRole: Role
  readonly due: Instant | null
  readonly enabled: boolean
}

const agreed: Omit<Period, 'due'> = {
  ruleSet: 'agreed',
  unit: 'days',
  verification: 'D',
  statutory: false,
  source: 'agreed in the plan',
  percent: 75,
  escalation: [],
  ownerRole: 'cpw',
  enabled: true,
}

const periodOf = async (tx: WriteTx, start: StartClock, startedAt: Instant): Promise<Period> => {
  if (start.rule === 'AGREED') return { ...agreed, due: null }
  const { rule, ruleSet, holidays } = await getRule(tx, start.rule, tiranaDay(startedAt))
  return {
    ruleSet,
    unit: rule.unit,
    verification: rule.verification,
    statutory: true,
    source: rule.legalSource,
    percent: rule.warnAt,
    escalation: rule.escalation,
    ownerRole: rule.ownerRole,
    due: dueAt(rule, startedAt, holidays),
    enabled: rule.enabled,
  }
}

/**
 * Start a clock; returns its id, or null for a rule that the country has switched off (D06).
 * The row is on its way when this returns and surely there at commit.
 */
export const startClock = async (tx: WriteTx, start: StartClock): Promise<Uuid | null> => {
  const startedAt = start.startedAt ?? tx.stamp.occurredAt
  const period = await periodOf(tx, start, startedAt)
  if (!period.enabled) return null
  const given = start.dueDay === undefined ? null : endOfTiranaDay(start.dueDay)
  const due = given ?? period.due
  if (due === null) throw new Error(`rule ${start.rule} needs a dueDay`)
  // An agreed day may already be over when it is written down: the clock then starts overdue.
  const from = toMs(startedAt) <= toMs(due) ? startedAt : due
  const warn = warnAt(from, due, period.percent)
  const id = uuidv7()
  tx.later(
    `insert into clock (id, rule, rule_set, unit_of_time, verification, statutory, legal_source, warn_percent, escalation,
       record_kind, record_id, unit_id, municipality, owner_role, owner_user_id, started_at, warn_at, due_at, first_due_at, next_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18,
       case when $17::timestamptz < $18::timestamptz then $17::timestamptz else $18::timestamptz + interval '1 second' end)`,
    [
      id,
      start.rule,
      period.ruleSet,
      period.unit,
      period.verification,
      period.statutory && start.lapses !== true,
      period.source,
      period.percent,
      JSON.stringify(period.escalation),
      start.recordKind,
      start.recordId,
      start.unitId,
      start.municipality,
      start.ownerRole ?? period.ownerRole,
      start.ownerUserId ?? null,
      from,
      warn,
      due,
    ],
  )
  return id
}

export interface WhichClocks {
  readonly recordKind: ClockRecordKind
  readonly recordId: Uuid
  /** One code, several, or all of the record when left out. */
  readonly rule?: string | readonly string[]
}

const rulesOf = (which: WhichClocks): readonly string[] | null =>
  which.rule === undefined ? null : typeof which.rule === 'string' ? [which.rule] : which.rule

/** End the running clocks that match, met or missed. Ending none, or ending twice, changes nothing. */
export const stopClock = (
  tx: WriteTx,
  /** `dueDay`: only those that fall due on that day, where several of one rule run beside each other. */
  which: WhichClocks & { readonly at?: Instant; readonly dueDay?: Day },
): void => {
  tx.later(
    `update clock set stopped_at = greatest($4::timestamptz, started_at),
       next_at = case when statutory and breached_at is null and $4::timestamptz > due_at then $4::timestamptz end
     where record_kind = $1 and record_id = $2 and ($3::text[] is null or rule = any ($3::text[])) and stopped_at is null
       and ($5::date is null or (first_due_at at time zone 'Europe/Tirane')::date = $5::date)`,
    [which.recordKind, which.recordId, rulesOf(which), which.at ?? tx.stamp.occurredAt, which.dueDay ?? null],
  )
}

/** Hand the running clocks of a record to another unit or person (transfer accepted, case reassigned). */
export const moveClocks = (
  tx: WriteTx,
  which: WhichClocks & {
    readonly unitId: Uuid
    readonly municipality: string | null
    readonly ownerUserId: Uuid | null
  },
): void => {
  tx.later(
    `update clock set unit_id = $4, municipality = $5, owner_user_id = $6
     where record_kind = $1 and record_id = $2 and ($3::text[] is null or rule = any ($3::text[])) and stopped_at is null`,
    [which.recordKind, which.recordId, rulesOf(which), which.unitId, which.municipality, which.ownerUserId],
  )
}

/** Pause the running clocks (the child cannot be found); time already past stays past. */
export const pauseClocks = (tx: WriteTx, which: WhichClocks): void => {
  tx.later(
    `update clock set paused_at = $4::timestamptz, next_at = null
     where record_kind = $1 and record_id = $2 and ($3::text[] is null or rule = any ($3::text[]))
       and stopped_at is null and paused_at is null and due_at > $4::timestamptz`,
    [which.recordKind, which.recordId, rulesOf(which), tx.stamp.occurredAt],
  )
}

/** Go on after a pause: the due date moves by as long as it lasted. */
export const resumeClocks = (tx: WriteTx, which: WhichClocks): void => {
  tx.later(
    `update clock set warn_at = warn_at + ($4::timestamptz - paused_at), due_at = due_at + ($4::timestamptz - paused_at),
       next_at = case when warned_at is null then warn_at else due_at + interval '1 second' end + ($4::timestamptz - paused_at),
       paused_at = null
     where record_kind = $1 and record_id = $2 and ($3::text[] is null or rule = any ($3::text[]))
       and stopped_at is null and paused_at is not null`,
    [which.recordKind, which.recordId, rulesOf(which), tx.stamp.occurredAt],
  )
}
