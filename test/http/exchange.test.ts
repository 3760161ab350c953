import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type OfficialDatabase, officialDatabase } from '#server/exchange/official.ts'
import { announceOfficial } from '#server/exchange/official-doors.ts'
import { compareOfficial, compareUnasked, pushOfficial } from '#server/exchange/push.ts'
import { uuidv7 } from '#server/ids.ts'
import { createToken } from '#server/session/index.ts'
import { type CastName, castNames } from '#test/cast.ts'
import { type Loose, noon, type TestApp, testApp } from './harness.ts'
import { type Mood, OtherSide } from './official-side.ts'
import { putTrack } from './track-rows.ts'

/** Handing on and taking in: HTCDS, the official record with a stand-in for the other side, the yearly list. */

let app: TestApp
const authority = (): ReturnType<TestApp['as']> => app.as('responsible-authority')
let adult: { id: string }

let other: OtherSide
let there: OfficialDatabase

const minutesLater = (minutes: number): void =>
  app.setClock(new Date(Date.parse(noon) + minutes * 60_000).toISOString())
const states = async (): Promise<Record<string, number>> => {
  const { body } = await authority().get('/api/exchange/official')
  return body.counts as unknown as Record<string, number>
}

beforeAll(async () => {
  app = await testApp()
  other = await OtherSide.open()
  there = officialDatabase(other.url, 'a-token-of-ours', 400)
  adult = await putTrack(app, {
    forms: ['labour', 'sexual'],
    citizenship: 'PH',
    steps: [
      ['vmt', '2026-06-01'],
      ['formal_pending', '2026-06-10'],
      ['vt', '2026-06-20'],
    ],
  })
  await putTrack(app, { subject: 'child', forms: ['begging'], steps: [['vmt', '2026-07-02']] })
})
afterEach(() => {
  other.mood = () => null
  other.listing = null
  app.setClock(noon)
})
afterAll(async () => {
  await other.close()
  await app.close()
})

