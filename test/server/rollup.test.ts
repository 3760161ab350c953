/** Running totals against a recount from the records, after random acts in any order. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { foldTotals } from '#server/indicator/rollup.ts'
import { systemTx } from '#server/tx.ts'
import { type CastName, unitId, userId } from '#test/cast.ts'
import { closed, Life, openFor } from '#test/http/case-life.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { putTrack } from '#test/http/track-rows.ts'
import { adultActs } from './rollup-adult-acts.ts'
import { caseActs, caseMeasures } from './rollup-case-acts.ts'

let app: TestApp
let cases: Life[] = []
let persons: string[] = []
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const columns = 'measure, month, municipality, sex, age, a, b'
/** Rows that only one side has: none, when totals and recount agree. */
const differences = () =>
  app.db.admin(`with kept as (
      select ${columns}, sum(n)::bigint as n, sum(s)::bigint as s from (select * from rollup union all select * from rollup_delta) x
      group by ${columns} having sum(n) <> 0 or sum(s) <> 0),
    counted as (select ${columns}, n, s from rollup_recount())
    select 'kept' as side, * from (table kept except table counted) x union all
    select 'counted', * from (table counted except table kept) x`)
/** Totals of the nation and of whole years are sums of the same rows. */
const wholeDifferences = () =>
  app.db.admin(`select measure, year, '' as a, '' as b from (
      select measure, date_trunc('year', month)::date as year, municipality, sex, age, a, b, -n as n from rollup where rollup_stands(measure)
      union all select measure, month, municipality, sex, age, a, b, n from rollup_year) y
    group by measure, year, municipality, sex, age, y.a, y.b having sum(n) <> 0
    union all select measure, month, a, b from (
      select measure, month, a, b, n, s from rollup_total
      union all select measure, month, a, b, -n, -s from rollup) x
    group by 1, 2, 3, 4 having sum(n) <> 0 or sum(s) <> 0`)
const fold = () => foldTotals(app.ctx)
const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)]
const day = (n: number) => new Date(Date.UTC(2025, 10, 1) + n * 86_400_000).toISOString().slice(0, 10)
const sql = (text: string, ...values: unknown[]) => app.db.admin(text, values)

interface Act {
  readonly what: keyof typeof acts
  readonly x: number
  readonly y: number
}

const report = async (who: CastName, x: number) => {
  const id = uuidv7()
  const reply = await app.as(who).command('report.create', id, {
    source: who === 'hotline' ? 'self' : who === 'school' ? 'school' : 'field_team',
    channel: who === 'hotline' ? '116006' : 'field',
    place: { municipality: x % 3 === 0 ? '10' : '53', text: 'Te sheshi' },
    immediacy: 'high',
    concerns: x % 2 === 0 ? ['begging', 'mining', 'neglect'] : ['trafficking'],
    children: [{ givenName: `Fëmija ${x}`, sex: x % 2 === 0 ? 'female' : 'unknown' }, {}].slice(
      0,
      1 + (x % 2),
    ),
  })
  expect(reply.status).toBe(200)
  return id
}

