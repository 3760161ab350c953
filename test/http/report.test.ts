import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, unitId } from '#test/cast.ts'
import { noon, type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const child = {
  givenName: 'Gëzim',
  familyName: 'Çaushi',
  sex: 'male',
  birth: { from: '2014-01-01', to: '2016-12-31', said: 'rreth 2015' },
}
const sighting = (over: object = {}) => ({
  source: 'field_team',
  channel: 'field',
  place: { municipality: '53', text: 'Te kryqëzimi i Zogut të Zi', point: { lon: 19.81, lat: 41.33 } },
  immediacy: 'high',
  concerns: ['begging', 'street_situation'],
  narrative: 'Lyp çdo pasdite mes makinave.',
  children: [child],
  activity: 'begging',
  companions: [{ relation: 'other_adult', sex: 'female', description: 'rri përballë' }],
  ...over,
})
const send = async (who: Parameters<TestApp['as']>[0], over: object = {}) => {
  const id = uuidv7()
  const reply = await app.as(who).command('report.create', id, sighting(over))
  return { id, reply }
}
const count = async (table: string): Promise<number> =>
  (await app.db.admin<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n

describe('receiving', () => {
  test('a report for a unit that is not there is refused by the database itself', async () => {
    const put = (unit: string) =>
      withTx(app.ctx, actorOf('field-tirana'), async (tx) => {
        await tx.sql(
          `insert into report (id, state, unit_id, source, channel, immediacy, concerns, children, created_by, occurred_at, received_at, version)
           values ($1, 'RECEIVED', $2, 'field_team', 'field', 'high', '{begging}', 1, me_user(), now(), now(), 1)`,
          [uuidv7(), unit],
        )
        throw new Error('taken back')
      })
    await expect(put(uuidv7())).rejects.toMatchObject({ code: '42501' })
    await expect(put(unitId('cpu-tirana'))).rejects.toThrow('taken back')
  })

  test('a field team’s sighting reaches the unit of that municipality with its clock, names kept as given', async () => {
    const { id, reply } = await send('field-tirana')
    expect(reply).toMatchObject({
      status: 200,
      body: { recordId: id, version: 1, reply: { childIds: [expect.any(String)] } },
    })
    const read = await app.as('cpw-tirana').get(`/api/reports/${id}`)
    expect(read.body).toMatchObject({
      state: 'RECEIVED',
      municipality: '53',
      dueAt: '2026-11-25T11:00:00.000Z',
      named: {
        narrative: 'Lyp çdo pasdite mes makinave.',
        children: [
          { givenName: 'Gëzim', familyName: 'Çaushi', birth: { from: '2014-01-01', said: 'rreth 2015' } },
        ],
        companions: [{ relation: 'other_adult' }],
      },
      point: { lon: 19.81, lat: 41.33 },
      reporter: null,
    })
    expect(read.body.actions).toEqual(['add', 'triage', 'immediate_protection'])
  })

  test('each reads only its own tier: sender a status, other units nothing, the agency no names, the administrator nothing', async () => {
    const { id } = await send('school', { source: 'school', channel: 'web', activity: undefined })
    expect((await app.as('school').get(`/api/reports/${id}`)).status).toBe(404)
    const mine = await app.as('school').get('/api/reports/mine')
    expect(mine.body.items).toEqual([
      {
        id,
        receivedAt: noon,
        municipality: '53',
        children: 1,
        status: 'received',
        listed: [{ childId: expect.any(String), screened: [] }],
      },
    ])
    for (const other of ['cpw-durres', 'admin', 'coordinator', 'dpo', 'police', 'shelter'] as const) {
      expect((await app.as(other).get(`/api/reports/${id}`)).status).toBe(404)
      expect((await app.as(other).get('/api/reports')).body.items).toEqual([])
    }
    const agency = await app.as('state-agency').get(`/api/reports/${id}`)
    expect(agency.body).toMatchObject({ id, named: null, reporter: null, point: null })
    expect((await app.as('field-tirana').get('/api/reports')).body.items).toEqual([])
  })

  test('the reporter is shown only to call back, and only to the unit', async () => {
    const { id } = await send('hotline', {
      source: 'hotline',
      channel: '116111',
      activity: undefined,
      reporter: { name: 'Mira Ψαρρά', phone: '+355 69 000 0000', mayCallBack: true },
    })
    expect((await app.as('cpw-tirana').get(`/api/reports/${id}`)).body.reporter).toBeNull()
    const called = await app.as('cpw-tirana').get(`/api/reports/${id}`, { purpose: 'callback' })
    expect(called.body.reporter).toMatchObject({ name: 'Mira Ψαρρά', mayCallBack: true })
    expect((await app.as('cpw-durres').get(`/api/reports/${id}`, { purpose: 'callback' })).status).toBe(404)
  })

  test('a child nobody can name is taken in, and several at once', async () => {
    const { id, reply } = await send('police', {
      source: 'police',
      channel: '112',
      activity: undefined,
      children: [{}, { sex: 'female', age: 7 }, { age: 12, description: 'me çantë të kuqe' }],
      immediateProtection: true,
    })
    expect(reply.status).toBe(200)
    const read = await app.as('head-tirana').get(`/api/reports/${id}`)
    expect(read.body).toMatchObject({ immediacy: 'immediate', protectedAt: noon, children: 3 })
    expect(read.body.named!.children![1]).toMatchObject({
      birth: { from: '2018-11-25', to: '2019-11-24', said: '7' },
    })
  })

  test('without a unit in the municipality, or without a place, it waits at a national line', async () => {
    const { id } = await send('health', {
      source: 'health',
      channel: 'phone',
      activity: undefined,
      place: { municipality: '46', text: 'Shkodër' },
    })
    expect((await app.as('hotline').get(`/api/reports/${id}`)).body).toMatchObject({
      municipality: '46',
      actions: ['add', 'triage', 'immediate_protection'],
    })
  })
})

test('the queue is paged by an opaque cursor, each report once', async () => {
  for (let i = 0; i < 5; i++) await send('field-tirana', { narrative: String(i) })
  const seen: string[] = []
  let next = ''
  do {
    const { body } = await app.as('cpw-tirana').get(`/api/reports?limit=2${next}`)
    seen.push(...body.items!.map((item) => String(item.id)))
    next = body.next === null ? '' : `&cursor=${body.next}`
  } while (next !== '')
  expect(new Set(seen).size).toBe(seen.length)
  const [{ n }] = (await app.db.admin<{ n: number }>(
    "select count(*)::int as n from report r join unit u on u.id = r.unit_id where u.kind = 'cpu' and u.municipality = '53'",
  )) as [{ n: number }]
  expect(seen).toHaveLength(n)
  expect((await app.as('cpw-tirana').get('/api/reports?cursor=abc')).status).toBe(400)
  expect((await app.as('cpw-tirana').get('/api/reports?state=ACCEPTED')).body.items).toEqual([])
})

describe('bad input leaves nothing behind', () => {
  const before: Record<string, number> = {}
  beforeAll(async () => {
    for (const table of ['report', 'report_child', 'report_named', 'event', 'clock'])
      before[table] = await count(table)
  })
  afterAll(async () => {
    for (const [table, n] of Object.entries(before)) expect([table, await count(table)]).toEqual([table, n])
  })
  const adult = { from: '2008-01-01', to: '2008-11-24', said: '' }

  test.each([
    ['unknown concern', { concerns: ['begging', 'gossip'] }, 422, 'unknown_code', 'concerns.1'],
    ['unknown activity', { activity: 'juggling' }, 422, 'unknown_code', 'activity'],
    [
      'unknown municipality',
      { place: { municipality: '77', text: 'x' } },
      422,
      'unknown_code',
      'place.municipality',
    ],
    [
      'unknown hotspot',
      { place: { municipality: '53', hotspotId: uuidv7() } },
      422,
      'unknown_code',
      'place.hotspotId',
    ],
    ['nowhere', { place: { municipality: '53' } }, 422, 'report_place_needed', 'place.text'],
    ['an adult as a child', { children: [{}, { birth: adult }] }, 422, 'child_is_adult', 'children.1.birth'],
    ['an adult’s age', { children: [{ age: 18 }] }, 422, 'child_is_adult', 'children.0.age'],
    [
      'days the wrong way round',
      { children: [{ birth: { from: '2015-02-01', to: '2015-01-01', said: '' } }] },
      422,
      'impossible_date',
      'children.0.birth',
    ],
    [
      'a birth to come',
      { children: [{ birth: { from: '2027-01-01', to: '2027-12-31', said: '' } }] },
      422,
      'in_future',
      'children.0.birth',
    ],
    ['speaking for another body', { source: 'police' }, 422, 'report_source_not_yours', 'source'],
    ['protection by no police', { immediateProtection: true }, 422, 'not_allowed', 'immediateProtection'],
  ])('%s', async (_, over, status, code, field) => {
    const { reply } = await send('field-tirana', over)
    expect(reply).toMatchObject({ status, body: { code, field } })
  })

  test.each([
    [
      'a day that does not exist',
      { children: [{ birth: { from: '2015-02-30', to: '2015-03-01', said: '' } }] },
      'body.body.children.0.birth.from',
      'impossible_date',
    ],
    ['a wrong type', { children: 'one' }, 'body.body.children', 'wrong_type'],
    ['no child', { children: [] }, 'body.body.children', 'too_small'],
    ['a field nobody knows', { religion: 'x' }, 'body.body.religion', 'unknown_field'],
    ['a code nobody knows', { immediacy: 'soonish' }, 'body.body.immediacy', 'unknown_code'],
    ['too many words', { narrative: 'x'.repeat(20_001) }, 'body.body.narrative', 'too_big'],
    ['a sign that no database keeps', { narrative: 'a\u0000b' }, 'body.body.narrative', 'bad_format'],
    [
      'half a letter',
      { children: [{ givenName: 'x\ud800' }] },
      'body.body.children.0.givenName',
      'bad_format',
    ],
    [
      'a point in the sea of another country',
      { place: { municipality: '53', point: { lon: 2, lat: 41 } } },
      'body.body.place.point.lon',
      'too_small',
    ],
  ])('%s', async (_, over, field, code) => {
    const { reply } = await send('field-tirana', over)
    expect(reply.status).toBe(400)
    expect(reply.body.errors).toContainEqual(
      expect.objectContaining({ field, code, message: expect.any(String) }),
    )
  })

  test('ten megabytes', async () => {
    const { reply } = await send('field-tirana', { narrative: 'x'.repeat(10_000_000) })
    expect(reply).toMatchObject({ status: 413, body: { code: 'too_large' } })
  })

  test('bodies that only oversee do not report from inside', async () => {
    for (const who of ['admin', 'dpo', 'coordinator', 'county-committee'] as const)
      expect((await send(who)).reply).toMatchObject({ status: 422, body: { code: 'not_allowed' } })
  })
})

describe('sending again', () => {
  test('copies of one command that arrive together act once and get one answer', async () => {
    const together = async (id: string, type: string, body: object, baseVersion?: number) => {
      const commandId = uuidv7()
      const replies = await Promise.all(
        Array.from({ length: 5 }, () =>
          app
            .as('cpw-tirana')
            .command(type, id, body, { commandId, ...(baseVersion === undefined ? {} : { baseVersion }) }),
        ),
      )
      for (const reply of replies)
        expect({ status: reply.status, body: reply.body }).toEqual({
          status: replies[0]!.status,
          body: replies[0]!.body,
        })
      const done = await app.db.admin('select 1 from event where command_id = $1', [commandId])
      return { status: replies[0]!.status, events: done.length }
    }
    const id = uuidv7()
    expect(await together(id, 'report.create', sighting())).toEqual({ status: 200, events: 1 })
    // An act on what stands: the other copies find its version gone.
    expect(await together(id, 'report.immediate_protection', {}, 1)).toEqual({ status: 200, events: 1 })
    // An act that conflicts with nothing, and one that is refused.
    expect(await together(id, 'report.add', { text: 'Sot sërish.' })).toEqual({ status: 200, events: 1 })
    expect((await together(uuidv7(), 'report.add', { text: 'Askund.' })).status).toBe(404)
    const nowhere = sighting({ place: { municipality: '99', text: 'Askund' } })
    expect(await together(uuidv7(), 'report.create', nowhere)).toEqual({ status: 422, events: 0 })
  })

  test('the same command has the same answer; another payload under its name is refused', async () => {
    const [id, commandId] = [uuidv7(), uuidv7()]
    const first = await app.as('field-tirana').command('report.create', id, sighting(), { commandId })
    const again = await app.as('field-tirana').command('report.create', id, sighting(), { commandId })
    expect(again.body).toEqual(first.body)
    const other = await app
      .as('field-tirana')
      .command('report.create', id, sighting({ narrative: 'tjetër' }), { commandId })
    expect(other).toMatchObject({ status: 409, body: { code: 'command_reused', field: 'body.commandId' } })
    const taken = await app.as('field-tirana').command('report.create', id, sighting())
    expect(taken).toMatchObject({ status: 409, body: { code: 'stale', field: 'body.recordId' } })
  })
})

describe('an official is involved', () => {
  test('the tip is sealed for the Internal Affairs Service and leaves no trace in the report', async () => {
    const { id, reply } = await send('school', {
      source: 'school',
      channel: 'web',
      activity: undefined,
      officialInvolved: { institution: 'police', text: 'Një inspektor merr para.' },
    })
    expect(reply.status).toBe(200)
    const list = await app.as('internal-affairs').get('/api/integrity-tips')
    expect(list.body.items).toHaveLength(1)
    const tipId = list.body.items![0]!.id as unknown as string
    expect((await app.as('internal-affairs').get(`/api/integrity-tips/${tipId}`)).body).toMatchObject({
      institution: 'police',
      municipality: '53',
      text: 'Një inspektor merr para.',
    })
    const everyone = [
      'cpw-tirana',
      'head-tirana',
      'police',
      'state-agency',
      'responsible-authority',
      'admin',
      'dpo',
      'school',
      'coordinator',
    ] as const
    for (const who of everyone) {
      expect((await app.as(who).get('/api/integrity-tips')).body.items).toEqual([])
      expect((await app.as(who).get(`/api/integrity-tips/${tipId}`)).status).toBe(404)
      expect(
        (await app.as(who).command('integrity.record_measure', tipId, { measure: 'unfounded', reason: 'x' }))
          .status,
      ).toBe(404)
    }
    expect(JSON.stringify((await app.as('cpw-tirana').get(`/api/reports/${id}`)).body)).not.toContain(
      'inspektor',
    )
    const traces = await app.db.admin(
      `select 1 from event where record_id = $1 and (facts::text like '%police%' or facts::text like '%${tipId}%')
       union all select 1 from event a join event b on a.command_id = b.command_id where a.record_id = $1 and b.kind = 'integrity_tip'`,
      [id],
    )
    expect(traces).toEqual([])
    const measured = await app
      .as('internal-affairs')
      .command('integrity.record_measure', tipId, { measure: 'disciplinary', reason: 'u hap hetim' })
    expect(measured.status).toBe(200)
    // Measures follow one another, each counted; once closed, none.
    const next = (verb: string, body: object = {}) =>
      app.as('internal-affairs').command(`integrity.${verb}`, tipId, body)
    expect((await next('take')).body.code).toBe('wrong_state')
    expect((await next('record_measure', { measure: 'criminal_report', reason: 'u kallëzua' })).status).toBe(
      200,
    )
    expect((await next('close')).status).toBe(200)
    expect((await next('record_measure', { measure: 'verified', reason: 'x' })).body.code).toBe('wrong_state')
    expect((await app.as('internal-affairs').get('/api/integrity-tips')).body.items![0]).toMatchObject({
      measure: 'criminal_report',
      state: 'closed',
    })
    expect(
      (await app.as('internal-affairs').get(`/api/integrity-tips/${tipId}`)).body.measures,
    ).toMatchObject([
      { measure: 'disciplinary', reason: 'u hap hetim' },
      { measure: 'criminal_report', reason: 'u kallëzua' },
    ])
    for (const who of everyone)
      expect((await app.as(who).command('integrity.take', tipId, {})).status).toBe(404)
  })
})
