/** What either side does with a sent referral. One use case: lock, ask the policy, decide, append, reply. */
import type { z } from 'zod'
import type { Uuid } from '#domain/core.ts'
import { mayAct } from '#domain/referral/policy.ts'
import { becomesReport, reportFrom } from '#domain/referral/to-report.ts'
import { decideReferral, type Referral, type ReferralAct, type ReferralActName } from '#domain/referral.ts'
import type { NoticeCode } from '#wire/notice.ts'
import {
  AcceptReferral,
  AcknowledgeReferral,
  CompleteReferral,
  DeclineReferral,
  StartService,
  WithdrawReferral,
} from '#wire/referral.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { tell, tellAbove } from '../notice/store.ts'
import { receive, routeOf } from '../report/receive.ts'
import type { WriteTx } from '../tx.ts'
import { findPacket, lockReferralFor, saveReferral } from './store.ts'

/** Who hears of each act: the other side, by the referral's code. */
const heard: Readonly<Record<ReferralActName, NoticeCode | null>> = {
  acknowledge: null,
  accept: 'referral_answered',
  decline: 'referral_declined',
  start_service: null,
  complete: 'referral_completed',
  withdraw: 'referral_withdrawn',
}

const answer = <S extends z.ZodType>(
  act: ReferralActName,
  body: S,
  toAct: (body: z.output<S>) => ReferralAct,
): CommandHandler =>
  command(`referral.${act}`, body, async (tx, cmd) => {
    const { referral, scope } = await lockReferralFor(tx, cmd.recordId)
    await mustBeFresh(tx, 'referral', cmd, ['state'])
    if (!mayAct(tx.actor, scope, act)) return refused({ code: 'not_allowed' })
    const decision = decideReferral(referral, toAct(cmd.body), tx.stamp)
    if (!decision.ok) return refused(decision.refusal)
    const after = await saveReferral(tx, referral, decision.events)
    await say(tx, act, after)
    const led = act === 'accept' && becomesReport(after) ? await intoTriage(tx, after) : {}
    return done({ recordId: after.id, version: after.version, reply: { state: after.state, ...led } })
  })

/**
 * An accepted request of a professional goes on as a report of the receiving unit. Where it says too little for one
 * (an adult, say), the acceptance still stands and the unit writes its own.
 */
const intoTriage = async (tx: WriteTx, referral: Referral): Promise<{ reportId?: Uuid }> => {
  const [from] = await tx.sql<{ kind: string; name: string }>(
    'select kind, name_sq as name from unit where id = $1',
    [referral.fromUnitId],
  )
  const parts = await findPacket(tx, referral.id)
  const packet = Object.fromEntries(parts.map((part) => [part.field, part.body]))
  const reportId = tx.stamp.newId()
  const told = reportFrom(referral, packet, from!, tx.actor.municipality)
  const outcome = await receive(tx, reportId, told, await routeOf(tx, told))
  return outcome.ok ? { reportId } : {}
}

const say = async (tx: WriteTx, act: ReferralActName, referral: Referral): Promise<void> => {
  const code = heard[act]
  if (code === null) return
  if (act === 'decline') return tellAbove(tx, referral.id, code)
  await tell(tx, {
    unitId: act === 'withdraw' ? referral.toUnitId : referral.fromUnitId,
    code,
    recordKind: 'referral',
    recordId: referral.id,
    label: referral.code,
  })
}

export const acknowledgeReferral = answer('acknowledge', AcknowledgeReferral, (body) => ({
  act: 'acknowledge',
  ...body,
}))
export const acceptReferral = answer('accept', AcceptReferral, (body) => ({ act: 'accept', ...body }))
export const declineReferral = answer('decline', DeclineReferral, (body) => ({ act: 'decline', ...body }))
export const startService = answer('start_service', StartService, () => ({ act: 'start_service' }))
export const completeReferral = answer('complete', CompleteReferral, (body) => ({ act: 'complete', ...body }))
export const withdrawReferral = answer('withdraw', WithdrawReferral, (body) => ({ act: 'withdraw', ...body }))
