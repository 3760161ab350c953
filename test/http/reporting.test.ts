import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { keepReports } from '#server/reporting/due.ts'
import { type CastName, castNames } from '#test/cast.ts'
import { readPdf } from '#test/pdf-text.ts'
import { type Loose, noon, type TestApp, testApp } from './harness.ts'

const said = (pdf: Buffer): string =>
  readPdf(pdf)
    .pages.flatMap(({ pieces }) => pieces.map((piece) => piece.text))
    .join(' ')

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const content = {
  summary: 'U miratua ligji.',
  difficulties: 'Mungojnë dy përkthyes.',
  next: 'Trajnimi i tetorit.',
  activities: [{ uid: '1/1.(a).1', progress: 'Neni u ndryshua.', next: '' }],
}
const quarter = { from: '2018-01-01', to: '2018-03-31', dueOn: '2018-04-30' }
const list = async (who: CastName, query = '') =>
  (await app.as(who).get(`/api/plan-reports?limit=100${query}`)).body.items as unknown as Loose[]
const read = async (who: CastName, id: string) => (await app.as(who).get(`/api/plan-reports/${id}`)).body
const act = async (who: CastName, id: string, name: string, body: object = {}) => {
  const { version } = await read(who, id)
  return app.as(who).command(`plan_report.${name}`, id, body, { baseVersion: Number(version ?? 0) })
}
const open = (kind: string, over: object = {}, who: CastName = 'coordinator') =>
  app.as(who).command('plan_report.open', uuidv7(), { kind, plan: 'nap-2018-2020', ...quarter, ...over })

describe('what falls due', () => {
  test('the recurring job opens each report once, from the first day that was set', async () => {
    expect((await keepReports(app.ctx)).opened).toBe(0)
    const start = (since: string, who: CastName = 'coordinator') =>
      app.as(who).command('reporting.set_start', uuidv7(), { since })
    expect((await start('2026-07-01', 'police')).status).toBe(422)
    expect((await start('2027-01-01')).status).toBe(422)
    expect((await start('2026-06-01')).status).toBe(200)
    // It may be moved as often as the office likes.
    expect((await start('2026-07-01')).status).toBe(200)
    const { opened } = await keepReports(app.ctx)
    expect(opened).toBeGreaterThan(0)
    expect((await keepReports(app.ctx)).opened).toBe(0)
    // The Responsible Authority's quarter (D28) is due thirty days after September.
    const [register] = await list('responsible-authority', '&kind=ap_register')
    expect(register).toMatchObject({
      from: '2026-07-01',
      to: '2026-09-30',
      dueOn: '2026-10-30',
      status: 'DUE',
      late: true,
    })
    expect((await list('coordinator', '&kind=ap_register&late=true')).length).toBe(1)
  })
})

