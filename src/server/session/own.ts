/** What a signed-in person does to their own way in: second factor, recovery codes, password, sessions. */
import { decidePassword } from '#domain/password.ts'
import { lifetimeFor } from '#domain/session.ts'
import type { SessionList, SessionState, TokenList } from '#wire/session.ts'
import type { Context, Identity } from '../context.ts'
import { invalid, Problem } from '../problem.ts'
import { systemTx } from '../tx.ts'
import { type Account, findAccount, isDemo } from './account.ts'
import { attempt } from './attempts.ts'
import { newRecoveryCodes } from './codes.ts'
import { csrfFor } from './cookie.ts'
import { checkPassword, hashPassword } from './hashing.ts'
import { keysOf, seal, unseal } from './keys.ts'
import { endSessions, type Found, type LiveSession, renewSession, type Visitor } from './sessions.ts'
import { codeHash, proveSelf, signInProblem } from './sign-in.ts'
import { checkTotp, newTotpSecret, totpUri } from './totp.ts'

const nobody = {
  locked: false,
  csrf: null,
  user: null,
  idleSeconds: null,
  endsAt: null,
  scopes: null,
} as const

/** What a person sees of themselves; shown also while locked, so that the lock can greet them by name. */
export const personOf = (account: Account): NonNullable<SessionState['user']> => ({
  id: account.id,
  login: account.login,
  name: account.display_name,
  role: account.role,
  language: account.language,
  secondFactor: account.totp_secret !== null,
  recoveryCodesLeft: account.recovery_hashes.length,
  unit: {
    id: account.unit_id,
    kind: account.unit_kind,
    nameSq: account.unit_name_sq,
    nameEn: account.unit_name_en,
    municipality: account.municipality,
    county: account.county,
    institutionId: account.institution_id,
  },
})

/** Where the visitor stands. Before the sign-in is complete no name is told. */
export const viewSession = (ctx: Context, found: Found | null): Promise<SessionState> =>
  systemTx(ctx, 'auth', 'say where a visitor stands', async (tx) => {
    const account = found === null ? null : await findAccount(tx, { id: found.session.userId })
    if (found === null || account === null) return { ...nobody, stage: 'none', demo: await isDemo(tx) }
    const { session, state } = found
    const life = lifetimeFor(account.role)
    const full = session.stage === 'full'
    return {
      stage: session.stage,
      locked: state === 'locked',
      demo: account.demo,
      csrf: csrfFor(ctx, session.id),
      user: full ? personOf(account) : null,
      idleSeconds: full ? life.idle / 1000 : null,
      endsAt: full ? new Date(session.createdAt + life.absolute).toISOString() : null,
      scopes: null,
    }
  })

/** The same for a program: whom it speaks for, and what it may do. */
export const viewProgram = (ctx: Context, identity: Identity | null): Promise<SessionState> =>
  systemTx(ctx, 'auth', 'say for whom a program speaks', async (tx) => {
    const account = identity === null ? null : await findAccount(tx, { id: identity.actor.userId })
    if (identity === null || account === null) throw new Problem('unauthenticated')
    return {
      ...nobody,
      stage: 'full',
      demo: account.demo,
      user: personOf(account),
      scopes: [...(identity.scopes ?? [])] as SessionState['scopes'],
    }
  })

/** A new secret, not yet in force. Where one is in force already, the password comes first. */
export const beginTotp = async (
  ctx: Context,
  session: LiveSession,
  password: string | undefined,
  visitor: Visitor,
): Promise<{ secret: string; uri: string }> => {
  if (session.stage === 'full') {
    if (password === undefined) throw invalid({ field: 'body.password', code: 'required' })
    await proveSelf(ctx, session, password, visitor)
  }
  return systemTx(ctx, 'auth', 'begin a second factor', async (tx) => {
    await tx.sql('select 1 from credential where user_id = $1 for update', [session.userId])
    const account = await findAccount(tx, { id: session.userId })
    if (account === null) throw new Problem('unauthenticated')
    // A page that asks twice must be shown one key, or the one it shows may not be the one that waits.
    const waiting = session.stage === 'enrol' ? pendingSecret(ctx, session, account) : null
    const secret = waiting ?? newTotpSecret()
    if (waiting === null)
      await tx.sql('update credential set totp_pending = $2 where user_id = $1', [
        account.id,
        seal(keysOf(ctx).totp, pendingOwner(session), secret),
      ])
    return { secret, uri: totpUri(account.login, secret) }
  })
}

/** A key that waits belongs to the session that asked for it: whoever saw it in another cannot have it confirmed. */
const pendingOwner = (session: LiveSession): string => `${session.userId} ${session.id}`

const pendingSecret = (ctx: Context, session: LiveSession, account: Account): string | null => {
  if (account.totp_pending === null) return null
  try {
    return unseal(keysOf(ctx).totp, pendingOwner(session), account.totp_pending)
  } catch {
    return null
  }
}

