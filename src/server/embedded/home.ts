/** The directory of the data: made, checked, and laid out, with a sentence for every right that is missing. */
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeOf, Fault, messageOf } from '../fault.ts'
import { type Account, closedParent } from './account.ts'
import type { Place } from './process.ts'

/** The system's limit is 107 bytes for the whole name of a socket; PostgreSQL appends /.s.PGSQL.5432. */
const LONGEST_RUN = 90
/** An empty cluster takes about 60 MB; below this, beginning would only fail half-way. */
const NEEDED_TO_BEGIN = 150 * 1024 * 1024

const program = fileURLToPath(new URL('../../..', import.meta.url))
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10)

/**
 * Where the data live when MBUROJA_HOME is not set: `.home` beside the program; for root, whose server runs as
 * another user, below /var/lib when the program stands where that user may not go.
 */
export const standardHome = (account: Account): string => {
  const beside = join(program, '.home')
  if (!account.other || existsSync(beside) || closedParent(beside, account) === undefined) return beside
  return join('/var/lib/mburoja', digest(program))
}

export const layOut = (home: string, account: Account): Place => {
  makeHome(home, account)
  const closed = account.other ? closedParent(home, account) : undefined
  const door = closed === undefined ? undefined : openDoor(home, closed)
  const place: Place = {
    home,
    data: join(home, 'pg'),
    run: socketDirectory(home, account),
    log: join(home, 'postgres.log'),
    account,
    ...(door === undefined ? {} : { door }),
  }
  return place
}

/** A directory and those above it. Not `recursive`: where no directory can be made at all, as in /proc, Node never comes back. */
export const makeWay = (path: string, mode: number): void => {
  if (existsSync(path)) return
  makeWay(dirname(path), mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

const makeHome = (home: string, account: Account): void => {
  try {
    makeWay(home, 0o711)
    if (!statSync(home).isDirectory())
      throw new Fault(`MBUROJA_HOME names ${home}, which is not a directory.`)
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK)
    const { mode } = statSync(home)
    if (account.other && (mode & 0o011) !== 0o011) chmodSync(home, mode | 0o011)
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault(`${sentence(codeOf(error), home)} (${messageOf(error)})`)
  }
}

const sentence = (code: string, home: string): string => {
  if (code === 'EACCES' || code === 'EPERM')
    return `Mburoja may not write in ${closedForUs(home)}: give this user the right, or set MBUROJA_HOME to another directory. Nothing was changed.`
  if (code === 'ENOENT')
    return `${home} cannot be made: set MBUROJA_HOME to a directory on a disk. Nothing was changed.`
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return `MBUROJA_HOME names ${home}, and something on that way is not a directory.`
  if (code === 'ENOSPC') return `The disk that holds ${home} is full: make room and start again.`
  if (code === 'EROFS')
    return `${home} lies on a file system that is read-only: set MBUROJA_HOME to another directory.`
  return `The directory ${home} cannot be used.`
}

/** The nearest directory on the way that exists and refuses us. */
const closedForUs = (home: string): string => {
  for (let at = home; at !== dirname(at); at = dirname(at)) {
    try {
      accessSync(at, constants.W_OK | constants.X_OK)
      return at
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' && existsSync(at)) return at
    }
  }
  return home
}

/**
 * Root may enter a directory that the server's user may not walk to (a parent is 0700). A descriptor opened by us
 * and inherited by the server is a door into it. Where the system has no such doors, the closed parent is named.
 */
const openDoor = (home: string, closed: string): number => {
  if (!existsSync('/proc/self/fd'))
    throw new Fault(
      `PostgreSQL runs as the user “postgres”, who may not enter ${closed}, on the way to ${home}: open it (chmod o+x ${closed}) or set MBUROJA_HOME to another directory.`,
    )
  return openSync(home, constants.O_RDONLY | constants.O_DIRECTORY)
}

/** A directory that only the server's user (and root) may enter: whoever reaches the socket has proved who they are. */
const socketDirectory = (home: string, account: Account): string => {
  const inside = join(home, 'run')
  const run =
    Buffer.byteLength(inside) <= LONGEST_RUN
      ? inside
      : join(tmpdir(), `mburoja-${account.uid}-${digest(home)}`)
  ownDirectory(run, account)
  return run
}

/** A directory that belongs to the server's user and is closed to everybody else (but root). */
export const ownDirectory = (path: string, account: Account): void => {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const found = lstatSync(path)
  const mine = found.isDirectory() && (found.uid === account.uid || (account.other && found.uid === 0))
  if (!mine)
    throw new Fault(`${path} belongs to somebody else, and Mburoja needs it: remove it and start again.`)
  chownSync(path, account.uid, account.gid)
  chmodSync(path, 0o700)
}

export const roomToBegin = (home: string): void => {
  const { bavail, bsize } = statfsSync(home)
  const free = bavail * bsize
  if (free >= NEEDED_TO_BEGIN) return
  const megabytes = (bytes: number): number => Math.floor(bytes / 1024 / 1024)
  throw new Fault(
    `The disk that holds ${home} is full: ${megabytes(free)} MB are free and a new database needs ${megabytes(NEEDED_TO_BEGIN)} MB. Nothing was written.`,
  )
}

export const removeTree = (path: string): void => rmSync(path, { recursive: true, force: true })
