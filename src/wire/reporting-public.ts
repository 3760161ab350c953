/** Published reports, for everybody. */
import { z } from 'zod'
import { reportKinds } from '#domain/reporting/state.ts'
import { uuid } from './envelope.ts'
import { ReportDocument } from './reporting-document.ts'

const Language = z.enum(['sq', 'en'])
const Edition = z.coerce.number().int().min(1).max(1000)

export const ListPublished = {
  summary: 'Published reports, the newest first; no sign-in',
  query: z.strictObject({
    lang: Language.default('sq'),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        kind: z.enum(reportKinds),
        title: z.string(),
        about: z.array(z.string()),
        from: z.iso.date(),
        to: z.iso.date(),
        edition: z.int(),
        publishedAt: z.iso.datetime(),
      }),
    ),
    next: z.string().nullable(),
  }),
}
export type PublishedReport = z.output<typeof ListPublished.reply>['items'][number]

/** `{id}` for the document itself, `{id}.pdf` and `{id}.xlsx` for files. */
export const OnePublished = {
  summary: 'A published report: its document, or as PDF or Excel file; no sign-in',
  params: z.strictObject({ file: z.string().regex(/^[0-9a-f-]{36}(?:\.(?:pdf|xlsx))?$/) }),
  query: z.strictObject({ lang: Language.default('sq'), edition: Edition.optional() }),
  reply: ReportDocument,
}
