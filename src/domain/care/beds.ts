/**
 * Beds of facilities and foster families: which are free for whom, and how a bed is held, promised, taken and given back.
 * A hold tells the facility a sex and an age band and nothing else of the child (domain specification, section 5).
 */
import {
  type Actor,
  accept,
  type Decision,
  type DomainEvent,
  type Instant,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { looksLikeAddress } from '../net/directory.ts'
import { textParts } from '../parts.ts'

export const bedSexes = ['female', 'male'] as const
export type BedSex = (typeof bedSexes)[number]
/** `adult`: victims of age, and a parent who comes along. */
export const ageBands = ['under_3', '3_5', '6_11', '12_14', '15_17', 'adult'] as const
export type AgeBand = (typeof ageBands)[number]
export const bedGroupSexes = ['female', 'male', 'any'] as const

/** Whom a bed must suit. */
export interface Occupant {
  readonly sex: BedSex
  readonly ageBand: AgeBand
}
/** Beds that suit the same people; the capacity of a place is the sum of its groups. */
export type BedGroup = {
  readonly sex: (typeof bedGroupSexes)[number]
  readonly bands: readonly AgeBand[]
  readonly places: number
}

const lastYears = [2, 5, 11, 14, 17] as const
/** The band of a completed age in years. */
export const ageBandOf = (years: number): AgeBand =>
  ageBands[lastYears.findIndex((last) => years <= last)] ?? 'adult'

export const capacityOf = (groups: readonly BedGroup[]): number =>
  groups.reduce((sum, group) => sum + group.places, 0)

const suits = (group: BedGroup, who: Occupant): boolean =>
  (group.sex === 'any' || group.sex === who.sex) && group.bands.includes(who.ageBand)

/** Seats people in groups, moving earlier ones between groups where that makes room (augmenting paths). */
class Seating {
  readonly #groups: readonly BedGroup[]
  readonly #seated: Occupant[][]

  constructor(groups: readonly BedGroup[]) {
    this.#groups = groups
    this.#seated = groups.map(() => [])
  }

  seat(who: Occupant): boolean {
    return this.#seat(who, new Set())
  }

  #seat(who: Occupant, tried: Set<number>): boolean {
    for (const [n, group] of this.#groups.entries()) {
      if (tried.has(n) || !suits(group, who)) continue
      tried.add(n)
      const seated = this.#seated[n] ?? []
      if (seated.length < group.places) {
        seated.push(who)
        return true
      }
      for (const [at, other] of seated.entries()) {
        if (this.#seat(other, tried)) {
          seated[at] = who
          return true
        }
      }
    }
    return false
  }
}

/** Whether all of them have a bed that suits them, each a bed of their own. */
export const fits = (groups: readonly BedGroup[], people: readonly Occupant[]): boolean => {
  const seating = new Seating(groups)
  return people.every((who) => seating.seat(who))
}

/** How many more of this sex and band the place takes beside those in it: never below nought. */
export const freeFor = (groups: readonly BedGroup[], taken: readonly Occupant[], who: Occupant): number => {
  const seating = new Seating(groups)
  if (!taken.every((one) => seating.seat(one))) return 0
  let free = 0
  while (seating.seat(who)) free += 1
  return free
}

export const holdStates = ['HELD', 'CONFIRMED', 'OCCUPIED', 'RELEASED', 'REFUSED', 'EXPIRED'] as const
export type HoldState = (typeof holdStates)[number]
/** Why a bed is refused or given back; codes, so that nobody writes of a child. */
export const refuseReasons = [
  'no_suitable_bed',
  'illness_in_house',
  'staff_missing',
  'risk_of_others',
  'repairs',
  'closing',
] as const
export const releaseReasons = [
  'not_needed',
  'other_place',
  'not_arrived',
  'placement_ended',
  'moved',
  'entered_by_mistake',
] as const
export type RefuseReason = (typeof refuseReasons)[number]
export type ReleaseReason = (typeof releaseReasons)[number]

