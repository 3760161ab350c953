import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { periodOfDay } from '#domain/indicator/period.ts'
import { append } from '#server/append.ts'
import { uuidv7 } from '#server/ids.ts'
import { freezeIndicators, frozenOf } from '#server/indicator/freeze.ts'
import { liveIndicators } from '#server/indicator/queries/index.ts'
import { withTx, withWriteTx } from '#server/tx.ts'
import { actorOf, castNames, userId } from '#test/cast.ts'
import { closed, openFor } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
const quarter = 'from=2026-10-01&to=2026-12-31'
const value = async (id: string, query = quarter, who: Parameters<TestApp['as']>[0] = 'coordinator') =>
  app.as(who).get(`/api/indicators/${id}/value?${query}`, { language: 'en' })

/** Victims past the rules of screening: how many, how old, which sex. */
const victim = async (sex: string, born: number, form = 'labour') => {
  const opened = await openFor(app, 'cpw-tirana')
  const [row] = await app.db.admin<{ person_id: string }>('select person_id from case_file where id = $1', [
    opened.caseId,
  ])
  await app.db.admin(
    'update person set sex = $2, born_from = $3::smallint, born_to = $3::smallint where id = $1',
    [row!.person_id, sex, born],
  )
  await app.db.admin(
    `insert into identification_record (id, case_id, person_id, status, on_day, structure, forms, territory, prior_trafficking, signatories, by_id, at)
     values (gen_random_uuid(), $1, $2, 'vmt', '2026-11-01', 'police', array[$3], 'internal', false, '{}', $4, now())`,
    [opened.caseId, row!.person_id, form, userId('police')],
  )
  return opened
}

beforeAll(async () => {
  app = await testApp()
  for (let n = 0; n < 6; n += 1) await victim('female', 2012)
  for (let n = 0; n < 2; n += 1) await victim('male', 2000, 'sexual')
  await closed(app)
})
afterAll(() => app.close())

describe('the catalogue', () => {
  test('holds the 626 indicators of five plans, each with its state, in the reader’s language', async () => {
    const { body } = await app.as('coordinator').get('/api/indicators?limit=100', { language: 'sq' })
    expect(body.counts!.all).toBe(626)
    expect(Number(body.counts!.live) + Number(body.counts!.waiting) + Number(body.counts!.entered)).toBe(626)
    expect(body.items).toHaveLength(100)
    expect(body.items![1]).toMatchObject({
      id: 'S004-PROS-1.a-i1',
      wording: '% e amendamenteve të propozuara që kanë hyrë në fuqi',
      wordingIn: 'sq',
    })
    const seen = new Set<string>()
    let cursor = ''
    for (let page = 0; page < 8; page += 1) {
      const next = await app.as('coordinator').get(`/api/indicators?limit=100${cursor}`)
      for (const item of next.body.items!) seen.add(String(item.id))
      if (next.body.next === null) break
      cursor = `&cursor=${next.body.next}`
    }
    expect(seen.size).toBe(626)
  })

  test('is found by plan, pillar, state and words', async () => {
    const nap = await app.as('police').get('/api/indicators?plan=nap-2018-2020')
    expect(nap.body.counts!.all).toBe(410)
    const core = await app.as('police').get('/api/indicators?plan=core')
    expect(core.body.counts).toMatchObject({ all: 15, live: 15, waiting: 0 })
    const live = await app
      .as('police')
      .get('/api/indicators?plan=nap-2018-2020&pillar=PROT&state=live&limit=100')
    expect(
      live.body.items!.every((item) => String(item.state) === 'live' && String(item.pillar) === 'PROT'),
    ).toBe(true)
    const waiting = await app.as('police').get('/api/indicators?state=waiting&limit=100')
    expect(waiting.body.items!.every((item) => item.waitsFor!.length > 0)).toBe(true)
    const words = await app.as('police').get('/api/indicators?q=waiting time', { language: 'sq' })
    expect(words.body.items!.map((item) => String(item.id))).toEqual(['S004-PREV-3.a-i2'])
    expect((await app.as('police').get('/api/indicators?q=%25%25')).body.counts!.all).toBe(0)
    const [framework] = (
      await app
        .as('police')
        .get('/api/indicators?plan=framework-economic-exploitation-2018', { language: 'sq' })
    ).body.items!
    expect(framework).toMatchObject({ wordingIn: 'en' })
  })

  test('each indicator names its row of the plan, its start or target, and who reports', async () => {
    const { body } = await app.as('school').get('/api/indicators/S004-PROT-1.c.13-i1', { language: 'sq' })
    expect(body).toMatchObject({
      nodeUid: '2/1.(c).13',
      kind: 'counted',
      state: 'live',
      query: { code: 'interview_rooms' },
      baselines: [{ kind: 'target', value: 12 }],
    })
    const [node] = await app.db.admin(`select 1 from action_plan_node where uid = '2/1.(c).13'`)
    expect(node).toBeDefined()
    expect((await app.as('school').get('/api/indicators/S004-NOTHING')).status).toBe(404)
    expect((await app.as('school').get('/api/indicators/x')).status).toBe(400)
  })

  test('every row of a plan that an indicator names exists', async () => {
    const lost = await app.db.admin(`select i.id from indicator i where node_uid is not null and not exists (
      select from action_plan p join action_plan_node n on n.plan_id = p.id where p.slug = i.plan and n.uid = i.node_uid)`)
    expect(lost).toEqual([])
  })
})

