/** How a plan and its actions stand by their dates. */
import type { Instant } from '../core.ts'

/** A draft does not run yet, the plan of a closed case no more: nothing in them is late. */
export const planRuns = (of: {
  readonly closedAt: Instant | null
  readonly plan: { readonly status: string } | null
}): boolean => of.plan !== null && of.plan.status !== 'draft' && of.closedAt === null

/** `days`: from today to the day it is due; null where it has none. */
export const actionStands = (
  action: { readonly status: 'planned' | 'under_way' | 'done' | 'dropped' },
  running: boolean,
  days: number | null,
): 'done' | 'blocked' | 'late' | 'near' | 'going' | 'waiting' => {
  if (action.status === 'done') return 'done'
  if (action.status === 'dropped') return 'blocked'
  if (running && days !== null && days < 0) return 'late'
  if (running && days !== null && days <= 1) return 'near'
  return action.status === 'under_way' ? 'going' : 'waiting'
}
