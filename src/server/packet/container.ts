/**
 * The file itself (docs/packets.md): three lines of ASCII. First what it is, then the manifest signed by the sender (JWS), then the
 * content sealed to the recipient (JWE). The manifest holds the digest of the third line, and the sealed header names the sender's
 * key, so neither half can be given another partner.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Instant } from '#domain/core.ts'
import type { KeyCard, Manifest, PacketFault } from '#domain/packet/manifest.ts'
import { instant } from '#wire/envelope.ts'
import {
  decryptJwe,
  encryptJwe,
  fromBase64,
  type Jws,
  publicKeyOf,
  readJws,
  signJws,
  verifyJws,
} from './jose.ts'
import { type CountryKeys, cardOf, openName, signName } from './keys.ts'

/** Bytes. A few pages with a typeface are a hundredth of it. */
export const largestPacket = 4 * 1024 * 1024
const what = 'MBUROJA PACKET'
const version = '1'
const typ = 'mburoja-packet'

const name = z.string().regex(/^[\w-]{43}$/)
const country = z.string().regex(/^[A-Z]{2}$/)
const party = z.strictObject({ country, key: name })
const ManifestShape = z.strictObject({
  v: z.literal(1),
  id: z.uuid({ version: 'v4' }),
  from: party,
  to: party,
  madeAt: instant,
  expiresAt: instant,
  sealed: z.strictObject({ length: z.int().min(1).max(largestPacket), sha256: name }),
})

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: PacketFault }
const fault = (code: PacketFault): { ok: false; fault: PacketFault } => ({ ok: false, fault: code })

export interface Outside {
  readonly manifest: Manifest
  readonly sealed: { readonly length: number; readonly sha256: string }
  readonly jws: Jws
  readonly jwe: string
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'latin1').digest('base64url')
/** Under which a packet stands on a public list: the id is made by chance, so nobody finds it from this. */
export const packetHash = (id: string): string => sha256(`mburoja packet\n${id.toLowerCase()}`)

export interface Making {
  readonly keys: CountryKeys
  readonly country: string
  readonly to: KeyCard
  /** Made by chance, version 4. */
  readonly id: string
  readonly now: Instant
  readonly expiresAt: Instant
  readonly content: object
}

export const makePacket = (making: Making): { readonly manifest: Manifest; readonly bytes: Buffer } => {
  const own = cardOf(making.country, making.keys)
  const from = signName(own)
  const to = openName(making.to)
  const manifest: Manifest = {
    id: making.id,
    from: { country: own.country, key: from },
    to: { country: making.to.country, key: to },
    madeAt: making.now,
    expiresAt: making.expiresAt,
  }
  const plain = Buffer.from(JSON.stringify(making.content))
  const header = { typ, pkt: manifest.id }
  const jwe = encryptJwe(publicKeyOf('X25519', making.to.open), { from, to }, header, plain)
  const payload = { v: 1, ...manifest, sealed: { length: jwe.length, sha256: sha256(jwe) } }
  const jws = signJws(making.keys.sign, { alg: 'EdDSA', typ, kid: from }, JSON.stringify(payload))
  return { manifest, bytes: Buffer.from(`${what} ${version}\n${jws}\n${jwe}\n`, 'latin1') }
}

const linesOf = (bytes: Uint8Array, name_: string): Read<string[]> => {
  if (bytes.length > largestPacket) return fault('packet_too_large')
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const head = `${name_} `
  if (text.length < head.length && head.startsWith(text)) return fault('packet_truncated')
  if (!text.startsWith(head)) return fault('packet_unreadable')
  const [first = '', ...lines] = text.split('\n')
  if (lines.length === 0)
    return fault(/^\d{0,4}$/.test(first.slice(head.length)) ? 'packet_truncated' : 'packet_unreadable')
  if (first !== `${head}${version}`)
    return fault(/^\d{1,4}$/.test(first.slice(head.length)) ? 'packet_version' : 'packet_unreadable')
  return { ok: true, value: lines }
}

