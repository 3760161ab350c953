import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanClocks } from '#server/clock/scan.ts'
import { uuidv7 } from '#server/ids.ts'
import { noon, type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const report = async (): Promise<string> => {
  app.setClock(noon)
  const id = uuidv7()
  const sent = await app.as('field-tirana').command('report.create', id, {
    source: 'field_team',
    channel: 'field',
    place: { municipality: '53', text: 'Te stacioni i trenit' },
    immediacy: 'high',
    concerns: ['begging'],
    children: [{ givenName: 'Blerim', familyName: 'Duka', sex: 'male', age: 9 }],
  })
  expect(sent.status).toBe(200)
  return id
}
const clocks = (who: Parameters<TestApp['as']>[0], id: string) =>
  app.as(who).get(`/api/clocks?recordKind=report&recordId=${id}`)
const triage = { decision: 'info_only', immediacy: 'ordinary', duplicatesChecked: true, reason: 'I njohur.' }

test('a clock is seen with its record and nowhere else', async () => {
  const id = await report()
  const mine = await clocks('cpw-tirana', id)
  expect(mine.body.items).toMatchObject([
    {
      rule: 'D01',
      state: 'running',
      unconfirmed: true,
      words: { code: 'left_days', params: { count: 1 } },
      mayExtend: false,
    },
  ])
  for (const other of ['cpw-durres', 'admin', 'coordinator', 'police'] as const)
    expect((await clocks(other, id)).body.items).toEqual([])
})

test('the scan counts a breach once, appends it to the record and tells the supervisors in turn', async () => {
  const id = await report()
  app.setClock('2026-11-25T12:00:00.000Z')
  expect(await scanClocks(app.ctx)).toMatchObject({ left: 0 })
  await scanClocks(app.ctx)
  const [clock] = (await clocks('cpw-tirana', id)).body.items!
  expect(clock).toMatchObject({ state: 'breached', breaches: 1, words: { code: 'late_hours_minutes' } })
  const events = await app.db.admin<{ type: string; role: string }>(
    'select type, role from event where record_id = $1 order by seq',
    [id],
  )
  expect(events.map((event) => event.type)).toEqual(['ReportReceived', 'ClockBreached', 'ClockEscalated'])
  expect(events.at(-1)!.role).toBe('system')
  const told = await app.db.admin<{ role: string }>(
    'select role from escalation where record_id = $1 order by at',
    [id],
  )
  expect(told.map((row) => row.role)).toEqual(['cpu_head'])
  app.setClock('2026-11-26T12:00:00.000Z')
  await scanClocks(app.ctx)
  expect((await app.db.admin('select 1 from escalation where record_id = $1', [id])).length).toBe(2)
  // The record goes on: its next command decides on the version that the scan left.
  const done = await app.as('cpw-tirana').command('report.triage', id, triage, { baseVersion: 1 })
  expect(done.status).toBe(200)
  expect((await clocks('cpw-tirana', id)).body.items![0]).toMatchObject({ state: 'done', breaches: 1 })
})

test('a triage that came late before the scan is still counted', async () => {
  const id = await report()
  app.setClock('2026-11-25T11:00:30.000Z')
  expect((await app.as('cpw-tirana').command('report.triage', id, triage, { baseVersion: 1 })).status).toBe(
    200,
  )
  await scanClocks(app.ctx)
  await scanClocks(app.ctx)
  expect((await clocks('head-tirana', id)).body.items![0]).toMatchObject({ state: 'done', breaches: 1 })
})

test('only a supervisor gives more time, with a reason, and what was missed stays counted', async () => {
  const id = await report()
  const clockId = (await clocks('head-tirana', id)).body.items![0]!.id!
  const extend = (who: Parameters<TestApp['as']>[0], body: object) =>
    app.as(who).command('clock.extend', id, {
      clockId,
      until: '2026-11-27',
      reason: 'Fëmija është në spital',
      ...body,
    })
  expect((await extend('cpw-tirana', {})).body.code).toBe('clock_needs_supervisor')
  expect((await extend('cpw-durres', {})).status).toBe(404)
  expect((await extend('head-tirana', { reason: ' ' })).body).toMatchObject({
    code: 'reason_required',
    field: 'reason',
  })
  expect((await extend('head-tirana', { until: '2026-13-01' })).status).toBe(400)
  app.setClock('2026-11-25T12:00:00.000Z')
  await scanClocks(app.ctx)
  const given = await extend('head-tirana', {})
  expect(given).toMatchObject({ status: 200, body: { reply: { breaches: 1 } } })
  expect((await clocks('head-tirana', id)).body.items![0]).toMatchObject({
    state: 'extended',
    extensions: 1,
    breaches: 1,
    dueAt: '2026-11-27T22:59:59.000Z',
  })
  app.setClock('2026-11-28T12:00:00.000Z')
  await scanClocks(app.ctx)
  expect((await clocks('head-tirana', id)).body.items![0]).toMatchObject({ state: 'breached', breaches: 2 })
})

test('breaches cannot be taken back, not even by the role that keeps the clocks', async () => {
  await expect(app.ctx.pools.jobs.query('update clock set breaches = 0 where breaches > 0')).rejects.toThrow(
    /never reset/,
  )
})

test('one clock that cannot be kept holds up no other, and the task says that it failed', async () => {
  const bad = await report()
  const good = await report()
  await app.db.admin(
    `create function no_luck() returns trigger language plpgsql as $$ begin raise exception 'no luck'; end $$`,
  )
  await app.db.admin(
    `create trigger no_luck before update on clock for each row when (old.record_id = '${bad}') execute function no_luck()`,
  )
  app.setClock('2026-11-25T12:00:00.000Z')
  await app.db.admin('update clock set next_at = $2 where record_id = $1', [good, '2026-11-25T11:59:00.000Z'])
  await expect(scanClocks(app.ctx)).rejects.toThrow('no luck')
  expect((await clocks('cpw-tirana', good)).body.items![0]).toMatchObject({ state: 'breached', breaches: 1 })
  await app.db.admin('drop trigger no_luck on clock')
})
