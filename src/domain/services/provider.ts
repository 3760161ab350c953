/**
 * The directory of services (S004, Mbrojtja: an updated list of services and providers): who may keep an entry and what it may
 * say. It is published as Open Referral HSDS 3.0, so nothing in it may lead to a shelter's door.
 */
import type { ServiceType } from '../case/record.ts'
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { looksLikeAddress } from '../net/directory.ts'

export const serviceStatuses = ['active', 'paused', 'closed'] as const
export type ServiceStatus = (typeof serviceStatuses)[number]
export const weekDays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
/** ISO 639-1; those spoken in the country and along its roads. */
export const spoken = ['sq', 'en', 'rom', 'el', 'mk', 'sr', 'it', 'de', 'tr', 'ar', 'fa', 'uk'] as const

export type ProviderPlace = {
  readonly id: Uuid
  readonly nameSq: string
  readonly nameEn: string
  readonly municipality: string
  readonly unitId: Uuid | null
  /** No address, no point on the map, never published. */
  readonly withheld: boolean
  readonly address: string | null
  readonly postalCode: string | null
  readonly latitude: number | null
  readonly longitude: number | null
}
export type ProviderProfile = {
  readonly descriptionSq: string
  readonly descriptionEn: string
  readonly website: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly licence: string | null
  readonly licenceUntil: Day | null
  readonly listed: boolean
  readonly places: readonly ProviderPlace[]
}
export type OfferedService = {
  readonly providerId: Uuid
  readonly service: ServiceType
  readonly nameSq: string
  readonly nameEn: string
  readonly descriptionSq: string
  readonly descriptionEn: string
  readonly howSq: string | null
  readonly howEn: string | null
  readonly minAge: number | null
  readonly maxAge: number | null
  readonly free: boolean
  readonly fees: string | null
  readonly languages: readonly (typeof spoken)[number][]
  readonly areas: readonly string[]
  readonly places: readonly Uuid[]
  readonly phone: string | null
  readonly days: readonly (typeof weekDays)[number][]
  /** `08:30`, Tirana's time; both or neither. */
  readonly opensAt: string | null
  readonly closesAt: string | null
}
export type ProviderSet = DomainEvent<'ProviderSet', ProviderProfile>
export type ServiceSet = DomainEvent<'ServiceSet', OfferedService & { readonly checkDue: Day | null }>
export type ServiceVerified = DomainEvent<'ServiceVerified', { readonly checkDue: Day | null }>
export type ServiceStatusSet = DomainEvent<
  'ServiceStatusSet',
  { readonly status: ServiceStatus; readonly reason: string }
>

/** What the world knows of the institution that offers something. */
export interface Provider {
  readonly id: Uuid
  readonly kind: string
  /** Where it works already; empty before its first profile. */
  readonly municipalities: readonly string[]
}
const keepsNone = [
  'admin',
  'dpo',
  'coordinator',
  'county_committee',
  'plan_officer',
  'peoples_advocate',
  'public',
] as const

/**
 * The State Agency keeps every entry, a provider its own, and the head of a unit or the director those that work in their
 * municipality alone (CPUs map providers). Shelters are kept by the State Agency and themselves.
 */
export const mayKeepProvider = (actor: Actor, provider: Provider): boolean => {
  if (actor.role === 'state_agency') return true
  if (actor.institutionId === provider.id) return !keepsNone.some((role) => role === actor.role)
  if (actor.role !== 'cpu_head' && actor.role !== 'municipal_director') return false
  return provider.kind !== 'shelter' && provider.municipalities.every((code) => code === actor.municipality)
}

const toldIn = <T extends object>(body: T, fields: readonly (keyof T & string)[]): string | undefined =>
  fields.find((field) => {
    const text = body[field]
    return typeof text === 'string' && looksLikeAddress(text)
  })

