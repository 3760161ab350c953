/**
 * A transaction bound to an actor. There is no other way to the data: row-level security reads the binding, and
 * `systemTx` is the one conspicuous exception.
 */
import type { Compilable } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import type { Actor, Instant, Stamp, Uuid } from '#domain/core.ts'
import type { Context } from './context.ts'
import { Conversation } from './conversation.ts'
import { parserOf } from './database.ts'
import { codeOf, isReadOnly, messageOf } from './fault.ts'
import { uuidv7 } from './ids.ts'
import { type CountryKeys, countryKeysOf } from './packet/keys.ts'
import type { OpenKeys } from './sealing/keys.ts'
import { type Ring, ringOf } from './sealing/ring.ts'
import { keyedHash, keysOf } from './session/keys.ts'

export interface Tx {
  readonly actor: Actor
  /** Server time of this transaction. */
  readonly now: Instant
  all<T>(query: Compilable<T>): Promise<T[]>
  first<T>(query: Compilable<T>): Promise<T | undefined>
  run(query: Compilable<unknown>): Promise<void>
  /** Hand-written SQL with `$1…` parameters; for hot paths and what the builder cannot say. */
  sql<T = unknown>(text: string, values?: readonly unknown[]): Promise<T[]>
  /**
   * The only or last thing asked: the commit leaves with it, which spares a round trip. Nothing can be asked after it,
   * and what it wrote stands even if the reply then fails.
   */
  last<T = unknown>(text: string, values?: readonly unknown[]): Promise<T[]>
  /** Work that must be in this transaction but need not be waited for: sent now, awaited at commit. */
  later(text: string, values: readonly unknown[]): void
  /** Number of a document as it may be remembered and compared: equal numbers are equal, nothing can be read back. */
  hashed(number: string): Buffer
  /** Whose identity is the database's: what a process remembers of it hangs there. */
  readonly database: object
  /** Begun once more after it was overtaken: nothing that a process remembers is believed. */
  readonly anew: boolean
  /** Data keys of the records whose sensitive values this transaction opens; they end with it. */
  readonly keys: OpenKeys
}

export interface WriteTx extends Tx {
  readonly stamp: Stamp
  readonly commandId: Uuid
}

const bind = `select set_config('mb.user', $1, true), set_config('mb.unit', $2, true), set_config('mb.institution', $3, true),
  set_config('mb.role', $4, true), set_config('mb.municipality', $5, true), set_config('mb.county', $6, true),
  set_config('mb.purpose', $7, true), set_config('synchronous_commit', $8, true), set_config('mb.now', $9, true)`

const bindValues = (actor: Actor, durable: boolean, now: Instant): string[] => [
  actor.userId,
  actor.unitId,
  actor.institutionId,
  actor.role,
  actor.municipality ?? '',
  actor.county ?? '',
  actor.purpose ?? '',
  durable ? 'on' : 'off',
  now,
]

interface Options {
  readonly pool: Pool
  readonly actor: Actor
  readonly now: Instant
  /** False only for reads: their access record may trail the disk by a moment (decision 11). */
  readonly durable: boolean
  /** True where a statement runs only in a block that was begun; see `Conversation`. */
  readonly block: boolean
  readonly anew: boolean
  readonly ring: Ring
  readonly hashed: Tx['hashed']
  readonly country: CountryKeys
}

