import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { assess, closed, closure, Life, openFor, seen } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
const children = (n: number) => Array.from({ length: n }, (_, i) => ({ givenName: `Fëmija ${i}`, age: 9 }))
const report = async (who: 'field-tirana' | 'hotline', municipality: string, n: number) => {
  const sent = await app.as(who).command('report.create', uuidv7(), {
    source: who === 'hotline' ? 'hotline' : 'field_team',
    channel: who === 'hotline' ? '116111' : 'field',
    place: { municipality, text: 'Te sheshi' },
    immediacy: 'high',
    concerns: ['begging'],
    children: children(n),
  })
  expect(sent.status).toBe(200)
}
const national = async (year: number, who: Parameters<TestApp['as']>[0] = 'coordinator') =>
  (await app.as(who).get(`/api/statistics/national?year=${year}`, { language: 'en' })).body

beforeAll(async () => {
  app = await testApp({ now: '2018-12-31T22:30:00.000Z' })
  // Half past eleven on New Year's Eve in Tirana, then half past midnight.
  await report('field-tirana', '53', 6)
  await report('hotline', '10', 2)
  app.setClock('2018-12-31T23:30:00.000Z')
  await report('field-tirana', '53', 1)
  app.setClock('2026-11-24T11:00:00.000Z')
  await closed(app)
})
afterAll(() => app.close())

test('figures are counted from records on Tirana’s calendar, for readers who see no row', async () => {
  expect(await national(2018)).toMatchObject({
    municipalities: 1,
    fieldTeams: 1,
    reports: 2,
    identified: 6,
    managed: 0,
    protectionMeasures: 0,
    asOf: '2018-12-31T23:00:00.000Z',
  })
  expect(await national(2019)).toMatchObject({ reports: 1, identified: 1, fieldTeams: 1 })
  expect((await app.as('coordinator').get('/api/reports')).body.items).toEqual([])
  expect((await app.as('coordinator').get('/api/cases')).body.items).toEqual([])
})

test('a case counts while it was open, on the day that is asked about', async () => {
  const opened = await openFor(app, 'cpw-tirana')
  expect(await national(2026)).toMatchObject({ managed: 1 })
  const open = new Life(app, opened)
  await assess(open, 'initial', { ...seen, risk: 'low', finish: false })
  await open.must('cpw-tirana', 'propose_closure', { ...closure, reason: 'no_risk' })
  app.setClock('2027-01-10T11:00:00.000Z')
  await open.must('head-tirana', 'approve_closure', {})
  expect(await national(2026)).toMatchObject({ managed: 1 })
  expect(await national(2027)).toMatchObject({ managed: 0 })
})

test('each figure says where it comes from', async () => {
  const { definitions } = await national(2018)
  expect(definitions!.map((one) => String(one.figure))).toEqual([
    'municipalities',
    'fieldTeams',
    'reports',
    'identified',
    'managed',
    'protectionMeasures',
  ])
  expect(definitions!.find((one) => String(one.figure) === 'managed')!.text).toMatch(/2018-12-31/)
  const albanian = await app.as('coordinator').get('/api/statistics/national?year=2018', { language: 'sq' })
  expect(String(albanian.body.definitions![3]!.name)).toBe('fëmijë të identifikuar')
})

test('by municipality, figures of 1 to 4 and what would reveal them are hidden; the nation’s are exact', async () => {
  const { body } = await app.as('state-agency').get('/api/statistics/municipalities?year=2018')
  expect(body.items).toHaveLength(61)
  const of = (code: string) => body.items!.find((item) => String(item.municipality) === code)!
  expect(of('53')).toMatchObject({ teams: 1, identified: 6, reports: null, reportsPer10000: null })
  expect(of('10').reports).toBeNull()
  expect(body.totals).toMatchObject({ reports: 2, identified: 6 })
  expect(body.hiddenUpTo).toBe(4)
})

test('bad years are refused, and counting functions are closed to the other roles', async () => {
  for (const year of ['1999', 'x', '', '2099'])
    for (const of of ['national', 'municipalities'])
      expect((await app.as('coordinator').get(`/api/statistics/${of}?year=${year}`)).status, year).toBe(400)
  expect((await app.anonymous.get('/api/statistics/national?year=2018')).status).toBe(401)
  await expect(
    app.ctx.pools.jobs.query('select * from statistics_of_clocks(now(), now(), now())'),
  ).rejects.toThrow(/permission denied/)
})

test('places are 61, with the unit that answers', async () => {
  const { body } = await app.as('cpw-tirana').get('/api/places/municipalities')
  expect(body.items).toHaveLength(61)
  expect(body.items!.find((item) => String(item.code) === '53')).toMatchObject({
    name: 'Tiranë',
    county: 'AL-11',
  })
  expect((await app.as('cpw-tirana').get('/api/places/border-crossings')).body.items).toHaveLength(30)
  expect((await app.as('admin').get('/api/reference/rules')).body.items).toHaveLength(55)
  expect((await app.as('admin').get('/api/reference/holidays')).body.items!.length).toBeGreaterThan(150)
})
