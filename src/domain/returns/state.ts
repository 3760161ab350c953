/** A return across a border as it stands: assisted and voluntary for an adult, in the child's best interests or not at all. */
import type { Day, DomainEvent, Instant, Uuid } from '../core.ts'

export const returnStates = [
  'NOTIFIED',
  'ASSESSED',
  'PLAN_AGREED',
  'TRAVEL',
  'RECEIVED',
  'HANDED_TO_CASE',
  'MONITORED',
  'REFUSED',
] as const
export type ReturnState = (typeof returnStates)[number]
export const directions = ['incoming', 'outgoing'] as const
export type Direction = (typeof directions)[number]
export const noticeSources = [
  'consulate',
  'foreign_authority',
  'police',
  'organisation',
  'person',
  'own',
] as const
export type NoticeSource = (typeof noticeSources)[number]
export const risks = ['low', 'medium', 'high', 'immediate'] as const
export type Risk = (typeof risks)[number]
export const modes = ['road', 'air', 'sea', 'rail'] as const
export type Mode = (typeof modes)[number]
export const escortRoles = [
  'social_worker',
  'psychologist',
  'police',
  'consulate',
  'organisation',
  'nurse',
  'family',
  'representative',
] as const
export type EscortRole = (typeof escortRoles)[number]
export const costKinds = ['travel', 'documents', 'escort', 'lodging', 'health', 'package', 'other'] as const
export const costSources = [
  'state',
  'municipality',
  'sending_country',
  'organisation',
  'donor',
  'family',
  'gap',
] as const
/** Professions at the table of a determination: three different ones make it multidisciplinary. */
export const panelMembers = [
  'child_protection',
  'social_service',
  'psychologist',
  'health',
  'police',
  'responsible_authority',
  'education',
  'lawyer',
  'organisation',
] as const
export type PanelMember = (typeof panelMembers)[number]
export const determinationOutcomes = ['return', 'stay', 'postpone'] as const
export type DeterminationOutcome = (typeof determinationOutcomes)[number]
export const refusals = [
  'best_interests',
  'unsafe',
  'consent_withdrawn',
  'unwilling',
  'untraceable',
  'other',
] as const
export type ReturnRefusal = (typeof refusals)[number]
export const consenters = ['adult', 'child', 'representative'] as const
export const consentAnswers = ['given', 'refused', 'too_young'] as const
export const consentCovers = ['return', 'packet'] as const
export const documentKinds = ['travel_document', 'passport', 'birth_certificate', 'visa', 'other'] as const
export const followUpMonths = [1, 3, 6, 12] as const
export type FollowUpMonth = (typeof followUpMonths)[number]
export const seenKinds = ['person', 'family', 'service', 'nobody'] as const
export const known = ['yes', 'no', 'not_known'] as const
export type Known = (typeof known)[number]

export interface Consent {
  readonly id: Uuid
  readonly who: (typeof consenters)[number]
  readonly answer: (typeof consentAnswers)[number]
  readonly covers: readonly (typeof consentCovers)[number][]
  readonly withdrawnAt: Instant | null
}
export interface Determination {
  readonly id: Uuid
  readonly outcome: DeterminationOutcome
  readonly members: readonly PanelMember[]
  readonly by: Uuid
  readonly byUnit: Uuid
  readonly signedBy: Uuid | null
}
export interface FollowUp {
  readonly month: FollowUpMonth
  readonly due: Day
  readonly seenOn: Day | null
}

export interface Return {
  readonly id: Uuid
  readonly code: string
  readonly version: number
  readonly nrmId: Uuid
  readonly caseId: Uuid | null
  readonly subject: 'child' | 'adult'
  readonly direction: Direction
  readonly country: string
  readonly state: ReturnState
  readonly noticeOn: Day
  readonly expectedOn: Day
  readonly consulateId: Uuid | null
  readonly setOffOn: Day | null
  readonly receivedOn: Day | null
  /** The newest last. */
  readonly determinations: readonly Determination[]
  readonly consents: readonly Consent[]
  readonly escorts: number
  readonly followUps: readonly FollowUp[]
}

