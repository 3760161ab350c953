/**
 * One throw-away PostgreSQL for a whole run of tests, migrated once into a template that each test file copies.
 * PG_UNDER_TEST chooses the major (the npm-shipped one is 18).
 */
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { SUPERUSER, urlOf } from '#server/embedded/process.ts'
import { migrate } from '#server/migrate.ts'
import { LOGIN, TEMPLATE } from '#test/database.ts'
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
    await template(server.run)
  } catch (error) {
    await server.stop()
    throw error
  }
  project.provide('postgres', server.run)
  project.provide('postgresMajor', server.major)
  return server.stop
}

/** A plain login as in production (no superuser), and a database migrated once. */
const template = async (run: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: urlOf(run, SUPERUSER, 'postgres') })
  await admin.connect()
  try {
    await admin.query(`create role ${LOGIN} login noinherit createrole createdb`)
    await admin.query(`create database ${TEMPLATE} owner ${LOGIN}`)
    await migrate(urlOf(run, LOGIN, TEMPLATE))
    await admin.query(`alter database ${TEMPLATE} with allow_connections false`)
  } finally {
    await admin.end()
  }
}
