import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBodies } from '#server/action-plan/bodies.ts'
import { readShippedPlans } from '#server/action-plan/shipped.ts'
import { readPlanWorkbook, type WorkbookWorld } from '#server/action-plan/workbook-read.ts'
import { readWorkbook } from '#server/workbook/read.ts'
import { xlsxType } from '#server/workbook/write.ts'
import type { CastName } from '#test/cast.ts'
import { readPdf } from '#test/pdf-text.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const bodies = readBodies()
const shipped = readShippedPlans(bodies)
const world: WorkbookWorld = {
  bodyList: bodies,
  bodies: new Set(bodies.map((body) => body.code)),
  municipalities: new Set(['53', '27', '09', '59', '10', '37', '35', '15', '21', '61']),
}
const nap = '/api/plans/nap-2018-2020'
const bytes = async (who: CastName, url: string) => {
  const reply = await app.fastify.inject({ method: 'GET', url, headers: { 'x-test-as': who } })
  return { status: reply.statusCode, headers: reply.headers, body: reply.rawPayload }
}
const upload = async (who: CastName, book: Uint8Array, type = xlsxType) => {
  const reply = await app.fastify.inject({
    method: 'POST',
    url: '/api/plans/workbook',
    headers: { 'x-test-as': who, 'content-type': type, 'accept-language': 'en' },
    payload: Buffer.from(book),
  })
  return { status: reply.statusCode, body: reply.json() as Loose }
}

