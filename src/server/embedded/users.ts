/**
 * Who works with the embedded database: one file for each Mburoja, in `users/`. The last to leave stops the server.
 * Asking the server itself would not do: a connection that was just closed may still be listed there.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, myName, readName, takeLock } from '../lock.mjs'

let entered = 0

/** Enters; if somebody is just stopping the server, waits until it has stopped. Returns the way out. */
export const enter = async (home: string) => {
  const users = join(home, 'users')
  const leaving = join(home, 'leaving')
  entered += 1
  const mine = `${process.pid}-${entered}`
  mkdirSync(users, { recursive: true, mode: 0o700 })
  writeFileSync(join(users, mine), myName())
  const free = await takeLock(leaving, () => {})
  free()

  const others = (): boolean =>
    readdirSync(users).some((one) => {
      if (one === mine) return false
      if (isAlive(readName(join(users, one)))) return true
      rmSync(join(users, one), { force: true })
      return false
    })

  /** Leaves once; `stop` is called where nobody else is left. */
  return async (stop: () => Promise<void>): Promise<void> => {
    // On a full disk no lock can be made; the server is stopped all the same.
    const done = await takeLock(leaving, () => {}).catch(() => () => {})
    try {
      rmSync(join(users, mine), { force: true })
      if (!others()) await stop()
    } finally {
      done()
    }
  }
}
