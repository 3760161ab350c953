import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '#server/context.ts'
import { makePool } from '#server/database.ts'
import { referenceAtStart } from '#server/reference/at-start.ts'
import { loadReference } from '#server/reference/load.ts'
import { freshDatabase, type TestDatabase } from '#test/database.ts'

let db: TestDatabase
let ctx: Context
beforeAll(async () => {
  db = await freshDatabase()
  const pool = (role: Parameters<typeof makePool>[1]) => makePool(db.url, role, { max: 1 })
  ctx = {
    pools: {
      app: pool('mb_app'),
      auth: pool('mb_auth'),
      jobs: pool('mb_jobs'),
      audit: pool('mb_audit'),
      owner: pool('mb_owner'),
    },
    clock: () => '2026-11-24T08:00:00.000Z',
    secret: Buffer.alloc(32, 1),
    identify: async () => null,
  }
})
afterAll(async () => {
  await Promise.all(Object.values(ctx.pools).map((pool) => pool.end()))
  await db.close()
})

test('the shipped country is loaded once and loading it again changes nothing', async () => {
  const first = await loadReference(ctx)
  expect(first).toMatchObject({ county: 12, municipality: 61, border_crossing: 30, rule: 55, rule_set: 1 })
  expect(first.unit).toBeGreaterThan(61)
  expect(first).toMatchObject({
    action_plan: 5,
    action_plan_version: 5,
    action_plan_activity: 145 + 34 + 73 + 15 + 3,
  })
  const cpus = await db.admin<{ n: number }>(
    "select count(distinct municipality)::int as n from unit where kind = 'cpu'",
  )
  expect(cpus[0]!.n).toBe(61)
  const again = await loadReference(ctx)
  expect(Object.values(again).every((n) => n === 0)).toBe(true)
})

test('a start loads what is new to this database, and leaves alone what it was loaded from already', async () => {
  const spoil = () => db.admin("update municipality set name = 'gabim' where code = '53'")
  const name = async () =>
    (await db.admin<{ name: string }>("select name from municipality where code = '53'"))[0]!.name
  await spoil()
  await referenceAtStart(ctx)
  expect(await name()).toBe('Tiranë')
  await spoil()
  await referenceAtStart(ctx)
  expect(await name()).toBe('gabim')
  await db.admin(`update country_setting set value = '"other files"' where key = 'reference'`)
  await referenceAtStart(ctx)
  expect(await name()).toBe('Tiranë')
})

test('what an administrator or a legal officer changed is kept', async () => {
  await db.admin("update unit set name_sq = 'Emër i ri' where kind = 'state_agency'")
  await db.admin("update holiday set confirmed = true, source = 'Fletorja Zyrtare' where day = '2018-09-05'")
  await db.admin("update municipality set name = 'gabim' where code = '53'")
  const again = await loadReference(ctx)
  expect(again).toMatchObject({ unit: 0, holiday: 0, municipality: 1 })
})

test('the plans are there as printed, each activity with its key and its source line', async () => {
  const counted = await db.admin<{ slug: string; kind: string; n: number; missing: number; lines: number }>(
    `select plan_slug as slug, kind, count(*)::int as n, count(*) filter (where header_missing)::int as missing,
       count(source_line)::int as lines from current_plan_node group by 1, 2`,
  )
  const of = (slug: string, kind: string) => counted.find((row) => row.slug === slug && row.kind === kind)
  expect(of('nap-2018-2020', 'pillar')).toMatchObject({ n: 4, lines: 4 })
  expect(of('nap-2018-2020', 'goal')).toMatchObject({ n: 12, missing: 1, lines: 11 })
  expect(of('nap-2018-2020', 'objective')).toMatchObject({ n: 29, lines: 29 })
  expect(of('nap-2018-2020', 'activity')).toMatchObject({ n: 145, lines: 145 })
  expect(of('nap-children-2008-2010', 'activity')).toMatchObject({ n: 34, lines: 34 })
  expect(of('framework-economic-exploitation-2018', 'sub_objective')).toMatchObject({ n: 16 })
  expect(of('framework-economic-exploitation-2018', 'activity')).toMatchObject({ n: 73, lines: 73 })
  expect(of('programme-child-protection-2022-2024', 'activity')).toMatchObject({ n: 15, lines: 15 })
  const twice = await db.admin<{ uid: string; cost: string; cost_printed: string }>(
    `select uid, cost::text, cost_printed from current_plan_activity where plan_slug = 'nap-2018-2020' and code = '3.(a).3' order by ordinal`,
  )
  expect(twice).toEqual([
    { uid: '4/3.(a).3#1', cost: '1137040', cost_printed: '1,137.04' },
    { uid: '4/3.(a).3#2', cost: '245000', cost_printed: '245.0' },
  ])
})

test('bodies that use the register are tied to their institutions', async () => {
  const tied = await db.admin<{ code: string }>(
    'select code from plan_body where institution_id is not null order by code',
  )
  expect(tied.map((row) => row.code)).toEqual(
    expect.arrayContaining(['AP', 'ASHDMF', 'KRAT', 'PP', 'PSH', 'SHÇBA', 'ZKKA']),
  )
})

test('every institution of the bodies is one that plans can name, and ties the same people to it', async () => {
  const unjoined = await db.admin(
    'select i.code from body_institution i left join plan_body b on b.code = i.plan_body where b.code is null',
  )
  expect(unjoined).toEqual([])
  // The three that the two lists call differently.
  expect(
    await db.admin(
      "select code, plan_body from body_institution where code in ('ASHMDF', 'ISHPSHSH', 'BASHKI') order by code",
    ),
  ).toEqual([
    { code: 'ASHMDF', plan_body: 'ASHDMF' },
    { code: 'BASHKI', plan_body: 'bashkitë' },
    { code: 'ISHPSHSH', plan_body: 'ISHP' },
  ])
  // Where both lists tie a body to people of this register, they are the same people: the role that sits works in that kind of unit.
  const unitsOf: Record<string, string> = {
    coordinator: 'coordinator',
    responsible_authority: 'responsible_authority',
    state_agency: 'state_agency',
    prosecutor: 'prosecution',
    labour_inspector: 'labour_inspectorate',
    border_police: 'border_police',
    employment_office: 'employment_office',
    county_committee: 'county_committee',
    education_directorate: 'education_directorate',
    municipal_director: 'social_services',
    cpu_head: 'cpu',
    // The directorate of the police reports through an officer of its own; its role sits.
    police: 'police_directorate',
  }
  const tied = await db.admin<{ code: string; role: string; kinds: string[] }>(
    `select i.code, i.role, b.institution_kinds as kinds from body_institution i join plan_body b on b.code = i.plan_body
     where i.role is not null and cardinality(b.institution_kinds) > 0 order by 1`,
  )
  expect(tied.length).toBeGreaterThan(10)
  expect(tied.filter((one) => !one.kinds.includes(unitsOf[one.role] ?? ''))).toEqual([])
})
