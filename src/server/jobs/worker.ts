/**
 * The background worker: recurring tasks on a job queue in the same database (decision 19), so that several
 * processes share them and each runs once. The queue connects as the schema's owner; the tasks themselves run as
 * `mb_jobs` through `systemTx`.
 */
import { Logger, parseCronItems, run, type TaskList } from 'graphile-worker'
import pg from 'pg'
import { type JobContext, preparePartitions, tasks } from './tasks.ts'

export interface Worker {
  stop(): Promise<void>
}

export interface WorkerOptions {
  /** Told each task's outcome and each failure; never a personal value. */
  readonly tell?: (event: {
    task: string
    ms: number
    counts?: Readonly<Record<string, number>>
    error?: string
  }) => void
}

export const startWorker = async (job: JobContext, { tell }: WorkerOptions = {}): Promise<Worker> => {
  await preparePartitions(job.ctx)
  // The queue reads dates as dates, where our own pools read them as text.
  const { connectionString, options } = job.ctx.pools.owner.options as pg.PoolConfig
  const pool = new pg.Pool({ connectionString, options, max: 3, application_name: 'mburoja worker' })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const taskList: TaskList = Object.fromEntries(
    tasks.map((task) => [
      task.name,
      async () => {
        const from = performance.now()
        const ms = () => Math.round(performance.now() - from)
        try {
          const counts = await task.run(job)
          tell?.({ task: task.name, ms: ms(), counts })
        } catch (error) {
          tell?.({ task: task.name, ms: ms(), error: nameOf(error) })
          throw error
        }
      },
    ]),
  )
  const runner = await run({
    pgPool: pool,
    concurrency: 1,
    noHandleSignals: true,
    pollInterval: 5000,
    logger: new Logger(() => () => {}),
    taskList,
    // A task that outlasts its minute is not queued twice; one that failed waits for its next time.
    parsedCronItems: parseCronItems(
      tasks.map((task) => ({
        task: task.name,
        match: task.when,
        options: { backfillPeriod: 0, maxAttempts: 1, jobKey: task.name, jobKeyMode: 'preserve_run_at' },
      })),
    ),
  })
  // What fell due while nobody was running waits no further minute.
  await runner.addJob('clocks', {}, { jobKey: 'clocks', jobKeyMode: 'preserve_run_at', maxAttempts: 1 })
  return {
    stop: async () => {
      await runner.stop()
      await pool.end()
    },
  }
}

/** A database's message may quote a value; its code and our own errors' names do not. */
const nameOf = (error: unknown): string =>
  error instanceof Error ? `${error.name} ${'code' in error ? String(error.code) : ''}`.trim() : 'unknown'
