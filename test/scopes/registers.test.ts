/**
 * Random search for a leak in complaints, in the versions of forms and in the directory of services: every person of the cast and the
 * public, against random rows, table by table. The oracle says it in plain words; it shares nothing with the policies.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Uuid } from '#domain/core.ts'
import { systemActor, withTx } from '#server/tx.ts'
import {
  actorOf,
  type CastName,
  type CastUnitName,
  castNames,
  castUnits,
  unitId,
  userId,
} from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

const nobody: Actor = { ...systemActor, role: 'public' }
const askers: readonly (readonly [string, Actor])[] = [
  ...castNames.map((name) => [name, actorOf(name)] as const),
  ['the public', nobody],
]
const person = fc.constantFrom<CastName>(
  'state-agency',
  'peoples-advocate',
  'head-tirana',
  'cpw-tirana',
  'school',
  'shelter',
  'field-tirana',
)
const unit = fc.constantFrom<CastUnitName>(
  'cpu-tirana',
  'school-tirana',
  'shelter-tirana',
  'state-agency',
  'peoples-advocate',
  'police-tirana',
  'field-tirana',
)

const complaint = fc.record({
  route: fc.constantFrom('state_agency', 'peoples_advocate'),
  about: fc.option(unit),
  enteredBy: fc.option(person),
  officer: fc.option(person),
  named: fc.array(person, { maxLength: 2 }),
  advocate: fc.constantFrom('none', 'open', 'reported'),
  askedOf: unit,
  notFor: fc.array(person, { maxLength: 2 }),
})
const provider = fc.record({
  listed: fc.boolean(),
  towns: fc.array(fc.constantFrom('53', '10'), { minLength: 1, maxLength: 2 }),
  withheld: fc.boolean(),
  used: fc.boolean(),
  status: fc.constantFrom('active', 'paused', 'closed'),
})
const sample = <T>(what: fc.Arbitrary<T>, n: number, seed: number): (T & { id: Uuid })[] =>
  fc.sample(what, { numRuns: n, seed }).map((one) => ({ ...one, id: randomUUID() }))

const complaints = sample(complaint, 60, 71)
/** Institutions that offer something: one each, since a profile is the institution's own. */
const offering: readonly CastUnitName[] = [
  'school-tirana',
  'health-tirana',
  'shelter-tirana',
  'day-centre-tirana',
  'education-tirana',
  'employment-tirana',
]
const providers = sample(provider, offering.length, 72).map((one, n) => ({ ...one, unit: offering[n]! }))
const places = providers.flatMap((of) => of.towns.map((town) => ({ id: randomUUID(), of, town })))
const states = ['draft', 'proposed', 'approved', 'discarded'] as const
const forms = states.map((state) => ({ id: randomUUID(), state }))

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  const users = (names: readonly CastName[]): string =>
    `array[${names.map((name) => `'${userId(name)}'`).join(', ')}]::uuid[]`
  const opt = (value: Uuid | null): string => (value === null ? 'null' : `'${value}'`)
  const sql = [
    ...complaints.map((one) => {
      const about = opt(one.about && unitId(one.about))
      return `insert into complaint (id, version, state, route, body, institution_id, unit_id, by_whom, channel, discrimination, language,
          identity, entered_by, officer_id, named, received_at, advocate)
        values ('${one.id}', 1, 'RECEIVED', '${one.route}', 'school', ${about}, ${about}, 'child', 'web', 'no', 'sq', false,
          ${opt(one.enteredBy && userId(one.enteredBy))}, ${opt(one.officer && userId(one.officer))}, ${users(one.named)}, now(), '${one.advocate}');
        insert into complaint_named (id, narrative) values ('${one.id}', 'Fjalë');
        insert into complaint_sensitive (id, sealed) values ('${one.id}', 'x');
        insert into complaint_question (id, version, complaint_id, unit_id, not_for, asked_at)
          values ('${one.id}', 1, '${one.id}', '${unitId(one.askedOf)}', ${users(one.notFor)}, now());
        insert into complaint_question_named (id, question) values ('${one.id}', 'Pyetje')`
    }),
    ...forms.map(({ id, state }, n) => {
      const [by, second] = [userId('state-agency'), userId('admin')]
      const approved = state === 'approved'
      return `insert into form_definition (id, form, number, use, state, source, content, digest, questions, effective_from, created_by,
          created_at, approved_by, approved_at)
        values ('${id}', 'trial_${n}', 1, 'checklist', '${state}', 'provë', '{}', '${'0'.repeat(64)}', 0,
          ${state === 'draft' || state === 'discarded' ? 'null' : "'2027-01-01'"}, '${by}', now(),
          ${approved ? `'${second}'` : 'null'}, ${approved ? 'now()' : 'null'})`
    }),
    ...providers.map(
      (one) => `insert into provider (id, version, description_sq, description_en, listed, updated_on)
        values ('${unitId(one.unit)}', 1, 'P', 'P', ${one.listed}, '2026-01-01')`,
    ),
    ...places.map(
      ({
        id,
        of,
        town,
      }) => `insert into provider_place (id, provider_id, name_sq, name_en, municipality, withheld, used)
        values ('${id}', '${unitId(of.unit)}', 'V', 'V', '${town}', ${of.withheld}, ${of.used})`,
    ),
    ...providers.map(
      (
        one,
      ) => `insert into provider_service (id, version, provider_id, service, name_sq, name_en, description_sq, description_en, free,
          languages, status, verified_on, updated_at)
        values ('${one.id}', 1, '${unitId(one.unit)}', 'education', 'S', 'S', 'S', 'S', true, '{sq}', '${one.status}', '2026-01-01', now())`,
    ),
  ]
  await app.db.admin(sql.join(';\n'))
})
afterAll(() => app.close())

