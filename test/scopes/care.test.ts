/**
 * Random search for a leak in the registers of alternative care: every person of the cast, with and without a stated purpose, against
 * random places and holds, table by table. The oracle says it in plain words; it shares nothing with the policies.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Purpose, Uuid } from '#domain/core.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, type CastUnitName, castUnits, unitId, userId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { askersInTurn } from './askers.ts'

interface Place {
  readonly id: Uuid
  readonly facility: boolean
  readonly unit: CastUnitName
  readonly municipality: string
  readonly status: string
}
interface Hold {
  readonly id: Uuid
  readonly place: Place
  readonly by: CastName
  readonly state: string
}
const at = { '53': 'AL-11', '10': 'AL-02', '61': 'AL-12' } as const
const place = fc.oneof(
  fc.record({
    facility: fc.constant(true),
    unit: fc.constantFrom<CastUnitName>(
      'shelter-tirana',
      'shelter-vlore',
      'social-services-tirana',
      'police-tirana',
    ),
    municipality: fc.constantFrom('53', '10', '61'),
    status: fc.constantFrom('approved', 'suspended', 'closed'),
  }),
  fc
    .record({
      facility: fc.constant(false),
      unit: fc.constantFrom<CastUnitName>('cpu-tirana', 'cpu-durres'),
      status: fc.constantFrom('applied', 'assessed', 'approved', 'refused', 'suspended', 'closed'),
    })
    .map((one) => ({ ...one, municipality: castUnits[one.unit].municipality ?? '53' })),
)
const hold = fc.record({
  on: fc.nat({ max: 39 }),
  by: fc.constantFrom<CastName>(
    'cpw-tirana',
    'cpw2-tirana',
    'head-tirana',
    'cpw-durres',
    'head-durres',
    'shelter',
  ),
  state: fc.constantFrom('HELD', 'CONFIRMED', 'OCCUPIED', 'RELEASED', 'REFUSED', 'EXPIRED'),
})

let app: TestApp
const places: Place[] = []
const holds: Hold[] = []
const teams: { id: Uuid; municipality: keyof typeof at }[] = []

beforeAll(async () => {
  app = await testApp()
  for (const one of fc.sample(place, { numRuns: 40, seed: 40 })) places.push({ id: randomUUID(), ...one })
  for (const { on, by, state } of fc.sample(hold, { numRuns: 60, seed: 41 }))
    holds.push({ id: randomUUID(), place: places[on]!, by, state })
  for (const municipality of ['53', '10', '61'] as const) teams.push({ id: randomUUID(), municipality })
  const sql = [
    // Rows of a moment long gone: whether they may come about is another test's question.
    'alter table bed_hold disable trigger guard_bed',
    ...places.map(
      (
        one,
        n,
      ) => `insert into care_place (id, version, kind, code, name_sq, name_en, facility_kind, institution_id, unit_id, municipality,
          county, status, beds, capacity, licence_number, licence_from, applied_on)
        values ('${one.id}', 1, '${one.facility ? 'facility' : 'foster_family'}', 'XX-99-${String(n).padStart(3, '0')}',
          ${one.facility ? `'P', 'P', 'shelter', '${unitId(one.unit)}'` : 'null, null, null, null'}, '${unitId(one.unit)}',
          '${one.municipality}', '${at[one.municipality as keyof typeof at]}', '${one.status}', '[]', 400,
          ${one.facility ? "'L', '2020-01-01', null" : "null, null, '2020-01-01'"});
        insert into care_place_named (id, names) values ('${one.id}', 'Emër');
        insert into care_place_sensitive (id, sealed) values ('${one.id}', 'x');
        insert into care_visit (id, version, subject_kind, subject_id, kind, on_day, by_id, by_unit)
          values ('${one.id}', 1, 'care_place', '${one.id}', 'review', '2026-01-01', gen_random_uuid(), '${unitId('cpu-durres')}');
        insert into care_visit_named (id, subject_id, findings) values ('${one.id}', '${one.id}', 'Gjetje')`,
    ),
    ...holds.map(
      (
        one,
      ) => `insert into bed_hold (id, version, care_place_id, sex, age_band, state, held_by_unit, held_by_id, held_at, expires_at, changed_at)
        values ('${one.id}', 1, '${one.place.id}', 'female', '12_14', '${one.state}', '${actorOf(one.by).unitId}', '${userId(one.by)}', now(),
          ${['HELD', 'CONFIRMED'].includes(one.state) ? "now() + interval '1 day'" : 'null'}, now());
        insert into bed_hold_named (id, said, said_by, said_at) values ('${one.id}', 'Fjalë', gen_random_uuid(), now());
        insert into bed_hold_placement (id, placement_id) values ('${one.id}', gen_random_uuid())`,
    ),
    ...teams.map(
      (one) => `insert into emergency_team (id, version, municipality, county, unit_id, name_sq, name_en)
          values ('${one.id}', 1, '${one.municipality}', '${at[one.municipality]}', '${unitId('cpu-tirana')}', 'E', 'E');
        insert into emergency_member (id, team_id, name, profession) values ('${one.id}', '${one.id}', 'Emër', 'police');
        insert into emergency_duty (id, team_id, member_id, from_at, to_at)
          values ('${one.id}', '${one.id}', '${one.id}', now(), now() + interval '1 hour')`,
    ),
    'alter table bed_hold enable trigger guard_bed',
  ]
  await app.db.admin(sql.join(';\n'))
})
afterAll(() => app.close())

interface Asker {
  readonly name: CastName
  readonly purpose: Purpose | null
}
const askers: readonly Asker[] = askersInTurn
const actor = ({ name, purpose }: Asker): Actor => ({ ...actorOf(name), purpose })

/** The oracle. */
const worksThere = ({ name }: Asker, unit: CastUnitName): boolean =>
  actorOf(name).unitId === unitId(unit) &&
  ['shelter', 'day_centre', 'cpw', 'cpu_head', 'municipal_director'].includes(actorOf(name).role)