/** What may happen to records: by commands where they allow it, and past every rule where only the counting is asked about. */
const acts = {
  open: async ({ x }: Act) => {
    const known = x % 3 === 0 ? pick(persons, x) : undefined
    const life = new Life(
      app,
      await openFor(app, x % 4 === 0 ? 'cpw-durres' : 'cpw-tirana', {
        ...(known === undefined ? {} : { personId: known }),
        reportId: x % 2 === 0 ? await report('school', x) : null,
      }),
    )
    const [row] = await app.db.admin<{ person_id: string }>('select person_id from case_file where id = $1', [
      life.id,
    ])
    persons.push(row!.person_id)
    cases.push(life)
  },
  report: async ({ x }: Act) => {
    await report(pick(['field-tirana', 'hotline', 'school'] as const, x)!, x)
  },
  accept: async ({ x }: Act) => {
    const id = await report('field-tirana', x * 3 + 1)
    const reply = await app
      .as('cpw-tirana')
      .command(
        'report.triage',
        id,
        { decision: 'accept', immediacy: 'ordinary', duplicatesChecked: true },
        { baseVersion: 1 },
      )
    for (const one of (reply.body.reply?.cases ?? []) as unknown as { caseId: string; personId: string }[]) {
      persons.push(one.personId)
      const [row] = await app.db.admin<{ version: number }>('select version from case_file where id = $1', [
        one.caseId,
      ])
      cases.push(new Life(app, { caseId: one.caseId, version: row!.version }))
    }
  },
  screen: async ({ x, y }: Act) => {
    const life = pick(cases, x)
    if (life === undefined) return
    await app.as('cpw-tirana').command('screening.record', uuidv7(), {
      caseId: life.id,
      set: 'trafficking',
      version: '2018-1',
      subject: 'child',
      forms: ['begging'],
      territory: y % 2 === 0 ? 'internal' : 'cross_border',
      setting: 'case',
      items: ['EX3', 'CD3', 'CH2'].slice(0, y % 4).map((code) => ({ code, evidence: 'pashë' })),
    })
    await follow(life)
  },
  service: async ({ x, y }: Act) => {
    const life = pick(cases, x)
    if (life !== undefined)
      await sql(
        `insert into service_delivery (id, case_id, service, setting, beneficiary, provider_id, from_day, until_day, by_id, at)
         select gen_random_uuid(), $1, $2, $3, 'child', (select id from institution limit 1), $4, $5, $6, now()`,
        life.id,
        pick(['legal', 'medical', 'education'], y),
        pick(['shelter', 'community'], x),
        day(y),
        y % 3 === 0 ? day(y + 200) : null,
        userId('cpw-tirana'),
      )
  },
  risk: async ({ x, y }: Act) => {
    const life = pick(cases, x)
    await life?.try('cpw-tirana', 'set_risk', {
      risk: pick(['low', 'medium', 'high'], y),
      reason: 'për provë',
    })
  },
  close: async () => {
    const life = await closed(app)
    const [row] = await app.db.admin<{ person_id: string }>('select person_id from case_file where id = $1', [
      life.id,
    ])
    persons.push(row!.person_id)
    cases.push(life)
  },
  // Found exploited again at the first visit after closure: the case begins again.
  reopen: async ({ x }: Act) => {
    const life = pick(cases, x) ?? (await closed(app))
    await follow(life)
    for (const one of [life, cases.at(-1) ?? life]) {
      await follow(one)
      await one.try('cpw-tirana', 'record_follow_up', {
        month: 1,
        seenOn: '2026-11-24',
        seen: 'child',
        reexploited: 'yes',
        findings: 'u pa duke lypur',
      })
    }
  },
  identify: async ({ x, y }: Act) => {
    const life = pick(cases, x)
    if (life !== undefined)
      await sql(
        `insert into identification_record (id, case_id, person_id, status, on_day, structure, forms, territory, prior_trafficking, signatories, by_id, at)
         select gen_random_uuid(), id, person_id, $2, $3, 'police', '{labour,begging}', 'internal', $4, '{}', $5, now() from case_file where id = $1`,
        life.id,
        pick(['vmt', 'vt', 'at_risk'], y),
        day(y * 2),
        y % 5 === 0,
        userId('cpw-tirana'),
      )
  },
  status: ({ x, y }: Act) =>
    sql(
      'update case_file set vmt_status = $2 where id = $1',
      pick(cases, x)?.id,
      pick(['none', 'vmt', 'vt', 'at_risk'], y),
    ),
  move: ({ x, y }: Act) =>
    sql(
      'update case_file set municipality = $2 where id = $1',
      pick(cases, x)?.id,
      pick(['53', '10', '01'], y),
    ),
  correct: ({ x, y }: Act) =>
    sql(
      'update person set sex = $2, born_from = $3::smallint, born_to = $3::smallint + 1, citizenship = $4 where id = $1',
      pick(persons, x),
      pick(['female', 'male', 'unknown'], y),
      2005 + (y % 18),
      pick(['AL', 'XK', null], y),
    ),
  merge: async ({ x, y }: Act) => {
    const [one, other] = [pick(persons, x), pick(persons, y)]
    if (one !== other)
      await sql(
        `update person set same_as = $2 where id = $1 and not exists (select from person p where p.same_as = $1)
           and exists (select from person p where p.id = $2 and p.same_as is null)`,
        one,
        other,
      )
  },
  split: ({ x }: Act) => sql('update person set same_as = null where id = $1', pick(persons, x)),
  refer: async ({ x, y }: Act) => {
    const from = day(y)
    await sql(
      `insert into referral (id, code, state, case_id, from_unit_id, to_unit_id, sent_by, recipient_kind, service, sent_fields, fields, sent_at, ack_due_at)
       select gen_random_uuid(), 'RF-2026-' || translate(upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 8)), 'ILOU', '1234'), 'SENT',
         $1, $2, $3, $4, 'health', 'treatment', '{}', '{}', $5::date, $5::date + 1`,
      x % 3 === 0 ? null : (pick(cases, x)?.id ?? null),
      unitId('cpu-tirana'),
      unitId('health-tirana'),
      userId('cpw-tirana'),
      from,
    )
  },
  answer: ({ x, y }: Act) =>
    sql(
      `update referral set state = 'IN_SERVICE', acknowledged_at = sent_at + make_interval(hours => $2), service_started_at = sent_at + make_interval(days => $3)
       where id = (select id from referral where state = 'SENT' order by id offset $1 limit 1)`,
      x % 3,
      y,
      y % 40,
    ),
  measure: ({ x, y }: Act) =>
    sql(
      `insert into protection_measure (id, case_id, kind, ground, status, parents_cooperate, proposed_by, proposed_at, decided_on)
       select gen_random_uuid(), id, 'emergency', 'work', $2, 'no', $3, now(), $4 from case_file where id = $1`,
      pick(cases, x)?.id,
      pick(['proposed', 'in_force'], y),
      userId('cpw-tirana'),
      day(y),
    ),
  decide: ({ y }: Act) =>
    sql(
      `update protection_measure set status = $1, from_day = $2 where status = 'proposed'`,
      pick(['in_force', 'refused'], y),
      day(y),
    ),
  plan: ({ x, y }: Act) =>
    sql(
      `insert into plan (id, case_id, number, status, drafted_at) select gen_random_uuid(), id, $2, 'draft', now() from case_file where id = $1`,
      pick(cases, x)?.id,
      1 + (y % 9),
    ),
  approve: ({ y }: Act) =>
    sql(
      `update plan set status = 'approved', approved_at = $1::date where id = (select id from plan where status = 'draft' order by id limit 1)`,
      day(y),
    ),
  goal: ({ y }: Act) =>
    sql(
      `insert into plan_goal (id, plan_id, case_id, area) select gen_random_uuid(), id, case_id, $2 from plan order by id offset $1 limit 1`,
      y % 2,
      pick(['safety', 'health'], y),
    ),
  follow: ({ x, y }: Act) =>
    sql(
      `insert into follow_up (id, case_id, episode, month, due) select gen_random_uuid(), id, 1, $2, $3 from case_file where id = $1 on conflict do nothing`,
      pick(cases, x)?.id,
      pick([1, 3, 6, 12], y),
      day(y),
    ),
  followed: ({ y }: Act) =>
    sql(
      `update follow_up set done_at = now(), seen_on = $1, seen = 'child', reexploited = $2 where done_at is null`,
      day(y),
      pick(['yes', 'no'], y),
    ),
  transfer: ({ x }: Act) =>
    sql(
      `insert into transfer (id, case_id, from_unit_id, to_unit_id, requested_by, requested_at, status)
       select gen_random_uuid(), id, $2, $3, $4, now(), 'accepted' from case_file where id = $1`,
      pick(cases, x)?.id,
      unitId('cpu-tirana'),
      unitId('cpu-durres'),
      userId('cpw-tirana'),
    ),
  clocks: ({ y }: Act) =>
    sql(
      `update clock set stopped_at = case when $1 % 2 = 0 then least(due_at, started_at + interval '1 hour') end, breaches = breaches + $1 % 2
       where id in (select id from clock where stopped_at is null order by id limit 3)`,
      y,
    ),
  hotspot: ({ y }: Act) =>
    sql(
      `insert into hotspot (id, name, municipality, lon, lat, version) values (gen_random_uuid(), 'Sheshi', $1, 19.8, 41.3, 1)`,
      pick(['53', '10'], y),
    ),
  cold: () => sql('update hotspot set active = not active'),
  ...caseActs({ sql, caseAt: (x) => pick(cases, x)?.id }),
  ...adultActs({ sql, put: (row) => putTrack(app, row), known: (personId) => persons.push(personId) }),
  fold: async () => {
    await fold()
    expect(await wholeDifferences()).toEqual([])
  },
} satisfies Record<string, (act: Act) => Promise<unknown>>

