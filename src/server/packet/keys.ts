/**
 * The country's own two keys: one signs what leaves for another country, the other opens what comes. They lie beside the key that
 * seals the ledger, never in the database; the public halves travel as a card.
 */
import { createHash, createPrivateKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { KeyCard } from '#domain/packet/manifest.ts'
import { publicText, thumbprint } from './jose.ts'

export interface CountryKeys {
  /** Ed25519, private. */
  readonly sign: KeyObject
  /** X25519, private. */
  readonly open: KeyObject
}

/** The head of a private key in PKCS #8 before its 32 bytes (RFC 8410). */
const pkcs8 = {
  ed25519: '302e020100300506032b657004220420',
  x25519: '302e020100300506032b656e04220420',
} as const
const keyFrom = (curve: keyof typeof pkcs8, seed: Buffer): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from(pkcs8[curve], 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  })

const derive = (secret: Buffer, what: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `mburoja packet ${what}`, 32))
const memory = new WeakMap<Buffer, CountryKeys>()
/** Keys that follow from the secret alone: for an application that has no directory of keys. */
export const countryKeysOf = (secret: Buffer): CountryKeys => {
  const known = memory.get(secret)
  if (known !== undefined) return known
  const keys = {
    sign: keyFrom('ed25519', derive(secret, 'sign')),
    open: keyFrom('x25519', derive(secret, 'open')),
  }
  memory.set(secret, keys)
  return keys
}

export const cardOf = (country: string, keys: CountryKeys): KeyCard => ({
  country,
  sign: publicText(keys.sign),
  open: publicText(keys.open),
})
export const signName = (card: KeyCard): string => thumbprint('Ed25519', card.sign)
export const openName = (card: KeyCard): string => thumbprint('X25519', card.open)

/** What two people read to each other over another line: ten groups of four signs, 160 bits. */
export const fingerprintOf = ({ country, sign, open }: KeyCard): string =>
  (
    createHash('sha256')
      .update(`mburoja key card 1\n${country}\n${sign}\n${open}`)
      .digest('hex')
      .slice(0, 40)
      .toUpperCase()
      .match(/.{4}/g) ?? []
  ).join(' ')
