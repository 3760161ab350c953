/**
 * A push service and the browsers behind it, as RFC 8030, 8188, 8291 and 8292 tell of them, on a real socket of this machine. It shares no
 * line with what is tested: it checks who signs (VAPID), for whom and until when, keeps what comes for its subscription, and each browser
 * opens that with its own keys. Like a real service it refuses what a real one would.
 */
import { createDecipheriv, createECDH, createVerify, type ECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Post } from '#server/notice/push.ts'

interface Browser {
  readonly endpoint: string
  readonly keys: ECDH
  readonly auth: Buffer
  /** The application server's key that the page subscribed with. */
  readonly serverKey: string
}
export interface Arrived {
  readonly endpoint: string
  readonly sealed: Buffer
  readonly text: { readonly title: string; readonly body: string; readonly path: string }
  readonly urgency: string
}

const raw = (text: string): Buffer => Buffer.from(text, 'base64url')
const derive = (salt: Buffer, from: Buffer, info: Buffer | string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', from, salt, info, length))

/** RFC 8188 with the keys of RFC 8291. */
const opened = (sealed: Buffer, { keys, auth }: Browser): Buffer => {
  const salt = sealed.subarray(0, 16)
  const recordSize = sealed.readUInt32BE(16)
  const idLength = sealed.readUInt8(20)
  const sender = sealed.subarray(21, 21 + idLength)
  const record = sealed.subarray(21 + idLength)
  if (idLength !== 65 || record.length > recordSize) throw new Error('not one record by a P-256 key')
  const info = Buffer.concat([Buffer.from('WebPush: info\0', 'latin1'), keys.getPublicKey(), sender])
  const secret = derive(auth, keys.computeSecret(sender), info, 32)
  const decipher = createDecipheriv(
    'aes-128-gcm',
    derive(salt, secret, 'Content-Encoding: aes128gcm\0', 16),
    derive(salt, secret, 'Content-Encoding: nonce\0', 12),
  )
  decipher.setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
  const end = padded.lastIndexOf(2)
  if (end === -1 || padded.subarray(end + 1).some((byte) => byte !== 0))
    throw new Error('no end of the last record')
  return padded.subarray(0, end)
}

/** Null: signed by the key that this browser's page subscribed with, for this service, for at most a day. */
const signatureFault = (
  authorization: string | undefined,
  origin: string,
  serverKey: string,
  nowMs: number,
): string | null => {
  const parts = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(authorization ?? '')
  if (parts === null) return 'no vapid'
  const [, head = '', claims = '', signature = '', key = ''] = parts
  if (key !== serverKey) return 'another key'
  const { alg } = JSON.parse(String(raw(head))) as { alg: string }
  const { aud, exp, sub } = JSON.parse(String(raw(claims))) as { aud: string; exp: number; sub: string }
  if (alg !== 'ES256') return 'algorithm'
  if (aud !== origin) return 'audience'
  if (exp * 1000 <= nowMs || exp * 1000 > nowMs + 86_400_000) return 'expiry'
  if (!/^(mailto:|https:)/.test(sub)) return 'subject'
  const point = raw(key)
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const good = createVerify('sha256')
    .update(`${head}.${claims}`)
    .verify({ key: jwk, format: 'jwk', dsaEncoding: 'ieee-p1363' }, raw(signature))
  return good ? null : 'signature'
}

export interface PushService {
  /** What came to which browser, opened there. */
  readonly arrived: readonly Arrived[]
  /** Why something was not taken. */
  readonly refused: readonly string[]
  /** A browser subscribes with the application's key: what its page hands over. */
  subscribe(serverKey: string): { endpoint: string; p256dh: string; auth: string }
  /** The answers to the next messages, whatever they are; then it serves again. */
  answer(...statuses: number[]): void
  /** The user took the permission back: 410 from now on. */
  unsubscribe(endpoint: string): void
  /** Carries a message that is meant for `origin` to this machine instead. */
  readonly post: Post
  close(): Promise<void>
}

export const openPushService = async (origin: string, clock: () => string): Promise<PushService> => {
  const browsers = new Map<string, Browser>()
  const gone = new Set<string>()
  const arrived: Arrived[] = []
  const refused: string[] = []
  const scripted: number[] = []
  const take = (path: string, headers: IncomingHttpHeaders, sealed: Buffer): number => {
    const endpoint = `${origin}${path}`
    const browser = browsers.get(endpoint)
    const planned = scripted.shift()
    if (planned !== undefined) return planned
    if (browser === undefined) return 404
    if (gone.has(endpoint)) return 410
    const why =
      signatureFault(headers.authorization, origin, browser.serverKey, Date.parse(clock())) ??
      (headers['content-encoding'] === 'aes128gcm' ? null : 'encoding') ??
      (/^\d+$/.test(String(headers.ttl)) ? null : 'no ttl')
    if (why !== null) {
      refused.push(why)
      return why === 'no ttl' || why === 'encoding' ? 400 : 403
    }
    if (sealed.length > 4096) return 413
    const text = JSON.parse(String(opened(sealed, browser))) as Arrived['text']
    arrived.push({ endpoint, sealed, text, urgency: String(headers.urgency) })
    return 201
  }
  const server = createServer((asked, answer) => {
    const chunks: Buffer[] = []
    asked.on('data', (chunk: Buffer) => chunks.push(chunk))
    asked.on('end', () => {
      let status: number
      try {
        status = asked.method === 'POST' ? take(asked.url ?? '', asked.headers, Buffer.concat(chunks)) : 405
      } catch (error) {
        refused.push(error instanceof Error ? error.message : 'fault')
        status = 400
      }
      answer.writeHead(status, status === 201 ? { location: `${origin}/m/1` } : {}).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    arrived,
    refused,
    subscribe: (serverKey) => {
      const keys = createECDH('prime256v1')
      keys.generateKeys()
      const auth = randomBytes(16)
      const endpoint = `${origin}/fcm/send/${randomBytes(18).toString('base64url')}`
      browsers.set(endpoint, { endpoint, keys, auth, serverKey })
      return { endpoint, p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') }
    },
    answer: (...statuses) => void scripted.push(...statuses),
    unsubscribe: (endpoint) => void gone.add(endpoint),
    post: (url, headers, body) =>
      new Promise((resolve, reject) => {
        if (url.origin !== origin) return reject(new Error('another service'))
        const sent = request(
          { host: '127.0.0.1', port, path: url.pathname, method: 'POST', headers },
          (reply) => {
            reply.resume()
            reply.once('end', () => resolve(reply.statusCode ?? 0))
          },
        )
        sent.once('error', reject)
        sent.end(body)
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
