/**
 * The whole application in memory over a database of its own, with the cast in it. `app.as('cpw-tirana')` asks as
 * that person: signing in has its own tests, so here a header names who asks.
 */
import type { FastifyInstance } from 'fastify'
import type { Actor, Instant, Json, Purpose, Uuid } from '#domain/core.ts'
import { buildApp } from '#server/app.ts'
import { forgetLaw } from '#server/clock/law.ts'
import type { Context } from '#server/context.ts'
import { makePool } from '#server/database.ts'
import { uuidv7 } from '#server/ids.ts'
import type { CountryKeys } from '#server/packet/keys.ts'
import type { Ring } from '#server/sealing/ring.ts'
import { identify } from '#server/session/index.ts'
import { languageOf } from '#server/words.ts'
import { actorOf, type CastName, castNames, noon, secret } from '#test/cast.ts'
import { furnishedDatabase, type TestDatabase } from '#test/database.ts'

export { noon }

export interface Reply<T = Record<string, Json>> {
  readonly status: number
  readonly body: T
  readonly headers: Record<string, unknown>
}

/** Parsed JSON as a test reads it: it knows what it asked for. */
export type Loose = { [key: string]: Loose } & Loose[]

export interface Person {
  get(url: string, options?: { purpose?: Purpose; language?: string }): Promise<Reply<Loose>>
  /** Sends one command; `id` is the record's. Mints the command id unless given. */
  command(
    type: string,
    id: Uuid,
    body: unknown,
    options?: { baseVersion?: number; commandId?: Uuid; language?: string },
  ): Promise<Reply<Loose>>
  post(url: string, body: unknown): Promise<Reply<Loose>>
}

export interface TestApp {
  readonly fastify: FastifyInstance
  readonly ctx: Context
  readonly db: TestDatabase
  /** One of the cast, or anybody else: a role in a unit where the cast has nobody. */
  as(who: CastName | Actor): Person
  /** Moves the injected clock; it stands still otherwise. */
  setClock(now: Instant): void
  anonymous: Person
  close(): Promise<void>
}

/** `clock` gives the real time to tests that a browser takes part in; otherwise time stands still at `now`. */
export const testApp = async (
  options: { now?: Instant; clock?: () => Instant; ring?: Ring; country?: CountryKeys } = {},
): Promise<TestApp> => {
  const db = await furnishedDatabase()
  let now = options.now ?? noon
  const pool = (role: Parameters<typeof makePool>[1]) => makePool(db.url, role, { max: 10 })
  const pools = {
    app: pool('mb_app'),
    auth: pool('mb_auth'),
    jobs: pool('mb_jobs'),
    audit: pool('mb_audit'),
    owner: pool('mb_owner'),
  }
  const ctx: Context = {
    pools,
    clock: options.clock ?? (() => now),
    secret,
    ...(options.ring === undefined ? {} : { ring: options.ring }),
    ...(options.country === undefined ? {} : { country: options.country }),
    identify: async (request) => {
      const asked = request.headers['x-test-as']
      if (typeof asked !== 'string') return identify(ctx, request)
      const name = castNames.find((known) => known === asked)
      const actor: Actor = name === undefined ? JSON.parse(asked) : actorOf(name)
      return { actor, language: languageOf(request.headers['accept-language']), scopes: null }
    },
  }
  // Another file's law, when it ran in this process before.
  forgetLaw()
  const fastify = await buildApp(ctx)
  await fastify.ready()

  const person = (who: CastName | Actor | null): Person => {
    const name = who === null || typeof who === 'string' ? who : JSON.stringify(who)
    const ask = async (
      method: 'GET' | 'POST',
      url: string,
      body?: unknown,
      headers: Record<string, string | undefined> = {},
    ): Promise<Reply<Loose>> => {
      const sent = Object.fromEntries(
        Object.entries(headers).filter(([, value]) => value !== undefined),
      ) as Record<string, string>
      const reply = await fastify.inject({
        method,
        url,
        headers: { ...(name === null ? {} : { 'x-test-as': name }), ...sent },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      const text = reply.body
      return {
        status: reply.statusCode,
        body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text) as Loose,
        headers: reply.headers,
      }
    }
    return {
      get: (url, { purpose, language } = {}) =>
        ask('GET', url, undefined, { 'x-purpose': purpose, 'accept-language': language }),
      command: (type, id, body, { baseVersion, commandId, language } = {}) =>
        ask(
          'POST',
          '/api/commands',
          {
            commandId: commandId ?? uuidv7(),
            type,
            recordId: id,
            ...(baseVersion === undefined ? {} : { baseVersion }),
            body,
          },
          { 'accept-language': language },
        ),
      post: (url, body) => ask('POST', url, body),
    }
  }

  return {
    fastify,
    ctx,
    db,
    as: person,
    anonymous: person(null),
    setClock: (next) => {
      now = next
    },
    close: async () => {
      await fastify.close()
      await Promise.all(Object.values(pools).map((one) => one.end()))
      await db.close()
    },
  }
}