describe('figures', () => {
  test('are counted on Tirana’s calendar, exact for the nation, and say that they are operational', async () => {
    const { body } = await value('S004-PROT-G1-i1')
    expect(body).toMatchObject({
      value: 8,
      records: 8,
      operational: true,
      unit: 'n',
      query: 'identifications',
      queryVersion: 1,
    })
    expect((await value('S004-PROT-G1-i1', 'from=2026-07-01&to=2026-09-30')).body.value).toBe(0)
    expect((await value('S004-PROT-G1-i4')).body.value).toBe(6)
    expect((await value('S004-PROT-G1-i3')).body.value).toBe(6)
    expect((await value('S004-PROT-1.c.15-i1')).body).toMatchObject({
      value: 0,
      numerator: 0,
      denominator: 8,
    })
  })

  test('split by sex, age or place, small ones and what would reveal them are hidden, for everybody', async () => {
    for (const who of ['coordinator', 'state-agency', 'county-committee', 'cpw-tirana'] as const) {
      const { body } = await value('S004-PROT-G1-i1', `${quarter}&by=sex`, who)
      const of = (key: string) => body.cells!.find((cell) => String(cell.key) === key)!
      expect(of('male').value).toBeNull()
      // Two hidden at least: the nation's exact total would give a single one away.
      expect(body.cells!.filter((cell) => cell.value === null).length).toBeGreaterThanOrEqual(2)
      expect(body.hiddenUpTo).toBe(4)
    }
    const age = await value('S004-PROT-G1-i1', `${quarter}&by=age`)
    expect(age.body.cells!.find((cell) => String(cell.key) === '18+')!.value).toBeNull()
    const place = await value('S004-PROT-G1-i1', `${quarter}&by=municipality`)
    expect(place.body.cells).toHaveLength(61)
    expect(place.body.cells!.find((cell) => String(cell.key) === '53')).toMatchObject({
      value: 8,
      name: 'Tiranë',
    })
    const county = await value('S004-PROT-G1-i1', `${quarter}&by=county`)
    expect(county.body.cells).toHaveLength(12)
    expect(county.body.cells!.find((cell) => String(cell.key) === 'AL-11')).toMatchObject({
      value: 8,
      name: 'Tiranë',
    })
    const page = await app.as('coordinator').get('/api/indicators/S004-PROT-G1-i1')
    expect(page.body.query!.splits).toEqual(expect.arrayContaining(['municipality', 'county']))
  })

  test('a quarter hidden in a split does not follow from its year, its half or the other quarters', async () => {
    const cell = async (query: string) => {
      const { body } = await value('S004-PROT-G1-i1', `${query}&by=sex`)
      return body.cells!.find((one) => String(one.key) === 'male')!.value as unknown as number | null
    }
    const year = await cell('from=2026-01-01&to=2026-12-31')
    const quarters = await Promise.all(
      ['01-01&to=2026-03-31', '04-01&to=2026-06-30', '07-01&to=2026-09-30', '10-01&to=2026-12-31'].map((q) =>
        cell(`from=2026-${q}`),
      ),
    )
    expect(quarters[3]).toBeNull()
    expect(year === null || quarters.filter((one) => one === null).length > 1).toBe(true)
    expect(await cell('from=2026-07-01&to=2026-12-31')).toBeNull()
  })

  test('a share is hidden with either of its counts', async () => {
    const { body } = await value('S004-PROT-1.c.15-i1', `${quarter}&by=sex`)
    expect(body.cells!.find((cell) => String(cell.key) === 'male')).toMatchObject({
      value: null,
      n: null,
      of: null,
    })
  })

  test('periods that are none, unknown splits and what is not counted are refused with the field', async () => {
    for (const bad of [
      'from=2026-01-02&to=2026-03-31',
      'from=2026-01-01&to=2026-02-28',
      'from=x&to=y',
      'to=2026-03-31',
      `${quarter}&by=religion`,
      `${quarter}&by=x%27`,
      'from=2026-11-01&to=2026-11-30&by=sex',
    ]) {
      const { status, body } = await value('S004-PROT-G1-i1', bad)
      expect([status, body.errors?.[0]?.field !== undefined], bad).toEqual([400, true])
    }
    // Persons once in a quarter are no figure of a month.
    expect((await value('S004-PROT-2.a-i1', 'from=2026-11-01&to=2026-11-30')).status).toBe(400)
    const [waiting] = await app.db.admin<{ id: string }>(
      "select id from indicator where kind = 'counted' and id <> all ($1) order by id limit 1",
      [liveIndicators],
    )
    expect((await value(waiting!.id)).status).toBe(404)
    expect((await app.anonymous.get(`/api/indicators/S004-PROT-G1-i1/value?${quarter}`)).status).toBe(401)
  })

  test('all of a period come at once and equal the single ones; a row of quarters ends with the present', async () => {
    const { body } = await app.as('coordinator').get(`/api/indicator-figures?${quarter}&plan=nap-2018-2020`)
    expect(body.items!.length).toBeGreaterThan(25)
    for (const id of ['S004-PROT-G1-i1', 'S004-PROT-G1-i4', 'S004-PROT-3.b-i3', 'S004-PROT-2.a-i1'])
      expect(body.items!.find((one) => String(one.id) === id)!.value, id).toBe((await value(id)).body.value)
    const series = await app.as('coordinator').get('/api/indicators/S004-PROT-G1-i1/series?count=4')
    expect(series.body.items!.map((one) => [String(one.from), one.value])).toEqual([
      ['2026-01-01', 0],
      ['2026-04-01', 0],
      ['2026-07-01', 0],
      ['2026-10-01', 8],
    ])
  })

  test('go down to cases only through the ordinary list of who has cases', async () => {
    for (const [who, to] of [
      ['cpw-tirana', '/cases'],
      ['head-tirana', '/cases'],
      ['coordinator', null],
      ['county-committee', null],
      ['school', null],
      ['dpo', null],
    ] as const)
      expect((await app.as(who).get('/api/indicators/S004-PROT-G1-i1')).body.cases, who).toBe(to)
    expect((await app.as('coordinator').get('/api/cases')).body.items).toEqual([])
  })
})

