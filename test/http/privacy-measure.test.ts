/** How many files one person opens beyond their scope, and asks for: bounds that hold whatever time a server believes in. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { actorOf, type CastName, noon } from '#test/cast.ts'
import { Life, openFor } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
const codes: string[] = []
beforeAll(async () => {
  app = await testApp()
  for (let n = 0; n < 11; n += 1) {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    codes.push(String((await life.read()).body.code))
  }
})
afterAll(() => app.close())

const must = async (who: CastName, type: string, id: string, body: object) => {
  const reply = await app.as(who).command(type, id, body)
  expect(reply.status, `${type}: ${JSON.stringify(reply.body)}`).toBe(200)
}
const no = async (who: CastName, type: string, id: string, body: object) =>
  String((await app.as(who).command(type, id, body)).body.code)
const hours = (n: number): string => new Date(Date.parse(noon) + n * 3_600_000).toISOString()
const because = {
  reason: 'child_found',
  text: 'Fëmija u gjend vetëm natën, njësia nuk përgjigjet.',
  onDuty: true,
}

describe('beyond one’s scope there is a measure', () => {
  test('ten openings of one person within a day, of a case or of none', async () => {
    for (const caseCode of codes.slice(0, 10))
      await must('head-durres', 'access.break_glass', uuidv7(), { caseCode, ...because })
    for (const caseCode of [codes[10]!, 'TR-2026-9999']) {
      const eleventh = await app
        .as('head-durres')
        .command('access.break_glass', uuidv7(), { caseCode, ...because })
      expect([eleventh.status, eleventh.body.code], caseCode).toEqual([422, 'access_many'])
    }
    // A server that believes in tomorrow opens no more: the database counts by its own clock, and again in the table.
    app.setClock(hours(25))
    expect(await no('head-durres', 'access.break_glass', uuidv7(), { caseCode: codes[10], ...because })).toBe(
      'access_many',
    )
    app.setClock(noon)
    await expect(
      app.db.admin(
        `insert into break_glass select (jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid()))).* from break_glass b where user_id = $1 limit 1`,
        [actorOf('head-durres').userId],
      ),
    ).rejects.toThrow(/ten openings/)
  })

  test('ten requests that wait', async () => {
    const ask = {
      reach: 'minimum',
      purpose: 'service_delivery',
      days: 10,
      text: 'Fëmija vjen te ne çdo ditë.',
    }
    for (const caseCode of codes.slice(0, 10))
      await must('school', 'access.request', uuidv7(), { ...ask, caseCode })
    for (const caseCode of [codes[10]!, 'TR-2026-9999'])
      expect(await no('school', 'access.request', uuidv7(), { ...ask, caseCode })).toBe('access_many_waiting')
  })
})
