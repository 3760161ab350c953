/**
 * The formal interview of a potential victim (domain specification 3.0 step 6, 3.4 and 6): police and social service
 * together, called, held, concluded by two accounts of two bodies. It has a chain of its own, so that those who are
 * called read it and nothing else of the file.
 */
import type { Day, DomainEvent, Instant, Uuid } from '../core.ts'
import type { RepresentativeBasis } from '../family/representative.ts'
import type { Checked, ParticipantRole, Recording } from './checklist.ts'

export const interviewStates = [
  'SCHEDULED',
  'HELD',
  'PROPOSED',
  'DISSENT',
  'REVIEW',
  'CONCLUDED',
  'CANCELLED',
  'REPEATED',
] as const
export type InterviewState = (typeof interviewStates)[number]
/** While it is open those who were called see it. */
export const openStates: readonly InterviewState[] = ['SCHEDULED', 'HELD', 'PROPOSED', 'DISSENT', 'REVIEW']
export const isOpen = (state: InterviewState): boolean => openStates.includes(state)

export const signatoryBodies = ['police', 'social_service'] as const
export type SignatoryBody = (typeof signatoryBodies)[number]
export const conclusions = ['vt', 'not_confirmed'] as const
export type Conclusion = (typeof conclusions)[number]
/** Of the crime, as the Palermo Protocol and S002 read them; for a child the means are not asked. */
export const elements = ['act', 'means', 'purpose'] as const
export type CrimeElement = (typeof elements)[number]

export const noRoomReasons = [
  'none_near',
  'none_free',
  'equipment_broken',
  'person_asked',
  'cannot_travel',
  'other',
] as const
export type NoRoomReason = (typeof noRoomReasons)[number]
export const repeatReasons = [
  'unfinished',
  'new_facts',
  'interpretation_failed',
  'sent_back',
  'equipment_failed',
  'heard_elsewhere',
  'other',
] as const
export type RepeatReason = (typeof repeatReasons)[number]
export const cancelReasons = [
  'person_ill',
  'person_refuses',
  'nobody_came',
  'not_safe',
  'mistake',
  'declined',
  'other',
] as const
export type CancelReason = (typeof cancelReasons)[number]

export interface Signature {
  readonly userId: Uuid
  readonly body: SignatoryBody
}
export interface Interview {
  readonly id: Uuid
  readonly version: number
  readonly nrmId: Uuid
  /** First, second … of its file; one recorded interview is preferred. */
  readonly number: number
  readonly state: InterviewState
  readonly subject: 'child' | 'adult'
  readonly under14: boolean
  readonly sexual: boolean
  /** BCP 47 language in which an interpreter is needed, or null. */
  readonly language: string | null
  readonly plannedAt: Instant
  readonly roomId: Uuid | null
  readonly policeUnitId: Uuid
  readonly socialUnitId: Uuid
  readonly representativeId: Uuid | null
  readonly scheduledUnitId: Uuid
  readonly proposed: { readonly conclusion: Conclusion; readonly by: Signature } | null
}

type Place = {
  readonly roomId: Uuid | null
  readonly noRoom: NoRoomReason | null
}
export type InterviewScheduled = DomainEvent<
  'InterviewScheduled',
  Place & {
    readonly nrmId: Uuid
    readonly number: number
    readonly subject: 'child' | 'adult'
    readonly under14: boolean
    readonly sexual: boolean
    readonly language: string | null
    readonly plannedAt: Instant
    readonly policeUnitId: Uuid
    readonly socialUnitId: Uuid
    readonly representativeId: Uuid | null
    readonly representativeBasis: RepresentativeBasis | null
    readonly askedOn: Day | null
    readonly repeats: RepeatReason | null
  }
>
export type InterviewMoved = DomainEvent<'InterviewMoved', Place & { readonly plannedAt: Instant }>
export type InterviewCancelled = DomainEvent<'InterviewCancelled', { readonly reason: CancelReason }>
/** Another one was called before this one was concluded. */
export type InterviewSuperseded = DomainEvent<'InterviewSuperseded', { readonly by: Uuid }>
export type InterviewHeld = DomainEvent<
  'InterviewHeld',
  Place & {
    readonly heldAt: Instant
    readonly minutes: number
    readonly breaks: number
    readonly recording: Recording
    readonly roles: readonly ParticipantRole[]
    readonly repeated: boolean
    readonly repeats: RepeatReason | null
    readonly checklist: string
    readonly items: readonly Checked[]
    readonly by: Uuid
  }
>
export type ConclusionProposed = DomainEvent<
  'ConclusionProposed',
  {
    readonly conclusion: Conclusion
    readonly articles: readonly string[]
    readonly elements: readonly CrimeElement[]
    readonly by: Uuid
    readonly body: SignatoryBody
  }
>
export type ConclusionSigned = DomainEvent<
  'ConclusionSigned',
  {
    readonly conclusion: Conclusion
    readonly agrees: boolean
    readonly by: Uuid
    readonly body: SignatoryBody
    /** Takes effect now; a child's non-confirmation waits for the second review. */
    readonly effective: boolean
  }
>
export type ConclusionReviewed = DomainEvent<
  'ConclusionReviewed',
  { readonly decision: 'confirm' | 'send_back'; readonly conclusion: Conclusion; readonly effective: boolean }
>
export type InterviewEvent =
  | InterviewScheduled
  | InterviewMoved
  | InterviewCancelled
  | InterviewSuperseded
  | InterviewHeld
  | ConclusionProposed
  | ConclusionSigned
  | ConclusionReviewed

/** The conclusion that takes effect with this event, or null. */
export const effectOf = (event: InterviewEvent): Conclusion | null =>
  (event.type === 'ConclusionSigned' || event.type === 'ConclusionReviewed') && event.facts.effective
    ? event.facts.conclusion
    : null

export function applyInterview(before: Interview | null, id: Uuid, event: InterviewEvent): Interview {
  if (event.type === 'InterviewScheduled') {
    const { facts } = event
    return {
      id,
      version: 1,
      nrmId: facts.nrmId,
      number: facts.number,
      state: 'SCHEDULED',
      subject: facts.subject,
      under14: facts.under14,
      sexual: facts.sexual,
      language: facts.language,
      plannedAt: facts.plannedAt,
      roomId: facts.roomId,
      policeUnitId: facts.policeUnitId,
      socialUnitId: facts.socialUnitId,
      representativeId: facts.representativeId,
      // The unit is the actor's; the row has it.
      scheduledUnitId: before?.scheduledUnitId ?? id,
      proposed: null,
    }
  }
  if (before === null) throw new Error('an interview begins with its being called')
  const s = { ...before, version: before.version + 1 }
  switch (event.type) {
    case 'InterviewMoved':
      return { ...s, plannedAt: event.facts.plannedAt, roomId: event.facts.roomId }
    case 'InterviewCancelled':
      return { ...s, state: 'CANCELLED' }
    case 'InterviewSuperseded':
      return { ...s, state: 'REPEATED' }
    case 'InterviewHeld':
      return { ...s, state: 'HELD', roomId: event.facts.roomId }
    case 'ConclusionProposed': {
      const { conclusion, by, body } = event.facts
      return { ...s, state: 'PROPOSED', proposed: { conclusion, by: { userId: by, body } } }
    }
    case 'ConclusionSigned':
      return {
        ...s,
        state: event.facts.effective ? 'CONCLUDED' : event.facts.agrees ? 'REVIEW' : 'DISSENT',
      }
    case 'ConclusionReviewed':
      return event.facts.effective ? { ...s, state: 'CONCLUDED' } : { ...s, state: 'HELD', proposed: null }
  }
}
