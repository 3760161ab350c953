/** Unsent writing of one person; the table's policy lets nobody else near it. */
import type { Instant, Json } from '#domain/core.ts'
import { DropDraft, ReadDraft, WriteDraft } from '#wire/draft.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'

const readDraft = endpoint({
  method: 'GET',
  url: '/api/drafts/{key}',
  wire: ReadDraft,
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<{ body: Record<string, Json>; updated_at: Instant }>(
      'select body, updated_at from draft where user_id = $1 and key = $2',
      [tx.actor.userId, params.key],
    )
    return { key: params.key, body: row?.body ?? null, updatedAt: row?.updated_at ?? null }
  },
})

const writeDraft = endpoint({
  method: 'PUT',
  url: '/api/drafts/{key}',
  wire: WriteDraft,
  handle: async (tx, { params, body }) => {
    await tx.sql(
      `insert into draft (user_id, key, body, updated_at) values ($1, $2, $3, $4)
       on conflict (user_id, key) do update set body = excluded.body, updated_at = excluded.updated_at`,
      [tx.actor.userId, params.key, JSON.stringify(body.body), tx.now],
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
