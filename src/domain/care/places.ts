/**
 * The registers of facilities of alternative care and of foster families: licence or approval, capacity, inspections and
 * reviews. A facility is entered by the State Agency; a family is kept by its municipality, and whoever assessed it does not
 * decide on it. [U] the bylaws on foster care and on licences were not read: hours and months are configuration.
 */
import { addMonths } from '../clock/tirana.ts'
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
import { textParts } from '../parts.ts'
import { type AgeBand, type BedGroup, type bedGroupSexes, fits, keepsPlace, type Occupant } from './beds.ts'

export const facilityKinds = ['residential', 'emergency', 'shelter', 'small_group_home', 'transit'] as const
export type FacilityKind = (typeof facilityKinds)[number]
export const placeStatuses = ['applied', 'assessed', 'approved', 'refused', 'suspended', 'closed'] as const
export type PlaceStatus = (typeof placeStatuses)[number]
export const visitKinds = ['inspection', 'assessment', 'review', 'training'] as const
export type VisitKind = (typeof visitKinds)[number]
/** What each kind of visit may end with. */
export const visitOutcomes = {
  inspection: ['meets', 'with_conditions', 'fails'],
  assessment: ['recommended', 'not_recommended'],
  review: ['continue', 'with_conditions', 'suspend'],
  training: [],
} as const satisfies Record<VisitKind, readonly string[]>
export type VisitOutcome = (typeof visitOutcomes)[VisitKind][number]
export const trainingTopics = [
  'basics',
  'trauma',
  'child_rights',
  'behaviour',
  'health',
  'contact_with_family',
  'other',
] as const
export const statusReasons = [
  'standards_not_met',
  'licence_over',
  'safety',
  'own_wish',
  'illness',
  'moved',
  'again_fit',
  'no_longer_needed',
] as const
export type StatusReason = (typeof statusReasons)[number]
export const refusalReasons = ['not_recommended', 'safety', 'housing', 'health', 'own_wish'] as const

/** A place as its decisions see it. */
export interface CarePlace {
  readonly id: Uuid
  readonly version: number
  readonly kind: 'facility' | 'foster_family'
  readonly unitId: Uuid
  readonly municipality: string
  readonly status: PlaceStatus
  readonly assessorId: Uuid | null
  readonly recommended: boolean | null
  readonly trainingHours: number
}
export interface PlaceLaw {
  readonly trainingHours: number
  readonly reviewMonths: number
  readonly inspectionMonths: number
}

export type FacilityBody = {
  readonly nameSq: string
  readonly nameEn: string
  readonly facilityKind: FacilityKind
  readonly institutionId: Uuid
  readonly unitId: Uuid
  readonly municipality: string
  readonly licenceNumber: string
  readonly licenceFrom: Day
  readonly licenceTo: Day | null
  readonly beds: readonly BedGroup[]
  readonly contact: string
  readonly phone: string | null
}
export type FamilyBody = {
  readonly names: string
  readonly phone: string | null
  readonly beds: readonly BedGroup[]
  readonly siblings: boolean
}
type Beds = readonly {
  readonly sex: (typeof bedGroupSexes)[number]
  readonly bands: readonly AgeBand[]
  readonly places: number
}[]
export type FacilitySet = DomainEvent<
  'FacilitySet',
  Omit<FacilityBody, 'contact' | 'phone' | 'beds'> & { readonly beds: Beds; readonly code: string }
>
export type FamilySet = DomainEvent<
  'FamilySet',
  {
    readonly beds: Beds
    readonly siblings: boolean
    readonly code: string
    readonly municipality: string
    readonly appliedOn: Day
  }
>
export type AddressSet = DomainEvent<'AddressSet', Record<string, never>>
export type FamilyDecided = DomainEvent<
  'FamilyDecided',
  { readonly approved: boolean; readonly reason: string | null; readonly checkDue: Day | null }
>
export type PlaceStatusSet = DomainEvent<
  'PlaceStatusSet',
  { readonly from: PlaceStatus; readonly to: PlaceStatus; readonly reason: StatusReason }
>
export type Visited = DomainEvent<
  'Visited',
  {
    readonly visitId: Uuid
    readonly kind: VisitKind
    readonly onDay: Day
    readonly outcome: VisitOutcome | null
    readonly hours: number | null
    readonly nextDue: Day | null
    readonly status: PlaceStatus
  }
>

const plain = (beds: readonly BedGroup[]): Beds =>
  beds.map((group) => ({ ...group, bands: [...group.bands] }))
