/** The record of an interview and its conclusion: written, proposed, signed by the other body, looked at a second time. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { checklistOn } from '#domain/interview/checklist.ts'
import { decidePropose, decideRecord, decideReview, decideSign } from '#domain/interview/conclude.ts'
import { type Conclusion, effectOf, type Interview } from '#domain/interview/state.ts'
import { decideStep } from '#domain/nrm/decide.ts'
import type { NrmFile, NrmStatusSet } from '#domain/nrm/state.ts'
import type { Refusal } from '#domain/refusal.ts'
import { ProposeConclusion, RecordInterview, ReviewConclusion, SignConclusion } from '#wire/interview.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import { recordStep } from '../nrm/status.ts'
import { type NrmRow, toNrm } from '../nrm/store.ts'
import { keyFor } from '../sealing/keys.ts'
import type { WriteTx } from '../tx.ts'
import { checklists, interviewLaw } from './law.ts'
import { findRoom } from './rooms.ts'
import { fileTier, type InterviewRow, lockInterview, saveInterview, sealFor, writeItems } from './store.ts'
import { partOf } from './write.ts'

/** Added, never taken away: whoever wrote or signed keeps the sight of it. */
const signersWith = (tx: WriteTx, row: InterviewRow): Uuid[] => [
  ...new Set([...row.signers, tx.actor.userId]),
]

const chain = (s: Interview) => ({ kind: 'interview', id: s.id, version: s.version })

