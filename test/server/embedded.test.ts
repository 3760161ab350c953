import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { runningOn } from '#server/embedded/process.ts'
import { type Embedded, openEmbedded } from '#server/embedded.ts'

const root = process.getuid?.() === 0
const temporary: string[] = []
const mounted: string[] = []
const opened: Embedded[] = []
const held: ChildProcess[] = []

const directory = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'mb-home-'))
  chmodSync(made, 0o711)
  temporary.push(made)
  return made
}
const home = (): string => join(directory(), 'home')

const open = async (at: string, say: (line: string) => void = () => {}): Promise<Embedded> => {
  const one = await openEmbedded({ home: at, say })
  opened.push(one)
  return one
}

const ask = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

const asOwner = (one: { readonly url: string }): string => `${one.url}&options=-c%20role%3Dmb_owner`

interface Told {
  readonly url: string
  readonly fresh: boolean
  readonly adopted: boolean
  readonly fault?: string
}

/** A process of its own that opens `at` and holds it until told to go. */
const hold = async (at: string, options: { mode?: string; uid?: number } = {}) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'hold.ts'), at, options.mode ?? 'whole'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  })
  held.push(child)
  let said = ''
  for await (const chunk of child.stdout!) {
    said += chunk
    if (said.includes('\n')) break
  }
  const told = JSON.parse(said) as Told
  return {
    told,
    kill: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    go: async () => {
      const gone = once(child, 'exit')
      child.stdin?.end()
      await gone
    },
  }
}

afterAll(async () => {
  for (const child of held) child.kill('SIGKILL')
  for (const one of opened) await one.close()
  for (const at of temporary) {
    const left = runningOn(join(at, 'home', 'pg'))
    if (left !== undefined) process.kill(left.pid, 'SIGQUIT')
  }
  for (const at of mounted) spawnSync('umount', ['-l', at])
  for (const at of temporary) rmSync(at, { recursive: true, force: true })
})

