/** Signed seals: over all chain heads as of a snapshot, and over the access records since the seal before. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Instant, Uuid } from '#domain/core.ts'
import type { Tx } from '../tx.ts'
import { type Broken, sha256 } from './chain.ts'

export interface CheckpointRow {
  id: number
  at: Instant
  snapshot: string
  events: number
  records: number
  heads_hash: Buffer
  access_until: Instant
  access_records: number
  access_hash: Buffer
  prev: Buffer
  key_id: string
  signature: Buffer
}

export const checkpointText = (row: Omit<CheckpointRow, 'id' | 'signature'>): string =>
  [
    'mburoja checkpoint 1',
    row.at,
    row.snapshot,
    row.events,
    row.records,
    row.heads_hash.toString('hex'),
    row.access_until,
    row.access_records,
    row.access_hash.toString('hex'),
    row.prev.toString('hex'),
    row.key_id,
  ].join('\n')

export const genesis = sha256('mburoja checkpoint genesis')

/** A key's name: the first half of its fingerprint. */
export const keyId = (key: KeyObject): string =>
  sha256(createPublicKey(key).export({ type: 'spki', format: 'der' }))
    .toString('hex')
    .slice(0, 32)

export const beginning = '1970-01-01T00:00:00.000Z'

export const allCheckpoints = (tx: Tx): Promise<CheckpointRow[]> =>
  tx.sql('select *, snapshot::text as snapshot from checkpoint order by id')

export interface AccessSeal {
  readonly count: number
  readonly hash: Buffer
}

export const sealAccess = async (tx: Tx, from: Instant, until: Instant): Promise<AccessSeal> => {
  const hash = createHash('sha256')
  let count = 0
  let at: { time: Instant; id: Uuid } = { time: from, id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }
  for (;;) {
    const rows = await tx.sql<{ id: Uuid; at: Instant; text: string }>(
      `select id, at, concat_ws(chr(9), id, (extract(epoch from at) * 1000)::bigint, coalesce(actor_id::text, '-'), coalesce(unit_id::text, '-'), coalesce(role, '-'), act, kind,
         coalesce(record_id::text, '-'), array_to_string(ids, ','), coalesce(tier, '-'), coalesce(purpose, '-'),
         coalesce(encode(term_hash, 'hex'), '-'), coalesce(code, '-')) as text
       from access_record where (at, id) > ($1, $2) and at <= $3 order by at, id limit 5000`,
      [at.time, at.id, until],
    )
    if (rows.length === 0) return { count, hash: hash.digest() }
    for (const row of rows) hash.update(`${row.text}\n`)
    count += rows.length
    const last = rows.at(-1)!
    at = { time: last.at, id: last.id }
  }
}

/** What is wrong with the seals themselves, if anything. */
export const checkpointFault = (rows: readonly CheckpointRow[], key: KeyObject): Broken | null => {
  let prev = genesis
  const publicKey = createPublicKey(key)
  for (const row of rows) {
    const text = checkpointText(row)
    const broken = (reason: string): Broken => ({ place: 'checkpoint', checkpoint: row.id, reason })
    if (!row.prev.equals(prev)) return broken('does not follow the seal before it')
    if (row.key_id !== keyId(key)) return broken(`was signed with another key, ${row.key_id}`)
    if (!verify(null, Buffer.from(text), publicKey, row.signature))
      return broken('its signature does not match')
    prev = sha256(text, row.signature)
  }
  return null
}
