/**
 * Random search for a leak in what belongs to meetings of the technical group, to courts, to needs and outcomes: every person of the cast, with
 * and without a stated purpose, against random cases, table by table. The oracle is `oracle.ts`.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Uuid } from '#domain/core.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, castNames, unitId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { askersInTurn } from './askers.ts'
import { type Asker, caseTierOf } from './oracle.ts'
import { type CaseRecord, world, worldSql } from './world.ts'

let app: TestApp
const cases: CaseRecord[] = []
/** Cases whose child lives where it is no secret. */
const open = new Set<Uuid>()
/** Of each hold, which has its placement's id here. */
const caseOf = new Map<Uuid, Uuid>()
const school = () => unitId('school-tirana')

beforeAll(async () => {
  app = await testApp({ now: new Date().toISOString() })
  for (const one of fc.sample(world, { numRuns: 4, seed: 3532018 })) {
    await app.db.admin(worldSql(one))
    cases.push(...one.cases)
  }
  // One of each to a case, written by nobody of the cast; the school of Tirana is called to every meeting.
  await app.db.admin(`
    insert into conference_call (id, case_id, planned_at, place, state, by_id, at)
      select gen_random_uuid(), id, now() + interval '1 day', 'Salla', 'open', gen_random_uuid(), now() from case_file;
    insert into conference_invitation (id, conference_id, case_id, case_code, unit_id, institution_id, from_unit_id, planned_at, place, state)
      select gen_random_uuid(), k.id, k.case_id, c.code, u.id, u.institution_id, c.unit_id, k.planned_at, k.place, 'open'
      from conference_call k join case_file c on c.id = k.case_id cross join unit u where u.id = '${school()}';
    insert into case_conference (id, case_id, held_on, child_part, family_part, decisions, by_id, at)
      select gen_random_uuid(), id, current_date, 'was_heard', 'took_part', '{other}', gen_random_uuid(), now() from case_file;
    insert into conference_resolution (id, case_id, conference_id, service, institution_id, due, at)
      select gen_random_uuid(), k.case_id, k.id, 'medical', u.institution_id, current_date, now()
      from case_conference k cross join unit u where u.id = '${school()}';
    insert into court_case (id, case_id, matter, court, stage, filed_on, outcome, decided_on, opened_at, opened_by)
      select gen_random_uuid(), id, 'custody', 'Gjykata', 'decided', '2025-03-01', 'granted', '2025-03-09', now(), gen_random_uuid()
      from case_file;
    insert into court_hearing (id, court_id, case_id, hearing_at) select gen_random_uuid(), id, case_id, now() from court_case;
    insert into court_check (id, court_id, case_id, checked_on, execution)
      select gen_random_uuid(), id, case_id, current_date, 'under_way' from court_case;
    insert into care_place (id, version, kind, code, unit_id, municipality, county, status, beds, capacity, applied_on)
      select gen_random_uuid(), 1, 'foster_family', 'FK-53-901', '${unitId('day-centre-tirana')}', '53', 'AL-11', 'approved', '[]', 400, current_date;
    insert into placement (id, case_id, kind, status, basis, from_day, child_view, siblings, family_told, registered, hidden, started_at,
        started_on, by_id, at)
      select gen_random_uuid(), id, 'shelter', 'in_place', 'court', current_date, 'agrees', 'none', false, true,
        row_number() over (order by id) % 2 = 0, now(), current_date, gen_random_uuid(), now() from case_file;
    insert into bed_hold (id, version, care_place_id, sex, age_band, state, held_by_unit, held_by_id, held_at, changed_at)
      select p.id, 1, c.id, 'female', '6_11', 'OCCUPIED', f.unit_id, gen_random_uuid(), now(), now()
      from placement p join case_file f on f.id = p.case_id cross join care_place c limit 400;
    insert into bed_hold_placement (id, placement_id) select id, id from bed_hold;
    insert into placement_place (id, case_id, hidden, bed_hold_id) select id, case_id, hidden, id from placement;
    insert into placement_review (id, placement_id, case_id, reviewed_on, outcome, child_view)
      select gen_random_uuid(), id, case_id, current_date, 'continue', 'agrees' from placement;
    insert into placement_visit (id, placement_id, case_id, visited_on, seen, concern)
      select gen_random_uuid(), id, case_id, current_date, 'alone', false from placement;
    insert into placement_exit_visit (id, placement_id, case_id, month, due) select gen_random_uuid(), id, case_id, 1, current_date from placement;
    insert into care_step (id, case_id, track, step, on_day, body, at)
      select gen_random_uuid(), id, 'adoption', 'adoptability_asked', current_date, 'unit', now() from case_file;
    insert into leaving_plan (id, case_id, placement_id, goal, target_on, made_on)
      select gen_random_uuid(), case_id, id, 'foster', current_date, current_date from placement;
    insert into leaving_step (id, leaving_id, case_id, due, status) select gen_random_uuid(), id, case_id, current_date, 'open' from leaving_plan;
    insert into case_need (id, case_id, episode, kind, beneficiary, found_on, by_id, at, state, state_on)
      select gen_random_uuid(), id, 1, 'books', 'child', current_date, gen_random_uuid(), now(), 'OPEN', current_date from case_file;
    insert into case_need_link (id, need_id, case_id, what, ref_id, at)
      select gen_random_uuid(), id, case_id, 'service', gen_random_uuid(), now() from case_need;
    insert into consent (id, version, case_id, unit_id, purpose, recipients, fields, capacity, language, number, given_at)
      select gen_random_uuid(), 1, id, unit_id, 'sharing', '{health_fund}', '{name}', 'guardian', 'sq', 1, now() from case_file;
    insert into status_certificate (id, need_id, case_id, consent_id, recipient, given_on, by_id, at)
      select gen_random_uuid(), n.id, n.case_id, k.id, 'health_fund', current_date, gen_random_uuid(), now()
      from case_need n join consent k on k.case_id = n.case_id;
    insert into outcome_status (id, case_id, episode, occasion, taken_on, living, school, vaccinated, health_card, job, parent_work,
        network, income, by_id, at)
      select gen_random_uuid(), id, 1, 'opening', current_date, 'kinship', 'primary', 'yes', 'yes', 'none', 'one', 'yes', 'none',
        gen_random_uuid(), now() from case_file;
    insert into reopening_judgement (id, case_id, episode, reopened_on, reexploited, evidence, by_id, at)
      select gen_random_uuid(), id, 2, current_date, 'yes', '{police}', gen_random_uuid(), now() from case_file`)
  const rows = await app.db.admin<{ id: Uuid }>('select case_id as id from placement where not hidden')
  for (const row of rows) open.add(row.id)
  for (const row of await app.db.admin<{ id: Uuid; case: Uuid }>(
    'select id, case_id as "case" from placement',
  ))
    caseOf.set(row.id, row.case)
})
afterAll(() => app.close())

