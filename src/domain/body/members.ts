/** Seats: an institution takes one and leaves it again; of an anonymous body's people only the number is kept. */

import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, type Part, type Role, refuse, type Stamp } from '../core.ts'
import { runs } from './policy.ts'
import type { Body, MemberAdded, MemberEnded, PeopleCounted, SeatKind } from './state.ts'

export interface Institution {
  readonly code: string
  readonly role: Role | null
  readonly level: 'national' | 'county' | 'municipality'
}
export interface AddMember {
  readonly institution: string
  readonly seat: SeatKind
  readonly county?: string | undefined
  readonly municipality?: string | undefined
  readonly officeSq?: string | undefined
  readonly officeEn?: string | undefined
  /** Of an official; T2, never of a survivor or a child. */
  readonly officialName?: string | undefined
  readonly from: Day
}

/** Where the seat sits: what the institution's level asks for, the body's own place where it has one. */
const placeOf = (
  body: Body,
  institution: Institution,
  asked: Pick<AddMember, 'county' | 'municipality'>,
): { readonly county: string | null; readonly municipality: string | null } => {
  if (institution.level === 'national') return { county: null, municipality: null }
  const county = body.county ?? asked.county ?? null
  if (institution.level === 'county') return { county, municipality: null }
  return { county, municipality: body.municipality ?? asked.municipality ?? null }
}

/** @param institution the one that `institution` names, or null where the list has none of this code. */
export function decideAddMember(
  body: Body,
  institution: Institution | null,
  asked: AddMember,
  stamp: Stamp,
): Decision<MemberAdded> {
  if (!runs(stamp.actor, body.seats, tiranaDay(stamp.now))) return refuse('not_allowed')
  if (institution === null) return refuse('body_institution_unknown', 'institution')
  if (body.anonymous) {
    // A post may give somebody away as well as a name does.
    if (asked.officialName !== undefined) return refuse('body_never_named', 'officialName')
    if (asked.officeSq !== undefined) return refuse('body_never_named', 'officeSq')
    if (asked.officeEn !== undefined) return refuse('body_never_named', 'officeEn')
  }
  const place = placeOf(body, institution, asked)
  if (institution.level !== 'national' && place.county === null) return refuse('body_place_missing', 'county')
  if (institution.level === 'municipality' && place.municipality === null)
    return refuse('body_place_missing', 'municipality')
  const there = body.seats.some(
    (seat) =>
      seat.to === null &&
      seat.institution === institution.code &&
      seat.county === place.county &&
      seat.municipality === place.municipality,
  )
  if (there) return refuse('body_member_known', 'institution')
  const parts: readonly Part[] =
    asked.officialName === undefined ? [] : [{ tier: 'T3', name: 'officialName', body: asked.officialName }]
  return accept<MemberAdded>({
    type: 'BodyMemberAdded',
    v: 1,
    facts: {
      memberId: stamp.newId(),
      institution: institution.code,
      ...place,
      seat: asked.seat,
      from: asked.from,
    },
    parts,
  })
}

/** A body keeps somebody who can act for it: its last chair or secretariat does not leave before another came. */
export function decideEndMember(
  body: Body,
  asked: { readonly memberId: string; readonly to: Day },
  stamp: Stamp,
): Decision<MemberEnded> {
  const today = tiranaDay(stamp.now)
  if (!runs(stamp.actor, body.seats, today)) return refuse('not_allowed')
  const seat = body.seats.find((one) => one.id === asked.memberId)
  if (seat === undefined) return refuse('body_member_unknown', 'memberId')
  if (seat.to !== null) return refuse('body_member_ended', 'memberId')
  if (seat.from !== null && asked.to < seat.from) return refuse('body_ends_before_it_begins', 'to')
  const leads = (one: Body['seats'][number]) =>
    (one.seat === 'chair' || one.seat === 'secretary') && one.role !== null && one.to === null
  if (leads(seat) && !body.seats.some((one) => one.id !== seat.id && leads(one)))
    return refuse('body_needs_secretariat', 'memberId')
  return accept<MemberEnded>({
    type: 'BodyMemberEnded',
    v: 1,
    facts: { memberId: seat.id, to: asked.to },
  })
}

export function decideCountPeople(
  body: Body,
  asked: { readonly people: number; readonly day: Day },
  stamp: Stamp,
): Decision<PeopleCounted> {
  const today = tiranaDay(stamp.now)
  if (!runs(stamp.actor, body.seats, today)) return refuse('not_allowed')
  if (!body.anonymous) return refuse('body_names_its_members')
  if (asked.day > today) return refuse('in_future', 'day')
  return accept<PeopleCounted>({
    type: 'BodyPeopleCounted',
    v: 1,
    facts: { people: asked.people, day: asked.day },
    touches: ['people'],
  })
}
