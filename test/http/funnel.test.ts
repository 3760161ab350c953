import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { actorOf, type CastName, castNames, unitId, userId } from '#test/cast.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'
import { putTrack } from './track-rows.ts'

/** The funnel: exact for the Responsible Authority, with small figures hidden for the others, closed to everybody else. */

let app: TestApp
const url = '/api/trafficking/funnel?year=2026'
const rows = (reply: Loose, by: string): Loose =>
  (by === 'quarter' ? reply.quarters : reply.splits!.find((one) => String(one.by) === by)!.rows)!
const row = (reply: Loose, by: string, key: string) => rows(reply, by).find((one) => String(one.key) === key)
let stuck: string

beforeAll(async () => {
  app = await testApp()
  for (let n = 0; n < 12; n += 1)
    await putTrack(app, {
      structure: 'police',
      sex: n < 7 ? 'female' : 'male',
      steps: [['vmt', '2026-02-10']],
    })
  for (let n = 0; n < 9; n += 1)
    await putTrack(app, {
      structure: 'shelter',
      forms: ['sexual', 'labour'],
      steps: [
        ['vmt', '2026-05-01'],
        ['formal_pending', '2026-05-11'],
        ['vt', '2026-05-21'],
      ],
    })
  for (let n = 0; n < 2; n += 1)
    await putTrack(app, {
      subject: 'child',
      structure: 'cpw',
      forms: ['begging'],
      phase: 'REINTEGRATION',
      steps: [
        ['vmt', '2026-05-02'],
        ['formal_pending', '2026-05-04'],
      ],
    })
  stuck = (await putTrack(app, { structure: 'border_police', steps: [['vmt', '2025-12-30']] })).id
  const first = await putTrack(app, {
    steps: [
      ['vmt', '2026-07-01'],
      ['exited', '2026-07-20'],
    ],
  })
  // The same person, taken up again: a new file.
  const again = await putTrack(app, { prior: first.id, steps: [['vmt', '2026-08-30']] })
  await app.db.admin(
    'update person set same_as = (select person_id from nrm_file where id = $1) where id = (select person_id from nrm_file where id = $2)',
    [first.id, again.id],
  )
})
afterAll(() => app.close())

test('a year with one file: of a table of one row only whoever opens the files reads it', async () => {
  const read = async (who: CastName) => (await app.as(who).get('/api/trafficking/funnel?year=2025')).body
  const exact = await read('responsible-authority')
  expect(rows(exact, 'structure')).toMatchObject([{ key: 'border_police', potential: 1 }])
  const aggregate = await read('coordinator')
  expect(aggregate.total!.potential).toBe(1)
  for (const by of ['structure', 'form']) expect([...rows(aggregate, by)], by).toEqual([])
  expect(JSON.stringify(aggregate)).not.toContain('border_police')
})

describe('the Responsible Authority', () => {
  test('reads the year exactly: stages, interviews and official victims by every dimension', async () => {
    const { status, body } = await app.as('responsible-authority').get(url)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      year: 2026,
      subject: 'all',
      exact: true,
      standing: { state: 'operational', comparedAt: null },
      total: { potential: 25, interviewed: 11, confirmed: 9 },
      rate: 36,
    })
    expect(row(body, 'quarter', '1')).toMatchObject({ potential: 12, interviewed: 0, confirmed: 0 })
    expect(row(body, 'quarter', '2')).toMatchObject({ potential: 11, interviewed: 11, confirmed: 9 })
    expect(row(body, 'quarter', '3')).toMatchObject({ potential: 2 })
    expect(row(body, 'sex', 'male')).toMatchObject({ potential: 5 })
    expect(row(body, 'age', '6-13')).toMatchObject({ potential: 2 })
    expect(row(body, 'structure', 'shelter')).toMatchObject({ potential: 9, confirmed: 9 })
    expect(row(body, 'form', 'sexual')).toMatchObject({ potential: 9 })
    expect(row(body, 'form', 'labour')).toMatchObject({ potential: 23 })
    for (const by of ['quarter', 'sex', 'age', 'territory', 'structure'])
      expect(
        rows(body, by).reduce((sum, one) => sum + Number(one.potential), 0),
        by,
      ).toBe(25)
    expect(body.lags!.find((one) => String(one.step) === 'vmt_interview')).toMatchObject({
      n: 11,
      median: 10,
    })
    expect(body.lags!.find((one) => String(one.step) === 'vmt_decision')).toMatchObject({ n: 9, median: 20 })
    expect(body.after).toMatchObject({ reintegration: 2, exited: 1, again: 1, againWithinYear: 1 })
  })
  test('chooses children or adults; a year without anybody is a table of noughts', async () => {
    const children = await app.as('responsible-authority').get(`${url}&subject=child`)
    expect(children.body.total).toMatchObject({ potential: 2, interviewed: 2 })
    const none = await app.as('responsible-authority').get('/api/trafficking/funnel?year=2020')
    expect(none.body).toMatchObject({ total: { potential: 0 }, rate: null })
  })
  test('finds the files that stand still, the longest first, page by page', async () => {
    const first = await app.as('responsible-authority').get('/api/trafficking/stuck?limit=1')
    expect(first.body.items).toMatchObject([{ id: stuck, status: 'vmt', structure: 'border_police' }])
    const next = await app
      .as('responsible-authority')
      .get(`/api/trafficking/stuck?limit=100&cursor=${String(first.body.next)}`)
    expect(next.body.items).toHaveLength(15)
    expect(JSON.stringify([first.body, next.body])).not.toContain('Mbiemri')
  })
  test('a changed person, a step or a screening that two people lowered moves the figures', async () => {
    const { id } = await putTrack(app, { subject: 'child', steps: [['vmt', '2021-03-01']] })
    const read = async () =>
      (await app.as('responsible-authority').get('/api/trafficking/funnel?year=2021')).body
    expect(row(await read(), 'sex', 'female')).toMatchObject({ potential: 1 })
    await app.db.admin(
      "update person set sex = 'male' where id = (select person_id from nrm_file where id = $1)",
      [id],
    )
    expect(row(await read(), 'sex', 'male')).toMatchObject({ potential: 1 })
    await app.db.admin(
      "update nrm_file set lowered = true, status = 'exited', exited_at = now() where id = $1",
      [id],
    )
    expect((await read()).total).toMatchObject({ potential: 0 })
    const [before] = await app.db.admin('select count(*)::int as n from funnel_file')
    const [built] = await app.db.admin('select funnel_rebuild() as n')
    expect(built).toEqual(before)
  })
})