const municipalKeeper = (actor: Actor, place: CarePlace): boolean =>
  place.kind === 'foster_family' &&
  (actor.role === 'cpw' || actor.role === 'cpu_head') &&
  actor.unitId === place.unitId
/** Suspends, reopens and closes: the State Agency facilities, the head or the director the families of the municipality. */
export const decidesOn = (actor: Actor, place: CarePlace): boolean =>
  place.kind === 'facility'
    ? actor.role === 'state_agency'
    : (actor.role === 'cpu_head' && actor.unitId === place.unitId) ||
      (actor.role === 'municipal_director' && actor.municipality === place.municipality)
export const mayVisit = (actor: Actor, place: CarePlace, kind: VisitKind): boolean =>
  place.kind === 'facility'
    ? kind === 'inspection' && actor.role === 'state_agency'
    : kind !== 'inspection' && municipalKeeper(actor, place)

/** `taken`: everybody who has or is promised a bed there. */
export function decideSetFacility(
  known: CarePlace | null,
  code: string,
  body: FacilityBody,
  taken: readonly Occupant[],
  stamp: Stamp,
): Decision<FacilitySet> {
  if (stamp.actor.role !== 'state_agency') return refuse('not_allowed')
  if (known !== null && known.kind !== 'facility') return refuse('wrong_state')
  if (known?.status === 'closed') return refuse('care_not_open')
  if (body.licenceTo !== null && body.licenceTo < body.licenceFrom)
    return refuse('care_licence_days', 'licenceTo')
  for (const field of ['nameSq', 'nameEn', 'contact'] as const)
    if (looksLikeAddress(body[field])) return refuse('care_address_told', field)
  if (!fits(body.beds, taken)) return refuse('care_capacity_taken', 'beds')
  const { contact, phone, beds, ...facts } = body
  return accept({
    type: 'FacilitySet',
    v: 1,
    facts: { ...facts, beds: plain(beds), code },
    parts: textParts({ names: contact, phone }),
    touches: ['entry'],
  })
}

const setFamily = (
  body: FamilyBody,
  facts: { readonly code: string; readonly municipality: string; readonly appliedOn: Day },
): FamilySet => ({
  type: 'FamilySet',
  v: 1,
  facts: { beds: plain(body.beds), siblings: body.siblings, ...facts },
  parts: textParts({ names: body.names, phone: body.phone }),
  touches: ['entry'],
})

export function decideApplyFamily(
  code: string,
  appliedOn: Day,
  body: FamilyBody,
  today: Day,
  stamp: Stamp,
): Decision<FamilySet> {
  const { actor } = stamp
  if ((actor.role !== 'cpw' && actor.role !== 'cpu_head') || actor.municipality === null)
    return refuse('not_allowed')
  if (appliedOn > today) return refuse('in_future', 'appliedOn')
  if (looksLikeAddress(body.names)) return refuse('care_address_told', 'names')
  return accept(setFamily(body, { code, municipality: actor.municipality, appliedOn }))
}

export function decideChangeFamily(
  known: CarePlace & { readonly code: string; readonly appliedOn: Day },
  body: FamilyBody,
  taken: readonly Occupant[],
  stamp: Stamp,
): Decision<FamilySet> {
  if (!municipalKeeper(stamp.actor, known)) return refuse('not_allowed')
  if (known.status === 'closed' || known.status === 'refused') return refuse('care_not_open')
  if (looksLikeAddress(body.names)) return refuse('care_address_told', 'names')
  if (!fits(body.beds, taken)) return refuse('care_capacity_taken', 'beds')
  return accept(
    setFamily(body, { code: known.code, municipality: known.municipality, appliedOn: known.appliedOn }),
  )
}

/** T4: only whoever lives or works there, or keeps the family, writes it down. */
export function decideSetAddress(known: CarePlace, address: string, stamp: Stamp): Decision<AddressSet> {
  const mine =
    known.kind === 'facility' ? keepsPlace(stamp.actor, known) : municipalKeeper(stamp.actor, known)
  if (!mine) return refuse('not_allowed')
  return accept({
    type: 'AddressSet',
    v: 1,
    facts: {},
    parts: [{ tier: 'T4', name: 'address', body: address }],
    touches: ['address'],
  })
}

