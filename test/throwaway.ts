/** An empty PostgreSQL for tests, in a temporary directory, not durable on purpose; superuser and logins ask no password. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closedParent, serverAccount } from '#server/embedded/account.ts'
import { type Binaries, choose, installed, openToAll } from '#server/embedded/binaries.ts'
import { begin, end, initialise, type Place } from '#server/embedded/process.ts'

export interface Throwaway {
  /** Directory of the socket. */
  readonly run: string
  readonly major: number
  stop(): Promise<void>
}

/** PG_UNDER_TEST chooses the major; otherwise the system's, then the npm-shipped. */
const underTest = (): Binaries => {
  const asked = process.env.PG_UNDER_TEST
  const found = installed(process.env.PG_BIN)
  if (asked !== undefined) return choose(found, Number(asked))
  return found.find((one) => one.from === 'system') ?? choose(found, undefined)
}

export const startThrowaway = async (): Promise<Throwaway> => {
  const home = mkdtempSync(join(tmpdir(), 'mb-test-'))
  chmodSync(home, 0o711)
  const account = serverAccount((line) => process.stderr.write(`${line}\n`))
  const place: Place = {
    home,
    data: join(home, 'pg'),
    run: join(home, 'run'),
    log: join(home, 'log'),
    account,
  }
  mkdirSync(place.run, { mode: 0o700 })
  if (account.other) for (const path of [home, place.run]) chownSync(path, account.uid, account.gid)
  const chosen = underTest()
  const closed = account.other && closedParent(join(chosen.bin, 'postgres'), account) !== undefined
  const { bin, major } = closed ? openToAll(chosen, join(home, 'programs')) : chosen
  initialise(bin, place, place.data, false)
  // The socket's directory is closed to everybody but us, so this server asks nobody who they are.
  const hba = join(place.data, 'pg_hba.conf')
  writeFileSync(hba, 'local all all trust\n')
  if (account.other) chownSync(hba, account.uid, account.gid)
  const child = await begin(bin, place, {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: 120,
    shared_buffers: '128MB',
    log_min_messages: 'fatal',
    timezone: 'UTC',
    jit: 'off',
  })
  // A run of tests that is cut off takes its server with it.
  const cutOff = (): void => {
    child.kill('SIGQUIT')
    rmSync(home, { recursive: true, force: true })
  }
  process.once('exit', cutOff)
  return {
    run: place.run,
    major,
    stop: async () => {
      process.removeListener('exit', cutOff)
      if (child.pid !== undefined) await end(child.pid)
      rmSync(home, { recursive: true, force: true })
    },
  }
}
