/** Child victims: the State Agency's queue, and the list by codes that it and the Responsible Authority exchange once a year. */
import type { Uuid } from '#domain/core.ts'
import { decideReceiveList, decideSendList } from '#domain/exchange/decide.ts'
import { readsChildLists } from '#domain/exchange/policy.ts'
import * as wire from '#wire/exchange.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { type CommandHandler, command, done, refused } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { tell } from '../notice/store.ts'
import { forbidden, notFound } from '../problem.ts'

/** As the reader sees the files: both readers see every child's. */
const listChildVictims = endpoint({
  method: 'GET',
  url: '/api/exchange/children',
  wire: wire.ListChildVictims,
  handle: async (tx, { query }) => {
    if (!readsChildLists(tx.actor)) throw forbidden()
    const after = readCursor(query.cursor)
    const rows = await tx.sql<wire.ChildVictim>(
      `select f.id, f.code, c.id as "caseId", c.code as "caseCode", f.status, f.phase, f.forms, f.structure, u.name_sq as unit, f.municipality,
         f.opened_at as "openedAt", f.status_at as "statusAt",
         case when t.id is not null then jsonb_build_object('to', t.name, 'status', t.status, 'at', t.at) end as transfer
       from nrm_file f join case_file c on c.id = f.case_id join unit u on u.id = f.unit_id
         left join lateral (select t.id, t.status, v.name_sq as name, to_char(coalesce(t.answered_at, t.requested_at) at time zone 'UTC',
             'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
           from transfer t join unit v on v.id = t.to_unit_id where t.case_id = f.case_id order by t.requested_at desc limit 1) t on true
       where f.subject = 'child' and not f.lowered and ($4::text is null or t.id is not null)
         and ($1::timestamptz is null or (f.opened_at, f.id) < ($1, $2::uuid)) order by f.opened_at desc, f.id desc limit $3`,
      [after?.at ?? null, after?.id ?? null, query.limit + 1, query.transferred ?? null],
    )
    const items = rows.slice(0, query.limit)
    recordAccess(tx, { act: 'list', kind: 'nrm_file', ids: items.map((row) => row.id), tier: 'T2' })
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.openedAt, last.id) : null,
    }
  },
})

const listLists = endpoint({
  method: 'GET',
  url: '/api/exchange/child-lists',
  wire: wire.ListChildLists,
  handle: async (tx, { query }) => {
    if (!readsChildLists(tx.actor)) throw forbidden()
    const after = readCursor(query.cursor)
    const rows = await tx.sql<wire.ChildList>(
      `select l.id, l.version, l.year, l.sent_at as "sentAt", s.display_name as "sentBy", l.count, l.received_at as "receivedAt",
         r.display_name as "receivedBy", l.their_count as "theirCount", l.codes
       from child_list l join app_user s on s.id = l.sent_by left join app_user r on r.id = l.received_by
       where $1::timestamptz is null or (l.sent_at, l.id) < ($1, $2::uuid) order by l.sent_at desc, l.id desc limit $3`,
      [after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    recordAccess(tx, { act: 'list', kind: 'child_list', ids: items.map((row) => row.id), tier: 'T2' })
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.sentAt, last.id) : null,
    }
  },
})

const send = command('child_list.send', wire.SendChildList, async (tx, { recordId, body }) => {
  if (!readsChildLists(tx.actor)) throw forbidden()
  const rows = await tx.sql<{ code: string }>(
    `select f.code from nrm_file f where f.subject = 'child' and not f.lowered
       and extract(year from f.opened_at at time zone 'Europe/Tirane') = $1 order by f.code limit 5001`,
    [body.year],
  )
  const codes = rows.map((row) => row.code)
  const decision = decideSendList(body.year, codes, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'child_list', id: recordId, version: 0 }, decision.events)
  await tx.sql(
    'insert into child_list (id, version, year, sent_by, sent_unit, sent_at, codes, count) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [recordId, version, body.year, tx.actor.userId, tx.actor.unitId, tx.now, codes, codes.length],
  )
  recordAccess(tx, { act: 'export', kind: 'child_list', ids: [recordId], tier: 'T2' })
  for (const { id } of await tx.sql<{ id: Uuid }>(
    "select id from unit where kind = 'state_agency' and active",
  ))
    await tell(tx, {
      unitId: id,
      code: 'child_list_sent',
      recordKind: 'child_list',
      recordId,
      label: String(body.year),
    })
  return done({ recordId, version, reply: { count: codes.length } })
})

const receiveList = command('child_list.receive', wire.ReceiveChildList, async (tx, { recordId, body }) => {
  if (!readsChildLists(tx.actor)) throw notFound()
  const [row] = await tx.sql<{ version: number; count: number; received: boolean }>(
    'select version, count, received_at is not null as received from child_list where id = $1',
    [recordId],
  )
  if (row === undefined) throw notFound()
  const decision = decideReceiveList(row, body.count, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'child_list', id: recordId, version: row.version },
    decision.events,
  )
  await tx.sql(
    'update child_list set version = $2, received_by = $3, received_at = $4, their_count = $5 where id = $1',
    [recordId, version, tx.actor.userId, tx.now, body.count],
  )
  return done({ recordId, version, reply: { difference: body.count - row.count } })
})

export const listEndpoints: readonly Endpoint[] = [listChildVictims, listLists]
export const listCommands: readonly CommandHandler[] = [send, receiveList]
