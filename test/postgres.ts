/**
 * One throw-away PostgreSQL for a whole run of tests, with two databases that test files copy: one migrated, and one
 * that has reference data and the cast besides.
 * PG_UNDER_TEST chooses the major (the npm-shipped one is 18).
 */
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { makePool } from '#server/database.ts'
import { SUPERUSER, urlOf } from '#server/embedded/process.ts'
import { migrate } from '#server/migrate.ts'
import { loadReference } from '#server/reference/load.ts'
import { castSql, noon, secret } from '#test/cast.ts'
import { FURNISHED, LOGIN, TEMPLATE } from '#test/database.ts'
import { startThrowaway } from '#test/throwaway.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of the socket of the server under test. */
    postgres: string
    postgresMajor: number
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startThrowaway()
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
  try {
    await templates(server.run)
  } catch (error) {
    await server.stop()
    throw error
  }
  project.provide('postgres', server.run)
  project.provide('postgresMajor', server.major)
  return server.stop
}

/** A plain login as in production (no superuser), and the databases to copy. */
const templates = async (run: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: urlOf(run, SUPERUSER, 'postgres') })
  await admin.connect()
  try {
    await admin.query(`create role ${LOGIN} login noinherit createrole createdb`)
    await admin.query(`create database ${TEMPLATE} owner ${LOGIN}`)
    await migrate(urlOf(run, LOGIN, TEMPLATE))
    await admin.query(`create database ${FURNISHED} template ${TEMPLATE} owner ${LOGIN}`)
    await furnish(run)
    for (const name of [TEMPLATE, FURNISHED])
      await admin.query(`alter database ${name} with allow_connections false`)
  } finally {
    await admin.end()
  }
}

const furnish = async (run: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: urlOf(run, SUPERUSER, FURNISHED) })
  await admin.connect()
  await admin.query(castSql())
  await admin.end()
  const owner = makePool(urlOf(run, LOGIN, FURNISHED), 'mb_owner', { max: 2 })
  const none = async () => null
  try {
    await loadReference(
      {
        pools: { app: owner, auth: owner, jobs: owner, audit: owner, owner },
        clock: () => noon,
        secret,
        identify: none,
      },
      { bodies: false },
    )
  } finally {
    await owner.end()
  }
}
