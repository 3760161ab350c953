/**
 * What the register gives of one NRM file to others: codes, days and a pseudonym. No name, no number of a document, no
 * place smaller than a municipality (domain specification, section 12: exports never contain names).
 */
import type { Day } from '../core.ts'
import type { Territory } from '../screening.ts'

export const trackStatuses = [
  'vmt',
  'formal_pending',
  'vt',
  'not_confirmed',
  'declined_formal',
  'exited',
] as const
export type TrackStatus = (typeof trackStatuses)[number]

export const trackPhases = [
  'NEEDS_ASSESSED',
  'EMERGENCY',
  'STABILISATION',
  'REINTEGRATION',
  'MONITORING',
  'EXITED',
] as const

export interface TrackStep {
  readonly status: TrackStatus
  readonly on: Day
  /** Kind of body that took the step. */
  readonly structure: string
}
export interface TrackReferral {
  readonly on: Day
  readonly service: string
  /** Kind of body asked. */
  readonly to: string
  readonly state: string
}
export interface TrackService {
  readonly service: string
  readonly setting: string
  readonly from: Day
  readonly until: Day | null
}
export interface TrackReturn {
  readonly direction: string
  readonly country: string
  readonly status: string
  readonly on: Day | null
}

export interface TrackRecord {
  /** Pseudonymous: ours, or for an imported record its source's own. */
  readonly id: string
  readonly subject: 'child' | 'adult'
  readonly status: TrackStatus
  readonly phase: string | null
  readonly sex: 'female' | 'male' | 'unknown'
  /** Span of birth years; both null when unknown. */
  readonly bornFrom: number | null
  readonly bornTo: number | null
  /** ISO 3166, two letters. */
  readonly citizenship: string | null
  readonly door: string | null
  /** Kind of body that identified. */
  readonly structure: string
  readonly forms: readonly string[]
  readonly territory: Territory
  readonly prior: boolean
  readonly municipality: string | null
  readonly county: string | null
  readonly openedOn: Day | null
  readonly steps: readonly TrackStep[]
  /** Means of control, as codes of the standard. */
  readonly control: readonly string[]
  readonly referrals: readonly TrackReferral[]
  readonly services: readonly TrackService[]
  readonly returns: readonly TrackReturn[]
}
