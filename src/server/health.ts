/** Is it alive, is it ready: for whoever restarts or routes. They say nothing about records. */
import type { FastifyInstance } from 'fastify'
import type { Context } from './context.ts'

const PATIENCE = 2_000

const answersInTime = async (ctx: Context): Promise<boolean> => {
  const asked = ctx.pools.app.query('select 1').then(
    () => true,
    () => false,
  )
  const late = new Promise<boolean>((resolve) => {
    setTimeout(resolve, PATIENCE, false).unref()
  })
  return Promise.race([asked, late])
}

export const mountHealth = (app: FastifyInstance, ctx: Context): void => {
  app.get('/health/live', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  app.get('/health/ready', { schema: { hide: true } }, async (_request, reply) => {
    const database = await answersInTime(ctx)
    return reply
      .code(database ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: database ? 'ok' : 'unavailable', database: database ? 'ok' : 'unavailable' })
  })
}
