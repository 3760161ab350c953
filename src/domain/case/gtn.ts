/**
 * Calling the technical group (GTN) together (domain specification §3.2): who is called, when and where, without a name;
 * put off, called off, or met by too few. What a meeting resolved becomes actions of the plan.
 */
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, type Instant, refuse, type Stamp, type Uuid } from '../core.ts'
import { type Attendance, absences, unaccounted } from './conference.ts'
import { event } from './event.ts'
import type { CaseEvent } from './events.ts'
import type { ConferenceCalled, ConferenceCancelled, ConferencePostponed } from './gtn-events.ts'
import { actionAdded } from './plan.ts'
import { gate } from './policy.ts'
import type { CaseLaw, CaseState, FundingSource } from './state.ts'

export const postponeReasons = [
  'member_asked',
  'child_or_family',
  'too_few_can_come',
  'safety',
  'other',
] as const
export type PostponeReason = (typeof postponeReasons)[number]

export interface CallConference {
  readonly plannedAt: Instant
  /** Said to every institution called: it may name a room, never a person. */
  readonly place: string
  readonly units: readonly { readonly unitId: Uuid; readonly institutionId: Uuid }[]
}

const letters = (text: string): readonly string[] =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 2)

/** Albanian bends names (Ardi, Ardin, Ardit): a word that begins with the name's stem and is little longer is the name. */
const bends = (word: string, name: string): boolean => {
  const stem = name.replace(/[aeiouy]$/, '')
  return word === name || (stem.length > 2 && word.startsWith(stem) && word.length <= stem.length + 3)
}

/**
 * Whether a text that travels holds a word of these names. Too much is found rather than too little; names of one or two
 * letters are let through.
 */
export const holdsName = (text: string, names: readonly string[]): boolean => {
  const said = letters(text)
  return names.flatMap(letters).some((name) => said.some((word) => bends(word, name)))
}

/** `names` are the child's: an invitation that holds one of them is not sent. */
export function decideCallConference(
  s: CaseState,
  body: CallConference,
  stamp: Stamp,
  law: CaseLaw,
  names: readonly string[],
): Decision<ConferenceCalled> {
  const no = gate('call_conference', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.plannedAt <= stamp.now) return refuse('case_conference_past', 'plannedAt')
  const institutions = new Set(body.units.map((unit) => unit.institutionId))
  if (institutions.size < law.conferenceQuorum)
    return refuse('case_conference_few_called', 'units', { quorum: law.conferenceQuorum })
  if (holdsName(body.place, names)) return refuse('case_invitation_names', 'place')
  return accept(
    event(
      'ConferenceCalled',
      stamp,
      {
        conferenceId: stamp.newId(),
        plannedAt: body.plannedAt,
        called: body.units.map((unit) => ({ invitationId: stamp.newId(), ...unit })),
      },
      { T3: { place: body.place }, touches: ['conference_call'] },
    ),
  )
}

