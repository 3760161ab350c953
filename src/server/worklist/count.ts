/** How much waits, by when it is due: counted in the database, because a unit's work can be a thousand rows. */
import { groupEnds, type WorkGroup } from '#domain/clock/state.ts'
import type { Tx } from '../tx.ts'
import { myClocks } from './mine.ts'
import { me, typed, works } from './rows.ts'

export type DueCounts = Readonly<Record<WorkGroup, number>>
const noneDue: DueCounts = { breached: 0, overdue: 0, today: 0, week: 0, later: 0 }

/** The groups of `workGroup`, counted where the rows are; `$6` now, `$7` and `$8` the ends of today and of this week. */
const grouped = `count(*) filter (where due_at < $6 and statutory)::int as breached,
  count(*) filter (where due_at < $6 and not statutory)::int as overdue,
  count(*) filter (where due_at >= $6 and due_at < $7)::int as today,
  count(*) filter (where due_at >= $7 and due_at < $8)::int as week,
  count(*) filter (where due_at >= greatest($6, $8))::int as later`

/** How much of everything that waits is due when, at most `limit` of a kind: no record is opened, no row is sent. */
export const countDue = async (tx: Tx, limit: number): Promise<DueCounts> => {
  const mine = myClocks(tx.actor)
  const { today, week } = groupEnds(tx.now)
  const counted = async (from: string): Promise<DueCounts> => {
    const rows = await tx.sql<DueCounts>(
      `with given as (${typed}, $5::int, $6::timestamptz, $7::timestamptz, $8::timestamptz), due as (${from}) select ${grouped} from due`,
      [...me(tx), limit, tx.now, today, week],
    )
    return rows[0] ?? noneDue
  }
  const clocks = mine.map(
    (condition) => `(select c.id, c.due_at, c.statutory from clock c
       where ${condition} and c.stopped_at is null and c.paused_at is null limit $5)`,
  )
  const found = await Promise.all([
    mine.length === 0 ? noneDue : counted(`select * from (${clocks.join(' union ')}) mine limit $5`),
    works(tx)
      ? counted(`select ((a.due + 1)::timestamp at time zone 'Europe/Tirane') - interval '1 second' as due_at, false as statutory
         from case_file f join plan_action a on a.case_id = f.id join plan p on p.id = a.plan_id and p.status = 'approved'
         where (f.manager_id = $1 or f.deputy_id = $1) and f.closed_at is null and a.status in ('planned', 'under_way') and a.due is not null limit $5`)
      : noneDue,
  ])
  const sum = (group: WorkGroup): number => found[0][group] + found[1][group]
  return {
    breached: sum('breached'),
    overdue: sum('overdue'),
    today: sum('today'),
    week: sum('week'),
    later: sum('later'),
  }
}
