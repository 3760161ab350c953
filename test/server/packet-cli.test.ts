import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { cardText, makeList, makePacket, packetHash } from '#server/packet/container.ts'
import { type CountryKeys, cardOf, countryKeysOf, fingerprintOf } from '#server/packet/keys.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

/** `packet open` as a person meets it: one sentence, one exit code for each fault, JSON alone on stdout. */

const root = join(import.meta.dirname, '..', '..')
const home = mkdtempSync(join(tmpdir(), 'mb-packet-'))
const xk = countryKeysOf(Buffer.alloc(32, 31))
const al = countryKeysOf(Buffer.alloc(32, 32))
const stranger = countryKeysOf(Buffer.alloc(32, 33))
let app: TestApp

const plain = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV|DATABASE_URL|PORT)/.test(name)),
)
const run = async (...words: string[]) => {
  const child = spawn(process.execPath, [join(root, 'src/server/cli/main.ts'), ...words], {
    env: { ...plain, MBUROJA_HOME: home, DATABASE_URL: app.db.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    said.err += chunk
  })
  const [code] = await once(child, 'close')
  return { code, ...said }
}
const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()
const packet = (
  over: { keys?: CountryKeys; expiresAt?: string; to?: CountryKeys; id?: string } = {},
): Buffer => {
  const id = over.id ?? randomUUID()
  return makePacket({
    keys: over.keys ?? xk,
    country: 'XK',
    to: cardOf('AL', over.to ?? al),
    id,
    now: hours(-2),
    expiresAt: over.expiresAt ?? hours(48),
    content: {
      schema: 'mburoja packet content 1',
      id,
      from: { country: 'XK', institution: 'Office', contact: 'Somebody' },
      to: { country: 'AL', institution: 'Office' },
      purpose: 'return_notice',
      subject: 'child',
      reference: 'X-1',
      basis: { ground: 'law', reference: 'Article 8', consents: [] },
      items: [{ field: 'name', value: 'Ëndrra Çela' }],
      paper: { media: 'application/pdf', name: 'x.pdf', base64: 'JVBERg==' },
    },
  }).bytes
}
const file = (name: string, bytes: Buffer | string): string => {
  const path = join(home, name)
  writeFileSync(path, bytes)
  return path
}

beforeAll(async () => {
  app = await testApp()
  mkdirSync(join(home, 'keys'), { recursive: true })
  const pem = (key: CountryKeys['sign']) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
  writeFileSync(join(home, 'keys/packet-sign.pem'), pem(al.sign))
  writeFileSync(join(home, 'keys/packet-open.pem'), pem(al.open))
  const id = uuidv7()
  const as = (
    who: 'responsible-authority' | 'coordinator',
    type: string,
    body: object,
    baseVersion?: number,
  ) => app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  const card = cardOf('XK', xk)
  await as('coordinator', 'counterpart.set', {
    country: 'XK',
    kind: 'anti_trafficking',
    institution: 'Office of XK',
    email: 'office@example.org',
    validFrom: '2020-01-01',
  })
  await as('coordinator', 'counterpart.set_keys', { card: cardText(card) }, 1)
  const body = { fingerprint: fingerprintOf(card), way: 'meeting' }
  expect((await as('responsible-authority', 'counterpart.check_keys', body, 2)).status).toBe(200)
})
afterAll(async () => {
  await app.close()
  rmSync(home, { recursive: true, force: true })
})

test('what the file alone gives away is said without a database: cut, no packet, 200 MB', async () => {
  const whole = packet()
  const large = join(home, 'large')
  closeSync(openSync(large, 'w'))
  truncateSync(large, 200_000_000)
  expect(await run('packet', 'open', large)).toMatchObject({
    code: 7,
    out: '',
    err: expect.stringMatching(/^mburoja: This file is larger/),
  })
  expect(await run('packet', 'open', file('cut', whole.subarray(0, 300)), '--json')).toMatchObject({
    code: 6,
    out: expect.stringMatching(/^\{"ok":false,"code":"packet_truncated"/),
  })
  expect(await run('packet', 'open', file('pdf', '%PDF-1.7'))).toMatchObject({ code: 6, out: '' })
  expect(await run('packet', 'open', join(home, 'nothing'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('ENOENT'),
  })
  const unread = await run('packet', 'open', join(home, 'nothing'), '--json')
  expect([unread.code, JSON.parse(unread.out)]).toEqual([
    1,
    { ok: false, detail: expect.stringContaining('ENOENT') },
  ])
  expect(await run('packet', 'open')).toMatchObject({ code: 1 })
})

const id = randomUUID()
test('opens what is genuine; altered, run out, for others: an exit code each', async () => {
  const genuine = file('genuine', packet({ id }))
  const opened = await run('packet', 'open', genuine, '--json')
  expect(opened.code, opened.err).toBe(0)
  const said = JSON.parse(opened.out)
  expect(said).toMatchObject({
    ok: true,
    list: null,
    issuer: { country: 'XK' },
    content: { items: [{ field: 'name', value: 'Ëndrra Çela' }] },
  })
  expect(opened.err).toContain('No list of recalled packets')
  const flipped = packet()
  flipped[flipped.length - 60] = flipped[flipped.length - 60]! ^ 1
  const told = await Promise.all(
    (
      [
        ['flipped', flipped, 2],
        ['expired', packet({ expiresAt: hours(-1) }), 3],
        ['others', packet({ to: stranger }), 4],
      ] as const
    ).map(async ([name, bytes, code]) => [
      name,
      (await run('packet', 'open', file(name, bytes), '--json')).code,
      code,
    ]),
  )
  for (const [name, got, wanted] of told) expect([name, got]).toEqual([name, wanted])
})

test('a list carried as a file recalls what it names', async () => {
  const recalled = join(home, 'genuine')
  expect((await run('packet', 'revocations')).out).toMatch(/^MBUROJA REVOCATIONS 1\n/)
  const list = file('list', makeList(xk, 'XK', hours(-1), [{ packet: packetHash(id), at: hours(-1) }]))
  const taken = await run('packet', 'revocations', '--import', list, '--json')
  expect([taken.code, taken.out, taken.err]).toEqual([0, '{"ok":true,"added":1,"revoked":1}\n', ''])
  const refused = await run('packet', 'open', recalled, '--json')
  expect([refused.code, JSON.parse(refused.out).code, JSON.parse(refused.out).list.hours]).toEqual([
    5,
    'packet_revoked',
    1,
  ])
})
