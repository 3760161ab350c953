/** Commands on stays in shelters. The bed is that of the care registers; the packet is sealed under the stay's own key. */
import { assistedOf } from '#domain/assistance/file.ts'
import {
  decideBeginStay,
  decideEndStay,
  decideGiveInStay,
  decideReportOfStay,
  keepsResident,
  type Stay,
} from '#domain/assistance/stay.ts'
import { type HoldState, hasLapsed } from '#domain/care/beds.ts'
import type { Day, Instant, Json, Uuid } from '#domain/core.ts'
import type { NrmFile } from '#domain/nrm/state.ts'
import type { Refusal } from '#domain/refusal.ts'
import * as wire from '#wire/assistance.ts'
import { append } from '../append.ts'
import { occupyBed, releaseBed } from '../care/beds.ts'
import { insert } from '../case/rows-sql.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { lockNrm } from '../nrm/store.ts'
import { notFound } from '../problem.ts'
import { sealed } from '../sealing/index.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { mustBeProvider } from './commands.ts'
import { deputyOf, recordOnFile, recordOnStay, safetyPlanOf } from './store.ts'

const shelters = ['shelter', 'transit', 'emergency']
interface Bed {
  readonly state: HoldState
  readonly sex: string
  readonly ageBand: string
  readonly expiresAt: Instant | null
  readonly facilityKind: string | null
  readonly unitId: Uuid
  readonly ours: boolean
  readonly kept: boolean
  readonly spokenFor: boolean
}
const findBed = async (tx: Tx, holdId: Uuid): Promise<Bed> => {
  const [bed] = await tx.sql<Bed>(
    `select h.state, h.sex, h.age_band as "ageBand", h.expires_at as "expiresAt", p.facility_kind as "facilityKind", p.unit_id as "unitId",
       h.held_by_unit = (select me_unit()) as ours, care_keeper(p.unit_id) as kept, bed_spoken_for(h.id) as "spokenFor"
     from bed_hold h join care_place p on p.id = h.care_place_id where h.id = $1`,
    [holdId],
  )
  if (bed === undefined || !bed.ours) throw notFound()
  return bed
}
/** A bed that was promised and waits, or one that the shelter that manages the file took itself. */
const bedBar = (bed: Bed, sex: string, now: Instant): Refusal | null => {
  const field = 'holdId'
  if (!shelters.includes(bed.facilityKind ?? '')) return { code: 'assistance_bed_not_shelter', field }
  if (bed.ageBand !== 'adult' || (sex !== 'unknown' && bed.sex !== sex))
    return { code: 'assistance_bed_adult', field }
  if (bed.spokenFor) return { code: 'assistance_bed_taken', field }
  if (hasLapsed(bed, now)) return { code: 'care_hold_lapsed', field }
  const waits = bed.state === 'CONFIRMED' || (bed.state === 'OCCUPIED' && bed.kept)
  return waits ? null : { code: 'care_hold_state', field }
}

interface Identity {
  readonly given: string | null
  readonly family: string | null
  readonly sex: string
  readonly birth: string | null
  readonly citizenship: string | null
}
const identityOf = async (tx: Tx, file: NrmFile): Promise<Identity & { children: Json }> => {
  const [person] = await tx.sql<Identity>(
    `select n.given_name as given, n.family_name as family, p.sex, n.birth_said as birth, p.citizenship
     from person p left join person_named n on n.id = p.id where p.id = $1`,
    [file.personId],
  )
  if (person === undefined) throw notFound()
  const children = await tx.sql<{ id: Uuid; name: string }>(
    `select d.id, coalesce(nullif(concat_ws(' ', n.given_name, n.family_name), ''), '–') as name from assistance_dependant d
     left join person_named n on n.id = d.person_id where d.nrm_id = $1 and d.lives_with order by d.at, d.id limit 50`,
    [file.id],
  )
  return { ...person, children: children.map(({ id, name }) => ({ id, name })) }
}

