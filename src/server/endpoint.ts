/**
 * One endpoint, one declaration: method, address, the shapes of what comes in and goes out, and the use case. The
 * pipeline around it is the same for all: who asks → transaction bound to them → work → access record → reply.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Purpose, purposes } from '#domain/core.ts'
import { Problem as ProblemShape } from '#wire/envelope.ts'
import { recordAccess } from './access.ts'
import type { Context, Identity } from './context.ts'
import { uuidv7 } from './ids.ts'
import { invalid, notFoundAt, Problem, problemDocument } from './problem.ts'
import { mustHaveScope } from './session/scope.ts'
import { parse } from './shape.ts'
import { type Tx, withTx, withWriteTx } from './tx.ts'
import { languageOf } from './words.ts'

type Shape = z.ZodType | undefined
type Out<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined

export interface Wire<P extends Shape, Q extends Shape, R extends z.ZodType, B extends Shape = undefined> {
  readonly summary: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly reply: R
}

export interface Request<P, Q, B = undefined> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly identity: Identity
  readonly ctx: Context
}

/**
 * `PUT` and `DELETE` are for one's own unsent writing alone; whatever is a record changes by a command. `POST` is a read
 * whose question names people, and so stands in no address.
 */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface Endpoint {
  readonly method: Method
  readonly url: string
  readonly wire: Wire<Shape, Shape, z.ZodType, Shape>
  readonly handle: (tx: Tx, request: Request<never, never, never>) => Promise<unknown>
}

/** A read for somebody signed in. What they may see is decided by the rows that their transaction can reach. */
export const endpoint = <
  R extends z.ZodType,
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
>(declared: {
  method: Method
  url: string
  wire: Wire<P, Q, R, B>
  handle: (tx: Tx, request: Request<Out<P>, Out<Q>, Out<B>>) => Promise<z.input<R>>
}): Endpoint => declared as unknown as Endpoint

/** Who is asking, or a 401. The purpose they state (`x-purpose`) is bound to the transaction and recorded. */
export const requireIdentity = async (ctx: Context, request: FastifyRequest): Promise<Identity> => {
  const found = await ctx.identify(request)
  if (found === null) throw new Problem('unauthenticated')
  // The page says in which language it is being read now; the account's own language is for those that say nothing.
  const asked = request.headers['accept-language']
  const identity = asked === undefined ? found : { ...found, language: languageOf(asked) }
  mustHaveScope(identity, request)
  const stated = request.headers['x-purpose']
  if (stated === undefined) return identity
  const purpose = purposes.find((known) => known === stated)
  if (purpose === undefined) throw invalid({ field: 'headers.x-purpose', code: 'unknown_code' })
  return { ...identity, actor: { ...identity.actor, purpose: purpose satisfies Purpose } }
}

