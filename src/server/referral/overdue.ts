/** The worker's round over unanswered referrals and lapsed consents; signed-in people are not needed for it. */
import type { Uuid } from '#domain/core.ts'
import { decideConsentEnded, decideOverdue } from '#domain/referral.ts'
import type { Context } from '../context.ts'
import { tell, tellAbove } from '../notice/store.ts'
import { Problem } from '../problem.ts'
import { systemTx, type WriteTx } from '../tx.ts'
import { lockReferral, saveReferral } from './store.ts'

export interface Overdue {
  readonly escalated: number
  readonly expired: number
  readonly consentsLapsed: number
  /** Referrals that somebody was writing to: the next round takes them. */
  readonly left: number
}

const BATCH = 500

/**
 * Escalates what nobody acknowledged by D24, expires what nobody answered by D25, and ends access that rested on a
 * consent whose time is over. One transaction a referral; running it again changes nothing.
 */
export const expireReferrals = async (ctx: Context): Promise<Overdue> => {
  const total = { escalated: 0, expired: 0, consentsLapsed: 0, left: 0 }
  const faults: unknown[] = []
  const { waiting, lapsed } = await systemTx(ctx, 'jobs', 'referrals: find what is overdue', find)
  for (const id of waiting) {
    const state = await alone(ctx, faults, (tx) => expire(tx, id))
    if (state === 'busy') total.left += 1
    else if (state === 'EXPIRED') total.expired += 1
    else if (state !== null) total.escalated += 1
  }
  for (const { id, consent } of lapsed) {
    const ended = await alone(ctx, faults, (tx) => endConsent(tx, id, consent))
    if (ended === 'busy') total.left += 1
    else total.consentsLapsed += 1
  }
  if (faults.length > 0) throw faults[0]
  return total
}

const find = async (tx: WriteTx) => ({
  waiting: (
    await tx.sql<{ id: Uuid }>(
      `select id from referral where state in ('SENT', 'ACKNOWLEDGED')
         and (answer_due_at < $1 or (state = 'SENT' and ack_due_at < $1 and escalated_at is null))
       order by answer_due_at limit ${BATCH}`,
      [tx.now],
    )
  ).map((row) => row.id),
  lapsed: await tx.sql<{ id: Uuid; consent: Uuid }>(
    `select g.referral_id as id, c.id as consent from consent c
       join referral_ground g on g.kind = 'consent' and g.ref = c.id::text and g.ended_at is null
     where c.valid_until < $1 order by c.valid_until limit ${BATCH}`,
    [tx.now],
  ),
})

/** One referral, one transaction; somebody else's write to it only puts it off, and a fault of one keeps back no other. */
const alone = async <T>(
  ctx: Context,
  faults: unknown[],
  work: (tx: WriteTx) => Promise<T>,
): Promise<T | 'busy'> => {
  try {
    return await systemTx(ctx, 'jobs', 'referrals: escalate, expire, end lapsed consents', work)
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'stale')) faults.push(error)
    return 'busy'
  }
}

const expire = async (tx: WriteTx, id: Uuid) => {
  const referral = await lockReferral(tx, id)
  const decision = decideOverdue(referral, tx.stamp)
  if (!decision.ok || decision.events.length === 0) return null
  const { state } = await saveReferral(tx, referral, decision.events)
  await tellAbove(tx, id, state === 'EXPIRED' ? 'referral_expired' : 'referral_unacknowledged')
  return state
}

/** What one referral loses with a consent; told to its recipient. Also called when a consent is withdrawn. */
export const endConsent = async (tx: WriteTx, referralId: Uuid, consentId: Uuid): Promise<void> => {
  const referral = await lockReferral(tx, referralId)
  const decision = decideConsentEnded(referral, consentId, tx.stamp)
  if (!decision.ok || decision.events.length === 0) return
  await saveReferral(tx, referral, decision.events)
  await tell(tx, {
    unitId: referral.toUnitId,
    code: 'referral_consent_ended',
    recordKind: 'referral',
    recordId: referral.id,
    label: referral.code,
  })
}
