/**
 * Where the child lives while it is protected: planned → in place → ended, cancelled, or moved into the next place without
 * a gap. Facts are pseudonymous: who takes the child in and where travels in parts, sealed where a hidden address is.
 */
import type { ChildView } from '../case/state.ts'
import type { Day, DomainEvent, Instant, Uuid } from '../core.ts'

type Moment = { readonly by: Uuid; readonly at: Instant }

export const placementKinds = [
  'emergency',
  'kinship',
  'foster',
  'residential',
  'shelter',
  'return_to_family',
] as const
export type PlacementKind = (typeof placementKinds)[number]
/** Away from the parents: leaving any of these is an exit from care. */
export const isCare = (kind: PlacementKind): boolean => kind !== 'return_to_family'
/** A life in a family, against a life in an institution. */
export const isFamilyBased = (kind: PlacementKind): boolean =>
  kind === 'kinship' || kind === 'foster' || kind === 'return_to_family'
export const isInstitution = (kind: PlacementKind): boolean => kind === 'residential' || kind === 'shelter'

export const placementStatuses = ['planned', 'in_place', 'ended', 'moved', 'cancelled'] as const
export type PlacementStatus = (typeof placementStatuses)[number]
/** What the placement rests on. */
export const bases = ['measure', 'court', 'consent', 'immediate_protection', 'best_interests'] as const
export type Basis = (typeof bases)[number]
export const siblingWays = ['none', 'together', 'apart'] as const
export type SiblingWay = (typeof siblingWays)[number]
export const endReasons = [
  'returned_to_family',
  'adoption',
  'adulthood',
  'absconded',
  'died',
  'other',
] as const
export type EndReason = (typeof endReasons)[number]
export const placementReviewOutcomes = ['continue', 'change', 'return'] as const
export type PlacementReviewOutcome = (typeof placementReviewOutcomes)[number]
export const visitSights = ['alone', 'with_carer', 'not_seen'] as const
export type VisitSight = (typeof visitSights)[number]
/** Calendar months after leaving care (deadlines D20–D23). */
export const exitMonths = [1, 3, 6, 12] as const
export type ExitMonth = (typeof exitMonths)[number]
export const safeties = ['yes', 'no', 'not_known'] as const

export const careTracks = ['guardianship', 'adoption'] as const
export type CareTrack = (typeof careTracks)[number]
export const guardianshipSteps = ['proposed', 'filed', 'appointed', 'refused', 'ended'] as const
export const adoptionSteps = [
  'adoptability_asked',
  'declared_adoptable',
  'committee_registered',
  'family_matched',
  'trial_living',
  'adopted',
  'stopped',
] as const
export const careSteps = [...guardianshipSteps, ...adoptionSteps] as const
export type CareStepName = (typeof careSteps)[number]
export const careBodies = ['unit', 'court', 'adoption_committee'] as const
export type CareBody = (typeof careBodies)[number]

export const leavingGoals = [
  'return_to_family',
  'kinship',
  'foster',
  'adoption',
  'independent_living',
] as const
export type LeavingGoal = (typeof leavingGoals)[number]
export const leavingStepStatuses = ['open', 'done', 'dropped'] as const
export type LeavingStepStatus = (typeof leavingStepStatuses)[number]
export const leavingOutcomes = ['reached', 'changed', 'stopped'] as const
export type LeavingOutcome = (typeof leavingOutcomes)[number]

export interface ExitDue {
  readonly month: ExitMonth
  readonly due: Day
}

export type PlacementPlanned = DomainEvent<
  'PlacementPlanned',
  Moment & {
    placementId: Uuid
    kind: PlacementKind
    basis: Basis
    /** The measure, court matter or consent. */
    basisId: Uuid | null
    from: Day
    until: Day | null
    childView: ChildView
    siblings: SiblingWay
    familyTold: boolean
    /** The place is one of the register's. */
    registered: boolean
    /** The address is hidden: the place lies sealed. */
    hidden: boolean
  }
>
export type PlacementBegun = DomainEvent<
  'PlacementBegun',
  Moment & { placementId: Uuid; kind: PlacementKind; startedAt: Instant; on: Day }
>
export type PlacementCancelled = DomainEvent<'PlacementCancelled', Moment & { placementId: Uuid }>
export type PlacementMoved = DomainEvent<
  'PlacementMoved',
  Moment & {
    placementId: Uuid
    toId: Uuid
    endedAt: Instant
    on: Day
    /** From care back to the family: an exit, and these visits follow it. */
    followUps: readonly { month: ExitMonth; due: Day }[]
  }
>
export type PlacementEnded = DomainEvent<
  'PlacementEnded',
  Moment & {
    placementId: Uuid
    reason: EndReason
    endedAt: Instant
    on: Day
    followUps: readonly { month: ExitMonth; due: Day }[]
  }
>
export type PlacementReviewed = DomainEvent<
  'PlacementReviewed',
  Moment & {
    reviewId: Uuid
    placementId: Uuid
    reviewedOn: Day
    outcome: PlacementReviewOutcome
    childView: ChildView
    nextOn: Day | null
  }
>
export type PlacementVisited = DomainEvent<
  'PlacementVisited',
  Moment & {
    visitId: Uuid
    placementId: Uuid
    visitedOn: Day
    seen: VisitSight
    concern: boolean
    nextOn: Day | null
  }
>
export type ExitVisited = DomainEvent<
  'ExitVisited',
  Moment & {
    textId: Uuid
    month: ExitMonth
    seenOn: Day
    seen: string
    safe: (typeof safeties)[number]
  }
>
export type CareStepTaken = DomainEvent<
  'CareStepTaken',
  Moment & {
    careStepId: Uuid
    track: CareTrack
    step: CareStepName
    on: Day
    body: CareBody
    matterId: Uuid | null
    representativeId: Uuid | null
  }
>
export type LeavingPlanMade = DomainEvent<
  'LeavingPlanMade',
  Moment & { leavingId: Uuid; placementId: Uuid; goal: LeavingGoal; targetOn: Day }
>
export type LeavingStepAdded = DomainEvent<
  'LeavingStepAdded',
  Moment & { leavingStepId: Uuid; leavingId: Uuid; due: Day }
>
export type LeavingStepSet = DomainEvent<
  'LeavingStepSet',
  Moment & { leavingStepId: Uuid; status: LeavingStepStatus; doneOn: Day | null }
>
export type LeavingPlanEnded = DomainEvent<
  'LeavingPlanEnded',
  Moment & { leavingId: Uuid; outcome: LeavingOutcome; on: Day }
>
export type PlacementEvent =
  | PlacementPlanned
  | PlacementBegun
  | PlacementCancelled
  | PlacementMoved
  | PlacementEnded
  | PlacementReviewed
  | PlacementVisited
  | ExitVisited
  | CareStepTaken
  | LeavingPlanMade
  | LeavingStepAdded
  | LeavingStepSet
  | LeavingPlanEnded
