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

test('who is asking is remembered: a page of many requests does not ask the database each time', async () => {
  app.setClock(noon)
  const b = new Browser(app)
  await b.signIn('coordinator')
  const request = { headers: { cookie: b.cookie! }, method: 'GET', protocol: 'http' } as never
  const { identify } = await import('#server/session/index.ts')
  expect((await identify(app.ctx, request))?.actor.role).toBe('coordinator')
  let asked = 0
  const count = (): void => {
    asked += 1
  }
  app.ctx.pools.auth.on('acquire', count)
  for (let i = 0; i < 200; i++) expect((await identify(app.ctx, request))?.actor.role).toBe('coordinator')
  app.ctx.pools.auth.off('acquire', count)
  // What is remembered is asked again every two seconds, so a slow machine may ask a few times: never 200.
  expect(asked).toBeLessThan(20)
})
