/**
 * Sealing a push message for one browser (RFC 8291, RFC 8188 `aes128gcm`) and signing for the push service that it is
 * ours (VAPID, RFC 8292), with nothing but the platform's own cryptography. The service in between reads neither words nor
 * codes; it sees that something was sent, and when.
 */
import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'

export interface Subscription {
  /** The browser's public key, uncompressed P-256: 65 bytes. */
  readonly p256dh: Buffer
  /** 16 bytes that it shares with us. */
  readonly auth: Buffer
}

const hkdf = (salt: Buffer, ikm: Buffer, info: Buffer | string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', ikm, salt, info, length))

/** `own` only for the examples of the standard; a fresh pair and salt otherwise. Throws where the key is no point of the curve. */
export const sealFor = (
  { p256dh, auth }: Subscription,
  plain: Buffer,
  own: { readonly key?: Buffer; readonly salt?: Buffer } = {},
): Buffer => {
  const pair = createECDH('prime256v1')
  if (own.key === undefined) pair.generateKeys()
  else pair.setPrivateKey(own.key)
  const publicKey = pair.getPublicKey()
  const salt = own.salt ?? randomBytes(16)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, publicKey])
  const ikm = hkdf(auth, pair.computeSecret(p256dh), info, 32)
  const key = hkdf(salt, ikm, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = hkdf(salt, ikm, 'Content-Encoding: nonce\0', 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  // One record, the last: its end is marked with a 2.
  const sealed = Buffer.concat([cipher.update(plain), cipher.update(Buffer.from([2])), cipher.final()])
  const head = Buffer.alloc(21)
  salt.copy(head)
  head.writeUInt32BE(4096, 16)
  head.writeUInt8(publicKey.length, 20)
  return Buffer.concat([head, publicKey, sealed, cipher.getAuthTag()])
}

export interface Vapid {
  /** What browsers subscribe with, base64url. */
  readonly publicKey: string
  /** The value of the Authorization header for one push service. */
  header(origin: string, nowMs: number): string
}

/** Order of P-256. */
const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')

/** One key pair an installation, from its secret: kept, copied and backed up with it, alike in every process. */
const pairOf = (secret: Buffer): { key: KeyObject; publicKey: string } => {
  const wide = Buffer.from(hkdfSync('sha256', secret, 'mburoja', 'vapid', 48))
  const scalar = (BigInt(`0x${wide.toString('hex')}`) % (order - 1n)) + 1n
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex'))
  const point = pair.getPublicKey()
  const part = (from: number, to: number) => point.subarray(from, to).toString('base64url')
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: part(1, 33),
      y: part(33, 65),
      d: pair.getPrivateKey().toString('base64url').padStart(43, 'A'),
    },
  })
  return { key, publicKey: point.toString('base64url') }
}

const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** `subject`: whom the push service may write to, `mailto:` or `https:`. */
export const vapidOf = (secret: Buffer, subject: string): Vapid => {
  const { key, publicKey } = pairOf(secret)
  return {
    publicKey,
    header: (origin, nowMs) => {
      const claims = { aud: origin, exp: Math.floor(nowMs / 1000) + 12 * 3600, sub: subject }
      const said = `${json({ typ: 'JWT', alg: 'ES256' })}.${json(claims)}`
      const signature = sign('sha256', Buffer.from(said), { key, dsaEncoding: 'ieee-p1363' })
      return `vapid t=${said}.${signature.toString('base64url')}, k=${publicKey}`
    },
  }
}
