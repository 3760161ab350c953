/**
 * A meeting: CONVENED → HELD | CANCELLED; its minutes: none → draft → approved by somebody who did not write them →
 * distributed. What was approved is not rewritten.
 */
import { tiranaDay } from '../clock/tirana.ts'
import {
  accept,
  type Day,
  type Decision,
  type Instant,
  type Part,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { isOpen, runs, votes } from './policy.ts'
import type {
  Attendance,
  Body,
  JointMechanism,
  Meeting,
  MeetingCancelled,
  MeetingConvened,
  MeetingEvent,
  MeetingHeld,
  MeetingMoved,
  MinutesApproved,
  MinutesDistributed,
  MinutesWritten,
  PeopleCount,
} from './state.ts'

const said = (name: string, body: string | undefined): Part[] =>
  body === undefined ? [] : [{ tier: 'T3', name, body }]
const wrongState = (meeting: Meeting) => refuse('wrong_state', undefined, { state: meeting.state })
const mayRun = (body: Body, stamp: Stamp): boolean => runs(stamp.actor, body.seats, tiranaDay(stamp.now))

export interface Convene {
  readonly startsAt: Instant
  readonly place: string
  readonly agenda: string
  readonly jointWith: readonly JointMechanism[]
  /** Seats to invite; all open ones where left out. */
  readonly memberIds?: readonly Uuid[] | undefined
}

/** @param code printed code of the meeting, e.g. `KRAT-11-2026-3`. */
export function decideConvene(
  body: Body,
  code: string,
  asked: Convene,
  stamp: Stamp,
): Decision<MeetingConvened> {
  if (!mayRun(body, stamp)) return refuse('not_allowed')
  const day = tiranaDay(asked.startsAt)
  const open = body.seats.filter((seat) => isOpen(seat, day)).map((seat) => seat.id)
  const invited = asked.memberIds === undefined ? open : [...new Set(asked.memberIds)]
  if (invited.some((id) => !open.includes(id))) return refuse('body_member_unknown', 'memberIds')
  if (invited.length === 0) return refuse('meeting_nobody_invited', 'memberIds')
  return accept<MeetingConvened>({
    type: 'MeetingConvened',
    v: 1,
    facts: {
      bodyId: body.id,
      code,
      startsAt: asked.startsAt,
      jointWith: [...new Set(asked.jointWith)],
      invited,
    },
    parts: [...said('place', asked.place), ...said('agenda', asked.agenda)],
    touches: ['state', 'invitation'],
  })
}

export interface Move {
  readonly startsAt: Instant
  readonly place?: string | undefined
  readonly agenda?: string | undefined
}
export function decideMove(body: Body, meeting: Meeting, asked: Move, stamp: Stamp): Decision<MeetingMoved> {
  if (!mayRun(body, stamp)) return refuse('not_allowed')
  if (meeting.state !== 'CONVENED') return wrongState(meeting)
  return accept<MeetingMoved>({
    type: 'MeetingMoved',
    v: 1,
    facts: { startsAt: asked.startsAt },
    parts: [...said('place', asked.place), ...said('agenda', asked.agenda)],
    touches: ['invitation'],
  })
}

export function decideCancel(
  body: Body,
  meeting: Meeting,
  asked: { readonly reason: string },
  stamp: Stamp,
): Decision<MeetingCancelled> {
  if (!mayRun(body, stamp)) return refuse('not_allowed')
  if (meeting.state !== 'CONVENED') return wrongState(meeting)
  return accept<MeetingCancelled>({
    type: 'MeetingCancelled',
    v: 1,
    facts: { at: stamp.now },
    parts: said('reason', asked.reason),
    touches: ['state'],
  })
}

export interface Hold {
  readonly heldOn: Day
  readonly attendance: readonly Attendance[]
  readonly people?: PeopleCount | undefined
}
/** Every invited seat is answered for once: present, absent or excused. */
export function decideHold(body: Body, meeting: Meeting, asked: Hold, stamp: Stamp): Decision<MeetingHeld> {
  if (!mayRun(body, stamp)) return refuse('not_allowed')
  if (meeting.state !== 'CONVENED') return wrongState(meeting)
  if (asked.heldOn > tiranaDay(stamp.now)) return refuse('in_future', 'heldOn')
  const answered = asked.attendance.map((one) => one.memberId)
  const strange = answered.findIndex((id, at) => !meeting.invited.includes(id) || answered.indexOf(id) !== at)
  if (strange >= 0) return refuse('meeting_not_invited', `attendance.${strange}.memberId`)
  if (answered.length !== meeting.invited.length) return refuse('meeting_attendance_missing', 'attendance')
  const wrong = asked.attendance.findIndex((one) => (one.outcome === 'present') !== one.persons > 0)
  if (wrong >= 0) return refuse('meeting_persons_unfit', `attendance.${wrong}.persons`)
  if (asked.people !== undefined && !body.anonymous) return refuse('body_names_its_members', 'people')
  if (body.anonymous && asked.people === undefined) return refuse('meeting_people_missing', 'people')
  const came =
    (asked.people?.present ?? 0) + asked.attendance.filter((one) => one.outcome === 'present').length
  if (came === 0) return refuse('meeting_nobody_came', 'attendance')
  return accept<MeetingHeld>({
    type: 'MeetingHeld',
    v: 1,
    facts: {
      heldOn: asked.heldOn,
      attendance: asked.attendance.map(({ memberId, outcome, persons }) => ({ memberId, outcome, persons })),
      people: asked.people === undefined ? null : { ...asked.people },
    },
    touches: ['state'],
  })
}

export interface WriteMinutes {
  readonly text: string
  readonly decisions: readonly string[]
  /** Said outright: no corrective measure is needed (COOR-3.a.3). */
  readonly nothingToCorrect: boolean
}
export function decideWriteMinutes(
  body: Body,
  meeting: Meeting,
  asked: WriteMinutes,
  stamp: Stamp,
): Decision<MinutesWritten> {
  if (!mayRun(body, stamp)) return refuse('not_allowed')
  if (meeting.state !== 'HELD') return wrongState(meeting)
  if (meeting.minutes === 'approved') return refuse('meeting_minutes_approved')
  return accept<MinutesWritten>({
    type: 'MinutesWritten',
    v: 1,
    facts: {
      by: stamp.actor.userId,
      decisions: asked.decisions.length,
      nothingToCorrect: asked.nothingToCorrect,
    },
    parts: [
      { tier: 'T3', name: 'minutes', body: asked.text },
      { tier: 'T3', name: 'decisions', body: [...asked.decisions] },
    ],
    touches: ['minutes'],
  })
}

export function decideApproveMinutes(body: Body, meeting: Meeting, stamp: Stamp): Decision<MinutesApproved> {
  if (!votes(stamp.actor, body.seats, tiranaDay(stamp.now))) return refuse('not_allowed')
  if (meeting.minutes === 'none') return refuse('meeting_minutes_missing')
  if (meeting.minutes === 'approved') return refuse('meeting_minutes_approved')
  if (meeting.minutesBy === stamp.actor.userId) return refuse('needs_second_person')
  return accept<MinutesApproved>({
    type: 'MinutesApproved',
    v: 1,
    facts: { by: stamp.actor.userId, at: stamp.now },
    touches: ['minutes'],
  })
}

/** Who got the minutes, and when: the list only grows. */
export function decideDistribute(
  body: Body,
  meeting: Meeting,
  asked: { readonly memberIds?: readonly Uuid[] | undefined },
  stamp: Stamp,
): Decision<MinutesDistributed> {
  if (!mayRun(body, stamp)) return refuse('not_allowed')
  if (meeting.minutes !== 'approved') return refuse('meeting_minutes_not_approved')
  const today = tiranaDay(stamp.now)
  const seats = body.seats.filter((seat) => isOpen(seat, today)).map((seat) => seat.id)
  const wanted = asked.memberIds === undefined ? seats : [...new Set(asked.memberIds)]
  if (wanted.some((id) => !seats.includes(id))) return refuse('body_member_unknown', 'memberIds')
  const to = wanted.filter((id) => !meeting.distributedTo.includes(id))
  if (to.length === 0) return refuse('meeting_already_distributed', 'memberIds')
  return accept<MinutesDistributed>({
    type: 'MinutesDistributed',
    v: 1,
    facts: { to, at: stamp.now },
    touches: ['distribution'],
  })
}

/** Folds one event; `null` before the first. */
export function applyMeeting(before: Meeting | null, id: Uuid, event: MeetingEvent): Meeting {
  if (event.type === 'MeetingConvened') {
    const { bodyId, startsAt, invited } = event.facts
    return {
      id,
      version: 1,
      bodyId,
      state: 'CONVENED',
      startsAt,
      invited,
      heldOn: null,
      minutes: 'none',
      minutesBy: null,
      distributedTo: [],
    }
  }
  const meeting = { ...before!, version: before!.version + 1 }
  switch (event.type) {
    case 'MeetingMoved':
      return { ...meeting, startsAt: event.facts.startsAt }
    case 'MeetingCancelled':
      return { ...meeting, state: 'CANCELLED' }
    case 'MeetingHeld':
      return { ...meeting, state: 'HELD', heldOn: event.facts.heldOn }
    case 'MinutesWritten':
      return { ...meeting, minutes: 'draft', minutesBy: event.facts.by }
    case 'MinutesApproved':
      return { ...meeting, minutes: 'approved' }
    case 'MinutesDistributed':
      return { ...meeting, distributedTo: [...meeting.distributedTo, ...event.facts.to] }
  }
}
