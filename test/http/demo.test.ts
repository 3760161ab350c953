import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadDemo } from '#server/demo/index.ts'
import { type DemoApp, demoApp } from './demo-app.ts'

let app: DemoApp
beforeAll(async () => {
  app = await demoApp()
  const loaded = await loadDemo(app.ctx)
  process.stderr.write(`${loaded.commands} commands in ${loaded.seconds} s\n`)
}, 280_000)
afterAll(() => app.close())

test('the figures of 2018, counted from records', async () => {
  expect((await app.as('state-agency').get('/api/statistics/national?year=2018')).body).toMatchObject({
    municipalities: 9,
    fieldTeams: 32,
    identified: 305,
    managed: 286,
    protectionMeasures: 30,
  })
})
