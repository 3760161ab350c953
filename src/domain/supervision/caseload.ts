/** How much a worker carries: cases weighed by risk, against a ceiling that is configuration. */
import { type CaseStatus, openStatuses, type RiskLevel } from '../case/state.ts'
import type { Uuid } from '../core.ts'
import type { SupervisionLaw } from './law.ts'

export interface Carried {
  readonly status: CaseStatus
  readonly risk: RiskLevel | null
}

/** What rests with a manager: open cases, and closed ones while their follow-up runs. */
export const carriedStatuses = [
  ...openStatuses,
  'CLOSED',
  'FOLLOW_UP',
] as const satisfies readonly CaseStatus[]
const isWorked = (status: CaseStatus): boolean => openStatuses.some((one) => one === status)

export const weightOf = (law: SupervisionLaw, { status, risk }: Carried): number => {
  if (isWorked(status)) return law.weights[risk ?? 'none']
  return status === 'CLOSED' || status === 'FOLLOW_UP' ? law.weights.followUp : 0
}

/** Weights are quarters: sums are exact. */
export const loadOf = (law: SupervisionLaw, cases: readonly Carried[]): number =>
  cases.reduce((sum, one) => sum + weightOf(law, one), 0)

/** One more case would bring the worker above the ceiling. */
export const goesOver = (law: SupervisionLaw, load: number, added: Carried): boolean =>
  load + weightOf(law, added) > law.ceiling

export interface Receiver {
  readonly id: Uuid
  readonly load: number
}
export interface Share {
  readonly caseId: Uuid
  /** Null only where nobody is left who could take it. */
  readonly to: Uuid | null
}

/**
 * Who could take each case of somebody who leaves: the heaviest first, each to whoever then carries least. A proposal,
 * which the head changes line by line; the same input gives the same proposal.
 */
export function shareOut(
  law: SupervisionLaw,
  cases: readonly (Carried & { readonly id: Uuid })[],
  receivers: readonly Receiver[],
): readonly Share[] {
  const loads = new Map(receivers.map((one) => [one.id, one.load]))
  const ordered = [...cases].sort((a, b) => weightOf(law, b) - weightOf(law, a) || (a.id < b.id ? -1 : 1))
  return ordered.map((one) => {
    const [lightest] = [...loads].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
    if (lightest === undefined) return { caseId: one.id, to: null }
    loads.set(lightest[0], lightest[1] + weightOf(law, one))
    return { caseId: one.id, to: lightest[0] }
  })
}
