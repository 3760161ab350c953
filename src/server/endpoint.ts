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
import { invalid, Problem, problemDocument } from './problem.ts'
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

/** `PUT` and `DELETE` are for one's own unsent writing alone; whatever is a record changes by a command. */
export type Method = 'GET' | 'PUT' | 'DELETE'

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
      const identity = await requireIdentity(ctx, request)
      const { params, query, body } = declared.wire
      const input = {
        params: params === undefined ? undefined : parse(params, request.params, 'path'),
        query: query === undefined ? undefined : parse(query, request.query, 'query'),
        body: body === undefined ? undefined : parse(body, request.body, 'body'),
        identity,
        ctx,
      } as Request<never, never, never>
      const work = (tx: Tx) => declared.handle(tx, input)
      try {
        return await reply.send(
          declared.method === 'GET'
            ? await withTx(ctx, identity.actor, work)
            : await withWriteTx(ctx, identity.actor, { commandId: uuidv7() }, work),
        )
      } catch (error) {
        if (error instanceof Problem && (error.code === 'not_found' || error.code === 'forbidden')) {
          const path = request.params as { id?: string }
          await withTx(ctx, identity.actor, async (tx) => {
            recordAccess(tx, { act: 'refused', kind: declared.url, ids: asIds(path.id), code: error.code })
          })
        }
        throw error
      }
    },
  })
}

const asIds = (id: string | undefined): string[] =>
  id !== undefined && /^[0-9a-f-]{36}$/i.test(id) ? [id] : []
