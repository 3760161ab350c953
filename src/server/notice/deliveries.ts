/** What became of messages: counts and faults for administrators, and sending again what was given up. */
import { refuse } from '#domain/core.ts'
import { channels } from '#domain/notice/settings.ts'
import * as wire from '#wire/notice.ts'
import { command, done, refused } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { type DeliveryRow, deliveryColumns } from './delivery-row.ts'
import { waysNow } from './outbound.ts'

/** Everybody sees their own; an administrator everybody's, without knowing whose. */
export const listDeliveries = endpoint({
  method: 'GET',
  url: '/api/notices/deliveries',
  wire: wire.ListDeliveries,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<DeliveryRow>(
      `select ${deliveryColumns} from notice_delivery
       where state = $1 and ($1 = 'dead' or attempts > 0) and ($2::timestamptz is null or (made_at, id) < ($2, $3::uuid))
       order by made_at desc, id desc limit $4`,
      [query.state, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.madeAt, last.id) : null,
    }
  },
})

export const countDeliveries = endpoint({
  method: 'GET',
  url: '/api/notices/deliveries/count',
  wire: wire.CountDeliveries,
  handle: async (tx) => {
    type Counts = wire.DeliveryCounts
    const since = `made_at > $1::timestamptz - interval '30 days'`
    const [ways, counts, faults] = await Promise.all([
      waysNow(tx),
      tx.sql<Counts['counts'][number]>(
        `select channel, count(*) filter (where state = 'waiting') as waiting,
           count(*) filter (where state = 'waiting' and attempts > 0) as late, count(*) filter (where state = 'sent') as sent,
           count(*) filter (where state = 'dead') as dead, count(*) filter (where state = 'dropped') as dropped
         from notice_delivery where ${since} group by channel`,
        [tx.now],
      ),
      tx.sql<Counts['faults'][number]>(
        `select channel, fault, count(*) as count, max(fault_at) as "lastAt" from notice_delivery
         where ${since} and fault is not null group by channel, fault order by max(fault_at) desc limit 20`,
        [tx.now],
      ),
    ])
    const none = { waiting: 0, late: 0, sent: 0, dead: 0, dropped: 0 }
    return {
      ways: { mail: ways.mail, push: ways.push !== null },
      counts: channels.map(
        (channel) => counts.find((row) => row.channel === channel) ?? { channel, ...none },
      ),
      faults,
    }
  },
})

/** One's own, or any for an administrator; its tries begin anew. */
export const resendDelivery = command('notice.resend', wire.ResendDelivery, async (tx, { recordId }) => {
  const [row] = await tx.sql<{ state: string }>(
    'select state from notice_delivery where id = $1 for update',
    [recordId],
  )
  if (row === undefined) throw notFound()
  if (row.state !== 'dead') return refused(refuse('notice_not_dead').refusal)
  await tx.sql(
    "update notice_delivery set state = 'waiting', due_at = $2, attempts = 0, done_at = null where id = $1",
    [recordId, tx.now],
  )
  return done({ recordId, version: 1 })
})
