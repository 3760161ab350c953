/** What was published, without sign-in: a list, documents as they were frozen, and their files. */
import type { FastifyInstance } from 'fastify'
import type { Instant, Uuid } from '#domain/core.ts'
import type { ReportDocument } from '#domain/reporting/document.ts'
import { Problem as ProblemShape, uuid } from '#wire/envelope.ts'
import { ListPublished, OnePublished, type PublishedReport } from '#wire/reporting-public.ts'
import type { Language } from '#wire/words/index.ts'
import type { Context } from '../context.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type OutgoingFile, sendFile } from '../endpoint.ts'
import { type PdfOptions, pdfOf, pdfType } from '../pdf/document.ts'
import { notFound } from '../problem.ts'
import { parse } from '../shape.ts'
import { publicActor, type Tx, withTx } from '../tx.ts'
import { say } from '../words.ts'
import { workbookOf } from '../workbook/document.ts'
import { xlsxType } from '../workbook/write.ts'

/** The newest edition of each report, the one published last first. */
export const listPublished = async (
  tx: Tx,
  asked: { readonly lang: Language; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: PublishedReport[]; next: string | null }> => {
  const after = readCursor(asked.cursor)
  const rows = await tx.sql<PublishedReport>(
    `select r.id, r.kind, e.document->>'title' as title, e.document->'about' as about, r.period_from as "from", r.period_to as "to",
       e.edition, e.published_at as "publishedAt"
     from plan_report r cross join lateral (
       select n.edition, n.published_at, case when $1 = 'sq' then n.document_sq else n.document_en end as document
       from plan_report_edition n where n.report_id = r.id order by n.edition desc limit 1) e
     where r.published_at is not null
       and ($2::timestamptz is null or (date_trunc('milliseconds', e.published_at), r.id) < ($2, $3::uuid))
     order by date_trunc('milliseconds', e.published_at) desc, r.id desc limit $4`,
    [asked.lang, after?.at ?? null, after?.id ?? null, asked.limit + 1],
  )
  const items = rows.slice(0, asked.limit)
  const last = items.at(-1)
  return { items, next: rows.length > asked.limit && last ? cursorOf(last.publishedAt, last.id) : null }
}

export interface Published {
  readonly document: ReportDocument
  readonly edition: number
  readonly publishedAt: Instant
  /** All of them, the newest first. */
  readonly editions: readonly number[]
}

/** The newest edition, or the one asked for; null where none was published. */
export const publishedReport = async (
  tx: Tx,
  id: Uuid,
  language: Language,
  edition?: number,
): Promise<Published | null> => {
  const [row] = await tx.sql<Published>(
    `select e.edition, e.published_at as "publishedAt", case when $2 = 'sq' then e.document_sq else e.document_en end as document,
       (select array_agg(n.edition order by n.edition desc) from plan_report_edition n where n.report_id = e.report_id) as editions
     from plan_report_edition e join plan_report r on r.id = e.report_id
     where e.report_id = $1 and r.published_at is not null and ($3::int is null or e.edition = $3) order by e.edition desc limit 1`,
    [id, language, edition ?? null],
  )
  return row ?? null
}

/** How an edition is printed for everybody, signed in or not: the same bytes each time. */
export const editionPdf = (of: Omit<Published, 'editions'>): PdfOptions => ({
  now: of.publishedAt,
  footer: say(of.document.language, 'publicPages.published_edition', { n: of.edition }),
})

const makers = {
  pdf: (of: Published): Promise<Buffer> => pdfOf(of.document, editionPdf(of)),
  xlsx: (of: Published): Promise<Buffer> => workbookOf(of.document),
} as const
const media = { pdf: pdfType, xlsx: xlsxType } as const

/** Files made once and kept: what was published never changes. One is made at a time, so that nobody can keep the server drawing. */
const shelf = () => {
  const kept = new Map<string, Promise<Buffer>>()
  let turn: Promise<unknown> = Promise.resolve()
  return (key: string, make: () => Promise<Buffer>): Promise<Buffer> => {
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = turn.then(make)
    turn = made.catch(() => undefined)
    kept.set(key, made)
    made.catch(() => kept.delete(key))
    if (kept.size > 24) kept.delete([...kept.keys()][0]!)
    return made
  }
}

export const mountPublishedReports = (app: FastifyInstance, ctx: Context): void => {
  const fetch = shelf()
  app.get(
    '/api/public/reports',
    {
      schema: {
        summary: ListPublished.summary,
        querystring: ListPublished.query,
        response: { 200: ListPublished.reply, '4xx': ProblemShape },
      },
    },
    async (request) => {
      const query = parse(ListPublished.query, request.query, 'query')
      return withTx(ctx, publicActor, (tx) => listPublished(tx, query))
    },
  )
  app.get(
    '/api/public/reports/:file',
    {
      schema: {
        summary: OnePublished.summary,
        params: OnePublished.params,
        querystring: OnePublished.query,
        produces: ['application/json', pdfType, xlsxType],
        response: { '4xx': ProblemShape },
      },
    },
    async (request, reply) => {
      const { file } = parse(OnePublished.params, request.params, 'params')
      const { lang, edition } = parse(OnePublished.query, request.query, 'query')
      const [id = '', ending] = file.split('.') as [string, ('pdf' | 'xlsx')?]
      if (!uuid.safeParse(id).success) throw notFound()
      const found = await withTx(ctx, publicActor, (tx) => publishedReport(tx, id, lang, edition))
      if (found === null) throw notFound()
      if (ending === undefined) return OnePublished.reply.parse(found.document)
      const bytes = await fetch(`${id} ${found.edition} ${lang} ${ending}`, () => makers[ending](found))
      const outgoing: OutgoingFile = {
        name: `${id.slice(0, 8)}-${found.edition}-${lang}.${ending}`,
        media: media[ending],
        bytes,
      }
      return sendFile(reply, outgoing)
    },
  )
}