const inTransaction = async <T>(options: Options, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const client: PoolClient = await options.pool.connect()
  const talk = new Conversation(client, parserOf, options.block)
  let broken: Error | undefined
  try {
    const waiting: Promise<unknown>[] = []
    const send = <R>(text: string, values?: readonly unknown[]): Promise<R[]> => {
      const sent = talk.ask<R>(text, values)
      sent.catch(() => undefined)
      return sent
    }
    // No round trip of its own: it leaves with the first thing asked, before it.
    waiting.push(send(bind, bindValues(options.actor, options.durable, options.now)))
    const sql = async <R>(text: string, values?: readonly unknown[]): Promise<R[]> => {
      try {
        return await send<R>(text, values)
      } catch (error) {
        // The driver's trace ends at the socket; this one leads to whoever asked.
        if (error instanceof Error) Error.captureStackTrace(error)
        throw error
      }
    }
    let committed: Promise<void> | undefined
    const commit = (): Promise<void> => {
      committed = talk.end()
      committed.catch(() => undefined)
      return committed
    }
    const tx: Tx = {
      actor: options.actor,
      now: options.now,
      sql,
      last: (text, values) => {
        const found = sql<never>(text, values)
        commit()
        return found
      },
      all: (query) => {
        const compiled = query.compile()
        return sql(compiled.sql, compiled.parameters)
      },
      first: async (query) => {
        const compiled = query.compile()
        return (await sql<never>(compiled.sql, compiled.parameters))[0]
      },
      run: async (query) => {
        const compiled = query.compile()
        await sql(compiled.sql, compiled.parameters)
      },
      later: (text, values) => {
        waiting.push(send(text, values))
      },
      hashed: options.hashed,
      database: options.pool,
      anew: options.anew,
      keys: { ring: options.ring, opened: new Map(), country: options.country },
    }
    const result = await work(tx)
    waiting.push(committed ?? commit())
    await Promise.all(waiting)
    return result
  } catch (error) {
    await talk.undo().catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

const secretsOf = (ctx: Context): Pick<Options, 'ring' | 'country' | 'hashed'> => ({
  ring: ctx.ring ?? ringOf(ctx.secret),
  country: ctx.country ?? countryKeysOf(ctx.secret),
  hashed: (number) => keyedHash(keysOf(ctx).document, number),
})

/** Reads as this actor. Refusals and empty answers alike leave the database unchanged but for the access record. */
export const withTx = <T>(ctx: Context, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(
    {
      pool: ctx.pools.app,
      actor,
      now: ctx.clock(),
      durable: false,
      block: false,
      anew: false,
      ...secretsOf(ctx),
    },
    work,
  )

/**
 * Two writers may take the same rows in opposite order (the scan of the clocks holds a clock and wants its record, an
 * answer holds the record and wants its clock): the database ends one of them whole. Or what was decided on is somebody
 * else's by the time it is written, a case given to a colleague between the look and the consent: its policy refuses the
 * row; a unit closed meanwhile: `unit_stands` (migration 0115) ends it. Each is simply begun again, and then decides on
 * what is true now.
 */
const overtaken = (error: unknown): boolean => {
  const code = codeOf(error)
  return (
    code === '40P01' ||
    code === '40001' ||
    (code === '42501' && messageOf(error).includes('row-level security') && !isReadOnly(error))
  )
}
const again = async <T>(work: (anew: boolean) => Promise<T>, before = 0): Promise<T> => {
  try {
    return await work(before > 0)
  } catch (error) {
    if (before < 2 && overtaken(error)) return again(work, before + 1)
    throw error
  }
}

export interface WriteOptions {
  readonly commandId: Uuid
  readonly occurredAt?: Instant
}

/** Writes as this actor: all or nothing, on disk before it returns. */
export const withWriteTx = <T>(
  ctx: Context,
  actor: Actor,
  options: WriteOptions,
  work: (tx: WriteTx) => Promise<T>,
): Promise<T> => {
  const now = ctx.clock()
  return again((anew) =>
    inTransaction(
      {
        pool: ctx.pools.app,
        actor,
        now,
        durable: ctx.beingMade !== true,
        block: false,
        anew,
        ...secretsOf(ctx),
      },
      (tx) => work(asWrite(tx, options.commandId, options.occurredAt ?? now)),
    ),
  )
}

const asWrite = (tx: Tx, commandId: Uuid, occurredAt: Instant): WriteTx => ({
  ...tx,
  commandId,
  stamp: { actor: tx.actor, now: tx.now, occurredAt, newId: () => uuidv7() },
})

/** The actor of the clocks and other work that nobody asked for by hand. It is written into every event it appends. */
export const systemActor: Actor = {
  userId: '00000000-0000-7000-8000-000000000001',
  unitId: '00000000-0000-7000-8000-000000000001',
  institutionId: '00000000-0000-7000-8000-000000000001',
  role: 'system',
  municipality: null,
  county: null,
  purpose: null,
}

/** Somebody who has not signed in: writes a report or an addition and reads no record. */
export const publicActor: Actor = {
  userId: '00000000-0000-7000-8000-000000000002',
  unitId: '00000000-0000-7000-8000-000000000002',
  institutionId: '00000000-0000-7000-8000-000000000002',
  role: 'public',
  municipality: null,
  county: null,
  purpose: null,
}

/**
 * The conspicuous exception: work as a database role of its own (jobs, auth, audit, owner), each with no more rights
 * than its task needs. `why` names the task for whoever greps.
 */
export const systemTx = <T>(
  ctx: Context,
  role: keyof Context['pools'],
  why: string,
  work: (tx: WriteTx) => Promise<T>,
): Promise<T> => {
  if (why.length < 8) throw new Error('systemTx needs a reason')
  const now = ctx.clock()
  return again((anew) =>
    inTransaction(
      {
        pool: ctx.pools[role],
        actor: systemActor,
        now,
        durable: ctx.beingMade !== true,
        block: true,
        anew,
        ...secretsOf(ctx),
      },
      (tx) => work(asWrite(tx, uuidv7(), now)),
    ),
  )
}
