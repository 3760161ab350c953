/** Steps of assistance for tests, each through its door: risk and safety plan, services, a bed and a stay. */
import { expect } from 'vitest'
import { ageBands } from '#domain/care/beds.ts'
import { addDays } from '#domain/clock/tirana.ts'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId } from '#test/cast.ts'
import type { TestApp } from './harness.ts'
import { takenAdult } from './nrm-life.ts'

export const today = '2026-11-24'
export const office = 'social-service' as const

export const assisting = (app: () => TestApp) => {
  const versionOf = async (kind: string, id: string): Promise<number> =>
    Number(
      (
        await app().db.admin('select version from record_head where kind = $1 and record_id = $2', [kind, id])
      )[0]!.version,
    )
  const tell = async (who: CastName, id: string, verb: string, body: object) =>
    app()
      .as(who)
      .command(`assistance.${verb}`, id, body, { baseVersion: await versionOf('nrm_file', id) })
  const must = async (who: CastName, id: string, verb: string, body: object): Promise<string> => {
    const reply = await tell(who, id, verb, body)
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    return String(reply.body.reply!.id ?? reply.body.reply!.stayId)
  }
  const code = async (who: CastName, id: string, verb: string, body: object) => {
    const { status, body: said } = await tell(who, id, verb, body)
    return status === 200 ? 'ok' : String(said.code ?? status)
  }
  const read = async (who: CastName, id: string) => app().as(who).get(`/api/nrm/${id}/assistance`)

  const adult = async () => (await takenAdult(app(), 'police')).id
  const risk = {
    on: today,
    level: 'high',
    dangers: ['exploiter_near', 'debt'],
    living: 'rented',
    words: 'Ish-punëdhënësi e kërkon.',
  }
  const safe = async (id: string, reviewOn = addDays(today, 60), who: CastName = office) => {
    const riskId = await must(who, id, 'assess_risk', risk)
    return must(who, id, 'make_safety_plan', {
      riskId,
      reviewOn,
      police: true,
      measures: 'Ndërrohet numri i telefonit.',
      contact: 'Telefonatë çdo të hënë.',
    })
  }
  const service = (over: object = {}) => ({
    service: 'housing',
    setting: 'community',
    beneficiary: 'subject',
    providerId: unitId('shelter-tirana'),
    from: today,
    costLek: 12_000,
    funding: 'state',
    ...over,
  })

  /** A bed in the shelter of Tirana, held for an adult by the regional social service and promised. */
  let places = 0
  const bed = async (keeper: 'shelter' | 'shelter-vlore' = 'shelter', sex = 'female', ageBand = 'adult') => {
    const placeId = uuidv7()
    places += 1
    const unit = unitId(keeper === 'shelter' ? 'shelter-tirana' : 'shelter-vlore')
    await app().db.admin(
      `insert into care_place (id, version, kind, code, name_sq, name_en, facility_kind, institution_id, unit_id, municipality, county, status,
         beds, capacity, licence_number, licence_from)
       values ($1, 1, 'facility', $2, 'Strehëza e provës', 'Trial shelter', 'shelter', $3, $3, '53', 'AL-11', 'approved', $4, 2, 'L-1', '2025-01-01')`,
      [
        placeId,
        `IN-53-${700 + places}`,
        unit,
        JSON.stringify([{ sex: 'any', bands: [...ageBands], places: 2 }]),
      ],
    )
    const id = uuidv7()
    const held = await app().as(office).command('bed.hold', id, { placeId, sex, ageBand })
    if (held.status !== 200) return { id, placeId, held }
    const confirmed = await app().as(keeper).command('bed.confirm', id, {}, { baseVersion: 1 })
    expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
    return { id, placeId, held }
  }
  const packet = (holdId: string, stayId = uuidv7()) => ({
    stayId,
    holdId,
    on: today,
    consentOn: today,
    needs: 'Strehim dhe mjek.',
    risks: 'Ish-punëdhënësi e kërkon.',
  })
  const resident = async (keeper: 'shelter' | 'shelter-vlore' = 'shelter') => {
    const id = await adult()
    const { id: holdId } = await bed(keeper)
    const stayId = await must(office, id, 'begin_stay', packet(holdId))
    return { id, holdId, stayId }
  }
  const stayTell = async (who: CastName, stayId: string, verb: string, body: object) =>
    app()
      .as(who)
      .command(`stay.${verb}`, stayId, body, { baseVersion: await versionOf('shelter_stay', stayId) })

  return { versionOf, tell, must, code, read, adult, risk, safe, service, bed, packet, resident, stayTell }
}
