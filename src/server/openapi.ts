/**
 * The description of the API, OpenAPI 3.1, made from the schemas that check the requests: it cannot say anything
 * else than what the server does. Every command type stands in it with its own body.
 */
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Envelope } from '#wire/envelope.ts'
import type { CommandRegistry } from './command.ts'

/** One alternative for each command type, told apart by `type`. */
const commandUnion = (commands: CommandRegistry): z.ZodType => {
  const alternatives = [...commands.values()].map((command) =>
    z
      .strictObject({ ...Envelope.shape, type: z.literal(command.type), body: command.schema })
      .meta({ title: command.type }),
  )
  return alternatives.length === 0 ? Envelope : z.union(alternatives)
}

/** Every error of every door: one document, as RFC 9457 has it. */
const problems = {
  description: 'What is wrong, in the reader’s language',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

interface Answers {
  /** The kinds of file that a door gives which answers no JSON. */
  readonly produces?: readonly string[]
  readonly response?: Record<string, unknown>
}

/** What a door answers when all is well, its JSON or its file; else a problem. */
const answersOf = ({ produces = [], response = {} }: Answers): Record<string, unknown> => {
  const { '4xx': _problem, ...well } = response
  const files = Object.fromEntries(produces.map((media) => [media, { schema: {} }]))
  return {
    ...(Object.keys(well).length > 0 ? well : { 200: { description: 'The file', content: files } }),
    '4XX': problems,
  }
}

const open: readonly string[] = ['/api/hsds', '/api/public', '/api/session', '/health']

export const describeApi = async (app: FastifyInstance, commands: CommandRegistry): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Mburoja',
        version: '0.1.0',
        description:
          'One register in which a country protects its children. Every write is a command; every error a problem document (RFC 9457) in Albanian or English, by Accept-Language.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'A personal access token with scopes: read, write, statistics, export, admin.',
          },
          browser: {
            type: 'apiKey',
            in: 'cookie',
            name: 'mburoja',
            description: 'A signed-in browser; changes also carry the header x-csrf from GET /api/session.',
          },
        },
      },
      security: [{ token: [] }, { browser: [] }],
    },
    transform: (input) => {
      const described =
        input.url === '/api/commands' ? { ...input.schema, body: commandUnion(commands) } : input.schema
      const security = open.some((prefix) => input.url.startsWith(prefix)) ? { security: [] } : {}
      const made = jsonSchemaTransform({ ...input, schema: { ...described, ...security } })
      return made.schema?.hide === true
        ? made
        : { ...made, schema: { ...made.schema, response: answersOf(made.schema as Answers) } }
    },
    transformObject: jsonSchemaTransformObject,
  })
}
