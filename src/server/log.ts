/**
 * Structured logs on stderr, one JSON object a line. No personal data: a request is named by its route, never by its
 * address, its query, its body or who asked.
 */
import type { FastifyInstance } from 'fastify'
import { destination, type Logger, pino } from 'pino'
import { remedyFor } from './accident.ts'
import type { Config } from './config.ts'
import type { WorkerOptions } from './jobs/worker.ts'
import { Problem } from './problem.ts'

export const makeLog = (level: Config['logLevel']): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination({ fd: 2, sync: false }))

export const logRequests = (app: FastifyInstance, log: Logger): void => {
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      id: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    }
    if (reply.statusCode >= 500) log.error(line, 'request failed')
    else log.debug(line, 'request')
  })
  app.addHook('onError', async (request, _reply, error) => {
    // What a sender did wrong with a body is no accident of ours, and must not fill the log.
    // What whoever runs it can mend is told, though it has been answered in order.
    if (error instanceof Problem && remedyFor(error) === undefined) return
    if (error.code?.startsWith('FST_ERR_CTP_')) return
    // The message of a database error may quote a value; its code and the place in our sources may not.
    log.error(
      {
        id: request.id,
        route: request.routeOptions.url ?? 'unknown',
        name: error.name,
        code: error.code,
        remedy: remedyFor(error),
        at: (error.stack ?? '')
          .split('\n')
          .filter((frame) => frame.trimStart().startsWith('at '))
          .slice(0, 6),
      },
      'accident',
    )
  })
}

/** Outcomes of the background worker's tasks; failures name the task, never a row. */
export const logTask =
  (log: Logger): NonNullable<WorkerOptions['tell']> =>
  ({ error, ...event }) => {
    if (error === undefined) log.debug(event, 'task')
    else log.error({ ...event, error }, 'task failed')
  }