/** A right code of the new secret puts it in force, gives recovery codes, and completes a first sign-in. */
export const confirmTotp = async (
  ctx: Context,
  session: LiveSession,
  code: string,
  visitor: Visitor,
): Promise<{ token: string; codes: string[] }> => {
  const account = await systemTx(ctx, 'auth', 'find a second factor to confirm', (tx) =>
    findAccount(tx, { id: session.userId }),
  )
  const secret = account === null ? null : pendingSecret(ctx, session, account)
  if (account === null || secret === null) throw signInProblem('code_wrong')
  const who = { login: account.login, visitor, kind: 'totp' as const }
  const { ok, value: step } = await attempt(ctx, who, async () => {
    const at = checkTotp(secret, code, Date.parse(ctx.clock()), 0)
    return { ok: at !== null, completed: at !== null, value: at }
  })
  if (!ok) throw signInProblem('code_wrong')
  const codes = newRecoveryCodes()
  return systemTx(ctx, 'auth', 'put a second factor in force', async (tx) => {
    const rows = await tx.sql(
      `update credential set totp_secret = $6, totp_pending = null, totp_since = $2, totp_last_step = $3,
         recovery_hashes = $4 where user_id = $1 and totp_pending = $5 returning user_id`,
      [
        account.id,
        tx.now,
        step,
        codes.map((one) => codeHash(ctx, account.id, one)),
        account.totp_pending,
        seal(keysOf(ctx).totp, account.id, secret),
      ],
    )
    const token = rows.length === 0 ? null : await renewSession(tx, session, 'full')
    if (token === null) throw signInProblem('code_wrong')
    return { token, codes }
  })
}

/** Ten new codes; the old ones are void. */
export const renewRecoveryCodes = async (
  ctx: Context,
  session: LiveSession,
  password: string,
  visitor: Visitor,
): Promise<string[]> => {
  await proveSelf(ctx, session, password, visitor)
  const codes = newRecoveryCodes()
  await systemTx(ctx, 'auth', 'renew recovery codes', (tx) =>
    tx.sql('update credential set recovery_hashes = $2 where user_id = $1', [
      session.userId,
      codes.map((one) => codeHash(ctx, session.userId, one)),
    ]),
  )
  return codes
}

/** The new password ends every other session of the person and renews this one. Programs' tokens stay. */
export const changePassword = async (
  ctx: Context,
  session: LiveSession,
  given: { password: string; newPassword: string },
  visitor: Visitor,
): Promise<string> => {
  const account = await proveSelf(ctx, session, given.password, visitor)
  const decision = decidePassword(given.newPassword, account)
  if (!decision.ok) throw new Problem('refused', { refusal: { ...decision.refusal, field: 'newPassword' } })
  if (await checkPassword(account.password_hash, given.newPassword))
    throw new Problem('refused', { refusal: { code: 'password_unchanged', field: 'newPassword' } })
  const hash = await hashPassword(given.newPassword)
  return systemTx(ctx, 'auth', 'change a password', async (tx) => {
    await tx.sql('update credential set password_hash = $2, password_set_at = $3 where user_id = $1', [
      account.id,
      hash,
      tx.now,
    ])
    await endSessions(tx, { userId: account.id, except: session.id, why: 'password' })
    const token = await renewSession(tx, session, session.stage)
    if (token === null) throw new Problem('unauthenticated')
    return token
  })
}

interface SessionRow {
  id: string
  created_at: string
  last_seen_at: string
  agent_family: string
  locked_at: string | null
}

/** One's own sessions that could still be used, newest first. */
export const listSessions = (ctx: Context, session: LiveSession): Promise<SessionList> =>
  systemTx(ctx, 'auth', 'list one’s own sessions', async (tx) => {
    const since = Date.parse(tx.now) - lifetimeFor(session.actor.role).absolute
    const rows = await tx.sql<SessionRow>(
      `select id, created_at, last_seen_at, agent_family, locked_at from session
       where user_id = $1 and revoked_at is null and stage = 'full' and created_at > $2 order by created_at desc limit 100`,
      [session.userId, new Date(since).toISOString()],
    )
    return {
      items: rows.map((row) => ({
        id: row.id,
        current: row.id === session.id,
        createdAt: row.created_at,
        lastSeenAt: row.last_seen_at,
        agent: row.agent_family,
        locked: row.locked_at !== null,
      })),
      next: null,
    }
  })

interface TokenRow {
  id: string
  name: string
  scopes: TokenList['items'][number]['scopes']
  created_at: string
  expires_at: string
  last_used_at: string | null
}

export const listTokens = (ctx: Context, session: LiveSession): Promise<TokenList> =>
  systemTx(ctx, 'auth', 'list one’s own tokens', async (tx) => {
    const rows = await tx.sql<TokenRow>(
      `select id, name, scopes, created_at, expires_at, last_used_at from access_token
       where user_id = $1 and revoked_at is null and expires_at > $2 order by created_at desc limit 100`,
      [session.userId, tx.now],
    )
    return {
      items: rows.map((row) => ({
        id: row.id,
        name: row.name,
        scopes: row.scopes,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        lastUsedAt: row.last_used_at,
      })),
      next: null,
    }
  })
