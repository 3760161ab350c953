/** The steps of signing in. Each answers the token for a new cookie; each failure says nothing about the account. */
import { decidePassword } from '#domain/password.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import { stageAfterPassword } from '#domain/session.ts'
import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'
import { systemTx } from '../tx.ts'
import { type Account, findAccount } from './account.ts'
import { attempt } from './attempts.ts'
import { normalCode } from './codes.ts'
import { checkPassword, hashPassword } from './hashing.ts'
import { keyedHash, keysOf, sameBytes, unseal } from './keys.ts'
import { endSessions, type LiveSession, renewSession, startSession, type Visitor } from './sessions.ts'
import { checkTotp } from './totp.ts'

export const signInProblem = (code: RefusalCode): Problem =>
  new Problem('unauthenticated', { refusal: { code } })

const stageOf = (account: Account) =>
  stageAfterPassword({
    role: account.role,
    totpEnrolled: account.totp_secret !== null,
    demo: account.demo,
  })

/** A code of an account as it is kept: bound to the account, so equal codes of two accounts differ. */
export const codeHash = (ctx: Context, userId: string, typed: string): Buffer =>
  keyedHash(keysOf(ctx).code, `${userId}\n${normalCode(typed)}`)

/** A fresh session, never one that a visitor brought along; theirs ends. */
const begin = (
  ctx: Context,
  account: Account,
  visitor: Visitor,
  previous: LiveSession | null,
): Promise<string> =>
  systemTx(ctx, 'auth', 'begin a session', async (tx) => {
    if (previous !== null)
      await endSessions(tx, { userId: previous.userId, id: previous.id, why: 'replaced' })
    return startSession(ctx, tx, { userId: account.id, stage: stageOf(account), visitor })
  })

export const signIn = async (
  ctx: Context,
  given: { login: string; password: string },
  visitor: Visitor,
  previous: LiveSession | null,
): Promise<string> => {
  const who = { login: given.login, visitor, kind: 'password' as const }
  const { ok, value: account } = await attempt(ctx, who, async () => {
    const found = await systemTx(ctx, 'auth', 'find an account', (tx) => findAccount(tx, given))
    const right = await checkPassword(found?.password_hash ?? null, given.password)
    return { ok: right, completed: right && found !== null && stageOf(found) === 'full', value: found }
  })
  if (!ok || account === null) throw signInProblem('sign_in_wrong')
  return begin(ctx, account, visitor, previous)
}

/** First sign-in, or the first after a reset: the code handed over by an administrator sets the password. */
export const setUp = async (
  ctx: Context,
  given: { login: string; code: string; password: string },
  visitor: Visitor,
  previous: LiveSession | null,
): Promise<string> => {
  const decision = decidePassword(given.password, given)
  if (!decision.ok) throw new Problem('refused', { refusal: decision.refusal })
  const who = { login: given.login, visitor, kind: 'setup' as const }
  const { ok, value: account } = await attempt(ctx, who, async () => {
    const found = await systemTx(ctx, 'auth', 'find an account to set up', (tx) => findAccount(tx, given))
    const typed = codeHash(ctx, found?.id ?? 'nobody', given.code)
    const right =
      found?.setup_hash != null &&
      sameBytes(typed, found.setup_hash) &&
      found.setup_expires_at !== null &&
      found.setup_expires_at > ctx.clock()
    return { ok: right, completed: right && stageOf(found) === 'full', value: found }
  })
  if (!ok || account === null) throw signInProblem('setup_code_wrong')
  const hash = await hashPassword(given.password)
  await systemTx(ctx, 'auth', 'set the first password', async (tx) => {
    // The code is spent in the same statement: of two at once, one finds it gone.
    const rows = await tx.sql(
      `update credential set password_hash = $2, password_set_at = $3, setup_hash = null, setup_expires_at = null
       where user_id = $1 and setup_hash = $4 returning user_id`,
      [account.id, hash, tx.now, account.setup_hash],
    )
    if (rows.length === 0) throw signInProblem('setup_code_wrong')
  })
  return begin(ctx, account, visitor, previous)
}