export interface VisitBody {
  readonly kind: VisitKind
  readonly onDay: Day
  readonly outcome: VisitOutcome | null
  readonly scores: Readonly<Record<string, number>>
  readonly hours: number | null
  readonly nextDue: Day | null
}
export const scoresWhole = (scores: Readonly<Record<string, number>>, codes: readonly string[]): boolean =>
  codes.every((code) => scores[code] !== undefined) &&
  Object.keys(scores).every((code) => codes.includes(code))
export const outcomeFits = (kind: VisitKind, outcome: VisitOutcome | null): boolean =>
  outcome === null ? visitOutcomes[kind].length === 0 : visitOutcomes[kind].some((one) => one === outcome)

export function decideVisit(
  place: CarePlace,
  visitId: Uuid,
  body: VisitBody,
  standards: readonly string[],
  law: PlaceLaw,
  today: Day,
  stamp: Stamp,
): Decision<Visited> {
  if (!mayVisit(stamp.actor, place, body.kind)) return refuse('not_allowed')
  if (body.onDay > today) return refuse('in_future', 'onDay')
  if (place.status === 'closed' || place.status === 'refused') return refuse('care_not_open')
  if (!outcomeFits(body.kind, body.outcome)) return refuse('wrong_state', 'outcome')
  if (body.kind === 'inspection' && !scoresWhole(body.scores, standards))
    return refuse('care_scores_missing', 'scores')
  if (body.kind === 'assessment' && place.status !== 'applied' && place.status !== 'assessed')
    return refuse('wrong_state')
  if (body.kind === 'review' && place.status !== 'approved' && place.status !== 'suspended')
    return refuse('care_not_open')
  if (body.kind === 'training' && body.hours === null) return refuse('reason_required', 'hours')
  const months =
    body.kind === 'inspection' ? law.inspectionMonths : body.kind === 'review' ? law.reviewMonths : null
  const nextDue = months === null ? null : (body.nextDue ?? addMonths(body.onDay, months))
  if (nextDue !== null && nextDue <= body.onDay) return refuse('wrong_state', 'nextDue')
  const status: PlaceStatus =
    body.kind === 'assessment'
      ? 'assessed'
      : body.kind === 'review' && body.outcome === 'suspend'
        ? 'suspended'
        : place.status
  return accept({
    type: 'Visited',
    v: 1,
    facts: {
      visitId,
      kind: body.kind,
      onDay: body.onDay,
      outcome: body.outcome,
      hours: body.hours,
      nextDue,
      status,
    },
    touches: ['entry'],
  })
}

/** By another person than the assessor, and only with the training that the bylaw asks for. */
export function decideFamily(
  place: CarePlace,
  body: { readonly approved: boolean; readonly reason: string | null },
  law: PlaceLaw,
  today: Day,
  stamp: Stamp,
): Decision<FamilyDecided> {
  if (place.kind !== 'foster_family' || !decidesOn(stamp.actor, place)) return refuse('not_allowed')
  if (place.status !== 'assessed') return refuse('care_not_assessed')
  if (place.assessorId === stamp.actor.userId) return refuse('care_assessor_approves')
  if (!body.approved && body.reason === null) return refuse('reason_required', 'reason')
  if (body.approved && place.trainingHours < law.trainingHours)
    return refuse('care_training_missing', undefined, {
      hours: place.trainingHours,
      needed: law.trainingHours,
    })
  if (body.approved && place.recommended === false && body.reason === null)
    return refuse('reason_required', 'reason')
  return accept({
    type: 'FamilyDecided',
    v: 1,
    facts: {
      approved: body.approved,
      reason: body.reason,
      checkDue: body.approved ? addMonths(today, law.reviewMonths) : null,
    },
    touches: ['entry'],
  })
}

const steps: Partial<Record<PlaceStatus, readonly PlaceStatus[]>> = {
  approved: ['suspended', 'closed'],
  suspended: ['approved', 'closed'],
}
/** Nobody is left behind: a place closes only when its beds are given back. */
export function decidePlaceStatus(
  place: CarePlace,
  to: PlaceStatus,
  reason: StatusReason,
  taken: readonly Occupant[],
  stamp: Stamp,
): Decision<PlaceStatusSet> {
  if (!decidesOn(stamp.actor, place)) return refuse('not_allowed')
  if (!steps[place.status]?.includes(to)) return refuse('wrong_state', 'status')
  if (to === 'closed' && taken.length > 0) return refuse('care_capacity_taken')
  return accept({
    type: 'PlaceStatusSet',
    v: 1,
    facts: { from: place.status, to, reason },
    touches: ['entry'],
  })
}