test('figures of the plan itself are the same for whoever asks: carried out, paid, reported', async () => {
  const [execution] = await app.db.admin<{ id: string }>(
    `select e.id from activity_execution e join action_plan p on p.id = e.plan_id where p.slug = 'nap-2018-2020' and e.activity_uid = '1/1.(a).1'`,
  )
  const put = (text: string, ...more: unknown[]) => app.db.admin(text, [execution!.id, ...more])
  await put(
    `insert into activity_status (execution_id, seq, status, on_day, by_unit, recorded_at) select $1, 1, 'COMPLETED', '2026-08-01', id, now() from unit limit 1`,
  )
  await put(
    `insert into activity_spending (id, execution_id, kind, source, account_group, on_day, amount, document, by_unit, recorded_at)
     select gen_random_uuid(), $1, 'payment', 'state', 'operating', '2026-08-02', 190000, 'U-1', id, now() from unit limit 1`,
  )
  for (const who of ['coordinator', 'police', 'school'] as const) {
    const done = (await value('S004-COOR-1.d-i2', quarter, who)).body
    expect(done, who).toMatchObject({ numerator: 1, records: 145 })
    expect(Number(done.denominator)).toBeGreaterThan(40)
    expect((await value('S010-CORE-14', quarter, who)).body.numerator).toBe(190000)
    expect((await value('S010-CORE-12', quarter, who)).status).toBe(200)
  }
  // Before it was completed it was not.
  expect((await value('S004-COOR-1.d-i2', 'from=2026-04-01&to=2026-06-30')).body.numerator).toBe(0)
})

