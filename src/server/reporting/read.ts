/** Lists, single reports and their documents. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import type { ReportDocument } from '#domain/reporting/document.ts'
import { openActs, reportLate } from '#domain/reporting/state.ts'
import {
  ListPlanReports,
  OneReport,
  type OneReportReply,
  ReportDocumentOf,
  type ReportRow,
} from '#wire/reporting.ts'
import { ReportDocument as DocumentShape } from '#wire/reporting-document.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { download, endpoint } from '../endpoint.ts'
import { planStanding } from '../execution/read.ts'
import { type PdfOptions, pdfOf, pdfType } from '../pdf/document.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'
import { workbookOf } from '../workbook/document.ts'
import { xlsxType } from '../workbook/write.ts'
import { buildDocument } from './documents/index.ts'
import { editionPdf } from './published.ts'
import { factsOf, kind, reportOf, stateOf } from './store.ts'

const columns = `r.id, r.kind, r.rule, p.slug as "planSlug", p.title_sq as "planTitleSq", p.title_en as "planTitleEn", r.body_code as body,
  coalesce(u.name_sq, i.name_sq) as "authorSq", coalesce(u.name_en, i.name_en) as "authorEn", r.period_from as "from", r.period_to as "to",
  r.due_on as "dueOn", r.status, r.edition, r.published_at is not null as published`
const from = `plan_report r join institution i on i.id = r.institution_id left join unit u on u.id = r.unit_id
  left join action_plan p on p.id = r.plan_id`

type ListRow = Omit<ReportRow, 'late'>

export const listPlanReports = endpoint({
  method: 'GET',
  url: '/api/plan-reports',
  wire: ListPlanReports,
  handle: async (tx, { query }) => {
    const asOf = query.asOf ?? tiranaDay(tx.now)
    const after = readCursor(query.cursor)
    const rows = await tx.sql<ListRow>(
      `select ${columns} from ${from}
       where ($1::text is null or p.slug = $1) and ($2::text is null or r.kind = $2) and ($3::text is null or r.status = $3)
         and (not $4 or (r.due_on < $5 and report_status_on(r.id, $5) in ('DUE', 'DRAFT', 'RETURNED')))
         and (not $6 or report_is_mine(r.institution_id, r.unit_id))
         and ($7::date is null or (r.due_on, r.id) > ($7, $8::uuid))
       order by r.due_on, r.id limit $9`,
      [
        query.plan ?? null,
        query.kind ?? null,
        query.status ?? null,
        query.late === 'true',
        asOf,
        query.mine === 'true',
        after?.at.slice(0, 10) ?? null,
        after?.id ?? null,
        query.limit + 1,
      ],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items: items.map((row) => ({
        ...row,
        late: query.late === 'true' || reportLate(row.status, row.dueOn, asOf),
      })),
      next: rows.length > query.limit && last ? cursorOf(`${last.dueOn}T00:00:00.000Z`, last.id) : null,
    }
  },
})

const ownActivities = async (
  tx: Tx,
  row: Awaited<ReturnType<typeof reportOf>>,
): Promise<OneReportReply['activities']> => {
  if (row.planId === null || !row.mine) return []
  const [{ items }, codes] = await Promise.all([
    planStanding(tx, row.planId, row.to),
    tx.sql<{ code: string }>('select body_code as code from plan_author where institution_id = $1', [
      row.institutionId,
    ]),
  ])
  const own = new Set([row.bodyCode, ...codes.map((one) => one.code)])
  return items
    .filter((item) => item.responsible.some((code) => own.has(code)))
    .map(({ uid, id, code, titleSq, titleEn, status, lateness }) => ({
      uid,
      id,
      code,
      titleSq,
      titleEn,
      status,
      lateness,
    }))
}

export const planReport = endpoint({
  method: 'GET',
  url: '/api/plan-reports/{id}',
  wire: OneReport,
  handle: async (tx, { params }) => {
    const row = await reportOf(tx, params.id)
    const [[head], steps, editions, activities] = await Promise.all([
      tx.sql<ListRow>(`select ${columns} from ${from} where r.id = $1`, [row.id]),
      tx.sql<OneReportReply['steps'][number]>(
        `select s.seq, s.act, s.to_status as to, s.reason, u.display_name as by, s.at from plan_report_step s
           join app_user u on u.id = s.by_user where s.report_id = $1 order by s.seq desc limit 200`,
        [row.id],
      ),
      tx.sql<{ edition: number; publishedAt: string }>(
        `select edition, published_at as "publishedAt" from plan_report_edition where report_id = $1 order by edition desc`,
        [row.id],
      ),
      ownActivities(tx, row),
    ])
    if (head === undefined) throw notFound()
    const inside = row.mine || tx.actor.role === 'coordinator'
    return {
      ...head,
      late: reportLate(row.status, row.dueOn, tiranaDay(tx.now)),
      version: row.version,
      reason: inside ? row.reason : null,
      content: row.content,
      activities,
      acts: [...openActs(stateOf(row), factsOf(tx, row))],
      steps,
      editions,
    }
  },
})

/** A published edition as it was, or the document with the figures of now for those who work on the report, marked as a draft. */
const printedOf = async (
  tx: Tx,
  id: Uuid,
  language: 'sq' | 'en',
  edition: number | undefined,
): Promise<{ readonly document: ReportDocument; readonly pdf: PdfOptions }> => {
  const row = await reportOf(tx, id)
  if (edition === undefined) {
    if (!row.mine && tx.actor.role !== 'coordinator') throw notFound()
    const document = await buildDocument(tx, row, language)
    const draft = say(language, 'reportDocument.draft')
    return {
      document: { ...document, about: [...document.about, say(language, 'reportDocument.draft_note')] },
      pdf: { now: tx.now, footer: draft, watermark: draft },
    }
  }
  const [kept] = await tx.sql<{ document: ReportDocument; publishedAt: Instant }>(
    `select case when $3 = 'sq' then document_sq else document_en end as document, published_at as "publishedAt"
     from plan_report_edition where report_id = $1 and edition = $2`,
    [id, edition, language],
  )
  if (kept === undefined) throw notFound()
  return {
    document: kept.document,
    pdf: editionPdf({ document: kept.document, edition, publishedAt: kept.publishedAt }),
  }
}

