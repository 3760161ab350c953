import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const told = (over: object = {}) => ({
  commandId: uuidv7(),
  recordId: uuidv7(),
  source: 'public',
  place: { municipality: '53', text: 'Te parku' },
  immediacy: 'unknown',
  concerns: ['begging'],
  narrative: 'Një fëmijë lyp vetëm.',
  children: [{ age: 8 }],
  ...over,
})
const tell = async (over: object = {}) => {
  const body = told(over)
  return { body, reply: await app.anonymous.post('/api/public/reports', body) }
}
const ask = (code: string) => app.anonymous.post('/api/public/receipts', { code })

describe('the public’s door', () => {
  test('anybody reports without signing in and gets a receipt, the same one when the page is sent twice', async () => {
    const { body, reply } = await tell({ reporter: { name: 'Ana', phone: '069', mayCallBack: true } })
    expect(reply).toMatchObject({
      status: 200,
      body: { receipt: expect.stringMatching(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/) },
    })
    expect((await app.anonymous.post('/api/public/reports', body)).body).toEqual(reply.body)
    expect(await app.db.admin('select 1 from report where id = $1', [body.recordId])).toHaveLength(1)
    const other = await app.anonymous.post('/api/public/reports', { ...body, narrative: 'tjetër' })
    expect(other).toMatchObject({ status: 409, body: { code: 'command_reused' } })
    const read = await app.as('cpw-tirana').get(`/api/reports/${body.recordId}`)
    expect(read.body).toMatchObject({
      source: 'public',
      named: { narrative: 'Një fëmijë lyp vetëm.' },
      reporter: null,
    })
  })

  test('the code itself is nowhere in the database', async () => {
    const { reply } = await tell()
    const code = String(reply.body.receipt)
    const tables = await app.db.admin<{ t: string }>(
      "select table_name as t from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    )
    for (const { t } of tables) {
      const rows = await app.db.admin(
        `select 1 from "${t}" x where x::text like '%' || $1 || '%' or x::text like '%' || $2 || '%' limit 1`,
        [code, code.replaceAll('-', '')],
      )
      expect([t, rows]).toEqual([t, []])
    }
  })

  test('a receipt says received, then being handled, whatever was decided; later closed; never more', async () => {
    const outcomes = [
      { decision: 'accept' },
      { decision: 'info_only', reason: 'x' },
      { decision: 'screen_out', reason: 'x' },
    ]
    for (const outcome of outcomes) {
      const { body, reply } = await tell()
      const code = String(reply.body.receipt)
      expect((await ask(code)).body).toEqual({ status: 'received', receivedOn: '2026-11-24' })
      await app
        .as('cpw-tirana')
        .command(
          'report.triage',
          body.recordId,
          { immediacy: 'ordinary', duplicatesChecked: true, ...outcome },
          { baseVersion: 1 },
        )
      expect((await ask(code.toLowerCase().replaceAll('-', ' '))).body).toEqual({
        status: 'being_handled',
        receivedOn: '2026-11-24',
      })
      app.setClock('2027-06-01T10:00:00.000Z')
      expect((await ask(code)).body).toEqual({ status: 'closed', receivedOn: '2026-11-24' })
      app.setClock('2026-11-24T11:00:00.000Z')
    }
  })

  test('an unknown code is not found, and a malformed one says which field', async () => {
    expect((await ask('AAAA-BBBB-CCCC')).status).toBe(404)
    expect(await ask('A')).toMatchObject({ status: 400, body: { errors: [{ field: 'body.code' }] } })
  })

  test('with the code one may add, once however often it is sent, and the ledger holds', async () => {
    const { body, reply } = await tell()
    const addition = { commandId: uuidv7(), code: reply.body.receipt, text: 'Sot ishte sërish aty.' }
    for (let i = 0; i < 2; i++)
      expect((await app.anonymous.post('/api/public/receipts/add', addition)).body).toMatchObject({
        status: 'received',
      })
    const read = await app.as('cpw-tirana').get(`/api/reports/${body.recordId}`)
    expect(read.body).toMatchObject({
      version: 2,
      named: { additions: [{ by: 'reporter', text: 'Sot ishte sërish aty.' }] },
    })
    const unknown = await app.anonymous.post('/api/public/receipts/add', {
      ...addition,
      commandId: uuidv7(),
      code: 'AAAA-BBBB-CCCC',
    })
    expect(unknown.status).toBe(404)
  })

  test('a child may report for itself, and nobody need know the municipality', async () => {
    const { body, reply } = await tell({
      source: 'self',
      place: { municipality: null, text: 'nuk e di' },
      children: [{}],
    })
    expect(reply.status).toBe(200)
    expect((await app.as('hotline').get(`/api/reports/${body.recordId}`)).body).toMatchObject({
      source: 'self',
      municipality: null,
    })
  })

  test('an official named in a public report is sealed too', async () => {
    const { body } = await tell({
      officialInvolved: { institution: 'cpu', text: 'Punonjësja e di dhe hesht.' },
    })
    expect((await app.as('internal-affairs').get('/api/integrity-tips')).body.items).toHaveLength(1)
    const shown = JSON.stringify((await app.as('cpw-tirana').get(`/api/reports/${body.recordId}`)).body)
    expect(shown).not.toContain('hesht')
  })

  test('who speaks of the office that reads the report is not named to it', async () => {
    const reporter = { name: 'Mira Dëshmitare', phone: '069 55', mayCallBack: true }
    const read = async (institution: string) => {
      const { body } = await tell({ reporter, officialInvolved: { institution, text: 'E di dhe hesht.' } })
      return (await app.as('head-tirana').get(`/api/reports/${body.recordId}`, { purpose: 'callback' })).body
    }
    expect((await read('police')).reporter).toMatchObject({ name: 'Mira Dëshmitare' })
    for (const institution of ['cpu', 'municipality'])
      expect(JSON.stringify(await read(institution))).not.toMatch(/Mira|069 55/)
    const { items } = (await app.as('internal-affairs').get('/api/integrity-tips')).body
    const told = await Promise.all(
      (items as unknown as { id: string; institution: string }[])
        .filter((tip) => tip.institution === 'municipality' || tip.institution === 'police')
        .map(async (tip) => (await app.as('internal-affairs').get(`/api/integrity-tips/${tip.id}`)).body),
    )
    expect(told.map((tip) => tip.reporter).sort()).toEqual([[], ['Mira Dëshmitare', '069 55']])
  })

  test.each([
    ['an adult as a child', { children: [{ age: 30 }] }, 422, 'child_is_adult'],
    ['a code nobody knows', { concerns: ['rumour'] }, 422, 'unknown_code'],
    ['a field of staff', { immediateProtection: true }, 400, 'invalid'],
    ['a staff source', { source: 'police' }, 400, 'invalid'],
    ['too much', { narrative: 'x'.repeat(300_000) }, 413, 'too_large'],
  ])('%s is refused and nothing is kept', async (_, over, status, code) => {
    const [before] = await app.db.admin('select count(*) from report')
    expect((await tell(over)).reply).toMatchObject({ status, body: { code } })
    expect(await app.db.admin('select count(*) from report')).toEqual([before])
  })

  test('nothing else opens without signing in', async () => {
    for (const url of [
      '/api/reports',
      '/api/reports/mine',
      '/api/search?q=ana',
      '/api/screening-sets',
      '/api/integrity-tips',
    ])
      expect((await app.anonymous.get(url)).status).toBe(401)
  })
})

describe('too often', () => {
  test('one address waits after many, and is told how long', async () => {
    let last = await ask('AAAA-BBBB-CCCC')
    for (let i = 0; i < 40 && last.status !== 429; i++) last = await ask('AAAA-BBBB-CCCC')
    expect(last).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
  })
})
