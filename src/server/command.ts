/**
 * One pipeline for every write: replay → lock → decide → append → reply, in one transaction.
 * Replay comes before the decision, so that a retried acceptance gets its first answer, not "already answered".
 */
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Actor, Instant, Json, Uuid } from '#domain/core.ts'
import type { Refusal } from '#domain/refusal.ts'
import { type CommandReply, Envelope } from '#wire/envelope.ts'
import { recordAccess } from './access.ts'
import type { Context } from './context.ts'
import { type Changed, invalid, notFoundAt, Problem, stale } from './problem.ts'
import { keyedHash, keysOf } from './session/keys.ts'
import { parse } from './shape.ts'
import { type Tx, type WriteTx, withTx, withWriteTx } from './tx.ts'

export interface Command<B> {
  readonly commandId: Uuid
  readonly recordId: Uuid
  readonly baseVersion: number | undefined
  readonly body: B
}

export type Outcome =
  | {
      readonly ok: true
      readonly recordId: Uuid
      readonly version: number
      readonly reply: { readonly [key: string]: Json }
    }
  | {
      readonly ok: false
      readonly refusal: Refusal
      /** What is put away with the refusal, after everything else was undone. */
      readonly putAway?: ((tx: WriteTx) => Promise<unknown>) | undefined
    }

export const done = (result: {
  recordId: Uuid
  version: number
  reply?: { readonly [key: string]: Json }
}): Outcome => ({ ok: true, recordId: result.recordId, version: result.version, reply: result.reply ?? {} })
export const refused = (refusal: Refusal, putAway?: (tx: WriteTx) => Promise<unknown>): Outcome => ({
  ok: false,
  refusal,
  putAway,
})

export interface CommandHandler {
  readonly type: string
  readonly schema: z.ZodType
  readonly ask?: (tx: Tx, body: never) => Promise<unknown>
  /** See `commandBeginning`. */
  readonly begins?: true
  readonly handle: (tx: WriteTx, command: Command<never>, asked: never) => Promise<Outcome>
}

/** Register a write: its type (`<noun>.<verb>`), the shape of its body, and the use case. */
export const command = <S extends z.ZodType>(
  type: string,
  schema: S,
  handle: (tx: WriteTx, command: Command<z.output<S>>) => Promise<Outcome>,
): CommandHandler => ({ type, schema, handle: handle as CommandHandler['handle'] })

/**
 * As `command`, for a use case that begins with a question: it is asked together with the look-up of the replay, which
 * spares a round trip. It only reads.
 */
export const commandAsking = <S extends z.ZodType, A>(
  type: string,
  schema: S,
  ask: (tx: Tx, body: z.output<S>) => Promise<A>,
  handle: (tx: WriteTx, command: Command<z.output<S>>, asked: A) => Promise<Outcome>,
): CommandHandler => ({
  type,
  schema,
  ask: ask as NonNullable<CommandHandler['ask']>,
  handle: handle as CommandHandler['handle'],
})

/**
 * As `commandAsking`, for a use case whose record begins with it. No replay is looked up before: one meets the row that the
 * first wrote, which undoes it whole, and then gets the first answer. With a question answered from memory all of it leaves
 * in one flight.
 */
export const commandBeginning = <S extends z.ZodType, A>(
  ...told: Parameters<typeof commandAsking<S, A>>
): CommandHandler => ({ ...commandAsking(...told), begins: true })

/**
 * Compare the version the person saw with the record's own. Fields untouched by what happened since may still be
 * written; otherwise throws `stale` naming each changed field, when, and by whom. Call it after the lock.
 * A version that does not exist yet was seen by nobody: taken as fresh it would overwrite whatever happened.
 */
