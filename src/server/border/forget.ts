/**
 * Children who passed and met nothing are forgotten after a few days (domain specification 16.10): names, papers and the row itself go,
 * lawfully and on the chain; what stays is the daily count.
 */
import type { Uuid } from '#domain/core.ts'
import { append } from '../append.ts'
import type { Context } from '../context.ts'
import { systemTx } from '../tx.ts'
import { borderLaw } from './options.ts'

/** At most so many a run; the job comes every hour. */
const batch = 2000

export const forgetChecks = (ctx: Context): Promise<{ forgotten: number; parts: number }> =>
  systemTx(ctx, 'owner', 'border: forget children who passed and met nothing', async (tx) => {
    await tx.sql('set local role mb_retention')
    const before = new Date(Date.parse(tx.now) - borderLaw.keepDays * 86_400_000).toISOString()
    const old = await tx.sql<{ id: Uuid; version: number }>('select * from border_checks_to_forget($1, $2)', [
      before,
      batch,
    ])
    let parts = 0
    for (const { id, version } of old) {
      const events = await tx.sql<{ id: Uuid }>(
        "select id from event where record_id = $1 and kind = 'border_check' and digests <> '' order by seq",
        [id],
      )
      const ids = events.map((event) => event.id)
      await append(tx, { kind: 'border_check', id, version }, [
        { type: 'Erased', v: 1, facts: { rule: 'border.keepDays', by: tx.actor.userId, events: ids } },
      ])
      const gone = await tx.sql(
        'delete from event_part where event_id = any ($1::uuid[]) returning event_id',
        [ids],
      )
      await tx.sql('select forget_border_check($1)', [id])
      parts += gone.length
    }
    return { forgotten: old.length, parts }
  })
