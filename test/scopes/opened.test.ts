/**
 * Files opened beyond one's scope, at random: break-glass and grants that live, are past their hour by the application's clock or by the
 * database's, ended, only asked for, or made in another unit. For everybody of the cast the policies, the functions, the domain and the pages
 * must say what the oracle says: the tier that lives, on that case, and nothing to write.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseTier } from '#domain/case/policy.ts'
import type { Actor } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames, unitId, userId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { type Asker, caseTierOf, leastSeen, openedTierOf, ownTierOf, personTierOf } from './oracle.ts'
import { idsOf, seed, seenBy, writtenBy } from './search.ts'
import { type CaseRecord, type OpenedRecord, world, worldSql } from './world.ts'

let app: TestApp
const cases: CaseRecord[] = []

const glassUsers = [
  'cpw-tirana',
  'cpw2-tirana',
  'cpw-durres',
  'head-durres',
  'police',
  'border-police',
] as const
const grantUsers = ['cpw2-tirana', 'cpw-durres', 'head-durres', 'day-centre', 'school', 'shelter'] as const
const reachOf = (who: CastName, wanted: 'T2' | 'T3'): OpenedRecord['reach'] =>
  who.startsWith('cpw') || who.startsWith('head') ? wanted : 'minimum'

const opened: fc.Arbitrary<OpenedRecord> = fc.oneof(
  fc
    .record({
      who: fc.constantFrom(...glassUsers),
      kind: fc.constant('break_glass' as const),
      state: fc.constantFrom('lives', 'lives', 'past_hour', 'past_database', 'ended', 'elsewhere'),
    })
    .map((one) => ({ ...one, reach: reachOf(one.who, 'T3') })),
  fc
    .record({
      who: fc.constantFrom(...grantUsers),
      kind: fc.constant('access_grant' as const),
      state: fc.constantFrom('lives', 'lives', 'past_hour', 'ended', 'asked', 'elsewhere'),
      wanted: fc.constantFrom('T2' as const, 'T3' as const),
    })
    .map(({ wanted, ...one }) => ({ ...one, reach: reachOf(one.who, wanted) })),
)

const openedSql = (one: CaseRecord, it: OpenedRecord): string => {
  const actor = actorOf(it.who)
  const unit = it.state === 'elsewhere' ? unitId('civil-status-tirana') : actor.unitId
  const who = `'${uuidv7()}', 1, '${one.id}', 'XX-2026-00001', '${one.personId}', '${actor.userId}', '${unit}', '${actor.role}', '${it.reach}'`
  const until = it.state === 'past_hour' ? "now() - interval '1 minute'" : "now() + interval '1 hour'"
  if (it.kind === 'break_glass')
    return `insert into break_glass (id, version, case_id, case_code, person_id, user_id, unit_id, role, reach, reason, found_by, opened_at, until,
        ends, ended_at, review_due)
      values (${who}, 'other', 'code', now() - interval '3 hours', ${until}, now() ${it.state === 'past_database' ? '-' : '+'} interval '1 minute',
        ${it.state === 'ended' ? 'now()' : 'null'}, now() + interval '5 days')`
  const state = it.state === 'asked' ? 'REQUESTED' : it.state === 'ended' ? 'REVOKED' : 'GRANTED'
  return `insert into access_grant (id, version, case_id, case_code, person_id, user_id, unit_id, role, reach, purpose, days, state, requested_at,
      until, ended_at)
    values (${who}, 'sibling', 5, '${state}', now() - interval '1 day', ${state === 'REQUESTED' ? 'null' : until}, ${state === 'REVOKED' ? 'now()' : 'null'})`
}

beforeAll(async () => {
  app = await testApp({ now: new Date().toISOString() })
  for (const one of fc.sample(world, { numRuns: 5, seed })) {
    await app.db.admin(worldSql(one))
    const open = fc.sample(fc.array(opened, { maxLength: 4 }), {
      numRuns: one.cases.length,
      seed: seed + cases.length,
    })
    cases.push(...one.cases.map((file, n) => ({ ...file, opened: open[n] ?? [] })))
  }
  // Past the trigger that measures: here time has passed.
  await app.db.admin('alter table break_glass disable trigger keep_time')
  for (const one of cases) for (const it of one.opened ?? []) await app.db.admin(openedSql(one, it))
  await app.db.admin(`alter table break_glass enable trigger keep_time;
    insert into case_text (case_id, subject_id, name, body, at, id) select id, id, 'x', '"x"', now(), gen_random_uuid() from case_file;
    insert into case_person_near (id, case_id, name, relationship, contact, by_id, at)
      select gen_random_uuid(), id, 'x', 'other', 'allowed', id, now() from case_file`)
})
afterAll(() => app.close())

const askers: readonly Asker[] = castNames.flatMap((name) =>
  ([null, 'supervision'] as const).map((purpose) => ({ name, purpose })),
)
const actor = ({ name, purpose }: Asker): Actor => ({ ...actorOf(name), purpose })
const said = ({ name, purpose }: Asker): string => `${name}${purpose === null ? '' : ` for ${purpose}`}`
const reaching = (tierOf: (one: CaseRecord) => number, tier: number) =>
  idsOf(cases, (one) => tierOf(one) >= tier)

test('the world holds each kind of opening, living and not, and they matter', () => {
  const all = cases.flatMap((one) => one.opened ?? [])
  for (const state of ['lives', 'past_hour', 'past_database', 'ended', 'asked', 'elsewhere'])
    expect(
      all.some((it) => it.state === state),
      state,
    ).toBe(true)
  const matters = cases.filter((one) =>
    askers.some((asker) => openedTierOf(asker.name, one) > ownTierOf(asker, one)),
  )
  expect(matters.length).toBeGreaterThan(5)
  expect(cases.some((one) => leastSeen('police', one))).toBe(true)
})

describe('the policies give exactly the tier that lives', () => {
  test.each(askers.map((asker) => [said(asker), asker] as const))('%s', async (_, asker) => {
    const me = actor(asker)
    const tier = (n: number) => reaching((one) => caseTierOf(asker, one), n)
    expect(await seenBy(app, me, 'select id from case_file')).toEqual(tier(2))
    expect(await seenBy(app, me, 'select id from case_file_named')).toEqual(tier(3))
    expect(await seenBy(app, me, 'select case_id as id from case_text')).toEqual(tier(3))
    expect(await seenBy(app, me, 'select case_id as id from case_person_near')).toEqual(tier(3))
    const part = (of: string) =>
      `select record_id as id from event_part where kind = 'case_file' and tier = '${of}'`
    expect(await seenBy(app, me, part('T3'))).toEqual(tier(3))
    // Never the sensitive tier by way of an opening.
    const sensitive = reaching((one) => ownTierOf(asker, one), 4)
    expect(await seenBy(app, me, 'select id from case_file_sensitive')).toEqual(sensitive)
    expect(await seenBy(app, me, part('T4'))).toEqual(sensitive)
    // Reports of this world link persons too; they are the other search's, and here only widen what may be seen.
    const persons = new Set(await seenBy(app, me, 'select id from person_named'))
    for (const one of cases)
      if (personTierOf(asker, one.personId, cases, []) >= 3) expect(persons.has(one.personId)).toBe(true)
    // Lists are one's own work: an opening adds nothing to them.
    expect(
      await seenBy(app, me, 'select id from list_cases(false, null, null, null, null, null, 10000)'),
    ).toEqual(reaching((one) => ownTierOf(asker, one), 2))
    const least = await withTx(app.ctx, me, (tx) =>
      tx.sql<{ id: string }>(
        'select x.id from unnest($1::uuid[]) x (id) where opened_minimum(x.id) is not null',
        [cases.map((one) => one.id)],
      ),
    )
    expect(least.map((row) => row.id).sort()).toEqual(idsOf(cases, (one) => leastSeen(asker.name, one)))
  })
})

test("the domain's policy says the same, and the page of the case opens at that tier", async () => {
  for (const asker of askers)
    for (const one of cases)
      expect(
        caseTier(
          actor(asker),
          {
            unitId: unitId(one.unit),
            municipality: one.unit === 'cpu-tirana' ? '53' : '10',
            managerId: one.manager && userId(one.manager),
            managerIsHead: one.manager?.startsWith('head') ?? false,
            managerBy: one.byThemselves ? one.manager && userId(one.manager) : null,
            deputyBy: one.byThemselves ? one.deputy && userId(one.deputy) : null,
            deputyId: one.deputy && userId(one.deputy),
            standInId: null,
            status: one.status,
            vmt: one.vmt,
            hasMeasure: one.hasMeasure,
            transferTo: one.transferTo && unitId(one.transferTo),
          },
          openedTierOf(asker.name, one),
        ),
        `${said(asker)} on ${JSON.stringify(one)}`,
      ).toBe(caseTierOf(asker, one))
  for (const name of ['cpw-durres', 'cpw2-tirana', 'head-durres', 'police', 'day-centre'] as const)
    for (const one of cases.slice(0, 25)) {
      const tier = caseTierOf({ name, purpose: null }, one)
      const reply = await app.as(name).get(`/api/cases/${one.id}`)
      expect([reply.status, reply.body.tier], `${name} ${JSON.stringify(one)}`).toEqual(
        tier === 0 ? [404, undefined] : [200, `T${tier}`],
      )
    }
})

test('an opened file is written by nobody, not even by hand', async () => {
  let tried = 0
  for (const name of ['cpw-durres', 'cpw2-tirana', 'head-durres'] as const)
    for (const one of cases.filter((it) => openedTierOf(name, it) > ownTierOf({ name, purpose: null }, it))) {
      tried += 1
      const me = actorOf(name)
      const rows = [
        `insert into case_note (id, case_id, kind, tier, happened_on, has_words, by_id, at)
           values (gen_random_uuid(), '${one.id}', 'contact', 'T3', now(), false, '${me.userId}', now()) returning id`,
        `insert into case_text (case_id, subject_id, name, body, at, id)
           values ('${one.id}', '${one.id}', 'x', '"x"', now(), gen_random_uuid()) returning id`,
        `update case_file_named set summary = 'x' where id = '${one.id}' returning id`,
        `update person_named set given_name = 'x' where id = '${one.personId}' and not exists (select 1 from case_file c
           where c.person_id = '${one.personId}' and c.id <> '${one.id}') returning id`,
      ]
      for (const sql of rows)
        expect(['denied', ''], `${name}: ${sql}`).toContain(String(await writtenBy(app, me, sql)))
    }
  expect(tried).toBeGreaterThan(0)
})