export const sendProblem = (request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply => {
  const document = problemDocument(problem, languageOf(request.headers['accept-language']))
  if (problem.retryAfter !== null) reply.header('retry-after', String(problem.retryAfter))
  return reply
    .status(document.status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(document)
}

export const mountEndpoint = (app: FastifyInstance, ctx: Context, declared: Endpoint): void => {
  app.route({
    method: declared.method,
    url: declared.url.replaceAll(/\{(\w+)\}/g, ':$1'),
    schema: {
      summary: declared.wire.summary,
      ...(declared.wire.params === undefined ? {} : { params: declared.wire.params }),
      ...(declared.wire.query === undefined ? {} : { querystring: declared.wire.query }),
      ...(declared.wire.body === undefined ? {} : { body: declared.wire.body }),
      response: { 200: declared.wire.reply, '4xx': ProblemShape },
    },
    // Shapes are checked here, in one way for all doors, so that a fault names its field in both languages.
    validatorCompiler: () => (value) => ({ value }),
    handler: async (request, reply) => {
      const input = await inputOf(ctx, declared.wire, request)
      const { actor } = input.identity
      const work = (tx: Tx) => declared.handle(tx, input)
      return await reply.send(
        await rememberMisses(ctx, declared.url, input, () =>
          declared.method === 'GET' || declared.method === 'POST'
            ? withTx(ctx, actor, work)
            : withWriteTx(ctx, actor, { commandId: uuidv7() }, work),
        ),
      )
    },
  })
}

/** Who asks and what they ask for, each part held against its shape. */
const inputOf = async (
  ctx: Context,
  wire: { readonly params?: z.ZodType; readonly query?: z.ZodType; readonly body?: z.ZodType },
  request: FastifyRequest,
): Promise<Request<never, never, never>> => {
  const identity = await requireIdentity(ctx, request)
  const { params, query, body } = wire
  return {
    params: params === undefined ? undefined : parse(params, request.params, 'path'),
    query: query === undefined ? undefined : parse(query, request.query, 'query'),
    body: body === undefined ? undefined : parse(body, request.body, 'body'),
    identity,
    ctx,
  } as Request<never, never, never>
}

/** A door that stayed closed is remembered too. */
const rememberMisses = async <R>(
  ctx: Context,
  url: string,
  input: Request<unknown, unknown, unknown>,
  work: () => Promise<R>,
): Promise<R> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem && (error.code === 'not_found' || error.code === 'forbidden')) {
      const { id } = (input.params ?? {}) as { id?: string }
      await withTx(ctx, input.identity.actor, async (tx) => {
        recordAccess(tx, { act: 'refused', kind: url, ids: asIds(id), code: error.code })
      })
      const [part] = Object.keys(input.params ?? {})
      if (error.code === 'not_found' && part !== undefined) throw notFoundAt(`path.${part}`, error)
    }
    throw error
  }
}

/** A file as it leaves the house; it is made whole before the first byte goes, so that a fault is a problem, not half a file. */
export interface OutgoingFile {
  /** ASCII, with its ending. */
  readonly name: string
  readonly media: string
  readonly bytes: Uint8Array
}

export interface Download {
  readonly url: string
  readonly wire: { readonly summary: string; readonly params?: z.ZodType; readonly query?: z.ZodType }
  readonly media: string
  readonly handle: (tx: Tx, request: Request<never, never>) => Promise<OutgoingFile>
}

/** A file for somebody signed in; otherwise like `endpoint`. The handler records the export. */
export const download = <P extends Shape = undefined, Q extends Shape = undefined>(declared: {
  url: string
  /** As the description of the API names it. */
  media: string
  wire: { summary: string; params?: P; query?: Q }
  handle: (tx: Tx, request: Request<Out<P>, Out<Q>>) => Promise<OutgoingFile>
}): Download => declared as unknown as Download

export const mountDownload = (app: FastifyInstance, ctx: Context, declared: Download): void => {
  app.route({
    method: 'GET',
    url: declared.url.replaceAll(/\{(\w+)\}/g, ':$1'),
    schema: {
      summary: declared.wire.summary,
      produces: [declared.media],
      ...(declared.wire.params === undefined ? {} : { params: declared.wire.params }),
      ...(declared.wire.query === undefined ? {} : { querystring: declared.wire.query }),
      response: { '4xx': ProblemShape },
    },
    validatorCompiler: () => (value) => ({ value }),
    handler: async (request, reply) => {
      const input = await inputOf(ctx, declared.wire, request)
      const file = await rememberMisses(ctx, declared.url, input, () =>
        withTx(ctx, input.identity.actor, (tx) => declared.handle(tx, input)),
      )
      return sendFile(reply, file)
    },
  })
}

/** Saved, never opened inside the page; kept by no cache. */
export const sendFile = (reply: FastifyReply, file: OutgoingFile): FastifyReply =>
  reply
    .header('content-disposition', `attachment; filename="${file.name.replaceAll(/[^\w.-]/g, '_')}"`)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .type(file.media)
    .send(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength))

const asIds = (id: string | undefined): string[] =>
  id !== undefined && /^[0-9a-f-]{36}$/i.test(id) ? [id] : []
