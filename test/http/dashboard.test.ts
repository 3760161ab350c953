import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepObligations } from '#server/body/duties.ts'
import { uuidv7 } from '#server/ids.ts'
import type { CastName } from '#test/cast.ts'
import { held } from './body-life.ts'
import { type Loose, noon, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const get = async (path: string) => (await app.as('coordinator').get(`/api/plans/nap-2018-2020/${path}`)).body
const items = async (asOf: string) => (await get(`execution?asOf=${asOf}`)).items as unknown as Loose[]

test('every tile is the length or the sum of the list that it opens, on any day', async () => {
  const rows = await items('2020-12-31')
  const [first, second] = rows
  const id = String(first?.id)
  const act = (type: string, record: string, body: object, baseVersion?: number) =>
    app.as('coordinator').command(type, record, body, baseVersion === undefined ? {} : { baseVersion })
  await act('activity.set_status', id, { to: 'IN_PROGRESS', on: '2018-02-01' }, 0)
  await act('activity.add_deliverable', id, { kind: 'act', title: 'Ligji', approvedOn: '2018-05-02' })
  expect((await act('activity.set_status', id, { to: 'COMPLETED', on: '2018-05-03' }, 2)).status).toBe(200)
  await act('activity.enter_spending', String(second?.id), {
    kind: 'payment',
    source: 'state',
    group: 'operating',
    on: '2018-04-02',
    amount: 1000,
    document: 'nr. 1',
  })
  for (const day of ['2018-01-31', '2018-06-30', '2020-12-31', '2026-11-24']) {
    const [of, list] = [await get(`dashboard?asOf=${day}`), await items(day)]
    const isLate = (item: Loose) => String(item.lateness) === 'late' && String(item.status) !== 'COMPLETED'
    expect([day, of.activities, of.completed, of.started, of.late, of.unfunded]).toEqual([
      day,
      145,
      list.filter((item) => String(item.status) === 'COMPLETED').length,
      list.filter((item) => String(item.status) !== 'NOT_STARTED').length,
      list.filter(isLate).length,
      list.filter((item) => Number(item.gap) > 0).length,
    ])
    const sum = (key: string) => list.reduce((n, item) => n + Number(item[key]), 0)
    const money = of.money as unknown as Loose[]
    expect(money.reduce((n, row) => n + Number(row.paid), 0)).toBe(sum('paid'))
    expect(money.reduce((n, row) => n + Number(row.planned), 0)).toBe(sum('planned'))
    for (const body of (of.bodies as unknown as Loose[]).slice(0, 5)) {
      const own = list.filter((item) => (item.responsible as unknown as string[]).includes(String(body.code)))
      expect([body.code, body.activities, body.late]).toEqual([
        body.code,
        own.length,
        own.filter(isLate).length,
      ])
    }
  }
  const { trend } = await get('dashboard?asOf=2020-12-31')
  expect((trend as unknown as Loose[]).map((one) => String(one.quarter))).toHaveLength(12)
  expect((trend as unknown as Loose[]).slice(0, 2)).toEqual([
    expect.objectContaining({ quarter: '2018/1', completed: 0, paid: 0 }),
    expect.objectContaining({ quarter: '2018/2', completed: 1, paid: 1000 }),
  ])
})

test('reports missing and meetings missed are those of the chosen day, whatever happened since', async () => {
  const act = (who: CastName, type: string, id: string, body: object, baseVersion?: number) =>
    app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  const at = (day: string) => app.setClock(`${day}T11:00:00.000Z`)
  at('2018-05-02')
  const opened = await act('coordinator', 'plan_report.open', uuidv7(), {
    kind: 'institution_progress',
    plan: 'nap-2018-2020',
    from: '2018-01-01',
    to: '2018-03-31',
    dueOn: '2018-04-30',
  })
  const all = Number((opened.body.reply as unknown as Loose).opened)
  const own = (await app.as('ministry-interior').get('/api/plan-reports?kind=institution_progress&mine=true'))
    .body
  const report = String((own.items as unknown as Loose[])[0]!.id)
  const content = { summary: 'U bë.', difficulties: '', next: '', activities: [] }
  at('2018-05-10')
  await act('ministry-interior', 'plan_report.save', report, { content }, 0)
  await act('ministry-interior', 'plan_report.submit', report, {}, 1)
  at('2018-05-20')
  await act('coordinator', 'plan_report.return', report, { reason: 'Mungon një shumë.' }, 2)
  at('2018-06-01')
  await act('ministry-interior', 'plan_report.save', report, { content }, 3)
  expect((await act('ministry-interior', 'plan_report.submit', report, {}, 4)).status).toBe(200)
  app.setClock(noon)
  await keepObligations(app.ctx)
  await held(app, 'GBK', 'coordinator', '2026-11-20')
  const missing: number[] = []
  const missed: number[] = []
  // Before anybody asked; owed; handed in by one; returned to it; handed in again; now.
  for (const day of [
    '2018-05-01',
    '2018-05-05',
    '2018-05-15',
    '2018-05-25',
    '2018-06-05',
    '2026-11-24',
    '2027-02-01',
  ]) {
    const of = await get(`dashboard?asOf=${day}`)
    const late = await app
      .as('coordinator')
      .get(`/api/plan-reports?plan=nap-2018-2020&late=true&asOf=${day}&limit=100`)
    const overdue = await app.as('coordinator').get(`/api/obligations-to-meet?asOf=${day}`)
    expect([day, of.reportsMissing, of.meetingsMissed]).toEqual([
      day,
      late.body.items!.length,
      overdue.body.total,
    ])
    missing.push(Number(of.reportsMissing))
    missed.push(Number(of.meetingsMissed))
  }
  expect(missing).toEqual([0, all, all - 1, all, all - 1, all - 1, all - 1])
  expect(missed.slice(0, 5)).toEqual([0, 0, 0, 0, 0])
  expect(missed[6]).toBeGreaterThan(missed[5]!)
})
