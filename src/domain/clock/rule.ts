/**
 * A deadline of the rule set (domain specification, section 4). Values come from `reference/al/rules.json`,
 * versioned by effective date; a clock keeps the version it started under.
 */
import type { Role } from '../core.ts'

/** How the amount is counted; the last four need a date that only the caller knows (`dueAt`). */
export const ruleUnits = [
  'immediately',
  'hours',
  'days',
  'working_days',
  'months',
  'days_before',
  'days_after_period',
  'per_period',
  'at_date',
] as const
export type RuleUnit = (typeof ruleUnits)[number]

/** V read in a public source, U own knowledge (shown as unconfirmed), D a decision of design. */
export type Verification = 'V' | 'U' | 'D'

export interface EscalationStep {
  readonly role: Role
  /** Hours after the breach at which this role is told. */
  readonly afterHours: number
}

export interface Rule {
  readonly code: string
  readonly name: string
  readonly amount: number
  readonly unit: RuleUnit
  readonly ownerRole: Role
  /** Percent of the period after which the clock counts as near. */
  readonly warnAt: number
  readonly escalation: readonly EscalationStep[]
  readonly verification: Verification
  readonly legalSource: string
}

export interface RuleSet {
  readonly id: string
  readonly effectiveFrom: string
  readonly rules: readonly Rule[]
}

export const isUnconfirmed = (rule: { readonly verification: Verification }): boolean =>
  rule.verification === 'U'

/** The set in force on a day: the latest one effective by then, or the first when the day is earlier. */
export const ruleSetOn = <T extends { readonly effectiveFrom: string }>(
  sets: readonly T[],
  day: string,
): T | undefined => {
  const sorted = [...sets].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
  return sorted.filter((s) => s.effectiveFrom <= day).at(-1) ?? sorted[0]
}
