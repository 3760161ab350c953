/** `npm start`: from nothing to “ready”, and back to nothing on SIGTERM. stdout carries the one line `ready …`. */
import { createServer } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../app.ts'
import { type Booted, boot } from '../boot.ts'
import { type Config, readConfig } from '../config.ts'
import { loadDemo } from '../demo/index.ts'
import { codeOf, Fault } from '../fault.ts'
import { startWorker } from '../jobs/worker.ts'
import { logRequests, logTask, makeLog } from '../log.ts'
import { measure, serveMetrics } from '../metrics.ts'
import { tellAccounts } from './demo.ts'
import { print, say } from './output.ts'
import type { Verb } from './verb.ts'

const portFault = (error: unknown, config: Config): unknown => {
  const code = codeOf(error)
  if (code === 'EADDRINUSE')
    return new Fault(
      `Port ${config.port} is taken by another program: set PORT to a free one. Nothing was changed.`,
    )
  if (code === 'EACCES')
    return new Fault(`This user may not listen on port ${config.port}: set PORT to one above 1023.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Fault(`HOST names ${config.host}, which is no address of this machine.`)
  return error
}

/** Asked before the database is touched: a second start on the same port changes nothing. */
const portIsFree = (config: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(portFault(error, config)))
    probe.listen(config.port, config.host, () => probe.close(() => resolve()))
  })

const listen = async (app: FastifyInstance, config: Config): Promise<number> => {
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    throw portFault(error, config)
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

const run = async (config: Config, ended: Promise<string>): Promise<void> => {
  const log = makeLog(config.logLevel)
  await portIsFree(config)
  const booted: Booted = await boot(config, say)
  const closers: (() => Promise<unknown>)[] = [booted.close]
  try {
    // Only an empty embedded database that this start has made (decision 22).
    if (booted.fresh) tellAccounts(await loadDemo(booted.ctx, say))
    const app = await buildApp(booted.ctx, { trustProxy: config.trustProxy, exitUrl: config.exitUrl })
    closers.unshift(() => app.close())
    logRequests(app, log)
    if (config.metricsPort !== undefined) {
      const metrics = await serveMetrics(measure(app, booted.ctx), config.metricsPort)
      closers.unshift(async () => metrics.close())
    }
    booted.whole()
    const port = await listen(app, config)
    say(`database: ${booted.where}`)
    print(`ready http://localhost:${port}`)
    const worker = await startWorker({ ctx: booted.ctx, seal: booted.seal }, { tell: logTask(log) })
    closers.unshift(worker.stop)
    say(`ending: ${await ended}`)
  } finally {
    for (const close of closers) await close()
  }
}

export const verb: Verb = {
  run: async () => {
    await run(readConfig(), askedToEnd())
    return 0
  },
}
