/** The noun's doors: writes by type, reads by address, the public list of recalled packets, and the door for larger files. */
import type { FastifyInstance } from 'fastify'
import type { Instant, Uuid } from '#domain/core.ts'
import { CommandReply, Envelope, Problem as ProblemShape } from '#wire/envelope.ts'
import { RevocationsOf } from '#wire/packet.ts'
import { execute, registry } from '../command.ts'
import type { Context } from '../context.ts'
import { type Download, type Endpoint, requireIdentity } from '../endpoint.ts'
import { publicActor, withTx } from '../tx.ts'
import { packetCommands } from './commands.ts'
import { contactEndpoints } from './contacts.ts'
import { makeList, packetHash } from './container.ts'
import { ownCountry } from './open.ts'
import { readDownloads, readEndpoints } from './read.ts'

export { packetCommands } from './commands.ts'
export const packetEndpoints: readonly Endpoint[] = [...contactEndpoints, ...readEndpoints]
export const packetDownloads: readonly Download[] = readDownloads

/** The list as a file, signed as it is asked for: of the server's time, so that whoever carries it knows its age. */
export const ownRevocations = (ctx: Context): Promise<string> =>
  withTx(ctx, publicActor, async (tx) => {
    const country = await ownCountry(tx)
    const rows = await tx.sql<{ packet_id: Uuid; at: Instant }>(
      'select packet_id, at from packets_recalled($1)',
      [tx.now],
    )
    return makeList(
      tx.keys.country,
      country,
      tx.now,
      rows.map((row) => ({ packet: packetHash(row.packet_id), at: row.at })),
    )
  })

export const mountPackets = (app: FastifyInstance, ctx: Context): void => {
  app.get(
    '/api/public/packets/revocations',
    { schema: { summary: RevocationsOf, produces: ['text/plain'] } },
    async (_request, reply) => {
      const text = await ownRevocations(ctx)
      return reply
        .header('content-disposition', 'attachment; filename="mburoja-revocations.txt"')
        .type('text/plain; charset=us-ascii')
        .send(text)
    },
  )
  const own = registry(
    packetCommands.filter((one) => ['packet.receive', 'packet.take_revocations'].includes(one.type)),
  )
  // A packet with its paper is larger than any other command may be.
  app.route({
    method: 'POST',
    url: '/api/packets/files',
    bodyLimit: 6_000_000,
    schema: {
      summary:
        'packet.receive and packet.take_revocations, as POST /api/commands takes them, for files of up to 4 MB',
      body: Envelope,
      response: { 200: CommandReply, '4xx': ProblemShape },
    },
    validatorCompiler: () => (value) => ({ value }),
    handler: async (request) => {
      const identity = await requireIdentity(ctx, request)
      return execute(ctx, own, identity.actor, request.body)
    },
  })
}
