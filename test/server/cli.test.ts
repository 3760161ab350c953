import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runningOn } from '#server/embedded/process.ts'

/** The command line as a person meets it: the launcher, its words, its exit codes. */

const root = join(import.meta.dirname, '..', '..')
const home = join(mkdtempSync(join(tmpdir(), 'mb-cli-')), 'home')
const running: ChildProcess[] = []

const plain = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV|DATABASE_URL|PORT)/.test(name)),
)

const begin = (words: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const child = spawn(join(root, 'bin/mburoja'), words, {
    cwd: tmpdir(),
    env: { ...plain, MBUROJA_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    said.err += chunk
  })
  return { child, said }
}

const run = async (words: readonly string[], env?: Readonly<Record<string, string>>) => {
  const { child, said } = begin(words, env)
  const [code] = await once(child, 'close')
  return { code, ...said }
}

const until = async (is: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 1_000 && !is(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(is()).toBe(true)
}

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  const left = runningOn(join(home, 'pg'))
  if (left !== undefined) process.kill(left.pid, 'SIGQUIT')
  rmSync(join(home, '..'), { recursive: true, force: true })
})

describe('words', () => {
  test('--help lists every command, on stdout', async () => {
    const { code, out, err } = await run(['--help'])
    expect(code).toBe(0)
    expect(err).toBe('')
    for (const verb of ['serve', 'migrate', 'reference load', 'ledger verify'])
      expect(out).toContain(`  ${verb}`)
  })

  test('an unknown command or option is one sentence and exit 1', async () => {
    expect(await run(['protect', 'everybody'])).toEqual({
      code: 1,
      out: '',
      err: 'mburoja: There is no command “protect everybody”. See bin/mburoja --help.\n',
    })
    const unknown = await run(['migrate', '--softly'])
    expect(unknown.code).toBe(1)
    expect(unknown.err).toMatch(/--softly/)
  })

  test('a fault of configuration is one sentence, before anything is begun', async () => {
    expect(await run(['serve'], { PORT: 'x' })).toEqual({
      code: 1,
      out: '',
      err: 'mburoja: PORT is not a port number.\n',
    })
    expect(() => statSync(home)).toThrow()
  })
})

describe('serving', () => {
  test('a command that only looks leaves the first start to npm start', async () => {
    expect((await run(['ledger', 'verify', '--json'])).code).toBe(0)
    expect(existsSync(join(home, 'beginning'))).toBe(true)
  })

  test('migrate says in JSON what it did, and a second time that there was nothing to do', async () => {
    const first = await run(['migrate', '--json'])
    expect([first.code, JSON.parse(first.out).applied[0]]).toEqual([0, '0001_core'])
    expect(JSON.parse((await run(['migrate', '--json'])).out).applied).toEqual([])
  })

  test('one line on stdout when ready; --json alone on stdout beside it; a taken port said; SIGTERM ends all', async () => {
    const server = begin(['serve'], { PORT: '0', LOG_LEVEL: 'warn' })
    await until(() => server.said.out.includes('\n') || server.child.exitCode !== null)
    const port = /^ready http:\/\/localhost:(\d+)\n$/.exec(server.said.out)?.[1]
    expect(port, server.said.err).toBeDefined()
    const ready = await fetch(`http://localhost:${port}/health/ready`)
    expect(ready.status, await ready.text()).toBe(200)

    const proof = await run(['ledger', 'verify', '--json'])
    expect([proof.code, JSON.parse(proof.out).ok]).toEqual([0, true])

    const second = await run(['serve'], { PORT: port! })
    expect([second.code, second.out]).toEqual([1, ''])
    expect(second.err).toBe(
      `mburoja: Port ${port} is taken by another program: set PORT to a free one. Nothing was changed.\n`,
    )

    const postgres = runningOn(join(home, 'pg'))
    expect(postgres).toBeDefined()
    server.child.kill('SIGTERM')
    const [code, signal] = await once(server.child, 'close')
    expect([code, signal]).toEqual([0, null])
    expect(server.said.out.split('\n')).toHaveLength(2)
    expect(runningOn(join(home, 'pg'))).toBeUndefined()
  })

  test('the death of the launcher ends the server and its database', async () => {
    const server = begin(['serve'], { PORT: '0' })
    await until(() => server.said.out.includes('ready'))
    server.child.kill('SIGKILL')
    await until(() => runningOn(join(home, 'pg')) === undefined)
  })

  test('metrics on a port of their own', async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    probe.close()
    const server = begin(['serve'], { PORT: '0', METRICS_PORT: String(port) })
    await until(() => server.said.out.includes('ready'))
    const main = /localhost:(\d+)/.exec(server.said.out)![1]
    await fetch(`http://localhost:${main}/health/live`)
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    expect(metrics).toMatch(
      /mburoja_http_request_seconds_count\{method="GET",route="\/health\/live",status="200"\} 1/,
    )
    expect((await fetch(`http://localhost:${main}/metrics`)).status).toBe(404)
    server.child.kill('SIGINT')
    await once(server.child, 'close')
  })

  test('a taken port for metrics is said before anything is begun', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as AddressInfo
    const untouched = join(home, '..', 'untouched')
    const refused = await run(['serve'], {
      PORT: '0',
      METRICS_PORT: String(port),
      MBUROJA_HOME: untouched,
    })
    holder.close()
    expect([refused.code, refused.err]).toEqual([
      1,
      `mburoja: Port ${port} is taken by another program: set METRICS_PORT to a free one. Nothing was changed.\n`,
    ])
    expect(existsSync(untouched)).toBe(false)
  })

  test('keys of another database are refused before anybody is locked out', async () => {
    rmSync(join(home, 'keys'), { recursive: true })
    const refused = await run(['ledger', 'verify'])
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(/The keys in .* are not those this database was begun with/)
  })
})