describe('the official record', () => {
  test('is written with each status, and while the other side is away nothing is lost', async () => {
    expect(await states()).toEqual({ waiting: 4, late: 0, sent: 0, dead: 0 })
    other.mood = () => ({ status: 503 })
    expect(await pushOfficial(app.ctx, there)).toEqual({ sent: 0, failed: 4, dead: 0 })
    // Not due again before a minute has passed.
    expect(await pushOfficial(app.ctx, there)).toEqual({ sent: 0, failed: 0, dead: 0 })
    other.mood = () => ({ status: 200, wait: 700 })
    minutesLater(2)
    // One that does not answer is not asked for the others.
    const before = other.asked.length
    expect(await pushOfficial(app.ctx, there)).toEqual({ sent: 0, failed: 4, dead: 0 })
    expect(other.asked.length).toBe(before + 1)
    expect(await states()).toEqual({ waiting: 4, late: 4, sent: 0, dead: 0 })
  })
  test('leaves by pseudonym with status, day and forms, and nothing else', async () => {
    minutesLater(20)
    const before = other.asked.length
    expect(await pushOfficial(app.ctx, there)).toEqual({ sent: 4, failed: 0, dead: 0 })
    for (const { method, path, key, token, body } of other.asked.slice(before)) {
      expect(method).toBe('PUT')
      expect(path).toMatch(/^\/api\/records\/MB-[0-9a-f]{20}\/statuses\/[0-9a-f-]{36}$/)
      expect(path).toContain(key)
      expect(token).toBe('Bearer a-token-of-ours')
      expect(Object.keys(JSON.parse(body)).toSorted()).toEqual(['forms', 'id', 'on', 'status', 'statusId'])
      expect(body).not.toMatch(/Fshehur|Mbiemri|MKR-/)
      expect(body).not.toContain(adult.id)
    }
    expect(new Set([...other.held.values()].map((one) => one.id)).size).toBe(2)
    expect(await states()).toMatchObject({ waiting: 0, sent: 4 })
  })
  test('a reply lost on the way is a message sent twice and held once', async () => {
    await putTrack(app, { steps: [['vmt', '2026-07-03']] })
    other.mood = (given) => {
      other.held.set(given.statusId, given)
      return { status: 502 }
    }
    expect(await pushOfficial(app.ctx, there)).toMatchObject({ failed: 1 })
    other.mood = (given) => ({ status: 409, body: { ...other.held.get(given.statusId), forms: given.forms } })
    minutesLater(2)
    expect(await pushOfficial(app.ctx, there)).toMatchObject({ sent: 1 })
    expect(other.held.size).toBe(5)
  })
  test.each([
    [
      'answers for another record',
      (): ReturnType<Mood> => ({ status: 201, body: { id: 'MB-x', statusId: 'y' } }),
      'other_record',
    ],
    ['holds something else', (): ReturnType<Mood> => ({ status: 409, body: { status: 'vt' } }), 'conflict'],
    ['refuses', (): ReturnType<Mood> => ({ status: 422 }), 'refused'],
  ])('a side that %s is believed in nothing: a person looks and sends again', async (_, answer, fault) => {
    await putTrack(app, { steps: [['vmt', '2026-07-04']] })
    other.mood = answer
    expect(await pushOfficial(app.ctx, there)).toEqual({ sent: 0, failed: 0, dead: 1 })
    const { body } = await authority().get('/api/exchange/official/messages?state=dead')
    expect(body.items).toMatchObject([{ state: 'dead', fault, attempts: 1, status: 'vmt', version: 0 }])
    const id = String(body.items![0]!.id)
    for (const who of ['coordinator', 'state-agency', 'admin', 'police'] as const)
      expect((await app.as(who).command('official.resend', id, {})).status, who).toBe(404)
    expect((await authority().command('official.resend', id, {})).status).toBe(200)
    expect((await authority().command('official.resend', id, {})).body).toMatchObject({
      code: 'exchange_not_dead',
    })
    other.mood = () => null
    expect(await pushOfficial(app.ctx, there)).toMatchObject({ sent: 1 })
  })
  test('garbage, a wrong token and an endless answer are tried again, and given up in the end', async () => {
    await putTrack(app, { steps: [['vmt', '2026-07-05']] })
    const moods: Mood[] = [
      () => ({ status: 200, body: '<html>' }),
      () => ({ status: 401 }),
      () => ({ status: 200, body: 'x'.repeat(200_000) }),
    ]
    let minutes = 0
    let dead = 0
    for (let tries = 1; tries <= 9; tries += 1) {
      other.mood = moods[tries % moods.length]!
      minutesLater(minutes)
      dead += (await pushOfficial(app.ctx, there)).dead
      minutes += 1441
    }
    expect(dead).toBe(1)
    other.mood = () => null
    await app.db.admin(
      "update official_push set state = 'waiting', due_at = made_at, attempts = 0 where state = 'dead'",
    )
    expect(await pushOfficial(app.ctx, there)).toMatchObject({ sent: 1 })
  })
  test('both sides are compared by pseudonym; figures are reconciled only while they are equal', async () => {
    expect((await authority().command('official.compare', uuidv7(), {})).body).toMatchObject({
      code: 'exchange_off',
    })
    await announceOfficial(app.ctx, true)
    const funnel = async () =>
      String((await authority().get('/api/trafficking/funnel?year=2026')).body.standing!.state)
    expect(await funnel()).toBe('operational')
    expect((await authority().command('official.compare', uuidv7(), {})).status).toBe(200)
    expect((await authority().get('/api/exchange/official')).body).toMatchObject({ asked: true })
    expect(await compareOfficial(app.ctx, there)).toBe(1)
    const equal = (await authority().get('/api/exchange/official')).body
    expect(equal).toMatchObject({
      asked: false,
      comparison: { state: 'done', differing: 0, ours: 7, theirs: 7, same: 7 },
    })
    expect(await funnel()).toBe('reconciled')

    // They lost one, changed one, invented one and hold one twice; one of ours is on its way.
    const all = other.lastOf()
    await putTrack(app, { steps: [['vmt', '2026-07-06']] })
    other.listing = () => ({
      status: 200,
      body: {
        items: [
          { ...all[1]!, status: 'vt' },
          all[2]!,
          { ...all[3]!, on: '2020-01-01' },
          ...all.slice(4),
          all[4]!,
          { id: 'MB-ffffffffffffffffffff', status: 'vmt', on: '2026-01-01' },
        ],
        next: null,
      },
    })
    minutesLater(1)
    const found = await compareUnasked(app.ctx, there)
    expect(found).toMatchObject({ ours: 8, waiting: 1 })
    const { comparison } = (await authority().get('/api/exchange/official')).body
    expect(
      (comparison!.differences as unknown as { kind: string; nrmCode: string | null }[])
        .map((one) => `${one.kind} ${one.nrmCode === null ? 'unknown' : 'ours'}`)
        .toSorted(),
    ).toEqual(['only_ours ours', 'only_theirs unknown', 'other_day ours', 'other_status ours', 'twice ours'])
    expect(await funnel()).toBe('operational')
    other.listing = null
    await pushOfficial(app.ctx, there)
    minutesLater(2)
    await compareUnasked(app.ctx, there)
    expect(await funnel()).toBe('reconciled')
  })
  test.each([
    [
      'endless',
      (): { status: number; body: unknown } => ({ status: 200, body: { items: [], next: 'more' } }),
      'garbled',
    ],
    [
      'shapeless',
      (): { status: number; body: unknown } => ({ status: 200, body: { items: [{ id: 7 }] } }),
      'garbled',
    ],
    ['closed', (): { status: number; body: unknown } => ({ status: 403, body: {} }), 'not_let_in'],
  ])('a list that is %s is no comparison', async (_, give, fault) => {
    other.listing = give
    expect(await compareUnasked(app.ctx, there)).toBe(fault)
  })
  test('a server that is not there', async () => {
    expect(await compareUnasked(app.ctx, officialDatabase('http://127.0.0.1:9/x', 'a-token-of-ours'))).toBe(
      'unreachable',
    )
  })
})