const askers: readonly Asker[] = askersInTurn
const actor = ({ name, purpose }: Asker): Actor => ({ ...actorOf(name), purpose })
const ask = <T>(asker: Asker, sql: string): Promise<T[]> =>
  withTx(app.ctx, actor(asker), (tx) => tx.sql<T>(sql))
const casesIn = async (asker: Asker, table: string): Promise<Set<Uuid>> =>
  new Set((await ask<{ id: Uuid }>(asker, `select case_id as id from ${table}`)).map((row) => row.id))
const tables = [
  'conference_call',
  'conference_resolution',
  'court_case',
  'court_hearing',
  'court_check',
  'placement',
  'placement_review',
  'placement_visit',
  'placement_exit_visit',
  'care_step',
  'leaving_plan',
  'leaving_step',
  'case_need',
  'case_need_link',
  'status_certificate',
  'outcome_status',
  'reopening_judgement',
] as const

describe('row-level security gives each person exactly the rows that the rules give', () => {
  test.each(askers.map((asker) => [`${asker.name} ${asker.purpose ?? ''}`, asker] as const))(
    '%s',
    async (_, asker) => {
      const seen = new Set(cases.filter((one) => caseTierOf(asker, one) >= 2).map((one) => one.id))
      for (const table of tables) expect(await casesIn(asker, table), table).toEqual(seen)
      // Where a child lives is read with the identified core; a hidden place only with the sensitive tier.
      const where = cases.filter((one) => {
        const tier = caseTierOf(asker, one)
        return tier >= 4 || (tier >= 3 && open.has(one.id))
      })
      expect(await casesIn(asker, 'placement_place')).toEqual(new Set(where.map((one) => one.id)))
      // The hold of its bed says the same, and is as well kept; the place itself and the State Agency read it without the child.
      const { role, unitId: unit } = actor(asker)
      const works = role === 'cpw' || role === 'cpu_head' ? new Set(where.map((one) => one.id)) : new Set()
      const keeps = unit === unitId('day-centre-tirana') && role === 'day_centre'
      const held = (table: string) =>
        ask<{ id: Uuid }>(asker, `select id from ${table}`).then(
          (rows) => new Set(rows.map((row) => caseOf.get(row.id))),
        )
      expect(await held('bed_hold_placement')).toEqual(works)
      expect(await held('bed_hold')).toEqual(
        keeps || role === 'state_agency' ? new Set(cases.map((one) => one.id)) : works,
      )
      const called = actor(asker).unitId === school()
      expect(await casesIn(asker, 'conference_invitation')).toEqual(
        called ? new Set(cases.map((one) => one.id)) : seen,
      )
    },
  )
})

describe('figures of courts', () => {
  const total = async (asker: Asker): Promise<number> =>
    Number(
      (
        await ask<{ n: string }>(
          asker,
          "select coalesce(sum(granted), 0) as n from court_figures('2025-01-01', '2025-12-31', '2025-12-31')",
        )
      )[0]?.n,
    )
  test('each counts its own unit, the director the municipality, the State Agency the country, nobody else anything', async () => {
    for (const name of castNames) {
      const { role, unitId: unit } = actorOf(name)
      const own = cases.filter((one) => unitId(one.unit) === unit).length
      const expected =
        role === 'state_agency'
          ? cases.length
          : role === 'municipal_director'
            ? cases.filter((one) => one.unit === 'cpu-tirana').length
            : role === 'cpw' || role === 'cpu_head'
              ? own
              : 0
      expect(await total({ name, purpose: null }), name).toBe(expected)
    }
  })
})

describe('what is not one’s own is not changed by SQL either', () => {
  test('the called unit answers and moves nothing; whoever called moves and answers nothing', async () => {
    const run = (name: 'school' | 'cpw-tirana' | 'shelter', set: string) =>
      withTx(
        app.ctx,
        actorOf(name),
        async (tx) =>
          (await tx.sql(`update conference_invitation set ${set} where state = 'open' returning id`)).length,
      )
    await expect(run('school', "planned_at = now() + interval '9 days'")).rejects.toThrow()
    await expect(run('cpw-tirana', "answer = 'comes'")).rejects.toThrow()
    expect(await run('shelter', "answer = 'comes'")).toBe(0)
    expect(await run('school', "answer = 'comes'")).toBe(cases.length)
  })
})
