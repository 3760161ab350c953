/** What deciding about a placement must know around the case: what it rests on, brothers and sisters, the bed in the register. */
import { type BedPlace, closedBecause } from '#domain/care/beds.ts'
import type { CaseState } from '#domain/case/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import type { NamedConsent } from '#domain/placement/basis.ts'
import type { Entry, PlacementWorld } from '#domain/placement/decide.ts'
import type { Basis, PlacementKind } from '#domain/placement/events.ts'
import { findLastChildDay } from '../case/lookup.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'

/** For what each sort of place is approved; unconfirmed by law [U]. */
const takes: Record<string, readonly PlacementKind[]> = {
  foster_family: ['foster', 'emergency'],
  residential: ['residential'],
  small_group_home: ['residential'],
  emergency: ['emergency'],
  transit: ['emergency', 'shelter'],
  shelter: ['shelter', 'emergency'],
}
const hiddenKinds = ['shelter', 'emergency', 'transit']

export interface BedRow extends BedPlace {
  readonly holdId: Uuid
  readonly sex: string
  readonly ageBand: string
  readonly state: string
  readonly expiresAt: Instant | null
  readonly code: string
  readonly nameSq: string | null
  readonly nameEn: string | null
  readonly facilityKind: string | null
  /** Of a foster family, as far as it is told. */
  readonly names: string | null
  /** Held by this actor's unit. */
  readonly ours: boolean
  /** Planned or filled for a child already. */
  readonly spokenFor: boolean
}
const bedSql = `select h.id as "holdId", h.sex, h.age_band as "ageBand", h.state, h.expires_at as "expiresAt", p.id, p.kind, p.status,
  p.unit_id as "unitId", p.beds as groups, p.licence_to as "licenceTo", p.code, p.name_sq as "nameSq", p.name_en as "nameEn",
  p.facility_kind as "facilityKind", n.names, h.held_by_unit = (select me_unit()) as ours, bed_spoken_for(h.id) as "spokenFor"
  from bed_hold h join care_place p on p.id = h.care_place_id left join care_place_named n on n.id = p.id`

/** Beds that this unit holds for a child to come. */
export const bedsWaiting = (tx: Tx): Promise<BedRow[]> =>
  tx.sql<BedRow>(
    `${bedSql} where h.held_by_unit = (select me_unit()) and h.state in ('HELD', 'CONFIRMED') and h.expires_at > $1
       and not bed_spoken_for(h.id) order by h.held_at desc, h.id limit 50`,
    [tx.now],
  )
export const takesOf = (bed: Pick<BedRow, 'kind' | 'facilityKind'>): readonly PlacementKind[] =>
  takes[bed.facilityKind ?? bed.kind] ?? []

/** The bed that is held under this id, as far as this actor sees it. */
const findBed = async (tx: Tx, holdId: Uuid): Promise<BedRow | undefined> =>
  (await tx.sql<BedRow>(`${bedSql} where h.id = $1`, [holdId]))[0]

const entryOf = (bed: BedRow, sex: string, { on, arriving }: Asked, now: Instant): Entry => {
  const closed = closedBecause(bed, on)
  const over = !['HELD', 'CONFIRMED'].includes(bed.state) || (bed.expiresAt !== null && bed.expiresAt <= now)
  const taken = bed.spokenFor && !arriving
  const wrong = sex !== 'unknown' && bed.sex !== sex
  return {
    sort: bed.kind,
    takes: takesOf(bed),
    hidden: bed.kind === 'facility' && hiddenKinds.includes(bed.facilityKind ?? ''),
    bar:
      closed !== null
        ? { code: closed, field: 'holdId' }
        : taken
          ? { code: 'placement_bed_planned', field: 'holdId' }
          : over
            ? { code: 'care_hold_lapsed', field: 'holdId' }
            : wrong
              ? { code: 'placement_bed_other_sex', field: 'holdId' }
              : null,
  }
}
export const placeName = (bed: BedRow): string =>
  bed.nameSq ?? [bed.code, bed.names].filter(Boolean).join(', ')

