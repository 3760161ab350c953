/** What a report says: the codes it may use and the shape of what is told. Lists that may change are configuration. */
import type { Uuid } from '../core.ts'
import type { PartialDate } from '../partial-date.ts'

/** Who speaks (domain specification, section 2). */
export const sourceTypes = [
  'police',
  'border_police',
  'cpu',
  'school',
  'health',
  'labour_inspectorate',
  'field_team',
  'shelter',
  'day_centre',
  'ngo',
  'consulate',
  'hotline',
  'public',
  'self',
  'private_sector',
  'civil_status',
  'education',
  'employment',
  'prosecution',
  'other_institution',
] as const
export type SourceType = (typeof sourceTypes)[number]

/** By which way it came in; the three lines are numbers of the national plan. */
export const channels = [
  'web',
  '116006',
  '116111',
  '112',
  'walk_in',
  'field',
  'phone',
  'letter',
  'app',
] as const
export type Channel = (typeof channels)[number]
export const lines = ['116006', '116111', '112'] as const satisfies readonly Channel[]

/** How near the danger is, as the reporter sees it; triage must settle it. */
export const immediacies = ['immediate', 'high', 'ordinary', 'unknown'] as const
export type Immediacy = (typeof immediacies)[number]

export const sexes = ['female', 'male', 'unknown'] as const
export type Sex = (typeof sexes)[number]

/** Kinds of institution that a sealed tip may name. */
export const tipInstitutions = [
  'police',
  'border_police',
  'municipality',
  'cpu',
  'school',
  'health',
  'labour_inspectorate',
  'shelter',
  'prosecution',
  'court',
  'other',
] as const
export type TipInstitution = (typeof tipInstitutions)[number]

/** Bodies whose own people read reports: who spoke of one of them must not be found in what they read. */
export const readingInstitutions: readonly TipInstitution[] = ['cpu', 'municipality']

export const companionRelations = [
  'parent',
  'relative',
  'other_adult',
  'sibling',
  'other_child',
  'unknown',
] as const
export type CompanionRelation = (typeof companionRelations)[number]

/** One child as reported; nothing is required, for a child nobody can name is still a child in danger. */
export type ReportedChild = {
  readonly givenName?: string | undefined
  readonly familyName?: string | undefined
  /** Nicknames, other spellings, names in other documents. */
  readonly otherNames?: string | undefined
  readonly sex?: Sex | undefined
  readonly birth?: PartialDate | undefined
  /** Estimated age in whole years on the day of the report, where no birth is known. */
  readonly age?: number | undefined
  /** ISO 3166-1 alpha-2. */
  readonly citizenship?: string | undefined
  readonly description?: string | undefined
  readonly address?: string | undefined
  readonly contact?: string | undefined
}

export type Companion = {
  readonly relation: CompanionRelation
  readonly sex?: Sex | undefined
  readonly age?: number | undefined
  readonly description?: string | undefined
}

export type ReportedPlace = {
  /** Code 01–61 of the municipality, which routes the report to its unit; null when nobody knows it. */
  readonly municipality: string | null
  readonly text?: string | undefined
  /** WGS 84 degrees. */
  readonly point?: { readonly lon: number; readonly lat: number } | undefined
  readonly hotspotId?: Uuid | undefined
}

export type ReporterIdentity = {
  readonly name?: string | undefined
  readonly phone?: string | undefined
  readonly email?: string | undefined
  readonly relation?: string | undefined
  /** When a call does not put the reporter in danger. */
  readonly safeTime?: string | undefined
  readonly mayCallBack: boolean
}

export const consulatePapers = ['valid', 'expired', 'lost', 'taken', 'none', 'unknown'] as const
export const consulateWishes = ['yes', 'no', 'undecided', 'not_asked'] as const
/** What a consulate knows besides: where the person is, what papers they have, whether they wish to return. */
export type FromConsulate = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly post: string
  readonly papers: (typeof consulatePapers)[number]
  readonly wishesReturn: (typeof consulateWishes)[number]
}

export type ReceiveBody = {
  readonly source: SourceType
  readonly channel: Channel
  readonly place: ReportedPlace
  readonly immediacy: Immediacy
  readonly concerns: readonly string[]
  readonly narrative?: string | undefined
  readonly children: readonly ReportedChild[]
  /** What the child was seen doing (field teams); a configured code. */
  readonly activity?: string | undefined
  readonly companions?: readonly Companion[] | undefined
  readonly reporter?: ReporterIdentity | undefined
  /** Police only: the child is already in protection (DCM 129/2019). */
  readonly immediateProtection?: boolean | undefined
}

/** Sealed word about an official; it never travels with the report. */
export type TipBody = { readonly institution: TipInstitution; readonly text: string }

/** The configured lists of a country, in force on a day. Loaded from reference data, never constants. */
export interface IntakeRules {
  readonly concerns: readonly string[]
  readonly activities: readonly string[]
  /** Days in which a screened-out report may be taken up again. */
  readonly reviewDays: number
  /** Days after which a receipt reads closed, whatever became of the report. */
  readonly receiptDays: number
  /** Days for which a professional sees the status of an own report. */
  readonly ownReportDays: number
}

/** A child once it has an identity inside the report. */
export type ListedChild = {
  readonly childId: Uuid
  readonly sex: Sex
  readonly birth: PartialDate | null
}