export function decideSetProvider(
  provider: Provider,
  body: ProviderProfile,
  stamp: Stamp,
): Decision<ProviderSet> {
  if (!mayKeepProvider(stamp.actor, provider)) return refuse('not_allowed')
  const own = stamp.actor.municipality
  const elsewhere =
    stamp.actor.role === 'cpu_head' || stamp.actor.role === 'municipal_director'
      ? body.places.findIndex((place) => place.municipality !== own)
      : -1
  if (elsewhere >= 0 && stamp.actor.institutionId !== provider.id)
    return refuse('service_place_elsewhere', `places.${elsewhere}.municipality`)
  for (const [n, place] of body.places.entries()) {
    const located = place.address ?? place.postalCode ?? place.latitude ?? place.longitude
    if (place.withheld && located !== null) return refuse('service_withheld_address', `places.${n}.address`)
    if (provider.kind === 'shelter' && !place.withheld)
      return refuse('service_shelter_withheld', `places.${n}.withheld`)
    if ((place.latitude === null) !== (place.longitude === null))
      return refuse('service_point_whole', `places.${n}.latitude`)
    if (place.withheld && toldIn(place, ['nameSq', 'nameEn']) !== undefined)
      return refuse('net_address', `places.${n}.nameSq`)
  }
  const told = toldIn(body, ['descriptionSq', 'descriptionEn'])
  if (told !== undefined) return refuse('net_address', told)
  return accept({
    type: 'ProviderSet',
    v: 1,
    facts: { ...body, places: body.places.map((place) => ({ ...place })) },
    touches: ['entry'],
  })
}

export function decideSetService(
  provider: Provider & { readonly places: readonly { readonly id: Uuid; readonly used: boolean }[] },
  body: OfferedService,
  checkDue: Day | null,
  stamp: Stamp,
): Decision<ServiceSet> {
  if (!mayKeepProvider(stamp.actor, provider)) return refuse('not_allowed')
  if (body.minAge !== null && body.maxAge !== null && body.minAge > body.maxAge)
    return refuse('service_ages', 'maxAge')
  if (body.free && body.fees !== null) return refuse('service_free_fees', 'fees')
  if ((body.opensAt === null) !== (body.closesAt === null)) return refuse('service_hours', 'closesAt')
  if (body.opensAt !== null && body.closesAt !== null && body.closesAt <= body.opensAt)
    return refuse('service_hours', 'closesAt')
  const stranger = body.places.findIndex((id) => !provider.places.some((one) => one.id === id && one.used))
  if (stranger >= 0) return refuse('service_place_unknown', `places.${stranger}`)
  const told = toldIn(body, ['nameSq', 'nameEn', 'descriptionSq', 'descriptionEn', 'howSq', 'howEn'])
  if (told !== undefined) return refuse('net_address', told)
  return accept({
    type: 'ServiceSet',
    v: 1,
    facts: {
      ...body,
      languages: [...body.languages],
      areas: [...body.areas],
      places: [...body.places],
      days: [...body.days],
      checkDue,
    },
    touches: ['entry'],
  })
}

/** Somebody who keeps the entry says that all of it is right today (D37 begins anew). */
export const decideVerifyService = (
  provider: Provider,
  status: ServiceStatus,
  checkDue: Day | null,
  stamp: Stamp,
): Decision<ServiceVerified> => {
  if (!mayKeepProvider(stamp.actor, provider)) return refuse('not_allowed')
  if (status === 'closed') return refuse('service_closed')
  return accept({ type: 'ServiceVerified', v: 1, facts: { checkDue }, touches: ['entry'] })
}

export const decideServiceStatus = (
  provider: Provider,
  from: ServiceStatus,
  body: { readonly status: ServiceStatus; readonly reason: string },
  stamp: Stamp,
): Decision<ServiceStatusSet> => {
  if (!mayKeepProvider(stamp.actor, provider)) return refuse('not_allowed')
  if (from === 'closed') return refuse('service_closed')
  if (from === body.status) return refuse('net_nothing_changes', 'status')
  return accept({ type: 'ServiceStatusSet', v: 1, facts: { ...body }, touches: ['entry'] })
}