const begin = command('assistance.begin_stay', wire.BeginStay, async (tx, cmd) => {
  const row = await lockNrm(tx, cmd.recordId)
  const file = assistedOf(row, await deputyOf(tx, row.caseId))
  const { holdId, ...body } = cmd.body
  const stays = await tx.sql<Pick<Stay, 'status'>>(
    'select status from shelter_stay where nrm_id = $1 limit 200',
    [file.id],
  )
  const identity = await identityOf(tx, row)
  const bed = await findBed(tx, holdId)
  const world = { stays, bed: bedBar(bed, identity.sex, tx.now), identity: { ...identity } as Json }
  const decision = decideBeginStay(file, body, world, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (bed.state === 'CONFIRMED') {
    const taken = await occupyBed(tx, holdId, body.stayId)
    if (!taken.ok) return refused(taken.refusal)
  }
  const event = decision.events[0]!
  const { parts: _packet, ...plain } = event
  const version = await recordOnFile(tx, row, plain, body.stayId)
  const record = { kind: 'shelter_stay', id: body.stayId }
  await append(tx, { ...record, version: 0 }, [event])
  insert(tx, 'shelter_stay', {
    id: body.stayId,
    version: 1,
    nrm_id: file.id,
    status: 'in_place',
    started_on: body.on,
    consent_on: body.consentOn,
  })
  insert(tx, 'shelter_stay_place', {
    id: body.stayId,
    nrm_id: file.id,
    unit_id: bed.unitId,
    bed_hold_id: holdId,
  })
  insert(tx, 'shelter_resident', {
    id: body.stayId,
    identity: JSON.stringify(identity),
    needs: body.needs,
  })
  insert(tx, 'shelter_resident_sensitive', {
    id: body.stayId,
    risks: JSON.stringify(sealed(tx, { record, tier: 'T4', at: body.stayId, name: 'risks' }, body.risks)),
  })
  return done({ recordId: row.id, version, reply: { stayId: body.stayId } })
})

const staySql = `select s.id, s.nrm_id as "nrmId", s.version, s.status, s.started_on as "startedOn",
    coalesce(p.unit_id, '00000000-0000-0000-0000-000000000000') as "unitId", p.bed_hold_id as "holdId"
  from shelter_stay s left join shelter_stay_place p on p.id = s.id where s.id = $1`
interface StayRow extends Stay {
  /** Null beyond the actor's reach. */
  readonly holdId: Uuid | null
}
/** @throws Problem `not_found` for the resident of another shelter, exactly as for one who never was. */
const lockStay = async (tx: WriteTx, id: Uuid): Promise<StayRow> => {
  await tx.sql('select id from shelter_stay where id = $1 for update', [id])
  const [row] = await tx.sql<StayRow>(staySql, [id])
  if (row === undefined) throw notFound()
  return row
}
/** The file behind a stay, for those who see it; the shelter does not. */
const fileOf = async (tx: WriteTx, stay: Stay): Promise<NrmFile | null> => {
  const seen = await tx.sql('select 1 from nrm_file where id = $1', [stay.nrmId])
  return seen.length === 0 ? null : lockNrm(tx, stay.nrmId)
}
const planFor = async (tx: Tx, stay: Stay): Promise<{ on: Day; reviewOn: Day } | null> => {
  if (!keepsResident(tx.actor, stay)) return safetyPlanOf(tx, stay.nrmId)
  const [row] = await tx.sql<{ on: Day; reviewOn: Day }>(
    'select "on", review_on as "reviewOn" from safety_of_stay($1)',
    [stay.id],
  )
  return row ?? null
}

const end = command('stay.end', wire.EndStay, async (tx, cmd) => {
  const stay = await lockStay(tx, cmd.recordId)
  await mustBeFresh(tx, 'shelter_stay', cmd, ['stay'])
  const row = await fileOf(tx, stay)
  const decision = decideEndStay(
    stay,
    row === null ? null : assistedOf(row, await deputyOf(tx, row.caseId)),
    await planFor(tx, stay),
    cmd.body,
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  if (stay.holdId === null) return refused({ code: 'not_allowed' })
  const freed = await releaseBed(tx, stay.holdId, 'placement_ended')
  if (!freed.ok) return refused(freed.refusal)
  const event = decision.events[0]!
  const version = await recordOnStay(tx, stay, event, stay.id)
  tx.later("update shelter_stay set status = 'ended', ended_on = $2, leaves_to = $3 where id = $1", [
    stay.id,
    event.facts.on,
    event.facts.to,
  ])
  return done({ recordId: stay.id, version })
})

const give = command('stay.give', wire.GiveAssistance, async (tx, cmd) => {
  const stay = await lockStay(tx, cmd.recordId)
  await mustBeProvider(tx, cmd.body.providerId)
  const known = await residentChildren(tx, stay.id)
  const decision = decideGiveInStay(stay, known, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const event = decision.events[0]!
  const version = await recordOnStay(tx, stay, event, event.facts.serviceId)
  const f = event.facts
  insert(tx, 'assistance_service', {
    id: f.serviceId,
    nrm_id: stay.nrmId,
    stay_id: stay.id,
    service: f.service,
    setting: f.setting,
    beneficiary: f.beneficiary,
    dependant_id: f.dependantId,
    provider_id: f.providerId,
    from_day: f.from,
    until_day: f.until,
    cost_lek: f.costLek,
    funding: f.funding,
    by_id: tx.actor.userId,
    by_unit: tx.actor.unitId,
    at: tx.stamp.occurredAt,
  })
  return done({ recordId: stay.id, version, reply: { id: f.serviceId } })
})
/** Children who live there with the resident, as the packet names them. */
const residentChildren = async (tx: Tx, stayId: Uuid): Promise<Uuid[]> => {
  const rows = await tx.sql<{ id: Uuid }>(
    `select (c ->> 'id')::uuid as id from shelter_resident r, jsonb_array_elements(r.identity -> 'children') c where r.id = $1`,
    [stayId],
  )
  return rows.map((one) => one.id)
}

const report = command('stay.write_report', wire.WriteAssistanceReport, async (tx, cmd) => {
  const stay = await lockStay(tx, cmd.recordId)
  const [last] = await tx.sql<{ on: Day | null }>('select reported_of_stay($1) as "on"', [stay.id])
  const decision = decideReportOfStay(stay, last?.on ?? null, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const event = decision.events[0]!
  const f = event.facts
  const version = await recordOnStay(tx, stay, event, f.reportId)
  insert(tx, 'assistance_report', {
    id: f.reportId,
    nrm_id: stay.nrmId,
    stay_id: stay.id,
    on_day: f.on,
    progress: f.progress,
    concern: f.concern,
    by_id: tx.actor.userId,
    by_unit: tx.actor.unitId,
    at: tx.stamp.occurredAt,
  })
  return done({ recordId: stay.id, version, reply: { id: f.reportId } })
})

export const stayCommands: readonly CommandHandler[] = [begin, end, give, report]
