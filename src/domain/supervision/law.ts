/** What no law that was read fixes about the load of a worker and the quality of a file: reference/al/supervision.json, never code. */
import type { RiskLevel } from '../case/state.ts'

export interface SupervisionLaw {
  /** Weight of cases that one worker carries at most without a written reason. */
  readonly ceiling: number
  readonly weights: Readonly<Record<RiskLevel | 'none' | 'followUp', number>>
  readonly settleDays: number
  readonly comprehensiveDays: number
  readonly serviceDays: number
  readonly contactDays: number
  readonly supervisionDays: number
}