type By = { readonly by: Uuid }
export type ReturnNotified = DomainEvent<
  'ReturnNotified',
  By & {
    readonly nrmId: Uuid
    readonly subject: 'child' | 'adult'
    readonly direction: Direction
    readonly country: string
    readonly source: NoticeSource
    readonly noticeOn: Day
    readonly expectedOn: Day
    readonly planDue: Day | null
    /** The notice came later than the rule asks. */
    readonly late: boolean
    readonly consulateId: Uuid | null
    readonly counterpartId: Uuid | null
  }
>
export type ReturnAssessed = DomainEvent<'ReturnAssessed', By & { readonly risk: Risk; readonly on: Day }>
export type ReturnDetermined = DomainEvent<
  'ReturnDetermined',
  By & {
    readonly determinationId: Uuid
    readonly heldOn: Day
    readonly outcome: DeterminationOutcome
    readonly members: readonly PanelMember[]
  }
>
export type ReturnMinutesSigned = DomainEvent<'ReturnMinutesSigned', By & { readonly determinationId: Uuid }>
export type ReturnConsented = DomainEvent<
  'ReturnConsented',
  By & {
    readonly consentId: Uuid
    readonly who: Consent['who']
    readonly answer: Consent['answer']
    readonly covers: readonly Consent['covers'][number][]
    readonly on: Day
    readonly representativeId: Uuid | null
  }
>
export type ReturnConsentWithdrawn = DomainEvent<
  'ReturnConsentWithdrawn',
  By & { readonly consentId: Uuid; readonly to: ReturnState; readonly packets: readonly Uuid[] }
>
export type ReturnPlanned = DomainEvent<
  'ReturnPlanned',
  By & {
    readonly travelOn: Day
    readonly mode: Mode
    readonly borderId: Uuid | null
    readonly counterpartId: Uuid | null
    readonly escorts: readonly { readonly id: Uuid; readonly role: EscortRole }[]
    readonly costs: readonly { readonly what: string; readonly source: string; readonly amountLek: number }[]
  }
>
export type ReturnSetOff = DomainEvent<'ReturnSetOff', By & { readonly at: Instant }>
export type ReturnReceived = DomainEvent<
  'ReturnReceived',
  By & {
    readonly on: Day
    readonly followUps: readonly { readonly month: FollowUpMonth; readonly due: Day }[]
  }
>
export type ReturnHandedOver = DomainEvent<
  'ReturnHandedOver',
  By & {
    readonly on: Day
    readonly unitId: Uuid | null
    readonly counterpartId: Uuid | null
    readonly caseId: Uuid | null
    readonly reportId: Uuid | null
  }
>
export type ReturnFollowedUp = DomainEvent<
  'ReturnFollowedUp',
  By & {
    readonly month: FollowUpMonth
    readonly seenOn: Day
    readonly seen: (typeof seenKinds)[number]
    readonly safe: Known
    readonly home: Known
    readonly school: Known
    readonly job: Known
    readonly network: Known
    readonly last: boolean
  }
>
export type ReturnRefused = DomainEvent<'ReturnRefused', By & { readonly why: ReturnRefusal }>
export type ReturnDocumented = DomainEvent<
  'ReturnDocumented',
  By & { readonly documentId: Uuid; readonly kind: (typeof documentKinds)[number]; readonly on: Day }
>
export type ReturnEvent =
  | ReturnNotified
  | ReturnAssessed
  | ReturnDetermined
  | ReturnMinutesSigned
  | ReturnConsented
  | ReturnConsentWithdrawn
  | ReturnPlanned
  | ReturnSetOff
  | ReturnReceived
  | ReturnHandedOver
  | ReturnFollowedUp
  | ReturnRefused
  | ReturnDocumented

/** Where the person has not left yet. */
export const beforeTravel: readonly ReturnState[] = ['NOTIFIED', 'ASSESSED', 'PLAN_AGREED']
export const isOver = (state: ReturnState): boolean => state === 'REFUSED' || state === 'MONITORED'
