/**
 * Registers of businesses, private employment agencies and tourism operators: code of conduct adopted, the child protection unit's
 * contact posted, inspections, sanctions up to loss of the licence (S000:684–716; S004:736–738). Bodies only: owners'
 * names are not kept. Pure.
 */

import { tiranaDay } from '../clock/tirana.ts'
import {
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Json,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { textParts } from '../parts.ts'
import type { workSectors } from './kinds.ts'
import { keepsBusiness, sanctionsBusiness } from './policy.ts'

export const businessKinds = ['business', 'employment_agency', 'tourism_operator'] as const
export type BusinessKind = (typeof businessKinds)[number]
export const licenceStates = ['none', 'valid', 'suspended', 'lost'] as const
export type LicenceState = (typeof licenceStates)[number]
export const sanctionKinds = ['warning', 'fine', 'suspension', 'licence_lost'] as const
export type SanctionKind = (typeof sanctionKinds)[number]

export interface BusinessBody {
  readonly kind: BusinessKind
  readonly name: string
  /** Tax number: a letter, eight digits, a letter. */
  readonly nipt: string | null
  readonly sector: (typeof workSectors)[number]
  readonly municipality: string
  readonly licence: 'none' | 'valid'
}
export interface Business {
  readonly id: Uuid
  readonly version: number
  readonly kind: BusinessKind
  readonly municipality: string
  readonly licence: LicenceState
  readonly codeAdoptedOn: Day | null
  readonly contactPostedOn: Day | null
  /** Sanctions so far that were not only a warning's first. */
  readonly sanctions: number
}
export interface Sanction {
  readonly kind: SanctionKind
  readonly on: Day
  readonly ground: string
  /** Whole lek; a fine has one. */
  readonly amount: number | null
  readonly inspectionId: Uuid | null
}

type Facts = Readonly<Record<string, Json>>
export type BusinessEntered = DomainEvent<'BusinessEntered', Facts>
export type BusinessCorrected = DomainEvent<'BusinessCorrected', Facts>
export type CodeAdopted = DomainEvent<'CodeAdopted', { readonly on: Day }>
export type ContactPosted = DomainEvent<'ContactPosted', { readonly on: Day; readonly seen: boolean }>
export type BusinessSanctioned = DomainEvent<'BusinessSanctioned', Facts>

const licensed = (kind: BusinessKind): boolean => kind !== 'business'

export function decideEnterBusiness(
  body: BusinessBody,
  twin: boolean,
  stamp: Stamp,
): Decision<BusinessEntered> {
  if (!keepsBusiness(stamp.actor, body.municipality)) return refuse('not_allowed', 'municipality')
  if (twin) return refuse('business_known', 'nipt')
  // Whoever trades alone does so under their own name and number.
  const { name, nipt, ...facts } = body
  return accept<BusinessEntered>({
    type: 'BusinessEntered',
    v: 2,
    facts,
    parts: textParts({ name, nipt }),
    touches: ['record'],
  })
}

export function decideCorrectBusiness(
  business: Business,
  body: { readonly name: string; readonly sector: string; readonly reason: string },
  stamp: Stamp,
): Decision<BusinessCorrected> {
  if (!keepsBusiness(stamp.actor, business.municipality)) return refuse('not_allowed')
  return accept<BusinessCorrected>({
    type: 'BusinessCorrected',
    v: 2,
    facts: { sector: body.sector },
    parts: textParts({ name: body.name, reason: body.reason }),
    touches: ['record'],
  })
}

const refuseDay = (on: Day, stamp: Stamp) => (on > tiranaDay(stamp.now) ? refuse('in_future', 'on') : null)

/** It adopted the code for workers under 18, and says what it does about it (S000:707–716). */
export function decideAdoptCode(
  business: Business,
  body: { readonly on: Day; readonly measures: string },
  stamp: Stamp,
): Decision<CodeAdopted> {
  if (!keepsBusiness(stamp.actor, business.municipality)) return refuse('not_allowed')
  if (business.codeAdoptedOn !== null) return refuse('business_code_adopted')
  return (
    refuseDay(body.on, stamp) ??
    accept<CodeAdopted>({
      type: 'CodeAdopted',
      v: 2,
      facts: { on: body.on },
      parts: textParts({ measures: body.measures }),
      touches: ['code'],
    })
  )
}

/** The contact of the child protection unit hangs where workers and guests see it; or no longer does. */
export function decidePostContact(
  business: Business,
  body: { readonly on: Day; readonly seen: boolean },
  stamp: Stamp,
): Decision<ContactPosted> {
  if (!keepsBusiness(stamp.actor, business.municipality)) return refuse('not_allowed')
  if (!body.seen && business.contactPostedOn === null) return refuse('business_contact_not_posted', 'seen')
  if (body.seen && business.contactPostedOn !== null) return refuse('business_contact_posted', 'seen')
  return (
    refuseDay(body.on, stamp) ??
    accept<ContactPosted>({ type: 'ContactPosted', v: 1, facts: { ...body }, touches: ['contact'] })
  )
}

/** A licence is suspended or lost only where there is one, and lost only after an earlier sanction (S004:738: repeated breaches). */
export function decideSanction(
  business: Business,
  body: Sanction,
  inspectionKnown: boolean,
  stamp: Stamp,
): Decision<BusinessSanctioned> {
  if (!sanctionsBusiness(stamp.actor)) return refuse('not_allowed')
  const late = refuseDay(body.on, stamp)
  if (late !== null) return late
  if (body.inspectionId !== null && !inspectionKnown)
    return refuse('business_inspection_unknown', 'inspectionId')
  if ((body.kind === 'fine') !== (body.amount !== null)) return refuse('business_fine_amount', 'amount')
  if (body.kind === 'suspension' || body.kind === 'licence_lost') {
    if (!licensed(business.kind) || business.licence === 'none') return refuse('business_no_licence', 'kind')
    if (business.licence === 'lost') return refuse('business_licence_lost', 'kind')
    if (body.kind === 'licence_lost' && business.sanctions === 0)
      return refuse('business_first_breach', 'kind')
  }
  const { ground, ...facts } = body
  return accept<BusinessSanctioned>({
    type: 'BusinessSanctioned',
    v: 2,
    facts,
    parts: textParts({ ground }),
    touches: ['licence'],
  })
}

export const licenceAfter = (licence: LicenceState, kind: SanctionKind): LicenceState =>
  kind === 'licence_lost' ? 'lost' : kind === 'suspension' ? 'suspended' : licence