describe('adults', () => {
  test('what was asked of a provider counts as their referral: served, silent, withdrawn, and how long they waited', async () => {
    const { id } = await putTrack(app, { steps: [['vmt', '2023-02-01']] })
    const action = async (service: string, status: string, due: string, doneOn: string | null) => {
      const made = uuidv7()
      await app.db.admin(
        `insert into assistance_action (id, nrm_id, service, provider_id, due, funding, status, done_on, by_id, at)
         values ($1, $2, $3, $4, $5, 'state', $6, $7, $8, '2023-02-10T09:00:00Z')`,
        [made, id, service, unitId('shelter-tirana'), due, status, doneOn, userId('social-service')],
      )
      return made
    }
    await action('housing', 'done', '2023-03-01', '2023-02-24')
    await action('legal', 'planned', '2023-03-01', null)
    const silent = await action('medical', 'planned', '2023-03-02', null)
    await action('education', 'dropped', '2023-03-01', '2023-02-20')
    await action('vocational', 'planned', '2099-01-01', null)
    // Given by the day, though nobody has ended the action.
    await app.db.admin(
      `insert into assistance_service (id, nrm_id, service, setting, beneficiary, provider_id, from_day, funding, by_id, by_unit, at)
       values (gen_random_uuid(), $1, 'legal', 'community', 'subject', $2, '2023-02-16', 'state', $3, $2, now())`,
      [id, unitId('shelter-tirana'), userId('social-service')],
    )
    const { body } = await app.as('responsible-authority').get('/api/trafficking/funnel?year=2023')
    expect(body.referrals).toMatchObject([
      { key: 'shelter', sent: 5, fates: { served: 2, silent: 1, withdrawn: 1, accepted: 1, declined: 0 } },
    ])
    // Fourteen days and six.
    expect(body.after).toMatchObject({ waited: 2, waitedDays: 10 })
    const list = (await app.as('responsible-authority').get('/api/trafficking/no-action')).body.items!
    const found = list.filter((one) => String(one.nrmId) === id)
    expect(found).toMatchObject([{ id: silent, service: 'medical', recipientKind: 'shelter' }])
    expect(Number(found[0]!.days)).toBeGreaterThan(300)
    const page = await app.as('responsible-authority').get('/api/trafficking/no-action?limit=1')
    expect(page.body.items).toHaveLength(1)
    // A child's actions are its case's, and those who read children alone see none of this.
    const children = (await app.as('state-agency').get('/api/trafficking/funnel?year=2023')).body
    expect(children.referrals).toEqual([])
  })
})

describe('readers of aggregates', () => {
  test('the coordinator sees no figure of 1 to 4 outside the nation’s totals, nor any that gives one away', async () => {
    const { status, body } = await app.as('coordinator').get(url)
    expect(status).toBe(200)
    expect(body).toMatchObject({ exact: false, total: { potential: 25, confirmed: 9 } })
    for (const by of ['quarter', 'sex', 'age', 'territory', 'structure', 'form'])
      for (const one of rows(body, by))
        for (const n of [one.potential, one.interviewed, one.confirmed, ...Object.values(one.stages!)])
          if (n !== null) expect(Number(n) === 0 || Number(n) > 4, `${by} ${String(one.key)}`).toBe(true)
    // Two children among 25: their band is hidden, and another with it.
    const hidden = rows(body, 'age').filter((one) => one.potential === null)
    expect(hidden.length).toBeGreaterThan(1)
    expect(body.after).toMatchObject({ reintegration: null, again: null })
  })
  test('ask for no other population than their own', async () => {
    expect((await app.as('coordinator').get(`${url}&subject=child`)).status).toBe(403)
    expect((await app.as('state-agency').get(`${url}&subject=all`)).status).toBe(403)
    const agency = await app.as('state-agency').get(url)
    expect(agency.body).toMatchObject({ subject: 'child', exact: false, total: { potential: 2 } })
  })
})

