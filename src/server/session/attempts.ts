/**
 * Every check of a secret goes through here. The attempt is written as failed before the check begins and corrected
 * after it, so a thousand at once are counted like a thousand in a row. Accounts and addresses stand under keyed
 * hashes; an unknown login is counted exactly like a known one.
 */
import type { Instant, Uuid } from '#domain/core.ts'
import type { Refusal } from '#domain/refusal.ts'
import { decideAttempt, throttle } from '#domain/session.ts'
import type { Context } from '../context.ts'
import { uuidv7 } from '../ids.ts'
import { Problem } from '../problem.ts'
import { systemTx } from '../tx.ts'
import { keyedHash, keysOf } from './keys.ts'
import type { Visitor } from './sessions.ts'
import type { AttemptKind } from './tables.ts'

export interface Trial<T> {
  /** The secret was right. */
  readonly ok: boolean
  /** A sign-in or unlocking is complete with it; earlier failures no longer count. */
  readonly completed: boolean
  readonly value: T
}

export interface Tryer {
  readonly login: string
  readonly visitor: Visitor
  readonly kind: AttemptKind
}

const recentSql = `
  select (select coalesce(json_agg(at order by at), '[]') from sign_in_attempt where account_key = $1 and not ok and at > $3
      and at >= coalesce((select max(at) from sign_in_attempt where account_key = $1 and completed), '-infinity')) as account,
    (select coalesce(json_agg(at order by at), '[]') from sign_in_attempt where address_key = $2 and not ok and at > $4) as address`

/** Run the check if one more attempt may be made; otherwise a 429 that says when to come back. */
export const attempt = async <T>(
  ctx: Context,
  who: Tryer,
  check: () => Promise<Trial<T>>,
): Promise<Trial<T>> => {
  const id = await open(ctx, who)
  const trial = await check()
  if (trial.ok) {
    await systemTx(ctx, 'auth', 'count a sign-in attempt as right', (tx) =>
      tx.sql('update sign_in_attempt set ok = true, completed = $2 where id = $1', [id, trial.completed]),
    )
  }
  return trial
}

const open = (ctx: Context, who: Tryer): Promise<Uuid> =>
  systemTx(ctx, 'auth', 'count a sign-in attempt', async (tx) => {
    const keys = keysOf(ctx)
    // A device known to the account is counted apart from strangers (device.ts).
    const device = who.visitor.device(who.login)
    const account = keyedHash(keys.account, device === null ? who.login : `${who.login}\n${device}`)
    const address = keyedHash(keys.address, who.visitor.address)
    // Always the account before the address, so two attempts never wait for each other.
    await tx.sql('select pg_advisory_xact_lock($1::bigint)', [account.readBigInt64BE().toString()])
    await tx.sql('select pg_advisory_xact_lock($1::bigint)', [address.readBigInt64BE().toString()])
    const now = Date.parse(tx.now)
    const [recent] = await tx.sql<{ account: Instant[]; address: Instant[] }>(recentSql, [
      account,
      address,
      new Date(now - throttle.memory).toISOString(),
      new Date(now - throttle.addressWindow).toISOString(),
    ])
    const verdict = decideAttempt(recent!, tx.now)
    if (!verdict.allow) {
      const seconds = Math.max(1, Math.ceil((verdict.until - now) / 1000))
      const refusal: Refusal =
        verdict.why === 'locked' || seconds > 120
          ? { code: 'sign_in_locked', params: { minutes: Math.ceil(seconds / 60) } }
          : { code: 'sign_in_wait', params: { seconds } }
      throw new Problem('too_many_requests', { refusal, retryAfter: seconds })
    }
    const id = uuidv7()
    await tx.sql(
      'insert into sign_in_attempt (id, at, account_key, address_key, kind) values ($1, $2, $3, $4, $5)',
      [id, tx.now, account, address, who.kind],
    )
    return id
  })
