/**
 * Keys that lie outside the database, all derived from one server secret: a stolen dump alone yields neither a
 * second factor nor a usable code, and names and addresses in it are keyed hashes.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import type { Context } from '../context.ts'

export interface Keys {
  /** AES-256 key for TOTP secrets. */
  readonly totp: Buffer
  /** HMAC keys, one a use: never the same input under the same key for two purposes. */
  readonly account: Buffer
  readonly address: Buffer
  readonly code: Buffer
  readonly csrf: Buffer
  readonly device: Buffer
  readonly payload: Buffer
  readonly document: Buffer
}

/** `secret`: at least 32 random bytes, kept in the data directory or the environment. */
export function deriveKeys(secret: Uint8Array): Keys {
  if (secret.length < 32) throw new Error('The server secret needs at least 32 bytes.')
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'mburoja', use, 32))
  return {
    totp: derive('totp'),
    account: derive('account'),
    address: derive('address'),
    code: derive('code'),
    csrf: derive('csrf'),
    device: derive('device'),
    payload: derive('payload'),
    document: derive('document'),
  }
}

const derived = new WeakMap<Buffer, Keys>()

/** The keys of this server, derived once from its secret. */
export const keysOf = (ctx: Pick<Context, 'secret'>): Keys => {
  const known = derived.get(ctx.secret)
  if (known !== undefined) return known
  const keys = deriveKeys(ctx.secret)
  derived.set(ctx.secret, keys)
  return keys
}

const prepared = new WeakMap<Buffer, KeyObject>()

/** Every command is hashed so: a key made ready once costs a fifth of one made ready each time. */
export const keyedHash = (key: Buffer, text: string): Buffer => {
  let ready = prepared.get(key)
  if (ready === undefined) {
    ready = createSecretKey(key)
    prepared.set(key, ready)
  }
  return createHmac('sha256', ready).update(text).digest()
}

/** For random 256-bit tokens: nothing to guess, so a plain fast hash is enough. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

/** Nonce (12) ‖ tag (16) ‖ ciphertext, bound to `owner` so that a row cannot be given to another account. */
export function seal(key: Buffer, owner: string, text: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** Throws when the key, the owner or the bytes are not those it was sealed with. */
export function unseal(key: Buffer, owner: string, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(owner))
  decipher.setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
}
