/** An adult who says «this happens to me», and a business that writes: without script, to whom it goes, what stays of it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { carryOutErasures } from '#server/privacy/index.ts'
import { erase } from '#server/retention/erase.ts'
import { castNames, unitId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

let visitor = 0
const post = (url: string, told: Readonly<Record<string, string>>, ip = `192.0.2.${++visitor}`) =>
  app.fastify.inject({
    method: 'POST',
    url,
    remoteAddress: ip,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(told).toString(),
  })
const codeIn = (body: string): string => /<output>([^<]+)<\/output>/.exec(body)?.[1] ?? ''
const told = (more: Readonly<Record<string, string>> = {}) => ({
  command: randomUUID(),
  record: uuidv7(),
  danger: 'no',
  story: 'Më kanë marrë pasaportën dhe punoj pa pagesë.',
  municipality: '53',
  contact: '069 222 3344',
  safe: 'Vetëm me mesazh, pas orës 20',
  go: 'send',
  ...more,
})
const seenBy = async () => {
  const seen: Record<string, number> = {}
  for (const who of castNames) {
    const { status, body } = await app.as(who).get('/api/self-reports')
    expect(status, who).toBe(200)
    if (body.items!.length > 0) seen[who] = body.items!.length
  }
  return seen
}

describe('this happens to me', () => {
  test('is one short page in both languages, without script, that leads a child to the children’s page', async () => {
    for (const [url, child] of [
      ['/kjo-me-ndodh-mua', '/femije/shkruaj'],
      ['/en/this-happens-to-me', '/en/children/write'],
    ] as const) {
      const { body, statusCode, headers } = await app.fastify.inject({ method: 'GET', url })
      expect(statusCode).toBe(200)
      expect(Buffer.byteLength(body)).toBeLessThan(40_000)
      expect(body).toContain(child)
      expect(body).toContain('tel:112')
      expect(headers['set-cookie']).toBeUndefined()
    }
    const start = (await app.fastify.inject({ method: 'GET', url: '/' })).body
    expect(start).toContain('/kjo-me-ndodh-mua')
  })

  test('goes to the social service of the county, is taken, answered by its receipt and closed with a reason', async () => {
    expect((await post('/kjo-me-ndodh-mua', told({ story: '' }))).statusCode).toBe(422)
    const form = told()
    const code = codeIn((await post('/kjo-me-ndodh-mua', form)).body)
    expect(codeIn((await post('/kjo-me-ndodh-mua', form)).body)).toBe(code)
    expect(await seenBy()).toEqual({ 'social-service': 1, 'responsible-authority': 1 })
    const item = (await app.as('social-service').get('/api/self-reports')).body.items![0]!
    expect(item).toMatchObject({
      state: 'NEW',
      story: form.story,
      contact: form.contact,
      safe: form.safe,
      name: null,
    })
    const notices = await app.db.admin('select unit_id, label from notice where record_id = $1', [
      form.record,
    ])
    expect(notices).toEqual([
      { unit_id: unitId('social-service-tirana'), label: expect.stringMatching(/^V-/) },
    ])
    // No child, no report, no file of the track follows by itself.
    expect(await app.db.admin('select 1 from report union all select 1 from nrm_file')).toEqual([])

    const look = async () => (await post('/kodi', { code })).body
    const waiting = await look()
    expect(
      (await post('/kodi/shto', { code, command: randomUUID(), text: 'Sot ai nuk është këtu.' })).statusCode,
    ).toBe(200)
    const waits = async (who: 'social-service' | 'social-service-durres' | 'responsible-authority') =>
      (await app.as(who).get('/api/work')).body.items!.filter((one) => String(one.recordId) === form.record)
        .length
    expect(await waits('social-service')).toBe(1)
    // Whose office it is not may read it, but is not told to.
    expect([await waits('social-service-durres'), await waits('responsible-authority')]).toEqual([0, 0])
    const act = (
      who: 'social-service' | 'social-service-durres' | 'cpw-tirana',
      verb: string,
      body: object,
      baseVersion?: number,
    ) =>
      app
        .as(who)
        .command(`self_report.${verb}`, form.record, body, baseVersion === undefined ? {} : { baseVersion })
    expect((await act('social-service-durres', 'take', {})).status).toBe(404)
    expect((await act('cpw-tirana', 'take', {})).status).toBe(404)
    const close = { why: 'helped_otherwise', words: 'U fol me mesazh; punon në vend tjetër.' }
    expect((await act('social-service', 'close', close, 2)).body.code).toBe('wrong_state')
    expect((await act('social-service', 'take', {})).status).toBe(200)
    expect(await look()).not.toBe(waiting)
    const taken = (await app.as('social-service').get('/api/self-reports')).body.items![0]!
    expect(taken).toMatchObject({ state: 'TAKEN', additions: [{ body: 'Sot ai nuk është këtu.' }] })
    expect((await act('social-service', 'close', close, Number(taken.version))).status).toBe(200)
    expect(await waits('social-service')).toBe(0)
    expect((await app.as('social-service').get('/api/self-reports?state=closed')).body.items).toHaveLength(1)

    const now = app.ctx.clock()
    const due = async () =>
      (await app.as('dpo').get('/api/privacy/retention')).body.due!.find(
        ({ id }) => String(id) === form.record,
      )
    expect(await due()).toBeUndefined()
    app.setClock('2029-01-12T11:00:00.000Z')
    try {
      expect(await due()).toMatchObject({ rule: 'self_report', kind: 'self_report', hold: false })
      const order = { kind: 'self_report', id: form.record }
      expect((await app.as('dpo').command('privacy.order_erasure', uuidv7(), order)).status).toBe(200)
      app.setClock('2029-03-12T11:00:00.000Z')
      expect(await carryOutErasures(app.ctx)).toMatchObject({ erased: 1 })
      expect(
        await app.db.admin('select story, contact from self_report_named where id = $1', [form.record]),
      ).toEqual([{ story: null, contact: null }])
      expect(
        await app.db.admin('select 1 from self_report_word where self_report_id = $1', [form.record]),
      ).toEqual([])
    } finally {
      app.setClock(now)
    }
  })

  test('goes to the Responsible Authority where the place is not told, and its words can be erased', async () => {
    const form = told({ municipality: 'unknown' })
    await post('/en/this-happens-to-me', form)
    expect(await seenBy()).toEqual({ 'responsible-authority': 1 })
    const by = 'admin'
    await erase(app.ctx, { kind: 'self_report', id: form.record, rule: 'retention self', by })
    const left = await app.db.admin(
      'select name, story, contact, safe from self_report_named where id = $1',
      [form.record],
    )
    expect(left).toEqual([{ name: null, story: null, contact: null, safe: null }])
    expect(await app.db.admin('select 1 from event_part where record_id = $1', [form.record])).toEqual([])
  })

  test('nobody but the public’s page writes one', async () => {
    const { status } = await app.as('social-service').command('self_report.receive', uuidv7(), told())
    expect(status).toBe(400)
  })
})

test('a business says that it is one: the report counts as from the private sector', async () => {
  const form = {
    command: randomUUID(),
    record: uuidv7(),
    at: 'check',
    danger: 'no',
    worry: 'work',
    municipality: '53',
    kids: '1',
    who: 'business',
    go: 'send',
  }
  expect((await post('/raporto', form)).statusCode).toBe(200)
  const rows = await app.db.admin('select source from report where id = $1', [form.record])
  expect(rows).toEqual([{ source: 'private_sector' }])
})
