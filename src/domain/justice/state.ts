/**
 * One criminal proceeding, as police and prosecution share it (DCM 770/2018 PROS-1.c.6: one data system, the police's access
 * limited). Suspects and victims hang on it many-to-many; a victim is a person of the trafficking track or the child of any case.
 */
import type { Day, DomainEvent, Instant, Uuid } from '../core.ts'

/** In this order; each follows the one before, but that a judgment nobody appeals becomes final at once. */
export const stages = [
  'report',
  'investigation',
  'charged',
  'trial',
  'judgment',
  'appeal',
  'final',
  'execution',
  'closed',
] as const
export type Stage = (typeof stages)[number]

/** From which stages a proceeding ends for which reason. */
export const closedReasons = {
  not_begun: ['report'],
  dismissed_no_offence: ['investigation', 'charged', 'trial'],
  dismissed_not_proven: ['investigation', 'charged', 'trial'],
  dismissed_unknown_author: ['report', 'investigation'],
  dismissed_prescription: ['investigation', 'charged', 'trial', 'judgment', 'appeal'],
  dismissed_death: ['investigation', 'charged', 'trial', 'judgment', 'appeal'],
  dismissed_not_punished: ['investigation', 'charged', 'trial'],
  joined: ['report', 'investigation', 'charged', 'trial'],
  abroad: ['investigation', 'charged', 'trial'],
  acquitted: ['final'],
  executed: ['execution'],
} as const satisfies Record<string, readonly Stage[]>
export type ClosedReason = keyof typeof closedReasons
export const closedReasonNames = Object.keys(closedReasons) as ClosedReason[]

export const outcomes = ['convicted', 'partly', 'acquitted'] as const
export type Outcome = (typeof outcomes)[number]

/** What lets a proceeding go back: always named, with the act that says so. */
export const reopenGrounds = [
  'new_evidence',
  'sent_back',
  'overturned',
  'appeal_of_dismissal',
  'entered_wrong',
] as const
export type ReopenGround = (typeof reopenGrounds)[number]

/** What set it going; the plan counts proactive evidence, public tips and work with other countries apart. */
export const origins = [
  'denunciation',
  'nrm',
  'proactive',
  'public_tip',
  'inspection',
  'border',
  'international',
] as const
export type Origin = (typeof origins)[number]

export const cooperations = ['yes', 'no', 'undecided'] as const
export type Cooperation = (typeof cooperations)[number]

export const suspectStatuses = ['suspected', 'charged', 'convicted', 'acquitted', 'dropped'] as const
export type SuspectStatus = (typeof suspectStatuses)[number]

export const aidKinds = ['lawyer', 'psychologist'] as const
export type AidKind = (typeof aidKinds)[number]
/** Who pays: the state's free legal aid, an organisation, or the person. */
export const aidBases = ['state', 'organisation', 'own'] as const
export type AidBasis = (typeof aidBases)[number]

export const protectiveMeasures = [
  'no_contact',
  'closed_hearing',
  'video_link',
  'separate_waiting',
  'identity_withheld',
  'police_protection',
  'interview_in_child_room',
] as const
export type ProtectiveMeasure = (typeof protectiveMeasures)[number]
/** Those that need devices or rooms of the court (DCM 770/2018 PROS-1.d, second indicator). */
export const deviceMeasures: readonly ProtectiveMeasure[] = [
  'video_link',
  'separate_waiting',
  'identity_withheld',
]

export const assetKinds = [
  'money',
  'account',
  'vehicle',
  'real_estate',
  'company',
  'device',
  'other',
] as const
export type AssetKind = (typeof assetKinds)[number]
export const assetStates = ['seized', 'confiscated', 'returned', 'used_for_victims'] as const
export type AssetState = (typeof assetStates)[number]

export const claimRoutes = ['criminal', 'civil', 'state_scheme'] as const
export type ClaimRoute = (typeof claimRoutes)[number]
export const claimStates = ['claimed', 'awarded', 'rejected', 'part_executed', 'executed'] as const
export type ClaimState = (typeof claimStates)[number]
/** Amounts in whole lek; a million million is more than any court has awarded. */
export const MOST_LEK = 1_000_000_000_000

export interface ArticleRow {
  readonly id: Uuid
  readonly code: string
  readonly on: Day
  /** Null while it stands; the day of requalification or withdrawal. */
  readonly until: Day | null
}
export interface VictimRow {
  readonly id: Uuid
  /** V1, V2…: what the police see. */
  readonly pseudonym: string
  readonly nrmId: Uuid | null
  readonly caseId: Uuid | null
  readonly cooperation: Cooperation
}
export interface SuspectRow {
  readonly id: Uuid
  readonly pseudonym: string
  readonly status: SuspectStatus
  readonly victimId: Uuid | null
}
export interface ClaimRow {
  readonly id: Uuid
  readonly victimId: Uuid
  readonly state: ClaimState
  readonly claimedOn: Day
  readonly claimed: number
  readonly awarded: number | null
  readonly awardedOn: Day | null
  readonly paid: number
}
export interface AssetRow {
  readonly id: Uuid
  readonly state: AssetState
  readonly seizedOn: Day
}
export interface SpanRow {
  readonly id: Uuid
  readonly victimId: Uuid
  readonly from: Day
  readonly until: Day | null
}

