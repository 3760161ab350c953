/** Lists that intake offers: concerns, activities, hotspots; and marking a hotspot on the map. */
import type { Uuid } from '#domain/core.ts'
import { IntakeOptions, MarkHotspot } from '#wire/report.ts'
import { append } from '../append.ts'
import { command, done, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { intakeLists } from './options.ts'

interface HotspotRow {
  readonly id: Uuid
  readonly name: string
  readonly municipality: string
  readonly lon: number
  readonly lat: number
}

export const readIntakeOptions = endpoint({
  method: 'GET',
  url: '/api/intake-options',
  wire: IntakeOptions,
  handle: async (tx, { query }) => ({
    groups: intakeLists.groups,
    concerns: intakeLists.concerns,
    activities: intakeLists.activities,
    hotspots: await tx.sql<HotspotRow>(
      `select id, name, municipality, lon, lat from hotspot
        where active and municipality = coalesce($1, me_municipality(), municipality) order by name limit 200`,
      [query.municipality ?? null],
    ),
  }),
})

const marks: readonly string[] = ['cpw', 'cpu_head', 'field_team']

/** A place where children are met; marking it again under the same id corrects it. */
export const markHotspot = command('hotspot.mark', MarkHotspot, async (tx, cmd) => {
  if (!marks.includes(tx.actor.role) || tx.actor.municipality !== cmd.body.municipality)
    return refused({ code: 'not_allowed', field: 'municipality' })
  const [known] = await tx.sql<{ version: number }>('select version from hotspot where id = $1 for update', [
    cmd.recordId,
  ])
  const { name, municipality, point } = cmd.body
  const active = cmd.body.active ?? true
  const version = await append(tx, { kind: 'hotspot', id: cmd.recordId, version: known?.version ?? 0 }, [
    { type: 'HotspotMarked', v: 1, facts: { municipality, name, lon: point.lon, lat: point.lat, active } },
  ])
  await tx.sql(
    known === undefined
      ? 'insert into hotspot (id, name, municipality, lon, lat, active, version) values ($1, $2, $7, $3, $4, $5, $6)'
      : 'update hotspot set name = $2, lon = $3, lat = $4, active = $5, version = $6 where id = $1 and municipality = $7',
    [cmd.recordId, name, point.lon, point.lat, active, version, municipality],
  )
  return done({ recordId: cmd.recordId, version })
})
