/** How many of some activities stand where, and their money: the same sums on the page, in print and on the dashboard. */
import type { ActivityStatus } from './status.ts'

export interface Summable {
  readonly status: ActivityStatus
  readonly lateness: string
  readonly planned: number
  readonly committed: number
  readonly paid: number
  readonly gap: number
}
export interface Sums {
  readonly activities: number
  readonly completed: number
  readonly late: number
  readonly planned: number
  readonly committed: number
  readonly paid: number
  readonly gap: number
}

/** A completed activity that came late is no longer a late item. */
export const isLate = (item: Pick<Summable, 'status' | 'lateness'>): boolean =>
  item.lateness === 'late' && item.status !== 'COMPLETED'

/** Whole lek. */
export const sumsOf = (items: readonly Summable[]): Sums => {
  const sum = (of: 'planned' | 'committed' | 'paid' | 'gap') => items.reduce((n, item) => n + item[of], 0)
  return {
    activities: items.length,
    completed: items.filter((item) => item.status === 'COMPLETED').length,
    late: items.filter(isLate).length,
    planned: sum('planned'),
    committed: sum('committed'),
    paid: sum('paid'),
    gap: sum('gap'),
  }
}
