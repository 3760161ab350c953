/** Calling a formal interview, moving it, calling it off: with whom it must be, before anybody is asked a question. */
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, type Instant, refuse, type Stamp, type Uuid } from '../core.ts'
import { addYears } from '../day.ts'
import { inForce, type Representative, type RepresentativeBasis } from '../family/representative.ts'
import type { PartialDate } from '../partial-date.ts'
import { type FileTier, mayCall } from './policy.ts'
import { inService, type Room } from './room.ts'
import type {
  CancelReason,
  Interview,
  InterviewCancelled,
  InterviewMoved,
  InterviewScheduled,
  NoRoomReason,
  RepeatReason,
} from './state.ts'

/** What is configured: reference/al/interview.json. */
export interface InterviewLaw {
  readonly childAge: number
  readonly sexualForms: readonly string[]
  readonly articles: readonly string[]
}

/** As the file of the track stands at this moment. */
export interface FileFacts {
  readonly id: Uuid
  readonly status: string
  readonly subject: 'child' | 'adult'
  readonly forms: readonly string[]
  readonly birth: PartialDate | null
  /** How far the caller sees it. */
  readonly tier: FileTier
}

export interface PlaceBody {
  readonly roomId?: Uuid | undefined
  readonly noRoom?: NoRoomReason | undefined
  /** Where else; T3. */
  readonly place?: string | undefined
}
export interface ScheduleBody extends PlaceBody {
  readonly plannedAt: Instant
  readonly policeUnitId: Uuid
  readonly socialUnitId: Uuid
  readonly language?: string | undefined
  readonly representativeId?: Uuid | undefined
  /** Adult: asked for it of their own will, and when. */
  readonly askedVoluntarily?: boolean | undefined
  readonly askedOn?: Day | undefined
  readonly repeatReason?: RepeatReason | undefined
  readonly repeatNote?: string | undefined
  /** What the interviewers are told, T4: the minimum of domain specification 3.5. */
  readonly packet: {
    readonly indicators: string
    readonly place?: string | undefined
    readonly danger?: string | undefined
  }
}

export interface ScheduleWorld {
  readonly file: FileFacts
  readonly room: Room | null
  /** Kind of the units that are called; null for one that is not there. */
  readonly policeKind: string | null
  readonly socialKind: string | null
  readonly representatives: readonly (Representative & {
    readonly basis: RepresentativeBasis
    /** Found by the register at this moment: alleged to have harmed, exploiter, of the other side, named as suspect. */
    readonly conflict: boolean
  })[]
  /** Interviews of this file so far. */
  readonly before: readonly Pick<Interview, 'id' | 'state' | 'number' | 'version'>[]
  readonly identity: { readonly name: string; readonly birth: string; readonly sex: string }
  /** Whom to call about the person: the managing unit, its worker, the telephone. */
  readonly contact: string
}

/** Unless it is sure that the child is older, it is heard as one under that age. */
export const isUnder = (age: number, birth: PartialDate | null, on: Day): boolean =>
  birth === null || addYears(birth.to, age) > on

const isSexual = (law: InterviewLaw, forms: readonly string[]): boolean =>
  forms.includes('unknown') || forms.some((form) => law.sexualForms.includes(form))

type No = ReturnType<typeof refuse>

/** A named room that is in service on that day, or where else and why. */
export const decidePlace = (
  body: PlaceBody,
  room: Room | null,
  on: Day,
): No | { readonly ok: true; readonly roomId: Uuid | null; readonly noRoom: NoRoomReason | null } => {
  if (body.roomId !== undefined) {
    if (room === null) return refuse('unknown_code', 'roomId')
    if (!inService(room, on)) return refuse('interview_room_closed', 'roomId')
    return { ok: true, roomId: room.id, noRoom: null }
  }
  if (body.noRoom === undefined) return refuse('interview_place_needed', 'roomId')
  if ((body.place ?? '').trim() === '') return refuse('interview_place_needed', 'place')
  return { ok: true, roomId: null, noRoom: body.noRoom }
}

const callable: readonly string[] = ['vmt', 'declined_formal', 'formal_pending']

/** Who speaks for the child on that day, without a conflict; the state social worker only where no guardian is. */
const decideRepresentative = (
  body: ScheduleBody,
  world: ScheduleWorld,
  on: Day,
): No | { readonly ok: true; readonly id: Uuid; readonly basis: RepresentativeBasis } => {
  const standing = world.representatives.filter((one) => inForce(one, on))
  const chosen = standing.find((one) => one.id === body.representativeId)
  if (chosen === undefined) return refuse('interview_representative_needed', 'representativeId')
  if (chosen.conflict) return refuse('interview_conflict', 'representativeId')
  if (
    chosen.basis === 'state_social_worker' &&
    standing.some((one) => one.kind === 'legal_guardian' && !one.conflict)
  )
    return refuse('interview_guardian_there', 'representativeId')
  return { ok: true, id: chosen.id, basis: chosen.basis }
}

