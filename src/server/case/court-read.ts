/** Matters before courts: of one case, what is due next over all, and the yearly monitoring in three forms. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import { CourtReportOf, type CourtRow, ListCourtDue, ReadCourtCases } from '#wire/case.ts'
import { ReportDocument } from '#wire/reporting-document.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Download, download, type Endpoint, endpoint } from '../endpoint.ts'
import { pdfOf, pdfType } from '../pdf/document.ts'
import type { Tx } from '../tx.ts'
import { workbookOf } from '../workbook/document.ts'
import { xlsxType } from '../workbook/write.ts'
import { courtReport } from './court-report.ts'
import { tierOf } from './opened.ts'
import { getCase } from './store.ts'
import { textsOf } from './texts.ts'

const columns = `c.id, c.case_id as "caseId", f.code, c.matter, c.stage, c.court, c.court_ref as "courtRef", c.measure_id as "measureId",
  c.report_on as "reportOn", c.filed_on as "filedOn", c.next_hearing_at as "nextHearingAt", c.outcome, c.decided_on as "decidedOn",
  c.until_day as until, c.appeal_until as "appealUntil", c.appealed_on as "appealedOn", c.appeal_outcome as "appealOutcome",
  c.execution, c.hindrance, c.check_on as "checkOn", c.review_on as "reviewOn"`

interface Hearing {
  readonly id: string
  readonly courtId: string
  readonly hearingAt: string
  readonly held: boolean | null
  readonly workerAttended: boolean | null
  readonly childHeard: 'heard' | null
}
interface Check {
  readonly id: string
  readonly courtId: string
  readonly checkedOn: string
  readonly execution: 'carried_out'
  readonly hindrance: 'other' | null
}

const readCourtCases = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/court',
  wire: ReadCourtCases,
  handle: async (tx, { params }) => {
    const s = await getCase(tx, params.id)
    const [courts, hearings, checks] = await Promise.all([
      tx.sql<CourtRow>(
        `select ${columns} from court_case c join case_file f on f.id = c.case_id where c.case_id = $1
         order by c.opened_at desc, c.id desc limit 100`,
        [s.id],
      ),
      tx.sql<Hearing>(
        `select id, court_id as "courtId", hearing_at as "hearingAt", held, worker_attended as "workerAttended",
           child_heard as "childHeard" from court_hearing where case_id = $1 order by hearing_at desc, id limit 500`,
        [s.id],
      ),
      tx.sql<Check>(
        `select id, court_id as "courtId", checked_on as "checkedOn", execution, hindrance from court_check where case_id = $1
         order by checked_on desc, id limit 500`,
        [s.id],
      ),
    ])
    const text = await textsOf(
      tx,
      s.id,
      [...courts, ...hearings, ...checks].map((row) => row.id),
    )
    const tier = await tierOf(tx, s)
    recordAccess(tx, {
      act: 'read',
      kind: 'case_file',
      ids: [s.id],
      tier: `T${tier || 2}` as 'T2' | 'T3' | 'T4',
    })
    return {
      items: courts.map((court) => ({
        ...court,
        claim: text(court.id, 'claim'),
        report: text(court.id, 'report'),
        reasons: text(court.id, 'reasons'),
        hearings: hearings
          .filter((one) => one.courtId === court.id)
          .map((one) => ({ ...one, notes: text(one.id, 'notes') })),
        checks: checks
          .filter((one) => one.courtId === court.id)
          .map((one) => ({ ...one, findings: text(one.id, 'findings') })),
      })),
    }
  },
})

const endOf = (column: string) =>
  `((${column} + 1)::timestamp at time zone 'Europe/Tirane') - interval '1 second'`
/** What must be done next in each matter, and by when; a file not handed in is due since it was begun. */
const tasks = `values ('file', case when c.stage = 'prepared' then c.opened_at end),
  ('hearing', c.next_hearing_at),
  ('appeal', case when c.stage = 'decided' and c.appeal_until >= $2::date then ${endOf('c.appeal_until')} end),
  ('check', case when c.stage in ('decided', 'appealed', 'final') then ${endOf('c.check_on')} end),
  ('review', case when c.stage in ('decided', 'appealed', 'final') then ${endOf('c.review_on')} end)`

const listCourtDue = endpoint({
  method: 'GET',
  url: '/api/court/due',
  wire: ListCourtDue,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<CourtRow & { task: 'file'; dueAt: string; key: string }>(
      `select * from (
         select ${columns}, t.task, date_trunc('milliseconds', t.due) as "dueAt", md5(c.id::text || t.task)::uuid as key
         from court_case c join case_file f on f.id = c.case_id cross join lateral (${tasks}) t (task, due)
         where t.due is not null and c.stage <> 'withdrawn') w
       where $1::timestamptz is null or ("dueAt", key) > ($1, $3::uuid) order by "dueAt", key limit $4`,
      [after?.at ?? null, tiranaDay(tx.now), after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    recordAccess(tx, {
      act: 'list',
      kind: 'case_file',
      ids: [...new Set(page.map((row) => row.caseId))],
      tier: 'T2',
    })
    return {
      items: page,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.dueAt, last.key) : null,
    }
  },
})

const readCourtReport = endpoint({
  method: 'GET',
  url: '/api/court/report',
  wire: { ...CourtReportOf, reply: ReportDocument },
  handle: async (tx, { query }) => ReportDocument.parse(await courtReport(tx, query.year, query.lang)),
})

const made = async (tx: Tx, year: number, lang: 'sq' | 'en', ending: string) => {
  const document = await courtReport(tx, year, lang)
  recordAccess(tx, { act: 'export', kind: 'court_report', ids: [] })
  return { document, name: `court-${year}-${lang}.${ending}` }
}
export const courtDownloads: readonly Download[] = [
  download({
    url: '/api/court/report.pdf',
    media: pdfType,
    wire: { ...CourtReportOf, summary: 'Monitoring of court decisions as tagged PDF' },
    handle: async (tx, { query }) => {
      const { document, name } = await made(tx, query.year, query.lang, 'pdf')
      return { name, media: pdfType, bytes: await pdfOf(document, { now: tx.now }) }
    },
  }),
  download({
    url: '/api/court/report.xlsx',
    media: xlsxType,
    wire: { ...CourtReportOf, summary: 'Monitoring of court decisions as a workbook' },
    handle: async (tx, { query }) => {
      const { document, name } = await made(tx, query.year, query.lang, 'xlsx')
      return { name, media: xlsxType, bytes: await workbookOf(document) }
    },
  }),
]
export const courtEndpoints: readonly Endpoint[] = [readCourtCases, listCourtDue, readCourtReport]
