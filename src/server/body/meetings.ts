/** What happens to a meeting: convened, moved, cancelled, held; its minutes written, approved, sent out. */
import {
  decideApproveMinutes,
  decideCancel,
  decideConvene,
  decideDistribute,
  decideHold,
  decideMove,
  decideWriteMinutes,
} from '#domain/body/meeting.ts'
import type { Meeting } from '#domain/body/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import {
  ApproveMinutes,
  CancelMeeting,
  ConveneMeeting,
  DistributeMinutes,
  HoldMeeting,
  MoveMeeting,
  WriteMinutes,
} from '#wire/meeting.ts'
import { append } from '../append.ts'
import { type Command, command, done, mustBeFresh, refused } from '../command.ts'
import type { WriteTx } from '../tx.ts'
import { type LoadedBody, loadBody, loadMeeting, lockBody, tellSeats } from './store.ts'

const chain = (meeting: Pick<Meeting, 'id' | 'version'>) => ({ kind: 'body_meeting', ...meeting })
const ref = (meeting: Meeting) => chain({ id: meeting.id, version: meeting.version })

/** The meeting with its body; who read an older version is told what changed in `writes`. */
const open = async (
  tx: WriteTx,
  cmd: Command<unknown>,
  writes: readonly string[],
): Promise<{ meeting: Meeting & { readonly code: string }; body: LoadedBody }> => {
  const meeting = await loadMeeting(tx, cmd.recordId)
  const body = await loadBody(tx, meeting.bodyId)
  await mustBeFresh(tx, 'body_meeting', cmd, writes)
  return { meeting, body }
}

const told = (meeting: { readonly id: Uuid; readonly code: string }) =>
  ({ recordKind: 'body_meeting', recordId: meeting.id, label: meeting.code }) as const

