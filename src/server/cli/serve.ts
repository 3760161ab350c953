/** `npm start`: from nothing to “ready”, and back to nothing on SIGTERM. stdout carries the one line `ready …`. */
import { createServer } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type Config, metricsHost, readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { codeOf, Fault, messageOf } from '../fault.ts'
import { openDatabase } from '../open.ts'
import { print, say } from './output.ts'
import type { Verb } from './verb.ts'

/** Where the server listens, and the variable by which it was told so. */
interface Place {
  readonly variable: 'PORT' | 'METRICS_PORT'
  readonly port: number
  readonly host: string
}

const placesOf = ({ port, host, metricsPort }: Config): readonly [Place, ...Place[]] => [
  { variable: 'PORT', port, host },
  ...(metricsPort === undefined
    ? []
    : [{ variable: 'METRICS_PORT', port: metricsPort, host: metricsHost } as const]),
]

const portFault = (error: unknown, { variable, port, host }: Place): unknown => {
  const code = codeOf(error)
  if (code === 'EADDRINUSE')
    return new Fault(
      `Port ${port} is taken by another program: set ${variable} to a free one. Nothing was changed.`,
    )
  if (code === 'EACCES')
    return new Fault(`This user may not listen on port ${port}: set ${variable} to one above 1023.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Fault(`HOST names ${host}, which is no address of this machine.`)
  return error
}

/** Asked before the database is touched: a second start on the same port changes nothing. */
const portIsFree = (place: Place): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(portFault(error, place)))
    probe.listen(place.port, place.host, () => probe.close(() => resolve()))
  })

const listen = async (app: FastifyInstance, config: Config): Promise<number> => {
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    throw portFault(error, placesOf(config)[0])
  }
  const [address] = app.addresses()
  return typeof address === 'object' ? address.port : config.port
}

/** SIGTERM, Ctrl-C, or the death of whoever launched us: end once, in order. */
const askedToEnd = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve(signal))
    if (process.connected) process.once('disconnect', () => resolve('the launcher ended'))
  })

/** The database begins and is made ready while the rest of the program is still being read: that is most of a warm start. */
const beginBoth = async (config: Config) => {
  const opening = openDatabase(config, say)
  opening.catch(() => {})
  const booting = import('../boot.ts').then(({ boot }) => boot(config, say, opening))
  booting.catch(() => {})
  try {
    const [{ buildApp }, log] = await Promise.all([import('../app.ts'), import('../log.ts')])
    return { booted: await booting, buildApp, log }
  } catch (error) {
    await booting.then((booted) => booted.close()).catch(() => {})
    throw error
  }
}

const run = async (config: Config, ended: Promise<string>): Promise<void> => {
  for (const place of placesOf(config)) await portIsFree(place)
  const { booted, buildApp, log } = await beginBoth(config)
  const { ctx, seal } = booted
  const closers: (() => Promise<unknown>)[] = [booted.close]
  const logger = log.makeLog(config.logLevel)
  try {
    // Only an empty embedded database that this start has made (decision 22).
    if (booted.fresh) await (await import('../demo/index.ts')).loadDemo(ctx, say)
    const app = await buildApp(ctx, { trustProxy: config.trustProxy, exitUrl: config.exitUrl })
    closers.unshift(() => app.close())
    log.logRequests(app, logger)
    if (config.metricsPort !== undefined) {
      const { measure, serveMetrics } = await import('../metrics.ts')
      const metrics = await serveMetrics(measure(app, ctx), config.metricsPort)
      closers.unshift(async () => metrics.close())
    }
    booted.whole()
    const port = await listen(app, config)
    print(`ready http://localhost:${port}`)
    say(`database: ${booted.where}`)
    const [{ startWorker }, { announceWays, openOutbound }] = await Promise.all([
      import('../jobs/worker.ts'),
      import('../notice/outbound.ts'),
    ])
    const outbound = openOutbound(ctx, config, port)
    closers.unshift(async () => outbound.mail?.close())
    await announceWays(ctx, outbound)
    const [{ officialDatabase }, { announceOfficial }] = await Promise.all([
      import('../exchange/official.ts'),
      import('../exchange/official-doors.ts'),
    ])
    await announceOfficial(ctx, config.official !== undefined)
    const official =
      config.official === undefined
        ? {}
        : { official: officialDatabase(config.official.url, config.official.token) }
    const { listSource } = await import('../packet/fetch.ts')
    const jobs = { ctx, seal, outbound, lists: listSource(), ...official }
    const worker = await startWorker(jobs, { tell: log.logTask(logger) })
    closers.unshift(worker.stop)
    await tellDemo(ctx)
    say(`ending: ${await ended}`)
  } finally {
    // One that fails must not keep the database running.
    for (const close of closers) await close().catch((error) => say(`while ending: ${messageOf(error)}`))
  }
}

/** In a demo country everybody may know who can sign in. */
const tellDemo = async (ctx: Context): Promise<void> => {
  const { demoAccounts, isDemo } = await import('../demo/index.ts')
  if (!(await isDemo(ctx))) return
  const { tellAccounts } = await import('./demo.ts')
  tellAccounts(demoAccounts())
}

export const verb: Verb = {
  run: async () => {
    await run(readConfig(), askedToEnd())
    return 0
  },
}
