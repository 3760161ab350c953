/** Everything that can happen to a case. Facts are pseudonymous; text travels in `parts`. */
import type { Day, DomainEvent, Instant, Json, Uuid } from '../core.ts'
import type { IdentificationRecorded } from '../identification.ts'
import type { PlacementEvent } from '../placement/events.ts'
import type { CourtEvent } from './court-events.ts'
import type { GtnEvent } from './gtn-events.ts'
import type {
  ActionStatus,
  AssessmentForm,
  ChildView,
  ClosureReason,
  ConferenceDecision,
  FollowUpMonth,
  FundingSource,
  GoalArea,
  GoalStatus,
  MeasureKind,
  MeasureStatus,
  RiskLevel,
} from './state.ts'

type Moment = { readonly by: Uuid; readonly at: Instant }

export type CaseOpened = DomainEvent<
  'CaseOpened',
  Moment & {
    caseId: Uuid
    code: string
    personId: Uuid
    unitId: Uuid
    municipality: string
    county: string
    concerns: readonly string[]
    reportId: Uuid | null
  }
>
export type ReportAttached = DomainEvent<
  'ReportAttached',
  Moment & { reportId: Uuid; concerns: readonly string[] }
>
export type CaseAssigned = DomainEvent<
  'CaseAssigned',
  Moment & {
    textId: Uuid
    managerId: Uuid
    managerIsHead: boolean
    deputyId: Uuid | null
    /** Beyond what the worker should carry; the reason lies beside it. */
    overCeiling?: boolean
  }
>
export type AssessmentRecorded = DomainEvent<
  'AssessmentRecorded',
  Moment & {
    assessmentId: Uuid
    form: AssessmentForm
    formVersion: number
    childSeenAt: Instant | null
    /** Answers that tell nothing of the person (T2): question key → value. */
    answers: { readonly [key: string]: Json }
  }
>
export type RiskLevelSet = DomainEvent<
  'RiskLevelSet',
  Moment & { textId: Uuid; risk: RiskLevel; was: RiskLevel | null }
>
export type InitialAssessmentDone = DomainEvent<'InitialAssessmentDone', Moment>
export type ComprehensiveAssessmentDone = DomainEvent<'ComprehensiveAssessmentDone', Moment>
export type PlanDrafted = DomainEvent<'PlanDrafted', Moment & { planId: Uuid; number: number }>
export type GoalAdded = DomainEvent<'GoalAdded', Moment & { goalId: Uuid; planId: Uuid; area: GoalArea }>
export type ActionAdded = DomainEvent<
  'ActionAdded',
  Moment & {
    actionId: Uuid
    planId: Uuid
    goalId: Uuid
    service: string
    institutionId: Uuid | null
    due: Day | null
    costLek: number | null
    funding: FundingSource | null
  }
>
export type ActionChanged = DomainEvent<
  'ActionChanged',
  Moment & {
    actionId: Uuid
    institutionId: Uuid | null
    due: Day | null
    costLek: number | null
    funding: FundingSource | null
  }
>
export type ActionStatusSet = DomainEvent<
  'ActionStatusSet',
  Moment & { actionId: Uuid; status: ActionStatus; doneOn: Day | null }
>
export type GoalStatusSet = DomainEvent<'GoalStatusSet', Moment & { goalId: Uuid; status: GoalStatus }>
export type ConferenceHeld = DomainEvent<
  'ConferenceHeld',
  Moment & {
    conferenceId: Uuid
    heldOn: Day
    present: readonly Uuid[]
    absent: readonly Uuid[]
    /** Institutions for which somebody stood in; absent in minutes older than this fact. */
    deputies?: readonly Uuid[]
    childPart: string
    childWhyNot?: string | null
    familyPart: string
    familyWhyNot?: string | null
    decisions: readonly ConferenceDecision[]
    planId: Uuid | null
    /** The group had been called through the register. */
    called?: boolean
    /** The minutes lie in the sensitive tier. */
    sealed?: boolean
  }
>
export type MemberAbsent = DomainEvent<
  'MemberAbsent',
  Moment & { conferenceId: Uuid; institutionId: Uuid; reason: string }
>
export type PlanApproved = DomainEvent<
  'PlanApproved',
  Moment & { planId: Uuid; conferenceId: Uuid | null; childView: ChildView; actions: number; costLek: number }
>
export type PlanReviewed = DomainEvent<
  'PlanReviewed',
  Moment & { reviewId: Uuid; planId: Uuid; outcome: 'continue' | 'revise' | 'close' }
>
export type ServiceRecorded = DomainEvent<
  'ServiceRecorded',
  Moment & {
    serviceId: Uuid
    service: string
    setting: string
    beneficiary: string
    providerId: Uuid
    actionId: Uuid | null
    from: Day
    until: Day | null
    costLek: number | null
  }
>
export type NoteAdded = DomainEvent<
  'NoteAdded',
  Moment & { noteId: Uuid; kind: string; tier: 'T3' | 'T4'; happenedOn: Day; hasWords: boolean }
>
export type AlertsSet = DomainEvent<
  'AlertsSet',
  Moment & {
    textId: Uuid
    doNotPhoneHome: boolean
    doNotInformFamily: boolean
    addressProtected: boolean
    interpreter: string | null
  }
>
export type PersonNearAdded = DomainEvent<
  'PersonNearAdded',
  Moment & { nearId: Uuid; relationship: string; contact: string }
