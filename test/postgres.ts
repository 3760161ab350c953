/**
 * One throw-away PostgreSQL for a whole run of tests: made empty in a temporary directory, migrated once into a
 * template, ended and removed with the run. PG_UNDER_TEST chooses the major (the npm-shipped one is 18).
 * Nothing here is durable on purpose: fsync is off.
 */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { closedParent, serverAccount } from '#server/embedded/account.ts'
import { choose, installed, openToAll } from '#server/embedded/binaries.ts'
import { begin, end, initialise, type Place, SUPERUSER, urlOf } from '#server/embedded/process.ts'
import { migrate } from '#server/migrate.ts'
import { LOGIN, TEMPLATE } from '#test/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of the socket of the server under test. */
    postgres: string
    postgresMajor: number
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'mb-test-'))
  chmodSync(home, 0o711)
  const account = serverAccount((line) => process.stderr.write(`${line}\n`))
  const place: Place = {
    home,
    data: join(home, 'pg'),
    run: join(home, 'run'),
    log: join(home, 'log'),
    account,
  }
  mkdirSync(place.run, { mode: 0o700 })
  if (account.other) for (const path of [home, place.run]) chownSync(path, account.uid, account.gid)
  const asked = process.env.PG_UNDER_TEST
  let binaries = choose(installed(process.env.PG_BIN), asked === undefined ? undefined : Number(asked))
  if (asked === undefined) binaries = installed().find((one) => one.from === 'system') ?? binaries
  if (account.other && closedParent(join(binaries.bin, 'postgres'), account) !== undefined)
    binaries = openToAll(binaries, join(home, 'bin'))
  initialise(binaries.bin, place, place.data, false)
  allowAll(place)
  const child = await begin(binaries.bin, place, {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: 120,
    shared_buffers: '128MB',
    log_min_messages: 'fatal',
    timezone: 'UTC',
    jit: 'off',
  })
  const stop = async (): Promise<void> => {
    if (child.pid !== undefined) await end(child.pid)
    rmSync(home, { recursive: true, force: true })
  }
  try {
    await template(place.run)
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('postgres', place.run)
  project.provide('postgresMajor', binaries.major)
  return stop
}

/** The socket's directory is closed to everybody but us, so the test server asks nobody who they are. */
const allowAll = (place: Place): void => {
  const { uid, gid, other } = place.account
  const file = join(place.data, 'pg_hba.conf')
  writeFileSync(file, 'local all all trust\n')
  if (other) chownSync(file, uid, gid)
}

/** A plain login as in production (no superuser), and a database migrated once, copied for each test file. */
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