export const mustBeFresh = async (
  tx: WriteTx,
  kind: string,
  cmd: Pick<Command<unknown>, 'recordId' | 'baseVersion'>,
  writes: readonly string[],
): Promise<void> => {
  if (cmd.baseVersion === undefined) throw invalid({ field: 'body.baseVersion', code: 'required' })
  const [head, rows] = await Promise.all([
    tx.sql<{ version: number }>('select version from record_head where kind = $1 and record_id = $2', [
      kind,
      cmd.recordId,
    ]),
    tx.sql<{ field: string; at: Instant; by: Uuid; byName: string | null }>(
      `select distinct on (t) t as field, recorded_at as at, actor_id as by,
           (select display_name from app_user where id = actor_id) as "byName"
         from event, unnest(touches) t where kind = $1 and record_id = $2 and seq > $3 and t = any ($4) order by t, seq desc`,
      [kind, cmd.recordId, cmd.baseVersion, writes],
    ),
  ])
  if (head[0] !== undefined && cmd.baseVersion > head[0].version)
    throw invalid({ field: 'body.baseVersion', code: 'too_big' })
  if (rows.length > 0) throw stale(rows satisfies Changed[])
}

/**
 * As `mustBeFresh`, for a command that makes a record or changes it. Without a version the person meant to make it: they saw
 * nothing of what stands there now, and are told all of it.
 */
export const mustBeFreshOrNew = async (
  tx: WriteTx,
  kind: string,
  cmd: Pick<Command<unknown>, 'recordId' | 'baseVersion'>,
  writes: readonly string[],
): Promise<void> => {
  await mustBeFresh(tx, kind, { ...cmd, baseVersion: cmd.baseVersion ?? 0 }, writes)
  if (cmd.baseVersion === undefined) throw stale([])
}

/** Key order must not make a replay look different. */
const canonical = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(canonical)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, inner]) => inner !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, canonical(inner)]),
        )
      : value

/** Keyed: from a plain hash in a stolen table a short value could be guessed. */
const payloadHash = (ctx: Context, { type, recordId, baseVersion, body }: Envelope): Payload => {
  const text = JSON.stringify(canonical({ type, recordId, baseVersion, body }))
  return { text, hash: keyedHash(keysOf(ctx).payload, text) }
}

interface Payload {
  readonly text: string
  readonly hash: Buffer
}

/** Commands from before hashes were keyed have a plain one. */
const isSame = ({ text, hash }: Payload, stored: Buffer): boolean =>
  stored.equals(hash) || stored.equals(createHash('sha256').update(text).digest())

interface StoredReply {
  readonly status: number
  readonly reply: CommandReply | { refusal: Refusal }
}

const findReply = async (
  tx: Pick<WriteTx, 'sql'>,
  id: Uuid,
  payload: Payload,
): Promise<StoredReply | undefined> => {
  const rows = await tx.sql<StoredReply & { payload_hash: Buffer }>(
    'select status, reply, payload_hash from command where id = $1',
    [id],
  )
  const row = rows[0]
  if (row !== undefined && !isSame(payload, row.payload_hash)) throw reused()
  return row
}

const reused = (): Problem => new Problem('command_reused', { field: 'body.commandId' })
const isReused = (error: unknown): boolean => error instanceof Problem && error.code === 'command_reused'

const findReplyOf = (
  ctx: Context,
  actor: Actor,
  id: Uuid,
  payload: Payload,
): Promise<StoredReply | undefined> => withTx(ctx, actor, (tx) => findReply(tx, id, payload))

const insertReply = `insert into command (id, actor_id, type, payload_hash, status, reply, at)
  values ($1, $2, $3, $4, $5, $6, $7)`

const answer = (stored: StoredReply): CommandReply => {
  if ('refusal' in stored.reply) throw new Problem('refused', { refusal: stored.reply.refusal })
  return stored.reply
}

export type CommandRegistry = ReadonlyMap<string, CommandHandler>

export const registry = (handlers: readonly CommandHandler[]): CommandRegistry => {
  const map = new Map(handlers.map((handler) => [handler.type, handler]))
  if (map.size !== handlers.length) throw new Error('two commands have one type')
  return map
}

/**
 * Run one command for one actor. Returns the reply, now or as first given; throws a `Problem` otherwise.
 * `input` is the raw envelope: its shape is checked here, so that every caller has the same walls.
 */
