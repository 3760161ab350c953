/**
 * The recurring job of the official record: what waits leaves; what fails is tried again later and given up in the end; a
 * comparison that somebody asked for is made. A row says when it is due, as notices do: the queue's own jobs carry nothing.
 */
import type { Instant, Uuid } from '#domain/core.ts'
import {
  type Comparison,
  compareSides,
  type OfficialFault,
  type OfficialMessage,
  type OurRecord,
  officialAgainAt,
  stopsAll,
} from '#domain/exchange/official.ts'
import type { Context } from '../context.ts'
import { uuidv7 } from '../ids.ts'
import { systemActor, systemTx } from '../tx.ts'
import type { OfficialDatabase } from './official.ts'

interface Due {
  readonly id: Uuid
  readonly attempts: number
  readonly body: OfficialMessage
}

const BATCH = 20
/** The other jobs share this worker: what is left after this many seconds waits for the next minute. */
const SECONDS = 20
/** A crash between sending and writing it down: the same message, under the same id, ten minutes later. */
const claimSql = `update official_push set attempts = attempts + 1, due_at = $1::timestamptz + interval '10 minutes'
  where id in (select id from official_push where state = 'waiting' and due_at <= $1 order by due_at, made_at limit ${BATCH}
    for update skip locked) returning id, attempts, body, made_at`

const settle = (
  ctx: Context,
  { id, attempts }: Due,
  fate: 'sent' | OfficialFault,
): Promise<'sent' | 'failed' | 'dead'> =>
  systemTx(ctx, 'jobs', 'official record: write down what became of a message', async (tx) => {
    if (fate === 'sent') {
      await tx.sql("update official_push set state = 'sent', done_at = $2, fault = null where id = $1", [
        id,
        tx.now,
      ])
      return 'sent'
    }
    const again: Instant | null = officialAgainAt(fate, attempts, tx.now)
    await tx.sql(
      `update official_push set fault = $2, fault_at = $3, due_at = coalesce($4, due_at), state = case when $4::timestamptz is null then 'dead' else 'waiting' end,
         done_at = case when $4::timestamptz is null then $3::timestamptz end where id = $1`,
      [id, fate, tx.now, again],
    )
    return again === null ? 'dead' : 'failed'
  })

export const pushOfficial = async (
  ctx: Context,
  there: OfficialDatabase,
): Promise<{ sent: number; failed: number; dead: number }> => {
  const total = { sent: 0, failed: 0, dead: 0 }
  const until = performance.now() + SECONDS * 1000
  for (let closed = false; !closed && performance.now() < until; ) {
    const batch = await systemTx(ctx, 'jobs', 'official record: take what is due', (tx) =>
      tx.sql<Due & { readonly made_at: Instant }>(claimSql, [tx.now]),
    )
    if (batch.length === 0) break
    let fault: OfficialFault | null = null
    for (const due of batch.toSorted((a, b) => (a.made_at < b.made_at ? -1 : 1))) {
      // A server that cannot be reached is not asked once for each of a thousand messages.
      const fate: 'sent' | OfficialFault = fault ?? (await there.send(due.body))
      if (fate !== 'sent' && stopsAll(fate)) {
        fault = fate
        closed = true
      }
      total[await settle(ctx, due, fate)] += 1
    }
  }
  return total
}

const kept = 1_000
const write = (ctx: Context, id: Uuid, found: Comparison | OfficialFault): Promise<unknown> =>
  systemTx(ctx, 'jobs', 'official record: write down a comparison', (tx) =>
    typeof found === 'string'
      ? tx.sql("update official_compare set state = 'failed', done_at = $2, fault = $3 where id = $1", [
          id,
          tx.now,
          found,
        ])
      : tx.sql(
          `update official_compare set state = 'done', done_at = $2, fault = null, ours = $3, theirs = $4, same = $5, waiting = $6, differing = $7,
             differences = $8 where id = $1`,
          [
            id,
            tx.now,
            found.ours,
            found.theirs,
            found.same,
            found.waiting,
            found.differences.length,
            JSON.stringify(found.differences.slice(0, kept)),
          ],
        ),
  )

/** Theirs is read first: what is written here meanwhile is on its way, not a difference. */
const compareNow = async (ctx: Context, there: OfficialDatabase): Promise<Comparison | OfficialFault> => {
  const theirs = await there.list()
  if (typeof theirs === 'string') return theirs
  const ours = await systemTx(ctx, 'jobs', 'official record: what the register says', (tx) =>
    tx.sql<OurRecord>('select id, status, on_day as "on", open as waiting from official_ours()'),
  )
  return compareSides(ours, theirs)
}

/** How many of those that were asked for could be made. */
export const compareOfficial = async (ctx: Context, there: OfficialDatabase): Promise<number> => {
  const asked = await systemTx(ctx, 'jobs', 'official record: comparisons that were asked for', (tx) =>
    tx.sql<{ id: Uuid }>("select id from official_compare where state = 'asked' order by asked_at limit 20"),
  )
  if (asked.length === 0) return 0
  const found = await compareNow(ctx, there)
  for (const { id } of asked) await write(ctx, id, found)
  return typeof found === 'string' ? 0 : asked.length
}

/** Asked by nobody: each night, and by the command line. */
export const compareUnasked = async (
  ctx: Context,
  there: OfficialDatabase,
): Promise<Comparison | OfficialFault> => {
  const id = uuidv7()
  await systemTx(ctx, 'jobs', 'official record: begin a comparison', (tx) =>
    tx.sql('insert into official_compare (id, asked_by, asked_at, version) values ($1, $2, $3, 1)', [
      id,
      systemActor.userId,
      tx.now,
    ]),
  )
  const found = await compareNow(ctx, there)
  await write(ctx, id, found)
  return found
}