const partsOf = (body: ScheduleBody, world: ScheduleWorld) => [
  ...(body.place === undefined ? [] : [{ tier: 'T3' as const, name: 'place', body: body.place }]),
  ...(body.repeatNote === undefined
    ? []
    : [{ tier: 'T3' as const, name: 'repeatNote', body: body.repeatNote }]),
  {
    tier: 'T4' as const,
    name: 'packet',
    body: {
      identity: world.identity,
      indicators: body.packet.indicators,
      place: body.packet.place ?? null,
      danger: body.packet.danger ?? null,
      contact: world.contact,
    },
  },
]

export function decideSchedule(
  body: ScheduleBody,
  world: ScheduleWorld,
  law: InterviewLaw,
  stamp: Stamp,
): Decision<InterviewScheduled> {
  const { file } = world
  if (!mayCall(stamp.actor, file.tier)) return refuse('not_allowed')
  if (!callable.includes(file.status))
    return refuse('interview_wrong_status', undefined, { status: file.status })
  if (body.plannedAt <= stamp.now) return refuse('interview_past', 'plannedAt')
  if (world.before.some((one) => ['SCHEDULED', 'PROPOSED', 'DISSENT', 'REVIEW'].includes(one.state)))
    return refuse('interview_one_open')
  if (world.policeKind !== 'police') return refuse('interview_wrong_unit', 'policeUnitId')
  if (world.socialKind !== 'social_service') return refuse('interview_wrong_unit', 'socialUnitId')
  const on = tiranaDay(body.plannedAt)
  const child = file.subject === 'child'
  const representative = child ? decideRepresentative(body, world, on) : null
  if (representative !== null && !representative.ok) return representative
  if (!child && (body.askedVoluntarily !== true || body.askedOn === undefined))
    return refuse('interview_adult_must_ask', 'askedVoluntarily')
  if (!child && body.askedOn !== undefined && body.askedOn > tiranaDay(stamp.now))
    return refuse('in_future', 'askedOn')
  const place = decidePlace(body, world.room, on)
  if (!place.ok) return place
  // One that was held and never concluded is repeated by this one.
  const held = world.before.some((one) => one.state !== 'CANCELLED')
  if (held && body.repeatReason === undefined) return refuse('interview_repeat_reason_needed', 'repeatReason')
  if (held && body.repeatReason === 'other' && (body.repeatNote ?? '').trim() === '')
    return refuse('reason_required', 'repeatNote')
  return accept<InterviewScheduled>({
    type: 'InterviewScheduled',
    v: 1,
    facts: {
      nrmId: file.id,
      number: world.before.length + 1,
      subject: file.subject,
      under14: child && isUnder(law.childAge, file.birth, on),
      sexual: isSexual(law, file.forms),
      language: body.language ?? null,
      plannedAt: body.plannedAt,
      roomId: place.roomId,
      noRoom: place.noRoom,
      policeUnitId: body.policeUnitId,
      socialUnitId: body.socialUnitId,
      representativeId: representative?.id ?? null,
      representativeBasis: representative?.basis ?? null,
      askedOn: child ? null : (body.askedOn ?? null),
      repeats: held ? (body.repeatReason ?? null) : null,
    },
    parts: partsOf(body, world),
    touches: ['time', 'place'],
  })
}

export function decideMove(
  s: Interview,
  body: PlaceBody & { readonly plannedAt: Instant },
  world: { readonly tier: FileTier; readonly room: Room | null },
  stamp: Stamp,
): Decision<InterviewMoved> {
  if (!mayCall(stamp.actor, world.tier)) return refuse('not_allowed')
  if (s.state !== 'SCHEDULED') return refuse('wrong_state')
  if (body.plannedAt <= stamp.now) return refuse('interview_past', 'plannedAt')
  const place = decidePlace(body, world.room, tiranaDay(body.plannedAt))
  if (!place.ok) return place
  return accept<InterviewMoved>({
    type: 'InterviewMoved',
    v: 1,
    facts: { plannedAt: body.plannedAt, roomId: place.roomId, noRoom: place.noRoom },
    ...(place.roomId === null
      ? { parts: [{ tier: 'T3' as const, name: 'place', body: body.place ?? '' }] }
      : {}),
    touches: ['time', 'place'],
  })
}

/** The file stays where it is: another interview can be called at once. */
export function decideCancel(
  s: Interview,
  body: { readonly reason: CancelReason; readonly note?: string | undefined },
  tier: FileTier,
  stamp: Stamp,
): Decision<InterviewCancelled> {
  if (!mayCall(stamp.actor, tier)) return refuse('not_allowed')
  if (s.state !== 'SCHEDULED') return refuse('wrong_state')
  const note = (body.note ?? '').trim()
  if (body.reason === 'other' && note === '') return refuse('reason_required', 'note')
  return accept<InterviewCancelled>({
    type: 'InterviewCancelled',
    v: 1,
    facts: { reason: body.reason },
    ...(note === '' ? {} : { parts: [{ tier: 'T3' as const, name: 'cancelNote', body: note }] }),
    touches: ['time', 'place'],
  })
}