export interface BedHold extends Occupant {
  readonly id: Uuid
  readonly version: number
  readonly placeId: Uuid
  readonly state: HoldState
  readonly heldByUnit: Uuid
  readonly heldById: Uuid
  /** When a held or promised bed is free again; null once occupied or over. */
  readonly expiresAt: Instant | null
}
/** What deciding about beds must know of a place. */
export interface BedPlace {
  readonly id: Uuid
  readonly kind: 'facility' | 'foster_family'
  readonly status: string
  /** Whose staff answers. */
  readonly unitId: Uuid
  readonly groups: readonly BedGroup[]
  /** Last day of the licence; null: none is needed, or it has no end. */
  readonly licenceTo: string | null
}
/** Values that the law leaves open [U]; from reference/al/care.json. */
export interface BedLaw {
  readonly holdHours: number
  readonly confirmedHours: number
  /** How many beds one person keeps that nobody has answered yet. */
  readonly holdsAtOnce: number
}

type Change = { readonly from: HoldState; readonly to: HoldState; readonly expiresAt: Instant | null }
export type BedHeld = DomainEvent<
  'BedHeld',
  {
    readonly placeId: Uuid
    readonly sex: BedSex
    readonly ageBand: AgeBand
    readonly state: HoldState
    readonly expiresAt: Instant | null
  }
>
export type BedMoved = DomainEvent<'BedMoved', Change & { readonly reason: string | null }>
export type BedEvent = BedHeld | BedMoved

const after = (now: Instant, hours: number): Instant =>
  new Date(Date.parse(now) + hours * 3_600_000).toISOString()
const keeperRoles = ['shelter', 'day_centre', 'cpw', 'cpu_head', 'municipal_director'] as const
/** The staff whose own unit keeps the beds. */
export const keepsPlace = (actor: Actor, place: { readonly unitId: Uuid }): boolean =>
  actor.unitId === place.unitId && keeperRoles.some((role) => role === actor.role)
/** For a child its unit; for an adult the regional social service that manages the file. */
export const mayHoldBeds = (actor: Actor): boolean =>
  actor.role === 'cpw' || actor.role === 'cpu_head' || actor.role === 'social_service'

export const hasLapsed = (hold: Pick<BedHold, 'state' | 'expiresAt'>, now: Instant): boolean =>
  (hold.state === 'HELD' || hold.state === 'CONFIRMED') && hold.expiresAt !== null && hold.expiresAt <= now
/** Whether it takes a bed at this instant: a lapsed hold does not, whether or not anybody has written so. */
export const isLive = (hold: Pick<BedHold, 'state' | 'expiresAt'>, now: Instant): boolean =>
  hold.state === 'OCCUPIED' ||
  ((hold.state === 'HELD' || hold.state === 'CONFIRMED') && !hasLapsed(hold, now))

/** What keeps a place from taking anybody in now; null when it is open. */
export const closedBecause = (
  place: BedPlace,
  today: string,
): 'care_not_open' | 'care_licence_over' | null => {
  if (place.status !== 'approved') return 'care_not_open'
  return place.licenceTo !== null && place.licenceTo < today ? 'care_licence_over' : null
}

const held = (place: BedPlace, who: Occupant, state: HoldState, expiresAt: Instant | null): BedHeld => ({
  type: 'BedHeld',
  v: 1,
  facts: { placeId: place.id, sex: who.sex, ageBand: who.ageBand, state, expiresAt },
  touches: ['state'],
})
const canTake = (place: BedPlace, taken: readonly Occupant[], who: Occupant, today: string) => {
  const closed = closedBecause(place, today)
  if (closed !== null) return closed
  return freeFor(place.groups, taken, who) > 0 ? null : ('care_no_bed' as const)
}

/** `taken`: everybody who has or is promised a bed there at this instant. `own`: how many unanswered beds this person holds anywhere. */
export function decideHoldBed(
  place: BedPlace,
  taken: readonly Occupant[],
  who: Occupant,
  law: BedLaw,
  today: string,
  stamp: Stamp,
  own: number,
): Decision<BedHeld> {
  if (!mayHoldBeds(stamp.actor) || (stamp.actor.role === 'social_service' && who.ageBand !== 'adult'))
    return refuse('not_allowed')
  if (own >= law.holdsAtOnce) return refuse('care_holds_many', undefined, { most: law.holdsAtOnce })
  const why = canTake(place, taken, who, today)
  if (why !== null) return refuse(why)
  return accept(held(place, who, 'HELD', after(stamp.now, law.holdHours)))
}

