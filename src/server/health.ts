/** Is it alive, is it ready: for whoever restarts or routes. They say nothing about records. */
import type { FastifyInstance } from 'fastify'
import type { Context } from './context.ts'
import { readMigrations } from './migrate.ts'

const PATIENCE = 2_000

type State = 'ok' | 'behind' | 'unavailable'

/** Every migration that this program brings must be in the database, or its queries speak of tables that are not there. */
const newest = Math.max(0, ...readMigrations().map((one) => one.number))

const stateInTime = async (ctx: Context): Promise<{ database: State; migrations: State }> => {
  const asked = ctx.pools.app
    .query<{ at: number }>('select coalesce(max(number), 0)::int as at from schema_migration')
    .then(
      ({ rows }) => ({ database: 'ok', migrations: (rows[0]?.at ?? 0) < newest ? 'behind' : 'ok' }) as const,
      () => ({ database: 'unavailable', migrations: 'unavailable' }) as const,
    )
  const late = new Promise<{ database: State; migrations: State }>((resolve) => {
    setTimeout(resolve, PATIENCE, { database: 'unavailable', migrations: 'unavailable' }).unref()
  })
  return Promise.race([asked, late])
}

export const mountHealth = (app: FastifyInstance, ctx: Context): void => {
  app.get('/health/live', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  app.get('/health/ready', { schema: { hide: true } }, async (_request, reply) => {
    const { database, migrations } = await stateInTime(ctx)
    const ready = database === 'ok' && migrations === 'ok'
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', database, migrations })
  })
}
