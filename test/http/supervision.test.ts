import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import { uuidv7 } from '#server/ids.ts'
import { castNames, userId } from '#test/cast.ts'
import { assess, Life, openFor } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

// Standing in follows the database's own calendar, so these tests take place now.
const now = new Date().toISOString()
const today = tiranaDay(now)
let app: TestApp
const lives: Life[] = []
const worker = userId('cpw-tirana')
const colleague = userId('cpw2-tirana')

beforeAll(async () => {
  app = await testApp({ now })
  for (let n = 0; n < 3; n += 1) {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    lives.push(life)
  }
})
afterAll(() => app.close())

const name = (
  who: 'cpw-tirana' | 'cpw2-tirana' | 'head-tirana' | 'head-durres',
  over: object = {},
  id = uuidv7(),
) =>
  app.as(who).command('supervision.name_absence', id, {
    workerId: worker,
    deputyId: colleague,
    from: today,
    until: addDays(today, 3),
    kind: 'leave',
    ...over,
  })

describe('out of office', () => {
  const id = uuidv7()
  test('names what is wrong', async () => {
    const code = async (who: Parameters<typeof name>[0], over: object) =>
      (await name(who, over)).body.code ?? 'ok'
    expect(await code('cpw2-tirana', {})).toBe('not_allowed')
    expect(await code('head-durres', {})).toBe('not_allowed')
    expect(await code('cpw-tirana', { deputyId: worker })).toBe('case_worker_not_of_unit')
    expect(await code('cpw-tirana', { deputyId: userId('cpw-durres') })).toBe('case_worker_not_of_unit')
    expect(await code('cpw-tirana', { until: addDays(today, -1) })).toBe('absence_days')
    expect(await code('cpw-tirana', { from: addDays(today, -9), until: addDays(today, -8) })).toBe(
      'absence_past',
    )
    expect(await code('cpw-tirana', { until: addDays(today, 120) })).toBe('absence_long')
    expect(await code('cpw-tirana', { until: '2026-02-30' })).toBe('invalid')
  })

  test('who stands in reads and works what the worker does, and no longer after the last day', async () => {
    const life = lives[0]!
    expect((await life.read('cpw2-tirana')).body.tier).toBe('T2')
    expect((await name('cpw-tirana', {}, id)).status).toBe(200)
    expect((await name('cpw-tirana')).body.code).toBe('absence_twice')
    expect((await name('cpw2-tirana', { workerId: colleague, deputyId: worker })).body.code).toBe(
      'absence_deputy_away',
    )
    const read = await life.read('cpw2-tirana')
    expect(read.body).toMatchObject({ tier: 'T4', standIn: { id: colleague } })
    expect(String(read.body.child)).toMatch(/^Ardi/)
    expect((await app.as('cpw2-tirana').get('/api/cases?mine=true')).body.items!).toHaveLength(3)
    const work = await app.as('cpw2-tirana').get('/api/work')
    expect(JSON.stringify(work.body)).toContain(life.id)
    await assess(life, 'initial', { childSeenAt: now, risk: 'low' }, 'cpw2-tirana')
    const listed = (await app.as('cpw2-tirana').get('/api/supervision/absences')).body.items!
    expect(listed).toMatchObject([
      { id, now: true, mayEnd: false, worker: { id: worker }, deputy: { id: colleague } },
    ])
    // Yesterday was the last day: nobody did anything.
    await app.db.admin('update worker_absence set from_day = $2, until_day = $3 where id = $1', [
      id,
      addDays(today, -4),
      addDays(today, -1),
    ])
    expect((await life.read('cpw2-tirana')).body).toMatchObject({ tier: 'T2', child: null, standIn: null })
    expect((await app.as('cpw2-tirana').get('/api/cases?mine=true')).body.items!).toEqual([])
    expect(await life.try('cpw2-tirana', 'set_risk', { risk: 'medium', reason: 'x' })).toBe('case_not_yours')
    await app.db.admin('update worker_absence set until_day = $2 where id = $1', [id, addDays(today, 2)])
  })

  test('ends early by the worker or the head, once', async () => {
    const end = (who: 'cpw-tirana' | 'cpw2-tirana' | 'cpw-durres') =>
      app.as(who).command('supervision.end_absence', id, {}, { baseVersion: 1 })
    expect((await end('cpw-durres')).status).toBe(404)
    expect((await end('cpw2-tirana')).body.code).toBe('not_allowed')
    expect((await end('cpw-tirana')).status).toBe(200)
    expect((await lives[0]!.read('cpw2-tirana')).body.tier).toBe('T2')
    expect((await end('cpw-tirana')).status).toBe(409)
  })
})

