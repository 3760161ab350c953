/** The worker's round over beds held or promised too long: they are free already; here it is written down and told. */
import { decideLapse } from '#domain/care/beds.ts'
import type { Uuid } from '#domain/core.ts'
import type { Context } from '../context.ts'
import { tell } from '../notice/store.ts'
import { Problem } from '../problem.ts'
import { systemTx, type WriteTx } from '../tx.ts'
import { lockAnyHold, moveHold } from './beds.ts'

const BATCH = 500

const lapse = async (tx: WriteTx, id: Uuid): Promise<boolean> => {
  const { hold, place } = await lockAnyHold(tx, id)
  const decision = decideLapse(hold, tx.stamp)
  if (!decision.ok) return false
  for (const event of decision.events) await moveHold(tx, hold, event)
  // Whoever counted on the bed has none now.
  await tell(tx, {
    userId: hold.heldById,
    code: 'bed_lapsed',
    recordKind: 'care_place',
    recordId: place.id,
    label: place.code,
  })
  return true
}

/** One transaction a hold; running it again changes nothing. */
export const lapseHolds = async (ctx: Context): Promise<{ lapsed: number }> => {
  const due = await systemTx(ctx, 'jobs', 'beds: find holds whose time is over', (tx) =>
    tx.sql<{ id: Uuid }>(
      `select id from bed_hold where expires_at is not null and expires_at <= $1 order by expires_at limit ${BATCH}`,
      [tx.now],
    ),
  )
  let lapsed = 0
  for (const { id } of due)
    try {
      if (await systemTx(ctx, 'jobs', 'beds: write down that a hold has lapsed', (tx) => lapse(tx, id)))
        lapsed += 1
    } catch (error) {
      // Somebody is writing to it: the next round takes it.
      if (!(error instanceof Problem && error.code === 'stale')) throw error
    }
  return { lapsed }
}
