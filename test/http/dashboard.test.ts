import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Loose, type TestApp, testApp } from './harness.ts'

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