describe('from due to published', () => {
  test('every institution that the plan names owes its quarter; opening twice opens nothing', async () => {
    const opened = await open('institution_progress')
    expect(opened.status).toBe(200)
    const reports = await list('coordinator', '&kind=institution_progress')
    expect(reports.length).toBe(Number((opened.body.reply as unknown as Loose).opened))
    expect(reports.map((one) => String(one.authorSq))).toEqual(
      expect.arrayContaining(['ministry-interior', 'ministry-health', 'police-tirana']),
    )
    expect((await open('institution_progress')).body).toMatchObject({ status: 422 })
    expect((await open('institution_progress', {}, 'ministry-interior')).status).toBe(422)
    expect((await open('ap_register')).status).toBe(400)
    expect((await open('institution_progress', { plan: 'no-plan' })).status).toBe(400)
    expect((await open('institution_progress', { to: '2017-01-01' })).status).toBe(400)
  })

  test('only its institution sees and writes a draft; the office reads it once it is handed in', async () => {
    const [own] = await list('ministry-interior', '&kind=institution_progress&mine=true')
    const id = String(own?.id)
    for (const name of castNames) {
      const { status } = await app.as(name).get(`/api/plan-reports/${id}`)
      expect(status, name).toBe(
        ['ministry-interior', 'coordinator', 'coordinator2'].includes(name) ? 200 : 404,
      )
    }
    expect((await act('ministry-interior', id, 'submit')).status).toBe(422)
    expect((await act('ministry-interior', id, 'save', { content })).status).toBe(200)
    expect((await read('coordinator', id)).content).toBeNull()
    expect((await act('coordinator', id, 'save', { content })).status).toBe(422)
    expect((await act('ministry-health', id, 'save', { content })).status).toBe(404)
    expect(
      (await act('ministry-interior', id, 'save', { content: { ...content, summary: 'x'.repeat(5001) } }))
        .status,
    ).toBe(400)
    const { version } = await read('ministry-interior', id)
    const twice = [1, 2].map(() =>
      app
        .as('ministry-interior')
        .command('plan_report.save', id, { content }, { baseVersion: Number(version) }),
    )
    expect((await Promise.all(twice)).map((reply) => reply.status).sort()).toEqual([200, 409])
    expect((await act('ministry-interior', id, 'submit')).status).toBe(200)
    expect((await read('coordinator', id)).content).toMatchObject({ summary: content.summary })
    expect((await act('ministry-interior', id, 'accept')).status).toBe(422)
    expect((await act('coordinator', id, 'return')).status).toBe(400)
    expect((await act('coordinator', id, 'return', { reason: 'Mungojnë pagesat.' })).status).toBe(200)
    expect((await read('ministry-interior', id)).reason).toBe('Mungojnë pagesat.')
    expect((await act('ministry-interior', id, 'save', { content })).status).toBe(200)
    expect((await act('ministry-interior', id, 'submit')).status).toBe(200)
    expect((await act('coordinator', id, 'accept')).status).toBe(200)
    const { steps } = await read('ministry-interior', id)
    expect((steps as unknown as Loose[]).map((step) => String(step.act))).toEqual([
      'accept',
      'submit',
      'return',
      'submit',
    ])
  })

  test('the national report gathers, is approved by a second person, and stays as published', async () => {
    await open('plan_monitoring', { from: '2018-01-01', to: '2018-12-31', dueOn: '2019-03-01' })
    const [national] = await list('coordinator', '&kind=plan_monitoring')
    const id = String(national?.id)
    await act('coordinator', id, 'save', { content: { ...content, activities: [] } })
    expect((await act('coordinator', id, 'submit')).status).toBe(200)
    expect((await act('coordinator', id, 'accept')).body).toMatchObject({ status: 422 })
    expect((await act('coordinator2', id, 'accept')).status).toBe(200)
    expect((await act('coordinator', id, 'consolidate')).status).toBe(200)
    const gathered = await list('coordinator', '&status=CONSOLIDATED')
    expect(gathered.map((one) => String(one.kind)).sort()).toEqual([
      'institution_progress',
      'plan_monitoring',
    ])
    expect((await act('coordinator', id, 'approve')).status).toBe(422)
    expect((await act('coordinator2', id, 'approve')).status).toBe(200)
    // The Prime Minister is to be told within thirty days (D51).
    expect(await list('coordinator', '&kind=prime_minister')).toEqual([
      expect.objectContaining({ status: 'DUE', dueOn: '2026-12-24' }),
    ])
    expect((await act('coordinator', id, 'publish')).status).toBe(200)

    const document = async (query: string) =>
      JSON.stringify((await app.as('police').get(`/api/plan-reports/${id}/document${query}`)).body)
    const before = await document('?edition=1&lang=sq')
    expect(before).toContain('Zbatimi')
    expect(before).toContain('73741054')
    // Work goes on: what was published does not move, what is counted now does.
    const now = async () =>
      JSON.stringify((await app.as('coordinator').get(`/api/plan-reports/${id}/document?lang=sq`)).body)
    const living = await now()
    const { items } = (await app.as('coordinator').get('/api/plans/nap-2018-2020/execution')).body
    const activity = String((items as unknown as Loose[])[0]?.id)
    await app.as('coordinator').command('activity.enter_spending', activity, {
      kind: 'payment',
      source: 'state',
      group: 'wages',
      on: '2018-06-01',
      amount: 7,
      document: 'nr. 7',
    })
    expect(await document('?edition=1&lang=sq')).toBe(before)
    expect(await now()).not.toBe(living)
    const file = async (ending: string) =>
      app.fastify.inject({
        url: `/api/plan-reports/${id}/document.${ending}?edition=1&lang=sq`,
        headers: { 'x-test-as': 'police' },
      })
    const pdf = await file('pdf')
    expect([pdf.statusCode, pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ])
    // The same bytes each day, and the very ones that the public takes.
    const later = await file('pdf')
    expect(later.rawPayload.equals(pdf.rawPayload)).toBe(true)
    const shared = await app.fastify.inject({ url: `/api/public/reports/${id}.pdf?lang=sq&edition=1` })
    expect(shared.rawPayload.equals(pdf.rawPayload)).toBe(true)
    expect(said(pdf.rawPayload)).not.toContain('Projekt')
    for (const [lang, mark] of [
      ['sq', 'Projekt'],
      ['en', 'Draft'],
    ]) {
      const draft = await app.fastify.inject({
        url: `/api/plan-reports/${id}/document.pdf?lang=${lang}`,
        headers: { 'x-test-as': 'coordinator' },
      })
      expect(said(draft.rawPayload).split(String(mark)).length).toBeGreaterThan(3)
    }
    const workbook = await file('xlsx')
    expect([workbook.statusCode, workbook.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK'])
    expect((await app.as('police').get(`/api/plan-reports/${id}/document`)).status).toBe(404)
    expect((await app.as('police').get(`/api/plan-reports/${id}/document?edition=2`)).status).toBe(404)

    // Single reports of that time are closed now; the national one is corrected by a new edition.
    const [late] = await list('ministry-health', '&kind=institution_progress&mine=true')
    expect((await act('ministry-health', String(late?.id), 'save', { content })).body).toMatchObject({
      status: 422,
    })
    expect((await act('coordinator', id, 'correct', { reason: 'Një shumë u shtyp gabim.' })).status).toBe(200)
    expect((await read('coordinator', id)).edition).toBe(2)
    expect(await document('?edition=1&lang=sq')).toBe(before)

    // The second edition is published with the figures of its own day; the first stays to the last byte.
    const frozen = (edition: number) =>
      app.db.admin<{ indicator_id: string; numerator: string | null }>(
        'select * from indicator_frozen where report_id = $1 and edition = $2 order by indicator_id',
        [id, edition],
      )
    const first = await frozen(1)
    const kept = () =>
      app.db.admin(
        'select document_sq::text, document_en::text, published_at from plan_report_edition where report_id = $1 and edition = 1',
        [id],
      )
    const firstDocument = await kept()
    app.setClock('2026-11-25T11:00:00.000Z')
    for (const [who, name, body] of [
      ['coordinator', 'save', { content: { ...content, activities: [] } }],
      ['coordinator', 'submit', {}],
      ['coordinator2', 'accept', {}],
      ['coordinator', 'consolidate', {}],
      ['coordinator2', 'approve', {}],
      ['coordinator', 'publish', {}],
    ] as const)
      expect((await act(who, id, name, body)).status, name).toBe(200)
    app.setClock(noon)
    expect(await frozen(1)).toEqual(first)
    expect(await document('?edition=1&lang=sq')).toBe(before)
    expect(await kept()).toEqual(firstDocument)
    const second = await frozen(2)
    expect(second.map((row) => row.indicator_id)).toEqual(first.map((row) => row.indicator_id))
    // Seven lek were paid between the two.
    const paid = (rows: typeof first) =>
      Number(rows.find((row) => row.indicator_id === 'S010-CORE-14')?.numerator)
    expect(paid(second) - paid(first)).toBe(7)
    expect(await document('?edition=2&lang=sq')).not.toBe(before)
  })

  test('every kind of report becomes a document in both languages', async () => {
    const seen = new Set<string>()
    for (const row of await list('coordinator')) {
      const kind = String(row.kind)
      if (seen.has(kind)) continue
      seen.add(kind)
      for (const lang of ['sq', 'en']) {
        const reply = await app
          .as('coordinator')
          .get(`/api/plan-reports/${String(row.id)}/document?lang=${lang}`)
        expect([kind, lang, reply.status]).toEqual([kind, lang, 200])
        expect(String(reply.body.title)).not.toContain('kind_')
      }
    }
    expect(seen.size).toBeGreaterThan(3)
  })
})
