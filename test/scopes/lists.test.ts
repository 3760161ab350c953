/**
 * Lists are answered by functions that hold the caller's scope themselves (`list_cases`, `case_faces`). On random records,
 * for every person of the cast and every purpose, they must say what the policies say row by row, and what the oracle says.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Purpose, purposes } from '#domain/core.ts'
import { type Tx, withTx } from '#server/tx.ts'
import { actorOf, castNames } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { type Asker, caseTierOf } from './oracle.ts'
import { type CaseRecord, world, worldSql } from './world.ts'

let app: TestApp
const cases: CaseRecord[] = []

beforeAll(async () => {
  app = await testApp({ now: new Date().toISOString() })
  for (const one of fc.sample(world, { numRuns: 8, seed: 20261121 })) {
    await app.db.admin(worldSql(one))
    cases.push(...one.cases)
  }
  await app.db.admin(`
    update case_file set opened_at = date_trunc('milliseconds', now()) - make_interval(mins => (random() * 9)::int),
      risk_level = (array['low', 'high', null])[1 + (random() * 2)::int], suspended_at = case when random() < 0.3 then now() end;
    update person set sex = 'female', born_from = 2012, born_to = 2013;
    insert into clock (id, rule, rule_set, unit_of_time, verification, statutory, legal_source, warn_percent, escalation, record_kind,
        record_id, unit_id, owner_role, started_at, warn_at, due_at, first_due_at, paused_at, stopped_at)
      select gen_random_uuid(), 'D' || 10 + n, 'x', 'days', 'U', true, 'x', 80, '[]', 'case_file', id, unit_id, 'cpw', now() - interval '9 days',
        now() - interval '9 days', due, due, case when random() < 0.2 then now() end, case when random() < 0.2 then now() end
      from case_file, generate_series(1, 3) n, lateral (select now() + make_interval(hours => (random() * 400)::int - 150) as due) d`)
})
afterAll(() => app.close())

const askers: readonly Asker[] = castNames.flatMap((name) =>
  [null, ...purposes].map((purpose) => ({ name, purpose })),
)
const asking = <T>({ name, purpose }: Asker, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withTx(app.ctx, { ...actorOf(name), purpose }, work)
const titled = (list: readonly Asker[]) =>
  list.map(
    (asker) => [`${asker.name}${asker.purpose === null ? '' : ` for ${asker.purpose}`}`, asker] as const,
  )

/** The same page, asked of the tables themselves: every row and every name passes its policy. */
const naive = (
  where: string,
): string => `select c.id, c.code, c.version, c.status, c.risk_level, c.vmt_status, c.has_measure, c.concerns,
    c.municipality, c.unit_id, c.manager_id, u.display_name as manager_name,
    case when t.id is not null then nullif(concat_ws(' ', n.given_name, left(n.family_name, 1) || '.'), '') end as child,
    c.opened_at, c.closed_at, c.suspended_at is not null as suspended, c.transfer_to is not null as transfer_pending,
    k.due_at as next_due_at, k.rule as next_rule
  from case_file c left join case_file_named t on t.id = c.id left join person_named n on n.id = c.person_id
    left join app_user u on u.id = c.manager_id
    left join lateral (select due_at, rule from clock where record_id = c.id and record_kind = 'case_file' and stopped_at is null
      and paused_at is null order by due_at limit 1) k on true
  where ${where} order by c.opened_at desc, c.id desc`

const filters: readonly (readonly [string, string, string])[] = [
  ['all', 'false, null, null, null', 'true'],
  ['mine', 'true, null, null, null', 'me_user() in (c.manager_id, c.deputy_id)'],
  ['by status', `false, '{PLANNING,CLOSED}', null, null`, "c.status in ('PLANNING', 'CLOSED')"],
  ['of one risk', `false, null, 'high', null`, "c.risk_level = 'high'"],
  [
    'of mine without a risk',
    `true, null, 'none', null`,
    'c.risk_level is null and me_user() in (c.manager_id, c.deputy_id)',
  ],
  [
    'late',
    'false, null, null, now()',
    `exists (select from clock d where d.record_id = c.id and d.record_kind = 'case_file' and d.stopped_at is null and d.paused_at is null
      and d.due_at < now())`,
  ],
]

