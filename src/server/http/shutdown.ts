/** Ending well: what has begun is finished, nobody holds the door open, and nothing is waited for forever. */
import type { FastifyInstance } from 'fastify'

/** A request that takes longer than this is cut off: the longest honest one takes a second. */
const patience = 10_000

export const mountShutdown = (app: FastifyInstance): void => {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
    app.server.closeIdleConnections()
    setTimeout(() => app.server.closeAllConnections(), patience).unref()
  })
  // Browsers keep connections open for the next request: the last answer tells them there is none.
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
}