/** Somebody who came otherwise than by a hold: the facility says so itself, or its free beds would be a fiction. */
export function decideTakeBed(
  place: BedPlace,
  taken: readonly Occupant[],
  who: Occupant,
  today: string,
  stamp: Stamp,
): Decision<BedHeld> {
  if (!keepsPlace(stamp.actor, place)) return refuse('not_allowed')
  const why = canTake(place, taken, who, today)
  if (why !== null) return refuse(why)
  return accept(held(place, who, 'OCCUPIED', null))
}

const moved = (
  hold: BedHold,
  to: HoldState,
  expiresAt: Instant | null,
  reason: string | null,
  said: string | null = null,
): BedMoved => ({
  type: 'BedMoved',
  v: 1,
  facts: { from: hold.state, to, expiresAt, reason },
  parts: textParts({ said }),
  touches: ['state'],
})

/** `said`: what the place writes to whoever asked; an address stays in its own part. */
export function decideConfirmBed(
  hold: BedHold,
  place: BedPlace,
  law: BedLaw,
  said: string | null,
  stamp: Stamp,
): Decision<BedMoved> {
  if (!keepsPlace(stamp.actor, place)) return refuse('not_allowed')
  if (hold.state !== 'HELD') return refuse('care_hold_state')
  if (hasLapsed(hold, stamp.now)) return refuse('care_hold_lapsed')
  if (said !== null && looksLikeAddress(said)) return refuse('care_address_told', 'said')
  return accept(moved(hold, 'CONFIRMED', after(stamp.now, law.confirmedHours), null, said))
}

export function decideRefuseBed(
  hold: BedHold,
  place: BedPlace,
  reason: RefuseReason,
  said: string,
  stamp: Stamp,
): Decision<BedMoved> {
  if (!keepsPlace(stamp.actor, place)) return refuse('not_allowed')
  if (hold.state !== 'HELD') return refuse('care_hold_state')
  if (looksLikeAddress(said)) return refuse('care_address_told', 'said')
  return accept(moved(hold, 'REFUSED', null, reason, said))
}

/** The child has come: by the unit that held the bed, with the placement. */
export function decideOccupyBed(hold: BedHold, mayActFor: boolean, stamp: Stamp): Decision<BedMoved> {
  if (!mayActFor) return refuse('not_allowed')
  if (hold.state !== 'CONFIRMED') return refuse('care_hold_state')
  if (hasLapsed(hold, stamp.now)) return refuse('care_hold_lapsed')
  return accept(moved(hold, 'OCCUPIED', null, null))
}

/** By whoever held it or keeps the beds; a hold that is answered or over stays so. */
export function decideReleaseBed(
  hold: BedHold,
  place: BedPlace,
  mayActFor: boolean,
  reason: ReleaseReason,
  stamp: Stamp,
): Decision<BedMoved> {
  if (!mayActFor && !keepsPlace(stamp.actor, place)) return refuse('not_allowed')
  if (hold.state !== 'HELD' && hold.state !== 'CONFIRMED' && hold.state !== 'OCCUPIED')
    return refuse('care_hold_state')
  if (hasLapsed(hold, stamp.now)) return accept(moved(hold, 'EXPIRED', null, null))
  return accept(moved(hold, 'RELEASED', null, reason))
}

/** The facility, or the one who held it, writes down that nobody came in time. */
export function decideExpireBed(
  hold: BedHold,
  place: BedPlace,
  mayActFor: boolean,
  stamp: Stamp,
): Decision<BedMoved> {
  if (!mayActFor && !keepsPlace(stamp.actor, place)) return refuse('not_allowed')
  if (!hasLapsed(hold, stamp.now)) return refuse('care_hold_stands')
  return accept(moved(hold, 'EXPIRED', null, null))
}

/** By the worker: the time is over, whoever was to act. */
export const decideLapse = (hold: BedHold, stamp: Stamp): Decision<BedMoved> =>
  hasLapsed(hold, stamp.now) ? accept(moved(hold, 'EXPIRED', null, null)) : refuse('care_hold_stands')

export const applyBed = (hold: BedHold, event: BedMoved): BedHold => ({
  ...hold,
  version: hold.version + 1,
  state: event.facts.to,
  expiresAt: event.facts.expiresAt,
})
