/**
 * Resumable sending by the core protocol of tus 1.0 with creation, checksum, expiration and termination. Who may send is asked
 * anew at every request; what arrived is sealed before it is stored; a lost connection loses the piece that was under way.
 */
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { kindRefusal, mayAttach, most, sizeRefusal, uploadDays } from '#domain/attachment/attach.ts'
import { largest } from '#domain/attachment/media.ts'
import type { Uuid } from '#domain/core.ts'
import { uuid } from '#wire/envelope.ts'
import { getCase } from '../case/store.ts'
import type { Context } from '../context.ts'
import { requireIdentity } from '../endpoint.ts'
import { uuidv7 } from '../ids.ts'
import { invalid, notFound, Problem } from '../problem.ts'
import { parse } from '../shape.ts'
import { type WriteTx, withTx, withWriteTx } from '../tx.ts'
import { firstLook } from './examine.ts'
import { putPieces } from './pieces.ts'

const version = '1.0.0'
const always = { 'tus-resumable': version, 'cache-control': 'no-store' } as const
const InCase = z.strictObject({ id: uuid })
const One = z.strictObject({ id: uuid, attachmentId: uuid })
const bytes = 'application/offset+octet-stream'
/** Whole pieces of our own client are a quarter of this. */
const mostAtOnce = 1_048_576

const whole = (text: string | string[] | undefined, field: string): number => {
  if (typeof text !== 'string' || !/^\d{1,12}$/.test(text))
    throw invalid({ field: `headers.${field}`, code: 'bad_format' })
  return Number(text)
}
const mustSpeakTus = (request: FastifyRequest): void => {
  if (request.headers['tus-resumable'] !== version)
    throw invalid({ field: 'headers.tus-resumable', code: 'unknown_code' })
}

interface Row {
  readonly case_id: Uuid
  readonly size: number
  readonly received: number
  readonly pieces: number
  readonly expires_at: string
}
const columns = 'case_id, size, received, pieces, expires_at'
const ownUnfinished = `from attachment where id = $1 and case_id = $2 and state = 'uploading' and expires_at > $3`

/** Sending may be allowed at its beginning and no longer later: the case is asked each time. */
const mustAttach = async (tx: WriteTx, caseId: Uuid): Promise<void> => {
  const s = await getCase(tx, caseId)
  const no = mayAttach(tx.actor, s)
  if (no !== null) throw new Problem('refused', { refusal: no })
}

const begin = (ctx: Context) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { actor } = await requireIdentity(ctx, request)
  mustSpeakTus(request)
  const { id: caseId } = parse(InCase, request.params, 'path')
  const size = whole(request.headers['upload-length'], 'upload-length')
  if (size === 0) throw invalid({ field: 'headers.upload-length', code: 'too_small' })
  const large = sizeRefusal(size)
  if (large !== null) throw new Problem('too_large', { refusal: large })
  const id = uuidv7()
  const expires = await withWriteTx(ctx, actor, { commandId: uuidv7() }, async (tx) => {
    await mustAttach(tx, caseId)
    const [mine] = await tx.sql<{ n: number }>(
      `select count(*)::int as n from attachment where by_id = $1 and state = 'uploading'`,
      [actor.userId],
    )
    if ((mine?.n ?? 0) >= most.unfinished)
      throw new Problem('refused', {
        refusal: { code: 'attachment_too_many', field: 'file', params: { limit: most.unfinished } },
      })
    const until = new Date(Date.parse(tx.now) + uploadDays * 86_400_000).toISOString()
    tx.later(
      'insert into attachment (id, case_id, size, by_id, begun_at, expires_at) values ($1, $2, $3, $4, $5, $6)',
      [id, caseId, size, actor.userId, tx.now, until],
    )
    return until
  })
  return reply
    .code(201)
    .headers({
      ...always,
      location: `/api/cases/${caseId}/uploads/${id}`,
      'upload-expires': new Date(expires).toUTCString(),
    })
    .send()
}

const look = (ctx: Context) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { actor } = await requireIdentity(ctx, request)
  const { id, attachmentId } = parse(One, request.params, 'path')
  const row = await withTx(ctx, actor, async (tx) => {
    const [found] = await tx.sql<Row>(`select ${columns} ${ownUnfinished}`, [attachmentId, id, tx.now])
    if (found === undefined) throw notFound()
    return found
  })
  return reply
    .headers({
      ...always,
      'upload-offset': String(row.received),
      'upload-length': String(row.size),
      'upload-expires': new Date(row.expires_at).toUTCString(),
    })
    .send()
}

