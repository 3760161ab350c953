/** The national lines: shifts begun and ended, contacts recorded in codes, calls that nobody took. */
import type { Instant, Uuid } from '#domain/core.ts'
import {
  decideBeginShift,
  decideCountMissed,
  decideEndShift,
  decideLinkCall,
  decideRecordCall,
  uncovered,
} from '#domain/hotline/decide.ts'
import type { Shift } from '#domain/hotline/state.ts'
import {
  BeginShift,
  CallList,
  type CallRow,
  CallsQuery,
  CountMissed,
  EndShift,
  LineBoard,
  LinkCall,
  RecordCall,
} from '#wire/hotline.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { invalid, notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'
import { countiesOf, lineUnits, readLines, stretchesOf } from './figures.ts'
import { hotlineLaw } from './law.ts'

const DAY = 86_400_000
const ago = (now: Instant, days: number): Instant => new Date(Date.parse(now) - days * DAY).toISOString()

const shiftColumns = `id, version, unit_id as "unitId", operator_id as "operatorId", trained, from_at as "from", to_at as "to",
  at_most as "atMost"`

const beginShift = command('line.begin_shift', BeginShift, async (tx, cmd) => {
  // One at a time for each operator: two windows cannot begin two.
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 69))', [tx.actor.userId])
  const [standing] = await tx.sql<Shift>(
    `select ${shiftColumns} from line_shift where operator_id = $1 and to_at is null`,
    [tx.actor.userId],
  )
  const decision = decideBeginShift(standing ?? null, cmd.body, hotlineLaw, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'line_shift', id: cmd.recordId, version: 0 }, decision.events)
  const { trained, from, atMost } = decision.events[0]!.facts
  await tx.sql(
    'insert into line_shift (id, version, unit_id, operator_id, trained, from_at, at_most) values ($1, $2, $3, $4, $5, $6, $7)',
    [cmd.recordId, version, tx.actor.unitId, tx.actor.userId, trained, from, atMost],
  )
  return done({ recordId: cmd.recordId, version })
})

const endShift = command('line.end_shift', EndShift, async (tx, cmd) => {
  const [shift] = await tx.sql<Shift>(`select ${shiftColumns} from line_shift where id = $1 for update`, [
    cmd.recordId,
  ])
  if (shift === undefined) throw notFound()
  await mustBeFresh(tx, 'line_shift', cmd, ['to'])
  const decision = decideEndShift(shift, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'line_shift', id: shift.id, version: shift.version },
    decision.events,
  )
  await tx.sql('update line_shift set version = $2, to_at = $3 where id = $1', [
    shift.id,
    version,
    decision.events[0]!.facts.to,
  ])
  return done({ recordId: shift.id, version })
})

/** A report that this line itself sent in, and no call has yet; anything else is as if it were not. */
const ownReport = async (tx: WriteTx, id: Uuid): Promise<void> => {
  const [report] = await tx.sql(
    `select r.id from report r where r.id = $1 and r.created_unit = $2
       and not exists (select from line_call c where c.report_id = r.id)`,
    [id, tx.actor.unitId],
  )
  if (report === undefined) throw invalid({ field: 'body.body.reportId', code: 'unknown_code' })
}

