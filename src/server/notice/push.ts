/** Pushing to browsers through their makers' services: sealed, and only to hosts and addresses that are really theirs. */
import { lookup as ask } from 'node:dns'
import { request } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { mayPushTo } from '#domain/notice/address.ts'
import type { DeliveryFault } from '#domain/notice/delivery.ts'
import type { PushText } from './message.ts'
import { type Subscription, sealFor, type Vapid } from './push-seal.ts'

export interface PushDevice extends Subscription {
  readonly endpoint: string
}
export interface PushSender {
  readonly publicKey: string
  readonly hosts: readonly string[]
  /** Null: taken by the push service. */
  send(device: PushDevice, text: PushText, urgent: boolean): Promise<DeliveryFault | null>
}

/** Answers the status of one POST; throws where nobody answered. */
export type Post = (url: URL, headers: Readonly<Record<string, string>>, body: Buffer) => Promise<number>

// A list each: one list would hold v4 addresses against the v6 nets that wrap them.
const inside4 = new BlockList()
const inside6 = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside4.addSubnet(net, bits)
// Everything but global unicast, and what wraps a v4 address in it.
for (const [net, bits] of [
  ['::', 3],
  ['2001::', 32],
  ['2002::', 16],
  ['4000::', 2],
  ['8000::', 1],
] as const)
  inside6.addSubnet(net, bits, 'ipv6')

/** An address of the public internet: not of this machine, its network, or a cloud's own. */
export const isOutside = (address: string): boolean => {
  const family = isIP(address)
  if (family === 4) return !inside4.check(address)
  return family === 6 && !inside6.check(address, 'ipv6')
}

/** What the name resolves to is judged and then used, so that a second answer cannot lead elsewhere. */
export const outsideOnly: LookupFunction = (host, options, done) =>
  ask(host, { ...options, all: true }, (error, found) => {
    if (error !== null) return done(error, '')
    const [first] = found
    if (first === undefined || !found.every(({ address }) => isOutside(address)))
      return done(Object.assign(new Error('an address inside'), { code: 'EINSIDE' }), '')
    return options.all === true ? done(null, found) : done(null, first.address, first.family)
  })

/** Follows no redirect, waits ten seconds, reads nothing of the answer but its status. */
export const postOutside: Post = (url, headers, body) =>
  new Promise((resolve, reject) => {
    if (isIP(url.hostname.replaceAll(/[[\]]/g, '')) !== 0) {
      reject(new Error('an address, not a host'))
      return
    }
    const sent = request(
      url,
      { method: 'POST', headers, lookup: outsideOnly, timeout: 10_000, agent: false },
      (answer) => {
        resolve(answer.statusCode ?? 0)
        answer.destroy()
      },
    )
    sent.once('timeout', () => sent.destroy(new Error('nobody answered in time')))
    sent.once('error', reject)
    sent.end(body)
  })

const faultOf = (status: number): DeliveryFault | null => {
  if (status >= 200 && status < 300) return null
  if (status === 404 || status === 410) return 'push_gone'
  return status === 429 || status >= 500 ? 'push_later' : 'push_refused'
}

/** Kept by the service at most this long for a browser that is switched off. */
const keptSeconds = 12 * 3600

export const pushSender = (
  vapid: Vapid,
  hosts: readonly string[],
  clock: () => string,
  post: Post = postOutside,
): PushSender => ({
  publicKey: vapid.publicKey,
  hosts,
  send: async (device, text, urgent) => {
    const url = URL.parse(device.endpoint)
    if (url === null || !mayPushTo(url, hosts)) return 'push_host'
    let body: Buffer
    try {
      body = sealFor(device, Buffer.from(JSON.stringify(text)))
    } catch {
      // Its key is no key.
      return 'push_refused'
    }
    try {
      const status = await post(
        url,
        {
          authorization: vapid.header(url.origin, Date.parse(clock())),
          'content-encoding': 'aes128gcm',
          'content-type': 'application/octet-stream',
          'content-length': String(body.length),
          ttl: String(keptSeconds),
          urgency: urgent ? 'high' : 'normal',
        },
        body,
      )
      return faultOf(status)
    } catch {
      return 'push_unreachable'
    }
  },
})
