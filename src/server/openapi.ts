/**
 * The description of the API, OpenAPI 3.1, made from the schemas that check the requests: it cannot say anything
 * else than what the server does. Every command type stands in it with its own body.
 */
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
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
      return jsonSchemaTransform({ ...input, schema: { ...described, ...security } })
    },
  })
}
