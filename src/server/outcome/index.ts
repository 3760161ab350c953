/** Needs, outcomes and cohorts: the noun's doors. */

import { CohortsOf } from '#wire/outcome.ts'
import { ReportDocument } from '#wire/reporting-document.ts'
import { recordAccess } from '../access.ts'
import { type Download, download, type Endpoint, endpoint } from '../endpoint.ts'
import type { Tx } from '../tx.ts'
import { workbookOf } from '../workbook/document.ts'
import { xlsxType } from '../workbook/write.ts'
import { cohortReport, csvOf } from './cohort.ts'
import { readNeeds } from './read.ts'

export { outcomeCommands } from './write.ts'

const readCohorts = endpoint({
  method: 'GET',
  url: '/api/outcomes/cohorts',
  wire: { ...CohortsOf, reply: ReportDocument },
  handle: async (tx, { query }) =>
    ReportDocument.parse(await cohortReport(tx, query.basis, query.year, query.lang)),
})

const made = async (tx: Tx, query: { basis: 'entry' | 'exit'; year: number; lang: 'sq' | 'en' }) => {
  const document = await cohortReport(tx, query.basis, query.year, query.lang)
  recordAccess(tx, { act: 'export', kind: 'outcome_cohorts', ids: [] })
  return { document, name: `outcomes-${query.basis}-${query.year}-${query.lang}` }
}
const csvType = 'text/csv; charset=utf-8'
export const outcomeDownloads: readonly Download[] = [
  download({
    url: '/api/outcomes/cohorts.xlsx',
    media: xlsxType,
    wire: { ...CohortsOf, summary: 'Twelve months after, by cohort, as a workbook' },
    handle: async (tx, { query }) => {
      const { document, name } = await made(tx, query)
      return { name: `${name}.xlsx`, media: xlsxType, bytes: await workbookOf(document) }
    },
  }),
  download({
    url: '/api/outcomes/cohorts.csv',
    media: 'text/csv',
    wire: { ...CohortsOf, summary: 'Twelve months after, by cohort, as CSV' },
    handle: async (tx, { query }) => {
      const { document, name } = await made(tx, query)
      return { name: `${name}.csv`, media: csvType, bytes: Buffer.from(csvOf(document), 'utf8') }
    },
  }),
]
export const outcomeEndpoints: readonly Endpoint[] = [readNeeds, readCohorts]
