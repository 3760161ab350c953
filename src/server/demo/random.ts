import { createHash } from 'node:crypto'
import type { Uuid } from '#domain/core.ts'

/** A small seeded source of chance (mulberry32): the demo country is the same each time it is made. */
export interface Chance {
  /** 0 ≤ x < 1. */
  next(): number
  /** Whole number from `lo` to `hi`, both included. */
  int(lo: number, hi: number): number
  pick<T>(from: readonly T[]): T
  yes(share: number): boolean
}

export const chance = (seed: number): Chance => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (lo: number, hi: number): number => lo + Math.floor(next() * (hi - lo + 1))
  return {
    next,
    int,
    pick: (from) => from[int(0, from.length - 1)]!,
    yes: (share) => next() < share,
  }
}

/** UUIDv7 of the moment in the story, its other bits from a text: the same text, the same id. */
export const idOf = (text: string, atMs: number): Uuid => {
  const h = createHash('sha256').update(text).digest('hex')
  const time = Math.max(0, Math.round(atMs)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${h.slice(0, 3)}-8${h.slice(3, 6)}-${h.slice(6, 18)}`
}