const recordCall = command('line.record_call', RecordCall, async (tx, cmd) => {
  const { body } = cmd
  const decision = decideRecordCall(body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (body.county !== null) {
    const [county] = await tx.sql('select code from county where code = $1', [body.county])
    if (county === undefined) throw invalid({ field: 'body.body.county', code: 'unknown_code' })
  }
  if (body.reportId !== null) await ownReport(tx, body.reportId)
  const version = await append(tx, { kind: 'line_call', id: cmd.recordId, version: 0 }, decision.events)
  await tx.sql(
    `insert into line_call (id, version, unit_id, operator_id, at, minutes, channel, caller, topic, anonymous, language, county, outcomes,
       report_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      cmd.recordId,
      version,
      tx.actor.unitId,
      tx.actor.userId,
      body.at,
      body.minutes,
      body.channel,
      body.caller,
      body.topic,
      body.anonymous,
      body.language,
      body.county,
      body.outcomes,
      body.reportId,
    ],
  )
  return done({ recordId: cmd.recordId, version })
})

const linkCall = command('line.link_call', LinkCall, async (tx, cmd) => {
  const [call] = await tx.sql<{
    version: number
    unitId: Uuid
    reportId: Uuid | null
    outcomes: string[]
  }>(
    'select version, unit_id as "unitId", report_id as "reportId", outcomes from line_call where id = $1 for update',
    [cmd.recordId],
  )
  if (call === undefined) throw notFound()
  const decision = decideLinkCall(call, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await ownReport(tx, cmd.body.reportId)
  const version = await append(
    tx,
    { kind: 'line_call', id: cmd.recordId, version: call.version },
    decision.events,
  )
  await tx.sql('update line_call set version = $2, report_id = $3 where id = $1', [
    cmd.recordId,
    version,
    cmd.body.reportId,
  ])
  return done({ recordId: cmd.recordId, version })
})

const countMissed = command('line.count_missed', CountMissed, async (tx, cmd) => {
  const { hour, missed, calledBack } = cmd.body
  const decision = decideCountMissed(cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 69))', [`${tx.actor.unitId} ${hour}`])
  const [known] = await tx.sql<{ id: Uuid; version: number }>(
    'select id, version from line_missed where unit_id = $1 and hour = $2 for update',
    [tx.actor.unitId, hour],
  )
  const id = known?.id ?? cmd.recordId
  const version = await append(tx, { kind: 'line_missed', id, version: known?.version ?? 0 }, decision.events)
  if (known === undefined)
    await tx.sql(
      'insert into line_missed (id, version, unit_id, hour, missed, called_back) values ($1, $2, $3, $4, $5, $6)',
      [id, version, tx.actor.unitId, hour, missed, calledBack],
    )
  else
    await tx.sql('update line_missed set version = $2, missed = $3, called_back = $4 where id = $1', [
      id,
      version,
      missed,
      calledBack,
    ])
  return done({ recordId: id, version })
})

const readBoard = endpoint({
  method: 'GET',
  url: '/api/line',
  wire: {
    summary: "One's own line: who is there, when nobody was, which reports wait for their call",
    reply: LineBoard,
  },
  handle: async (tx) => {
    const { actor, now } = tx
    const unit = (await lineUnits(tx)).find((one) => one.id === actor.unitId)
    if (actor.role !== 'hotline' || unit === undefined) throw notFound()
    const week = { from: ago(now, 7), to: now }
    const shifts = await tx.sql<Shift & { name: string }>(
      `select ${shiftColumns}, (select u.display_name from app_user u where u.id = s.operator_id) as name from line_shift s
        where unit_id = $1 and coalesce(to_at, at_most) > $2 order by from_at desc, id limit 200`,
      [unit.id, week.from],
    )
    const reports = await tx.sql<{ id: Uuid; at: Instant }>(
      `select r.id, r.received_at as at from report r where r.created_by = $1 and r.received_at > $2
         and not exists (select from line_call c where c.report_id = r.id) order by r.received_at desc, r.id limit 20`,
      [actor.userId, ago(now, 3)],
    )
    const parts = shifts.map((one) => ({
      unit_id: unit.id,
      trained: one.trained,
      from_at: one.from,
      to_at: one.to,
      at_most: one.atMost,
    }))
    recordAccess(tx, { act: 'list', kind: 'line_shift', ids: shifts.map((one) => one.id), tier: 'T2' })
    return {
      unit,
      shifts: shifts.map(({ id, version, name, operatorId, trained, from, to, atMost }) => ({
        id,
        version,
        name,
        own: operatorId === actor.userId,
        trained,
        from,
        to,
        atMost,
        mayEnd: to === null && (operatorId === actor.userId || now >= atMost),
      })),
      gaps: uncovered(stretchesOf(parts, unit.id, now), week).slice(-50),
      reports,
      counties: await countiesOf(tx),
    }
  },
})

const listCalls = endpoint({
  method: 'GET',
  url: '/api/line/calls',
  wire: { summary: "Contacts with one's own line, in codes", query: CallsQuery, reply: CallList },
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<CallRow>(
      `select id, version, at, minutes, channel, caller, topic, anonymous, language, county, outcomes, report_id as "reportId"
         from line_call where unit_id = $1 and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
        order by at desc, id desc limit $4`,
      [tx.actor.unitId, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    const last = rows.length > query.limit ? items.at(-1) : undefined
    recordAccess(tx, { act: 'list', kind: 'line_call', ids: items.map((one) => one.id), tier: 'T2' })
    return { items, next: last === undefined ? null : cursorOf(last.at, last.id) }
  },
})

export const hotlineCommands = [beginShift, endShift, recordCall, linkCall, countMissed]
export const hotlineEndpoints = [readBoard, listCalls, readLines]