/** Acts outside of the commands leave the version known here behind. */
const follow = async (life: Life): Promise<void> => {
  const [row] = await app.db.admin<{ version: number }>('select version from case_file where id = $1', [
    life.id,
  ])
  life.version = row?.version ?? life.version
}

const names = Object.keys(acts) as (keyof typeof acts)[]

test('each act alone, in order, is counted as it happens', async () => {
  for (const [x, y] of [
    [2, 1],
    [1, 5],
    [0, 40],
  ] as const)
    for (const what of names) {
      await acts[what]({ what, x, y })
      expect(await differences(), `${what} ${x} ${y}`).toEqual([])
    }
  const seen = await app.db.admin<{ measure: string }>(
    'select distinct measure from rollup union select measure from rollup_delta',
  )
  const measures = seen.map((row) => row.measure)
  for (const wanted of [
    'case_closed',
    'case_reopened',
    'identified',
    'identified_again',
    'identified_lag',
    'identified_referred',
    'field_child/year',
    'assisted/quarter',
    'referral_wait',
    'measure',
    'follow_up_found',
    'clock',
    'tip_measure',
    'hotspot',
    'file',
    'plan_approved',
    'transfer',
    ...caseMeasures,
  ])
    expect(measures, wanted).toContain(wanted)
}, 120_000)

