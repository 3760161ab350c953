import { MunicipalStatistics, StatisticsQuery } from '#wire/statistics.ts'
import { endpoint } from '../endpoint.ts'
import { begunPeriod, countByMunicipality } from './count.ts'
import { define } from './define.ts'
import { hideSmall } from './hide.ts'

/** Signed-in readers of aggregates see no figure of 1 to 4 (decision 13). */
const UP_TO = 4

/** The country by municipality, for the map and its table. */
export const municipalStatistics = endpoint({
  method: 'GET',
  url: '/api/statistics/municipalities',
  wire: {
    summary: 'Figures of a year by municipality, small ones and what would reveal them hidden',
    query: StatisticsQuery,
    reply: MunicipalStatistics,
  },
  handle: async (tx, { query, identity }) => {
    const period = begunPeriod(query.year, tx.now)
    const [rows, places] = await Promise.all([
      countByMunicipality(tx, period),
      tx.sql<{ code: string; name: string; county: string; population: number }>(
        'select code, name, county, population from municipality order by code',
      ),
    ])
    const reports = hideSmall(rows, (row) => row.reports, UP_TO)
    const identified = hideSmall(rows, (row) => row.identified, UP_TO)
    const managed = hideSmall(rows, (row) => row.managed, UP_TO)
    const measures = hideSmall(rows, (row) => row.measures, UP_TO)
    const items = places.map((place, i) => {
      const count = reports.cells[i] ?? null
      return {
        municipality: place.code,
        name: place.name,
        county: place.county,
        population: place.population,
        teams: rows[i]?.teams ?? 0,
        reports: count,
        identified: identified.cells[i] ?? null,
        managed: managed.cells[i] ?? null,
        protectionMeasures: measures.cells[i] ?? null,
        reportsPer10000: count === null ? null : Math.round((count / place.population) * 100_000) / 10,
      }
    })
    return {
      year: period.year,
      asOf: period.until,
      countedAt: tx.now,
      hiddenUpTo: UP_TO,
      items,
      totals: {
        teams: rows.reduce((n, row) => n + row.teams, 0),
        reports: reports.total,
        identified: identified.total,
        managed: managed.total,
        protectionMeasures: measures.total,
      },
      definitions: define(period, identity.language),
    }
  },
})
