/** Commands that keep the registers of facilities and foster families. */
import type { Occupant } from '#domain/care/beds.ts'
import { capacityOf } from '#domain/care/beds.ts'
import {
  type CarePlace,
  decideApplyFamily,
  decideChangeFamily,
  decideFamily,
  decidePlaceStatus,
  decideSetAddress,
  decideSetFacility,
  decideVisit,
} from '#domain/care/places.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import {
  ApplyFamily,
  ChangeFamily,
  DecideFamily,
  SetAddress,
  SetFacility,
  SetPlaceStatus,
  VisitPlace,
} from '#wire/care.ts'
import { append } from '../append.ts'
import { type Command, command, done, mustBeFresh, mustBeFreshOrNew, refused } from '../command.ts'
import { invalid, notFound } from '../problem.ts'
import { type Place, sealBytes } from '../sealing/index.ts'
import { keyFor } from '../sealing/keys.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { lockPlace, peopleOf, takenIn } from './beds.ts'
import { careLaw } from './law.ts'
import { writeVisit } from './visits.ts'

/** Where the door is: sealed, each under its place's own key. */
export const addressPlace = (id: Uuid): Place => ({
  record: { kind: 'care_place', id },
  tier: 'T4',
  at: id,
  name: 'address',
})

interface Known extends CarePlace {
  readonly code: string
  readonly appliedOn: Day
}
const find = async (tx: Tx, id: Uuid): Promise<Known | undefined> => {
  const [row] = await tx.sql<Known>(
    `select id, version, kind, unit_id as "unitId", municipality, status, assessor_id as "assessorId", recommended,
       training_hours as "trainingHours", code, applied_on as "appliedOn" from care_place where id = $1`,
    [id],
  )
  return row
}
/** The place behind its lock, and everybody who has or is promised a bed there. */
const lockKnown = async (
  tx: WriteTx,
  id: Uuid,
): Promise<{ readonly place: Known; readonly taken: readonly Occupant[] }> => {
  await lockPlace(tx, id)
  const place = await find(tx, id)
  if (place === undefined) throw notFound()
  return { place, taken: peopleOf(await takenIn(tx, [place.id]), place.id) }
}

/** Numbered within the municipality; whoever numbers at the same time waits. */
const nextCode = async (tx: WriteTx, prefix: 'IN' | 'FK', municipality: string): Promise<string> => {
  const stem = `${prefix}-${municipality}-`
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 41))', [stem])
  const [row] = await tx.sql<{ n: number }>(
    `select coalesce(max(substr(code, 7)::integer), 0) + 1 as n from care_place where code like $1 || '%'`,
    [stem],
  )
  return stem + String(row?.n ?? 1).padStart(3, '0')
}
const countyOf = async (tx: Tx, municipality: string, field: string): Promise<string> => {
  const [row] = await tx.sql<{ county: string }>('select county from municipality where code = $1', [
    municipality,
  ])
  if (row === undefined) throw invalid({ field, code: 'unknown_code' })
  return row.county
}
const named = (tx: WriteTx, id: Uuid, names: string, phone: string | null): void =>
  tx.later(
    `insert into care_place_named (id, names, phone) values ($1, $2, $3)
     on conflict (id) do update set names = excluded.names, phone = excluded.phone`,
    [id, names, phone],
  )

