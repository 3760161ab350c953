import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { Actor, Instant } from '#domain/core.ts'
import type { Language } from '#wire/words/index.ts'
import type { CountryKeys } from './packet/keys.ts'
import type { Ring } from './sealing/ring.ts'

/** Who is asking: the actor every transaction is bound to, and the language of the answers. */
export interface Identity {
  readonly actor: Actor
  readonly language: Language
  /** Null for a signed-in browser; what a personal access token may do otherwise. */
  readonly scopes: readonly string[] | null
}

/** What the server holds for its whole life. Stateless between requests: everything that lasts is in the database. */
export interface Context {
  readonly pools: {
    readonly app: Pool
    readonly auth: Pool
    readonly jobs: Pool
    readonly audit: Pool
    readonly owner: Pool
  }
  /** The injected clock: tests and the demo's history set it, nothing else reads the time. */
  readonly clock: () => Instant
  /** 32 bytes; keyed hashes (search terms, addresses) and wrapped secrets come from it. Kept outside the database. */
  readonly secret: Buffer
  /** The keys that wrap the records' data keys; without it one follows from the secret alone. */
  readonly ring?: Ring
  /** The country's own keys towards other countries; without them they follow from the secret alone. */
  readonly country?: CountryKeys
  /** The outside address is https (a proxy ends it): cookies are then secure. */
  readonly secure?: boolean
  /** The database is still being made: a power cut loses it whole anyway, so its commits do not wait for the disk. */
  readonly beingMade?: boolean
  readonly identify: (request: FastifyRequest) => Promise<Identity | null>
}
