/**
 * The two envelopes of a packet, in the standards that every language has a library for: JWS (RFC 7515) signed with Ed25519
 * (RFC 8037), JWE (RFC 7516) sealed to an X25519 key by ECDH-ES and A256GCM (RFC 7518). Compact forms only; nothing that a header
 * asks for is believed but these two.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'

export const toBase64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url')

/** Null where the text is not the one way in which its bytes are written. */
export const fromBase64 = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

const objectOf = (text: string): Record<string, unknown> | null => {
  const bytes = fromBase64(text)
  if (bytes === null) return null
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

export type Curve = 'Ed25519' | 'X25519'
/** The public half as RFC 8037 writes it: `x`, base64url. @throws when it is no point of the curve */
export const publicKeyOf = (crv: Curve, x: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv, x }, format: 'jwk' })
export const publicText = (key: KeyObject): string =>
  String((key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' }).x ?? '')
/** RFC 7638: the name of a key. */
export const thumbprint = (crv: Curve, x: string): string =>
  createHash('sha256').update(`{"crv":"${crv}","kty":"OKP","x":"${x}"}`).digest('base64url')

export const signJws = (key: KeyObject, header: object, payload: string): string => {
  const text = `${toBase64(JSON.stringify(header))}.${toBase64(payload)}`
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
}

export interface Jws {
  readonly header: Record<string, unknown>
  readonly payload: Record<string, unknown>
  readonly text: string
  readonly signature: Buffer
}
/** What stands in it, believed by nobody before `verifyJws`. */
export const readJws = (compact: string): Jws | null => {
  const [head = '', body = '', signed = '', ...more] = compact.split('.')
  const header = objectOf(head)
  const payload = objectOf(body)
  const signature = fromBase64(signed)
  if (more.length > 0 || header === null || payload === null || signature === null) return null
  return header.alg === 'EdDSA' && header.crit === undefined && signature.length === 64
    ? { header, payload, text: `${head}.${body}`, signature }
    : null
}
export const verifyJws = ({ text, signature }: Jws, x: string): boolean => {
  try {
    return verify(null, Buffer.from(text), publicKeyOf('Ed25519', x), signature)
  } catch {
    return false
  }
}

const sized = (bytes: Uint8Array): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
/** Concat KDF of RFC 7518 section 4.6.2 for one block of SHA-256, which is a key of A256GCM. */
export const concatKdf = (
  secret: Buffer,
  apu: Buffer,
  apv: Buffer,
  algorithm = 'A256GCM',
  bits = 256,
): Buffer => {
  const round = Buffer.from([0, 0, 0, 1])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bits)
  return createHash('sha256')
    .update(Buffer.concat([round, secret, sized(Buffer.from(algorithm)), sized(apu), sized(apv), length]))
    .digest()
    .subarray(0, bits / 8)
}

export interface Parties {
  /** Names of the keys of sender and recipient. */
  readonly from: string
  readonly to: string
}

export const encryptJwe = (
  recipient: KeyObject,
  { from, to }: Parties,
  header: object,
  plain: Uint8Array,
): string => {
  const { privateKey, publicKey } = generateKeyPairSync('x25519')
  const key = concatKdf(
    diffieHellman({ privateKey, publicKey: recipient }),
    Buffer.from(from),
    Buffer.from(to),
  )
  const protectedHeader = toBase64(
    JSON.stringify({
      ...header,
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      kid: to,
      apu: toBase64(from),
      apv: toBase64(to),
      epk: { kty: 'OKP', crv: 'X25519', x: publicText(publicKey) },
    }),
  )
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(protectedHeader))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return [protectedHeader, '', toBase64(iv), toBase64(sealed), toBase64(cipher.getAuthTag())].join('.')
}

/** The plain text, or null where it was altered, is for another key, or for other parties than these. */
export const decryptJwe = (
  own: KeyObject,
  { from, to }: Parties,
  compact: string,
): { readonly header: Record<string, unknown>; readonly plain: Buffer } | null => {
  const [head = '', wrapped, ivText = '', sealedText = '', tagText = '', ...more] = compact.split('.')
  const header = objectOf(head)
  const iv = fromBase64(ivText)
  const sealed = fromBase64(sealedText)
  const tag = fromBase64(tagText)
  if (more.length > 0 || wrapped !== '' || header === null || iv?.length !== 12 || tag?.length !== 16)
    return null
  if (sealed === null || header.alg !== 'ECDH-ES' || header.enc !== 'A256GCM' || header.kid !== to)
    return null
  if (header.apu !== toBase64(from) || header.apv !== toBase64(to) || header.zip !== undefined) return null
  const epk = header.epk as { kty?: unknown; crv?: unknown; x?: unknown } | undefined
  if (epk?.kty !== 'OKP' || epk.crv !== 'X25519' || typeof epk.x !== 'string') return null
  try {
    const secret = diffieHellman({ privateKey: own, publicKey: publicKeyOf('X25519', epk.x) })
    const key = concatKdf(secret, Buffer.from(from), Buffer.from(to))
    const opener = createDecipheriv('aes-256-gcm', key, iv)
    opener.setAAD(Buffer.from(head))
    opener.setAuthTag(tag)
    return { header, plain: Buffer.concat([opener.update(sealed), opener.final()]) }
  } catch {
    return null
  }
}