export interface Proceeding {
  readonly id: Uuid
  readonly version: number
  readonly code: string
  readonly stage: Stage
  readonly stageOn: Day
  readonly outcome: Outcome | null
  /** The stage in which it was closed; null while it is open. */
  readonly closedFrom: Stage | null
  readonly closedReason: ClosedReason | null
  readonly actFrom: Day
  readonly actUntil: Day | null
  /** The police unit that registered it. */
  readonly policeUnit: Uuid | null
  /** The prosecution office that holds it; null while the police have not referred it. */
  readonly officeUnit: Uuid | null
  /** The Responsible Authority follows it: an article on trafficking, or a victim of the track. */
  readonly track: boolean
  readonly articles: readonly ArticleRow[]
  readonly victims: readonly VictimRow[]
  readonly suspects: readonly SuspectRow[]
  readonly claims: readonly ClaimRow[]
  readonly assets: readonly AssetRow[]
  readonly aids: readonly SpanRow[]
  readonly measures: readonly SpanRow[]
}

export type Opened = DomainEvent<
  'ProceedingOpened',
  {
    readonly code: string
    readonly origin: Origin
    readonly on: Day
    readonly stage: 'report' | 'investigation'
    readonly policeUnit: Uuid | null
    readonly officeUnit: Uuid | null
    readonly actFrom: Day
    readonly actUntil: Day | null
  }
>
export type ArticleSet = DomainEvent<
  'ProceedingArticleSet',
  { readonly articleId: Uuid; readonly article: string; readonly on: Day; readonly replaces: Uuid | null }
>
export type Moved = DomainEvent<
  'ProceedingMoved',
  { readonly from: Stage; readonly to: Stage; readonly on: Day; readonly outcome: Outcome | null }
>
export type Closed = DomainEvent<
  'ProceedingClosed',
  { readonly from: Stage; readonly reason: ClosedReason; readonly on: Day }
>
export type Reopened = DomainEvent<
  'ProceedingReopened',
  { readonly from: Stage; readonly to: Stage; readonly ground: ReopenGround; readonly on: Day }
>
export type Referred = DomainEvent<
  'ProceedingReferred',
  { readonly fromUnit: Uuid | null; readonly toUnit: Uuid; readonly article: string; readonly on: Day }
>
export type NextSet = DomainEvent<'ProceedingNextSet', { readonly on: Day; readonly what: string }>
export type AuthorityTold = DomainEvent<'ProceedingAuthorityTold', { readonly on: Day; readonly at: Instant }>
export type VictimAdded = DomainEvent<
  'ProceedingVictimAdded',
  {
    readonly victimId: Uuid
    readonly pseudonym: string
    readonly subject: 'child' | 'adult'
    readonly cooperation: Cooperation
  }
>
export type VictimLinked = DomainEvent<
  'ProceedingVictimLinked',
  { readonly victimId: Uuid; readonly code: string }
>
export type CooperationSet = DomainEvent<
  'ProceedingCooperationSet',
  { readonly victimId: Uuid; readonly cooperation: Cooperation; readonly on: Day }
>
export type SuspectAdded = DomainEvent<
  'ProceedingSuspectAdded',
  {
    readonly suspectId: Uuid
    readonly pseudonym: string
    readonly status: SuspectStatus
    readonly official: boolean
    readonly alsoVictim: boolean
    readonly on: Day
  }
>
export type SuspectMoved = DomainEvent<
  'ProceedingSuspectMoved',
  { readonly suspectId: Uuid; readonly status: SuspectStatus; readonly on: Day }
>
export type AidAssigned = DomainEvent<
  'ProceedingAidAssigned',
  {
    readonly aidId: Uuid
    readonly victimId: Uuid
    readonly kind: AidKind
    readonly basis: AidBasis
    readonly on: Day
  }
>
export type AidEnded = DomainEvent<'ProceedingAidEnded', { readonly aidId: Uuid; readonly on: Day }>
export type MeasureTaken = DomainEvent<
  'ProceedingMeasureTaken',
  { readonly measureId: Uuid; readonly victimId: Uuid; readonly measure: ProtectiveMeasure; readonly on: Day }
>
export type MeasureEnded = DomainEvent<
  'ProceedingMeasureEnded',
  { readonly measureId: Uuid; readonly on: Day }
>
export type AssetSeized = DomainEvent<
  'ProceedingAssetSeized',
  { readonly assetId: Uuid; readonly kind: AssetKind; readonly value: number | null; readonly on: Day }
>
export type AssetSettled = DomainEvent<
  'ProceedingAssetSettled',
  { readonly assetId: Uuid; readonly state: AssetState; readonly on: Day }
>
export type Claimed = DomainEvent<
  'ProceedingCompensationClaimed',
  {
    readonly claimId: Uuid
    readonly victimId: Uuid
    readonly route: ClaimRoute
    readonly amount: number
    readonly on: Day
  }
>
export type Awarded = DomainEvent<
  'ProceedingCompensationDecided',
  { readonly claimId: Uuid; readonly amount: number; readonly on: Day }
>
export type Paid = DomainEvent<
  'ProceedingCompensationPaid',
  { readonly claimId: Uuid; readonly amount: number; readonly on: Day; readonly bailiff: boolean }
>
export type ProceedingEvent =
  | Opened
  | ArticleSet
  | Moved
  | Closed
  | Reopened
  | Referred
  | NextSet
  | AuthorityTold
  | VictimAdded
  | VictimLinked
  | CooperationSet
  | SuspectAdded
  | SuspectMoved
  | AidAssigned
  | AidEnded
  | MeasureTaken
  | MeasureEnded
  | AssetSeized
  | AssetSettled
  | Claimed
  | Awarded
  | Paid
