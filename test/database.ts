/**
 * A database of one's own for a test file: a copy of one that the run prepared once, a tenth of a second in memory, up to
 * one on a disk. Connect as `url` (the plain login, like production) or `admin` (superuser: for tampering, and for looking
 * past the policies).
 */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { SUPERUSER, urlOf } from '#server/embedded/process.ts'

export const LOGIN = 'mburoja'
export const TEMPLATE = 'mb_template'
/** The same with reference data and the cast in it. */
export const FURNISHED = 'mb_furnished'

export interface TestDatabase {
  readonly url: string
  /** Superuser, which no policy binds. */
  readonly adminUrl: string
  readonly name: string
  /** Runs one statement as the superuser and gives its rows. */
  admin<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  /** The same, outside of this database: for statements about the database itself. */
  server(sql: string): Promise<void>
  close(): Promise<void>
}

const once = async <Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, [...values])).rows
  } finally {
    await client.end()
  }
}

/** What outlives its statement is asked for on a connection of its own. */
const lasting = /(^|;)\s*(set|begin|lock|listen|prepare|create\s+temp)/i

const make = async (from: typeof TEMPLATE | typeof FURNISHED | 'template0'): Promise<TestDatabase> => {
  const run = inject('postgres')
  const name = `t_${randomBytes(6).toString('hex')}`
  const server = urlOf(run, SUPERUSER, 'postgres')
  await once(server, `create database ${name} template ${from} owner ${LOGIN}`)
  // Rights on a database are not copied with it.
  if (from !== 'template0') await once(server, `grant create, temporary on database ${name} to mb_owner`)
  const adminUrl = urlOf(run, SUPERUSER, name)
  // Kept open: a new connection would plan every statement anew, which costs more than running it.
  const pool = new pg.Pool({ connectionString: adminUrl, max: 12 })
  // Tests cut connections; whoever asks next gets another.
  pool.on('error', () => {})
  return {
    url: urlOf(run, LOGIN, name),
    adminUrl,
    name,
    admin: async <Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
      lasting.test(sql)
        ? once<Row>(adminUrl, sql, values)
        : (await pool.query<Row>({ text: sql, values: [...values] })).rows,
    server: async (sql) => {
      await once(server, sql)
    },
    close: async () => {
      await pool.end()
      await once(server, `drop database if exists ${name} with (force)`)
    },
  }
}

/** Migrated, no rows but what migrations bring. Roles belong to the whole server and are shared. */
export const freshDatabase = (): Promise<TestDatabase> => make(TEMPLATE)

/** With reference data and the cast, as `testApp` wants it. */
export const furnishedDatabase = (): Promise<TestDatabase> => make(FURNISHED)

/** Nothing in it at all: for tests of the migrations themselves. */
export const emptyDatabase = (): Promise<TestDatabase> => make('template0')
