/** Commands on needs and snapshots: each is one event on the case's chain and its rows, together or not at all. */
import type { z } from 'zod'
import type { CaseState } from '#domain/case/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Decision, Uuid } from '#domain/core.ts'
import { disclosure } from '#domain/disclosure.ts'
import {
  decideFindNeed,
  decideGiveCertificate,
  decideLinkNeed,
  decideMoveNeed,
  type NeedEvent,
} from '#domain/outcome/need.ts'
import { decideJudgeReopening, decideTakeOutcome } from '#domain/outcome/snapshot.ts'
import { minimumDataSet } from '#domain/referral/packet.ts'
import * as wire from '#wire/outcome.ts'
import { recordBeside } from '../case/beside.ts'
import { lockCase } from '../case/store.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { holdConsents } from '../consent/store.ts'
import { insertDisclosure } from '../disclosure/store.ts'
import type { WriteTx } from '../tx.ts'
import { linkExists, needsOf, snapshotsOf, writeJudgement, writeNeed, writeOutcome } from './store.ts'

/** One act on one need of the case whose id is the record's. */
const needAct = <S extends z.ZodType>(
  verb: string,
  schema: S,
  about: (body: z.output<S>) => Uuid | null,
  decide: (s: CaseState, body: z.output<S>, tx: WriteTx) => Promise<Decision<NeedEvent>>,
): CommandHandler =>
  command(`need.${verb}`, schema, async (tx, cmd) => {
    const s = await lockCase(tx, cmd.recordId)
    const field = about(cmd.body)
    if (field !== null) await mustBeFresh(tx, 'case_file', cmd, [field])
    const decision = await decide(s, cmd.body, tx)
    if (!decision.ok) return refused(decision.refusal)
    const [event] = decision.events
    const { needId } = event!.facts
    const version = await recordBeside(tx, s, [{ event: event!, subject: needId }])
    writeNeed(tx, s, event!)
    return done({ recordId: s.id, version, reply: { needId } })
  })

const find = needAct(
  'find',
  wire.FindNeed,
  () => null,
  async (s, body, tx) => decideFindNeed(s, await needsOf(tx, s.id), body, tx.stamp),
)
const link = needAct(
  'link',
  wire.LinkNeed,
  (body) => body.needId,
  async (s, { needId, ...body }, tx) =>
    decideLinkNeed(
      s,
      (await needsOf(tx, s.id)).find((one) => one.id === needId),
      body,
      await linkExists(tx, s.id, body.what, body.id),
      tx.stamp,
    ),
)
const move = needAct(
  'move',
  wire.MoveNeed,
  (body) => body.needId,
  async (s, { needId, ...body }, tx) =>
    decideMoveNeed(
      s,
      (await needsOf(tx, s.id)).find((one) => one.id === needId),
      body,
      tx.stamp,
    ),
)

/** What leaves names a status: it stands in the log of what left the case, with the consent that let it go. */
const certify = command('need.give_certificate', wire.GiveCertificate, async (tx, cmd) => {
  // Consents before the case, as a withdrawal takes them.
  const consents = await holdConsents(tx, cmd.recordId)
  const s = await lockCase(tx, cmd.recordId)
  const { needId, ...body } = cmd.body
  const need = (await needsOf(tx, s.id)).find((one) => one.id === needId)
  const decision = decideGiveCertificate(s, need, body, consents, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const left = disclosure(
    {
      kind: 'document',
      toUnitId: null,
      toKind: body.recipient,
      grounds: [{ kind: 'consent', ref: body.consentId }],
      fields: [...minimumDataSet[body.recipient], 'status'],
      tier: 'T4',
      overrides: 'none',
      childAsked: 'not_needed',
      referralId: null,
      requestId: null,
      document: 'status_certificate',
    },
    tx.stamp,
  )
  const version = await recordBeside(tx, s, [
    { event: event!, subject: needId },
    { event: left, subject: left.facts.disclosureId },
  ])
  writeNeed(tx, s, event!)
  insertDisclosure(tx, s.id, left)
  return done({ recordId: s.id, version, reply: { needId } })
})

const take = command('outcome.take', wire.TakeOutcome, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  await mustBeFresh(tx, 'case_file', cmd, [`outcome_${cmd.body.occasion}`])
  const decision = decideTakeOutcome(s, await snapshotsOf(tx, s.id), cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const { outcomeId } = event!.facts
  const version = await recordBeside(tx, s, [{ event: event!, subject: outcomeId }])
  writeOutcome(tx, s.id, event!)
  return done({ recordId: s.id, version, reply: { outcomeId } })
})

const judge = command('outcome.judge_reopening', wire.JudgeReopening, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  await mustBeFresh(tx, 'case_file', cmd, ['reopening'])
  const decision = decideJudgeReopening(s, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const { judgementId } = event!.facts
  const version = await recordBeside(tx, s, [{ event: event!, subject: judgementId }])
  writeJudgement(tx, s.id, event!, tiranaDay(s.episodeAt))
  return done({ recordId: s.id, version, reply: { judgementId } })
})

export const outcomeCommands: readonly CommandHandler[] = [find, link, move, certify, take, judge]
