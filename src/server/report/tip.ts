/** Sealed tips: read and acted on by the Internal Affairs and Complaints Service, counted by its measures. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Json, Uuid } from '#domain/core.ts'
import type { ReporterIdentity, TipInstitution } from '#domain/report/body.ts'
import { CloseTip, ListTips, ReadTip, RecordTipMeasure, TakeTip, type tipStates } from '#wire/report.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { command, done, refused } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { uuidv7 } from '../ids.ts'
import { notFound } from '../problem.ts'
import { openPart } from '../sealing/index.ts'
import type { WriteTx } from '../tx.ts'

interface TipRow {
  readonly id: Uuid
  readonly on_day: string
  readonly institution: TipInstitution
  readonly municipality: string | null
  readonly measure: string | null
  readonly state: (typeof tipStates)[number]
  readonly version: number
}
const columns = 'id, on_day, institution, municipality, measure, state, version'
const rowOf = ({ on_day, ...row }: TipRow) => ({ ...row, on: on_day })

export const listTips = endpoint({
  method: 'GET',
  url: '/api/integrity-tips',
  wire: ListTips,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<TipRow>(
      `select ${columns} from integrity_tip where $1::date is null or (on_day, id) < ($1, $2)
        order by on_day desc, id desc limit $3`,
      [after === null ? null : after.at.slice(0, 10), after?.id ?? null, query.limit],
    )
    recordAccess(tx, { act: 'list', kind: 'integrity_tip', ids: rows.map((row) => row.id), tier: 'T5' })
    const last = rows.length === query.limit ? rows.at(-1) : undefined
    return {
      items: rows.map(rowOf),
      next: last === undefined ? null : cursorOf(`${last.on_day}T00:00:00.000Z`, last.id),
    }
  },
})

export const readTip = endpoint({
  method: 'GET',
  url: '/api/integrity-tips/{id}',
  wire: ReadTip,
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<TipRow>(`select ${columns} from integrity_tip where id = $1`, [params.id])
    if (row === undefined) throw notFound()
    recordAccess(tx, { act: 'read', kind: 'integrity_tip', ids: [row.id], tier: 'T5' })
    const parts = await tx.sql<{ event_id: Uuid; tier: string; name: string; body: Json }>(
      `select t.event_id, t.tier, t.name, t.body from event_part t join event e on e.id = t.event_id
        where e.record_id = $1 and e.kind = 'integrity_tip' and t.tier = 'T5' and t.name in ('text', 'reporter', 'reason')
        order by e.seq`,
      [row.id],
    )
    const taken = await tx.sql<{ id: Uuid; measure: string; on: string }>(
      'select id, measure, on_day as "on" from integrity_measure where tip_id = $1 order by on_day, id',
      [row.id],
    )
    const said = new Map<string, Json>()
    const reasons: Json[] = []
    for (const part of parts) {
      const value = await openPart(tx, part, { kind: 'integrity_tip', id: row.id })
      if (part.name === 'reason') reasons.push(value)
      else said.set(part.name, value)
    }
    const text = said.get('text')
    const reporter = (said.get('reporter') ?? null) as ReporterIdentity | null
    return {
      ...rowOf(row),
      text: typeof text === 'string' ? text : '',
      reporter: [
        reporter?.name,
        reporter?.phone,
        reporter?.email,
        reporter?.relation,
        reporter?.safeTime,
      ].filter((part) => part !== undefined),
      measures: taken.map((one, n) => ({ ...one, reason: String(reasons[n] ?? '') })),
    }
  },
})

const lockTip = async (tx: WriteTx, id: Uuid): Promise<TipRow> => {
  const [row] = await tx.sql<TipRow>(`select ${columns} from integrity_tip where id = $1 for update`, [id])
  if (row === undefined) throw notFound()
  return row
}
const closed = (row: TipRow) =>
  refused({ code: 'wrong_state', field: 'measure', params: { state: row.state } })

/** An officer of the service takes it up. */
export const takeTip = command('integrity.take', TakeTip, async (tx, cmd) => {
  const row = await lockTip(tx, cmd.recordId)
  if (row.state !== 'received') return closed(row)
  const version = await append(tx, { kind: 'integrity_tip', id: row.id, version: row.version }, [
    { type: 'IntegrityTipTaken', v: 1, facts: {} },
  ])
  tx.later("update integrity_tip set state = 'in_work', officer_id = $2, version = $3 where id = $1", [
    row.id,
    tx.actor.userId,
    version,
  ])
  return done({ recordId: row.id, version })
})

/** What was done about it, one measure after the other; counted, never told to anybody else. */
export const recordTipMeasure = command('integrity.record_measure', RecordTipMeasure, async (tx, cmd) => {
  const row = await lockTip(tx, cmd.recordId)
  if (row.state === 'closed') return closed(row)
  const { measure, reason } = cmd.body
  const version = await append(tx, { kind: 'integrity_tip', id: row.id, version: row.version }, [
    {
      type: 'IntegrityMeasureTaken',
      v: 1,
      facts: { measure },
      parts: [{ tier: 'T5', name: 'reason', body: reason }],
    },
  ])
  const day = tiranaDay(tx.stamp.occurredAt)
  tx.later('insert into integrity_measure (id, tip_id, measure, on_day) values ($1, $2, $3, $4)', [
    uuidv7(),
    row.id,
    measure,
    day,
  ])
  tx.later(
    "update integrity_tip set measure = $2, measured_on = $3, state = 'in_work', version = $4 where id = $1",
    [row.id, measure, day, version],
  )
  return done({ recordId: row.id, version })
})

/** Closed once something was done about it, be it that it was found empty. */
export const closeTip = command('integrity.close', CloseTip, async (tx, cmd) => {
  const row = await lockTip(tx, cmd.recordId)
  if (row.state === 'closed' || row.measure === null) return closed(row)
  const version = await append(tx, { kind: 'integrity_tip', id: row.id, version: row.version }, [
    { type: 'IntegrityTipClosed', v: 1, facts: {} },
  ])
  tx.later("update integrity_tip set state = 'closed', closed_on = $2, version = $3 where id = $1", [
    row.id,
    tiranaDay(tx.stamp.occurredAt),
    version,
  ])
  return done({ recordId: row.id, version })
})
