/** One PostgreSQL process: made, begun, asked, ended. Knows nothing of Mburoja's tables or of locks. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { codeOf, Fault } from '../fault.ts'
import type { Account } from './account.ts'

export interface Place {
  /** Parent of everything below, as this process names it. */
  readonly home: string
  readonly data: string
  /** Directory of the socket; its full name must stay below 104 bytes. */
  readonly run: string
  readonly log: string
  readonly account: Account
  /** Open descriptor of `home`, where the server's user may not walk there by name. */
  readonly door?: number
}

export const SOCKET_PORT = 5432
export const SUPERUSER = 'postgres'

/** How the server itself names a path: through the open door where the way to it is closed. */
export const seen = (place: Place, path: string): string =>
  place.door !== undefined && path.startsWith(`${place.home}/`)
    ? `/proc/self/fd/3${path.slice(place.home.length)}`
    : path

export const urlOf = (run: string, user: string, database: string): string =>
  `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(run)}&port=${SOCKET_PORT}`

const asServer = (place: Place, output: number | 'pipe') => ({
  env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', HOME: '/' },
  cwd: '/',
  ...(place.account.other ? { uid: place.account.uid, gid: place.account.gid } : {}),
  stdio: ['ignore', output, output, place.door ?? 'ignore'] as ('ignore' | 'pipe' | number)[],
})

/** Makes an empty data directory. Checksums on; sorting by code point, so that no library update moves an index. */
export const initialise = (bin: string, place: Place, into: string, sync = true): void => {
  const tell = (locale: string) =>
    spawnSync(
      join(bin, 'initdb'),
      [
        '-D',
        seen(place, into),
        '-U',
        SUPERUSER,
        '-E',
        'UTF8',
        `--locale=${locale}`,
        '-A',
        'peer',
        '-k',
      ].concat(sync ? [] : ['--no-sync']),
      { ...asServer(place, 'pipe'), encoding: 'utf8' },
    )
  let told = tell('C.UTF-8')
  if (told.status !== 0 && /invalid locale/.test(told.stderr ?? '')) told = tell('C')
  if (told.status !== 0) throw new Fault(reasonIn(`${told.stderr ?? ''}${told.error?.message ?? ''}`, place))
}

/** The sentence for what PostgreSQL wrote when it would not begin. */
export const reasonIn = (log: string, place: Place): string => {
  const last =
    log
      .split('\n')
      .filter((line) => /FATAL|PANIC|error:|could not|cannot/i.test(line))
      .at(-1)
      ?.replace(/^.*?(FATAL|PANIC|error):\s*/, '') ?? 'it gave no reason'
  if (/No space left on device/.test(log))
    return `The disk that holds ${place.home} is full: make room and start again. Nothing was lost.`
  if (/Permission denied/.test(log))
    return `PostgreSQL runs as the user “${place.account.name}” and was refused a right below ${place.home}: ${last}. Nothing was changed.`
  return `PostgreSQL did not begin on ${place.data}: ${last} (its log: ${place.log}).`
}

export const begin = async (
  bin: string,
  place: Place,
  settings: Readonly<Record<string, string | number>>,
): Promise<ChildProcess> => {
  const from = existsSync(place.log) ? statSync(place.log).size : 0
  const log = openSync(place.log, 'a', 0o600)
  const child = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      seen(place, place.data),
      ...Object.entries({
        listen_addresses: '',
        port: SOCKET_PORT,
        unix_socket_directories: seen(place, place.run),
        unix_socket_permissions: '0700',
        ...settings,
      }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { ...asServer(place, log), detached: true },
  )
  closeSync(log)
  child.unref()
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', () => resolve(readFileSync(place.log, 'utf8').slice(from)))
  })
  const state = await Promise.race([ended, answers(place.run, 600_000).then(() => undefined)])
  if (state !== undefined) throw new Fault(reasonIn(state, place))
  return child
}

/** Waits until the server answers; false when it has not after `patience` milliseconds. */
export const answers = async (run: string, patience: number): Promise<boolean> => {
  for (const until = Date.now() + patience; ; ) {
    const client = new pg.Client({ connectionString: urlOf(run, SUPERUSER, 'postgres') })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return true
    } catch (error) {
      const code = codeOf(error)
      // Refused rights and limits are answers too: somebody is there, and waiting mends nothing.
      if (code === '28000' || code === '53300') return true
    }
    if (Date.now() > until) return false
    await pause(40)
  }
}

export const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

const programOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return 'postgres'
  }
}

export interface Running {
  readonly pid: number
  readonly run: string
}

/** The server that holds `data`, by its postmaster.pid; undefined when it is gone or the number now names another program. */
export const runningOn = (data: string): Running | undefined => {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pid, , , , run] = readFileSync(file, 'utf8').split('\n')
  const number = Number(pid)
  return number > 0 && alive(number) && programOf(number) === 'postgres'
    ? { pid: number, run: run ?? '' }
    : undefined
}

/** Asks for a fast end (open transactions roll back), insists after `patience` milliseconds. */
export const end = async (pid: number, patience = 60_000): Promise<void> => {
  const gone = async (limit: number): Promise<boolean> => {
    for (const until = Date.now() + limit; Date.now() < until; await pause(20)) if (!alive(pid)) return true
    return !alive(pid)
  }
  if (!alive(pid)) return
  process.kill(pid, 'SIGINT')
  if (await gone(patience)) return
  process.kill(pid, 'SIGQUIT')
  await gone(10_000)
}
