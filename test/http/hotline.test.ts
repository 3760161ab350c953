import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { castNames, unitId } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'

/** The national lines over HTTP: shifts, calls in codes, what nobody took, and whose figures they are. */

let app: TestApp
const start = '2026-11-24T08:00:00.000Z'
beforeAll(async () => {
  app = await testApp({ now: start })
})
afterAll(() => app.close())

const reportBody = {
  narrative: 'Telefonoi një fëmijë.',
  place: { municipality: '53', text: 'Rruga e Durrësit' },
  concerns: ['begging'],
  immediacy: 'high',
  children: [{ givenName: 'Ana', sex: 'female' }],
}

const call = {
  at: '2026-11-24T07:40:00.000Z',
  minutes: 12,
  channel: 'phone',
  caller: 'child',
  topic: 'child_in_danger',
  anonymous: true,
  outcomes: ['advice'],
}
const record = (body: object, who: Parameters<TestApp['as']>[0] = 'hotline', id = uuidv7()) =>
  app.as(who).command('line.record_call', id, { ...call, ...body })
const lines = async (who: Parameters<TestApp['as']>[0], from = '2026-11-23', to = '2026-11-25') =>
  (await app.as(who).get(`/api/lines?from=${from}&to=${to}`)).body.items as unknown as {
    staffedHours: number
    trainedHours: number
    hours: number
    calls: number
    missed: number
    calledBack: number
    reported: number | null
    linked: number | null
    byCaller: { code: string; n: number | null }[]
    gapCount: number
    staffedNow: boolean
  }[]

describe('a shift', () => {
  test('is begun once, counts while it lasts, and is ended by whoever began it', async () => {
    const id = uuidv7()
    const begin = () => app.as('hotline').command('line.begin_shift', uuidv7(), { trained: true })
    expect((await app.as('hotline').command('line.begin_shift', id, { trained: true })).status).toBe(200)
    expect((await begin()).body.code).toBe('hotline_shift_stands')
    app.setClock('2026-11-24T10:30:00.000Z')
    expect((await lines('hotline'))[0]).toMatchObject({
      staffedHours: 2.5,
      trainedHours: 2.5,
      staffedNow: true,
    })
    const end = (at: string | null, version = 1) =>
      app.as('hotline').command('line.end_shift', id, { at }, { baseVersion: version })
    expect((await end('2026-11-24T11:00:00.000Z')).body.code).toBe('in_future')
    expect((await end('2026-11-24T07:00:00.000Z')).body.code).toBe('hotline_shift_hours')
    expect((await end('2026-11-24T10:00:00.000Z')).status).toBe(200)
    expect((await end(null, 2)).body.code).toBe('hotline_shift_over')
    expect((await lines('hotline'))[0]).toMatchObject({ staffedHours: 2, staffedNow: false })
  })

  test('that nobody ends counts twelve hours and no longer', async () => {
    app.setClock('2026-11-26T00:00:00.000Z')
    await app.as('hotline').command('line.begin_shift', uuidv7(), { trained: false })
    app.setClock('2026-11-27T00:00:00.000Z')
    const [line] = await lines('hotline', '2026-11-26', '2026-11-27')
    expect(line).toMatchObject({ staffedHours: 12, trainedHours: 0, staffedNow: false })
    const board = (await app.as('hotline').get('/api/line')).body as unknown as {
      shifts: { id: string; version: number; mayEnd: boolean; to: string | null }[]
      gaps: unknown[]
    }
    const open = board.shifts.find((one) => one.to === null)!
    expect(open.mayEnd).toBe(true)
    expect(
      (await app.as('hotline').command('line.end_shift', open.id, {}, { baseVersion: open.version })).status,
    ).toBe(200)
    app.setClock(start)
  })
})

