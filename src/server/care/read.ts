/** Facilities and foster families as they are looked for and looked at: which bed is free for whom at this moment. */
import { closedBecause, freeFor, keepsPlace, mayHoldBeds } from '#domain/care/beds.ts'
import { decidesOn, mayVisit, visitKinds } from '#domain/care/places.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import {
  type CareHold,
  type CarePlaceDetail,
  type CarePlaceRow,
  MyHolds,
  PlaceAddress,
  PlaceDetail,
  PlaceList,
  PlaceParams,
  PlaceQuery,
} from '#wire/care.ts'
import { recordAccess } from '../access.ts'
import { endpoint } from '../endpoint.ts'
import { nameCursor, readNameCursor } from '../net/lists.ts'
import { notFound } from '../problem.ts'
import { openBytes } from '../sealing/index.ts'
import { findKey } from '../sealing/keys.ts'
import type { Tx } from '../tx.ts'
import { peopleOf, takenIn } from './beds.ts'
import { careLaw } from './law.ts'
import { addressPlace } from './places.ts'
import { visitsOf } from './visits.ts'

type Row = Omit<
  CarePlaceRow,
  'held' | 'confirmed' | 'occupied' | 'free' | 'freeForAsked' | 'open' | 'late'
> & {
  readonly unitId: Uuid
}
const columns = `p.id, p.version, p.kind, p.code, p.name_sq as "nameSq", p.name_en as "nameEn", n.names, p.facility_kind as "facilityKind",
  p.municipality, m.name as town, p.status, p.siblings, p.beds, p.capacity, p.licence_to as "licenceTo", p.check_due as "checkDue",
  p.unit_id as "unitId"`
const tables = `care_place p join municipality m on m.code = p.municipality left join care_place_named n on n.id = p.id`

type Asked = {
  readonly sex: 'female' | 'male' | undefined
  readonly ageBand: CareHold['ageBand'] | undefined
}
const withBeds = async (tx: Tx, rows: readonly Row[], asked: Asked): Promise<CarePlaceRow[]> => {
  const today = tiranaDay(tx.now)
  const taken = await takenIn(
    tx,
    rows.map((row) => row.id),
  )
  return rows.map((row) => {
    const { unitId, ...place } = row
    const people = peopleOf(taken, row.id)
    const count = (state: string) =>
      taken.filter((one) => one.placeId === row.id && one.state === state).reduce((sum, { n }) => sum + n, 0)
    const closed = closedBecause(
      { id: row.id, kind: row.kind, status: row.status, unitId, groups: row.beds, licenceTo: row.licenceTo },
      today,
    )
    // Where only the sex or only the age is asked for, a bed counts that suits anybody of it.
    const sexes = asked.sex === undefined ? (['female', 'male'] as const) : [asked.sex]
    const bands =
      asked.ageBand === undefined ? [...new Set(row.beds.flatMap((group) => group.bands))] : [asked.ageBand]
    const best = Math.max(
      0,
      ...sexes.flatMap((sex) => bands.map((ageBand) => freeFor(row.beds, people, { sex, ageBand }))),
    )
    return {
      ...place,
      held: count('HELD'),
      confirmed: count('CONFIRMED'),
      occupied: count('OCCUPIED'),
      free: Math.max(0, row.capacity - people.length),
      freeForAsked:
        asked.sex === undefined && asked.ageBand === undefined ? null : closed === null ? best : 0,
      open: closed === null,
      late:
        row.checkDue !== null &&
        row.checkDue < today &&
        (row.status === 'approved' || row.status === 'suspended'),
    }
  })
}
const isFree = (place: CarePlaceRow): boolean => place.open && (place.freeForAsked ?? place.free) > 0