const isMunicipal = ({ name }: Asker): boolean =>
  ['cpw', 'cpu_head', 'municipal_director'].includes(actorOf(name).role)
const inTown = ({ name }: Asker, municipality: string): boolean => actorOf(name).municipality === municipality
const isAgency = ({ name }: Asker): boolean => actorOf(name).role === 'state_agency'
const watches = ({ purpose }: Asker): boolean =>
  purpose === 'monitoring' || purpose === 'complaint' || purpose === 'case_review'
const knows = (asker: Asker, one: Place): boolean =>
  worksThere(asker, one.unit) ||
  isAgency(asker) ||
  (isMunicipal(asker) &&
    (one.facility ||
      ['approved', 'suspended', 'closed'].includes(one.status) ||
      inTown(asker, one.municipality))) ||
  (one.facility && ['responsible_authority', 'social_service'].includes(actorOf(asker.name).role))
const holdsIt = ({ name }: Asker, one: Hold): boolean =>
  actorOf(name).unitId === actorOf(one.by).unitId && ['cpw', 'cpu_head'].includes(actorOf(name).role)
const goesThere = (asker: Asker, one: Place): boolean =>
  knows(asker, one) &&
  holds.some(
    (held) =>
      held.place === one &&
      held.by === asker.name &&
      holdsIt(asker, held) &&
      ['CONFIRMED', 'OCCUPIED'].includes(held.state),
  )
const directs = (asker: Asker, one: Place): boolean =>
  !one.facility && actorOf(asker.name).role === 'municipal_director' && inTown(asker, one.municipality)
const readsDeep = (asker: Asker, one: Place): boolean =>
  worksThere(asker, one.unit) || (isAgency(asker) && (one.facility || watches(asker))) || directs(asker, one)
const readsNames = (asker: Asker, one: Place): boolean => readsDeep(asker, one) || goesThere(asker, one)
const readsDoor = (asker: Asker, one: Place): boolean => worksThere(asker, one.unit) || goesThere(asker, one)
const seesHold = (asker: Asker, one: Hold): boolean =>
  holdsIt(asker, one) || worksThere(asker, one.place.unit) || isAgency(asker)
