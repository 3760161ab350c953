/**
 * Forward-only migrations: `migrations/NNNN_name.sql`, each in one transaction, run as `mb_owner`. What was run is
 * remembered with a checksum; a file that was edited, lost or slipped in behind is refused with a sentence.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { codeOf, Fault, messageOf } from './fault.ts'
import { bootstrapRoles } from './roles.ts'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  /** sha-256 of the file, in hexadecimal. */
  readonly checksum: string
}

export interface Migrated {
  /** Names of the files that this run applied, in order. */
  readonly applied: readonly string[]
  /** Number of the newest migration in the database. */
  readonly at: number
}

export interface MigrateOptions {
  /** Directory of the files; the product's own unless a test names another. */
  readonly directory?: string
  /** Stop after this number: migrations are tested one step at a time. */
  readonly upTo?: number
  readonly say?: (line: string) => void
}

/** Any constant will do, as long as every start of every version takes the same lock. */
const LOCK = 0x6d6275726f6a61n
const own = fileURLToPath(new URL('../../migrations', import.meta.url))

export const readMigrations = (directory = own): Migration[] => {
  if (!existsSync(directory)) return []
  const files = readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
  const migrations = files.map((file): Migration => {
    const named = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file)
    if (named === null) throw new Fault(`${file} is not named like a migration (0001_name.sql).`)
    const sql = readFileSync(join(directory, file), 'utf8')
    return {
      number: Number(named[1]),
      name: file.slice(0, -4),
      sql,
      checksum: createHash('sha256').update(sql).digest('hex'),
    }
  })
  const twice = migrations.find((one, at) => migrations[at - 1]?.number === one.number)
  if (twice !== undefined) throw new Fault(`Two migrations carry the number ${twice.number}.`)
  return migrations
}

interface Applied {
  readonly number: number
  readonly name: string
  readonly checksum: string
}

/** Brings the database of `url` up to date. Two starts at once: the second waits and finds nothing to do. */
export const migrate = async (url: string, options: MigrateOptions = {}): Promise<Migrated> => {
  const say = options.say ?? (() => {})
  const wanted = readMigrations(options.directory).filter((one) => one.number <= (options.upTo ?? 9999))
  const client = new pg.Client({ connectionString: url, application_name: 'mburoja migrate' })
  client.on('error', () => {})
  await connect(client)
  try {
    await tooOld(client)
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [LOCK])
    if (rows[0]?.got !== true) {
      say('another start is migrating this database: waiting for it')
      await client.query('select pg_advisory_lock($1)', [LOCK])
    }
    const { rows: me } = await client.query<{ login: string }>('select session_user as login')
    await bootstrapRoles(client, me[0]?.login ?? '')
    await client.query('set role mb_owner')
    await remember(client)
    const { rows: done } = await client.query<Applied>(
      'select number, name, checksum from schema_migration order by number',
    )
    refuseDrift(wanted, done, options.upTo)
    const applied: string[] = []
    for (const one of wanted.slice(done.length)) {
      say(`migration ${one.name}`)
      await apply(client, one)
      applied.push(one.name)
    }
    return { applied, at: Math.max(0, ...done.map((one) => one.number), ...wanted.map((one) => one.number)) }
  } finally {
    await client.end().catch(() => {})
  }
}

const connect = async (client: pg.Client): Promise<void> => {
  try {
    await client.connect()
  } catch (error) {
    throw new Fault(`The database does not answer: ${messageOf(error) || codeOf(error)}. Check DATABASE_URL.`)
  }
}

const tooOld = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<{ n: number; said: string }>(
    "select current_setting('server_version_num')::int as n, current_setting('server_version') as said",
  )
  if ((rows[0]?.n ?? 0) < 150_000)
    throw new Fault(`The database is PostgreSQL ${rows[0]?.said}: Mburoja needs 15 or later.`)
}

const remember = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('public.schema_migration') is not null as there",
  )
  if (rows[0]?.there === true) return
  await client.query(`begin;
    create table schema_migration (
      number int primary key,
      name text not null unique,
      checksum text not null,
      applied_at timestamptz not null default now()
    );
    comment on table schema_migration is 'T0: which migrations this database has, with the digest of each file';
    alter table schema_migration enable row level security, force row level security;
    create policy owner_all on schema_migration to mb_owner using (true) with check (true);
    create policy everybody_reads on schema_migration for select using (true);
    grant select on schema_migration to mb_app, mb_jobs, mb_backup;
    alter default privileges in schema public grant select on sequences to mb_backup;
    commit`)
}

const refuseDrift = (
  wanted: readonly Migration[],
  done: readonly Applied[],
  upTo: number | undefined,
): void => {
  for (const [at, one] of done.entries()) {
    const file = wanted[at]
    if (file === undefined && upTo === undefined)
      throw new Fault(
        `The database is newer than this version of Mburoja: it has the migration ${one.name}, which this version does not know. Nothing was changed.`,
      )
    if (file !== undefined && file.number < one.number)
      throw new Fault(
        `The migration ${file.name} stands before ${one.name}, which this database already has: migrations only go forward, give it a higher number. Nothing was changed.`,
      )
    if (file !== undefined && (file.name !== one.name || file.checksum !== one.checksum))
      throw new Fault(
        `The migration ${one.name} was edited after this database had run it: undo the edit and write a new migration. Nothing was changed.`,
      )
  }
}

const apply = async (client: pg.ClientBase, one: Migration): Promise<void> => {
  try {
    await client.query('begin')
    await client.query(one.sql)
    await client.query('insert into schema_migration (number, name, checksum) values ($1, $2, $3)', [
      one.number,
      one.name,
      one.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new Fault(
      `The migration ${one.name} failed and was taken back whole: ${messageOf(error)}${place(error, one.sql)}`,
    )
  }
}

/** Line of the file at which PostgreSQL stopped. */
const place = (error: unknown, sql: string): string => {
  const at = error instanceof Error && 'position' in error ? Number(error.position) : 0
  return at > 0 ? ` (line ${sql.slice(0, at).split('\n').length})` : ''
}
