/** Sending: find the recipient's kind, what the sender holds and what allows it; the domain cuts the packet. */
import { dueAt } from '#domain/clock/due.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { disclosure } from '#domain/disclosure.ts'
import { minimumDataSet, packetFields, type RecipientKind, recipientKindOf } from '#domain/referral/packet.ts'
import { maySend } from '#domain/referral/policy.ts'
import { decideSend, referralCode } from '#domain/referral/send.ts'
import { applyReferral, type ReferralSent } from '#domain/referral.ts'
import type { Refusal } from '#domain/refusal.ts'
import { type ChildVoice, childAsked, decideAskPermission, isSensitive } from '#domain/rights/permission.ts'
import { SendReferral } from '#wire/referral.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { recordBeside } from '../case/beside.ts'
import { lockCase } from '../case/store.ts'
import { getRule } from '../clock/law.ts'
import { startClock, stopClock } from '../clock/store.ts'
import { command, done, refused } from '../command.ts'
import { holdConsents } from '../consent/store.ts'
import { insertDisclosure } from '../disclosure/store.ts'
import { uuidv7 } from '../ids.ts'
import { tell } from '../notice/store.ts'
import { invalid, notFound } from '../problem.ts'
import { insertPermission, voiceOf } from '../rights/store.ts'
import type { WriteTx } from '../tx.ts'
import { namedBy } from './named.ts'
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

/**
 * What the child was asked, before and now at sending; the answer is written down like any other. The case is locked, so that
 * nobody takes a permission back meanwhile.
 */
const hear = async (
  tx: WriteTx,
  caseId: Uuid,
  kind: RecipientKind,
  child: SendReferral['child'],
): Promise<ChildVoice | Refusal> => {
  const s = await lockCase(tx, caseId)
  if (child === undefined || !minimumDataSet[kind].some(isSensitive)) return voiceOf(tx, caseId)
  const decision = decideAskPermission(
    s,
    {
      ...child,
      on: tiranaDay(tx.now),
      recipients: [kind],
      fields: minimumDataSet[kind],
    },
    tx.stamp,
  )
  if (!decision.ok)
    return { ...decision.refusal, ...(decision.refusal.field === undefined ? {} : { field: 'child' }) }
  const [event] = decision.events
  await recordBeside(tx, s, [{ event: event!, subject: event!.facts.permissionId }])
  insertPermission(tx, caseId, event!)
  return voiceOf(tx, caseId)
}

/** What left the case with this referral, for its log. */
const disclosed = (
  tx: WriteTx,
  id: Uuid,
  { facts }: ReferralSent,
  voice: ChildVoice,
  reason: string | undefined,
) => {
  const asked = childAsked(voice, facts.recipientKind, facts.fields)
  return disclosure(
    {
      kind: 'referral',
      toUnitId: facts.toUnitId,
      toKind: facts.recipientKind,
      grounds: facts.grounds.map(({ kind, ref }) => ({ kind, ref })),
      fields: facts.fields,
      tier: facts.fields.some((field) => packetFields[field] === 'T4') ? 'T4' : 'T3',
      overrides: facts.overrides,
      childAsked: asked === 'never' ? 'not_asked' : asked,
      referralId: id,
      requestId: null,
      document: null,
      reason,
    },
    tx.stamp,
  )
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
  if (tier === 0) throw notFound('body.body.caseId')
  if (!maySend(tx.actor, tier, recipientKind === 'cpu_intake')) return refused({ code: 'not_allowed' })

  // Consents before the case, as a withdrawal takes them.
  const consents =
    caseId !== null && cmd.body.grounds.some((ground) => ground.kind === 'consent')
      ? await holdConsents(tx, caseId)
      : []
  const voice = caseId === null ? null : await hear(tx, caseId, recipientKind, cmd.body.child)
  if (voice !== null && 'code' in voice) return refused(voice)
  const named = await namedBy(tx, cmd.body)
  const [ackDueAt, answerDueAt] = [await dueOf(tx, 'D24'), await dueOf(tx, 'D25')]
  const decision = decideSend(
    cmd.body,
    {
      code: referralCode(cmd.recordId, tx.now),
      caseId,
      recipientKind,
      source: caseId === null ? saidSource(said) : await caseSource(tx, caseId, said),
      consents,
      voice,
      named,
      ackDueAt,
      answerDueAt,
    },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const [sent] = decision.events
  const version = await append(tx, { kind: 'referral', id: cmd.recordId, version: 0 }, decision.events)
  const referral = { ...applyReferral(null, cmd.recordId, sent!), version }
  const log =
    voice === null
      ? null
      : disclosed(
          tx,
          cmd.recordId,
          sent!,
          voice,
          cmd.body.objection === 'none' ? undefined : cmd.body.overrideReason,
        )
  await insertReferral(tx, referral, sent!, log === null ? [] : [log])
  if (caseId !== null && log !== null) {
    insertDisclosure(tx, caseId, log)
    if (cmd.body.overrideReason !== undefined && cmd.body.objection !== 'none')
      tx.later(
        "insert into case_text (id, case_id, subject_id, name, body, at) values ($1, $2, $3, 'reason', $4, $5)",
        [uuidv7(), caseId, log.facts.disclosureId, JSON.stringify(cmd.body.overrideReason), tx.now],
      )
  }
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
