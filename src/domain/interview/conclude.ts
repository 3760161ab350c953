/**
 * What was held and what follows from it: written down by one who was called, proposed by one body, signed by another
 * person of the other; a child's non-confirmation looked at a second time by the Responsible Authority before it takes
 * effect (domain specification 3.4). Nobody is confirmed or refused by one person alone.
 */
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Decision, type Instant, refuse, type Stamp, type Uuid } from '../core.ts'
import { type Answer, type Checklist, check, type ParticipantRole, type Recording } from './checklist.ts'
import { decidePlace, type InterviewLaw, type PlaceBody } from './decide.ts'
import { calledAs, type FileTier } from './policy.ts'
import type { Room } from './room.ts'
import {
  type Conclusion,
  type ConclusionProposed,
  type ConclusionReviewed,
  type ConclusionSigned,
  type CrimeElement,
  elements,
  type Interview,
  type InterviewHeld,
  type RepeatReason,
} from './state.ts'

export interface Participant {
  readonly role: ParticipantRole
  readonly name: string
  readonly office?: string | undefined
}
export interface RecordBody extends PlaceBody {
  readonly heldAt: Instant
  readonly minutes: number
  readonly breaks: number
  readonly participants: readonly Participant[]
  readonly recording: Recording
  /** Where the recording lies; T4. */
  readonly recordingReference?: string | undefined
  /** Heard before, here or by anybody else. */
  readonly repeated: boolean
  readonly repeatReason?: RepeatReason | undefined
  readonly repeatNote?: string | undefined
  readonly items: readonly Answer[]
  /** What was said; T4. */
  readonly notes: string
}
export interface RecordWorld {
  readonly checklist: Checklist
  readonly room: Room | null
  /** The representative that was chosen stands on the day and has no conflict; true for an adult. */
  readonly representativeStands: boolean
}

export function decideRecord(
  s: Interview,
  body: RecordBody,
  world: RecordWorld,
  stamp: Stamp,
): Decision<InterviewHeld> {
  if (calledAs(stamp.actor, s) === null) return refuse('not_allowed')
  if (s.state !== 'SCHEDULED') return refuse('wrong_state')
  if (body.heldAt > stamp.now) return refuse('interview_not_yet', 'heldAt')
  const roles = [...new Set(body.participants.map(({ role }) => role))]
  if (!roles.includes('police') || !roles.includes('social_service'))
    return refuse('interview_signatories_absent', 'participants')
  if (s.subject === 'child' && !(roles.includes('representative') && world.representativeStands))
    return refuse('interview_representative_needed', 'participants')
  const place = decidePlace(body, world.room, tiranaDay(body.heldAt))
  if (!place.ok) return place
  if (s.number > 1 && !body.repeated) return refuse('interview_repeat_reason_needed', 'repeated')
  if (body.repeated && body.repeatReason === undefined)
    return refuse('interview_repeat_reason_needed', 'repeatReason')
  if (body.recording !== 'none' && (body.recordingReference ?? '').trim() === '')
    return refuse('reason_required', 'recordingReference')
  const checked = check(world.checklist, body.items, {
    subject: s.subject,
    sexual: s.sexual,
    under14: s.under14,
    interpreter: s.language !== null || roles.includes('interpreter'),
    repeated: body.repeated,
    roles,
    room: place.roomId !== null,
    recording: body.recording,
  })
  if (!checked.ok) return checked
  const part = (tier: 'T3' | 'T4', name: string, value: string | undefined) =>
    (value ?? '').trim() === '' ? [] : [{ tier, name, body: value ?? '' }]
  return accept<InterviewHeld>({
    type: 'InterviewHeld',
    v: 1,
    facts: {
      heldAt: body.heldAt,
      minutes: body.minutes,
      breaks: body.breaks,
      recording: body.recording,
      roles,
      repeated: body.repeated,
      repeats: body.repeated ? (body.repeatReason ?? null) : null,
      roomId: place.roomId,
      noRoom: place.noRoom,
      checklist: world.checklist.version,
      items: checked.items,
      by: stamp.actor.userId,
    },
    parts: [
      {
        tier: 'T3',
        name: 'participants',
        body: body.participants.map(({ role, name, office }) => ({ role, name, office: office ?? null })),
      },
      { tier: 'T3', name: 'reasons', body: checked.reasons.map(({ code, reason }) => ({ code, reason })) },
      ...part('T3', 'place', place.roomId === null ? body.place : undefined),
      ...part('T3', 'repeatNote', body.repeatNote),
      ...part('T4', 'notes', body.notes),
      ...part('T4', 'recording', body.recordingReference),
    ],
    touches: ['record'],
  })
}

