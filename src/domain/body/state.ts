/**
 * Coordinating bodies (organet e bashkërendimit): who sits in them, when they must meet, what they decide and recommend.
 * No record here speaks of a child. Members are institutions by their posts; survivors and children are counted, never named
 * (DCM 770/2018 PROT-1.a.6, COOR-1.b.2).
 */
import type { Day, DomainEvent, Instant, Role, Uuid } from '../core.ts'

export const bodyKinds = [
  'committee',
  'mechanism',
  'authority',
  'coordinating_group',
  'county_committee',
  'technical_table',
  'technical_group',
  'advisory_board',
  'subgroup',
  'coordination',
] as const
export type BodyKind = (typeof bodyKinds)[number]

export const seats = ['chair', 'secretary', 'member', 'observer'] as const
export type SeatKind = (typeof seats)[number]

export const dutyPeriods = ['quarter', 'half_year', 'year'] as const
export type DutyPeriod = (typeof dutyPeriods)[number]
export const dutyProofs = ['meeting', 'joint_meeting', 'corrective_measures', 'recommendations'] as const
export type DutyProof = (typeof dutyProofs)[number]

/** An institution's place in a body, with the role and the place of the people who act for it here. */
export interface Seat {
  readonly id: Uuid
  readonly institution: string
  readonly seat: SeatKind
  /** Null: nobody in this register acts for the institution. */
  readonly role: Role | null
  /** The reader is the institution's reporting officer (ministries have no other role here). */
  readonly answered: boolean
  readonly county: string | null
  readonly municipality: string | null
  readonly from: Day | null
  readonly to: Day | null
}

export interface Body {
  readonly id: Uuid
  readonly version: number
  readonly kind: BodyKind
  readonly county: string | null
  readonly municipality: string | null
  readonly anonymous: boolean
  readonly seats: readonly Seat[]
}

export type MemberAdded = DomainEvent<
  'BodyMemberAdded',
  {
    readonly memberId: Uuid
    readonly institution: string
    readonly county: string | null
    readonly municipality: string | null
    readonly seat: SeatKind
    readonly from: Day
  }
>
export type MemberEnded = DomainEvent<'BodyMemberEnded', { readonly memberId: Uuid; readonly to: Day }>
export type PeopleCounted = DomainEvent<'BodyPeopleCounted', { readonly people: number; readonly day: Day }>
export type BodyEvent = MemberAdded | MemberEnded | PeopleCounted

export const jointMechanisms = ['domestic_violence', 'child_violence', 'gender'] as const
export type JointMechanism = (typeof jointMechanisms)[number]
export const meetingStates = ['CONVENED', 'HELD', 'CANCELLED'] as const
export type MeetingState = (typeof meetingStates)[number]
export const minutesStates = ['none', 'draft', 'approved'] as const
export type MinutesState = (typeof minutesStates)[number]
export const outcomes = ['present', 'absent', 'excused'] as const
export type Outcome = (typeof outcomes)[number]

export interface Meeting {
  readonly id: Uuid
  readonly version: number
  readonly bodyId: Uuid
  readonly state: MeetingState
  readonly startsAt: Instant
  /** Seats that were invited. */
  readonly invited: readonly Uuid[]
  readonly heldOn: Day | null
  readonly minutes: MinutesState
  readonly minutesBy: Uuid | null
  readonly distributedTo: readonly Uuid[]
}

export interface Attendance {
  readonly memberId: Uuid
  readonly outcome: Outcome
  /** How many people came for the institution. */
  readonly persons: number
}
/** Of an anonymous body: how many of its people came, stayed away, excused themselves. */
export interface PeopleCount {
  readonly present: number
  readonly absent: number
  readonly excused: number
}

export type MeetingConvened = DomainEvent<
  'MeetingConvened',
  {
    readonly bodyId: Uuid
    readonly code: string
    readonly startsAt: Instant
    readonly jointWith: readonly JointMechanism[]
    readonly invited: readonly Uuid[]
  }
>
export type MeetingMoved = DomainEvent<'MeetingMoved', { readonly startsAt: Instant }>
export type MeetingCancelled = DomainEvent<'MeetingCancelled', { readonly at: Instant }>
export type MeetingHeld = DomainEvent<
  'MeetingHeld',
  {
    readonly heldOn: Day
    readonly attendance: readonly {
      readonly memberId: Uuid
      readonly outcome: Outcome
      readonly persons: number
    }[]
    readonly people: { readonly present: number; readonly absent: number; readonly excused: number } | null
  }
>
export type MinutesWritten = DomainEvent<
  'MinutesWritten',
  { readonly by: Uuid; readonly decisions: number; readonly nothingToCorrect: boolean }
>
export type MinutesApproved = DomainEvent<'MinutesApproved', { readonly by: Uuid; readonly at: Instant }>
export type MinutesDistributed = DomainEvent<
  'MinutesDistributed',
  { readonly to: readonly Uuid[]; readonly at: Instant }
>
export type MeetingEvent =
  | MeetingConvened
  | MeetingMoved
  | MeetingCancelled
  | MeetingHeld
  | MinutesWritten
  | MinutesApproved
  | MinutesDistributed

export const recommendationKinds = ['recommendation', 'corrective_measure'] as const
export type RecommendationKind = (typeof recommendationKinds)[number]
export const recommendationStates = ['OPEN', 'IN_PROGRESS', 'DONE', 'DROPPED'] as const
export type RecommendationState = (typeof recommendationStates)[number]

/** Whoever must do it: an institution, in a county or municipality where its level is one. */
export interface Owner {
  readonly code: string
  readonly role: Role | null
  readonly answered: boolean
  readonly county: string | null
  readonly municipality: string | null
}
export interface Recommendation {
  readonly id: Uuid
  readonly version: number
  readonly bodyId: Uuid
  readonly owner: Owner
  readonly madeOn: Day
  readonly dueOn: Day
  readonly status: RecommendationState
  readonly doneOn: Day | null
}

export type RecommendationMade = DomainEvent<
  'RecommendationMade',
  {
    readonly bodyId: Uuid
    readonly meetingId: Uuid
    readonly code: string
    readonly kind: RecommendationKind
    readonly owner: string
    readonly county: string | null
    readonly municipality: string | null
    readonly madeOn: Day
    readonly dueOn: Day
  }
>
export type RecommendationStarted = DomainEvent<'RecommendationStarted', { readonly at: Instant }>
export type RecommendationDone = DomainEvent<
  'RecommendationDone',
  { readonly doneOn: Day; readonly late: number }
>
export type RecommendationDropped = DomainEvent<'RecommendationDropped', { readonly at: Instant }>
export type RecommendationEvent =
  | RecommendationMade
  | RecommendationStarted
  | RecommendationDone
  | RecommendationDropped
