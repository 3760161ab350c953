/**
 * Queries are written with Kysely and only compiled here; `tx.ts` runs them inside a transaction that is bound to
 * an actor. So no query can run outside one.
 */
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import pg from 'pg'
import type { ClockTables } from './clock/tables.ts'
import type { CoreTables } from './core-tables.ts'
import type { ReferralTables } from './referral/tables.ts'
import type { SessionTables } from './session/tables.ts'

export interface Database extends CoreTables, ClockTables, ReferralTables, SessionTables {}

export const q = new Kysely<Database>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

const { builtins } = pg.types

const plainInstant = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/
/** Every connection speaks UTC; taken apart by hand, because a list is mostly instants and `Date` is slow at them. */
const instantOf = (text: string): string => {
  const parts = plainInstant.exec(text)
  return parts === null
    ? new Date(text).toISOString()
    : `${parts[1]}T${parts[2]}.${(parts[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`
}

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, instantOf],
  [builtins.DATE, (text) => text],
  [builtins.INT8, Number],
  [builtins.NUMERIC, Number],
])
/** Rows speak the domain's language: instants and days as text, 64-bit counts as numbers, hashes as Buffers. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ??
    pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}

/** How a column of this type is read, from the text that the database sends. */
export const parserOf = (oid: number): ((text: string) => unknown) =>
  parsers.get(oid) ?? pg.types.getTypeParser(oid, 'text')

export type ConnectionRole =
  | 'mb_owner'
  | 'mb_app'
  | 'mb_jobs'
  | 'mb_auth'
  | 'mb_audit'
  | 'mb_retention'
  | 'mb_backup'

/**
 * Policies make planning dearer than running (5 ms against 1 for the work list). Requests' statements are few, fixed and
 * go by index whatever their values, so each is planned once a connection; functions that search names plan anew.
 */
const plans = (role: ConnectionRole): string =>
  role === 'mb_app' ? ' -c plan_cache_mode=force_generic_plan' : ''

/**
 * A pool whose every connection acts as `role` from its first byte. A broken idle connection (failover) is reported
 * and replaced, never fatal.
 */
export const makePool = (
  url: string,
  role: ConnectionRole,
  options: { max: number; onError?: (error: Error) => void },
): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    // Many short queries at once: starting workers or compiling would cost more than any of them.
    options: `-c role=${role} -c timezone=UTC -c search_path=public -c jit=off -c max_parallel_workers_per_gather=0${plans(role)}`,
    application_name: `mburoja ${role}`,
    types,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 15_000,
  } as pg.PoolConfig)
  pool.on('error', (error) => options.onError?.(error))
  // A connection lost in the middle of its work fails that work, which says so itself; unheard, it would end the server.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
