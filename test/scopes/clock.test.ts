/**
 * Clocks and escalations against random records: a deadline is seen where its record is, and who was told of a missed
 * one is seen by that supervisor alone. The oracle is `oracle.ts`.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Purpose, Role } from '#domain/core.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, castNames } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { type Asker, caseTierOf, referralTierOf, reportTierOf } from './oracle.ts'
import { type World, world, worldSql } from './world.ts'

let app: TestApp
const all = { cases: [], reports: [], referrals: [] } as {
  -readonly [K in 'cases' | 'reports' | 'referrals']: World[K][number][]
}
const columns = `rule, rule_set, unit_of_time, verification, statutory, legal_source, warn_percent, escalation, record_kind, record_id,
  unit_id, municipality, owner_role, owner_user_id, started_at, warn_at, due_at, first_due_at, next_at`
const clockOf = (kind: string, id: string, unit: string, municipality: string, owner: string) =>
  `insert into clock (id, ${columns}) select gen_random_uuid(), 'D01', 'al-2018', 'hours', 'U', true, 'test', 75, '[]', '${kind}', ${id},
    ${unit}, ${municipality}, 'cpw', ${owner}, now() - interval '2 days', now() - interval '1 day', now() - interval '1 hour', now(), null`

beforeAll(async () => {
  app = await testApp({ now: new Date().toISOString() })
  for (const one of fc.sample(world, { numRuns: 4, seed: 24 })) {
    await app.db.admin(worldSql(one))
    all.cases.push(...one.cases)
    all.reports.push(...one.reports)
    all.referrals.push(...one.referrals)
  }
  await app.db.admin(`${clockOf('case_file', 'id', 'unit_id', 'municipality', 'manager_id')} from case_file;
    ${clockOf('report', 'id', 'unit_id', 'municipality', 'null')} from report;
    ${clockOf('referral', 'id', 'to_unit_id', 'null', 'null')} from referral;
    insert into escalation (id, clock_id, rule, record_kind, record_id, step, role, unit_id, municipality, county, at)
      select gen_random_uuid(), c.id, c.rule, c.record_kind, c.record_id, n, role, c.unit_id, c.municipality, null, now()
      from clock c, unnest(array['cpu_head', 'municipal_director', 'state_agency', 'responsible_authority']) with ordinality r (role, n)
      where c.record_kind = 'case_file'`)
})
afterAll(() => app.close())

const purposes: readonly (Purpose | null)[] = [null, 'supervision', 'monitoring']
const askers: readonly Asker[] = castNames.flatMap((name) => purposes.map((purpose) => ({ name, purpose })))
const seen = (asker: Asker, sql: string): Promise<string[]> =>
  withTx(app.ctx, { ...actorOf(asker.name), purpose: asker.purpose }, async (tx) =>
    (await tx.sql<{ id: string }>(sql)).map((row) => row.id).sort(),
  )

test('a clock is seen exactly where its record is', async () => {
  for (const asker of askers) {
    const expected = [
      ...all.cases.filter((one) => caseTierOf(asker, one) >= 2),
      ...all.reports.filter((one) => reportTierOf(asker, one) >= 2),
      ...all.referrals.filter((one) => referralTierOf(asker, one, all.cases) >= 2),
    ].map((one) => one.id)
    expect([asker, await seen(asker, 'select record_id as id from clock')]).toEqual([asker, expected.sort()])
  }
})

test('an escalation is seen by the role that was told, in its unit, municipality or the nation', async () => {
  const toldTo = (role: Role | 'public' | 'system', asker: Asker, unit: string): boolean => {
    if (role === 'cpu_head') return asker.name === (unit === 'cpu-tirana' ? 'head-tirana' : 'head-durres')
    if (role === 'municipal_director') return unit === 'cpu-tirana'
    return role === 'state_agency' || role === 'responsible_authority'
  }
  for (const asker of askers) {
    const { role } = actorOf(asker.name)
    const expected = all.cases
      .filter((one) => caseTierOf(asker, one) >= 2 && toldTo(role, asker, one.unit))
      .map((one) => one.id)
    expect([asker, await seen(asker, 'select record_id as id from escalation')]).toEqual([
      asker,
      expected.sort(),
    ])
  }
})

test('the work list shows no record that its reader may not see', async () => {
  for (const name of castNames) {
    const asker = { name, purpose: null }
    const { body } = await app.as(name).get('/api/work?limit=100')
    const visible = new Set([
      ...all.cases.filter((one) => caseTierOf(asker, one) >= 2).map((one) => one.id),
      ...all.reports.filter((one) => reportTierOf(asker, one) >= 2).map((one) => one.id),
      ...all.referrals.filter((one) => referralTierOf(asker, one, all.cases) >= 2).map((one) => one.id),
    ])
    for (const item of body.items!) {
      expect([name, visible.has(String(item.recordId))]).toEqual([name, true])
      const file = all.cases.find((one) => one.id === String(item.recordId))
      if (file !== undefined && caseTierOf(asker, file) < 3) expect(item.name).toBeNull()
    }
  }
})

test('nobody moves, stops or extends a clock out of sight', async () => {
  for (const name of ['cpw-durres', 'shelter', 'admin', 'coordinator', 'dpo', 'internal-affairs'] as const) {
    const asker = { name, purpose: null }
    const hidden = all.cases.filter((one) => caseTierOf(asker, one) === 0).map((one) => one.id)
    const touched = await withTx(app.ctx, actorOf(name), (tx) =>
      tx.sql(
        "update clock set stopped_at = now(), next_at = null where record_kind = 'case_file' and record_id = any ($1) returning id",
        [hidden],
      ),
    )
    expect([name, touched]).toEqual([name, []])
  }
})
