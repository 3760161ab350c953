/** The official record's doors: what waits, failed and was given up, both sides laid beside each other. */
import type { Instant, Uuid } from '#domain/core.ts'
import { decideCompare, decideResend } from '#domain/exchange/decide.ts'
import type { Difference } from '#domain/exchange/official.ts'
import { keepsExchange } from '#domain/exchange/policy.ts'
import * as wire from '#wire/exchange.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { type CommandHandler, command, done, refused } from '../command.ts'
import type { Context } from '../context.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { forbidden, notFound } from '../problem.ts'
import { systemTx, type Tx } from '../tx.ts'

/** Written at each start, so that every process and the page say the same. */
export const announceOfficial = (ctx: Context, configured: boolean): Promise<unknown> =>
  systemTx(ctx, 'owner', 'start: say whether the official record leaves', (tx) =>
    tx.sql(
      `insert into country_setting (key, value) values ('official', $1) on conflict (key) do update set value = $1
       where country_setting.value is distinct from $1`,
      [JSON.stringify(configured)],
    ),
  )
const isConfigured = async (tx: Pick<Tx, 'sql'>): Promise<boolean> => {
  const [row] = await tx.sql<{ value: boolean }>("select value from country_setting where key = 'official'")
  return row?.value === true
}

const listOfficial = endpoint({
  method: 'GET',
  url: '/api/exchange/official/messages',
  wire: wire.ListOfficial,
  handle: async (tx, { query }) => {
    if (!keepsExchange(tx.actor)) throw forbidden()
    const after = readCursor(query.cursor)
    const rows = await tx.sql<wire.OfficialRow>(
      `select p.id, p.body ->> 'id' as pseudonym, p.nrm_id as "nrmId", f.code as "nrmCode", p.body ->> 'status' as status, p.body ->> 'on' as "on",
         p.state, p.attempts, p.made_at as "madeAt", p.due_at as "dueAt", p.done_at as "doneAt", p.fault, p.fault_at as "faultAt", p.version
       from official_push p join nrm_file f on f.id = p.nrm_id
       where p.state = $1 and ($2::timestamptz is null or (p.made_at, p.id) < ($2, $3::uuid)) order by p.made_at desc, p.id desc limit $4`,
      [query.state, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    recordAccess(tx, {
      act: 'list',
      kind: 'nrm_file',
      ids: [...new Set(items.map((row) => row.nrmId))],
      tier: 'T2',
    })
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.madeAt, last.id) : null,
    }
  },
})

interface Compared {
  readonly state: 'done' | 'failed'
  readonly doneAt: Instant
  readonly fault: wire.OfficialRow['fault']
  readonly ours: number | null
  readonly theirs: number | null
  readonly same: number | null
  readonly waiting: number | null
  readonly differing: number | null
  readonly differences: readonly Difference[] | null
}

const readOfficial = endpoint({
  method: 'GET',
  url: '/api/exchange/official',
  wire: wire.ReadOfficial,
  handle: async (tx) => {
    if (!keepsExchange(tx.actor)) throw forbidden()
    const [configured, [counts], [asked], [last]] = await Promise.all([
      isConfigured(tx),
      tx.sql<wire.OfficialState['counts']>(
        `select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'waiting' and attempts > 0)::int as late,
           count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state = 'dead')::int as dead from official_push`,
      ),
      tx.sql<{ asked: boolean }>(
        "select exists (select 1 from official_compare where state = 'asked') as asked",
      ),
      tx.sql<Compared>(
        `select state, done_at as "doneAt", fault, ours, theirs, same, waiting, differing, differences from official_compare
         where state <> 'asked' order by done_at desc limit 1`,
      ),
    ])
    const differences = (last?.differences ?? []).slice(0, 200)
    const known = new Map(
      (
        await tx.sql<{ official: string; id: Uuid; code: string }>(
          'select e.official, f.id, f.code from exchange_id e join nrm_file f on f.id = e.nrm_id where e.official = any ($1)',
          [differences.map((one) => one.id)],
        )
      ).map((row) => [row.official, row]),
    )
    if (known.size > 0)
      recordAccess(tx, {
        act: 'list',
        kind: 'nrm_file',
        ids: [...known.values()].map((row) => row.id),
        tier: 'T2',
      })
    return {
      configured,
      counts: counts ?? { waiting: 0, late: 0, sent: 0, dead: 0 },
      asked: asked?.asked === true,
      comparison:
        last === undefined
          ? null
          : {
              ...last,
              differences: differences.map(({ id, kind, ours, theirs }) => ({
                kind,
                pseudonym: id,
                nrmId: known.get(id)?.id ?? null,
                nrmCode: known.get(id)?.code ?? null,
                ours,
                theirs,
              })),
            },
    }
  },
})

/** Its tries begin anew; the message stays the same. */
const resend = command('official.resend', wire.ResendOfficial, async (tx, { recordId }) => {
  if (!keepsExchange(tx.actor)) throw notFound()
  const [row] = await tx.sql<{ state: string; attempts: number; version: number }>(
    'select state, attempts, version from official_push where id = $1',
    [recordId],
  )
  if (row === undefined) throw notFound()
  const decision = decideResend(row, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'official_push', id: recordId, version: row.version },
    decision.events,
  )
  await tx.sql(
    "update official_push set state = 'waiting', due_at = $2, attempts = 0, done_at = null, version = $3 where id = $1",
    [recordId, tx.now, version],
  )
  return done({ recordId, version })
})

/** The comparison is made by the worker within a minute. */
const compare = command('official.compare', wire.CompareOfficial, async (tx, { recordId }) => {
  if (!keepsExchange(tx.actor)) throw forbidden()
  const decision = decideCompare(await isConfigured(tx), tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'official_compare', id: recordId, version: 0 }, decision.events)
  await tx.sql('insert into official_compare (id, asked_by, asked_at, version) values ($1, $2, $3, $4)', [
    recordId,
    tx.actor.userId,
    tx.now,
    version,
  ])
  return done({ recordId, version })
})

export const officialEndpoints: readonly Endpoint[] = [readOfficial, listOfficial]
export const officialCommands: readonly CommandHandler[] = [resend, compare]
