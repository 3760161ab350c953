/** The worker's round over measures whose last day is over: they protect nobody any more; here it is written down and told. */
import { decideLapseMeasures } from '#domain/case/measure.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'
import { systemTx, type WriteTx } from '../tx.ts'
import { type CaseFileRow, record, stateOf } from './store.ts'

const BATCH = 500

/** Not locked: whoever writes meanwhile makes the version stale, and the next round takes the case. */
const lapse = async (tx: WriteTx, id: Uuid): Promise<number> => {
  const [[row], last] = await Promise.all([
    tx.sql<CaseFileRow>('select * from case_file where id = $1', [id]),
    tx.sql<{ id: Uuid; until: Day }>(
      'select id, until_day as until from protection_measure where case_id = $1 and until_day is not null',
      [id],
    ),
  ])
  if (row === undefined) return 0
  const before = stateOf(row)
  const decision = decideLapseMeasures(before, last, tx.stamp)
  if (!decision.ok || decision.events.length === 0) return 0
  await record(tx, before, decision.events)
  return decision.events.length
}

/** One transaction a case; running it again changes nothing. */
export const lapseMeasures = async (ctx: Context): Promise<{ expired: number; left: number }> => {
  const due = await systemTx(ctx, 'jobs', 'measures: find whose last day is over', (tx) =>
    tx.sql<{ id: Uuid }>(
      `select case_id as id from protection_measure where until_day < $1
         and status in ('emergency_issued', 'court_confirmed', 'in_force', 'under_review')
       group by case_id order by min(until_day) limit ${BATCH}`,
      [tiranaDay(tx.now)],
    ),
  )
  const total = { expired: 0, left: 0 }
  for (const { id } of due)
    try {
      total.expired += await systemTx(ctx, 'jobs', 'measures: write down that they ended', (tx) =>
        lapse(tx, id),
      )
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'stale')) throw error
      total.left += 1
    }
  return total
}