const siblingsOf = (tx: Tx, s: CaseState): Promise<{ place: Uuid | null }[]> =>
  tx.sql(
    `select h.care_place_id as place from family_case me
     join family_case f on f.family_id = me.family_id and f.left_at is null and f.case_id <> me.case_id
     join case_file c on c.id = f.case_id
     left join placement p on p.case_id = c.id and p.status = 'in_place'
     left join placement_place w on w.id = p.id left join bed_hold h on h.id = w.bed_hold_id
     where me.case_id = $1 and me.left_at is null limit 50`,
    [s.id],
  )

const untilOf = async (tx: Tx, s: CaseState, basis: Basis, id: Uuid | null): Promise<Day | null> => {
  const sql = {
    measure: 'select until_day as until from protection_measure where id = $1 and case_id = $2',
    court: 'select until_day as until from court_case where id = $1 and case_id = $2',
  }
  if (basis !== 'measure' && basis !== 'court') return null
  const [row] = await tx.sql<{ until: Day | null }>(sql[basis], [id, s.id])
  return row?.until ?? null
}

/** Consents to being taken in somewhere. */
export const consentsOf = (tx: Tx, caseId: Uuid): Promise<(NamedConsent & { givenAt: Instant })[]> =>
  tx.sql(
    `select id, capacity, given_at as "givenAt", valid_until as "validUntil", withdrawn_at as "withdrawnAt" from consent
     where case_id = $1 and purpose = 'shelter' and capacity <> 'own' order by number desc limit 20`,
    [caseId],
  )

export interface Asked {
  readonly basis: Basis
  readonly basisId: Uuid | null
  readonly on: Day
  /** The bed that is meant; null for a place outside the register. */
  readonly holdId: Uuid | null
  /** The bed was planned for this child, and the child comes now; else it is only being planned. */
  readonly arriving: boolean
}

export const worldOf = async (
  tx: Tx,
  s: CaseState,
  asked: Asked,
): Promise<{ world: PlacementWorld; bed: BedRow | null }> => {
  const { basis, basisId, holdId, arriving } = asked
  const [lastChildDay, [report], consents, basisUntil, siblings, [child], bed] = await Promise.all([
    findLastChildDay(tx, s.personId),
    tx.sql<{ protected: boolean }>(
      `select exists (select 1 from case_report k join report r on r.id = k.report_id
         where k.case_id = $1 and r.protected_at is not null) as protected`,
      [s.id],
    ),
    basis === 'consent' ? consentsOf(tx, s.id) : [],
    untilOf(tx, s, basis, basisId),
    siblingsOf(tx, s),
    tx.sql<{ sex: string }>('select sex from person where id = $1', [s.personId]),
    holdId === null ? null : findBed(tx, holdId),
  ])
  // Whoever keeps a family sees other units' holds on it; they are not this unit's to plan with.
  if (bed === undefined || (bed !== null && !bed.ours && !arriving)) throw notFound()
  return {
    bed,
    world: {
      lastChildDay,
      immediateProtection: report?.protected === true,
      consent: consents.find((one) => one.id === basisId) ?? null,
      basisUntil,
      siblings,
      place: bed?.id ?? null,
      entry: bed === null ? null : entryOf(bed, child?.sex ?? 'unknown', asked, tx.now),
    },
  }
}

/** The bed that was written down with a placement; undefined where the place lies beyond this actor's reach. */
export const bedOfPlacement = async (
  tx: Tx,
  placement: { readonly id: Uuid; readonly registered: boolean },
): Promise<Uuid | null | undefined> => {
  if (!placement.registered) return null
  const [row] = await tx.sql<{ id: Uuid }>('select bed_hold_id as id from placement_place where id = $1', [
    placement.id,
  ])
  return row?.id
}
export const today = (tx: Tx): Day => tiranaDay(tx.now)
