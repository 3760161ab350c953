/**
 * A file leaves the register: never inside a page, with the case's code as its name, remembered each time. Pictures come as a
 * sheet with case code and reader laid over them; the file itself carries the same words as a comment where its format has one.
 */
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type AttachmentKind, mediaOf } from '#domain/attachment/media.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { timeOf } from '#domain/document/parts.ts'
import { TakeAttachment } from '#wire/attachment.ts'
import { Problem as ProblemShape } from '#wire/envelope.ts'
import { recordAccess } from '../access.ts'
import type { Context } from '../context.ts'
import { requireIdentity } from '../endpoint.ts'
import { pdfType } from '../pdf/document.ts'
import { notFound } from '../problem.ts'
import { parse } from '../shape.ts'
import { type Tx, withTx } from '../tx.ts'
import { say } from '../words.ts'
import { marked } from './mark.ts'
import { openPieces, wholeFile } from './pieces.ts'

interface Row {
  readonly kind: AttachmentKind
  readonly size: number
  readonly tier: 'T3' | 'T4'
  readonly pieces: number
  readonly code: string
  readonly readable: boolean
}

/** Larger files are opened group by group while they leave; nothing holds a film whole. */
const wholeUpTo = 25_000_000

const headers = (reply: FastifyReply, name: string, media: string): FastifyReply =>
  reply.type(media).headers({
    'content-disposition': `attachment; filename="${name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })

const findFile = async (tx: Tx, caseId: Uuid, id: Uuid): Promise<Row> => {
  const [row] = await tx.sql<Row>(
    `select a.kind, a.size, a.tier, a.pieces, c.code,
       exists (select 1 from attachment_piece p where p.attachment_id = a.id) as readable
     from attachment a join case_file c on c.id = a.case_id where a.id = $1 and a.case_id = $2 and a.state = 'kept'`,
    [id, caseId],
  )
  // Its existence may be known where it may not be read; asked for its bytes it reads as absent.
  if (row === undefined || !row.readable) throw notFound()
  return row
}

export const mountAttachmentFiles = (app: FastifyInstance, ctx: Context): void => {
  app.route({
    method: 'GET',
    url: '/api/cases/:id/attachments/:attachmentId/file',
    schema: {
      tags: ['cases'],
      summary: TakeAttachment.summary,
      params: TakeAttachment.params,
      querystring: TakeAttachment.query,
      produces: ['*/*'],
      response: { '4xx': ProblemShape },
    },
    validatorCompiler: () => (value) => ({ value }),
    handler: async (request, reply) => {
      const { actor, language } = await requireIdentity(ctx, request)
      const { id: caseId, attachmentId: id } = parse(TakeAttachment.params, request.params, 'path')
      const { as } = parse(TakeAttachment.query, request.query, 'query')
      const taken = await withTx(ctx, actor, async (tx) => {
        const row = await findFile(tx, caseId, id)
        const [taker] = await tx.sql<{ name: string; login: string }>(
          'select display_name as name, login from app_user where id = $1',
          [actor.userId],
        )
        recordAccess(tx, { act: 'export', kind: 'case_file', ids: [caseId], tier: row.tier })
        const bytes = row.size <= wholeUpTo ? await wholeFile(tx, id, row.pieces) : null
        return { row, bytes, taker: taker ?? { name: '–', login: '–' }, now: tx.now as Instant }
      })
      const { row, bytes, taker, now } = taken
      const stem = `${row.code}-${id.slice(-6)}`
      const by = say(language, 'attachmentPage.mark', { code: row.code, ...taker, when: timeOf(now) })
      if (bytes === null) {
        const parts = async function* () {
          for (let from = 0; from < row.pieces; from += 16)
            yield await withTx(ctx, actor, async (tx) => {
              const found: Buffer[] = []
              for await (const part of openPieces(tx, id, Math.min(row.pieces, from + 16), from))
                found.push(part)
              return Buffer.concat(found)
            })
        }
        return headers(reply, `${stem}.${row.kind}`, mediaOf[row.kind]).send(Readable.from(parts()))
      }
      // What draws is loaded by whoever first asks for a sheet.
      const { fitsSheet, sheetOf } = await import('./sheet.ts')
      if (as === 'sheet' && fitsSheet(row.kind, bytes)) {
        const sheet = await sheetOf(bytes, { language, now, code: row.code, login: taker.login, footer: by })
        return headers(reply, `${stem}.pdf`, pdfType).send(sheet)
      }
      return headers(reply, `${stem}.${row.kind === 'jpeg' ? 'jpg' : row.kind}`, mediaOf[row.kind]).send(
        marked(row.kind, bytes, by),
      )
    },
  })
}
