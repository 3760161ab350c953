/** How much waits, by when it is due: counted in the database, because a unit's work can be a thousand rows. */
import { groupEnds, type WorkGroup } from '#domain/clock/state.ts'
import type { Tx } from '../tx.ts'

/** Beyond this nobody counts. */
export const COUNTED = 1000

export type DueCounts = Readonly<Record<WorkGroup, number>>
export const noneDue: DueCounts = { breached: 0, overdue: 0, today: 0, week: 0, later: 0 }

export const me = (tx: Tx) => [tx.actor.userId, tx.actor.unitId, tx.actor.role, tx.actor.municipality]

/** Unused parameters still need a type. */
export const typed = 'select $1::uuid, $2::uuid, $3::text, $4::text'

/** The groups of `workGroup`, counted where the rows are; `$6` now, `$7` and `$8` the ends of today and of this week. */
export const grouped = `count(*) filter (where due_at < $6::timestamptz and statutory)::int as breached,
  count(*) filter (where due_at < $6 and not statutory)::int as overdue,
  count(*) filter (where due_at >= $6 and due_at < $7::timestamptz)::int as today,
  count(*) filter (where due_at >= $7 and due_at < $8::timestamptz)::int as week,
  count(*) filter (where due_at >= greatest($6, $8))::int as later`

export const groupValues = (tx: Tx) => {
  const { today, week } = groupEnds(tx.now)
  return [tx.now, today, week]
}

export const sum = (a: DueCounts, b: DueCounts): DueCounts => ({
  breached: a.breached + b.breached,
  overdue: a.overdue + b.overdue,
  today: a.today + b.today,
  week: a.week + b.week,
  later: a.later + b.later,
})
