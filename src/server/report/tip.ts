/** Sealed tips: read and acted on by the Internal Affairs and Complaints Service, counted by its measures. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Json, Uuid } from '#domain/core.ts'
import type { ReporterIdentity, TipInstitution } from '#domain/report/body.ts'
import { ListTips, ReadTip, RecordTipMeasure } from '#wire/report.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { command, done, refused } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { openPart } from '../sealing/index.ts'

interface TipRow {
  readonly id: Uuid
  readonly on_day: string
  readonly institution: TipInstitution
  readonly municipality: string | null
  readonly measure: string | null
  readonly version: number
}
const columns = 'id, on_day, institution, municipality, measure, version'
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
      `select event_id, tier, name, body from event_part
        where event_id in (select id from event where record_id = $1 and kind = 'integrity_tip')
          and tier = 'T5' and name in ('text', 'reporter')`,
      [row.id],
    )
    const said = new Map<string, Json>()
    for (const part of parts)
      said.set(part.name, await openPart(tx, part, { kind: 'integrity_tip', id: row.id }))
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
    }
  },
})

/** What was done about it; counted, never told to anybody else. */
export const recordTipMeasure = command('integrity.record_measure', RecordTipMeasure, async (tx, cmd) => {
  const [row] = await tx.sql<TipRow>(`select ${columns} from integrity_tip where id = $1 for update`, [
    cmd.recordId,
  ])
  if (row === undefined) throw notFound()
  if (row.measure !== null)
    return refused({ code: 'wrong_state', field: 'measure', params: { state: row.measure } })
  const { measure, reason } = cmd.body
  const version = await append(tx, { kind: 'integrity_tip', id: row.id, version: row.version }, [
    {
      type: 'IntegrityMeasureTaken',
      v: 1,
      facts: { measure },
      parts: [{ tier: 'T5', name: 'reason', body: reason }],
    },
  ])
  tx.later('update integrity_tip set measure = $2, measured_on = $3, version = $4 where id = $1', [
    row.id,
    measure,
    tiranaDay(tx.stamp.occurredAt),
    version,
  ])
  return done({ recordId: row.id, version })
})