/** The oracle. */
type Complaint = (typeof complaints)[number]
const isOneOf = (asker: Actor, names: readonly CastName[]): boolean =>
  names.some((name) => userId(name) === asker.userId)
const involved = (asker: Actor, one: Complaint): boolean =>
  (one.about !== null && unitId(one.about) === asker.institutionId) ||
  (one.enteredBy !== null && isOneOf(asker, [one.enteredBy])) ||
  isOneOf(asker, one.named)
const hears = (asker: Actor, one: Complaint): boolean => {
  if (involved(asker, one)) return false
  if (asker.role === 'state_agency') return one.route === 'state_agency'
  return asker.role === 'peoples_advocate' && (one.route === 'peoples_advocate' || one.advocate !== 'none')
}
const hasInHand = (asker: Actor, one: Complaint): boolean =>
  hears(asker, one) && one.officer !== null && isOneOf(asker, [one.officer])
const isAsked = (asker: Actor, one: Complaint): boolean =>
  asker.unitId === unitId(one.askedOf) &&
  !isOneOf(asker, one.notFor) &&
  !['admin', 'dpo', 'cpw', 'field_team', 'public', 'system'].includes(asker.role)

type Provider = (typeof providers)[number]
const isStaff = (asker: Actor): boolean => asker.role !== 'public'
const showsTo = (asker: Actor, one: Provider): boolean => isStaff(asker) || one.listed
const keeps = (asker: Actor, one: Provider): boolean => {
  if (asker.role === 'state_agency') return true
  const counts = ['admin', 'dpo', 'coordinator', 'county_committee', 'plan_officer', 'public']
  if (asker.institutionId === unitId(one.unit) && !counts.includes(asker.role)) return true
  return (
    ['cpu_head', 'municipal_director'].includes(asker.role) &&
    castUnits[one.unit].kind !== 'shelter' &&
    one.towns.every((town) => town === asker.municipality)
  )
}

const ids = (all: readonly { id: Uuid }[]): Uuid[] => all.map((one) => one.id).sort()
describe('row-level security gives each person exactly the rows that the rules give', () => {
  test.each(askers)('%s', async (_, asker) => {
    const heard = complaints.filter((one) => hears(asker, one))
    const questions = complaints.filter((one) => hears(asker, one) || isAsked(asker, one))
    const wanted = {
      complaint: heard,
      complaint_named: heard,
      complaint_sensitive: complaints.filter((one) => hasInHand(asker, one)),
      complaint_question: questions,
      complaint_question_named: questions,
      form_definition: forms.filter(({ state }) => state === 'approved' || asker.role === 'state_agency'),
      provider: providers.filter((one) => showsTo(asker, one)).map((one) => ({ id: unitId(one.unit) })),
      provider_place: places.filter(({ of }) => isStaff(asker) || (!of.withheld && of.used)),
      provider_service: providers.filter(
        (one) => isStaff(asker) || (one.status !== 'closed' && showsTo(asker, one)),
      ),
    }
    const kept = providers.filter((one) => keeps(asker, one)).map((one) => unitId(one.unit))
    const [seen, keeping] = await withTx(app.ctx, asker, async (tx) => {
      const found: Record<string, Uuid[]> = {}
      for (const table of Object.keys(wanted))
        found[table] = ids(
          await tx.sql<{ id: Uuid }>(
            `select id from ${table}${table === 'form_definition' ? ' where not shipped' : ''}`,
          ),
        )
      const may = await tx.sql<{ id: Uuid }>(
        'select id from institution where id = any ($1) and keeps_provider(id)',
        [providers.map((one) => unitId(one.unit))],
      )
      return [found, ids(may)] as const
    })
    for (const [table, rows] of Object.entries(wanted)) expect(seen[table], table).toEqual(ids(rows))
    if (isStaff(asker)) expect(keeping).toEqual([...kept].sort())
  })
})

describe('whoever types SQL as the application', () => {
  const tries: readonly (readonly [string, CastName, () => string])[] = [
    [
      'enters no complaint in another’s name',
      'school',
      () => `insert into complaint (id, version, state, route, body, by_whom, channel, discrimination, language, identity, entered_by, received_at)
        values (gen_random_uuid(), 1, 'RECEIVED', 'state_agency', 'school', 'child', 'staff', 'no', 'sq', false, '${userId('police')}', now())`,
    ],
    [
      'asks no institution without having the complaint in hand',
      'school',
      () => `insert into complaint_question (id, version, complaint_id, unit_id, asked_at)
        values (gen_random_uuid(), 1, '${complaints[0]!.id}', '${unitId('police-tirana')}', now())`,
    ],
    [
      'writes no form in force',
      'state-agency',
      () => `insert into form_definition (id, form, number, use, state, source, content, digest, questions, effective_from, created_by, created_at)
        values (gen_random_uuid(), 'own', 1, 'checklist', 'approved', 'x', '{}', '${'0'.repeat(64)}', 0, '2027-01-01', '${userId('state-agency')}', now())`,
    ],
    [
      'enters no service for another’s institution',
      'school',
      () => `insert into provider_service (id, version, provider_id, service, name_sq, name_en, description_sq, description_en, free, languages, status,
          verified_on, updated_at)
        values (gen_random_uuid(), 1, '${unitId('health-tirana')}', 'medical', 'S', 'S', 'S', 'S', true, '{sq}', 'active', '2026-01-01', now())`,
    ],
  ]
  test.each(tries)('%s', async (_, who, sql) => {
    await expect(withTx(app.ctx, actorOf(who), (tx) => tx.sql(sql()))).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|23514)$/),
    })
  })
})
