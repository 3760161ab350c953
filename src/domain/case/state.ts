/**
 * What a case is between its events: codes, ids and times only (T2). Names and narrative live in tier tables.
 * Machine: domain specification §3.2; side fields: a pending transfer and a suspension do not change the status.
 */
import type { Day, Instant, Uuid } from '../core.ts'
import type { IdentificationStatus } from '../identification.ts'
import type { CareState } from '../placement/state.ts'
import { type CourtCase, courtPending } from './court-events.ts'
import type { GtnState } from './gtn-events.ts'

export const caseStatuses = [
  'OPEN',
  'INITIAL_ASSESSMENT',
  'CLOSED_NO_RISK',
  'COMPREHENSIVE_ASSESSMENT',
  'PLANNING',
  'PLAN_ACTIVE',
  'REVIEW',
  'CLOSURE_PROPOSED',
  'CLOSED',
  'FOLLOW_UP',
  'ARCHIVED',
] as const
export type CaseStatus = (typeof caseStatuses)[number]

/** Still being worked on; the others wait, follow up or rest. */
export const openStatuses = [
  'OPEN',
  'INITIAL_ASSESSMENT',
  'COMPREHENSIVE_ASSESSMENT',
  'PLANNING',
  'PLAN_ACTIVE',
  'REVIEW',
  'CLOSURE_PROPOSED',
] as const satisfies readonly CaseStatus[]
export const closedStatuses = [
  'CLOSED_NO_RISK',
  'CLOSED',
  'FOLLOW_UP',
  'ARCHIVED',
] as const satisfies readonly CaseStatus[]

/** Labels are unconfirmed by law [U]; the order matters: a later one is graver. */
export const riskLevels = ['low', 'medium', 'high', 'immediate'] as const
export type RiskLevel = (typeof riskLevels)[number]

/** Where the trafficking track of the same child stands (§3.4); the register of identifications writes it. */
export type VmtStatus = IdentificationStatus

/** Key of a form (src/domain/form); the rules know `initial`, `comprehensive` and `best_interests` by name. */
export type AssessmentForm = string

export const measureKinds = ['emergency', 'alternative_care', 'specialised_supervision'] as const
export type MeasureKind = (typeof measureKinds)[number]
export const measureStatuses = [
  'proposed',
  'emergency_issued',
  'court_filed',
  'court_confirmed',
  'in_force',
  'under_review',
  'refused',
  'replaced',
  'lifted',
  'expired',
] as const
export type MeasureStatus = (typeof measureStatuses)[number]
export const openMeasureStatuses: readonly MeasureStatus[] = [
  'proposed',
  'emergency_issued',
  'court_filed',
  'court_confirmed',
  'in_force',
  'under_review',
]

export const actionStatuses = ['planned', 'under_way', 'done', 'dropped'] as const
export type ActionStatus = (typeof actionStatuses)[number]
export const goalStatuses = ['open', 'met', 'dropped'] as const
export type GoalStatus = (typeof goalStatuses)[number]
export const fundingSources = ['municipality', 'state', 'donor', 'family', 'no_cost', 'gap'] as const
export type FundingSource = (typeof fundingSources)[number]

/** Areas of the child's life that a goal is about. */
export const goalAreas = [
  'safety',
  'health',
  'psychosocial',
  'education',
  'family',
  'housing',
  'documents',
  'economic',
  'legal',
  'leisure',
] as const
export type GoalArea = (typeof goalAreas)[number]

export const closureReasons = [
  'goals_met',
  'moved',
  'adult',
  'transferred',
  'declined_no_risk',
  'no_risk',
] as const
export type ClosureReason = (typeof closureReasons)[number]

/** Calendar months after closure (deadlines D20–D23). */
export const followUpMonths = [1, 3, 6, 12] as const
export type FollowUpMonth = (typeof followUpMonths)[number]

export const childViews = ['agrees', 'disagrees', 'mixed', 'too_young', 'not_reached'] as const
export type ChildView = (typeof childViews)[number]

export interface Assessment {
  readonly id: Uuid
  readonly form: AssessmentForm
  /** Version of the form; absent from states folded before versions were folded. */
  readonly version?: number
  readonly at: Instant
  readonly by: Uuid
  /** Opening of the case during which it was made. */
  readonly episode: number
}
export interface Goal {
  readonly id: Uuid
  readonly area: GoalArea
  readonly status: GoalStatus
}
/** Cost in whole lek; what is not yet known is null, and the plan is not approved until it is. */
export interface PlanAction {
  readonly id: Uuid
  readonly goalId: Uuid
  readonly institutionId: Uuid | null
  readonly due: Day | null
  readonly costLek: number | null
  readonly funding: FundingSource | null
  readonly status: ActionStatus
}
export interface Plan {
  readonly id: Uuid
  readonly number: number
  readonly status: 'draft' | 'approved'
  /** Moves with every change of a draft: minutes approve the plan as it stood on the table. */
  readonly revision: number
  readonly draftedAt: Instant
  readonly approvedAt: Instant | null
  readonly childView: ChildView | null
  readonly goals: readonly Goal[]
  readonly actions: readonly PlanAction[]
}
export interface Measure {
  readonly id: Uuid
  readonly kind: MeasureKind
  readonly status: MeasureStatus
}
export const conferenceDecisions = [
  'approve_plan',
  'return_plan',
  'propose_measure',
  'refer',
  'assess_further',
  'other',
] as const
export type ConferenceDecision = (typeof conferenceDecisions)[number]
export interface Conference {
  readonly id: Uuid
  readonly heldOn: Day
  readonly present: number
  readonly absent: number
  readonly decisions: readonly ConferenceDecision[]
  /** The plan on the table, when there was one. */
  readonly planId: Uuid | null
  readonly planRevision: number | null
  /** False where too few came and nothing was decided. */
  readonly quorate?: boolean
}
export interface FollowUp {
  readonly month: FollowUpMonth
  readonly due: Day
  readonly doneAt: Instant | null
}
export interface Closure {
  readonly reason: ClosureReason
  readonly proposedBy: Uuid
  readonly proposedAt: Instant
}
export interface Transfer {
  readonly id: Uuid
  readonly toUnitId: Uuid
  readonly toMunicipality: string
  readonly toCounty: string
  readonly requestedBy: Uuid
  readonly requestedAt: Instant
}
/** Orders for whoever might phone or write. `doNotInformFamily` holds until somebody assessed it: family may be the traffickers. */
export interface Alerts {
  readonly doNotPhoneHome: boolean
  readonly doNotInformFamily: boolean
  readonly addressProtected: boolean
  /** BCP 47 language of the interpreter needed, or null. */
  readonly interpreter: string | null
  /** False while the alerts are the cautious default. */
  readonly assessed: boolean
}
export const cautiousAlerts: Alerts = {
  doNotPhoneHome: false,
  doNotInformFamily: true,
  addressProtected: false,
  interpreter: null,
  assessed: false,
}