/** No bed of these is planned for a child yet: whoever asked, the head of that unit, the place, and who oversees with a purpose. */
const readsWords = (asker: Asker, one: Hold): boolean =>
  worksThere(asker, one.place.unit) ||
  (isAgency(asker) && watches(asker)) ||
  (holdsIt(asker, one) && (asker.name === one.by || actorOf(asker.name).role === 'cpu_head'))
const seesVisit = (asker: Asker, one: Place): boolean =>
  worksThere(asker, one.unit) || isAgency(asker) || directs(asker, one) || (one.facility && knows(asker, one))
const seesTeam = (asker: Asker, one: { municipality: keyof typeof at }): boolean => {
  const { role, county } = actorOf(asker.name)
  if (isMunicipal(asker) || isAgency(asker) || role === 'hotline') return true
  return ['police', 'border_police', 'field_team', 'health'].includes(role) && county === at[one.municipality]
}

const ids = (all: readonly { id: Uuid }[]): Uuid[] => all.map((one) => one.id).sort()
describe('row-level security gives each person exactly the rows that the rules give', () => {
  test.each(askers.map((asker) => [`${asker.name} ${asker.purpose ?? ''}`, asker] as const))(
    '%s',
    async (_, asker) => {
      const wanted = {
        care_place: places.filter((one) => knows(asker, one)),
        care_place_named: places.filter((one) => readsNames(asker, one)),
        care_place_sensitive: places.filter((one) => readsDoor(asker, one)),
        bed_hold: holds.filter((one) => seesHold(asker, one)),
        bed_hold_named: holds.filter((one) => readsWords(asker, one)),
        bed_hold_placement: holds.filter((one) => holdsIt(asker, one)),
        care_visit: places.filter((one) => seesVisit(asker, one)),
        care_visit_named: places.filter((one) => readsDeep(asker, one)),
        emergency_team: teams.filter((one) => seesTeam(asker, one)),
        emergency_member: teams.filter((one) => seesTeam(asker, one)),
        emergency_duty: teams.filter((one) => seesTeam(asker, one)),
      }
      const seen = await withTx(app.ctx, actor(asker), async (tx) => {
        const found: Record<string, Uuid[]> = {}
        for (const table of Object.keys(wanted))
          found[table] = ids(await tx.sql<{ id: Uuid }>(`select id from ${table}`))
        return found
      })
      for (const [table, rows] of Object.entries(wanted)) expect(seen[table], table).toEqual(ids(rows))
    },
  )
})

describe('whoever types SQL as the application', () => {
  const tries: readonly (readonly [string, CastName, () => string])[] = [
    [
      'changes no place without its event',
      'state-agency',
      () => "update care_place set capacity = 1 where kind = 'facility'",
    ],
    [
      'moves no bed without its event',
      'cpw-tirana',
      () => "update bed_hold set state = 'RELEASED', expires_at = null where state = 'HELD'",
    ],
    [
      'holds no bed without its event',
      'cpw-tirana',
      () => `insert into bed_hold (id, version, care_place_id, sex, age_band, state, held_by_unit, held_by_id, held_at, expires_at, changed_at)
        values (gen_random_uuid(), 1, '${places.find((one) => one.facility && one.status === 'approved')!.id}', 'female', '12_14', 'HELD',
          '${unitId('cpu-tirana')}', '${userId('cpw-tirana')}', now(), now() + interval '1 day', now())`,
    ],
    ['writes no roster without its event', 'head-tirana', () => 'update emergency_duty set cancelled = true'],
    [
      'holds no bed for another unit',
      'cpw-tirana',
      () => `insert into bed_hold (id, version, care_place_id, sex, age_band, state, held_by_unit, held_by_id, held_at, expires_at, changed_at)
        values (gen_random_uuid(), 1, '${places[0]!.id}', 'female', '12_14', 'HELD', '${unitId('cpu-durres')}', '${userId('cpw-durres')}',
          now(), now() + interval '1 day', now())`,
    ],
  ]
  test.each(tries)('%s', async (_, who, sql) => {
    await expect(withTx(app.ctx, actorOf(who), (tx) => tx.sql(sql()))).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|23514)$/),
    })
  })
})