export interface ProposeBody {
  readonly conclusion: Conclusion
  readonly articles: readonly string[]
  readonly elements: readonly CrimeElement[]
  /** The basis of a confirmation, the reasons of a refusal; T3. */
  readonly basis: string
}

/** What the crime consists of: for a child the act and the purpose are enough, whatever it agreed to (S002). */
export const elementsNeeded = (subject: Interview['subject']): readonly CrimeElement[] =>
  subject === 'child' ? elements.filter((one) => one !== 'means') : elements

export function decidePropose(
  s: Interview,
  body: ProposeBody,
  law: InterviewLaw,
  stamp: Stamp,
): Decision<ConclusionProposed> {
  const signs = calledAs(stamp.actor, s)
  if (signs === null) return refuse('not_allowed')
  if (s.state !== 'HELD') return refuse('wrong_state')
  const basis = body.basis.trim()
  if (basis === '') return refuse('identification_basis_needed', 'basis')
  const stray = body.articles.findIndex((article) => !law.articles.includes(article))
  if (stray >= 0) return refuse('unknown_code', `articles.${stray}`)
  if (body.conclusion === 'vt') {
    if (body.articles.length === 0) return refuse('interview_articles_needed', 'articles')
    if (elementsNeeded(s.subject).some((one) => !body.elements.includes(one)))
      return refuse('interview_elements_missing', 'elements')
  }
  return accept<ConclusionProposed>({
    type: 'ConclusionProposed',
    v: 1,
    facts: {
      conclusion: body.conclusion,
      articles: body.articles,
      elements: body.elements,
      by: stamp.actor.userId,
      body: signs,
    },
    parts: [{ tier: 'T3', name: 'basis', body: basis }],
    touches: ['conclusion'],
  })
}

export function decideSign(
  s: Interview,
  body: { readonly agrees: boolean; readonly dissent?: string | undefined },
  stamp: Stamp,
): Decision<ConclusionSigned> {
  const signs = calledAs(stamp.actor, s)
  if (signs === null) return refuse('not_allowed')
  if (s.state !== 'PROPOSED' || s.proposed === null) return refuse('wrong_state')
  if (stamp.actor.userId === s.proposed.by.userId) return refuse('interview_same_person')
  if (signs === s.proposed.by.body) return refuse('interview_same_body')
  const dissent = (body.dissent ?? '').trim()
  if (!body.agrees && dissent === '') return refuse('reason_required', 'dissent')
  const { conclusion } = s.proposed
  return accept<ConclusionSigned>({
    type: 'ConclusionSigned',
    v: 1,
    facts: {
      conclusion,
      agrees: body.agrees,
      by: stamp.actor.userId,
      body: signs,
      effective: body.agrees && !(conclusion === 'not_confirmed' && s.subject === 'child'),
    },
    ...(body.agrees ? {} : { parts: [{ tier: 'T3' as const, name: 'dissent', body: dissent }] }),
    touches: ['conclusion'],
  })
}

/** The Responsible Authority confirms only what both have signed; where they differ it sends it back to them. */
export function decideReview(
  s: Interview,
  body: { readonly decision: 'confirm' | 'send_back'; readonly reasons: string },
  tier: FileTier,
  stamp: Stamp,
): Decision<ConclusionReviewed> {
  if (stamp.actor.role !== 'responsible_authority' || tier < 3) return refuse('not_allowed')
  if ((s.state !== 'REVIEW' && s.state !== 'DISSENT') || s.proposed === null) return refuse('wrong_state')
  const reasons = body.reasons.trim()
  if (reasons === '') return refuse('reason_required', 'reasons')
  if (body.decision === 'confirm' && s.state === 'DISSENT') return refuse('needs_second_person', 'decision')
  return accept<ConclusionReviewed>({
    type: 'ConclusionReviewed',
    v: 1,
    facts: {
      decision: body.decision,
      conclusion: s.proposed.conclusion,
      effective: body.decision === 'confirm',
    },
    parts: [{ tier: 'T3', name: 'review', body: reasons }],
    touches: ['conclusion'],
  })
}

/** The two who signed, of a conclusion that has taken effect. */
export const signersOf = (s: Interview, second: Uuid): readonly Uuid[] =>
  s.proposed === null ? [second] : [s.proposed.by.userId, second]
