import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetSignIns } from '#server/jobs/tasks.ts'
import { Browser, givePassword } from '#test/http/browser.ts'
import { noon, type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await givePassword(app, 'coordinator')
})
afterAll(() => app.close())

test('what is older than a month is forgotten, what is younger cannot even be deleted', async () => {
  app.setClock(new Date(Date.now() - 31 * 86_400_000).toISOString())
  await new Browser(app).signIn('coordinator')
  app.setClock(new Date().toISOString())
  await new Browser(app).signIn('coordinator')
  expect(await forgetSignIns(app.ctx)).toEqual({ attempts: 1, sessions: 1 })
  expect(await forgetSignIns(app.ctx)).toEqual({ attempts: 0, sessions: 0 })
  expect(await app.db.admin('select 1 from session')).toHaveLength(1)
})

test('who is asking is known in well under 0.2 ms', async () => {
  app.setClock(noon)
  const b = new Browser(app)
  await b.signIn('coordinator')
  const request = { headers: { cookie: b.cookie! }, method: 'GET', protocol: 'http' } as never
  const { identify } = await import('#server/session/index.ts')
  expect((await identify(app.ctx, request))?.actor.role).toBe('coordinator')
  const times: number[] = []
  for (let i = 0; i < 2_000; i++) {
    const begun = performance.now()
    await identify(app.ctx, request)
    times.push(performance.now() - begun)
  }
  const median = times.sort((a, b) => a - b)[1_000]!
  expect(median).toBeLessThan(0.2)
})