/** What a file says on its outside. Nothing of it is proved yet. */
export const readPacket = (bytes: Uint8Array): Read<Outside> => {
  const lines = linesOf(bytes, what)
  if (!lines.ok) return lines
  const [signed = '', jwe, end, ...more] = lines.value
  if (jwe === undefined || (end === undefined && more.length === 0)) {
    // Cut off inside; what is left of the outside may still be whole.
    return fault('packet_truncated')
  }
  if (end !== '' || more.length > 0) return fault('packet_unreadable')
  const jws = readJws(signed)
  if (jws === null || jws.header.typ !== typ) return fault('packet_unreadable')
  const said = ManifestShape.safeParse(jws.payload)
  if (!said.success || jws.header.kid !== said.data.from.key) return fault('packet_unreadable')
  const { v: _v, sealed, ...manifest } = said.data
  return { ok: true, value: { manifest, sealed, jws, jwe } }
}

/** The key that is said to have signed did sign, and this third line. */
export const provePacket = ({ jws, jwe, sealed }: Outside, sign: string): PacketFault | null => {
  if (!verifyJws(jws, sign)) return 'packet_forged'
  if (jwe.length < sealed.length) return 'packet_truncated'
  return jwe.length === sealed.length && sha256(jwe) === sealed.sha256 ? null : 'packet_altered'
}

/** The sealed content as text, or null where it is not sealed by this sender, for this packet, to this key. */
export const openSealed = ({ manifest, jwe }: Outside, keys: CountryKeys): string | null => {
  const opened = decryptJwe(keys.open, { from: manifest.from.key, to: manifest.to.key }, jwe)
  return opened === null || opened.header.pkt !== manifest.id || opened.header.typ !== typ
    ? null
    : opened.plain.toString('utf8')
}

// Revocations

const listWhat = 'MBUROJA REVOCATIONS'
const listTyp = 'mburoja-revocations'
export interface Revoked {
  /** `packetHash` of its id. */
  readonly packet: string
  readonly at: Instant
}
export interface RevocationList {
  readonly country: string
  readonly key: string
  readonly madeAt: Instant
  readonly revoked: readonly Revoked[]
}
const ListShape = z.strictObject({
  v: z.literal(1),
  country,
  key: name,
  madeAt: instant,
  revoked: z.array(z.strictObject({ packet: name, at: instant })).max(30_000),
})

/** All that this country has revoked, signed now: a list with nobody on it is an answer too. */
export const makeList = (
  keys: CountryKeys,
  ofCountry: string,
  madeAt: Instant,
  revoked: readonly Revoked[],
): string => {
  const key = signName(cardOf(ofCountry, keys))
  const payload = JSON.stringify({ v: 1, country: ofCountry, key, madeAt, revoked })
  return `${listWhat} ${version}\n${signJws(keys.sign, { alg: 'EdDSA', typ: listTyp, kid: key }, payload)}\n`
}

export const readList = (bytes: Uint8Array): Read<{ readonly list: RevocationList; readonly jws: Jws }> => {
  const lines = linesOf(bytes, listWhat)
  if (!lines.ok) return lines
  const [signed = '', end, ...more] = lines.value
  if (end === undefined) return fault('packet_truncated')
  const jws = readJws(signed)
  if (end !== '' || more.length > 0 || jws === null || jws.header.typ !== listTyp)
    return fault('packet_unreadable')
  const said = ListShape.safeParse(jws.payload)
  if (!said.success || jws.header.kid !== said.data.key) return fault('packet_unreadable')
  const { v: _v, ...list } = said.data
  return { ok: true, value: { list, jws } }
}

/** A card as text: what one country sends the other, once, and both read out to each other. */
const CardShape = z.strictObject({
  mburoja: z.literal('key card 1'),
  country,
  sign: name,
  open: name,
})
export const cardText = (card: KeyCard): string =>
  `${JSON.stringify({ mburoja: 'key card 1', ...card }, null, 2)}\n`
export const readCard = (text: string): KeyCard | null => {
  try {
    const { mburoja: _what, ...card } = CardShape.parse(JSON.parse(text))
    if (fromBase64(card.sign) === null || fromBase64(card.open) === null) return null
    // Points that are none are refused here, not when a packet is to be sealed.
    publicKeyOf('Ed25519', card.sign)
    publicKeyOf('X25519', card.open)
    return card
  } catch {
    return null
  }
}