export const recordInterview = command('interview.record', RecordInterview, async (tx, cmd) => {
  const { row, s } = await lockInterview(tx, cmd.recordId)
  await mustBeFresh(tx, 'interview', cmd, ['time', 'place', 'record'])
  const { body } = cmd
  const [stands] = await tx.sql<{ yes: boolean }>('select interview_representative_stands($1, $2) as yes', [
    s.id,
    tiranaDay(body.heldAt),
  ])
  const decision = decideRecord(
    s,
    body,
    {
      checklist: checklistOn(checklists, tiranaDay(body.heldAt)),
      room: await findRoom(tx, body.roomId),
      representativeStands: stands?.yes === true,
    },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const event = decision.events[0]!
  const { facts } = event
  const version = await append(tx, chain(s), decision.events)
  await keyFor(tx, { kind: 'interview', id: s.id })
  saveInterview(
    tx,
    s.id,
    version,
    {
      state: 'HELD',
      held_at: facts.heldAt,
      minutes: facts.minutes,
      breaks: facts.breaks,
      recording: facts.recording,
      roles: facts.roles,
      repeated: facts.repeated,
      repeats: facts.repeats ?? row.repeats,
      room_id: facts.roomId,
      no_room: facts.noRoom,
      checklist: facts.checklist,
      recorded_by: tx.actor.userId,
      signers: signersWith(tx, row),
    },
    {
      participants: JSON.stringify(partOf(event, 'participants')),
      reasons: JSON.stringify(partOf(event, 'reasons')),
      place: partOf(event, 'place'),
      ...(body.repeatNote === undefined ? {} : { repeat_note: body.repeatNote }),
    },
  )
  tx.later('update interview_sensitive set sealed = $2 where id = $1', [
    s.id,
    sealFor(tx, s.id, 'record', { notes: body.notes, recording: body.recordingReference ?? null }),
  ])
  writeItems(tx, s.id, facts.items)
  return done({ recordId: s.id, version, reply: { unmet: facts.items.filter((one) => !one.met).length } })
})

export const proposeConclusion = command('interview.propose', ProposeConclusion, async (tx, cmd) => {
  const { row, s } = await lockInterview(tx, cmd.recordId)
  await mustBeFresh(tx, 'interview', cmd, ['record', 'conclusion'])
  const decision = decidePropose(s, cmd.body, interviewLaw, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const event = decision.events[0]!
  const { facts } = event
  const version = await append(tx, chain(s), decision.events)
  saveInterview(
    tx,
    s.id,
    version,
    {
      state: 'PROPOSED',
      conclusion: facts.conclusion,
      articles: facts.articles,
      elements: facts.elements,
      proposed_by: facts.by,
      proposed_body: facts.body,
      proposed_at: tx.stamp.now,
      signed_by: null,
      signed_body: null,
      signed_at: null,
      agrees: null,
      signers: signersWith(tx, row),
    },
    { basis: partOf(event, 'basis'), dissent: null },
  )
  // The other body signs.
  const [unitId, role] =
    facts.body === 'police'
      ? ([s.socialUnitId, 'social_service'] as const)
      : ([s.policeUnitId, 'police'] as const)
  await tell(tx, {
    unitId,
    role,
    code: 'interview_to_sign',
    recordKind: 'interview',
    recordId: s.id,
    label: row.code,
  })
  return done({ recordId: s.id, version })
})

/** The step of the file that a conclusion is, decided on the file as it stands now. */
const stepOf = async (
  tx: WriteTx,
  s: Interview,
  conclusion: Conclusion,
): Promise<{ file: NrmFile; event: NrmStatusSet } | Refusal> => {
  const [found] = await tx.sql<NrmRow>('select * from nrm_of_interview($1)', [s.id])
  if (found === undefined) return { code: 'not_allowed' }
  const file = toNrm(found)
  const [named] = await tx.sql<{ basis: string | null }>('select basis from interview_named where id = $1', [
    s.id,
  ])
  const decision = decideStep(
    file,
    {
      to: conclusion,
      on: tiranaDay(tx.stamp.now),
      signatories: ['police', 'social_service'],
      basis: named?.basis ?? '',
    },
    tx.stamp,
  )
  return decision.ok ? { file, event: decision.events[0]! } : decision.refusal
}

/** Status, history, the child's case and the clocks, all with the interview's own end; the managing unit is told. */
const takeEffect = async (tx: WriteTx, file: NrmFile, event: NrmStatusSet): Promise<void> => {
  await recordStep(tx, file, event)
  await tell(tx, {
    unitId: file.unitId,
    code: 'interview_concluded',
    recordKind: 'nrm_file',
    recordId: file.id,
    label: file.code,
  })
}

const tellAuthority = async (tx: WriteTx, s: Interview, code: string): Promise<void> => {
  const units = await tx.sql<{ id: Uuid }>(
    "select id from unit where kind = 'responsible_authority' and active",
  )
  for (const { id } of units)
    await tell(tx, {
      unitId: id,
      code: 'interview_to_review',
      recordKind: 'nrm_file',
      recordId: s.nrmId,
      label: code,
    })
}

export const signConclusion = command('interview.sign', SignConclusion, async (tx, cmd) => {
  const { row, s } = await lockInterview(tx, cmd.recordId)
  await mustBeFresh(tx, 'interview', cmd, ['record', 'conclusion'])
  const decision = decideSign(s, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const event = decision.events[0]!
  const effect = effectOf(event)
  const step = effect === null ? null : await stepOf(tx, s, effect)
  if (step !== null && 'code' in step) return refused(step)
  const version = await append(tx, chain(s), decision.events)
  const state = effect !== null ? 'CONCLUDED' : event.facts.agrees ? 'REVIEW' : 'DISSENT'
  saveInterview(
    tx,
    s.id,
    version,
    {
      state,
      signed_by: event.facts.by,
      signed_body: event.facts.body,
      signed_at: tx.stamp.now,
      agrees: event.facts.agrees,
      signers: signersWith(tx, row),
      ...(effect === null ? {} : { concluded_at: tx.stamp.now }),
    },
    event.facts.agrees ? {} : { dissent: partOf(event, 'dissent') },
  )
  if (step === null) await tellAuthority(tx, s, row.code)
  else await takeEffect(tx, step.file, step.event)
  return done({ recordId: s.id, version, reply: { state } })
})

export const reviewConclusion = command('interview.review', ReviewConclusion, async (tx, cmd) => {
  const { s, row } = await lockInterview(tx, cmd.recordId)
  await mustBeFresh(tx, 'interview', cmd, ['conclusion'])
  const decision = decideReview(s, cmd.body, await fileTier(tx, s.nrmId), tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const event = decision.events[0]!
  const effect = effectOf(event)
  const step = effect === null ? null : await stepOf(tx, s, effect)
  if (step !== null && 'code' in step) return refused(step)
  const version = await append(tx, chain(s), decision.events)
  const state = effect === null ? 'HELD' : 'CONCLUDED'
  saveInterview(
    tx,
    s.id,
    version,
    {
      state,
      reviewed_by: tx.actor.userId,
      reviewed_at: tx.stamp.now,
      review: event.facts.decision,
      ...(effect === null ? {} : { concluded_at: tx.stamp.now }),
    },
    { review: partOf(event, 'review') },
  )
  if (step !== null) await takeEffect(tx, step.file, step.event)
  else
    for (const [unitId, role] of [
      [s.policeUnitId, 'police'],
      [s.socialUnitId, 'social_service'],
    ] as const)
      await tell(tx, {
        unitId,
        role,
        code: 'interview_sent_back',
        recordKind: 'interview',
        recordId: s.id,
        label: row.code,
      })
  return done({ recordId: s.id, version, reply: { state } })
})
