/** Lists that intake offers: concerns, activities, hotspots. */
import type { Uuid } from '#domain/core.ts'
import { IntakeOptions } from '#wire/report.ts'
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
