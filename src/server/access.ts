import { createHmac } from 'node:crypto'
import type { Tier, Uuid } from '#domain/core.ts'
import type { Context } from './context.ts'
import { uuidv7 } from './ids.ts'
import type { Tx } from './tx.ts'

export interface Access {
  readonly act: 'read' | 'list' | 'search' | 'export' | 'refused' | 'break_glass'
  /** The noun's table name. */
  readonly kind: string
  /** One id for an opened file; all ids of a list or export in one row. */
  readonly ids?: readonly Uuid[]
  readonly tier?: Tier
  /** Keyed hash of what was searched (`hashTerm`); never the words. */
  readonly term?: Buffer
  /** Refusal or problem code. */
  readonly code?: string
}

/** Remember who looked, inside the reading transaction and before the reply: no record, no reply. */
export const recordAccess = (tx: Tx, access: Access): void => {
  const ids = access.ids ?? []
  const single = ids.length === 1 ? ids[0]! : null
  tx.later(
    `insert into access_record (id, at, actor_id, unit_id, role, act, kind, record_id, ids, tier, purpose, term_hash, code)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      uuidv7(),
      tx.now,
      tx.actor.userId,
      tx.actor.unitId,
      tx.actor.role,
      access.act,
      access.kind,
      single,
      single === null ? ids : [],
      access.tier ?? null,
      tx.actor.purpose,
      access.term ?? null,
      access.code ?? null,
    ],
  )
}

/**
 * The record of a list, written by the statement that reads it: an insert over `shown(ids, …)`, nothing where nothing was
 * shown. Its own values begin at `$first`; `tier` is SQL over the same row.
 */
export const listAccess = (first: number, tier: string): string => {
  const $ = (n: number): string => `$${first + n}`
  return `insert into access_record (id, at, actor_id, unit_id, role, act, kind, record_id, ids, tier, purpose)
    select ${$(0)}::uuid, ${$(1)}::timestamptz, ${$(2)}::uuid, ${$(3)}::uuid, ${$(4)}, 'list', ${$(5)},
      case when cardinality(ids) = 1 then ids[1] end, case when cardinality(ids) = 1 then '{}' else ids end, ${tier}, ${$(6)}
    from shown where ids is not null`
}

/** What `listAccess` takes, in its order. */
export const listAccessValues = (tx: Tx, kind: string): unknown[] => [
  uuidv7(),
  tx.now,
  tx.actor.userId,
  tx.actor.unitId,
  tx.actor.role,
  kind,
  tx.actor.purpose,
]

/** A search term as it may be remembered: equal terms are equal, nothing can be read back without the server's key. */
export const hashTerm = (ctx: Pick<Context, 'secret'>, term: string): Buffer =>
  createHmac('sha256', ctx.secret).update('search\n').update(term.normalize('NFKC').toLowerCase()).digest()
