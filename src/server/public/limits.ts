/**
 * How often one place may send, and everybody together. Kept in memory only, under a hash keyed with a secret that
 * dies with the process: nothing about where a reporter sat is ever written down. Many people may share one address
 * (a school, a mobile network), so the numbers are wide; a full house refuses kindly and names the telephone.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { isIPv6 } from 'node:net'

export interface Limit {
  readonly perAddress: number
  readonly together: number
  /** Milliseconds after which the count begins anew. */
  readonly window: number
}

export interface Limits {
  readonly send: Limit
  /** Complaints, apart: a flood of them must not close the door for a child in danger. */
  readonly complain: Limit
  readonly look: Limit
}

const hour = 3_600_000
export const defaultLimits: Limits = {
  send: { perAddress: 20, together: 600, window: hour },
  complain: { perAddress: 10, together: 200, window: hour },
  look: { perAddress: 30, together: 3_000, window: hour / 6 },
}

export interface Limiter {
  /** Null when it may go on; otherwise the whole minutes to wait. Counts the attempt unless it is refused. */
  readonly wait: (act: keyof Limits, address: string) => number | null
}

/** One household or office: an address of version 4, the first half of one of version 6, of which each has as many as it likes. */
const placeOf = (address: string): string => {
  if (!isIPv6(address) || address.includes('.')) return address
  const [left = '', right] = address.split('::')
  const groups = (text: string): string[] => text.split(':').filter(Boolean)
  const [head, tail] = [groups(left), groups(right ?? '')]
  const zeros = right === undefined ? [] : Array<string>(8 - head.length - tail.length).fill('0')
  return [...head, ...zeros, ...tail]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/** Addresses counted at once; about four megabytes. */
const most = 20_000

interface Count {
  begun: number
  times: number
}

export const limiter = (limits: Limits, now: () => number): Limiter => {
  const key = randomBytes(32)
  const counts = new Map<string, Count>()

  /** A flood of addresses must not fill the memory: the older half goes; the common counts stay. */
  const sweep = (): void => {
    if (counts.size < most) return
    const single = [...counts.keys()].filter((name) => !name.endsWith(':*'))
    for (const name of single.slice(0, most / 2)) counts.delete(name)
  }

  const countOf = (name: string, window: number): Count => {
    const known = counts.get(name)
    if (known !== undefined && now() - known.begun < window) return known
    const fresh = { begun: now(), times: 0 }
    counts.delete(name)
    counts.set(name, fresh)
    return fresh
  }

  return {
    wait(act, address) {
      sweep()
      const { perAddress, together, window } = limits[act]
      const hash = createHmac('sha256', key).update(placeOf(address)).digest('base64')
      const full = [
        [countOf(`${act}:${hash}`, window), perAddress] as const,
        [countOf(`${act}:*`, window), together] as const,
      ]
      const waits = full
        .filter(([count, allowed]) => count.times >= allowed)
        .map(([count]) => count.begun + window - now())
      if (waits.length > 0) return Math.max(1, Math.ceil(Math.max(...waits) / 60_000))
      for (const [count] of full) count.times += 1
      return null
    },
  }
}
