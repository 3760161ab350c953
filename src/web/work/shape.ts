import type { ShownClock } from '#web/design/Clock.tsx'

export const groups = ['breached', 'overdue', 'today', 'week', 'later', 'none'] as const
export type Group = (typeof groups)[number]
export const kinds = ['report', 'case', 'referral', 'plan_action'] as const
export type Kind = (typeof kinds)[number]

/** One thing that waits for me, as `GET /api/work` tells it: codes, first name and initial at most. */
export interface WorkItem {
  readonly id: string
  readonly kind: Kind
  readonly recordId: string
  readonly caseId: string | null
  /** Printed code of the record. */
  readonly code: string
  readonly group: Group
  readonly clock: (ShownClock & { readonly rule: string }) | null
  /** Words of the task where the rule does not say it, e.g. a plan action. */
  readonly title: string | null
  /** «Besmir D.»; null where the caller may not read names. */
  readonly name: string | null
  readonly age: number | null
  readonly sex: 'female' | 'male' | 'unknown' | null
  readonly risk: string | null
}
export interface WorkList {
  readonly items: readonly WorkItem[]
  readonly total?: number
}