export const planReportDocument = endpoint({
  method: 'GET',
  url: '/api/plan-reports/{id}/document',
  wire: { ...ReportDocumentOf, reply: DocumentShape },
  handle: async (tx, { params, query }) => {
    const { document } = await printedOf(tx, params.id, query.lang, query.edition)
    const { sections, ...rest } = document
    return JSON.parse(JSON.stringify({ ...rest, sections }))
  },
})

const fileName = (document: ReportDocument, ending: string): string =>
  `${document.title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()}.${ending}`

export const planReportPdf = download({
  url: '/api/plan-reports/{id}/document.pdf',
  media: pdfType,
  wire: { ...ReportDocumentOf, summary: 'A report as tagged PDF' },
  handle: async (tx, { params, query }) => {
    const { document, pdf } = await printedOf(tx, params.id, query.lang, query.edition)
    recordAccess(tx, { act: 'export', kind, ids: [params.id] })
    return { name: fileName(document, 'pdf'), media: pdfType, bytes: await pdfOf(document, pdf) }
  },
})

export const planReportWorkbook = download({
  url: '/api/plan-reports/{id}/document.xlsx',
  media: xlsxType,
  wire: { ...ReportDocumentOf, summary: 'A report as Excel workbook' },
  handle: async (tx, { params, query }) => {
    const { document } = await printedOf(tx, params.id, query.lang, query.edition)
    recordAccess(tx, { act: 'export', kind, ids: [params.id] })
    return { name: fileName(document, 'xlsx'), media: xlsxType, bytes: await workbookOf(document) }
  },
})