export const convene = command('meeting.convene', ConveneMeeting, async (tx, cmd) => {
  const body = await lockBody(tx, cmd.body.bodyId)
  const year = tiranaDay(cmd.body.startsAt).slice(0, 4)
  const [numbered] = await tx.sql<{ n: number }>(
    `select coalesce(max(substring(code from '[0-9]+$')::int), 0) + 1 as n from body_meeting where body_id = $1 and code like $2`,
    [body.id, `${body.code}-${year}-%`],
  )
  const code = `${body.code}-${year}-${numbered!.n}`
  const decision = decideConvene(body, code, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { facts } = decision.events[0]!
  const version = await append(tx, chain({ id: cmd.recordId, version: 0 }), decision.events)
  await tx.sql(
    `insert into body_meeting (id, code, body_id, version, state, starts_at, place, agenda, joint_with)
     values ($1, $2, $3, $4, 'CONVENED', $5, $6, $7, $8)`,
    [
      cmd.recordId,
      code,
      body.id,
      version,
      facts.startsAt,
      cmd.body.place,
      cmd.body.agenda,
      [...facts.jointWith],
    ],
  )
  await tx.sql(
    'insert into body_meeting_seat (meeting_id, member_id, body_id) select $1, unnest($2::uuid[]), $3',
    [cmd.recordId, [...facts.invited], body.id],
  )
  await tellSeats(tx, { ...told({ id: cmd.recordId, code }), code: 'meeting_invitation' }, facts.invited)
  return done({ recordId: cmd.recordId, version, reply: { code, invited: facts.invited.length } })
})

export const move = command('meeting.move', MoveMeeting, async (tx, cmd) => {
  const { meeting, body } = await open(tx, cmd, ['state', 'invitation'])
  const decision = decideMove(body, meeting, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, ref(meeting), decision.events)
  await tx.sql(
    'update body_meeting set version = $2, starts_at = $3, place = coalesce($4, place), agenda = coalesce($5, agenda) where id = $1',
    [meeting.id, version, cmd.body.startsAt, cmd.body.place ?? null, cmd.body.agenda ?? null],
  )
  await tellSeats(tx, { ...told(meeting), code: 'meeting_moved' }, meeting.invited)
  return done({ recordId: meeting.id, version })
})

export const cancel = command('meeting.cancel', CancelMeeting, async (tx, cmd) => {
  const { meeting, body } = await open(tx, cmd, ['state'])
  const decision = decideCancel(body, meeting, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, ref(meeting), decision.events)
  await tx.sql("update body_meeting set version = $2, state = 'CANCELLED', reason = $3 where id = $1", [
    meeting.id,
    version,
    cmd.body.reason,
  ])
  await tellSeats(tx, { ...told(meeting), code: 'meeting_cancelled' }, meeting.invited)
  return done({ recordId: meeting.id, version })
})

export const hold = command('meeting.hold', HoldMeeting, async (tx, cmd) => {
  const { meeting, body } = await open(tx, cmd, ['state'])
  const decision = decideHold(body, meeting, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, ref(meeting), decision.events)
  const { people } = cmd.body
  await tx.sql(
    `update body_meeting set version = $2, state = 'HELD', held_on = $3, people_present = $4, people_absent = $5, people_excused = $6
     where id = $1`,
    [
      meeting.id,
      version,
      cmd.body.heldOn,
      people?.present ?? null,
      people?.absent ?? null,
      people?.excused ?? null,
    ],
  )
  await tx.sql(
    `update body_meeting_seat s set outcome = r.outcome, persons = r.persons
     from jsonb_to_recordset($2::jsonb) as r ("memberId" uuid, outcome text, persons int)
     where s.meeting_id = $1 and s.member_id = r."memberId"`,
    [meeting.id, JSON.stringify(cmd.body.attendance)],
  )
  return done({ recordId: meeting.id, version })
})

export const writeMinutes = command('meeting.write_minutes', WriteMinutes, async (tx, cmd) => {
  const { meeting, body } = await open(tx, cmd, ['state', 'minutes'])
  const decision = decideWriteMinutes(body, meeting, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, ref(meeting), decision.events)
  await tx.sql(
    `insert into body_minutes (meeting_id, body_id, text, decisions, written_at) values ($1, $2, $3, $4, $5)
     on conflict (meeting_id) do update set text = excluded.text, decisions = excluded.decisions, written_at = excluded.written_at`,
    [meeting.id, body.id, cmd.body.text, [...cmd.body.decisions], tx.now],
  )
  await tx.sql(
    "update body_meeting set version = $2, minutes = 'draft', minutes_by = $3, nothing_to_correct = $4 where id = $1",
    [meeting.id, version, tx.actor.userId, cmd.body.nothingToCorrect],
  )
  return done({ recordId: meeting.id, version })
})

export const approveMinutes = command('meeting.approve_minutes', ApproveMinutes, async (tx, cmd) => {
  const { meeting, body } = await open(tx, cmd, ['minutes'])
  const decision = decideApproveMinutes(body, meeting, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, ref(meeting), decision.events)
  await tx.sql(
    "update body_meeting set version = $2, minutes = 'approved', approved_by = $3, approved_at = $4 where id = $1",
    [meeting.id, version, tx.actor.userId, tx.now],
  )
  return done({ recordId: meeting.id, version })
})

export const distribute = command('meeting.distribute', DistributeMinutes, async (tx, cmd) => {
  const { meeting, body } = await open(tx, cmd, ['distribution'])
  const decision = decideDistribute(body, meeting, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { to } = decision.events[0]!.facts
  const version = await append(tx, ref(meeting), decision.events)
  await tx.sql(
    'insert into body_distribution (meeting_id, member_id, body_id, at) select $1, unnest($2::uuid[]), $3, $4',
    [meeting.id, [...to], body.id, tx.now],
  )
  await tx.sql(
    'update body_meeting set version = $2, distributed_at = coalesce(distributed_at, $3) where id = $1',
    [meeting.id, version, tx.now],
  )
  await tellSeats(tx, { ...told(meeting), code: 'minutes_distributed' }, to)
  return done({ recordId: meeting.id, version, reply: { sent: to.length } })
})
