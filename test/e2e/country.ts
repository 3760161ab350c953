/**
 * A small country for the browser: the real application, built and listening, over a database of its own, with the
 * cast in it. Everybody signs in with the same password; being a demo, it asks no second factor.
 */
import type { AddressInfo } from 'node:net'
import type { Instant } from '#domain/core.ts'
import type { CastName } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { lightHash } from '#test/password.ts'
import { ensureWeb } from '../../scripts/web.ts'

export const password = 'urë-dhe-lumë-2026'

export interface Country {
  readonly app: TestApp
  readonly baseURL: string
  /** Signs in past the page and gives the session's cookie for a browser context. */
  cookieOf(login: CastName): Promise<{ name: string; value: string; url: string; httpOnly: boolean }>
  close(): Promise<void>
}

let door = 0

/** Each country after another at the same address, so that a browser finds the program's files in its cache. */
const open = async ({ fastify }: TestApp): Promise<string> => {
  await fastify.listen({ port: door }).catch(() => fastify.listen({ port: 0 }))
  door = (fastify.server.address() as AddressInfo).port
  return `http://localhost:${door}`
}

/** Time flows, unless `now` makes it stand still. */
export const openCountry = async (options: { now?: Instant } = {}): Promise<Country> => {
  await ensureWeb((line) => process.stderr.write(`${line}\n`))
  const app = await testApp(
    options.now === undefined ? { clock: () => new Date().toISOString() } : { now: options.now },
  )
  await app.db.admin("insert into country_setting (key, value) values ('demo', 'true')")
  await app.db.admin(
    'insert into credential (user_id, password_hash, password_set_at) select id, $1, now() from app_user',
    [await lightHash(password)],
  )
  const baseURL = await open(app)
  return {
    app,
    baseURL,
    cookieOf: async (login) => {
      const reply = await app.fastify.inject({
        method: 'POST',
        url: '/api/session',
        payload: { login, password },
      })
      const [cookie] = reply.cookies
      if (reply.statusCode !== 200 || cookie === undefined) throw new Error(`${login}: ${reply.body}`)
      return { name: cookie.name, value: cookie.value, url: baseURL, httpOnly: true }
    },
    close: () => app.close(),
  }
}
