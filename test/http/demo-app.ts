/** The application over an empty database without the test's own cast, for the demo country's logins. */
import type { FastifyInstance } from 'fastify'
import { buildApp } from '#server/app.ts'
import type { Context } from '#server/context.ts'
import { makePool } from '#server/database.ts'
import { actorOf, cast } from '#server/demo/cast.ts'
import { freshDatabase, type TestDatabase } from '#test/database.ts'
import type { Loose, Reply } from './harness.ts'

export interface DemoApp {
  readonly ctx: Context
  readonly db: TestDatabase
  readonly fastify: FastifyInstance
  as(login: string): { get(url: string): Promise<Reply<Loose>> }
  close(): Promise<void>
}

export const demoApp = async (now = '2026-11-24T11:00:00.000Z'): Promise<DemoApp> => {
  const db = await freshDatabase()
  const pool = (role: Parameters<typeof makePool>[1]) => makePool(db.url, role, { max: 10 })
  const pools = {
    app: pool('mb_app'),
    auth: pool('mb_auth'),
    jobs: pool('mb_jobs'),
    audit: pool('mb_audit'),
    owner: pool('mb_owner'),
  }
  const members = new Map(cast().map((one) => [one.login, one]))
  const ctx: Context = {
    pools,
    clock: () => now,
    secret: Buffer.alloc(32, 7),
    identify: async (request) => {
      const member = members.get(String(request.headers['x-test-as']))
      return member === undefined ? null : { actor: actorOf(member), language: 'sq', scopes: null }
    },
  }
  const fastify = await buildApp(ctx)
  return {
    ctx,
    db,
    fastify,
    as: (login) => ({
      get: async (url) => {
        const reply = await fastify.inject({ method: 'GET', url, headers: { 'x-test-as': login } })
        return { status: reply.statusCode, body: reply.json() as Loose, headers: reply.headers }
      },
    }),
    close: async () => {
      await fastify.close()
      await Promise.all(Object.values(pools).map((one) => one.end()))
      await db.close()
    },
  }
}
