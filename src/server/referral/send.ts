/** Sending: find the recipient's kind, what the sender holds and what allows it; the domain cuts the packet. */
import { dueAt } from '#domain/clock/due.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant } from '#domain/core.ts'
import { recipientKindOf } from '#domain/referral/packet.ts'
import { maySend } from '#domain/referral/policy.ts'
import { decideSend, referralCode } from '#domain/referral/send.ts'
import { applyReferral } from '#domain/referral.ts'
import { SendReferral } from '#wire/referral.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { getRule } from '../clock/law.ts'
import { startClock, stopClock } from '../clock/store.ts'
import { command, done, refused } from '../command.ts'
import { holdConsents } from '../consent/store.ts'
import { tell } from '../notice/store.ts'
import { invalid, notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'
import { caseSource, saidSource } from './source.ts'
import { caseTierFor, insertReferral } from './store.ts'

interface Recipient {
  readonly kind: string
  readonly municipality: string | null
}

const dueOf = async (tx: WriteTx, rule: 'D24' | 'D25'): Promise<Instant | null> => {
  const found = await getRule(tx, rule, tiranaDay(tx.now))
  return found.rule.enabled ? dueAt(found.rule, tx.now, found.holidays) : null
}

export const sendReferral = command('referral.send', SendReferral, async (tx, cmd) => {
  const { caseId = null, toUnitId, said } = cmd.body
  const [to] = await tx.sql<Recipient>('select kind, municipality from unit where id = $1 and active', [
    toUnitId,
  ])
  const recipientKind = to === undefined ? null : recipientKindOf(to.kind)
  if (to === undefined || recipientKind === null)
    throw invalid({ field: 'body.body.toUnitId', code: 'unknown_code' })
  const tier = caseId === null ? null : await caseTierFor(tx, caseId)
  if (tier === 0) throw notFound()
  if (!maySend(tx.actor, tier, recipientKind === 'cpu_intake')) return refused({ code: 'not_allowed' })

  const [ackDueAt, answerDueAt] = [await dueOf(tx, 'D24'), await dueOf(tx, 'D25')]
  const decision = decideSend(
    cmd.body,
    {
      code: referralCode(cmd.recordId, tx.now),
      caseId,
      recipientKind,
      source: caseId === null ? saidSource(said) : await caseSource(tx, caseId, said),
      consents:
        caseId !== null && cmd.body.grounds.some((ground) => ground.kind === 'consent')
          ? await holdConsents(tx, caseId)
          : [],
      ackDueAt,
      answerDueAt,
    },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const [sent] = decision.events
  const version = await append(tx, { kind: 'referral', id: cmd.recordId, version: 0 }, decision.events)
  const referral = { ...applyReferral(null, cmd.recordId, sent!), version }
  await insertReferral(tx, referral, sent!)
  for (const rule of ['D24', 'D25'] as const)
    await startClock(tx, {
      rule,
      recordKind: 'referral',
      recordId: referral.id,
      unitId: toUnitId,
      municipality: to.municipality,
      startedAt: tx.now,
    })
  // What leaves the unit is a disclosure; an objection that was set aside is said in it.
  recordAccess(tx, {
    act: 'export',
    kind: 'referral',
    ids: [referral.id],
    tier: sent!.parts?.some((part) => part.tier === 'T4') ? 'T4' : 'T3',
    ...(cmd.body.objection === 'none' ? {} : { code: 'objection_set_aside' }),
  })
  // Asking the police to identify formally is the notice that a presumed victim's case owes (D15); the Responsible
  // Authority sees the case from the screening on.
  if (caseId !== null && cmd.body.service === 'formal_identification')
    stopClock(tx, { recordKind: 'case_file', recordId: caseId, rule: 'D15' })
  await tell(tx, {
    unitId: toUnitId,
    code: 'referral_sent',
    recordKind: 'referral',
    recordId: referral.id,
    label: referral.code,
  })
  return done({ recordId: referral.id, version, reply: { code: referral.code, state: referral.state } })
})
