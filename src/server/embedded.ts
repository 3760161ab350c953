/**
 * The embedded database: a PostgreSQL of our own below MBUROJA_HOME (decision 23). It listens on a private socket
 * only, where the system itself says who is asking (peer): no password, nothing on the network.
 *
 * The home holds `pg` (data), `run` (socket), `postgres.log`, `keeper` (which process stops the server),
 * `beginning` (the first start is not whole yet) and `starting` (lock of one start at a time).
 */
import { chownSync, existsSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { closedParent, serverAccount } from './embedded/account.ts'
import { type Binaries, choose, installed, majorOfData, openToAll } from './embedded/binaries.ts'
import { layOut, ownDirectory, removeTree, roomToBegin, standardHome } from './embedded/home.ts'
import {
  answers,
  begin,
  end,
  initialise,
  type Place,
  runningOn,
  SUPERUSER,
  urlOf,
} from './embedded/process.ts'
import { Fault, messageOf } from './fault.ts'
import { isAlive, myName, readName, takeLock } from './lock.mjs'
import { bootstrapRoles } from './roles.ts'

export const LOGIN = 'mburoja'
export const DATABASE = 'mburoja'

export interface Embedded {
  readonly home: string
  /** The plain login, on the private socket. */
  readonly url: string
  /** True until the first start was declared whole: the database is empty, made by this start, and nobody has used it. */
  readonly fresh: boolean
  /** The server was running already. */
  readonly adopted: boolean
  readonly major: number
  /** Declares the start whole: what was made stays, and the next start may come. */
  whole(): void
  /** Stops the server, unless another Mburoja keeps it or still works with it. */
  close(): Promise<void>
}

export interface EmbeddedOptions {
  readonly home?: string | undefined
  readonly pgBin?: string | undefined
  readonly say: (line: string) => void
}

/** Durable, and modest: it shares the machine with the application. Its log never holds a statement or a value. */
const serverSettings = {
  max_connections: 80,
  shared_buffers: '192MB',
  work_mem: '16MB',
  max_wal_size: '512MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

export const openEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  const { say } = options
  const account = serverAccount(say)
  const place = layOut(options.home ?? standardHome(account), account)
  const free = await takeLock(join(place.home, 'starting'), (pid) =>
    say(`another start (process ${pid}) is at work in ${place.home}: waiting for it`),
  )
  try {
    const binaries = programs(place, options)
    const beginning = join(place.home, 'beginning')
    if (majorOfData(place.data) === undefined) makeCluster(place, binaries, beginning, say)
    const running = await adopt(place, say)
    const keeper = join(place.home, 'keeper')
    if (running === undefined) {
      shorten(place.log)
      nameWhoMayCome(place)
      await begin(binaries.bin, place, serverSettings)
    }
    if (running === undefined || !isAlive(readName(keeper))) writeFileSync(keeper, myName())
    const run = running?.run ?? place.run
    const fresh = existsSync(beginning)
    await makeDatabase(run, fresh)
    return {
      home: place.home,
      url: urlOf(run, LOGIN, DATABASE),
      fresh,
      adopted: running !== undefined,
      major: binaries.major,
      whole: () => {
        rmSync(beginning, { force: true })
        free()
      },
      close: async () => {
        free()
        await leave(place, run, keeper)
      },
    }
  } catch (error) {
    free()
    throw error
  }
}

const programs = (place: Place, options: EmbeddedOptions): Binaries => {
  const chosen = choose(installed(options.pgBin), majorOfData(place.data))
  const closed =
    place.account.other && closedParent(join(chosen.bin, 'postgres'), place.account) !== undefined
  if (!closed) return chosen
  options.say(`copying PostgreSQL ${chosen.major} to where the user “${place.account.name}” may run it`)
  return openToAll(
    chosen,
    place.door === undefined ? join(place.home, 'programs') : '/var/lib/mburoja/programs',
  )
}

/** Half a cluster is never taken for a whole one: it is made aside and renamed into place. */
const makeCluster = (
  place: Place,
  binaries: Binaries,
  beginning: string,
  say: (line: string) => void,
): void => {
  if (existsSync(place.data)) {
    const strange = !statSync(place.data).isDirectory()
    if (strange) throw new Fault(`${place.data} is not a directory: Mburoja keeps its database there.`)
  }
  roomToBegin(place.home)
  const aside = join(place.home, 'pg.making')
  removeTree(aside)
  ownDirectory(aside, place.account)
  say(`making a new database (PostgreSQL ${binaries.major}) in ${place.home}`)
  initialise(binaries.bin, place, aside)
  writeFileSync(beginning, '')
  try {
    renameSync(aside, place.data)
  } catch (error) {
    throw new Fault(
      `${place.data} holds something that is not a database (${messageOf(error)}): move it away or set MBUROJA_HOME to another directory. Nothing was changed.`,
    )
  }
}

/** A server left behind by a start that was killed, or kept by another Mburoja, is used as it runs. */
const adopt = async (place: Place, say: (line: string) => void) => {
  const running = runningOn(place.data)
  if (running === undefined) {
    // A number that now names another program would keep PostgreSQL from beginning.
    rmSync(join(place.data, 'postmaster.pid'), { force: true })
    return undefined
  }
  const run = running.run.startsWith('/proc/self/') ? place.run : running.run
  say(`using the database that is already running (process ${running.pid})`)
  if (await answers(run, 60_000)) return { ...running, run }
  throw new Fault(
    `A PostgreSQL (process ${running.pid}) holds ${place.data} and does not answer: end it (kill -INT ${running.pid}) and start again. Nothing was changed.`,
  )
}

/** Who may sign in: this user and the server's own, as the superuser (to begin) or as the plain login (to work). */
const nameWhoMayCome = (place: Place): void => {
  const people = [...new Set([userInfo().username, place.account.name])]
  const write = (name: string, text: string): void => {
    const file = join(place.data, name)
    writeFileSync(file, text, { mode: 0o600 })
    if (place.account.other) chownSync(file, place.account.uid, place.account.gid)
  }
  const roles = [SUPERUSER, LOGIN]
  write('pg_hba.conf', roles.map((role) => `local all ${role} peer map=mburoja\n`).join(''))
  write(
    'pg_ident.conf',
    people.flatMap((person) => roles.map((role) => `mburoja "${person}" ${role}\n`)).join(''),
  )
}

/** Login, database and roles, made with the superuser that is used for nothing else. A first start that was cut off begins again. */
const makeDatabase = async (run: string, fresh: boolean): Promise<void> => {
  const inside = async (database: string, work: (client: pg.Client) => Promise<void>): Promise<void> => {
    const client = new pg.Client({ connectionString: urlOf(run, SUPERUSER, database) })
    client.on('error', () => {})
    await client.connect()
    try {
      await work(client)
    } finally {
      await client.end()
    }
  }
  await inside('postgres', async (client) => {
    const { rows } = await client.query<{ login: boolean; database: boolean }>(
      `select exists (select from pg_roles where rolname = '${LOGIN}') as login,
              exists (select from pg_database where datname = '${DATABASE}') as database`,
    )
    if (rows[0]?.login !== true) await client.query(`create role ${LOGIN} login noinherit`)
    if (fresh && rows[0]?.database === true) await client.query(`drop database ${DATABASE} with (force)`)
    if (fresh || rows[0]?.database !== true) {
      await client.query(`create database ${DATABASE}`)
      await client.query(`revoke connect on database ${DATABASE} from public`)
      await client.query(`grant connect on database ${DATABASE} to ${LOGIN}`)
    }
  })
  await inside(DATABASE, (client) => bootstrapRoles(client, LOGIN))
}

/** Whoever keeps the server stops it, unless others still work with it: then the last of them does. */
const leave = async (place: Place, run: string, keeper: string): Promise<void> => {
  const running = runningOn(place.data)
  if (running === undefined) return
  const kept = readName(keeper)
  if (kept !== myName() && isAlive(kept)) return
  if (await othersAtWork(run)) {
    rmSync(keeper, { force: true })
    return
  }
  await end(running.pid)
  rmSync(keeper, { force: true })
}

const othersAtWork = async (run: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: urlOf(run, SUPERUSER, 'postgres') })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    )
    return (rows[0]?.n ?? 0) > 0
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

const LOG_LIMIT = 16 * 1024 * 1024
const shorten = (log: string): void => {
  if (existsSync(log) && statSync(log).size > LOG_LIMIT) truncateSync(log)
}