export const execute = async (
  ctx: Context,
  commands: CommandRegistry,
  actor: Actor,
  input: unknown,
  options: { readonly occurredAt?: Instant } = {},
): Promise<CommandReply> => {
  const envelope = parse(Envelope, input, 'body')
  const handler = commands.get(envelope.type)
  if (handler === undefined) throw invalid({ field: 'body.type', code: 'unknown_code' })
  const body = parse(handler.schema, envelope.body, 'body.body')
  const payload = payloadHash(ctx, envelope)
  const store = (tx: WriteTx, status: number, reply: unknown): void =>
    tx.later(insertReply, [
      envelope.commandId,
      actor.userId,
      envelope.type,
      payload.hash,
      status,
      JSON.stringify(reply),
      tx.now,
    ])

  try {
    const outcome = await withWriteTx(
      ctx,
      actor,
      {
        commandId: envelope.commandId,
        ...(options.occurredAt === undefined ? {} : { occurredAt: options.occurredAt }),
      },
      async (tx) => {
        const replay = handler.begins === true ? undefined : findReply(tx, envelope.commandId, payload)
        const asking = handler.ask?.(tx, body as never)
        asking?.catch(() => undefined)
        const seen = await replay
        if (seen !== undefined) return { seen }
        const cmd = {
          commandId: envelope.commandId,
          recordId: envelope.recordId,
          baseVersion: envelope.baseVersion,
          body: body as never,
        }
        const result = await handler.handle(tx, cmd, (await asking) as never)
        // A refusal undoes whatever the use case had begun, then is remembered as the answer.
        if (!result.ok) throw new Refused(result.refusal, result.putAway)
        const reply: CommandReply = {
          recordId: result.recordId,
          version: result.version,
          reply: result.reply,
        }
        store(tx, 200, reply)
        return { seen: { status: 200, reply } satisfies StoredReply }
      },
    )
    return answer(outcome.seen)
  } catch (error) {
    // Two copies of one command may be on their way at once. The second meets what the first did, as a row taken, a version
    // gone or a refusal, only when the first has its answer: that is the answer of both.
    const seen = isReused(error) ? undefined : await findReplyOf(ctx, actor, envelope.commandId, payload)
    if (seen !== undefined) return answer(seen)
    if (error instanceof Refused) {
      await rememberRefusal(ctx, actor, envelope, payload.hash, error)
      throw new Problem('refused', { refusal: error.refusal })
    }
    if (error instanceof Problem && error.code === 'not_found') {
      await rememberMiss(ctx, actor, envelope)
      throw notFoundAt('body.recordId', error)
    }
    if (isDuplicate(error, 'command_pkey')) throw reused()
    // The id (or what is derived from it) of a record that exists, seen or hidden: the same answer, which says nothing
    // of it, whichever table noticed first.
    if (isDuplicate(error)) throw stale([], 'body.recordId')
    throw error
  }
}

class Refused extends Error {
  readonly refusal: Refusal
  readonly putAway: ((tx: WriteTx) => Promise<unknown>) | undefined
  constructor(refusal: Refusal, putAway: ((tx: WriteTx) => Promise<unknown>) | undefined) {
    super(refusal.code)
    this.refusal = refusal
    this.putAway = putAway
  }
}

const rememberRefusal = (
  ctx: Context,
  actor: Actor,
  envelope: Envelope,
  hash: Buffer,
  { refusal, putAway }: Refused,
): Promise<void> =>
  withWriteTx(ctx, actor, { commandId: envelope.commandId }, async (tx) => {
    recordAccess(tx, { act: 'refused', kind: envelope.type, ids: [envelope.recordId], code: refusal.code })
    await tx.sql(`${insertReply} on conflict do nothing`, [
      envelope.commandId,
      actor.userId,
      envelope.type,
      hash,
      422,
      JSON.stringify({ refusal }),
      tx.now,
    ])
    await putAway?.(tx)
  })

const rememberMiss = (ctx: Context, actor: Actor, envelope: Envelope): Promise<void> =>
  withTx(ctx, actor, async (tx) => {
    recordAccess(tx, { act: 'refused', kind: envelope.type, ids: [envelope.recordId], code: 'not_found' })
  })

/** True for a unique violation, of this constraint where one is named; the database's own text is never shown. */
export const isDuplicate = (error: unknown, constraint?: string): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === '23505' &&
  (constraint === undefined || ('constraint' in error && error.constraint === constraint))
