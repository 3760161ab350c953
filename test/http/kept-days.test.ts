/** A day that was typed wrong while that could still be written stays readable, and with it the file that it stands in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { activePlan } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'
import { takenAdult } from './nrm-life.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

test('a case whose plan is due in the year 18', async () => {
  const { id } = await activePlan(app)
  await app.db.admin(`update plan_action set due = '0018-12-24'`)
  expect((await app.as('cpw-tirana').get(`/api/cases/${id}`)).status).toBe(200)
})

test('an adult whose need was found in the year 18', async () => {
  const { id } = await takenAdult(app, 'police')
  const reply = await app
    .as('social-service')
    .command(
      'assistance.find_need',
      id,
      { kind: 'housing', beneficiary: 'subject', foundOn: '2026-11-24' },
      { baseVersion: 2 },
    )
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  await app.db.admin(`update assistance_need set found_on = '0018-11-24'`)
  expect((await app.as('social-service').get(`/api/nrm/${id}/assistance`)).status).toBe(200)
})
