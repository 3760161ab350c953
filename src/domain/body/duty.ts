/**
 * Obligations to meet (deadlines D31–D34, D39, D44): one for each period, met by what the rule asks for, overdue as of a day.
 * Amount and grace come from the rule set in force; the kind of period and of proof from `reference/al/bodies.json`.
 */
import type { RuleUnit } from '../clock/rule.ts'
import { addDays, addMonths, daysBetween } from '../clock/tirana.ts'
import type { Day } from '../core.ts'
import type { DutyPeriod, DutyProof } from './state.ts'

const months: Readonly<Record<DutyPeriod, number>> = { quarter: 3, half_year: 6, year: 12 }

export interface Period {
  readonly from: Day
  readonly to: Day
}

/** Calendar periods that begin on or after `since` and have begun by `asOf`, oldest first; at most 400. */
export const periodsOf = (period: DutyPeriod, since: Day, asOf: Day): readonly Period[] => {
  const step = months[period]
  const found: Period[] = []
  let from: Day = `${since.slice(0, 4)}-01-01`
  while (from < since) from = addMonths(from, step)
  for (; from <= asOf && found.length < 400; from = addMonths(from, step))
    found.push({ from, to: addDays(addMonths(from, step), -1) })
  return found
}

/** The last day: the period's own for what must happen within it, `amount` days later for what follows it. */
export const dueOn = (rule: { readonly unit: RuleUnit; readonly amount: number }, period: Period): Day =>
  rule.unit === 'days_after_period' ? addDays(period.to, rule.amount) : period.to
/** How many meetings the period asks for. */
export const neededIn = (rule: { readonly unit: RuleUnit; readonly amount: number }): number =>
  rule.unit === 'per_period' ? Math.max(1, rule.amount) : 1

/** A meeting that was held, and from which day on it proves what. */
export interface Held {
  readonly heldOn: Day
  readonly jointWith: readonly string[]
  /** Day on which approved minutes that note corrective measures (or that none is needed) went out. */
  readonly correctedOn: Day | null
  /** Day of its first recommendation. */
  readonly recommendedOn: Day | null
}
export interface Obligation {
  readonly from: Day
  readonly to: Day
  readonly dueOn: Day
  readonly needed: number
  readonly proof: DutyProof
  /** The recurring job has counted it as missed; that is never undone. */
  readonly missed: boolean
}

const provedOn = (proof: DutyProof, held: Held): Day | null => {
  switch (proof) {
    case 'meeting':
      return held.heldOn
    case 'joint_meeting':
      // With both mechanisms: domestic violence and violence against children (COOR-1.a.3).
      return held.jointWith.includes('domestic_violence') && held.jointWith.includes('child_violence')
        ? held.heldOn
        : null
    case 'corrective_measures':
      return held.correctedOn
    case 'recommendations':
      return held.recommendedOn
  }
}

export const dutyStates = ['running', 'near', 'overdue', 'met', 'met_late'] as const
export type DutyState = (typeof dutyStates)[number]

export interface DutyView {
  readonly state: DutyState
  /** Of `needed`, those proved by `asOf`. */
  readonly done: number
  readonly metOn: Day | null
  readonly daysLate: number
}

/** How an obligation stands as of a day: only what was proved by then counts. */
export const dutyView = (one: Obligation, meetings: readonly Held[], asOf: Day): DutyView => {
  const proofs = meetings
    .filter((held) => held.heldOn >= one.from && held.heldOn <= one.to)
    .flatMap((held) => provedOn(one.proof, held) ?? [])
    .filter((day) => day <= asOf)
    .sort()
  const metOn = proofs[one.needed - 1] ?? null
  const done = Math.min(one.needed, proofs.length)
  if (metOn !== null) {
    const daysLate = Math.max(0, daysBetween(one.dueOn, metOn))
    return { state: daysLate > 0 || one.missed ? 'met_late' : 'met', done, metOn, daysLate }
  }
  const daysLate = Math.max(0, daysBetween(one.dueOn, asOf))
  if (daysLate > 0) return { state: 'overdue', done, metOn, daysLate }
  return { state: daysBetween(asOf, one.dueOn) <= 30 ? 'near' : 'running', done, metOn, daysLate }
}