const setFacility = command('care.set_facility', SetFacility, async (tx, cmd) => {
  const { recordId: id } = cmd
  await lockPlace(tx, id)
  const known = (await find(tx, id)) ?? null
  const [unit] = await tx.sql<{ institutionId: Uuid }>(
    'select institution_id as "institutionId" from unit where id = $1 and active',
    [cmd.body.unitId],
  )
  if (unit === undefined) throw invalid({ field: 'body.body.unitId', code: 'unknown_code' })
  const county = await countyOf(tx, cmd.body.municipality, 'body.body.municipality')
  const code = known?.code ?? (await nextCode(tx, 'IN', cmd.body.municipality))
  const taken = known === null ? [] : peopleOf(await takenIn(tx, [id]), id)
  const body = { ...cmd.body, unitId: cmd.body.unitId.toLowerCase(), institutionId: unit.institutionId }
  const decision = decideSetFacility(known, code, body, taken, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (known !== null) await mustBeFreshOrNew(tx, 'care_place', cmd, ['entry'])
  const version = await append(tx, { kind: 'care_place', id, version: known?.version ?? 0 }, decision.events)
  await tx.sql(
    `insert into care_place (id, version, kind, code, name_sq, name_en, facility_kind, institution_id, unit_id, municipality, county, status,
       beds, capacity, licence_number, licence_from, licence_to)
     values ($1, $2, 'facility', $3, $4, $5, $6, $7, $8, $9, $10, 'approved', $11, $12, $13, $14, $15)
     on conflict (id) do update set version = excluded.version, name_sq = excluded.name_sq, name_en = excluded.name_en,
       facility_kind = excluded.facility_kind, institution_id = excluded.institution_id, unit_id = excluded.unit_id, beds = excluded.beds,
       capacity = excluded.capacity, licence_number = excluded.licence_number, licence_from = excluded.licence_from,
       licence_to = excluded.licence_to`,
    [
      id,
      version,
      code,
      body.nameSq,
      body.nameEn,
      body.facilityKind,
      body.institutionId,
      body.unitId,
      body.municipality,
      county,
      JSON.stringify(body.beds),
      capacityOf(body.beds),
      body.licenceNumber,
      body.licenceFrom,
      body.licenceTo,
    ],
  )
  named(tx, id, body.contact, body.phone)
  return done({ recordId: id, version, reply: { code } })
})

const applyFamily = command('care.apply_family', ApplyFamily, async (tx, cmd) => {
  const { recordId: id, body } = cmd
  const { municipality } = tx.actor
  const code = municipality === null ? 'FK-00-000' : await nextCode(tx, 'FK', municipality)
  const decision = decideApplyFamily(code, body.appliedOn, body, tiranaDay(tx.now), tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'care_place', id, version: 0 }, decision.events)
  await tx.sql(
    `insert into care_place (id, version, kind, code, unit_id, municipality, county, status, beds, capacity, siblings, applied_on)
     select $1, $2, 'foster_family', $3, $4, m.code, m.county, 'applied', $6, $7, $8, $9 from municipality m where m.code = $5`,
    [
      id,
      version,
      code,
      tx.actor.unitId,
      municipality,
      JSON.stringify(body.beds),
      capacityOf(body.beds),
      body.siblings,
      body.appliedOn,
    ],
  )
  named(tx, id, body.names, body.phone)
  return done({ recordId: id, version, reply: { code } })
})