export const listPlaces = endpoint({
  method: 'GET',
  url: '/api/care/places',
  wire: {
    summary: 'Facilities and foster families with their free beds at this moment, by sex and age band',
    query: PlaceQuery,
    reply: PlaceList,
  },
  handle: async (tx, { query }) => {
    const [afterName, afterId] = readNameCursor(query.cursor)
    // The country has some hundreds of places; whether a bed suits is no question for the database.
    const rows = await tx.sql<Row & { sort: string }>(
      `select ${columns}, coalesce(p.name_sq, p.code) as sort from ${tables}
       where ($1::text is null or p.kind = $1) and ($2::text is null or p.municipality = $2)
         and ($3::text is null or (coalesce(p.name_sq, p.code), p.id) > ($3, $4::uuid))
       order by coalesce(p.name_sq, p.code), p.id limit 2000`,
      [query.kind ?? null, query.municipality ?? null, afterName, afterId],
    )
    const sorts = new Map(rows.map((row) => [row.id, row.sort]))
    const places = await withBeds(
      tx,
      rows.map(({ sort: _, ...row }) => row),
      { sex: query.sex, ageBand: query.ageBand },
    )
    const wanted = places.filter(
      (place) => (query.free === undefined || isFree(place)) && (query.late === undefined || place.late),
    )
    const items = wanted.slice(0, query.limit)
    const last = wanted.length > query.limit ? items.at(-1) : undefined
    const told = items.filter((place) => place.kind === 'foster_family' && place.names !== null)
    if (told.length > 0)
      recordAccess(tx, { act: 'list', kind: 'care_place', ids: told.map((place) => place.id), tier: 'T3' })
    const { role, municipality } = tx.actor
    return {
      items,
      next: last === undefined ? null : nameCursor(sorts.get(last.id) ?? '', last.id),
      mayAddFacility: role === 'state_agency',
      mayAddFamily: (role === 'cpw' || role === 'cpu_head') && municipality !== null,
      mayHold: mayHoldBeds(tx.actor),
    }
  },
})

const holdColumns = `h.id, h.version, h.sex, h.age_band as "ageBand", h.state, (h.expires_at is not null and h.expires_at <= $2) as lapsed,
  u.name_sq as "unitSq", u.name_en as "unitEn", h.held_at as "heldAt", h.changed_at as "changedAt", h.expires_at as "expiresAt", h.reason, a.said,
  holds_bed(h.id, h.held_by_unit) as mine`

type Detail = Row &
  Pick<
    CarePlaceDetail,
    | 'unitSq'
    | 'unitEn'
    | 'operatorSq'
    | 'operatorEn'
    | 'licenceNumber'
    | 'licenceFrom'
    | 'appliedOn'
    | 'assessedOn'
    | 'recommended'
    | 'approvedOn'
    | 'trainingHours'
    | 'statusReason'
    | 'phone'
    | 'mayReadAddress'
  > & { readonly assessorId: Uuid | null; readonly addressed: boolean }

