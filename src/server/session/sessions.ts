/** Sessions as rows: begun, advanced, touched, locked, ended. Tokens are kept only as hashes. */
import type { Actor, Instant, Role, Uuid } from '#domain/core.ts'
import { type Stage, sessionState } from '#domain/session.ts'
import type { Language } from '#wire/words/index.ts'
import type { Context } from '../context.ts'
import { uuidv7 } from '../ids.ts'
import { systemTx, type Tx } from '../tx.ts'
import { mistrust, Remembered } from './cache.ts'
import { newSessionToken } from './codes.ts'
import { keyedHash, keysOf, tokenHash } from './keys.ts'

export interface LiveSession {
  readonly id: Uuid
  readonly userId: Uuid
  readonly stage: Stage
  readonly createdAt: number
  readonly locked: boolean
  readonly actor: Actor & { readonly role: Role }
  readonly language: Language
  /** Milliseconds since 1970; moves with each request, written to the row at most once a minute. */
  lastSeenAt: number
  writtenAt: number
}

interface Row {
  id: Uuid
  user_id: Uuid
  stage: Stage
  created_at: Instant
  last_seen_at: Instant
  locked_at: Instant | null
  role: Role
  language: Language
  unit_id: Uuid
  institution_id: Uuid
  municipality: string | null
  county: string | null
}

const liveSql = `
  select s.id, s.user_id, s.stage, s.created_at, s.last_seen_at, s.locked_at, u.role, u.language, u.unit_id,
    n.institution_id, n.municipality, n.county
  from session s join app_user u on u.id = s.user_id join unit n on n.id = u.unit_id
  where s.token_hash = $1 and s.revoked_at is null and u.active and n.active`

const caches = new WeakMap<Context['pools'], Remembered<LiveSession>>()

const cacheOf = (ctx: Pick<Context, 'pools' | 'clock'>): Remembered<LiveSession> => {
  const known = caches.get(ctx.pools)
  if (known !== undefined) return known
  const cache = new Remembered<LiveSession>((hash, previous) =>
    systemTx(ctx as Context, 'auth', 'find a session', async (tx) => {
      const [row] = await tx.sql<Row>(liveSql, [hash])
      return row === undefined ? null : liveSession(row, previous)
    }),
  )
  caches.set(ctx.pools, cache)
  return cache
}

const liveSession = (row: Row, previous: LiveSession | undefined): LiveSession => {
  const written = Date.parse(row.last_seen_at)
  // What this process saw last may be newer than the row, unless another has changed the session since.
  const seen =
    previous?.id === row.id && previous.writtenAt === written
      ? Math.max(previous.lastSeenAt, written)
      : written
  return {
    id: row.id,
    userId: row.user_id,
    stage: row.stage,
    createdAt: Date.parse(row.created_at),
    locked: row.locked_at !== null,
    actor: {
      userId: row.user_id,
      unitId: row.unit_id,
      institutionId: row.institution_id,
      role: row.role,
      municipality: row.municipality,
      county: row.county,
      purpose: null,
    },
    language: row.language,
    lastSeenAt: seen,
    writtenAt: written,
  }
}

const stateNow = (session: LiveSession, now: number) =>
  sessionState({ ...session, role: session.actor.role }, now)

export interface Found {
  readonly session: LiveSession
  readonly state: 'open' | 'locked'
}

/** The session behind a cookie and whether it is locked; null when unknown, ended or revoked. */
export const findSession = async (ctx: Context, token: string): Promise<Found | null> => {
  const cache = cacheOf(ctx)
  let session = await cache.get(token)
  if (session === null) return null
  const now = Date.parse(ctx.clock())
  let state = stateNow(session, now)
  if (state === 'locked' && !session.locked) {
    // Another process may have seen activity that this one has not.
    session = await cache.get(token, true)
    if (session === null) return null
    state = stateNow(session, now)
  }
  return state === 'ended' ? null : { session, state }
}

const writeEvery = 60_000

/** Somebody is at work: the idle clock starts anew. The row follows within a minute. */
export const touch = (ctx: Context, session: LiveSession): void => {
  const now = Date.parse(ctx.clock())
  if (now <= session.lastSeenAt) return
  session.lastSeenAt = now
  if (now - session.writtenAt < writeEvery) return
  session.writtenAt = now
  systemTx(ctx, 'auth', 'remember activity of a session', (tx) =>
    tx.sql('update session set last_seen_at = $2 where id = $1 and last_seen_at < $2', [
      session.id,
      new Date(now).toISOString(),
    ]),
  ).catch(() => undefined)
}

/** Browser and system families, nothing finer: enough to recognise one's own sessions. */
export const agentFamily = (userAgent: string | undefined): string => {
  const ua = userAgent ?? ''
  const pick = (pairs: readonly (readonly [string, string])[]) =>
    pairs.find(([mark]) => ua.includes(mark))?.[1] ?? '?'
  const browser = pick([
    ['Firefox/', 'Firefox'],
    ['Edg', 'Edge'],
    ['OPR/', 'Opera'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ])
  const system = pick([
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Windows', 'Windows'],
    ['Mac OS', 'macOS'],
    ['Linux', 'Linux'],
  ])
  return `${browser}, ${system}`
}

export interface Visitor {
  readonly address: string
  readonly userAgent: string | undefined
  /** Id of the device from which this login has come before, if it says so truly. */
  readonly device: (login: string) => string | null
}

/** Begin a session; returns the token for the cookie, which exists nowhere else. */
export const startSession = async (
  ctx: Context,
  tx: Tx,
  begin: { userId: Uuid; stage: Stage; visitor: Visitor },
): Promise<string> => {
  const token = newSessionToken()
  await tx.sql(
    `insert into session (id, token_hash, user_id, stage, created_at, last_seen_at, address_hash, agent_family)
     values ($1, $2, $3, $4, $5, $5, $6, $7)`,
    [
      uuidv7(),
      tokenHash(token),
      begin.userId,
      begin.stage,
      tx.now,
      keyedHash(keysOf(ctx).address, begin.visitor.address),
      agentFamily(begin.visitor.userAgent),
    ],
  )
  return token
}

/**
 * A new token for a session whose rights have just grown (second factor given, unlocked, password changed): whoever
 * knew the old one has nothing. `stage` also starts its life anew when it becomes `full`. Null when it has ended.
 */
export const renewSession = async (
  tx: Tx,
  session: Pick<LiveSession, 'id' | 'userId' | 'stage'>,
  stage: Stage,
): Promise<string | null> => {
  const token = newSessionToken()
  const rows = await tx.sql(
    `update session set token_hash = $2, stage = $3, locked_at = null, failed_unlocks = 0, last_seen_at = $4,
       created_at = case when stage = $3 then created_at else $4 end
     where id = $1 and revoked_at is null returning id`,
    [session.id, tokenHash(token), stage, tx.now],
  )
  mistrust(session.userId)
  return rows.length === 0 ? null : token
}

export type WhyEnded = 'signed_out' | 'by_owner' | 'replaced' | 'password' | 'unlocks'

/** End one's own sessions: the one named, or all but the one kept. Answers how many ended. */
export const endSessions = async (
  tx: Tx,
  which: { userId: Uuid; id?: Uuid; except?: Uuid; why: WhyEnded },
): Promise<number> => {
  const rows = await tx.sql(
    `update session set revoked_at = $2, revoked_why = $3
     where user_id = $1 and revoked_at is null and ($4::uuid is null or id = $4) and ($5::uuid is null or id <> $5) returning id`,
    [which.userId, tx.now, which.why, which.id ?? null, which.except ?? null],
  )
  mistrust(which.userId)
  return rows.length
}