const changeFamily = command('care.change_family', ChangeFamily, async (tx, cmd) => {
  const { recordId: id, body } = cmd
  const { place, taken } = await lockKnown(tx, id)
  if (place.kind !== 'foster_family') throw notFound()
  const decision = decideChangeFamily(place, body, taken, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await mustBeFresh(tx, 'care_place', cmd, ['entry'])
  const version = await append(tx, { kind: 'care_place', id, version: place.version }, decision.events)
  await tx.sql('update care_place set version = $2, beds = $3, capacity = $4, siblings = $5 where id = $1', [
    id,
    version,
    JSON.stringify(body.beds),
    capacityOf(body.beds),
    body.siblings,
  ])
  named(tx, id, body.names, body.phone)
  return done({ recordId: id, version })
})

const setAddress = command('care.set_address', SetAddress, async (tx, cmd) => {
  const { recordId: id } = cmd
  const { place } = await lockKnown(tx, id)
  const decision = decideSetAddress(place, cmd.body.address, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await mustBeFresh(tx, 'care_place', cmd, ['address'])
  const version = await append(tx, { kind: 'care_place', id, version: place.version }, decision.events)
  await tx.sql('update care_place set version = $2 where id = $1', [id, version])
  const where = addressPlace(id)
  tx.later(
    `insert into care_place_sensitive (id, sealed) values ($1, $2) on conflict (id) do update set sealed = excluded.sealed`,
    [id, sealBytes(await keyFor(tx, where.record), where, cmd.body.address)],
  )
  return done({ recordId: id, version })
})

const setStatus = command('care.set_status', SetPlaceStatus, async (tx, cmd) => {
  const { recordId: id, body } = cmd
  const { place, taken } = await lockKnown(tx, id)
  const decision = decidePlaceStatus(place, body.status, body.reason, taken, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await mustBeFresh(tx, 'care_place', cmd, ['entry'])
  const version = await append(tx, { kind: 'care_place', id, version: place.version }, decision.events)
  await tx.sql('update care_place set version = $2, status = $3, status_reason = $4 where id = $1', [
    id,
    version,
    body.status,
    body.reason,
  ])
  return done({ recordId: id, version })
})

const decideOnFamily = command('care.decide_family', DecideFamily, async (tx, cmd) => {
  const { recordId: id, body } = cmd
  const { place } = await lockKnown(tx, id)
  const today = tiranaDay(tx.now)
  const decision = decideFamily(place, body, careLaw, today, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await mustBeFresh(tx, 'care_place', cmd, ['entry'])
  const version = await append(tx, { kind: 'care_place', id, version: place.version }, decision.events)
  for (const { facts } of decision.events)
    await tx.sql(
      `update care_place set version = $2, status = $3, status_reason = $4, check_due = $5, approver_id = $6,
         approved_on = case when $3 = 'approved' then $7::date end where id = $1`,
      [
        id,
        version,
        facts.approved ? 'approved' : 'refused',
        facts.reason,
        facts.checkDue,
        tx.actor.userId,
        today,
      ],
    )
  return done({ recordId: id, version })
})

/** An inspection, an assessment, a review or hours of training: on the place's chain, its findings on one of their own. */
const visit = command(
  'care.visit',
  VisitPlace,
  async (tx, cmd: Command<ReturnType<typeof VisitPlace.parse>>) => {
    const { recordId: id, body } = cmd
    const { place } = await lockKnown(tx, id)
    const visitId = tx.stamp.newId()
    const decision = decideVisit(
      place,
      visitId,
      body,
      careLaw.standards.codes,
      careLaw,
      tiranaDay(tx.now),
      tx.stamp,
    )
    if (!decision.ok) return refused(decision.refusal)
    await mustBeFresh(tx, 'care_place', cmd, ['entry'])
    const version = await append(tx, { kind: 'care_place', id, version: place.version }, decision.events)
    for (const { facts } of decision.events)
      await tx.sql(
        `update care_place set version = $2, status = $3, check_due = coalesce($4, check_due), training_hours = training_hours + $5,
         assessed_on = case when $6 then $7::date else assessed_on end, assessor_id = case when $6 then $8::uuid else assessor_id end,
         recommended = case when $6 then $9::boolean else recommended end,
         status_reason = case when $3 = 'suspended' and status <> 'suspended' then 'standards_not_met' else status_reason end
       where id = $1`,
        [
          id,
          version,
          facts.status,
          facts.nextDue,
          facts.hours ?? 0,
          facts.kind === 'assessment',
          facts.onDay,
          tx.actor.userId,
          facts.outcome === 'recommended',
        ],
      )
    const nextDue = decision.events[0]?.facts.nextDue ?? null
    await writeVisit(
      tx,
      { id: visitId, subjectKind: 'care_place', subjectId: id },
      { ...body, nextDue },
      careLaw.standards.version,
    )
    return done({ recordId: id, version, reply: { visitId } })
  },
)

export const placeCommands = [
  setFacility,
  applyFamily,
  changeFamily,
  setAddress,
  setStatus,
  decideOnFamily,
  visit,
]
