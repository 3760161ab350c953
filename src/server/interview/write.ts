/** Calling a formal interview, moving it, calling it off. With the first call the file becomes one of formal identification. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Json, Uuid } from '#domain/core.ts'
import { decideCancel, decideMove, decideSchedule, type ScheduleBody } from '#domain/interview/decide.ts'
import type { InterviewCancelled, InterviewScheduled, InterviewSuperseded } from '#domain/interview/state.ts'
import { openStates } from '#domain/interview/state.ts'
import { decideStep } from '#domain/nrm/decide.ts'
import type { NrmFile } from '#domain/nrm/state.ts'
import { CancelInterview, MoveInterview, ScheduleInterview } from '#wire/interview.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import { recordStep } from '../nrm/status.ts'
import { lockNrm } from '../nrm/store.ts'
import type { WriteTx } from '../tx.ts'
import { interviewLaw } from './law.ts'
import { findRoom } from './rooms.ts'
import { fileTier, lockInterview, saveInterview, sealFor } from './store.ts'
import { worldOf } from './world.ts'

export const partOf = (
  event: { readonly parts?: readonly { readonly name: string; readonly body: Json }[] | undefined },
  name: string,
): Json => event.parts?.find((part) => part.name === name)?.body ?? null

/** Both bodies learn that they are called: by the file's code, no name. */
export const tellCalled = async (
  tx: WriteTx,
  one: { readonly id: Uuid; readonly code: string; readonly policeUnitId: Uuid; readonly socialUnitId: Uuid },
  code: 'interview_called' | 'interview_moved' | 'interview_cancelled',
): Promise<void> => {
  for (const [unitId, role] of [
    [one.policeUnitId, 'police'],
    [one.socialUnitId, 'social_service'],
  ] as const)
    await tell(tx, { unitId, role, code, recordKind: 'interview', recordId: one.id, label: one.code })
}

const insertInterview = (
  tx: WriteTx,
  id: Uuid,
  file: Pick<NrmFile, 'code'>,
  event: InterviewScheduled,
): void => {
  const { facts } = event
  tx.later(
    `insert into interview (id, version, nrm_id, code, number, state, subject, under_14, sexual, language, planned_at, room_id, no_room,
       police_unit_id, social_unit_id, representative_id, representative_basis, asked_on, repeats, scheduled_by, scheduled_unit, scheduled_at)
     values ($1, 1, $2, $3, $4, 'SCHEDULED', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      id,
      facts.nrmId,
      file.code,
      facts.number,
      facts.subject,
      facts.under14,
      facts.sexual,
      facts.language,
      facts.plannedAt,
      facts.roomId,
      facts.noRoom,
      facts.policeUnitId,
      facts.socialUnitId,
      facts.representativeId,
      facts.representativeBasis,
      facts.askedOn,
      facts.repeats,
      tx.actor.userId,
      tx.actor.unitId,
      tx.stamp.now,
    ],
  )
  tx.later('insert into interview_named (id, place, repeat_note) values ($1, $2, $3)', [
    id,
    partOf(event, 'place'),
    partOf(event, 'repeatNote'),
  ])
  tx.later('insert into interview_sensitive (id) values ($1)', [id])
  tx.later('insert into interview_packet (id, sealed) values ($1, $2)', [
    id,
    sealFor(tx, id, 'packet', partOf(event, 'packet')),
  ])
}

export const scheduleInterview = command('interview.schedule', ScheduleInterview, async (tx, cmd) => {
  const { recordId: id, body } = cmd
  const file = await lockNrm(tx, body.nrmId)
  const world = await worldOf(tx, file, body)
  const decision = decideSchedule(body satisfies ScheduleBody, world, interviewLaw, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  if (event === undefined) return refused({ code: 'not_allowed' })
  const step =
    file.status === 'formal_pending'
      ? null
      : decideStep(
          file,
          {
            to: 'formal_pending',
            on: tiranaDay(tx.stamp.now),
            by: file.subject === 'child' ? 'representative' : 'self',
          },
          tx.stamp,
        )
  if (step !== null && !step.ok) return refused(step.refusal)
  for (const one of world.before.filter(({ state }) => state === 'HELD')) {
    const superseded: InterviewSuperseded = {
      type: 'InterviewSuperseded',
      v: 1,
      facts: { by: id },
      touches: ['record'],
    }
    const version = await append(tx, { kind: 'interview', id: one.id, version: one.version }, [superseded])
    saveInterview(tx, one.id, version, { state: 'REPEATED' })
  }
  await append(tx, { kind: 'interview', id, version: 0 }, [event])
  insertInterview(tx, id, file, event)
  if (step?.ok) await recordStep(tx, file, step.events[0]!)
  await tellCalled(tx, { id, code: file.code, ...event.facts }, 'interview_called')
  return done({ recordId: id, version: 1, reply: { number: event.facts.number } })
})

export const moveInterview = command('interview.move', MoveInterview, async (tx, cmd) => {
  const { row, s } = await lockInterview(tx, cmd.recordId)
  await mustBeFresh(tx, 'interview', cmd, ['time', 'place'])
  const decision = decideMove(
    s,
    cmd.body,
    { tier: await fileTier(tx, s.nrmId), room: await findRoom(tx, cmd.body.roomId) },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const version = await append(tx, { kind: 'interview', id: s.id, version: s.version }, decision.events)
  const { plannedAt, roomId, noRoom } = event!.facts
  saveInterview(
    tx,
    s.id,
    version,
    { planned_at: plannedAt, room_id: roomId, no_room: noRoom },
    { place: partOf(event!, 'place') },
  )
  await tellCalled(tx, { ...s, code: row.code }, 'interview_moved')
  return done({ recordId: s.id, version })
})

export const cancelInterview = command('interview.cancel', CancelInterview, async (tx, cmd) => {
  const { row, s } = await lockInterview(tx, cmd.recordId)
  await mustBeFresh(tx, 'interview', cmd, ['time', 'record'])
  const decision = decideCancel(s, cmd.body, await fileTier(tx, s.nrmId), tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const version = await append(tx, { kind: 'interview', id: s.id, version: s.version }, decision.events)
  saveInterview(
    tx,
    s.id,
    version,
    { state: 'CANCELLED', cancel_reason: event!.facts.reason },
    { cancel_note: partOf(event!, 'cancelNote') },
  )
  await tellCalled(tx, { ...s, code: row.code }, 'interview_cancelled')
  return done({ recordId: s.id, version })
})

/** Whoever declines formal identification, or leaves the track, is not heard: what was called is called off with it. */
export const endInterviews = async (tx: WriteTx, nrmId: Uuid): Promise<void> => {
  const open = await tx.sql<{ id: Uuid; version: number; code: string; police: Uuid; social: Uuid }>(
    `select id, version, code, police_unit_id as police, social_unit_id as social from interview
     where nrm_id = $1 and state = any ($2) for update`,
    [nrmId, openStates],
  )
  for (const one of open) {
    const event: InterviewCancelled = {
      type: 'InterviewCancelled',
      v: 1,
      facts: { reason: 'declined' },
      touches: ['time', 'place', 'record', 'conclusion'],
    }
    const version = await append(tx, { kind: 'interview', id: one.id, version: one.version }, [event])
    saveInterview(tx, one.id, version, { state: 'CANCELLED', cancel_reason: 'declined' })
    await tellCalled(
      tx,
      { id: one.id, code: one.code, policeUnitId: one.police, socialUnitId: one.social },
      'interview_cancelled',
    )
  }
}
