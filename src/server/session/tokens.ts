/** Personal access tokens: a program acts as one person, with no more than the scopes on the token. */
import type { Actor, Instant, Role, Uuid } from '#domain/core.ts'
import { refuse } from '#domain/core.ts'
import type { Refusal } from '#domain/refusal.ts'
import { type Scope, scopesFor, tokenDays } from '#domain/session.ts'
import type { Language } from '#wire/words/index.ts'
import type { Context, Identity } from '../context.ts'
import { Fault } from '../fault.ts'
import { uuidv7 } from '../ids.ts'
import { systemTx, type Tx } from '../tx.ts'
import { findAccount } from './account.ts'
import { Remembered } from './cache.ts'
import { newAccessToken, tokenPrefix } from './codes.ts'
import { tokenHash } from './keys.ts'

interface LiveToken extends Identity {
  readonly userId: Uuid
  readonly id: Uuid
  readonly expiresAt: number
  usedAt: number
}

interface Row {
  id: Uuid
  user_id: Uuid
  scopes: Scope[]
  expires_at: Instant
  last_used_at: Instant | null
  role: Role
  language: Language
  unit_id: Uuid
  institution_id: Uuid
  municipality: string | null
  county: string | null
}

const liveSql = `
  select t.id, t.user_id, t.scopes, t.expires_at, t.last_used_at, u.role, u.language, u.unit_id, n.institution_id,
    n.municipality, n.county
  from access_token t join app_user u on u.id = t.user_id join unit n on n.id = u.unit_id
  where t.token_hash = $1 and t.revoked_at is null and u.active and n.active`

const liveToken = (row: Row): LiveToken => {
  const actor: Actor = {
    userId: row.user_id,
    unitId: row.unit_id,
    institutionId: row.institution_id,
    role: row.role,
    municipality: row.municipality,
    county: row.county,
    purpose: null,
  }
  // A role may have lost a scope since the token was made.
  const allowed = scopesFor(row.role)
  return {
    id: row.id,
    userId: row.user_id,
    actor,
    language: row.language,
    scopes: row.scopes.filter((scope) => allowed.includes(scope)),
    expiresAt: Date.parse(row.expires_at),
    usedAt: row.last_used_at === null ? 0 : Date.parse(row.last_used_at),
  }
}

const caches = new WeakMap<Context['pools'], Remembered<LiveToken>>()

const cacheOf = (ctx: Context): Remembered<LiveToken> => {
  const known = caches.get(ctx.pools)
  if (known !== undefined) return known
  const cache = new Remembered<LiveToken>((hash) =>
    systemTx(ctx, 'auth', 'find an access token', async (tx) => {
      const [row] = await tx.sql<Row>(liveSql, [hash])
      return row === undefined ? null : liveToken(row)
    }),
  )
  caches.set(ctx.pools, cache)
  return cache
}

/** Who a `Bearer` token speaks for; null when unknown, expired or revoked. */
export const identifyToken = async (ctx: Context, token: string): Promise<Identity | null> => {
  if (!token.startsWith(tokenPrefix) || token.length > 100) return null
  const live = await cacheOf(ctx).get(token)
  const now = Date.parse(ctx.clock())
  if (live === null || live.expiresAt <= now) return null
  if (now - live.usedAt >= 60_000) {
    live.usedAt = now
    systemTx(ctx, 'auth', 'remember the use of an access token', (tx) =>
      tx.sql('update access_token set last_used_at = $2 where id = $1', [
        live.id,
        new Date(now).toISOString(),
      ]),
    ).catch(() => undefined)
  }
  return live
}

export interface TokenWish {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly days: number
}

export interface MadeToken {
  readonly id: Uuid
  readonly token: string
  readonly expiresAt: Instant
}

/** Make a token in this transaction; refused where the role lacks a scope. The token itself is returned only here. */
export const insertToken = async (
  tx: Tx,
  owner: { userId: Uuid; role: Role },
  wish: TokenWish,
): Promise<{ ok: true; made: MadeToken } | { ok: false; refusal: Refusal }> => {
  const allowed = scopesFor(owner.role)
  const extra = wish.scopes.find((scope) => !allowed.includes(scope))
  if (extra !== undefined) return refuse('token_scope_not_yours', 'scopes', { scope: extra })
  const token = newAccessToken()
  const id = uuidv7()
  const expiresAt = new Date(Date.parse(tx.now) + wish.days * 86_400_000).toISOString()
  await tx.sql(
    `insert into access_token (id, user_id, name, token_hash, scopes, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, owner.userId, wish.name, tokenHash(token), [...new Set(wish.scopes)], tx.now, expiresAt],
  )
  return { ok: true, made: { id, token, expiresAt } }
}

/**
 * A token for the person with this login, as the command line makes it: every scope of the role unless fewer are
 * wished. Throws with a sentence when there is no such open account or a scope is not the role's.
 */
export const createToken = (ctx: Context, login: string, wish: Partial<TokenWish> = {}): Promise<MadeToken> =>
  systemTx(ctx, 'auth', 'make an access token from the command line', async (tx) => {
    const account = await findAccount(tx, { login })
    if (account === null) throw new Fault(`There is no open account “${login}”.`)
    const made = await insertToken(
      tx,
      { userId: account.id, role: account.role },
      {
        name: wish.name ?? 'command line',
        scopes: wish.scopes ?? scopesFor(account.role),
        days: wish.days ?? tokenDays.usual,
      },
    )
    if (!made.ok)
      throw new Fault(`The role of “${login}” cannot give the scope ${made.refusal.params?.scope}.`)
    return made.made
  })