/** `sha256 <base64>`: of this piece, as it left the sender. */
const mustMatch = (request: FastifyRequest, body: Buffer): void => {
  const given = request.headers['upload-checksum']
  if (given === undefined) return
  const [algorithm = '', sum = ''] = String(given).split(' ')
  if (!['sha256', 'sha1'].includes(algorithm))
    throw invalid({ field: 'headers.upload-checksum', code: 'unknown_code' })
  if (createHash(algorithm).update(body).digest('base64') !== sum)
    throw invalid({ field: 'headers.upload-checksum', code: 'bad_format' })
}

const add = (ctx: Context) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { actor } = await requireIdentity(ctx, request)
  mustSpeakTus(request)
  const { id: caseId, attachmentId: id } = parse(One, request.params, 'path')
  const offset = whole(request.headers['upload-offset'], 'upload-offset')
  const body = request.body
  if (!Buffer.isBuffer(body)) throw new Problem('unsupported_media_type')
  mustMatch(request, body)
  const received = await withWriteTx<number | Problem>(ctx, actor, { commandId: uuidv7() }, async (tx) => {
    const [row] = await tx.sql<Row>(`select ${columns} ${ownUnfinished} for update`, [id, caseId, tx.now])
    if (row === undefined) throw notFound()
    await mustAttach(tx, caseId)
    // Another piece came first: the sender asks how far it is, and goes on from there.
    if (offset !== row.received) throw new Problem('stale')
    if (row.received + body.length > row.size) throw invalid({ field: 'body', code: 'too_big' })
    if (offset === 0 && body.length > 0) {
      const first = firstLook(body)
      const large = first.ok ? kindRefusal(first.is === 'zip' ? 'docx' : first.is, row.size) : null
      if (!first.ok || large !== null) {
        // What no piece more can save is gone with its refusal.
        await tx.sql('select forget_upload($1, $2)', [id, tx.now])
        return first.ok
          ? new Problem('too_large', large === null ? {} : { refusal: large })
          : new Problem('refused', { refusal: first.refusal })
      }
    }
    const pieces = await putPieces(tx, id, row.pieces, body)
    const now = row.received + body.length
    tx.later('update attachment set received = $2, pieces = $3 where id = $1', [id, now, pieces])
    return now
  })
  if (received instanceof Problem) throw received
  return reply
    .code(204)
    .headers({ ...always, 'upload-offset': String(received) })
    .send()
}

const giveUp = (ctx: Context) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { actor } = await requireIdentity(ctx, request)
  const { id, attachmentId } = parse(One, request.params, 'path')
  await withWriteTx(ctx, actor, { commandId: uuidv7() }, async (tx) => {
    const [row] = await tx.sql(`select 1 ${ownUnfinished}`, [attachmentId, id, tx.now])
    if (row === undefined) throw notFound()
    await tx.sql('select forget_upload($1, $2)', [attachmentId, tx.now])
  })
  return reply.code(204).headers(always).send()
}

const can = {
  ...always,
  'tus-version': version,
  'tus-extension': 'creation,checksum,expiration,termination',
  'tus-checksum-algorithm': 'sha256,sha1',
  'tus-max-size': String(largest),
} as const

export const mountUploads = (app: FastifyInstance, ctx: Context): void => {
  // A parser of its own, so that no other door takes bare bytes.
  app.register(async (scope) => {
    scope.addContentTypeParser(bytes, { parseAs: 'buffer' }, (_request, body, next) => next(null, body))
    const file = '/api/cases/:id/uploads/:attachmentId'
    const tags = ['cases']
    scope.route({
      method: 'OPTIONS',
      url: '/api/cases/:id/uploads',
      schema: { hide: true },
      handler: async (_request, reply) => reply.code(204).headers(can).send(),
    })
    scope.route({
      method: 'POST',
      url: '/api/cases/:id/uploads',
      schema: {
        tags,
        summary: 'Begins sending a file (tus 1.0 creation): Upload-Length in bytes',
        response: { 201: z.null().meta({ description: 'Begun; Location says where' }) },
      },
      handler: begin(ctx),
    })
    scope.route({
      method: 'HEAD',
      url: file,
      schema: { hide: true },
      handler: look(ctx),
    })
    scope.route({
      method: 'PATCH',
      url: file,
      bodyLimit: mostAtOnce,
      schema: {
        tags,
        summary: 'Adds the next bytes of a file (tus 1.0): Upload-Offset, optional Upload-Checksum',
        consumes: [bytes],
        body: z.unknown(),
        response: { 204: z.null().meta({ description: 'Kept; Upload-Offset says how far' }) },
      },
      handler: add(ctx),
    })
    scope.route({
      method: 'DELETE',
      url: file,
      schema: {
        tags,
        summary: 'Gives up sending (tus 1.0 termination)',
        response: { 204: z.null().meta({ description: 'Forgotten' }) },
      },
      handler: giveUp(ctx),
    })
  })
}
