/** The worker's round over unanswered referrals and lapsed consents; signed-in people are not needed for it. */
import type { Uuid } from '#domain/core.ts'
import { decideConsentEnded, decideOverdue } from '#domain/referral.ts'
import { tell, tellAbove } from '../notice/store.ts'
import type { WriteTx } from '../tx.ts'
import { lockReferralFor, saveReferral } from './store.ts'

export interface Overdue {
  readonly escalated: number
  readonly expired: number
  readonly consentsLapsed: number
}

/**
 * Escalates what nobody acknowledged by D24, expires what nobody answered by D25, and ends access that rested on a
 * consent whose time is over. At most `limit` referrals a round; running it again changes nothing.
 */
export const expireReferrals = async (tx: WriteTx, limit = 200): Promise<Overdue> => {
  const waiting = await tx.sql<{ id: Uuid }>(
    `select id from referral where state in ('SENT', 'ACKNOWLEDGED')
       and (answer_due_at < $1 or (state = 'SENT' and ack_due_at < $1 and escalated_at is null))
     order by answer_due_at limit $2 for update skip locked`,
    [tx.now, limit],
  )
  let escalated = 0
  let expired = 0
  for (const { id } of waiting) {
    const { referral } = await lockReferralFor(tx, id)
    const decision = decideOverdue(referral, tx.stamp)
    if (!decision.ok || decision.events.length === 0) continue
    const after = await saveReferral(tx, referral, decision.events)
    const over = after.state === 'EXPIRED'
    if (over) expired += 1
    else escalated += 1
    await tellAbove(tx, id, over ? 'referral_expired' : 'referral_unacknowledged')
  }
  return { escalated, expired, consentsLapsed: await lapse(tx, limit) }
}

const lapse = async (tx: WriteTx, limit: number): Promise<number> => {
  const lapsed = await tx.sql<{ id: Uuid; consent: Uuid }>(
    `select g.referral_id as id, c.id as consent from consent c
       join referral_ground g on g.kind = 'consent' and g.ref = c.id::text and g.ended_at is null
     where c.valid_until < $1 order by c.valid_until limit $2`,
    [tx.now, limit],
  )
  for (const { id, consent } of lapsed) await endConsent(tx, id, consent)
  return lapsed.length
}

/** What one referral loses with a consent; told to its recipient. Also called when a consent is withdrawn. */
export const endConsent = async (tx: WriteTx, referralId: Uuid, consentId: Uuid): Promise<void> => {
  const { referral } = await lockReferralFor(tx, referralId)
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