test('running totals equal a recount from the records, whatever happened, folded or not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ what: fc.constantFrom(...names), x: fc.nat(20), y: fc.nat(120) }), {
        minLength: 8,
        maxLength: 40,
      }),
      async (steps) => {
        await acts.open({ what: 'open', x: 1, y: 1 })
        for (const [n, step] of steps.entries()) {
          await acts[step.what](step)
          if (n % 6 === 5)
            expect(
              await differences(),
              steps
                .slice(0, n + 1)
                .map((s) => `${s.what} ${s.x} ${s.y}`)
                .join(', '),
            ).toEqual([])
        }
        expect(await differences(), steps.map((s) => `${s.what} ${s.x} ${s.y}`).join(', ')).toEqual([])
        cases = cases.slice(-12)
        persons = persons.slice(-12)
      },
    ),
    { numRuns: 12, endOnFailure: true },
  )
  await fold()
  expect(await differences()).toEqual([])
  const [row] = await app.db.admin<{ n: number; measures: number }>(
    'select count(*)::int as n, count(distinct measure)::int as measures from rollup',
  )
  expect(row!.n).toBeGreaterThan(100)
  expect(row!.measures).toBeGreaterThan(30)
}, 240_000)

test('a register that was filled before counts itself when asked, and says the same', async () => {
  await app.db.admin('update rollup set n = n + 7')
  expect((await differences()).length).toBeGreaterThan(0)
  await systemTx(app.ctx, 'owner', 'count all records anew', (tx) => tx.sql('select rollup_rebuild()'))
  expect(await differences()).toEqual([])
  expect(await wholeDifferences()).toEqual([])
})

test('two who write for one person at once lose nothing', async () => {
  const life = new Life(app, await openFor(app, 'cpw-tirana'))
  const [row] = await app.db.admin<{ person_id: string }>('select person_id from case_file where id = $1', [
    life.id,
  ])
  await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      n % 3 === 0
        ? sql('update person set sex = $2 where id = $1', row!.person_id, pick(['female', 'male'], n / 3))
        : n % 3 === 1
          ? sql(
              `insert into service_delivery (id, case_id, service, setting, beneficiary, provider_id, from_day, by_id, at)
               select gen_random_uuid(), $1, 'legal', 'office', 'child', (select id from institution limit 1), '2026-03-01', $2, now()`,
              life.id,
              userId('cpw-tirana'),
            )
          : sql(
              `insert into assessment (id, case_id, form, form_version, at, by_id, episode) values (gen_random_uuid(), $1, 'initial', 1, now(), $2, 1)`,
              life.id,
              userId('cpw-tirana'),
            ),
    ),
  )
  expect(await differences()).toEqual([])
})

test('readers reach totals only through functions, and nobody writes them', async () => {
  for (const text of [
    'select * from rollup',
    'delete from rollup_delta',
    'select * from counted_case',
    'select rollup_rebuild()',
    'select * from rollup_recount()',
  ])
    await expect(app.ctx.pools.app.query(text)).rejects.toThrow(/permission denied/)
})

test('a child is looked up by its own keys, whatever else the country has reported', async () => {
  await sql(
    `insert into report (id, state, unit_id, source, channel, immediacy, concerns, children, created_unit, occurred_at, received_at, version)
    select gen_random_uuid(), 'RECEIVED', $1, 'x', 'x', 'high', '{}', 1, $1, now(), now(), 1 from generate_series(1, 2000)`,
    unitId('cpu-tirana'),
  )
  await sql(
    `insert into report_child (id, report_id, position, sex) select gen_random_uuid(), id, 0, 'male' from report`,
  )
  await sql('analyze report')
  await sql('analyze report_child')
  const plan = await sql(
    `explain select * from counted_field_child where id = '00000000-0000-7000-8000-000000000001'`,
  )
  const text = plan.map((row) => String(row['QUERY PLAN'])).join('\n')
  expect(text).toContain('report_child_pkey')
  expect(text).not.toMatch(/Seq Scan on report/)
})
