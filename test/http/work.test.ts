import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanClocks } from '#server/clock/scan.ts'
import { uuidv7 } from '#server/ids.ts'
import { userId } from '#test/cast.ts'
import { activePlan, assess, closure, Life, meetGoals, openFor, seen } from './case-life.ts'
import { noon, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const work = async (who: Parameters<TestApp['as']>[0], query = '') => {
  const { status, body } = await app.as(who).get(`/api/work${query}`, { language: 'en' })
  expect(status).toBe(200)
  return body
}
const report = async (municipality = '53') => {
  const id = uuidv7()
  const sent = await app.as('hotline').command('report.create', id, {
    source: 'hotline',
    channel: '116111',
    place: { municipality, text: 'Te sheshi' },
    immediacy: 'high',
    concerns: ['begging'],
    children: [{ givenName: 'Mira', familyName: 'Kodra', sex: 'female', age: 9 }],
  })
  expect(sent.status).toBe(200)
  return id
}

test('the list is mine, in order of what is due, with code, first name and initial', async () => {
  app.setClock(noon)
  const urgent = new Life(app, await openFor(app, 'cpw-tirana', { urgent: true }))
  const planned = await activePlan(app)
  const reportId = await report()
  const { items, counts, total, next, caseload } = await work('cpw-tirana')
  expect(items!.map((item) => [item.kind, item.recordId, item.clock?.rule])).toEqual([
    ['case', urgent.id, 'D03'],
    ['report', reportId, 'D01'],
    ['case', urgent.id, 'D07'],
    ['plan_action', planned.id, 'AGREED'],
    ['case', planned.id, 'D10'],
  ])
  expect(items![0]).toMatchObject({
    name: 'Ardi Ç.',
    group: 'week',
    clock: { unconfirmed: true, statutory: true },
  })
  expect(items!.find((item) => String(item.kind) === 'report')).toMatchObject({
    name: 'Mira K.',
    sex: 'female',
  })
  expect(items!.find((item) => String(item.kind) === 'plan_action')).toMatchObject({
    title: 'Regjistrimi në klasën e tretë',
    risk: 'low',
    clock: { statutory: false },
  })
  expect({ total, next }).toEqual({ total: 5, next: null })
  expect(counts).toMatchObject({ breached: 0, week: 2, later: 3 })
  expect(caseload).toEqual({ open: 2, ceiling: 25 })
})

test('another unit, and roles without cases, have nothing of it; a colleague sees no name of a case', async () => {
  for (const other of ['cpw-durres', 'admin', 'coordinator', 'dpo', 'shelter', 'school', 'police'] as const)
    expect((await work(other)).items).toEqual([])
  const colleague = await work('cpw2-tirana')
  expect(colleague.items!.map((item) => String(item.kind))).toEqual(['report'])
})

test('pages follow one another without gap or repeat', async () => {
  const all = (await work('cpw-tirana')).items!.map((item) => String(item.id))
  const seenIds: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const page = await work('cpw-tirana', `?limit=2${next === '' ? '' : `&cursor=${next}`}`)
    seenIds.push(...page.items!.map((item) => String(item.id)))
    next = page.next as unknown as string | null
  }
  expect(seenIds).toEqual(all)
  expect((await work('cpw-tirana', '?kind=report')).items).toHaveLength(1)
  expect((await app.as('cpw-tirana').get('/api/work?cursor=bm9uc2Vuc2U')).status).toBe(400)
})

test('a missed deadline stands first, and the head is told', async () => {
  app.setClock('2026-11-25T12:00:00.000Z')
  await scanClocks(app.ctx)
  const mine = await work('cpw-tirana')
  expect(mine.items!.slice(0, 2).map((item) => String(item.group))).toEqual(['breached', 'breached'])
  expect(mine.counts).toMatchObject({ breached: 2 })
  const head = await work('head-tirana')
  expect(head.escalated!.map((one) => String(one.rule)).sort()).toEqual(['D01', 'D03'])
  expect(head.escalated![0]!.code).toMatch(/-2026-/)
  expect((await work('head-durres')).escalated).toEqual([])
})

test('a closure waits for the head, without a deadline, until it is decided', async () => {
  app.setClock(noon)
  const life = await activePlan(app)
  await meetGoals(life)
  await life.must('cpw-tirana', 'review', { outcome: 'close', findings: 'Mirë' })
  await life.must('cpw-tirana', 'propose_closure', closure)
  const waits = (await work('head-tirana')).items!.filter((item) => String(item.recordId) === life.id)
  expect(waits).toMatchObject([{ group: 'none', title: 'Decide on closing the case', clock: null }])
  await life.must('head-tirana', 'approve_closure', {})
  expect((await work('head-tirana')).items!.some((item) => String(item.recordId) === life.id)).toBe(false)
  const followUps = (await work('cpw-tirana')).items!.filter((item) => String(item.recordId) === life.id)
  expect(followUps.map((item) => String(item.clock!.rule))).toEqual(['D20', 'D21', 'D22', 'D23'])
  await assess(new Life(app, await openFor(app, 'cpw-tirana')), 'initial', {
    ...seen,
    risk: 'high',
    riskReason: 'x',
  })
})

test('whoever stands in for the worker has the case on the list too, with its name', async () => {
  app.setClock(noon)
  const life = new Life(app, await openFor(app, 'cpw-tirana', { urgent: true }))
  const before = (await work('cpw2-tirana')).items!.filter((item) => String(item.recordId) === life.id)
  expect(before).toEqual([])
  await life.must('head-tirana', 'assign', {
    managerId: userId('cpw-tirana'),
    deputyId: userId('cpw2-tirana'),
  })
  const after = (await work('cpw2-tirana')).items!.filter((item) => String(item.recordId) === life.id)
  expect(after).toMatchObject([{ name: 'Ardi Ç.', clock: { rule: 'D03' } }, { clock: { rule: 'D07' } }])
})

test('a case whose child cannot be found waits: its clocks pause, and go on by as long as it lasted', async () => {
  app.setClock(noon)
  const life = new Life(app, await openFor(app, 'cpw-durres', { urgent: false }))
  const due = async () =>
    (await app.as('cpw-durres').get(`/api/clocks?recordKind=case_file&recordId=${life.id}`)).body.items!
  const [first] = await due()
  await life.must('cpw-durres', 'suspend', { reason: 'Nuk gjendet' })
  expect((await due()).map((clock) => String(clock.state))).toEqual(['paused', 'paused'])
  expect((await work('cpw-durres')).items!.some((item) => String(item.recordId) === life.id)).toBe(false)
  app.setClock('2026-12-20T11:00:00.000Z')
  await scanClocks(app.ctx)
  await life.must('cpw-durres', 'resume', { reason: 'U gjet' })
  const [again] = await due()
  expect(Date.parse(String(again!.dueAt)) - Date.parse(String(first!.dueAt))).toBe(26 * 86_400_000)
  expect(again).toMatchObject({ state: 'running', breaches: 0 })
})