describe('a call', () => {
  test('is kept in codes; bad ones are refused by name', async () => {
    app.setClock('2026-11-24T11:00:00.000Z')
    expect((await record({})).status).toBe(200)
    expect((await record({ at: '2026-11-24T12:00:00.000Z' })).body.code).toBe('in_future')
    expect((await record({ at: '2026-10-02T12:00:00.000Z' })).body.code).toBe('hotline_too_late')
    expect((await record({ outcomes: ['none', 'advice'] })).body.code).toBe('hotline_outcome_none')
    expect((await record({ minutes: 601 })).status).toBe(400)
    expect((await record({ county: 'AL-99' })).status).toBe(400)
    expect((await record({ outcomes: [] })).status).toBe(400)
    expect((await record({ note: 'a name' })).status).toBe(400)
    for (const other of ['cpw-tirana', 'responsible-authority', 'admin'] as const)
      expect((await record({}, other)).body.code, other).toBe('not_allowed')
  })

  test('is linked with the report that it led to, once, and with no report of others', async () => {
    const reported = await app.as('hotline').command('report.create', uuidv7(), {
      ...reportBody,
      source: 'hotline',
      channel: '116006',
    })
    expect(reported.status, JSON.stringify(reported.body)).toBe(200)
    const other = await app
      .as('school')
      .command('report.create', uuidv7(), { ...reportBody, source: 'school', channel: 'web' })
    expect(other.status, JSON.stringify(other.body)).toBe(200)
    const id = uuidv7()
    expect((await record({ outcomes: ['report'] }, 'hotline', id)).status).toBe(200)
    const link = (reportId: string, version: number) =>
      app.as('hotline').command('line.link_call', id, { reportId }, { baseVersion: version })
    expect((await link(String(other.body.recordId), 1)).status).toBe(400)
    expect((await link(String(reported.body.recordId), 1)).status).toBe(200)
    expect((await link(String(reported.body.recordId), 2)).body.code).toBe('hotline_call_linked')
    expect((await record({ reportId: reported.body.recordId, outcomes: ['report'] })).status).toBe(400)
    expect((await record({ reportId: uuidv7(), outcomes: ['advice'] })).body.code).toBe(
      'hotline_outcome_report',
    )
    expect((await lines('hotline'))[0]).toMatchObject({ calls: 2, reported: 1, linked: 1 })
  })

  test('that nobody took is counted by whole hours; said again it replaces', async () => {
    const miss = (body: object) => app.as('hotline').command('line.count_missed', uuidv7(), body)
    const hour = '2026-11-24T03:00:00.000Z'
    expect((await miss({ hour: '2026-11-24T03:10:00.000Z', missed: 1, calledBack: 0 })).body.code).toBe(
      'hotline_whole_hour',
    )
    expect((await miss({ hour, missed: 2, calledBack: 3 })).body.code).toBe('hotline_called_back_more')
    expect((await miss({ hour: '2026-11-24T23:00:00.000Z', missed: 2, calledBack: 0 })).body.code).toBe(
      'in_future',
    )
    expect((await miss({ hour, missed: 9, calledBack: 1 })).status).toBe(200)
    expect((await miss({ hour, missed: 6, calledBack: 4 })).status).toBe(200)
    expect((await lines('hotline'))[0]).toMatchObject({ missed: 6, calledBack: 4 })
  })
})

test('each role reads the figures that are its own, small ones hidden from those who only read figures', async () => {
  for (const name of castNames) {
    const told = await lines(name)
    const reads = [
      'hotline',
      'responsible-authority',
      'coordinator',
      'coordinator2',
      'state-agency',
    ].includes(name)
    expect(told.length > 0, name).toBe(reads)
    const calls = await app.as(name).get('/api/line/calls')
    expect(calls.body.items!.length > 0, name).toBe(name === 'hotline')
    expect((await app.as(name).get('/api/line')).status, name).toBe(name === 'hotline' ? 200 : 404)
  }
  const of = async (who: Parameters<TestApp['as']>[0]) =>
    (await lines(who))[0]!.byCaller.find((one) => one.code === 'child')!.n
  expect(await of('responsible-authority')).toBe(2)
  expect(await of('coordinator')).toBeNull()
  expect((await app.as('coordinator').get('/api/lines?from=2026-01-01&to=2029-01-01')).status).toBe(400)
})

test('the plan counts hours with trained staff, and calls', async () => {
  await app.db.admin("update unit set phone = '116006' where id = $1", [unitId('line-116006')])
  app.setClock('2026-12-01T00:00:00.000Z')
  const value = async (id: string) =>
    (await app.as('coordinator').get(`/api/indicators/${id}/value?from=2026-11-01&to=2026-11-30`)).body
  // Two trained hours, twelve untrained, of the 720 hours of a November.
  expect(await value('S004-PREV-1.a.3-i1')).toMatchObject({ value: 0.3 })
  expect(await value('S004-PREV-1.a.3-i2')).toMatchObject({ value: 2 })
})
