/** Orders as their two sides read them: who asked, and who keeps the file. */
import type { Uuid } from '#domain/core.ts'
import { orderActionsOf } from '#domain/justice/order.ts'
import type { OrderView } from '#wire/justice.ts'
import { openBytes } from '../sealing/index.ts'
import { findKey } from '../sealing/keys.ts'
import type { Tx } from '../tx.ts'
import { extractPlace, type OrderRow, orderColumns } from './orders.ts'

/** Orders that the reader sees: of the proceeding by who asked, of a file by who keeps it. */
export const ordersWhere = async (tx: Tx, where: string, value: Uuid): Promise<OrderView[]> => {
  const rows = await tx.sql<
    OrderRow & {
      proceeding: string | null
      pseudonym: string | null
      askedAt: string
      words: string
      opinion: string | null
      refusal: string | null
      sealed: Buffer | null
    }
  >(
    `select ${orderColumns}, o.asked_at as "askedAt", n.words, n.opinion, n.refusal, s.sealed,
       (select p.code from proceeding p where p.id = o.proceeding_id) as proceeding,
       (select v.pseudonym from proceeding_victim v where v.id = o.victim_id) as pseudonym
     from proceeding_order o join proceeding_order_named n on n.id = o.id left join proceeding_order_sensitive s on s.id = o.id
     where ${where} order by o.asked_at desc, o.id desc limit 50`,
    [value],
  )
  return Promise.all(
    rows.map(async ({ sealed, ...row }) => {
      const place = extractPlace(row.id)
      const given = sealed === null ? null : openBytes(await findKey(tx, place.record), place, sealed)
      return {
        id: row.id,
        version: row.version,
        code: row.code,
        proceeding: row.proceeding,
        pseudonym: row.pseudonym ?? '',
        authority: row.authority,
        article: row.article,
        asked: [...row.asked],
        allowed: [...row.allowed],
        courtOrder: row.courtOrder,
        state: row.state,
        askedAt: row.askedAt,
        words: row.words,
        opinion: row.opinion,
        refusal: row.refusal,
        given: given as OrderView['given'],
        actions: [...orderActionsOf(tx.actor, row, row.keeps)],
      }
    }),
  )
}
