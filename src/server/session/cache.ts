/**
 * Sessions and tokens are looked up on every request, so each is remembered for two seconds: within one process a
 * revocation counts at once (`mistrust`), within another after those two seconds.
 */
import type { Uuid } from '#domain/core.ts'
import { tokenHash } from './keys.ts'

const rememberFor = 2_000
const most = 20_000

const mistrusted = new Map<Uuid, number>()

/**
 * What is remembered of this user is not believed until every copy made before now has expired. Called inside the
 * transaction that changes rights or ends sessions: nothing read before its commit outlives it.
 */
export const mistrust = (userId: Uuid): void => {
  const now = performance.now()
  for (const [id, until] of mistrusted) if (until < now) mistrusted.delete(id)
  mistrusted.set(userId, now + 2.5 * rememberFor)
}

const trusted = (userId: Uuid, now: number): boolean => (mistrusted.get(userId) ?? 0) < now

interface Entry<V> {
  readonly value: V
  readonly at: number
}

/** `fetch` asks the database for the row behind a token's hash; `previous` is what was known, to carry on from. */
export class Remembered<V extends { readonly userId: Uuid }> {
  readonly #entries = new Map<string, Entry<V>>()
  readonly #fetch: (hash: Buffer, previous: V | undefined) => Promise<V | null>

  constructor(fetch: (hash: Buffer, previous: V | undefined) => Promise<V | null>) {
    this.#fetch = fetch
  }

  async get(token: string, fresh = false): Promise<V | null> {
    const hash = tokenHash(token)
    const key = hash.toString('base64')
    const entry = this.#entries.get(key)
    const now = performance.now()
    if (!fresh && entry !== undefined && now - entry.at < rememberFor && trusted(entry.value.userId, now))
      return entry.value
    const value = await this.#fetch(hash, entry?.value)
    this.#entries.delete(key)
    if (value === null) return null
    if (this.#entries.size >= most) this.#entries.delete(this.#entries.keys().next().value!)
    this.#entries.set(key, { value, at: now })
    return value
  }
}