describe('a home', () => {
  test('is begun once; the second start finds what was written', async () => {
    const at = home()
    const first = await open(at)
    expect(first).toMatchObject({ fresh: true, adopted: false })
    expect(
      await ask(first.url, 'select current_user, rolsuper from pg_roles where rolname = current_user'),
    ).toEqual([{ current_user: 'mburoja', rolsuper: false }])
    await ask(asOwner(first), 'create table kept (id int); insert into kept values (1)')
    first.whole()
    await first.close()
    expect(runningOn(join(at, 'pg'))).toBeUndefined()
    const second = await open(at)
    expect(second).toMatchObject({ fresh: false, adopted: false })
    expect(await ask(asOwner(second), 'table kept')).toEqual([{ id: 1 }])
    second.whole()
    await second.close()
  })

  test('listens on no network, keeps writes on disk, and its log holds no statement', async () => {
    const at = home()
    const one = await open(at)
    expect(
      await ask(
        one.url,
        `select string_agg(name || '=' || setting, ' ' order by name) as set from pg_settings
          where name in ('listen_addresses', 'fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums')`,
      ),
    ).toEqual([
      { set: 'data_checksums=on fsync=on full_page_writes=on listen_addresses= synchronous_commit=on' },
    ])
    await ask(one.url, "select 'Arta Hoxha'::int").catch(() => {})
    expect(readFileSync(join(at, 'postgres.log'), 'utf8')).not.toMatch(/select/)
    expect(statSync(join(at, 'pg')).mode & 0o077).toBe(0)
    expect(statSync(join(at, 'run')).mode & 0o077).toBe(0)
    await one.close()
  })

  test('below a directory that the server’s user may not enter is used all the same', async () => {
    const closed = directory()
    chmodSync(closed, 0o700)
    for (const fresh of [true, false]) {
      const one = await open(join(closed, 'home'))
      expect(one.fresh).toBe(fresh)
      expect(await ask(one.url, 'select 1 as one')).toEqual([{ one: 1 }])
      one.whole()
      await one.close()
    }
  })

  test('with a name too long for a socket is used all the same', async () => {
    const at = join(directory(), 'x'.repeat(120))
    const one = await open(at)
    expect(await ask(one.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await one.close()
  })
})

describe('an interrupted start', () => {
  test('half a cluster is thrown away and begun again', async () => {
    const at = home()
    mkdirSync(join(at, 'pg.making', 'base'), { recursive: true })
    writeFileSync(join(at, 'pg.making', 'PG_VERSION'), '15')
    const one = await open(at)
    expect(one.fresh).toBe(true)
    expect(existsSync(join(at, 'pg.making'))).toBe(false)
    await one.close()
  })

  test('a first start that was killed before it was whole begins again from nothing', async () => {
    const at = home()
    const first = await hold(at, { mode: 'unfinished' })
    await ask(asOwner(first.told), 'create table half_a_demo (id int)')
    await first.kill()
    const second = await open(at)
    expect(second).toMatchObject({ fresh: true, adopted: true })
    expect(await ask(second.url, "select to_regclass('half_a_demo') as half")).toEqual([{ half: null }])
    second.whole()
    await second.close()
    expect(runningOn(join(at, 'pg')), 'the orphan is ended by whoever took it over').toBeUndefined()
  })

  test('a killed server loses no acknowledged row', async () => {
    const at = home()
    const first = await hold(at)
    await ask(
      asOwner(first.told),
      'create table kept (id int); insert into kept select generate_series(1, 500)',
    )
    const running = runningOn(join(at, 'pg'))!
    await first.kill()
    process.kill(running.pid, 'SIGKILL')
    while (runningOn(join(at, 'pg')) !== undefined) await new Promise((resolve) => setTimeout(resolve, 20))
    const second = await open(at)
    expect(second).toMatchObject({ fresh: false, adopted: false })
    expect(await ask(asOwner(second), 'select count(*)::int as n from kept')).toEqual([{ n: 500 }])
    await second.close()
  })

  test('a postmaster.pid whose number now names another program is no obstacle', async () => {
    const at = home()
    const first = await open(at)
    first.whole()
    await first.close()
    writeFileSync(
      join(at, 'pg', 'postmaster.pid'),
      `${process.pid}\n${join(at, 'pg')}\n1\n5432\n${join(at, 'run')}\n\n\n`,
    )
    const second = await open(at)
    expect(second.adopted).toBe(false)
    await second.close()
  })
})

test('a server that is killed while somebody works with it is begun again, with every acknowledged row', async () => {
  const said: string[] = []
  const at = home()
  const one = await open(at, (line) => said.push(line))
  one.whole()
  await ask(asOwner(one), 'create table kept (id int); insert into kept values (1)')
  const killed = runningOn(join(at, 'pg'))!.pid
  process.kill(killed, 'SIGKILL')
  await expect
    .poll(() => ask(asOwner(one), 'table kept').catch(() => undefined), { timeout: 60_000, interval: 100 })
    .toEqual([{ id: 1 }])
  await expect.poll(() => said.at(-1), { timeout: 60_000 }).toBe('the database is back')
  expect(runningOn(join(at, 'pg'))!.pid).not.toBe(killed)
  await one.close()
  expect(runningOn(join(at, 'pg'))).toBeUndefined()
})

describe('a second start on the same data', () => {
  test('at the same moment: one makes it, the other waits and joins', async () => {
    const at = home()
    const both = await Promise.all([hold(at), hold(at)])
    expect(both.map((one) => one.told.fresh).sort()).toEqual([false, true])
    expect(both.map((one) => one.told.adopted).sort()).toEqual([false, true])
    await Promise.all(both.map((one) => one.go()))
    expect(runningOn(join(at, 'pg'))).toBeUndefined()
  })

  test('joins the running server; it ends with the last who works with it', async () => {
    const at = home()
    const first = await hold(at)
    const second = await open(at)
    second.whole()
    expect(second).toMatchObject({ fresh: false, adopted: true })
    const client = new pg.Client({ connectionString: second.url })
    client.on('error', () => {})
    await client.connect()
    await first.go()
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
    await second.close()
    expect(runningOn(join(at, 'pg'))).toBeUndefined()
  })

  test('a command beside a running server leaves it running', async () => {
    const at = home()
    const server = await hold(at)
    const command = await open(at)
    command.whole()
    await command.close()
    expect(runningOn(join(at, 'pg'))).toBeDefined()
    await server.go()
  })
})

describe('what cannot be used is said in a sentence, and left as it was', () => {
  test('data of a major that is not installed', async () => {
    const at = home()
    mkdirSync(join(at, 'pg'), { recursive: true })
    writeFileSync(join(at, 'pg', 'PG_VERSION'), '9\n')
    await expect(open(at)).rejects.toThrow(
      /written by PostgreSQL 9, and this machine has .*: install PostgreSQL 9/,
    )
    expect(readFileSync(join(at, 'pg', 'PG_VERSION'), 'utf8')).toBe('9\n')
  })

  test('something else where the database belongs', async () => {
    const at = home()
    mkdirSync(join(at, 'pg'), { recursive: true })
    writeFileSync(join(at, 'pg', 'holiday.jpg'), 'sea')
    await expect(open(at)).rejects.toThrow(/holds something that is not a database/)
    expect(readFileSync(join(at, 'pg', 'holiday.jpg'), 'utf8')).toBe('sea')
  })

  test('a home that is a file', async () => {
    const at = home()
    writeFileSync(at, '')
    await expect(open(at)).rejects.toThrow(/is not a directory/)
    // Node's own way of making a directory with those above it never comes back from here.
    await expect(open('/proc/mburoja')).rejects.toThrow(/cannot be made: set MBUROJA_HOME/)
  })

  test('a missing right', async () => {
    const at = directory()
    if (!root) {
      chmodSync(at, 0o500)
      await expect(open(join(at, 'home'))).rejects.toThrow(`may not write in ${at}`)
      return
    }
    // Root is refused nothing; somebody else is, as long as they may read this program at all.
    const nobody = 65_534
    const readable = spawnSync(process.execPath, ['--version'], { uid: nobody, gid: nobody }).status === 0
    const sees =
      spawnSync('test', ['-r', join(import.meta.dirname, 'hold.ts')], { uid: nobody, gid: nobody }).status ===
      0
    if (!readable || !sees) {
      process.stderr.write('missing right: not shown, another user cannot read this copy of the program\n')
      return
    }
    const refused = await hold(join(at, 'home'), { uid: nobody })
    expect(refused.told.fault).toMatch(`Mburoja may not write in ${at}`)
    expect(existsSync(join(at, 'home'))).toBe(false)
  })
})

describe('a full disk', () => {
  const small = (megabytes: number): string | undefined => {
    const at = directory()
    const done = root
      ? spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', at])
      : undefined
    if (done?.status !== 0) {
      process.stderr.write(
        'full disk: not shown, a small file system can only be mounted by root with the right to\n',
      )
      return undefined
    }
    mounted.push(at)
    return at
  }

  test('is said before anything is begun', async () => {
    const at = small(64)
    if (at === undefined) return
    await expect(open(join(at, 'home'))).rejects.toThrow(
      /is full: \d+ MB are free and a new database needs 150 MB/,
    )
    expect(existsSync(join(at, 'home', 'pg'))).toBe(false)
  })

  test('loses nothing that was acknowledged, and is over when there is room', async () => {
    const at = small(220)
    if (at === undefined) return
    const first = await open(join(at, 'home'))
    first.whole()
    await ask(asOwner(first), 'create table kept (id int, body text)')
    await ask(asOwner(first), "insert into kept select n, repeat('x', 1000) from generate_series(1, 1000) n")
    spawnSync('dd', ['if=/dev/zero', `of=${join(at, 'filler')}`, 'bs=1M'])
    const refused = await ask(
      asOwner(first),
      "insert into kept select n, repeat('y', 1000) from generate_series(1, 50000) n",
    ).then(
      () => undefined,
      (error: { code?: string }) => error.code ?? 'connection lost',
    )
    expect(refused).toBeDefined()
    rmSync(join(at, 'filler'))
    await first.close()
    const second = await open(join(at, 'home'))
    expect(await ask(asOwner(second), 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }])
    await second.close()
  })
})