const ownAccount = async (ctx: Context, session: LiveSession): Promise<Account> => {
  const account = await systemTx(ctx, 'auth', 'find one’s own account', (tx) =>
    findAccount(tx, { id: session.userId }),
  )
  if (account === null) throw new Problem('unauthenticated')
  return account
}

const finish = (ctx: Context, session: LiveSession): Promise<string> =>
  systemTx(ctx, 'auth', 'complete a sign-in', async (tx) => {
    const token = await renewSession(tx, session, 'full')
    if (token === null) throw new Problem('unauthenticated')
    return token
  })

/** The second step: a code of the authenticator app. A code is good once, also when two requests race. */
export const giveTotp = async (
  ctx: Context,
  session: LiveSession,
  code: string,
  visitor: Visitor,
): Promise<string> => {
  const account = await ownAccount(ctx, session)
  const who = { login: account.login, visitor, kind: 'totp' as const }
  const { ok } = await attempt(ctx, who, async () => {
    if (account.totp_secret === null) return { ok: false, completed: false, value: null }
    const secret = unseal(keysOf(ctx).totp, account.id, account.totp_secret)
    const step = checkTotp(secret, code, Date.parse(ctx.clock()), account.totp_last_step)
    const spent = step !== null && (await spendStep(ctx, account.id, step))
    return { ok: spent, completed: spent, value: null }
  })
  if (!ok) throw signInProblem('code_wrong')
  return finish(ctx, session)
}

export const spendStep = (ctx: Context, userId: string, step: number): Promise<boolean> =>
  systemTx(ctx, 'auth', 'spend a time step', async (tx) => {
    const rows = await tx.sql(
      'update credential set totp_last_step = $2 where user_id = $1 and totp_last_step < $2 returning user_id',
      [userId, step],
    )
    return rows.length > 0
  })

/** The second step without the phone: one of the codes kept on paper, spent with its use. */
export const giveRecoveryCode = async (
  ctx: Context,
  session: LiveSession,
  code: string,
  visitor: Visitor,
): Promise<string> => {
  const account = await ownAccount(ctx, session)
  const who = { login: account.login, visitor, kind: 'recovery' as const }
  const { ok } = await attempt(ctx, who, async () => {
    const rows = await systemTx(ctx, 'auth', 'spend a recovery code', (tx) =>
      tx.sql(
        `update credential set recovery_hashes = array_remove(recovery_hashes, $2)
         where user_id = $1 and $2 = any (recovery_hashes) returning user_id`,
        [account.id, codeHash(ctx, account.id, code)],
      ),
    )
    return { ok: rows.length > 0, completed: rows.length > 0, value: null }
  })
  if (!ok) throw signInProblem('code_wrong')
  return finish(ctx, session)
}

const mostFailedUnlocks = 5

/**
 * The password of somebody who is signed in: to unlock, and before anything that changes how they sign in. After
 * five wrong ones in a row the session itself ends.
 */
export const proveSelf = async (
  ctx: Context,
  session: LiveSession,
  password: string,
  visitor: Visitor,
): Promise<Account> => {
  const account = await ownAccount(ctx, session)
  const who = { login: account.login, visitor, kind: 'unlock' as const }
  const { ok } = await attempt(ctx, who, async () => {
    const right = await checkPassword(account.password_hash, password)
    return { ok: right, completed: right, value: null }
  })
  if (ok) return account
  await systemTx(ctx, 'auth', 'count a failed unlocking', async (tx) => {
    const [row] = await tx.sql<{ failed_unlocks: number }>(
      'update session set failed_unlocks = failed_unlocks + 1 where id = $1 returning failed_unlocks',
      [session.id],
    )
    if ((row?.failed_unlocks ?? 0) >= mostFailedUnlocks)
      await endSessions(tx, { userId: session.userId, id: session.id, why: 'unlocks' })
  })
  throw new Problem('forbidden', { refusal: { code: 'password_wrong', field: 'password' } })
}

export const unlock = async (
  ctx: Context,
  session: LiveSession,
  password: string,
  visitor: Visitor,
): Promise<string> => {
  await proveSelf(ctx, session, password, visitor)
  return systemTx(ctx, 'auth', 'unlock a session', async (tx) => {
    const token = await renewSession(tx, session, session.stage)
    if (token === null) throw new Problem('unauthenticated')
    return token
  })
}