export function decidePostponeConference(
  s: CaseState,
  body: {
    readonly conferenceId: Uuid
    readonly plannedAt: Instant
    readonly place: string
    readonly reason: PostponeReason
  },
  stamp: Stamp,
  names: readonly string[],
): Decision<ConferencePostponed> {
  const no = gate('postpone_conference', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const call = s.gtn.call
  if (call === null || call.id !== body.conferenceId)
    return refuse('case_conference_not_called', 'conferenceId')
  if (body.plannedAt <= stamp.now) return refuse('case_conference_past', 'plannedAt')
  if (holdsName(body.place, names)) return refuse('case_invitation_names', 'place')
  return accept(
    event(
      'ConferencePostponed',
      stamp,
      { conferenceId: call.id, plannedAt: body.plannedAt, was: call.plannedAt, reason: body.reason },
      { T3: { place: body.place }, touches: ['conference_call'] },
    ),
  )
}

export function decideCancelConference(
  s: CaseState,
  body: { readonly conferenceId: Uuid; readonly reason: PostponeReason },
  stamp: Stamp,
): Decision<ConferenceCancelled> {
  const no = gate('cancel_conference', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (s.gtn.call?.id !== body.conferenceId) return refuse('case_conference_not_called', 'conferenceId')
  return accept(event('ConferenceCancelled', stamp, { ...body }, { touches: ['conference_call'] }))
}

/** Fewer came than the law asks: the group is called again, and the deadline of the meeting runs on. */
export function decideMissQuorum(
  s: CaseState,
  body: {
    readonly conferenceId: Uuid
    readonly heldOn: Day
    readonly attendance: readonly Attendance[]
    readonly remark?: string
  },
  stamp: Stamp,
  law: CaseLaw,
): Decision<CaseEvent> {
  const no = gate('miss_quorum', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const call = s.gtn.call
  if (call?.id !== body.conferenceId) return refuse('case_conference_not_called', 'conferenceId')
  if (body.heldOn > tiranaDay(stamp.now)) return refuse('in_future', 'heldOn')
  if (unaccounted(call.called, body.attendance)) return refuse('case_conference_unaccounted', 'attendance')
  const present = body.attendance.filter((a) => a.present)
  if (present.length >= law.conferenceQuorum)
    return refuse('case_conference_has_quorum', 'attendance', { quorum: law.conferenceQuorum })
  const absent = body.attendance.filter((a) => !a.present)
  return accept<CaseEvent>(
    event(
      'ConferenceWithoutQuorum',
      stamp,
      {
        conferenceId: call.id,
        heldOn: body.heldOn,
        present: present.map((a) => a.institutionId),
        absent: absent.map((a) => a.institutionId),
      },
      { T3: { remark: body.remark }, touches: ['conference_call', 'conference'] },
    ),
    ...absences(call.id, absent, stamp),
  )
}

export interface TurnResolution {
  readonly resolutionId: Uuid
  readonly goalId: Uuid
  readonly text: string
  readonly costLek: number | null
  readonly funding: FundingSource | null
}

/**
 * A resolution of the group becomes an action of the plan, with the institution and the day that the minutes name. It may
 * enter a plan in force too, because the group itself decided it; then its cost and source must be known.
 */
export function decideTurnResolution(s: CaseState, body: TurnResolution, stamp: Stamp): Decision<CaseEvent> {
  const no = gate('turn_resolution', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const resolution = s.gtn.resolutions.find((r) => r.id === body.resolutionId)
  if (resolution === undefined) return refuse('case_resolution_unknown', 'resolutionId')
  if (resolution.actionId !== null) return refuse('case_resolution_turned', 'resolutionId')
  const plan = s.plan!
  if (!plan.goals.some((g) => g.id === body.goalId)) return refuse('case_goal_unknown', 'goalId')
  if (plan.status === 'approved' && (body.costLek === null || body.funding === null))
    return refuse('case_action_incomplete', body.costLek === null ? 'costLek' : 'funding')
  const { service, institutionId, due } = resolution
  const { text, costLek, funding } = body
  const added = actionAdded(
    plan.id,
    body.goalId,
    { service, text, institutionId, due, costLek, funding },
    stamp,
  )
  return accept<CaseEvent>(
    added,
    event(
      'ResolutionTurned',
      stamp,
      { resolutionId: resolution.id, actionId: added.facts.actionId },
      { touches: ['resolutions'] },
    ),
  )
}

/** What an institution says to an invitation. */
export const invitationAnswers = ['comes', 'deputy', 'cannot'] as const
export type InvitationAnswer = (typeof invitationAnswers)[number]
export const invitationStates = ['open', 'held', 'no_quorum', 'cancelled'] as const
export type InvitationState = (typeof invitationStates)[number]

/** Answered until the meeting is over; a changed mind is the next answer. */
export const invitationBar = (
  invitation: { readonly state: InvitationState; readonly plannedAt: Instant },
  now: Instant,
) => (invitation.state !== 'open' || invitation.plannedAt < now ? refuse('invitation_over') : null)
