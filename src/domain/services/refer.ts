/**
 * From an action of a child's plan to a provider of the directory (S004, Mbrojtja: referral to services by an updated list): what may be
 * asked of whoever answers there, which entries come first, and when an action or an entry can no longer be referred.
 */
import type { ServiceType } from '../case/record.ts'
import type { ActionStatus } from '../case/state.ts'
import type { Uuid } from '../core.ts'
import { type PacketField, type RecipientKind, type ReferralService, servicesOf } from '../referral/packet.ts'
import type { Refusal } from '../refusal.ts'
import type { ServiceStatus } from './provider.ts'

/** As what a kind of service can be asked for by referral, the nearest first; where a recipient gives none of them, «other». */
const askedAs: Readonly<Partial<Record<ServiceType, readonly ReferralService[]>>> = {
  medical: ['treatment', 'health_check'],
  psychological: ['psychological_support'],
  physical_protection: ['police_protection', 'emergency_shelter'],
  housing: ['housing', 'shelter_reintegration', 'emergency_shelter'],
  education: ['enrolment', 'attendance_support'],
  vocational: ['vocational_training'],
  employment_family: ['parent_employment'],
  leisure: ['day_care'],
  rehabilitation: ['shelter_reintegration', 'psychological_support', 'treatment'],
  documents: ['birth_registration'],
  civil_registration: ['birth_registration'],
  vaccination: ['health_check'],
  health_card: ['health_cover', 'health_check'],
  enrolment: ['enrolment'],
  attendance: ['attendance_support'],
  second_chance: ['second_chance'],
  parent_employment: ['parent_employment'],
  parent_training: ['vocational_training'],
  day_centre: ['day_care'],
  free_medicine: ['treatment', 'health_cover'],
  after_school: ['attendance_support', 'day_care'],
  free_creche: ['creche_place'],
  reintegration_package: ['shelter_reintegration'],
}

/** What such a recipient is asked for; null where it gives nothing of the kind. */
export const serviceAskedOf = (kind: RecipientKind, service: ServiceType): ReferralService | null => {
  const given = servicesOf[kind]
  return askedAs[service]?.find((one) => given.includes(one)) ?? (given.includes('other') ? 'other' : null)
}

/** The field of the packet that says what the child needs of this recipient; null where its packet has none. */
export const purposeField: Readonly<Record<RecipientKind, PacketField | null>> = {
  school: 'enrolment_need',
  health: 'health_need',
  civil_status: null,
  employment: null,
  labour_inspectorate: null,
  police: null,
  shelter: 'needs',
  consulate: 'return_need',
  day_centre: 'day_need',
  education_directorate: 'enrolment_need',
  health_fund: 'cover_need',
  housing_office: 'housing_need',
  creche: 'day_need',
  cpu_intake: 'needs',
  cpu_transfer: null,
}

/** What the ranking asks of an entry. */
export interface Offer {
  readonly status: ServiceStatus
  /** Nobody has said within 180 days that it is still right (D37). */
  readonly stale: boolean
  /** Municipalities and counties served; empty: the whole country. */
  readonly areas: readonly string[]
  /** Municipalities where it has a place. */
  readonly towns: readonly string[]
  readonly minAge: number | null
  readonly maxAge: number | null
}
/** Where the child is and how old, in whole years from–to; null where unknown. */
export interface Asking {
  readonly municipality: string
  readonly county: string
  readonly ages: { readonly from: number; readonly to: number } | null
}
export interface Fit {
  readonly area: boolean
  readonly age: boolean
}

/** An unknown age closes no door. */
export const fitOf = (offer: Offer, child: Asking): Fit => ({
  area:
    offer.areas.length === 0 ||
    [...offer.areas, ...offer.towns].some((one) => one === child.municipality || one === child.county),
  age:
    child.ages === null ||
    ((offer.minAge === null || child.ages.to >= offer.minAge) &&
      (offer.maxAge === null || child.ages.from <= offer.maxAge)),
})

/** 0: open, verified, serves the place and the age. Each thing that is wrong puts it further back: paused most, then age, area, unverified. */
export const placeInLine = (offer: Offer, child: Asking): number => {
  const { area, age } = fitOf(offer, child)
  return (offer.status === 'active' ? 0 : 8) + (age ? 0 : 4) + (area ? 0 : 2) + (offer.stale ? 1 : 0)
}

/** The action and the entry a referral names, as they stand now. */
export interface Named {
  readonly action: {
    readonly id: Uuid
    readonly status: ActionStatus
    /** Units that were asked for it and have not yet closed the referral. */
    readonly waitsAt: readonly Uuid[]
  } | null
  readonly entry: {
    readonly id: Uuid
    readonly status: ServiceStatus
    /** Units that answer at its places. */
    readonly units: readonly Uuid[]
  } | null
}

/** Why a referral cannot name this action or this entry. */
export function namedBar({ action, entry }: Named, toUnitId: Uuid): Refusal | null {
  if (action !== null && (action.status === 'done' || action.status === 'dropped'))
    return { code: 'referral_action_ended', field: 'actionId' }
  if (action?.waitsAt.includes(toUnitId)) return { code: 'referral_action_waits', field: 'toUnitId' }
  if (entry !== null && entry.status !== 'active')
    return { code: 'referral_entry_not_open', field: 'entryId' }
  if (entry !== null && !entry.units.includes(toUnitId))
    return { code: 'referral_entry_elsewhere', field: 'toUnitId' }
  return null
}
