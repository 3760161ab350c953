/**
 * A body over the limit is refused at its first bytes, while the sender is still writing: closing then breaks the
 * connection under many clients before they have read why. So the rest is read and thrown away, within bounds.
 */
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

const mostBytes = 64 * 1_048_576
const longest = 10_000

const readAway = (raw: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    if (raw.readableEnded || raw.destroyed) {
      resolve()
      return
    }
    let seen = 0
    const timer = setTimeout(resolve, longest)
    const enough = (): void => {
      clearTimeout(timer)
      resolve()
    }
    raw.on('data', (chunk: Buffer) => {
      seen += chunk.length
      if (seen > mostBytes) enough()
    })
    raw.once('end', enough).once('close', enough).once('error', enough)
    raw.resume()
  })

/** Mount it before any route, so that it holds for pages and interfaces alike. */
export const mountTooLarge = (app: FastifyInstance): void => {
  app.addHook('onSend', async (request, reply) => {
    if (reply.statusCode === 413) await readAway(request.raw)
  })
}