export interface CaseState {
  readonly id: Uuid
  readonly code: string
  readonly version: number
  readonly personId: Uuid
  readonly unitId: Uuid
  readonly municipality: string
  readonly county: string
  readonly managerId: Uuid | null
  /** The head sometimes works a case; then another has to close it. */
  readonly managerIsHead: boolean
  /** Who gave it to the manager, and to the deputy; null where it is not known. */
  readonly managerBy?: Uuid | null
  readonly deputyBy?: Uuid | null
  readonly deputyId: Uuid | null
  /** Who stands in for the manager today (a colleague's out-of-office days); known by reading, never stored with the case. */
  readonly standInId?: Uuid | null | undefined
  readonly status: CaseStatus
  readonly risk: RiskLevel | null
  readonly riskAt: Instant | null
  readonly childSeenAt: Instant | null
  readonly vmt: VmtStatus
  readonly concerns: readonly string[]
  readonly reports: readonly Uuid[]
  readonly openedAt: Instant
  readonly closedAt: Instant | null
  /** 1 for the first opening, one more at each reopening. */
  readonly episode: number
  readonly episodeAt: Instant
  /** The last reopening counted as a return to exploitation. */
  readonly returned: boolean
  readonly alerts: Alerts
  readonly assessments: readonly Assessment[]
  readonly plan: Plan | null
  readonly conferences: readonly Conference[]
  readonly gtn: GtnState
  readonly measures: readonly Measure[]
  readonly courts: readonly CourtCase[]
  readonly care: CareState
  readonly closure: Closure | null
  readonly followUps: readonly FollowUp[]
  readonly transfer: Transfer | null
  readonly suspendedAt: Instant | null
}

export const isOpen = (s: Pick<CaseState, 'status'>): boolean =>
  (openStatuses as readonly CaseStatus[]).includes(s.status)

export const hasOpenMeasure = (s: Pick<CaseState, 'measures'>): boolean =>
  s.measures.some((m) => openMeasureStatuses.includes(m.status))

/** A court has still to speak in this case. */
export const hasCourtPending = (s: Pick<CaseState, 'courts'>): boolean => s.courts.some(courtPending)

const track: readonly VmtStatus[] = ['vmt', 'formal_pending', 'vt']
/** The child has an assistance plan as (potential) victim that only the Responsible Authority ends. */
export const vmtPlanOpen = (s: Pick<CaseState, 'vmt'>): boolean => track.includes(s.vmt)

const indicated: readonly VmtStatus[] = [...track, 'not_confirmed', 'declined_formal']
/** Case conference (GTN) required: high or immediate risk, any open measure, or three elements found (decision 17). */
export const needsConference = (
  s: Pick<CaseState, 'risk' | 'measures' | 'vmt'>,
  law: { readonly conferenceAtMedium: boolean },
): boolean =>
  s.risk === 'high' ||
  s.risk === 'immediate' ||
  (s.risk === 'medium' && law.conferenceAtMedium) ||
  hasOpenMeasure(s) ||
  indicated.includes(s.vmt)

/** Assessments of the present opening only: an old one says nothing about today. */
export const assessed = (s: CaseState, form: AssessmentForm): boolean =>
  s.assessments.some((a) => a.form === form && a.episode === s.episode)

/** Values that the law leaves open [U]; they come from reference/al/case-law.json, never from code. */
export interface CaseLaw {
  /** GTN also at medium risk (D06); off by default, decision 17. */
  readonly conferenceAtMedium: boolean
  /** Institutions that must be present for minutes to approve a plan. */
  readonly conferenceQuorum: number
  /** What ends the deadlines D05 and D06: that the group was called together, or that it met. */
  readonly conferenceClockEnds: 'called' | 'held'
  /** Hours for which the director's emergency measure stands without a court. */
  readonly emergencyHours: number
  /** Days in which a court's decision may be appealed. */
  readonly appealDays: number
  /** Days from a decision, and from each look, to the next look at whether it is carried out. */
  readonly executionCheckDays: number
}
