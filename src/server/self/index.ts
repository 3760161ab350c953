/** Adults who write for themselves: received without signing in, answered by the regional social service of the county. */
import type { z } from 'zod'
import type { Instant, Uuid } from '#domain/core.ts'
import { decideCloseSelf, decideReceiveSelf, decideTakeSelf, type SelfState } from '#domain/self/report.ts'
import { CloseSelf, ListSelf, SelfReport, TakeSelf } from '#wire/self.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { tell } from '../notice/store.ts'
import { officeOf } from '../nrm/store.ts'
import { notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'

const PublicSelf = SelfReport.extend({ receiptHash: SelfReport.shape.name })
const label = (id: Uuid): string => `V-${id.slice(-8).toUpperCase()}`

/** For the public's door alone: it is in no list of commands that staff may send. */
export const receiveSelf = command('self_report.receive', PublicSelf, async (tx, { recordId, body }) => {
  const { receiptHash, ...told } = body
  const [place] =
    told.municipality === null
      ? []
      : await tx.sql<{ county: string }>('select county from municipality where code = $1', [
          told.municipality,
        ])
  const county = place?.county ?? null
  // An office of no county is asked for, so that the Responsible Authority answers where the place is not told.
  const unitId = await officeOf(tx, county ?? '')
  const decision = decideReceiveSelf(
    { ...told, municipality: place === undefined ? null : told.municipality },
    { unitId, county },
  )
  if (!decision.ok) return refused(decision.refusal)
  const { facts } = decision.events[0]!
  const version = await append(tx, { kind: 'self_report', id: recordId, version: 0 }, decision.events)
  tx.later(
    `insert into self_report (id, version, state, danger, language, municipality, county, unit_id, received_at, code_hash)
     values ($1, $2, 'NEW', $3, $4, $5, $6, $7, $8, $9)`,
    [
      recordId,
      version,
      facts.danger,
      facts.language,
      facts.municipality,
      facts.county,
      facts.unitId,
      tx.stamp.now,
      Buffer.from(receiptHash, 'hex'),
    ],
  )
  tx.later(
    'insert into self_report_named (id, name, story, place, contact, safe) values ($1, $2, $3, $4, $5, $6)',
    [
      recordId,
      ...[told.name, told.story, told.place, told.contact, told.safe].map((one) => one.trim() || null),
    ],
  )
  await tell(tx, {
    unitId: facts.unitId,
    code: 'self_report_came',
    recordKind: 'self_report',
    recordId,
    label: label(recordId),
  })
  return done({ recordId, version })
})

const lock = async (
  tx: WriteTx,
  id: Uuid,
): Promise<{ readonly version: number; readonly state: SelfState }> => {
  const [row] = await tx.sql<{ version: number; state: SelfState }>(
    'select version, state from self_report where id = $1 for update',
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}

const take = command('self_report.take', TakeSelf, async (tx, cmd) => {
  const row = await lock(tx, cmd.recordId)
  const decision = decideTakeSelf(row.state, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'self_report', id: cmd.recordId, version: row.version },
    decision.events,
  )
  tx.later(
    "update self_report set version = $2, state = 'TAKEN', taken_by = $3, taken_at = $4 where id = $1",
    [cmd.recordId, version, tx.actor.userId, tx.stamp.now],
  )
  return done({ recordId: cmd.recordId, version })
})

const close = command('self_report.close', CloseSelf, async (tx, cmd) => {
  const row = await lock(tx, cmd.recordId)
  await mustBeFresh(tx, 'self_report', cmd, ['state'])
  const decision = decideCloseSelf(row.state, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'self_report', id: cmd.recordId, version: row.version },
    decision.events,
  )
  tx.later(
    "update self_report set version = $2, state = 'CLOSED', closed_at = $3, closed_why = $4 where id = $1",
    [cmd.recordId, version, tx.stamp.now, cmd.body.why],
  )
  return done({ recordId: cmd.recordId, version })
})

type Item = z.input<typeof ListSelf.reply>['items'][number]
const list = endpoint({
  method: 'GET',
  url: '/api/self-reports',
  wire: ListSelf,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Omit<Item, 'receivedAt'> & { readonly receivedAt: Instant }>(
      `select s.id, s.version, s.state, s.danger, s.language, m.name as municipality, jsonb_build_object('nameSq', u.name_sq, 'nameEn', u.name_en) as unit,
         s.received_at as "receivedAt", (select a.display_name from app_user a where a.id = s.taken_by) as "takenBy",
         s.closed_why as "closedWhy", n.name, n.story, n.place, n.contact, n.safe,
         coalesce((select jsonb_agg(jsonb_build_object('at', to_char(w.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'body', w.body)
           order by w.at, w.id) from self_report_word w where w.self_report_id = s.id), '[]') as additions
       from self_report s join unit u on u.id = s.unit_id left join self_report_named n on n.id = s.id
         left join municipality m on m.code = s.municipality
       where (s.state <> 'CLOSED') = $1 and ($2::timestamptz is null or (s.received_at, s.id) < ($2, $3::uuid))
       order by s.received_at desc, s.id desc limit $4`,
      [query.state === 'open', after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    recordAccess(tx, { act: 'list', kind: 'self_report', ids: items.map(({ id }) => id), tier: 'T3' })
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.receivedAt, last.id) : null,
    }
  },
})

export const selfCommands: readonly CommandHandler[] = [take, close]
export const selfEndpoints: readonly Endpoint[] = [list]
