/** The table of contents: what the server answers, and in which order a request walks through it. */
import swagger from '@fastify/swagger'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { CommandReply, Envelope, Problem as ProblemShape } from '#wire/envelope.ts'
import { clockCommands, clockEndpoints } from './clock/index.ts'
import { type CommandRegistry, execute, registry } from './command.ts'
import { consentCommands, consentEndpoints } from './consent/index.ts'
import type { Context } from './context.ts'
import { type Endpoint, mountEndpoint, requireIdentity, sendProblem } from './endpoint.ts'
import { mountHealth } from './health.ts'
import { noticeCommands, noticeEndpoints } from './notice/index.ts'
import { invalid, Problem } from './problem.ts'
import { referralCommands, referralEndpoints } from './referral/index.ts'
import { reportCommands, reportEndpoints } from './report/index.ts'
import { mountPublicApi } from './report/public-api.ts'
import { mountSession } from './session/index.ts'

/** Every write, by noun. */
export const commands: CommandRegistry = registry([
  ...clockCommands,
  ...consentCommands,
  ...noticeCommands,
  ...referralCommands,
  ...reportCommands,
])

/** Every read for somebody signed in, by noun. */
export const endpoints: readonly Endpoint[] = [
  ...clockEndpoints,
  ...consentEndpoints,
  ...noticeEndpoints,
  ...referralEndpoints,
  ...reportEndpoints,
]

/** One megabyte: the longest honest command is a report of a few children. */
const bodyLimit = 1_048_576

export const buildApp = async (ctx: Context): Promise<FastifyInstance> => {
  const app = fastify({ logger: false, bodyLimit, trustProxy: false }).withTypeProvider<ZodTypeProvider>()
  app.setSerializerCompiler(serializerCompiler)
  app.setValidatorCompiler(() => (value) => ({ value }))
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, asProblem(error)))
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Problem('not_found')))
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Mburoja', version: '0.1.0', description: 'One register that protects children.' },
    },
    transform: jsonSchemaTransform,
  })

  app.route({
    method: 'POST',
    url: '/api/commands',
    schema: {
      summary: 'Every write: one command, one answer, the same answer when sent again',
      body: Envelope,
      response: { 200: CommandReply, '4xx': ProblemShape },
    },
    handler: async (request) => {
      const identity = await requireIdentity(ctx, request)
      return execute(ctx, commands, identity.actor, request.body)
    },
  })
  mountHealth(app as unknown as FastifyInstance, ctx)
  mountPublicApi(app as unknown as FastifyInstance, ctx)
  for (const declared of endpoints) mountEndpoint(app, ctx, declared)
  mountSession(app as unknown as FastifyInstance, ctx)
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  return app as unknown as FastifyInstance
}

/** Whatever was thrown, as a problem that says nothing of the inside. */
const asProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  const code = (error as Partial<FastifyError>).code
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('too_large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('unsupported_media_type')
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || error instanceof SyntaxError)
    return invalid({ field: 'body', code: 'bad_json' })
  return new Problem('internal')
}
