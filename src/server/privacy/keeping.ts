/** What is kept, held and erased: rules, holds, orders, and the worker that carries them out. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import {
  decideLiftHold,
  decideOrderErasure,
  decidePlaceHold,
  decideWithdrawErasure,
} from '#domain/privacy/register.ts'
import {
  type Hold,
  HoldList,
  LiftHold,
  OrderErasure,
  PlaceHold,
  Retention,
  StateQuery,
  WithdrawErasure,
} from '#wire/privacy.ts'
import { append } from '../append.ts'
import { type CommandHandler, command, done, refused } from '../command.ts'
import type { Context } from '../context.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { Fault } from '../fault.ts'
import { forbidden, notFound } from '../problem.ts'
import { erase } from '../retention/erase.ts'
import { systemTx, type Tx, type WriteTx } from '../tx.ts'
import { privacyLaw, retentionRules } from './law.ts'
import { findFile, recordPrivacy, wordsSql } from './store.ts'

const placeHold = command('privacy.place_hold', PlaceHold, async (tx, cmd) => {
  const { body } = cmd
  if (tx.actor.role !== 'dpo') return refused({ code: 'not_allowed' })
  const far = await findFile(tx, body.caseCode)
  if (far === null) return refused({ code: 'access_case_unknown', field: 'caseCode' })
  const decision = decidePlaceHold(
    { recordKind: far.kind, recordId: far.id, label: far.code },
    body,
    tiranaDay(tx.now),
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'legal_hold', id: cmd.recordId, version: 0 },
    decision.events,
  )
  await tx.sql(
    `insert into legal_hold (id, version, record_kind, record_id, label, ground, placed_by, placed_at, until)
     values ($1, $2, $9, $3, $4, $5, $6, $7, $8)`,
    [cmd.recordId, version, far.id, far.code, body.ground, tx.actor.userId, tx.now, body.until, far.kind],
  )
  return done({ recordId: cmd.recordId, version })
})

const liftHold = command('privacy.lift_hold', LiftHold, async (tx, cmd) => {
  const [hold] = await tx.sql<{ version: number; liftedAt: Instant | null }>(
    'select version, lifted_at as "liftedAt" from legal_hold where id = $1 for update',
    [cmd.recordId],
  )
  if (hold === undefined) throw notFound()
  const decision = decideLiftHold(hold, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'legal_hold', id: cmd.recordId, version: hold.version },
    decision.events,
  )
  await tx.sql('update legal_hold set version = $2, lifted_by = $3, lifted_at = $4 where id = $1', [
    cmd.recordId,
    version,
    tx.actor.userId,
    tx.now,
  ])
  return done({ recordId: cmd.recordId, version })
})

interface DueRow {
  readonly rule: string
  readonly kind: 'case_file' | 'report' | 'data_request' | 'nrm_file' | 'self_report'
  readonly id: Uuid
  readonly label: string
  readonly ended_on: Day
  readonly due_on: Day
  readonly hold: boolean
  readonly order_id: Uuid | null
  readonly execute_after: Instant | null
}
const MOST = 200
const dueNow = (tx: Tx, limit: number): Promise<DueRow[]> =>
  tx.sql<DueRow>('select * from retention_due($1, $2, $3)', [
    JSON.stringify(retentionRules.map(({ code, years, age }) => ({ code, years, age }))),
    tiranaDay(tx.now),
    limit,
  ])

const orderErasure = command('privacy.order_erasure', OrderErasure, async (tx, cmd) => {
  if (tx.actor.role !== 'dpo') return refused({ code: 'not_allowed' })
  const row = (await dueNow(tx, 100_000)).find(
    (one) => one.kind === cmd.body.kind && one.id === cmd.body.id.toLowerCase(),
  )
  const due =
    row === undefined
      ? null
      : {
          rule: row.rule,
          kind: row.kind,
          id: row.id,
          dueOn: row.due_on,
          hold: row.hold,
          ordered: row.order_id !== null,
        }
  const decision = decideOrderErasure(due, privacyLaw, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { facts } = decision.events[0]!
  const version = await recordPrivacy(
    tx,
    { kind: 'erasure_order', id: cmd.recordId, version: 0 },
    decision.events,
  )
  await tx.sql(
    `insert into erasure_order (id, version, record_kind, record_id, label, rule, ordered_by, ordered_at, due_on, execute_after, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'ORDERED')`,
    [
      cmd.recordId,
      version,
      facts.recordKind,
      facts.recordId,
      row?.label ?? '',
      facts.rule,
      tx.actor.userId,
      tx.now,
      facts.dueOn,
      facts.executeAfter,
    ],
  )
  return done({ recordId: cmd.recordId, version, reply: { executeAfter: facts.executeAfter } })
})

const lockOrder = async (tx: WriteTx, id: Uuid): Promise<{ version: number; state: string }> => {
  const [row] = await tx.sql<{ version: number; state: string }>(
    'select version, state from erasure_order where id = $1 for update',
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}
const withdrawErasure = command('privacy.withdraw_erasure', WithdrawErasure, async (tx, cmd) => {
  const order = await lockOrder(tx, cmd.recordId)
  const decision = decideWithdrawErasure(order, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'erasure_order', id: cmd.recordId, version: order.version },
    decision.events,
  )
  await tx.sql("update erasure_order set version = $2, state = 'WITHDRAWN', ended_at = $3 where id = $1", [
    cmd.recordId,
    version,
    tx.now,
  ])
  return done({ recordId: cmd.recordId, version })
})

const readRetention = endpoint({
  method: 'GET',
  url: '/api/privacy/retention',
  wire: {
    summary: 'How long each kind of record is kept and by which source, and what is due: codes and days only',
    reply: Retention,
  },
  handle: async (tx) => {
    if (tx.actor.role !== 'dpo') throw forbidden()
    const [rows, orders, done] = await Promise.all([
      dueNow(tx, MOST + 1),
      tx.sql<{ id: Uuid; version: number }>("select id, version from erasure_order where state = 'ORDERED'"),
      tx.sql<{ n: number }>("select count(*)::int as n from erasure_order where state = 'DONE'"),
    ])
    const versions = new Map(orders.map((order) => [order.id, order.version]))
    return {
      rules: retentionRules,
      due: rows.slice(0, MOST).map((row) => ({
        rule: row.rule,
        kind: row.kind,
        id: row.id,
        label: row.label,
        endedOn: row.ended_on,
        dueOn: row.due_on,
        hold: row.hold,
        order:
          row.order_id === null || row.execute_after === null
            ? null
            : { id: row.order_id, version: versions.get(row.order_id) ?? 1, executeAfter: row.execute_after },
      })),
      more: rows.length > MOST,
      done: done[0]?.n ?? 0,
      waitingDays: privacyLaw.waitingDays,
    }
  },
})

const listHolds = endpoint({
  method: 'GET',
  url: '/api/privacy/holds',
  wire: {
    summary: 'Legal holds: what may not be erased, why and until when',
    query: StateQuery,
    reply: HoldList,
  },
  handle: async (tx, { query }) => {
    if (tx.actor.role !== 'dpo') throw forbidden()
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Hold>(
      `select h.id, h.version, h.record_kind as "recordKind", h.label, h.ground, u.display_name as "placedBy", h.placed_at as "placedAt",
         h.until, h.lifted_at as "liftedAt", h.lifted_at is null and (h.until is null or h.until >= $5::date) as live, ${wordsSql('h')}
       from legal_hold h join app_user u on u.id = h.placed_by
       where ($1::text is null or ($1 = 'open') = (h.lifted_at is null and (h.until is null or h.until >= $5::date)))
         and ($2::timestamptz is null or (h.placed_at, h.id) < ($2, $3::uuid)) order by h.placed_at desc, h.id desc limit $4`,
      [query.state ?? null, after?.at ?? null, after?.id ?? null, query.limit + 1, tiranaDay(tx.now)],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.placedAt, last.id) : null,
    }
  },
})

interface OrderRow {
  readonly id: Uuid
  readonly version: number
  readonly record_kind: 'case_file' | 'report' | 'data_request' | 'nrm_file' | 'self_report'
  readonly record_id: Uuid
  readonly rule: string
  readonly login: string | null
}
/**
 * Carry out the orders whose days of waiting are over. What is held meanwhile waits on; an order whose officer has left is carried out
 * by whoever is the officer then. Each in transactions of its own.
 */
