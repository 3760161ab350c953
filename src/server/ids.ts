import { createHash, randomFillSync } from 'node:crypto'
import type { Uuid } from '#domain/core.ts'

// Random bytes are drawn for 256 ids at a time: one call to the system instead of 256.
const pool = Buffer.alloc(16 * 256)
let used = pool.length

const random16 = (): Buffer => {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 16
  return Buffer.from(pool.subarray(used - 16, used))
}

/** A time-ordered UUIDv7 (RFC 9562); PostgreSQL 15 has no function for it. */
export const uuidv7 = (now: number = Date.now()): Uuid => {
  const bytes = random16()
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/**
 * The same id for the same words, in every installation and each time. The version digit says nothing to anybody (UUIDv8,
 * RFC 9562); who once wrote another keeps it, for its ids are in databases.
 */
export const derivedId = (words: string, version: 4 | 5 | 8 = 8): Uuid => {
  const hex = createHash('sha256').update(words).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
