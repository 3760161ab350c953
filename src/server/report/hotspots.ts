/** Hotspots on the map of a municipality: marking, correcting, closing, and the list of them. No person is in them. */
import type { Uuid } from '#domain/core.ts'
import { decideClose, decideMark, type HotspotEvent } from '#domain/report/hotspot.ts'
import { CloseHotspot, ListHotspots, MarkHotspot } from '#wire/report.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, mustBeFreshOrNew, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'

interface Row {
  readonly id: Uuid
  readonly name: string
  readonly municipality: string
  readonly lon: number
  readonly lat: number
  readonly active: boolean
  readonly version: number
}

const find = async (tx: WriteTx, id: Uuid): Promise<Row | undefined> => {
  // Locked where the caller may correct it; one of another municipality is read, and then refused.
  await tx.sql('select 1 from hotspot where id = $1 for update', [id])
  return (await tx.sql<Row>('select * from hotspot where id = $1', [id]))[0]
}

const write = (tx: WriteTx, id: Uuid, version: number, events: readonly HotspotEvent[]): Promise<number> =>
  append(tx, { kind: 'hotspot', id, version }, events)

export const markHotspot = command('hotspot.mark', MarkHotspot, async (tx, cmd) => {
  const known = await find(tx, cmd.recordId)
  const decision = decideMark(known ?? null, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (known !== undefined) await mustBeFreshOrNew(tx, 'hotspot', cmd, ['name', 'point', 'active'])
  const { name, municipality, point } = cmd.body
  const active = cmd.body.active ?? true
  const version = await write(tx, cmd.recordId, known?.version ?? 0, decision.events)
  tx.later(
    known === undefined
      ? 'insert into hotspot (id, name, municipality, lon, lat, active, version) values ($1, $2, $7, $3, $4, $5, $6)'
      : 'update hotspot set name = $2, lon = $3, lat = $4, active = $5, version = $6 where id = $1 and municipality = $7',
    [cmd.recordId, name, point.lon, point.lat, active, version, municipality],
  )
  return done({ recordId: cmd.recordId, version })
})

export const closeHotspot = command('hotspot.close', CloseHotspot, async (tx, cmd) => {
  const known = await find(tx, cmd.recordId)
  if (known === undefined) throw notFound()
  await mustBeFresh(tx, 'hotspot', cmd, ['active'])
  const decision = decideClose(known, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await write(tx, cmd.recordId, known.version, decision.events)
  tx.later('update hotspot set active = false, version = $2 where id = $1', [cmd.recordId, version])
  return done({ recordId: cmd.recordId, version })
})

/** Whose reports of a place may be counted: those of the unit that holds them, and of the agency that holds all. */
const counts: readonly string[] = ['cpw', 'cpu_head', 'state_agency']

export const listHotspots = endpoint({
  method: 'GET',
  url: '/api/hotspots',
  wire: ListHotspots,
  handle: async (tx, { query }) => {
    const rows = await tx.sql<Row & { reports: number }>(
      `select h.*, (select count(*)::int from report r where r.hotspot_id = h.id
           and r.received_at > $5::timestamptz - interval '90 days') as reports
         from hotspot h
        where h.municipality = coalesce($1, me_municipality(), h.municipality) and h.active = $2
          and ($3::uuid is null or h.id < $3)
        order by h.id desc limit $4`,
      [query.municipality ?? null, query.state === 'open', query.cursor ?? null, query.limit + 1, tx.now],
    )
    const page = rows.slice(0, query.limit)
    return {
      items: page.map(({ reports, ...row }) => ({
        ...row,
        reports: counts.includes(tx.actor.role) ? reports : null,
      })),
      next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    }
  },
})
