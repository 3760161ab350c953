import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { paths } from '#server/public/routes.ts'
import { languages } from '#wire/words/index.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
const report = async (municipality: string, n: number, at: string) => {
  app.setClock(at)
  for (let i = 0; i < n; i++) {
    const sent = await app.as('hotline').command('report.create', uuidv7(), {
      source: 'hotline',
      channel: '116111',
      place: { municipality, text: 'Te sheshi' },
      immediacy: 'ordinary',
      concerns: ['begging'],
      children: [{ age: 9 }],
    })
    expect(sent.status).toBe(200)
  }
}
const figures = (query: string) => app.anonymous.get(`/api/public/statistics${query}`)

beforeAll(async () => {
  app = await testApp()
  await report('53', 12, '2026-03-01T10:00:00.000Z')
  await report('10', 3, '2026-03-02T10:00:00.000Z')
  await report('01', 11, '2026-05-02T10:00:00.000Z')
  // After the last finished half-year: nobody outside learns of it yet.
  await report('53', 10, '2026-08-01T10:00:00.000Z')
  app.setClock('2026-11-24T11:00:00.000Z')
})
afterAll(() => app.close())

describe('figures for everybody', () => {
  test('without signing in, to the last finished half-year, 1 to 9 hidden with what would reveal them', async () => {
    const { status, body } = await figures('?year=2026')
    expect(status).toBe(200)
    expect(body).toMatchObject({ year: 2026, from: '2026-01-01', until: '2026-06-30', hiddenUpTo: 9 })
    const items = body.items as unknown as { municipality: string; reports: number | null }[]
    const shown = new Map(items.map((one) => [one.municipality, one.reports]))
    expect(items).toHaveLength(61)
    // The total is known, so one hidden figure alone would follow from it: another goes with it.
    expect((body.totals as unknown as { reports: number }).reports).toBe(26)
    expect(shown.get('10')).toBeNull()
    expect([shown.get('53'), shown.get('01')].filter((one) => one === null)).toHaveLength(1)
    for (const count of shown.values()) expect(count === null || count === 0 || count > 9).toBe(true)
  })

  test('a total of 1 to 9 is hidden as well; a year without a finished half is none', async () => {
    app.setClock('2027-02-01T11:00:00.000Z')
    await report('10', 4, '2027-02-01T11:00:00.000Z')
    app.setClock('2027-07-02T11:00:00.000Z')
    expect((await figures('?year=2027')).body.totals).toMatchObject({ reports: null })
    app.setClock('2027-06-30T11:00:00.000Z')
    expect((await figures('?year=2027')).status).toBe(404)
    app.setClock('2026-11-24T11:00:00.000Z')
    expect((await figures('?year=2030')).status).toBe(404)
  })

  test.each(['', '?year=', '?year=x', '?year=2017', '?year=2026&unit=53'])(
    'the question %s is refused',
    async (query) => {
      expect((await figures(query)).status).toBe(400)
    },
  )

  test.each(languages)(
    'the page in %s says the same without script, and holds nothing finer',
    async (language) => {
      const { figures: path } = paths[language]
      const reply = await app.anonymous.get(path)
      expect(reply.status).toBe(200)
      const page = String(reply.body)
      expect(page).not.toContain('<script')
      expect(page).toContain('Tiranë')
      expect(page).not.toMatch(/<td>[1-9]<\/td>/)
      expect(page).not.toMatch(/figures_|\{\{/)
      expect(Buffer.byteLength(page)).toBeLessThan(40_000)
      expect((await app.anonymous.get(`${path}?${language === 'sq' ? 'viti' : 'year'}=2018`)).status).toBe(
        200,
      )
      expect((await app.anonymous.get(`${path}?${language === 'sq' ? 'viti' : 'year'}=1999`)).status).toBe(
        404,
      )
      expect((await app.anonymous.get(`${path}?${language === 'sq' ? 'viti' : 'year'}=%27`)).status).toBe(404)
    },
  )
})