describe('the list of cases says what the policies say row by row', () => {
  test.each(titled(askers))('%s', async (_, asker) => {
    for (const [title, given, where] of filters) {
      const [listed, plain] = await asking(asker, (tx) =>
        Promise.all([
          tx.sql<{ id: string; child: string | null }>(
            `select * from list_cases(${given}, null, null, 10000)`,
          ),
          tx.sql(naive(where)),
        ]),
      )
      expect(listed, title).toEqual(plain)
      if (title !== 'all') continue
      const reached = cases.filter((one) => caseTierOf(asker, one) >= 2)
      expect(new Set(listed.map((row) => row.id))).toEqual(new Set(reached.map((one) => one.id)))
      const named = reached.filter((one) => caseTierOf(asker, one) >= 3)
      expect(new Set(listed.filter((row) => row.child !== null).map((row) => row.id))).toEqual(
        new Set(named.map((one) => one.id)),
      )
    }
  })
})

test('the list goes on exactly where a page ended', async () => {
  for (const asker of askers.filter(({ purpose }) => purpose === null)) {
    const whole = await asking(asker, (tx) => tx.sql<{ id: string }>(naive('true')))
    const seen: unknown[] = []
    for (let cursor = 'null, null'; ; ) {
      const page = await asking(asker, (tx) =>
        tx.sql<{ id: string; opened_at: string }>(
          `select * from list_cases(false, null, null, null, ${cursor}, 7)`,
        ),
      )
      seen.push(...page)
      const last = page.at(-1)
      if (last === undefined) break
      cursor = `'${last.opened_at}', '${last.id}'`
    }
    expect(seen, asker.name).toEqual(whole)
  }
})

describe('faces of the work list show as much as the policies', () => {
  test.each(titled(askers))('%s', async (_, asker) => {
    const ids = cases.map((one) => one.id)
    const [faces, plain] = await asking(asker, (tx) =>
      Promise.all([
        tx.sql('select * from case_faces($1) order by id', [ids]),
        tx.sql(
          `select c.id, c.code, c.risk_level, p.sex, p.born_to, n.given_name, n.family_name
           from case_file c left join case_file_named t on t.id = c.id left join person p on p.id = c.person_id
             left join person_named n on n.id = c.person_id and t.id is not null where c.id = any ($1) order by c.id`,
          [ids],
        ),
      ]),
    )
    expect(faces).toEqual(plain)
    expect(faces).toHaveLength(cases.filter((one) => caseTierOf(asker, one) >= 2).length)
  })
})

test('whoever is nobody is shown nothing', async () => {
  const { rows } = await app.ctx.pools.app.query(
    'select id from list_cases(false, null, null, null, null, null, 10) union all select id from case_faces($1)',
    [cases.map((one) => one.id)],
  )
  expect(rows).toEqual([])
})

test('a list is recorded with what it showed, at the tier it showed', async () => {
  const recorded = async (name: Asker['name'], purpose: Purpose | null) => {
    const page = await app.as(name).get('/api/cases?limit=3', purpose === null ? {} : { purpose })
    const shown = (page.body as unknown as { items: { id: string }[] }).items.map((item) => item.id)
    const [last] = await app.db.admin<{ ids: string[]; tier: string; purpose: string | null }>(
      `select ids, tier, purpose from access_record where act = 'list' and kind = 'case_file' order by at desc, id desc limit 1`,
    )
    return { shown, last }
  }
  const agency = await recorded('state-agency', null)
  expect(agency.shown).toHaveLength(3)
  expect(agency.last).toEqual({ ids: agency.shown, tier: 'T2', purpose: null })
  const monitoring = await recorded('state-agency', 'monitoring')
  expect(monitoring.last).toEqual({ ids: monitoring.shown, tier: 'T3', purpose: 'monitoring' })
  const before = await app.db.admin('select id from access_record')
  expect((await app.as('admin').get('/api/cases')).body).toEqual({ items: [], next: null })
  expect(await app.db.admin('select id from access_record')).toHaveLength(before.length)
})