describe('handing over', () => {
  const move = (who: 'head-tirana' | 'cpw-tirana' | 'head-durres', moves: object[], over: object = {}) =>
    app.as(who).command('case.reassign_many', uuidv7(), {
      moves,
      reason: 'Punonjësi largohet.',
      leaverId: null,
      ...over,
    })
  const line = (life: Life, over: object = {}) => ({
    caseId: life.id,
    fromId: worker,
    managerId: colleague,
    ...over,
  })

  test('is the head’s of the unit, whole or not at all', async () => {
    const [a, b, c] = lives as [Life, Life, Life]
    expect((await move('cpw-tirana', [line(a)])).body.code).toBe('not_allowed')
    expect((await move('head-durres', [line(a)])).status).toBe(404)
    expect((await move('head-tirana', [line(a), line(a)])).status).toBe(400)
    expect((await move('head-tirana', [line(a)], { reason: ' ' })).status).toBe(400)
    expect((await move('head-tirana', [line(a), line(b, { fromId: colleague })])).body).toMatchObject({
      code: 'case_manager_changed',
    })
    expect((await move('head-tirana', [line(a, { managerId: userId('cpw-durres') })])).body.code).toBe(
      'case_worker_not_of_unit',
    )
    expect((await move('head-tirana', [line(a), line(b)], { leaverId: worker })).body).toMatchObject({
      code: 'case_hand_over_rest',
      params: { count: 1 },
    })
    for (const life of [a, b, c]) expect(String((await life.read()).body.managerId)).toBe(worker)
  })

  test('an account is closed only after its cases have gone to others; nobody’s case is left', async () => {
    const close = () =>
      app
        .as('admin')
        .command('admin.change_user', worker, { active: false, reason: 'Largohet' }, { baseVersion: 0 })
    expect((await close()).body).toMatchObject({ code: 'admin_user_carries_cases', params: { count: 3 } })
    const preview = (await app.as('head-tirana').get(`/api/supervision/hand-over/${worker}`)).body
    expect(preview.cases!).toHaveLength(3)
    expect(preview.receivers!.map((one) => String(one.id))).not.toContain(worker)
    expect(preview.cases!.every((one) => String(one.to) !== 'null' && String(one.to) !== worker)).toBe(true)
    expect((await app.as('cpw-tirana').get(`/api/supervision/hand-over/${worker}`)).status).toBe(403)
    expect((await app.as('head-durres').get(`/api/supervision/hand-over/${worker}`)).status).toBe(404)
    const reply = await move(
      'head-tirana',
      preview.cases!.map((one) => ({ caseId: one.id, fromId: worker, managerId: one.to })),
      { leaverId: worker },
    )
    expect(reply.body).toMatchObject({ reply: { moved: 3, deputiesEnded: 0 } })
    const rows = await app.db.admin<{ n: string }>(
      "select count(*) as n from event where type = 'CaseAssigned' and record_id = any ($1::uuid[]) and actor_id = $2",
      [lives.map((life) => life.id), userId('head-tirana')],
    )
    expect(rows[0]!.n).toBe('3')
    expect(
      await app.db.admin('select id from case_file where manager_id is null or manager_id = $1', [worker]),
    ).toEqual([])
    expect((await close()).status).toBe(200)
  })
})

test('absences and hand-overs are the unit’s: every role, every door', async () => {
  await name('head-tirana', { workerId: colleague, deputyId: userId('head-tirana') })
  const seen: Record<string, number> = {}
  for (const who of castNames) {
    const { status, body } = await app.as(who).get('/api/supervision/absences')
    expect(status, who).toBe(200)
    if (body.items!.length > 0) seen[who] = body.items!.length
  }
  expect(Object.keys(seen).sort()).toEqual(['cpw-tirana', 'cpw2-tirana', 'head-tirana'])
})