export const readPlace = endpoint({
  method: 'GET',
  url: '/api/care/places/{id}',
  wire: {
    summary: 'One facility or foster family: beds, holds that concern the reader, visits; no address',
    params: PlaceParams,
    reply: PlaceDetail,
  },
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<Detail>(
      `select ${columns}, u.name_sq as "unitSq", u.name_en as "unitEn", i.name_sq as "operatorSq", i.name_en as "operatorEn",
         p.licence_number as "licenceNumber", p.licence_from as "licenceFrom", p.applied_on as "appliedOn", p.assessed_on as "assessedOn",
         p.recommended, p.approved_on as "approvedOn", p.training_hours as "trainingHours", p.status_reason as "statusReason", n.phone,
         p.assessor_id as "assessorId", exists (select 1 from care_place_sensitive s where s.id = p.id) as "mayReadAddress",
         exists (select 1 from event e where e.kind = 'care_place' and e.record_id = p.id and e.type = 'AddressSet') as addressed
       from ${tables} join unit u on u.id = p.unit_id left join institution i on i.id = p.institution_id where p.id = $1`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    const [[place], holds, visits] = await Promise.all([
      withBeds(tx, [row], { sex: undefined, ageBand: undefined }),
      tx.sql<CareHold>(
        `select ${holdColumns} from bed_hold h join unit u on u.id = h.held_by_unit left join bed_hold_named a on a.id = h.id where h.care_place_id = $1
         order by (h.state in ('HELD', 'CONFIRMED', 'OCCUPIED')) desc, h.changed_at desc, h.id limit 100`,
        [row.id, tx.now],
      ),
      visitsOf(tx, row.id),
    ])
    if (place === undefined) throw notFound()
    recordAccess(tx, {
      act: 'read',
      kind: 'care_place',
      ids: [row.id],
      tier:
        (row.kind === 'foster_family' && row.names !== null) || holds.some((one) => one.said !== null)
          ? 'T3'
          : 'T2',
    })
    const { assessorId, addressed, ...rest } = row
    const known = { ...rest, assessorId }
    const kept = keepsPlace(tx.actor, row)
    const familyWorker =
      row.kind === 'foster_family' && kept && (tx.actor.role === 'cpw' || tx.actor.role === 'cpu_head')
    return {
      ...rest,
      ...place,
      hasAddress: addressed,
      trainingNeeded: careLaw.trainingHours,
      standards: { version: careLaw.standards.version, codes: [...careLaw.standards.codes] },
      visits,
      holds,
      mayKeep: kept,
      mayDecide: decidesOn(tx.actor, known),
      mayApprove:
        row.kind === 'foster_family' &&
        row.status === 'assessed' &&
        decidesOn(tx.actor, known) &&
        assessorId !== tx.actor.userId,
      mayChange: row.kind === 'facility' ? tx.actor.role === 'state_agency' : familyWorker,
      maySetAddress: row.kind === 'facility' ? kept : familyWorker,
      mayVisit: visitKinds.filter((kind) => mayVisit(tx.actor, known, kind)),
      mayHold: mayHoldBeds(tx.actor),
    }
  },
})

/** Apart from everything else, so that every opening stands in the access record by itself. */
export const readAddress = endpoint({
  method: 'GET',
  url: '/api/care/places/{id}/address',
  wire: {
    summary: 'The address of a place of care: for its own staff, and for whoever brings a child there now',
    params: PlaceParams,
    reply: PlaceAddress,
  },
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<{ sealed: Buffer }>('select sealed from care_place_sensitive where id = $1', [
      params.id,
    ])
    if (row === undefined) throw notFound()
    const where = addressPlace(params.id.toLowerCase())
    const address = openBytes(await findKey(tx, where.record), where, row.sealed)
    recordAccess(tx, { act: 'read', kind: 'care_place', ids: [params.id], tier: 'T4' })
    return { address: String(address) }
  },
})

export const listMyHolds = endpoint({
  method: 'GET',
  url: '/api/care/holds',
  wire: {
    summary:
      'Beds that the reader’s unit holds, was promised or has filled, and those refused in the last fortnight',
    reply: MyHolds,
  },
  handle: async (tx) => {
    const items = await tx.sql<ReturnType<typeof MyHolds.parse>['items'][number]>(
      `select ${holdColumns}, p.id as "placeId", p.code as "placeCode", p.name_sq as "placeSq", p.name_en as "placeEn", m.name as town
       from bed_hold h join unit u on u.id = h.held_by_unit join care_place p on p.id = h.care_place_id
       join municipality m on m.code = p.municipality left join bed_hold_named a on a.id = h.id
       where h.held_by_unit = $1 and (h.state in ('HELD', 'CONFIRMED', 'OCCUPIED')
         or (h.state = 'REFUSED' and h.changed_at > $2::timestamptz - interval '14 days'))
       order by (h.state = 'REFUSED'), h.expires_at nulls last, h.id limit 200`,
      [tx.actor.unitId, tx.now],
    )
    const read = items.filter((one) => one.said !== null)
    if (read.length > 0)
      recordAccess(tx, { act: 'list', kind: 'bed_hold', ids: read.map((one) => one.id), tier: 'T3' })
    return { items }
  },
})

export const placeReads = [listPlaces, readPlace, readAddress, listMyHolds]
