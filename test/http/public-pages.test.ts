/** The public pages over the real register: what a citizen types is what the unit reads, once, and nobody else. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { assets } from '#server/public/assets.ts'
import { concernOf } from '#server/public/telling.ts'
import { intakeRules } from '#server/report/options.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { words } from '#wire/words/index.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

type Fields = Readonly<Record<string, string | readonly string[]>>
const post = (url: string, fields: Fields, address = '192.0.2.1') => {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    for (const one of typeof value === 'string' ? [value] : value) form.append(name, one)
  return app.fastify.inject({
    method: 'POST',
    url,
    remoteAddress: address,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: form.toString(),
  })
}

const told = (over: Fields = {}): Fields => ({
  command: randomUUID(),
  record: uuidv7(),
  at: 'check',
  go: 'send',
  danger: 'yes',
  worry: ['begging', 'street'],
  story: 'Pashë një vajzë të vogël te kryqëzimi, natën.',
  municipality: '53',
  where: 'Te Pallati me Shigjeta',
  kids: '2',
  age1: '8',
  sex1: 'female',
  name1: 'Ëngjëllushe Çela',
  ...over,
})

const codeIn = (page: string): string => /<output>([^<]+)<\/output>/.exec(page)?.[1] ?? ''

describe('a report from the public pages', () => {
  it('reaches the unit of the municipality, whole, and once', async () => {
    const form = told({ name: 'Agim Hoxha', contact: '069 123 4567', safe: 'pas orës 18' })
    const [first, second] = [await post('/raporto', form), await post('/raporto', form)]
    expect([first.statusCode, second.statusCode]).toEqual([200, 200])
    expect(codeIn(first.body)).toMatch(/^[A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9]{4}$/)
    expect(codeIn(second.body)).toBe(codeIn(first.body))

    const { body: list } = await app.as('cpw-tirana').get('/api/reports')
    const mine = list.items?.filter((item) => item.id === form.record)
    expect(mine).toHaveLength(1)
    const { body: report } = await app.as('cpw-tirana').get(`/api/reports/${form.record}`)
    expect(report).toMatchObject({
      source: 'public',
      channel: 'web',
      immediacy: 'immediate',
      concerns: ['begging', 'street_situation'],
      municipality: '53',
      named: {
        narrative: 'Pashë një vajzë të vogël te kryqëzimi, natën.',
        place: 'Te Pallati me Shigjeta',
        children: [
          { givenName: 'Ëngjëllushe', familyName: 'Çela', sex: 'female' },
          { givenName: null, sex: 'unknown' },
        ],
      },
    })
    expect(JSON.stringify(report)).not.toContain('Agim')
    const asked = await app.as('cpw-tirana').get(`/api/reports/${form.record}`, { purpose: 'callback' })
    expect(asked.body.reporter).toMatchObject({
      name: 'Agim Hoxha',
      phone: '069 123 4567',
      safeTime: 'pas orës 18',
      mayCallBack: true,
    })
    expect((await app.as('cpw-durres').get(`/api/reports/${form.record}`)).status).toBe(404)
  })

  it('finds a reader where nobody knows the municipality or the place', async () => {
    const form = told({ municipality: 'unknown', where: '', worry: ['unknown'], story: '' })
    expect(codeIn((await post('/en/report', form)).body)).not.toBe('')
    const { body } = await app.as('hotline').get(`/api/reports/${form.record}`)
    expect(body).toMatchObject({
      municipality: null,
      concerns: [],
      named: { place: words.en.publicPages.place_unsaid, narrative: null },
    })
  })

  it('keeps a child’s own words under its own source', async () => {
    const form = {
      go: 'send',
      command: randomUUID(),
      record: uuidv7(),
      story: 'Kam frikë.',
      municipality: '10',
      age1: '11',
      contact: 'besa@shkolla.example',
    }
    expect(codeIn((await post('/femije/shkruaj', form)).body)).not.toBe('')
    const { body } = await app.as('cpw-durres').get(`/api/reports/${form.record}`, { purpose: 'callback' })
    expect(body).toMatchObject({ source: 'self', reporter: { email: 'besa@shkolla.example', phone: null } })
  })

  it('sends what is said of an official to Internal Affairs alone', async () => {
    const form = told({ official: 'yes', office: 'municipality', tip: 'Nëpunësja merr para.' })
    expect((await post('/raporto', form)).statusCode).toBe(200)
    const { body: report } = await app.as('cpw-tirana').get(`/api/reports/${form.record}`)
    expect(JSON.stringify(report)).not.toContain('Nëpunësja')
    const { body: tips } = await app.as('internal-affairs').get('/api/integrity-tips')
    expect(tips.items).toEqual([expect.objectContaining({ institution: 'municipality', municipality: '53' })])
    expect((await app.as('cpw-tirana').get('/api/integrity-tips')).body.items ?? []).toEqual([])
  })

  it('stands as first written when it is changed and sent again', async () => {
    const form = told()
    await post('/raporto', form)
    const again = await post('/raporto', { ...form, story: 'Tjetër.' })
    expect(again.statusCode).toBe(409)
    expect(again.body).toContain(words.sq.publicPages.sent_title)
    const { body } = await app.as('cpw-tirana').get(`/api/reports/${form.record}`)
    expect(body.named?.narrative).toBe(form.story)
  })

  it('does not take over the record of another', async () => {
    const form = told()
    await post('/raporto', form)
    const stolen = await post('/raporto', told({ record: form.record ?? '', story: 'Tjetër.' }))
    expect(stolen.statusCode).toBe(409)
    expect(stolen.body).toContain(words.sq.publicPages.broken_title)
    expect(stolen.body).toContain('value="Tjetër."')
    const { body } = await app.as('cpw-tirana').get(`/api/reports/${form.record}`)
    expect(body.named?.narrative).toBe(form.story)
  })

  it('speaks in the register’s own concern codes', () => {
    for (const code of Object.values(concernOf)) expect(intakeRules.concerns).toContain(code)
  })
})

describe('its receipt', () => {
  it('says received, then passed on, never what was decided, and takes an addition once, changed ones beside it', async () => {
    const form = told({ municipality: '10' })
    const code = codeIn((await post('/raporto', form)).body)
    const look = async () =>
      (await post('/kodi', { code: code.toLowerCase().replaceAll(' ', '') }, '192.0.2.2')).body
    expect(await look()).toContain(words.sq.publicPages.status_received_more)

    const addition = { code, command: randomUUID(), text: 'Sot ishte prapë aty.' }
    for (const _ of [1, 2])
      expect((await post('/kodi/shto', addition, '192.0.2.2')).body).toContain(words.sq.publicPages.add_done)
    const held = await app.as('cpw-durres').get(`/api/reports/${form.record}`)
    expect(held.body.named?.additions).toEqual([
      expect.objectContaining({ by: 'reporter', text: 'Sot ishte prapë aty.' }),
    ])
    // Back in the browser, changed and sent again: both stand.
    const changed = { ...addition, text: 'Dhe dje, me një burrë.' }
    for (const _ of [1, 2])
      expect((await post('/kodi/shto', changed, '192.0.2.2')).body).toContain(words.sq.publicPages.add_done)
    const both = await app.as('cpw-durres').get(`/api/reports/${form.record}`)
    expect(both.body.named?.additions).toEqual([
      expect.objectContaining({ text: addition.text }),
      expect.objectContaining({ text: changed.text }),
    ])

    // How a unit triages has its own tests; here only that it has.
    await app.db.admin(`update report set state = 'INFO_ONLY', triaged_at = received_at where id = $1`, [
      form.record,
    ])
    const after = await look()
    expect(after).toContain(words.sq.publicPages.status_passed_on_more)
  })

  it('answers alike for every code that is not one', async () => {
    for (const code of ['AAAA BBBB CCCC', "' or 1=1 --", 'x'.repeat(500)]) {
      const reply = await post('/en/code', { code }, '192.0.2.3')
      expect([reply.statusCode, reply.body.includes(words.en.publicPages.code_wrong)]).toEqual([422, true])
    }
  })
})

describe('the house around the pages', () => {
  it('offers the sixty-one municipalities in Albanian order', async () => {
    const { body } = await app.fastify.inject({
      method: 'POST',
      url: '/raporto',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'at=place&go=here&danger=no',
    })
    const names = [...body.matchAll(/<option value="\d\d">([^<]+)</g)].map((found) => found[1] ?? '')
    expect(names).toHaveLength(61)
    expect(names).toEqual([...names].sort(new Intl.Collator('sq').compare))
  })

  it('sets no cookie, answers HEAD, and shows people a page and programs a problem for what is not there', async () => {
    for (const url of ['/', '/en', '/raporto', '/femije', ...Object.keys(assets)]) {
      const reply = await app.fastify.inject({ url })
      expect([url, reply.statusCode, reply.headers['set-cookie']]).toEqual([url, 200, undefined])
      expect((await app.fastify.inject({ method: 'HEAD', url })).statusCode).toBe(200)
    }
    const page = await app.fastify.inject({ url: '/en/nothing', headers: { accept: 'text/html,*/*' } })
    expect([page.statusCode, page.body.includes(words.en.publicPages.missing_title)]).toEqual([404, true])
    expect(page.body).toContain('href="tel:112"')
    const problem = await app.fastify.inject({ url: '/api/nothing', headers: { accept: 'text/html,*/*' } })
    expect(problem.headers['content-type']).toContain('application/problem+json')
    expect((await app.fastify.inject({ url: '/nothing' })).headers['content-type']).toContain('problem+json')
  })

  it('stays out of the description of the interface for programs', async () => {
    const { body } = await app.anonymous.get('/api/openapi.json')
    expect(
      Object.keys(body.paths ?? {}).filter(
        (path) => !path.startsWith('/api/') && !path.startsWith('/health'),
      ),
    ).toEqual([])
  })

  it('slows down a hand that sends too much, keeping its words', async () => {
    const replies = []
    for (let i = 0; i < 21; i++) replies.push(await post('/raporto', told(), '192.0.2.9'))
    const last = replies.at(-1)
    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(20)
    expect(last?.statusCode).toBe(429)
    expect(last?.body).toContain('name="story" value="Pashë një vajzë të vogël te kryqëzimi, natën."')
    // Where it came from is written down nowhere.
    const [kept] = await app.db.admin<{ n: number }>(
      `select count(*)::int as n from (select c::text as t from command c union all select e::text from event e
         union all select p::text from event_part p union all select r::text from report_reporter r
         union all select a::text from access_record a) kept where t like '%192.0.2.%'`,
    )
    expect(kept?.n).toBe(0)
  })
})