describe('who may bring a figure', () => {
  const figure = (over: object = {}) => ({
    indicatorId: 'S004-PROS-1.b.1-i1',
    from: '2026-01-01',
    to: '2026-12-31',
    value: 1,
    evidence: 'Raporti vjetor, faqja 3',
    ...over,
  })
  const bring = (who: (typeof castNames)[number], over: object = {}, id = uuidv7(), baseVersion?: number) =>
    app.as(who).command('indicator.collect', id, figure(over), {
      language: 'en',
      ...(baseVersion === undefined ? {} : { baseVersion }),
    })

  test('only those whom the plan names, and the coordinator; every door for every role', async () => {
    // A body of the plan answers for all institutions of its kind.
    await app.db.admin(
      `update indicator set reporters = '{DPPSH}', unit = 'n' where id = 'S004-PROS-1.b.1-i1'`,
    )
    await app.db.admin(
      `update plan_body set institution_id = (select institution_id from unit where id = (select unit_id from app_user where login = 'police')) where code = 'DPPSH'`,
    )
    const outcomes: Record<string, string> = {}
    for (const who of castNames) {
      const reply = await bring(who)
      outcomes[who] = reply.status === 200 ? 'ok' : String(reply.body.code)
      expect((await app.as(who).get('/api/indicators?limit=1')).status, who).toBe(200)
      expect((await app.as(who).get('/api/surveys')).status, who).toBe(200)
      expect((await value('S004-PROT-G1-i1', quarter, who)).status, who).toBe(200)
    }
    const allowed = Object.entries(outcomes)
      .filter(([, code]) => code === 'ok')
      .map(([who]) => who)
    expect(allowed.sort()).toEqual(['coordinator', 'police'])
    for (const who of castNames)
      if (!allowed.includes(who))
        // A second coordinator is of the same office, which has brought its figure.
        expect(
          who === 'coordinator2' ? ['indicator_period_known'] : ['not_allowed', 'indicator_not_theirs'],
          who,
        ).toContain(outcomes[who])
  })

  test('a correction is a further version with a reason; the old one stays; strangers cannot touch it', async () => {
    const id = uuidv7()
    const over = { from: '2025-01-01', to: '2025-12-31' }
    expect((await bring('police', over, id)).status).toBe(200)
    expect((await bring('police', over)).body.code).toBe('indicator_period_known')
    expect((await bring('police', { ...over, value: 2 }, id, 1)).body.code).toBe('reason_required')
    expect((await bring('police', { ...over, value: 2, reason: 'numëruar sërish' }, id)).status).toBe(409)
    expect((await bring('coordinator', { ...over, value: 9, reason: 'x' }, id, 1)).body.code).toBe(
      'indicator_not_theirs',
    )
    expect(
      (await bring('police', { ...over, value: 2, reason: 'numëruar sërish' }, id, 1)).body.version,
    ).toBe(2)
    expect((await bring('police', { ...over, value: 3, reason: 'vonë' }, id, 1)).body.code).toBe('stale')
    const rows = await app.db.admin(
      'select version, value, stands from indicator_value where id = $1 order by version',
      [id],
    )
    expect(rows).toMatchObject([
      { version: 1, stands: false },
      { version: 2, stands: true },
    ])
    const page = await app.as('police').get('/api/indicators/S004-PROS-1.b.1-i1')
    expect(
      (page.body.values as unknown as { id: string }[]).find((one) => String(one.id) === id),
    ).toMatchObject({
      value: 2,
      version: 2,
      mine: true,
    })
  })

  test('absurd figures are refused with their field', async () => {
    for (const [over, status] of [
      [{ value: -1 }, 422],
      [{ value: 1.5 }, 422],
      [{ value: 1e300 }, 400],
      [{ value: '445.680' }, 400],
      [{ from: '2030-01-01', to: '2030-12-31' }, 422],
      [{ from: '2026-12-31', to: '2026-01-01' }, 422],
      [{ evidence: '   ' }, 400],
      [{ evidence: 'x'.repeat(1001) }, 400],
      [{ indicatorId: 'S004-PROS-9.z-i1' }, 400],
      [{ indicatorId: 'S004-PROT-G1-i1' }, 422],
      [{ name: 'Ardi' }, 400],
    ] as const) {
      const reply = await bring('police', over)
      expect(reply.status, JSON.stringify(over)).toBe(status)
      expect(String(reply.body.detail)).not.toMatch(/refusal\.|\{\{/)
    }
  })
})

test('a frozen figure stays while the live one moves, and says what it rests on', async () => {
  const reportId = uuidv7()
  const period = periodOfDay('2026-11-01', 'quarter')
  // Figures are frozen only in the transaction that publishes their report.
  const freeze = (version = 0, edition = 1) =>
    withWriteTx(app.ctx, actorOf('coordinator'), { commandId: uuidv7() }, async (tx) => {
      await append(tx, { kind: 'plan_report', id: reportId, version }, [
        { type: 'ReportMoved', v: 1, facts: { act: 'publish', from: 'APPROVED', to: 'PUBLISHED', edition } },
      ])
      return freezeIndicators(tx, { id: reportId, edition }, period)
    })
  expect(await freeze()).toBeGreaterThan(40)
  await victim('female', 2011)
  expect((await value('S004-PROT-G1-i1')).body.value).toBe(9)
  // Again freezes nothing anew.
  expect(await freeze(1)).toBe(0)
  const frozen = await withTx(app.ctx, actorOf('school'), (tx) => frozenOf(tx, { id: reportId, edition: 1 }))
  const one = frozen.find((row) => row.indicatorId === 'S004-PROT-G1-i1')!
  expect(one).toMatchObject({
    value: 8,
    records: 8,
    query: 'identifications',
    queryVersion: 1,
    operational: true,
    frozenBy: userId('coordinator'),
  })
  expect(one.breakdown.signedIn.sex!.find((cell) => cell.key === 'male')!.value).toBeNull()
  expect(one.breakdown.public.municipality).toBeUndefined()
  // Nine at most are hidden from the public, the six girls too.
  expect(one.breakdown.public.sex!.find((cell) => cell.key === 'female')!.value).toBeNull()
  const page = await app.as('coordinator').get('/api/indicators/S004-PROT-G1-i1')
  expect(page.body.frozen![0]).toMatchObject({ reportId, value: 8, records: 8 })
  await expect(
    withWriteTx(app.ctx, actorOf('coordinator'), { commandId: uuidv7() }, (tx) =>
      tx.sql('update indicator_frozen set value = 1'),
    ),
  ).rejects.toThrow(/permission denied/)
})