export const carryOutErasures = async (ctx: Context): Promise<{ erased: number; waiting: number }> => {
  const orders = await systemTx(ctx, 'jobs', 'retention: orders whose time came', (tx) =>
    tx.sql<OrderRow>(
      `select o.id, o.version, o.record_kind, o.record_id, o.rule,
         coalesce((select u.login from app_user u where u.id = o.ordered_by and u.active),
           (select u.login from app_user u where u.role = 'dpo' and u.active order by u.login limit 1)) as login
       from erasure_order o where o.state = 'ORDERED' and o.execute_after <= $1 order by o.execute_after, o.id limit 50`,
      [tx.now],
    ),
  )
  let erased = 0
  for (const order of orders) {
    if (order.login === null) continue
    try {
      const gone = await erase(ctx, {
        kind: order.record_kind,
        id: order.record_id,
        rule: `retention ${order.rule}`,
        by: order.login,
      })
      await systemTx(ctx, 'jobs', 'retention: an order is carried out', async (tx) => {
        const version = await append(tx, { kind: 'erasure_order', id: order.id, version: order.version }, [
          { type: 'ErasureDone', v: 1, facts: { records: gone.records, parts: gone.parts } },
        ])
        await tx.sql('select erasure_done($1, $2, $3, $4, $5)', [
          order.id,
          version,
          gone.records,
          gone.parts,
          tx.now,
        ])
      })
      erased += 1
    } catch (error) {
      if (!(error instanceof Fault)) throw error
    }
  }
  return { erased, waiting: orders.length - erased }
}

export const keepingCommands: readonly CommandHandler[] = [placeHold, liftHold, orderErasure, withdrawErasure]
export const keepingEndpoints: readonly Endpoint[] = [readRetention, listHolds]
