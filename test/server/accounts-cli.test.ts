import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castSql } from '#test/cast.ts'
import { freshDatabase, type TestDatabase } from '#test/database.ts'

/** Accounts and tokens from the command line, as an operator and a script meet it. */
const root = join(import.meta.dirname, '..', '..')
const home = mkdtempSync(join(tmpdir(), 'mb-accounts-'))
let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
  await db.admin(castSql())
})
afterAll(async () => {
  await db.close()
  rmSync(home, { recursive: true, force: true })
})

const plain = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV|PORT)/.test(name)),
)
const run = (...words: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    execFile(
      join(root, 'bin/mburoja'),
      words,
      { env: { ...plain, MBUROJA_HOME: home, DATABASE_URL: db.url }, cwd: tmpdir() },
      (error, out, err) => done({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })

test('token create --json prints one JSON with the token, and nothing else', async () => {
  const { code, out } = await run('token', 'create', '--user', 'cpw-tirana', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out).token).toMatch(/^mbt_[\w-]{43}$/)
  expect(out.trim().split('\n')).toHaveLength(1)
})

test('what is wrong is said in a sentence, with exit 1', async () => {
  const faults = await Promise.all([
    run('token', 'create', '--user', 'nobody'),
    run('token', 'create', '--user', 'coordinator', '--scopes', 'everything'),
    run('token', 'create', '--user', 'coordinator', '--scopes', 'admin'),
    run('user', 'add'),
    run('user', 'add', 'agim', '--role', 'king', '--unit', 'cpu-tirana'),
    run('user', 'add', 'Agim Hoxha', '--role', 'cpw', '--unit', 'cpu-tirana'),
    run('user', 'add', 'agim', '--role', 'cpw', '--unit', 'cpu'),
    run('user', 'add', 'agim', '--role', 'cpw', '--unit', 'nowhere'),
    run('user', 'add', 'school', '--role', 'school', '--unit', 'school-tirana'),
  ])
  expect(faults.map(({ code }) => code)).toEqual(Array(faults.length).fill(1))
  const sentences = faults.map(({ err }) => err.trim().split('\n').at(-1)!)
  expect(sentences).toEqual([
    expect.stringMatching(/no open account “nobody”/),
    expect.stringMatching(/no scope “everything”: read, write/),
    expect.stringMatching(/cannot give the scope admin/),
    expect.stringMatching(/login is missing/),
    expect.stringMatching(/no role “king”/),
    expect.stringMatching(/cannot be a login/),
    expect.stringMatching(/means several units/),
    expect.stringMatching(/no unit “nowhere”/),
    expect.stringMatching(/already used/),
  ])
})

test('user add prints the one-time code, keeps only its hash, and leaves its trace in the ledger', async () => {
  const { code, out } = await run('user', 'add', 'agim', '--role', 'cpw', '--unit', 'cpu-tirana', '--json')
  expect(code).toBe(0)
  const added = JSON.parse(out)
  expect(added).toMatchObject({
    login: 'agim',
    setupCode: expect.stringMatching(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/),
  })
  const events = await db.admin<{ type: string }>(
    'select type from event where record_id = $1 order by seq',
    [added.id],
  )
  expect(events.map(({ type }) => type)).toEqual(['UserAdded', 'SetupCodeIssued'])
  expect(JSON.stringify(await db.admin('select * from credential'))).not.toContain(added.setupCode)
  expect(JSON.parse((await run('ledger', 'verify', '--json')).out)).toMatchObject({ ok: true })
})
