/** Saved filters of the work list: whose, which rows they choose, and that nothing of them stands in an address. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { userId } from '#test/cast.ts'
import { activePlan, openFor } from './case-life.ts'
import { noon, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  app.setClock(noon)
})
afterAll(() => app.close())

interface Found {
  items: {
    id: string
    kind: string
    recordId: string
    caseId: string | null
    worker: { id: string } | null
  }[]
  kinds: { kind: string; count: number }[]
  next: string | null
}
type Who = Parameters<TestApp['as']>[0]
const find = async (who: Who, criteria: object, more: object = {}) => {
  const { status, body } = await app.as(who).post('/api/work', { criteria, ...more })
  expect(status, JSON.stringify(body)).toBe(200)
  return body as unknown as Found
}
const save = (who: Who, id: string, body: object, options: object = {}) =>
  app.as(who).command('work_filter.save', id, body, options)
const listed = async (who: Who) => (await app.as(who).get('/api/work/filters')).body

test('a filter chooses by due, kind, risk, concern, place, worker and text, and a page goes on where the last ended', async () => {
  const urgent = await openFor(app, 'cpw-tirana', { urgent: true })
  const planned = await activePlan(app)
  const all = await find('cpw-tirana', {})
  expect(all.items.map((item) => [item.kind, item.recordId])).toEqual([
    ['case', urgent.caseId],
    ['case', urgent.caseId],
    ['plan_action', planned.id],
    ['case', planned.id],
  ])
  expect(all.kinds.map(({ kind, count }) => [kind, count])).toEqual([
    ['case', 3],
    ['plan_action', 1],
  ])
  const ids = async (criteria: object) =>
    (await find('cpw-tirana', criteria)).items.map((item) => String(item.recordId))
  expect(await ids({ kinds: ['plan_action'] })).toEqual([planned.id])
  expect(await ids({ risks: ['none'] })).toEqual([urgent.caseId, urgent.caseId])
  expect(await ids({ concerns: ['begging'], municipalities: ['53'], risks: ['immediate'] })).toEqual([])
  expect(await ids({ concerns: ['labour'] })).toEqual([])
  expect(await ids({ municipalities: ['10'] })).toEqual([])
  expect(await ids({ workers: [userId('cpw2-tirana')] })).toEqual([])
  expect(await ids({ due: ['breached'] })).toEqual([])
  expect(await ids({ text: 'regjistrimi ne klasen' })).toEqual([planned.id])
  expect(await ids({ text: 'Ardi' }), 'names are not searched').toEqual([])
  const first = await find('cpw-tirana', {}, { limit: 3 })
  const second = await find('cpw-tirana', {}, { limit: 3, cursor: first.next })
  expect([...first.items, ...second.items].map((item) => item.id)).toEqual(all.items.map((item) => item.id))
})

test('the head looks at the whole unit and sees whose each row is; nobody else does', async () => {
  const unit = await find('head-tirana', { scope: 'unit', workers: [userId('cpw-tirana')] })
  expect(unit.items.length).toBeGreaterThan(2)
  expect(new Set(unit.items.map((item) => item.worker?.id))).toEqual(new Set([userId('cpw-tirana')]))
  const mine = await find('cpw2-tirana', { scope: 'unit' })
  expect(mine.items).toEqual([])
  expect((await find('head-durres', { scope: 'unit' })).items).toEqual([])
  for (const who of ['admin', 'dpo', 'school', 'internal-affairs', 'coordinator'] as const)
    expect(
      (await find(who, { scope: 'unit' })).items.filter((item) => item.caseId !== null),
      who,
    ).toEqual([])
})

test('a filter is kept, changed, shared by the head and removed by whoever made it', async () => {
  const id = uuidv7()
  const criteria = { risks: ['high'], due: ['week'] }
  expect((await save('cpw-tirana', id, { name: 'Rrezik i lartë', criteria })).status).toBe(200)
  const kept = (await listed('cpw-tirana')).items![0]
  expect(kept).toMatchObject({
    id,
    version: 1,
    mine: true,
    shared: false,
    criteria: { ...criteria, scope: 'mine', text: '' },
  })
  expect((await listed('cpw2-tirana')).items).toEqual([])
  expect((await save('cpw-tirana', id, { name: 'Tjetër', criteria })).status).toBe(409)
  expect((await save('cpw-tirana', id, { name: 'Tjetër', criteria }, { baseVersion: 1 })).status).toBe(200)
  // Somebody else's id is not taken over, and tells nothing.
  expect((await save('cpw2-tirana', id, { name: 'I imi', criteria })).status).not.toBe(200)
  expect((await save('cpw-tirana', uuidv7(), { name: 'x', shared: true, criteria })).body).toMatchObject({
    code: 'work_filter_head_shares',
    field: 'shared',
  })
  expect((await save('cpw-tirana', uuidv7(), { name: 'x', criteria: { scope: 'unit' } })).body.code).toBe(
    'work_filter_head_shares',
  )
  const shared = uuidv7()
  expect((await save('head-tirana', shared, { name: 'Të gjithë', shared: true, criteria: {} })).status).toBe(
    200,
  )
  expect((await listed('cpw2-tirana')).items).toMatchObject([{ id: shared, mine: false, shared: true }])
  expect((await listed('cpw-durres')).items).toEqual([])
  expect((await app.as('cpw2-tirana').command('work_filter.remove', shared, {})).body.code).toBe(
    'not_allowed',
  )
  expect((await app.as('cpw-durres').command('work_filter.remove', shared, {})).status).toBe(404)
  expect((await app.as('head-tirana').command('work_filter.remove', shared, {})).status).toBe(200)
  expect((await listed('cpw2-tirana')).items).toEqual([])
  expect((await listed('head-tirana')).workers!.map((one) => one.id)).toContain(userId('cpw-tirana'))
  expect((await listed('cpw-tirana')).workers).toEqual([])
})

test('what cannot be a filter is refused by name, and there is an end to how many', async () => {
  for (const [body, field] of [
    [{ name: '', criteria: {} }, 'name'],
    [{ name: 'x'.repeat(61), criteria: {} }, 'name'],
    [{ name: 'x', criteria: { due: ['someday'] } }, 'criteria.due.0'],
    [{ name: 'x', criteria: { kinds: ['gossip'] } }, 'criteria.kinds.0'],
    [{ name: 'x', criteria: { workers: ['Arta'] } }, 'criteria.workers.0'],
    [{ name: 'x', criteria: { text: 'x'.repeat(41) } }, 'criteria.text'],
    [{ name: 'x', criteria: { child: 'Mira' } }, 'criteria'],
  ] as const) {
    const reply = await save('health', uuidv7(), body)
    expect(reply.status, JSON.stringify(body)).toBe(400)
    expect(JSON.stringify(reply.body)).toContain(field)
  }
  for (let n = 0; n < 30; n++)
    expect((await save('health', uuidv7(), { name: `F${n}`, criteria: {} })).status).toBe(200)
  expect((await save('health', uuidv7(), { name: 'Një më shumë', criteria: {} })).body.code).toBe(
    'work_filter_too_many',
  )
  expect((await app.as('health').get('/api/work?text=Mira')).status).toBe(400)
})
