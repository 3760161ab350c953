/** Unsent writing of one person; the table's policy lets nobody else near it. */
import type { Instant, Json, Uuid } from '#domain/core.ts'
import { DropDraft, ReadDraft, WriteDraft } from '#wire/draft.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { openBytes, type Place, sealBytes } from '../sealing/index.ts'
import { findKey, keyFor } from '../sealing/keys.ts'

/** One key for all that one person has not sent yet. */
export const draftPlace = (userId: Uuid, key: string): Place => ({
  record: { kind: 'draft', id: userId },
  tier: 'T4',
  at: userId,
  name: key,
})

const readDraft = endpoint({
  method: 'GET',
  url: '/api/drafts/{key}',
  wire: ReadDraft,
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<{ sealed: Buffer; updated_at: Instant }>(
      'select sealed, updated_at from draft where user_id = $1 and key = $2',
      [tx.actor.userId, params.key],
    )
    if (row === undefined) return { key: params.key, body: null, updatedAt: null }
    const place = draftPlace(tx.actor.userId, params.key)
    const body = openBytes(await findKey(tx, place.record), place, row.sealed) as Record<string, Json>
    return { key: params.key, body, updatedAt: row.updated_at }
  },
})

const writeDraft = endpoint({
  method: 'PUT',
  url: '/api/drafts/{key}',
  wire: WriteDraft,
  handle: async (tx, { params, body }) => {
    const place = draftPlace(tx.actor.userId, params.key)
    const sealed = sealBytes(await keyFor(tx, place.record), place, body.body as Json)
    await tx.sql(
      `insert into draft (user_id, key, sealed, updated_at) values ($1, $2, $3, $4)
       on conflict (user_id, key) do update set sealed = excluded.sealed, updated_at = excluded.updated_at`,
      [tx.actor.userId, params.key, sealed, tx.now],
    )
    return { key: params.key, updatedAt: tx.now }
  },
})

const dropDraft = endpoint({
  method: 'DELETE',
  url: '/api/drafts/{key}',
  wire: DropDraft,
  handle: async (tx, { params }) => {
    await tx.sql('delete from draft where user_id = $1 and key = $2', [tx.actor.userId, params.key])
    return { key: params.key }
  },
})

export const draftEndpoints: readonly Endpoint[] = [readDraft, writeDraft, dropDraft]
