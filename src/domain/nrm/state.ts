/**
 * A file of the trafficking track: one identification of one person (domain specification, 3.4). It lies over a child's
 * case, or is the only file of an adult. A status is never skipped, overwritten or taken back; being trafficked again
 * is a new file that points to the one before.
 */
import type { Day, DomainEvent, Instant, Uuid } from '../core.ts'
import type { IdentificationStatus } from '../identification.ts'
import type { Subject, Territory } from '../screening.ts'

export const nrmStatuses = [
  'vmt',
  'formal_pending',
  'vt',
  'not_confirmed',
  'declined_formal',
  'exited',
] as const satisfies readonly IdentificationStatus[]
export type NrmStatus = (typeof nrmStatuses)[number]

/** Phases of assistance (3.6); names unconfirmed. */
export const nrmPhases = [
  'NEEDS_ASSESSED',
  'EMERGENCY',
  'STABILISATION',
  'REINTEGRATION',
  'MONITORING',
  'EXITED',
] as const
export type NrmPhase = (typeof nrmPhases)[number]

/** Where the person was met. */
export const nrmDoors = [
  'border',
  'field',
  'inspection',
  'consulate',
  'school',
  'health',
  'hotline',
  'self',
  'private',
  'case',
] as const
export type NrmDoor = (typeof nrmDoors)[number]

export interface NrmFile {
  readonly id: Uuid
  readonly code: string
  readonly version: number
  readonly personId: Uuid
  /** The child's case; null for an adult, who never needs one. */
  readonly caseId: Uuid | null
  readonly subject: Subject
  readonly status: NrmStatus
  readonly phase: NrmPhase | null
  /** Who manages: the child's unit; for an adult the regional social service, or the shelter it was handed to. */
  readonly unitId: Uuid
  readonly managerId: Uuid | null
  /** Kind of body that identified: a role. */
  readonly structure: string
  readonly door: NrmDoor
  readonly forms: readonly string[]
  readonly territory: Territory
  /** The same person's earlier file: being trafficked again. */
  readonly priorId: Uuid | null
  readonly municipality: string | null
  readonly county: string | null
  readonly openedBy: Uuid
  readonly openedUnit: Uuid
  readonly openedAt: Instant
  readonly statusAt: Instant
  readonly exitedAt: Instant | null
  /** Two persons lowered the screening that had opened it. */
  readonly lowered: boolean
}

export type NrmOpened = DomainEvent<
  'NrmOpened',
  {
    readonly code: string
    readonly personId: Uuid
    readonly caseId: Uuid | null
    readonly subject: Subject
    readonly status: NrmStatus
    readonly unitId: Uuid
    readonly structure: string
    readonly door: NrmDoor
    readonly forms: readonly string[]
    readonly territory: Territory
    readonly priorId: Uuid | null
    readonly priorTrafficking: boolean
    readonly municipality: string | null
    readonly county: string | null
    readonly identificationId: Uuid
    /** Elements found, and whether a person went beyond what they advise. */
    readonly met: number | null
    readonly upward: boolean
  }
>
export type NrmStatusSet = DomainEvent<
  'NrmStatusSet',
  {
    readonly from: NrmStatus
    readonly to: NrmStatus
    readonly identificationId: Uuid
    readonly on: Day
    /** Accounts or bodies that signed, as codes. */
    readonly signatories: readonly string[]
    readonly by: 'self' | 'representative' | null
    readonly reason: string | null
    readonly consentId: Uuid | null
    readonly lowered: boolean
  }
>
export type NrmTaken = DomainEvent<'NrmTaken', { readonly managerId: Uuid }>
export type NrmHandedOver = DomainEvent<
  'NrmHandedOver',
  { readonly fromUnitId: Uuid; readonly unitId: Uuid; readonly county: string | null }
>
/** What an adult's file tells in words was corrected; the older words stay with the events before, until they are erased. */
export type NrmCorrected = DomainEvent<
  'NrmCorrected',
  { readonly changed: readonly ('summary' | 'contact')[] }
>
export type NrmEvent = NrmOpened | NrmStatusSet | NrmTaken | NrmHandedOver | NrmCorrected

/** Steps of 3.4; what is not here is refused, and refused again by the database. */
const steps: Readonly<Record<NrmStatus, readonly NrmStatus[]>> = {
  vmt: ['formal_pending', 'declined_formal', 'exited'],
  formal_pending: ['vt', 'not_confirmed', 'declined_formal'],
  vt: ['exited'],
  not_confirmed: [],
  declined_formal: ['formal_pending', 'exited'],
  exited: [],
}
export const nextSteps = (from: NrmStatus): readonly NrmStatus[] => steps[from]
export const mayMove = (from: NrmStatus, to: NrmStatus): boolean => steps[from].includes(to)
export const isNrmStatus = (status: string): status is NrmStatus =>
  nrmStatuses.some((known) => known === status)

/** Statuses after which the same person, identified anew, is trafficked again: a new file. */
export const startsAnew = (status: NrmStatus): boolean =>
  status === 'vt' || status === 'not_confirmed' || status === 'exited'

export const opened = (
  id: Uuid,
  event: NrmOpened,
  at: { readonly now: Instant; readonly by: Uuid; readonly unit: Uuid },
  managerId: Uuid | null = null,
): NrmFile => {
  const f = event.facts
  return {
    id,
    code: f.code,
    version: 1,
    personId: f.personId,
    caseId: f.caseId,
    subject: f.subject,
    status: f.status,
    phase: null,
    unitId: f.unitId,
    managerId,
    structure: f.structure,
    door: f.door,
    forms: f.forms,
    territory: f.territory,
    priorId: f.priorId,
    municipality: f.municipality,
    county: f.county,
    openedBy: at.by,
    openedUnit: at.unit,
    openedAt: at.now,
    statusAt: at.now,
    exitedAt: null,
    lowered: false,
  }
}

/** What one event of the file makes of it; `now` is when it was recorded. */
export const apply = (file: NrmFile, event: NrmEvent, now: Instant): NrmFile => {
  switch (event.type) {
    case 'NrmOpened':
    case 'NrmCorrected':
      return file
    case 'NrmStatusSet':
      return {
        ...file,
        status: event.facts.to,
        statusAt: now,
        exitedAt: event.facts.to === 'exited' ? now : file.exitedAt,
        lowered: event.facts.lowered,
      }
    case 'NrmTaken':
      return { ...file, managerId: event.facts.managerId }
    case 'NrmHandedOver':
      return { ...file, unitId: event.facts.unitId, managerId: null, county: event.facts.county }
  }
}
