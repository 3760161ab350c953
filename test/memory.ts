/**
 * Where a run of tests keeps what it throws away: in memory, where a database of a thousand small files is made in a tenth
 * of the time that a disk takes. A machine with too little room, or without such a place, uses the ordinary one.
 */
import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'

const place = '/dev/shm'
/** The tests of the server, with everything else that ran beside them, were seen to need a quarter of it. */
const enough = 3 * 2 ** 30

/** The programs of a PostgreSQL are copied there where the server's user may not read them: it must run programs. */
const fits = (): boolean => {
  try {
    const mounted = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .findLast(([, at]) => at === place)
    if (mounted?.[2] !== 'tmpfs' || mounted[3]?.split(',').includes('noexec')) return false
    accessSync(place, constants.W_OK)
    const { bavail, bsize } = statfsSync(place)
    return bavail * bsize > enough && freemem() > 2 * enough
  } catch {
    return false
  }
}

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const named = /^mb-run-(\d+)-/

/** What runs left that were killed: on a disk nobody minds, here it is somebody's memory. */
const sweep = (): void => {
  for (const name of readdirSync(place)) {
    const [, pid] = named.exec(name) ?? []
    if (pid === undefined || lives(Number(pid))) continue
    try {
      rmSync(join(place, name), { recursive: true, force: true })
    } catch {
      // Somebody else's, who will come again.
    }
  }
}

/** A directory for this process and those it starts, gone when it ends. */
export const temporaryPlace = (): string => {
  if (!fits()) return tmpdir()
  sweep()
  const made = mkdtempSync(join(place, `mb-run-${process.pid}-`))
  // PostgreSQL runs as somebody else when we are root.
  chmodSync(made, 0o711)
  process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  return made
}
