import { NationalStatistics, StatisticsQuery } from '#wire/statistics.ts'
import { endpoint } from '../endpoint.ts'
import { begunPeriod, countByMunicipality, countClocks } from './count.ts'
import { define } from './define.ts'

/** The country's figures of a year, exact, each with its definition. */
export const nationalStatistics = endpoint({
  method: 'GET',
  url: '/api/statistics/national',
  wire: {
    summary: 'The country in one year: field teams, children identified, open cases, protection measures',
    query: StatisticsQuery,
    reply: NationalStatistics,
  },
  handle: async (tx, { query, identity }) => {
    const period = begunPeriod(query.year, tx.now)
    const [rows, clocks] = await Promise.all([countByMunicipality(tx, period), countClocks(tx, period)])
    const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((n, row) => n + of(row), 0)
    return {
      year: period.year,
      asOf: period.until,
      countedAt: tx.now,
      municipalities: rows.filter((row) => row.teams > 0).length,
      fieldTeams: sum((row) => row.teams),
      reports: sum((row) => row.reports),
      identified: sum((row) => row.identified),
      managed: sum((row) => row.managed),
      protectionMeasures: sum((row) => row.measures),
      definitions: define(period, identity.language),
      clocks,
    }
  },
})
