/**
 * Which reports fall due: one for each author and period of its rule (deadlines D26–D30, D40–D43, D45–D50). Amounts come from
 * the rule set in force, periods and authors from `reference/al/reporting.json`; nothing here is a constant of the law.
 */
import { periodsOf } from '../body/duty.ts'
import type { RuleUnit } from '../clock/rule.ts'
import { addDays, daysBetween } from '../clock/tirana.ts'
import type { Day } from '../core.ts'

export const reportRhythms = [
  'quarter',
  'half_year',
  'year',
  'middle',
  'end',
  'approval',
  'committee',
] as const
export type ReportRhythm = (typeof reportRhythms)[number]

export interface DueReport {
  readonly from: Day
  readonly to: Day
  readonly dueOn: Day
}
export interface PlanSpan {
  readonly from: Day
  readonly to: Day
  readonly approvedOn: Day
}

const due = (rule: { readonly unit: RuleUnit; readonly amount: number }, from: Day, to: Day): Day =>
  rule.unit === 'days_before'
    ? addDays(from, -rule.amount)
    : rule.unit === 'at_date'
      ? to
      : addDays(to, rule.amount)

/** Before the due day of what is planned ahead, authors need time: it is asked for twice that time before. */
const opensOn = (rule: { readonly unit: RuleUnit; readonly amount: number }, one: DueReport): Day =>
  rule.unit === 'days_before' ? addDays(one.from, -2 * rule.amount) : addDays(one.to, 1)

/**
 * Reports of one rule that must stand open on `asOf`: their period ended (or, planned ahead, begins soon), not before
 * `since`, the first day from which the register asks for reports. `plan` bounds what belongs to a plan.
 */
export const reportsDue = (
  rhythm: ReportRhythm,
  rule: { readonly unit: RuleUnit; readonly amount: number },
  plan: PlanSpan | null,
  since: Day,
  asOf: Day,
): readonly DueReport[] => {
  if (rhythm === 'committee') return []
  if (rhythm === 'quarter' || rhythm === 'half_year' || rhythm === 'year') {
    const ahead = rule.unit === 'days_before' ? addDays(asOf, 2 * rule.amount) : asOf
    return periodsOf(rhythm, since, ahead)
      .map(({ from, to }) => ({ from, to, dueOn: due(rule, from, to) }))
      .filter((one) => opensOn(rule, one) <= asOf)
      .filter((one) => plan === null || (one.to >= plan.from && one.from <= plan.to))
  }
  if (plan === null) return []
  const middle = addDays(plan.from, Math.floor(daysBetween(plan.from, plan.to) / 2))
  const one: DueReport =
    rhythm === 'approval'
      ? { from: plan.approvedOn, to: plan.approvedOn, dueOn: addDays(plan.approvedOn, rule.amount) }
      : rhythm === 'middle'
        ? { from: plan.from, to: middle, dueOn: due(rule, plan.from, middle) }
        : { from: plan.from, to: plan.to, dueOn: due(rule, plan.from, plan.to) }
  return one.to < asOf && one.to >= since ? [one] : []
}

/** The quarter, half-year or year in which a day lies. */
export const periodAround = (rhythm: 'quarter' | 'half_year' | 'year', day: Day): { from: Day; to: Day } => {
  const found = periodsOf(rhythm, `${day.slice(0, 4)}-01-01`, day).at(-1)
  return found ?? { from: day, to: day }
}
