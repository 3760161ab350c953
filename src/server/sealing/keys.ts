/**
 * One data key a record, opened at most once in a transaction and forgotten with it. A record is one child's, one
 * reporter's, one tip's: no key opens the values of two, and erasing a record destroys exactly its key (ADR 9).
 */
import { randomBytes } from 'node:crypto'
import type { Uuid } from '#domain/core.ts'
import type { CountryKeys } from '../packet/keys.ts'
import { stale } from '../problem.ts'
import type { Tx } from '../tx.ts'
import type { Ring } from './ring.ts'

export interface RecordName {
  readonly kind: string
  readonly id: Uuid
}

/** What a transaction holds of keys. */
export interface OpenKeys {
  readonly ring: Ring
  readonly opened: Map<string, Buffer>
  /** The country's own towards other countries: signs what leaves, opens what comes. */
  readonly country: CountryKeys
}

type KeyTx = Pick<Tx, 'sql' | 'later' | 'keys' | 'now'>

const ownerOf = ({ kind, id }: RecordName): string => `${kind} ${id}`

const insert = `insert into record_key (kind, record_id, wrapping_key, wrapped, made_at) values ($1, $2, $3, $4, $5)`
const valuesFor = (tx: KeyTx, record: RecordName, key: Buffer): unknown[] => {
  const { wrapping, wrapped } = tx.keys.ring.wrap(ownerOf(record), key)
  return [record.kind, record.id, wrapping, wrapped, tx.now]
}

/** The key that stands, or null: never made, or destroyed with the record's values. */
export const findKey = async (tx: KeyTx, record: RecordName): Promise<Buffer | null> => {
  const owner = ownerOf(record)
  const known = tx.keys.opened.get(owner)
  if (known !== undefined) return known
  const [row] = await tx.sql<{ wrapping: string; wrapped: Buffer }>(
    'select wrapping_key as wrapping, wrapped from record_key where kind = $1 and record_id = $2',
    [record.kind, record.id],
  )
  if (row === undefined) return null
  const key = tx.keys.ring.unwrap(owner, row)
  tx.keys.opened.set(owner, key)
  return key
}

/**
 * For a record that begins in this transaction. Nothing is asked of the database: call `keep` once the record's chain has
 * begun, which proves that the record, and so its key, is new.
 */
export const newKey = (tx: KeyTx, record: RecordName): { readonly key: Buffer; keep(): void } => {
  const owner = ownerOf(record)
  const known = tx.keys.opened.get(owner)
  if (known !== undefined) return { key: known, keep: () => {} }
  const key = randomBytes(32)
  const values = valuesFor(tx, record, key)
  tx.keys.opened.set(owner, key)
  return { key, keep: () => tx.later(insert, values) }
}

/** The record's key, made when it has none. Another transaction that makes it at the same time gives it to both. */
export const keyFor = async (tx: KeyTx, record: RecordName): Promise<Buffer> => {
  const found = await findKey(tx, record)
  if (found !== null) return found
  const key = randomBytes(32)
  const made = await tx.sql(
    `${insert} on conflict do nothing returning record_id`,
    valuesFor(tx, record, key),
  )
  if (made.length === 0) {
    const other = await findKey(tx, record)
    if (other === null) throw stale([])
    return other
  }
  tx.keys.opened.set(ownerOf(record), key)
  return key
}

/** A key that this transaction has opened or made before. */
export const openedKey = (tx: Pick<Tx, 'keys'>, record: RecordName): Buffer => {
  const key = tx.keys.opened.get(ownerOf(record))
  if (key === undefined) throw new Error(`the key of this ${record.kind} was not opened`)
  return key
}