describe('the doors of the plans', () => {
  test('the list holds the five shipped plans', async () => {
    const { status, body } = await app.as('coordinator').get('/api/plans')
    expect(status).toBe(200)
    expect(body.items!.map((plan: Loose) => plan.slug)).toEqual([
      'framework-economic-exploitation-2018',
      'nap-2018-2020',
      'nap-children-2008-2010',
      'programme-child-protection-2022-2024',
      'project-safety-net',
    ])
    expect(body.items![1]).toMatchObject({
      pillars: 4,
      goals: 12,
      objectives: 29,
      activities: 145,
      cost: '488677.164',
      gap: '57306.338',
    })
    expect(body.items![0]).toMatchObject({ objectives: 4, subObjectives: 16, activities: 73, cost: null })
    expect(body.mayImport).toEqual(['national', 'framework', 'programme', 'institution'])
  })

  test('it is paged', async () => {
    const one = await app.as('police').get('/api/plans?limit=2')
    expect(one.body.items).toHaveLength(2)
    const two = await app.as('police').get(`/api/plans?limit=2&cursor=${String(one.body.next)}`)
    expect(two.body.items!.map((plan: Loose) => plan.slug)).toEqual([
      'nap-children-2008-2010',
      'programme-child-protection-2022-2024',
    ])
    expect((await app.as('police').get('/api/plans?cursor=%25')).status).toBe(400)
    expect((await app.as('police').get('/api/plans?limit=1000')).status).toBe(400)
  })

  test('the national plan says what it counts and costs', async () => {
    const { body } = await app.as('police').get(nap)
    expect(body).toMatchObject({
      pillars: 4,
      goals: 12,
      objectives: 29,
      activities: 145,
      cost: '488677.164',
      state: '425593.726',
      donors: '5777.1',
      gap: '57306.338',
      planVersion: 1,
      status: 'approved',
      euroRate: '133',
      actions: [],
    })
  })

  test('sums of pillars, objectives and sources are those of the printed rows', async () => {
    const { body } = await app.as('health').get(`${nap}/tree`)
    const content = shipped[0]!.content
    const printed = (prefix: string, source: 'cost' | 'state' | 'donors' | 'gap'): number =>
      content.nodes
        .filter((node) => node.activity !== null && node.uid.startsWith(prefix))
        .reduce(
          (sum, node) => sum + Number((node.activity!.amounts[source].printed ?? '0').replaceAll(',', '')),
          0,
        )
    expect(body.nodes).toHaveLength(4)
    let objectives = 0
    const walk = (node: Loose): void => {
      if (String(node.kind) === 'objective') {
        objectives += 1
        const own = content.nodes.filter((one) => one.parent === String(node.uid))
        for (const source of ['cost', 'state', 'donors', 'gap'] as const)
          expect(Number(node[source])).toBeCloseTo(
            own.reduce(
              (sum, one) => sum + Number((one.activity!.amounts[source].printed ?? '0').replaceAll(',', '')),
              0,
            ),
            6,
          )
        expect(node.children).toHaveLength(own.length)
      } else for (const child of node.children!) walk(child)
    }
    for (const pillar of body.nodes!) {
      for (const source of ['cost', 'state', 'donors', 'gap'] as const)
        expect(Number(pillar[source])).toBeCloseTo(printed(`${String(pillar.uid)}/`, source), 6)
      walk(pillar)
    }
    expect(objectives).toBe(29)
    const missing = body
      .nodes!.flatMap((pillar: Loose) => pillar.children!)
      .filter((goal: Loose) => goal.headerMissing)
    expect(missing).toHaveLength(1)
    expect(missing[0]).toMatchObject({ uid: '2/g2', titleSq: null, codePrinted: null })
  })

  test('the reconciliation has sixteen rows in lekë', async () => {
    const { body } = await app.as('day-centre').get(`${nap}/reconciliation`)
    expect(body.rows).toHaveLength(16)
    expect(
      body.rows!.filter((row: Loose) => String(row.difference) !== '0').map((row: Loose) => row.difference),
    ).toEqual(['-360', '-360', '0.05', '0.05', '0.8', '0.8', '200000', '200000'])
    expect(body.suspicions).toHaveLength(3)
  })

  test('a plan is found by its id as well', async () => {
    const { body } = await app.as('police').get(nap)
    expect((await app.as('police').get(`/api/plans/${String(body.id)}`)).body).toEqual(body)
    expect((await bytes('police', `/api/plans/${String(body.id)}/export.xlsx`)).status).toBe(200)
  })

  test('the reconciliation goes out as a workbook', async () => {
    const { status, body } = await bytes('coordinator', `${nap}/reconciliation/export.xlsx`)
    expect(status).toBe(200)
    const [, rows, suspicions] = readWorkbook(body)
    const numbers = rows!.cells.filter((cell) => cell.ref.startsWith('E') && cell.kind === 'number')
    expect(numbers.map((cell) => cell.text)).toEqual(
      expect.arrayContaining(['-360', '0.05', '0.8', '200000']),
    )
    expect(suspicions!.cells.some((cell) => cell.text.includes('22.284'))).toBe(true)
  })

  test('the reconciliation goes out as PDF in both languages, with every difference', async () => {
    for (const [language, sought] of [
      ['sq', ['Kontrolli i shifrave', '−360', '0,05', '0,8', '200 000', 'Gabime të dyshuara shtypi']],
      ['en', ['The numbers checked', '−360', '0.05', '0.8', '200,000', 'Suspected misprints']],
    ] as const) {
      const reply = await app.fastify.inject({
        url: `${nap}/reconciliation/export.pdf`,
        headers: { 'x-test-as': 'school', 'accept-language': language },
      })
      expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf'])
      const pdf = readPdf(reply.rawPayload)
      expect(pdf).toMatchObject({ marked: true, language })
      const text = pdf.pages.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join(' ')
      expect(sought.filter((one) => !text.includes(one))).toEqual([])
    }
  })

  test('the doors stand in the description of the API', async () => {
    const { status, body } = await app.as('coordinator').get('/api/openapi.json')
    expect(status).toBe(200)
    expect(Object.keys(body.paths!)).toEqual(
      expect.arrayContaining(
        ['/api/plans/', '/api/plans/{slug}/tree', '/api/plans/workbook'].map((path) =>
          path.replace(/\/$/, ''),
        ),
      ),
    )
  })

  test('an unknown plan, and a version that is none', async () => {
    expect((await app.as('coordinator').get('/api/plans/nuk-ka')).status).toBe(404)
    expect((await app.as('coordinator').get(`${nap}?version=9`)).status).toBe(404)
    expect((await app.as('coordinator').get(`${nap}?version=0`)).status).toBe(400)
    expect((await app.anonymous.get('/api/plans')).status).toBe(401)
    expect((await app.anonymous.get(`${nap}/export.xlsx`)).status).toBe(401)
  })

  test.each(shipped.map((plan) => [plan.slug, plan.content] as const))(
    '%s goes out as a workbook that comes in unchanged',
    async (slug, content) => {
      const { status, headers, body } = await bytes('coordinator', `/api/plans/${slug}/export.xlsx`)
      expect(status).toBe(200)
      expect(headers['content-type']).toBe(xlsxType)
      expect(headers['content-disposition']).toBe(`attachment; filename="${slug}.xlsx"`)
      const result = readPlanWorkbook(body, world)
      expect(result.ok ? result.content : result.faults.list).toEqual(content)
      const read = await upload('coordinator', body)
      expect(read.status).toBe(200)
      expect(read.body).toMatchObject({ plan: { slug }, changes: [], headChanges: [], moreChanges: 0 })
    },
  )
})
