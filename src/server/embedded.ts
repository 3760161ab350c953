/**
 * The embedded database: a PostgreSQL of our own below MBUROJA_HOME (decision 23). It listens on a private socket
 * only, where the system itself says who is asking (peer): no password, nothing on the network.
 *
 * The home holds `pg` (data), `run` (socket), `postgres.log`, `users` (who works
 * with it: the last to leave stops it), `beginning` (the first start is not whole yet) and `starting` (lock of one start at a time).
 */
import { chownSync, existsSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { closedParent, serverAccount } from './embedded/account.ts'
import { type Binaries, choose, installed, majorOfData, openToAll } from './embedded/binaries.ts'
import { guard } from './embedded/guard.ts'
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
import { enter } from './embedded/users.ts'
import { codeOf, Fault, messageOf } from './fault.ts'
import { takeLock } from './lock.mjs'
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
  /** Declares the start whole: what was made stays, the next start may come, and a server that ends unasked is begun again. */
  whole(): void
  /** Leaves; the last Mburoja that works with the server stops it. */
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
  const account = serverAccount(options.say)
  const place = layOut(options.home ?? standardHome(account), account)
  try {
    return await openPlace(place, options)
  } catch (error) {
    throw codeOf(error) === 'ENOSPC'
      ? new Fault(`The disk that holds ${place.home} is full: make room and start again. Nothing was lost.`)
      : error
  }
}

const openPlace = async (place: Place, options: EmbeddedOptions): Promise<Embedded> => {
  const { say } = options
  const free = await takeLock(join(place.home, 'starting'), (pid) =>
    say(`another start (process ${pid}) is at work in ${place.home}: waiting for it`),
  )
  const leave = await enter(place.home)
  let unguard = async (): Promise<void> => {}
  const close = async (): Promise<void> => {
    await unguard()
    free()
    await leave(async () => {
      const running = runningOn(place.data)
      if (running !== undefined) await end(running.pid)
    })
  }
  try {
    const binaries = programs(place, options)
    const beginning = join(place.home, 'beginning')
    if (majorOfData(place.data) === undefined) makeCluster(place, binaries, beginning, say)
    const up = async () => {
      const found = await adopt(place, say)
      if (found !== undefined) return found
      shorten(place.log)
      nameWhoMayCome(place)
      await begin(binaries.bin, place, serverSettings)
    }
    const running = await up()
    const run = running?.run ?? place.run
    const revive = async (): Promise<void> => {
      const done = await takeLock(join(place.home, 'starting'), () => {})
      await up().finally(done)
    }
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
        unguard = guard({ runs: () => runningOn(place.data) !== undefined, revive, say })
      },
      close,
    }
  } catch (error) {
    await close().catch(() => {})
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

const LOG_LIMIT = 16 * 1024 * 1024
const shorten = (log: string): void => {
  if (existsSync(log) && statSync(log).size > LOG_LIMIT) truncateSync(log)
}
