/** Words in the texts of cases: found by whoever may read them, in any spelling of ë and ç, gone with their erasure. */
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { verifyLedger } from '#server/ledger.ts'
import { erase } from '#server/retention/erase.ts'
import { type CastName, userId } from '#test/cast.ts'
import { activePlan, openFor } from './case-life.ts'
import { noon, type TestApp, testApp } from './harness.ts'

const { privateKey: key } = generateKeyPairSync('ed25519')
let app: TestApp
beforeAll(async () => {
  app = await testApp()
  app.setClock(noon)
})
afterAll(() => app.close())

interface Hit {
  caseId: string
  code: string
  source: string
  where: string
  snippet: { text: string; hit: boolean }[]
}
const search = async (who: CastName, q: string, more: object = {}) => {
  const { status, body } = await app.as(who).post('/api/search/texts', { q, ...more })
  expect(status, JSON.stringify(body)).toBe(200)
  return body as unknown as { items: Hit[]; next: string | null }
}
const marked = (hit: Hit | undefined) => hit?.snippet.filter((piece) => piece.hit).map((piece) => piece.text)

const noteOn = async (id: string, text: string, who: CastName = 'cpw-tirana', sensitive = false) => {
  const { status, body } = await app.as(who).command('case.add_note', id, {
    kind: 'home_visit',
    sensitive,
    happenedOn: '2026-11-24',
    text,
  })
  expect(status, JSON.stringify(body)).toBe(200)
}

test('a word is found without its marks, by its beginning, where it was written', async () => {
  const { caseId: mine } = await openFor(app, 'cpw-tirana')
  await noteOn(mine, 'Nëna e Çlirimtares tha se fëmija nuk shkon në shkollë që prej shtatorit.')
  for (const asked of ['çlirimtare', 'CLIRIM', 'femija shkoll', '  Nëna,  shtatorit! ']) {
    const { items } = await search('cpw-tirana', asked)
    expect(
      items.map((item) => item.caseId),
      asked,
    ).toEqual([mine])
  }
  const { items } = await search('cpw-tirana', 'clirimtares femij')
  expect(marked(items[0])).toEqual(['Çlirimtares', 'fëmija'])
  expect(items[0]).toMatchObject({ source: 'text', where: expect.any(String) })
  expect((await search('cpw-tirana', 'clirimtares traktor')).items).toEqual([])
  expect((await search('cpw-tirana', 'lirimtares')).items).toEqual([])
})

test('only whoever reads the case at T3 finds it, and a case given over is found by its new worker alone', async () => {
  const { caseId: mine } = await openFor(app, 'cpw-tirana')
  await noteOn(mine, 'Zambakët u mblodhën te ura.')
  const finds = async (who: CastName) => (await search(who, 'zambaket')).items.length
  expect(await finds('cpw-tirana')).toBe(1)
  expect(await finds('head-tirana')).toBe(1)
  for (const who of [
    'cpw2-tirana',
    'cpw-durres',
    'head-durres',
    'state-agency',
    'admin',
    'dpo',
    'police',
    'school',
  ] as const)
    expect(await finds(who), who).toBe(0)
  expect(
    (
      await app
        .as('head-tirana')
        .command(
          'case.assign',
          mine,
          { managerId: userId('cpw2-tirana'), deputyId: null },
          { baseVersion: Number((await app.as('head-tirana').get(`/api/cases/${mine}`)).body.version) },
        )
    ).status,
  ).toBe(200)
  expect(await finds('cpw-tirana')).toBe(0)
  expect(await finds('cpw2-tirana')).toBe(1)
})

test('sensitive notes are never in the index', async () => {
  const { caseId: mine } = await openFor(app, 'cpw-tirana')
  await noteOn(mine, 'Ksenofobia u vu re gjatë vizitës mjekësore.', 'cpw-tirana', true)
  expect((await search('cpw-tirana', 'ksenofobia')).items).toEqual([])
  const rows = await app.db.admin(`select id from case_word where words @@ 'ksenofobia'::tsquery`)
  expect(rows).toEqual([])
})

test('a search is recorded with the cases that it showed and never with its words; a page goes on where the last ended', async () => {
  const ids = []
  for (let n = 0; n < 3; n++) ids.push((await openFor(app, 'cpw-tirana')).caseId)
  for (const id of ids) await noteOn(id, 'Trëndafili i bardhë.')
  const first = await search('cpw-tirana', 'trendafil', { limit: 2 })
  expect(first.items).toHaveLength(2)
  const second = await search('cpw-tirana', 'trendafil', { limit: 2, cursor: first.next })
  expect(second.next).toBeNull()
  expect([...first.items, ...second.items].map((item) => item.caseId).sort()).toEqual([...ids].sort())
  const [last] = await app.db.admin<{ tier: string; hashed: boolean; row: string }>(
    `select tier, term_hash is not null as hashed, row_to_json(a)::text as row from access_record a
     where act = 'search' and kind = 'case_file' order by at desc, id desc limit 1`,
  )
  expect(last).toMatchObject({ tier: 'T3', hashed: true })
  expect(last?.row.toLowerCase()).not.toContain('trendafil')
})

test('erased texts leave the index in the same moment', async () => {
  const planned = await activePlan(app)
  await noteOn(planned.id, 'Manushaqja e fshehur.')
  expect((await search('cpw-tirana', 'manushaqja')).items).toHaveLength(1)
  await erase(app.ctx, { kind: 'case_file', id: planned.id, rule: 'retention 2y', by: 'dpo' })
  expect((await search('cpw-tirana', 'manushaqja')).items).toEqual([])
  expect(await app.db.admin('select id from case_word where case_id = $1', [planned.id])).toEqual([])
  expect(await verifyLedger(app.ctx, key)).toMatchObject({ ok: true })
})

test('the narrative of a report is found in the case that answers it, and goes with the report', async () => {
  const reportId = uuidv7()
  await app.as('cpw-tirana').command('report.create', reportId, {
    source: 'cpu',
    channel: 'phone',
    immediacy: 'ordinary',
    concerns: ['begging'],
    place: { municipality: '53', text: 'Te sheshi' },
    narrative: 'Një burrë me kapelë të kuqe e pret çdo mbrëmje.',
    children: [{ givenName: 'Mira', familyName: 'Kodra', sex: 'female', age: 9 }],
  })
  const { caseId: mine } = await openFor(app, 'cpw-tirana')
  await app.db.admin('insert into case_report (case_id, report_id, at) values ($1, $2, now())', [
    mine,
    reportId,
  ])
  const { items } = await search('cpw-tirana', 'kapele kuqe')
  expect(items.map((item) => [item.caseId, item.source])).toEqual([[mine, 'report']])
  await erase(app.ctx, { kind: 'report', id: reportId, rule: 'retention 2y', by: 'dpo' })
  expect((await search('cpw-tirana', 'kapele kuqe')).items).toEqual([])
})

test('what is no question is refused by name', async () => {
  for (const [body, field] of [
    [{ q: ' a ' }, 'body.q'],
    [{ q: 'x'.repeat(201) }, 'body.q'],
    [{ q: 'ura', limit: 51 }, 'body.limit'],
    [{ q: 'ura', cursor: 'nonsense' }, 'query.cursor'],
    [{}, 'body.q'],
  ] as const) {
    const reply = await app.as('cpw-tirana').post('/api/search/texts', body)
    expect(reply.status, JSON.stringify(body)).toBe(400)
    expect(JSON.stringify(reply.body)).toContain(field)
  }
  expect(
    (await app.as('cpw-tirana').post('/api/search/texts', { q: "' & !:* | \\ <->" })).body.items,
  ).toEqual([])
})
