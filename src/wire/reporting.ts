/** Reports on plans and on the country: what authors write, how reports move, and what lists and pages show. */
import { z } from 'zod'
import { reportActs, reportKinds, reportStatuses } from '#domain/reporting/state.ts'
import { uuid } from './envelope.ts'
import { day, freeText, trimmedText } from './text.ts'

const Slug = z.string().regex(/^[a-z0-9](-?[a-z0-9]){1,79}$/)
const Reason = trimmedText(2000)
const Language = z.enum(['sq', 'en'])

/** What the author says; every figure comes from the register. */
export const ReportContent = z.strictObject({
  summary: freeText(5000),
  difficulties: freeText(5000),
  next: freeText(5000),
  activities: z
    .array(
      z.strictObject({
        uid: z.string().min(1).max(120),
        progress: freeText(2000),
        next: freeText(1000),
      }),
    )
    .max(400),
})
export type ReportContent = z.output<typeof ReportContent>

export const SaveReport = z.strictObject({ content: ReportContent })
export const MoveReport = z.strictObject({})
export const MoveReportBecause = z.strictObject({ reason: Reason })
export const OpenReports = z.strictObject({
  kind: z.enum(reportKinds),
  plan: Slug.optional(),
  from: day,
  to: day,
  dueOn: day,
})
export const SetReportingStart = z.strictObject({ since: day })

const Row = z.object({
  id: uuid,
  kind: z.enum(reportKinds),
  rule: z.string().nullable(),
  planSlug: z.string().nullable(),
  planTitleSq: z.string().nullable(),
  planTitleEn: z.string().nullable(),
  body: z.string(),
  authorSq: z.string(),
  authorEn: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  dueOn: z.iso.date(),
  status: z.enum(reportStatuses),
  edition: z.int(),
  late: z.boolean(),
  published: z.boolean(),
})
export type ReportRow = z.output<typeof Row>

export const ListPlanReports = {
  summary: 'Reports that the reader owes, receives or may read, the earliest due first',
  query: z.strictObject({
    plan: Slug.optional(),
    kind: z.enum(reportKinds).optional(),
    status: z.enum(reportStatuses).optional(),
    /** Only what was late at the end of `asOf`, today without it. */
    late: z.enum(['true']).optional(),
    asOf: day.optional(),
    mine: z.enum(['true']).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  reply: z.object({ items: z.array(Row), next: z.string().nullable() }),
}

export const OneReport = {
  summary: 'One report: what was said, its steps, what the reader may do, and which editions were published',
  params: z.strictObject({ id: uuid }),
  reply: Row.extend({
    version: z.int(),
    reason: z.string().nullable(),
    content: ReportContent.nullable(),
    /** Activities that the author answers for, with how they stand at the end of the period. */
    activities: z.array(
      z.object({
        uid: z.string(),
        id: uuid,
        code: z.string().nullable(),
        titleSq: z.string().nullable(),
        titleEn: z.string().nullable(),
        status: z.string(),
        lateness: z.string(),
      }),
    ),
    acts: z.array(z.enum(reportActs)),
    steps: z.array(
      z.object({
        seq: z.int(),
        act: z.enum(reportActs),
        to: z.enum(reportStatuses),
        reason: z.string().nullable(),
        by: z.string(),
        at: z.iso.datetime(),
      }),
    ),
    editions: z.array(z.object({ edition: z.int(), publishedAt: z.iso.datetime() })),
  }),
}
export type OneReportReply = z.output<typeof OneReport.reply>

export const ReportDocumentOf = {
  summary: 'A report as a document: the published edition, or as its figures stand now',
  params: z.strictObject({ id: uuid }),
  query: z.strictObject({
    lang: Language.default('sq'),
    /** Which published edition; without it, the figures of now. */
    edition: z.coerce.number().int().min(1).max(1000).optional(),
  }),
}