describe('doors', () => {
  const doors = [
    url,
    '/api/trafficking/funnel/document?year=2026',
    '/api/trafficking/funnel/document.csv?year=2026',
    '/api/trafficking/funnel/document.xlsx?year=2026',
    '/api/trafficking/stuck',
    '/api/trafficking/no-action',
  ]
  const readers: readonly string[] = ['responsible_authority', 'coordinator', 'state_agency']
  test('open to three roles, and the lists of files to one of them', async () => {
    for (const who of castNames)
      for (const door of doors) {
        const files = door.endsWith('stuck') || door.endsWith('no-action')
        const open = files ? who === 'responsible-authority' : readers.includes(actorOf(who).role)
        expect((await app.as(who).get(door)).status, `${who} ${door}`).toBe(open ? 200 : 403)
      }
    for (const door of doors) expect((await app.anonymous.get(door)).status).toBe(401)
  })
  test.each(['year=abc', 'year=1e9', 'year=', 'year=2026.5', '', 'year=2026&subject=dog', 'year=2026&x=1'])(
    'refuse %s by field',
    async (query) => {
      const { status, body } = await app.as('responsible-authority').get(`/api/trafficking/funnel?${query}`)
      expect(status).toBe(400)
      expect(String(body.errors![0]!.field)).toMatch(/^query/)
    },
  )
  test('the document says in both languages whose figures these are; its export is remembered', async () => {
    const sq = await app.as('coordinator').get('/api/trafficking/funnel/document?year=2026')
    expect(JSON.stringify(sq.body)).toContain('jo zyrtare')
    const en = await app
      .as('responsible-authority')
      .get('/api/trafficking/funnel/document.csv?year=2026&lang=en')
    expect(String(en.body)).toContain('not official')
    expect(String(en.body)).toContain('girls and women')
    const [seen] = await app.db.admin(
      "select count(*)::int as n from access_record where kind = 'funnel' and act = 'export'",
    )
    expect((seen as { n: number }).n).toBeGreaterThan(0)
  })
})

describe('child victims', () => {
  test('the State Agency reads every one by code, with its case and transfers', async () => {
    const { status, body } = await app.as('state-agency').get('/api/exchange/children')
    expect(status).toBe(200)
    expect(body.items).toHaveLength(2)
    expect(body.items![0]).toMatchObject({ status: 'formal_pending', transfer: null })
    expect(JSON.stringify(body)).not.toMatch(/Fshehur|Mbiemri/)
    expect((await app.as('state-agency').get('/api/exchange/children?transferred=yes')).body.items).toEqual(
      [],
    )
    for (const who of castNames) {
      const open = ['responsible_authority', 'state_agency'].includes(actorOf(who).role)
      for (const url of ['/api/exchange/children', '/api/exchange/child-lists'])
        expect((await app.as(who).get(url)).status, `${who} ${url}`).toBe(open ? 200 : 403)
    }
  })
  test('their list goes over once, dated, by codes, and comes back with a count', async () => {
    const id = uuidv7()
    expect(
      (await app.as('state-agency').command('child_list.send', uuidv7(), { year: 2026 })).body,
    ).toMatchObject({
      code: 'not_allowed',
    })
    expect((await app.as('coordinator').command('child_list.send', uuidv7(), { year: 2026 })).status).toBe(
      403,
    )
    expect(
      (await app.as('responsible-authority').command('child_list.send', uuidv7(), { year: 2019 })).body,
    ).toMatchObject({
      code: 'exchange_list_empty',
    })
    expect(
      (await app.as('responsible-authority').command('child_list.send', uuidv7(), { year: 2031 })).body,
    ).toMatchObject({
      code: 'in_future',
    })
    expect(
      (await app.as('responsible-authority').command('child_list.send', id, { year: 2026 })).body.reply,
    ).toMatchObject({
      count: 2,
    })
    expect(
      (await app.as('responsible-authority').command('child_list.receive', id, { count: 1 })).body,
    ).toMatchObject({
      code: 'not_allowed',
    })
    expect((await app.as('police').command('child_list.receive', id, { count: 1 })).status).toBe(404)
    expect(
      (await app.as('state-agency').command('child_list.receive', id, { count: 3 })).body.reply,
    ).toMatchObject({
      difference: 1,
    })
    expect((await app.as('state-agency').command('child_list.receive', id, { count: 3 })).body).toMatchObject(
      {
        code: 'exchange_list_received',
      },
    )
    const { items } = (await app.as('state-agency').get('/api/exchange/child-lists')).body
    expect(items).toMatchObject([{ year: 2026, count: 2, theirCount: 3 }])
    expect(String(items![0]!.codes![0])).toMatch(/^MKR-2026-/)
  })
})