describe('cases by the standard', () => {
  test('are handed out by pseudonym, page by page, and every page is remembered', async () => {
    const first = await authority().get('/api/htcds/export?limit=1')
    expect(first.body).toMatchObject({ standard: 'HTCDS', version: '2.0', extension: 'x-mburoja' })
    const one = first.body.items![0]! as Loose
    expect(one).toMatchObject({
      prs: { Gender: 'Feminine', Citizenship: ['PH'] },
      vic: {
        TraffickingStatus: 'ActualVictimOfTrafficking',
        TraffickingStatusDecisionMakingOrg: 'Police',
        TypeOfExploitation: ['ForcedLabour', 'SexualExploitation'],
      },
      cas: { Status: 'Active', IncomingReferralDate: '2026-06-01' },
      'x-mburoja': {
        status: 'vt',
        steps: [{ status: 'vmt' }, { status: 'formal_pending' }, { status: 'vt' }],
      },
    })
    const ids = new Set<string>()
    let next: string | null = null
    do {
      const page: Loose = (
        await authority().get(`/api/htcds/export?limit=3${next === null ? '' : `&cursor=${next}`}`)
      ).body
      for (const item of page.items!) ids.add(String(item.id))
      next = page.next === null ? null : String(page.next)
      expect(JSON.stringify(page)).not.toMatch(/Fshehur|Mbiemri/)
      expect(JSON.stringify(page)).not.toContain(adult.id)
    } while (next !== null)
    expect(ids.size).toBe(8)
    // The two receivers cannot lay their pseudonyms beside each other.
    for (const id of ids) expect([...other.held.values()].some((known) => known.id === id)).toBe(false)
    const [seen] = await app.db.admin(
      "select count(*)::int as n from access_record where act = 'export' and kind = 'nrm_file' and tier = 'T2'",
    )
    expect((seen as { n: number }).n).toBeGreaterThan(2)
  })
  test('to the Responsible Authority alone, and to its token with the scope of exports', async () => {
    for (const who of castNames)
      for (const url of [
        '/api/htcds/export',
        '/api/htcds/export.csv',
        '/api/htcds/imported',
        '/api/exchange/official',
        '/api/exchange/official/messages',
      ])
        expect((await app.as(who).get(url)).status, `${who} ${url}`).toBe(
          who === 'responsible-authority' ? 200 : 403,
        )
    const ask = async (login: CastName, scopes: readonly ('read' | 'export')[]) => {
      const { token } = await createToken(app.ctx, login, { scopes: [...scopes] })
      return (
        await app.fastify.inject({ url: '/api/htcds/export', headers: { authorization: `Bearer ${token}` } })
      ).statusCode
    }
    expect(await ask('responsible-authority', ['export'])).toBe(200)
    expect(await ask('responsible-authority', ['read'])).toBe(403)
    expect(await ask('cpw-tirana', ['export'])).toBe(403)
    expect((await app.anonymous.get('/api/htcds/export')).status).toBe(401)
  })
  test.each(['cursor=x', 'limit=0', 'limit=1e9', 'since=yesterday', 'of=all', 'of=imported&cursor=x'])(
    'refuse %s by field',
    async (query) => {
      const { status, body } = await authority().get(`/api/htcds/export?${query}`)
      expect(status).toBe(400)
      expect(String(body.errors![0]!.field)).toMatch(/^query/)
    },
  )
  test('go out and come back in as they were; what came before changes nothing', async () => {
    const out = (await authority().get('/api/htcds/export?limit=200')).body
    // As another register would have handed them out.
    const cases = (out.items as unknown as Loose[]).map((one, n) => ({ ...one, id: `THERE-${n}` }))
    const read = await app.fastify.inject({
      method: 'POST',
      url: '/api/htcds/preview?source=there',
      headers: { 'x-test-as': 'responsible-authority', 'content-type': 'application/json' },
      payload: JSON.stringify({ items: cases }),
    })
    expect(read.statusCode).toBe(200)
    const preview = JSON.parse(read.body)
    expect(preview.lines).toHaveLength(8)
    expect(preview.lines.every((one: Loose) => String(one.state) === 'new')).toBe(true)
    const load = () =>
      authority().command('htcds.import', uuidv7(), {
        source: 'there',
        choice: 'refuse',
        cases: preview.cases,
      })
    const made = await load()
    expect(made.body.reply).toMatchObject({ loaded: 8, reports: 1, known: 0, refused: [] })
    expect((await load()).body.reply).toMatchObject({ loaded: 0, known: 8 })
    const again = (await authority().get('/api/htcds/export?of=imported&limit=200')).body
    const byId = (list: unknown) =>
      (list as Loose[]).toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
    expect(byId(again.items)).toEqual(byId(cases))
    // By way of CSV too.
    const csv = String((await authority().get('/api/htcds/export.csv?of=imported')).body)
    const back = await app.fastify.inject({
      method: 'POST',
      url: '/api/htcds/preview?source=there',
      headers: { 'x-test-as': 'responsible-authority', 'content-type': 'text/csv' },
      payload: csv,
    })
    expect(JSON.parse(back.body)).toMatchObject({ format: 'csv' })
    expect(JSON.parse(back.body).lines.every((one: Loose) => String(one.state) === 'known')).toBe(true)
    // What we handed out ourselves is here, under whatever name it comes back.
    const own = await authority().command('htcds.import', uuidv7(), {
      source: 'mirror',
      choice: 'load',
      cases: out.items,
    })
    expect(own.body.reply).toMatchObject({ loaded: 0, known: 8 })
  })
  test('a child’s case becomes a report of its place, to be checked; an adult’s waits; nobody is merged', async () => {
    const before = await app.db.admin('select count(*)::int as n from person')
    const made = await authority().command('htcds.import', uuidv7(), {
      source: 'IOM',
      choice: 'load',
      cases: [
        {
          id: 'K1',
          prs: { FirstName: 'Ardi', SecondName: 'Çela', Birthdate: '2014-03-02', Gender: 'Masculine' },
          vic: {
            TraffickingStatus: 'PossibleVictimOfTrafficking',
            MethodsOfControl: ['MethodsOfControlThreats'],
          },
        },
        {
          id: 'A1',
          prs: { Birthdate: '1990-01-01' },
          vic: { TraffickingStatus: 'ActualVictimOfTrafficking' },
        },
      ],
    })
    expect(made.body).toMatchObject({ reply: { loaded: 2, reports: 1 } })
    expect(await app.db.admin('select count(*)::int as n from person')).toEqual(before)
    const [row] = await app.db.admin<{ report_id: string; state: string }>(
      "select report_id, state from htcds_record where source = 'IOM' and source_id = 'K1'",
    )
    expect(row?.state).toBe('taken')
    // Its place is not known: the national line reads it and passes it on.
    const report = await app.as('hotline').get(`/api/reports/${row!.report_id}`)
    expect(report.status).toBe(200)
    expect(JSON.stringify(report.body)).toContain('PhysicalThreats')
    expect(JSON.stringify(report.body)).toContain('Ardi')
    const list = (await authority().get('/api/htcds/imported')).body
    const adultRow = list.items!.find((one) => String(one.sourceId) === 'A1')!
    expect(adultRow).toMatchObject({ subject: 'adult', status: 'vt', state: 'to_check' })
    expect(JSON.stringify(list)).not.toContain('Ardi')
    const check = (who: CastName, body: object) =>
      app.as(who).command('htcds.check', String(adultRow.importId), body)
    expect((await check('coordinator', { sourceId: 'A1', decision: 'set_aside' })).status).toBe(404)
    expect(
      (await check('responsible-authority', { sourceId: 'A1', decision: 'taken', nrmId: uuidv7() })).status,
    ).toBe(400)
    expect(
      (await check('responsible-authority', { sourceId: 'A1', decision: 'taken', nrmId: adult.id })).status,
    ).toBe(200)
    expect(
      (await check('responsible-authority', { sourceId: 'A1', decision: 'set_aside' })).body,
    ).toMatchObject({
      code: 'exchange_record_checked',
    })
  })
  test('unknown codes are refused by line, or loaded and listed, as the importer chooses', async () => {
    const cases = [
      {
        id: 'U1',
        vic: {
          TraffickingStatus: 'PossibleVictimOfTrafficking',
          TypeOfExploitation: ['Piracy', 'ForcedLabour'],
        },
        prs: { Birthdate: '1980-01-01' },
      },
      { id: 'U2', vic: { TraffickingStatus: 'ActualVictimOfTrafficking' }, prs: { Birthdate: '1980-01-01' } },
      { id: '=cmd', vic: {} },
    ]
    const load = (choice: string) =>
      authority().command('htcds.import', uuidv7(), { source: 'codes', choice, cases })
    expect((await load('refuse')).body.reply).toMatchObject({
      loaded: 1,
      refused: [
        { n: 1, code: 'unknown_code' },
        { n: 3, code: 'wrong_type' },
      ],
    })
    expect((await load('load')).body.reply).toMatchObject({ loaded: 1, known: 1, refused: [{ n: 3 }] })
    const { items } = (await authority().get('/api/htcds/imported')).body
    expect(items!.find((one) => String(one.sourceId) === 'U1')).toMatchObject({
      forms: ['labour'],
      unknown: [{ path: 'vic.TypeOfExploitation', code: 'unknown_code', said: 'Piracy' }],
    })
  })
  test('a file is read by nobody else, at most eight megabytes, and rubbish is no accident', async () => {
    const preview = (who: string, payload: string | Buffer, type = 'application/json') =>
      app.fastify.inject({
        method: 'POST',
        url: '/api/htcds/preview',
        headers: { 'x-test-as': who, 'content-type': type },
        payload,
      })
    for (const who of castNames)
      if (who !== 'responsible-authority') expect((await preview(who, '[]')).statusCode, who).toBe(403)
    expect(
      (await preview('responsible-authority', Buffer.alloc(9_000_000, 'a'), 'text/csv')).statusCode,
    ).toBe(413)
    for (const rubbish of ['{', '{"items":7}', '"x"', 'id\n"open', '', `${','.repeat(700)}\n`])
      expect(
        (await preview('responsible-authority', rubbish, 'text/csv')).statusCode,
        rubbish.slice(0, 9),
      ).toBe(400)
    expect(
      (await preview('responsible-authority', JSON.stringify(Array.from({ length: 2001 }, () => 1))))
        .statusCode,
    ).toBe(400)
    expect((await preview('responsible-authority', '[]', 'image/png')).statusCode).toBe(415)
    expect(
      (await authority().command('htcds.import', uuidv7(), { source: 'x', choice: 'load', cases: [] }))
        .status,
    ).toBe(400)
    expect(
      (await app.as('police').command('htcds.import', uuidv7(), { source: 'x', choice: 'load', cases: [{}] }))
        .status,
    ).toBe(403)
  })
})
