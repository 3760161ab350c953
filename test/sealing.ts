/** Sealed values as the application writes them, for tests that put rows in by hand. The secret is the harness's. */
import { createHash } from 'node:crypto'
import type { Json } from '#domain/core.ts'
import { type Place, sealBytes } from '#server/sealing/index.ts'
import { ringOf } from '#server/sealing/ring.ts'

const ring = ringOf(Buffer.alloc(32, 7))

export const planted = (
  place: Place,
  value: Json,
): { readonly keySql: string; readonly json: string; readonly bytea: string } => {
  const { kind, id } = place.record
  const key = createHash('sha256').update(`${kind} ${id}`).digest()
  const { wrapping, wrapped } = ring.wrap(`${kind} ${id}`, key)
  const sealed = sealBytes(key, place, value)
  return {
    keySql: `insert into record_key (kind, record_id, wrapping_key, wrapped, made_at)
      values ('${kind}', '${id}', '${wrapping}', '\\x${wrapped.toString('hex')}', now()) on conflict do nothing`,
    json: `'${JSON.stringify({ sealed: sealed.toString('base64') })}'`,
    bytea: `'\\x${sealed.toString('hex')}'`,
  }
}
