/** Under which user of the machine PostgreSQL runs: ourselves, or `postgres` where we are root (it refuses root). */
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { Fault } from '../fault.ts'

export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
  /** The server runs as somebody else than this process. */
  readonly other: boolean
}

const SERVER = 'postgres'

const lookUp = (name: string): Account | undefined => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined
    ? undefined
    : { name, uid: Number(uid), gid: Number(gid), other: true }
}

export const serverAccount = (say: (line: string) => void): Account => {
  if (process.getuid?.() !== 0) {
    const me = userInfo()
    return { name: me.username, uid: me.uid, gid: me.gid, other: false }
  }
  const known = lookUp(SERVER)
  if (known !== undefined) return known
  say(`PostgreSQL does not run as root: making the system user “${SERVER}” for it`)
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    SERVER,
  ])
  const made = lookUp(SERVER)
  if (made === undefined)
    throw new Fault(
      `PostgreSQL does not run as root, and there is no user “${SERVER}”: make one (useradd --system ${SERVER}) or start Mburoja as an ordinary user.`,
    )
  return made
}

/** The first directory on the way to `path` that the account may not enter, or undefined. */
export const closedParent = (path: string, account: Account): string | undefined => {
  const way: string[] = []
  for (let at = dirname(path); ; at = dirname(at)) {
    way.unshift(at)
    if (at === dirname(at)) break
  }
  return way.find((directory) => {
    const { mode, uid, gid } = statSync(directory)
    if (uid === account.uid) return (mode & 0o100) === 0
    if (gid === account.gid) return (mode & 0o010) === 0
    return (mode & 0o001) === 0
  })
}