>
export type MeasureProposed = DomainEvent<
  'MeasureProposed',
  Moment & { measureId: Uuid; kind: MeasureKind; ground: string; parentsCooperate: string }
>
export type MeasureDecided = DomainEvent<
  'MeasureDecided',
  Moment & {
    measureId: Uuid
    status: MeasureStatus
    decidedBy: string
    decidedOn: Day
    from: Day | null
    until: Day | null
    courtRef: string | null
  }
>
export type MeasureEnded = DomainEvent<
  'MeasureEnded',
  Moment & {
    measureId: Uuid
    status: 'lifted' | 'replaced' | 'expired'
    endedOn: Day
    /** The measure that stands in its stead. */
    replacedBy?: Uuid | null
  }
>
export type MeasureReviewBegun = DomainEvent<'MeasureReviewBegun', Moment & { textId: Uuid; measureId: Uuid }>
/** It stays in force, perhaps longer. */
export type MeasureReviewed = DomainEvent<
  'MeasureReviewed',
  Moment & {
    textId: Uuid
    measureId: Uuid
    outcome: 'continue' | 'extend'
    reviewedOn: Day
    until: Day | null
    parentsCooperate: string | null
  }
>
export type ClosureProposed = DomainEvent<
  'ClosureProposed',
  Moment & { textId: Uuid; reason: ClosureReason; childView: string; caregiverView: string }
>
export type ClosureReturned = DomainEvent<
  'ClosureReturned',
  Moment & { textId: Uuid; to: 'COMPREHENSIVE_ASSESSMENT' | 'REVIEW' }
>
export type CaseClosed = DomainEvent<
  'CaseClosed',
  Moment & { reason: ClosureReason; followUps: readonly { month: FollowUpMonth; due: Day }[] }
>
export type FollowUpRecorded = DomainEvent<
  'FollowUpRecorded',
  Moment & { textId: Uuid; month: FollowUpMonth; seenOn: Day; seen: string; reexploited: string }
>
export type CaseReopened = DomainEvent<
  'CaseReopened',
  Moment & {
    textId: Uuid
    reportId: Uuid | null
    followUp: FollowUpMonth | null
    returned: boolean
    concerns: readonly string[]
  }
>
export type TransferRequested = DomainEvent<
  'TransferRequested',
  Moment & { transferId: Uuid; toUnitId: Uuid; toMunicipality: string; toCounty: string }
>
export type TransferAccepted = DomainEvent<
  'TransferAccepted',
  Moment & {
    transferId: Uuid
    fromUnitId: Uuid
    unitId: Uuid
    municipality: string
    county: string
    managerId: Uuid
    managerIsHead: boolean
  }
>
export type TransferDeclined = DomainEvent<'TransferDeclined', Moment & { transferId: Uuid }>
export type TransferWithdrawn = DomainEvent<'TransferWithdrawn', Moment & { transferId: Uuid }>
/** A file, by its own id; its bytes lie sealed beside the case, its title is a text. */
export type AttachmentAdded = DomainEvent<
  'AttachmentAdded',
  Moment & {
    attachmentId: Uuid
    kind: string
    size: number
    digest: string
    scan: 'clean' | 'not_scanned'
    tier: 'T3' | 'T4'
  }
>
export type CaseSuspended = DomainEvent<'CaseSuspended', Moment & { textId: Uuid }>
export type CaseResumed = DomainEvent<'CaseResumed', Moment & { textId: Uuid }>
export type CaseEvent =
  | CaseOpened
  | ReportAttached
  | CaseAssigned
  | AssessmentRecorded
  | RiskLevelSet
  | InitialAssessmentDone
  | ComprehensiveAssessmentDone
  | PlanDrafted
  | GoalAdded
  | ActionAdded
  | ActionChanged
  | ActionStatusSet
  | GoalStatusSet
  | ConferenceHeld
  | MemberAbsent
  | GtnEvent
  | CourtEvent
  | PlacementEvent
  | PlanApproved
  | PlanReviewed
  | ServiceRecorded
  | NoteAdded
  | AlertsSet
  | PersonNearAdded
  | MeasureProposed
  | MeasureDecided
  | MeasureEnded
  | MeasureReviewBegun
  | MeasureReviewed
  | ClosureProposed
  | ClosureReturned
  | CaseClosed
  | FollowUpRecorded
  | CaseReopened
  | TransferRequested
  | TransferAccepted
  | TransferDeclined
  | TransferWithdrawn
  | CaseSuspended
  | CaseResumed
  | AttachmentAdded
  /** Written by the register of identifications, so that the case's own guards know it. */
  | IdentificationRecorded

const subjects = [
  'textId',
  'visitId',
  'careStepId',
  'leavingStepId',
  'leavingId',
  'resolutionId',
  'hearingId',
  'checkId',
  'courtId',
  'reviewId',
  'serviceId',
  'conferenceId',
  'assessmentId',
  'noteId',
  'nearId',
  'actionId',
  'goalId',
  'planId',
  'placementId',
  'measureId',
  'transferId',
  'attachmentId',
  'caseId',
] as const

/** The row that an event's text belongs to; each event speaks of one. */
export function subjectOf(e: CaseEvent): Uuid | null {
  const facts: { readonly [key: string]: unknown } = e.facts
  for (const key of subjects) {
    const id = facts[key]
    if (typeof id === 'string') return id
  }
  return null
}
