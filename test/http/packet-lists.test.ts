import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { cardText, makeList, makePacket, packetHash } from '#server/packet/container.ts'
import { fetchRevocations, listSource } from '#server/packet/fetch.ts'
import { cardOf, countryKeysOf, fingerprintOf } from '#server/packet/keys.ts'
import { type TestApp, testApp } from './harness.ts'
import { takenAdult } from './nrm-life.ts'
import { screeningSteps } from './screening-steps.ts'

/** Lists of recalled packets asked for at their address, by the job, from a stand-in; and the log that a packet leaves behind. */

const keys = countryKeysOf(Buffer.alloc(32, 33))
const card = cardOf('XK', keys)
const id = '6b1f3b0a-5a62-4f3c-9d0e-1f2a3b4c5d6e'
const url = 'https://lists.example.org/api/public/packets/revocations'

let app: TestApp
let server: Server
let base = ''
let contact = ''
let answer: (path: string) => { status?: number; headers?: Record<string, string>; body: string | Buffer }
const asked: string[] = []
const ap = () => app.as('responsible-authority')
const stand = (path = '') => {
  const source = listSource({ secure: false, patience: 400 })
  return (given: string) => source(given.replace('https://lists.example.org', base) + path)
}
const entry = {
  country: 'XK',
  kind: 'anti_trafficking',
  institution: 'Office of XK',
  email: 'office@example.org',
  validFrom: '2026-01-01',
}
const version = async () =>
  Number((await ap().get('/api/counterparts')).body.items!.find((one) => String(one.id) === contact)!.version)
const listHours = async () =>
  (await ap().get('/api/counterparts')).body.items!.find((one) => String(one.id) === contact)!
    .list as unknown as {
    hours: number
    old: boolean
    revoked: number
  } | null

beforeAll(async () => {
  app = await testApp({ country: countryKeysOf(Buffer.alloc(32, 34)) })
  server = createServer((request, response) => {
    asked.push(String(request.url))
    const { status = 200, headers = {}, body } = answer(String(request.url))
    response.writeHead(status, headers)
    if (request.url?.endsWith('/slow')) return
    response.end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  contact = uuidv7()
  await ap().command('counterpart.set', contact, entry)
  await ap().command('counterpart.set_keys', contact, { card: cardText(card) }, { baseVersion: 1 })
  const heard = { fingerprint: fingerprintOf(card), way: 'telephone' }
  const checked = await app
    .as('coordinator')
    .command('counterpart.check_keys', contact, heard, { baseVersion: 2 })
  expect(checked.status, JSON.stringify(checked.body)).toBe(200)
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await app.close()
})

test('an address is a public one over https, or it is refused', async () => {
  for (const bad of [
    'http://lists.example.org/x',
    'https://localhost/x',
    'https://10.0.0.1/x',
    'https://[::1]/x',
    'https://user:pass@lists.example.org/x',
    'https://lists.example.org/x?to=1',
    'https://lists.example.org/x#y',
    'file:///etc/passwd',
  ]) {
    const body = { ...entry, listsUrl: bad }
    const reply = await ap().command('counterpart.set', contact, body, { baseVersion: await version() })
    expect([bad, reply.status, reply.body.errors?.[0]?.field]).toEqual([bad, 400, 'body.body.listsUrl'])
  }
  // None given: nobody is asked.
  expect(await fetchRevocations(app.ctx, stand())).toEqual({ taken: 0, revoked: 0, failed: 0 })
  const body = { ...entry, listsUrl: url }
  const reply = await ap().command('counterpart.set', contact, body, { baseVersion: await version() })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
})

test('the list is taken when its signature holds; whatever else comes leaves the old one, and says how old it is', async () => {
  const now = '2026-11-24T11:00:00.000Z'
  answer = () => ({ body: makeList(keys, 'XK', now, [{ packet: packetHash(id), at: now }]) })
  expect(await fetchRevocations(app.ctx, stand())).toEqual({ taken: 1, revoked: 1, failed: 0 })
  expect(asked).toEqual(['/api/public/packets/revocations'])
  expect(await listHours()).toMatchObject({ revoked: 1, old: false })
  // The same again is no fault, and nothing new.
  expect(await fetchRevocations(app.ctx, stand())).toEqual({ taken: 1, revoked: 0, failed: 0 })

  app.setClock('2026-11-28T11:00:00.000Z')
  const none = { taken: 0, revoked: 0, failed: 1 }
  const later = '2026-11-28T10:00:00.000Z'
  const stranger = countryKeysOf(Buffer.alloc(32, 35))
  for (const said of [
    () => ({ status: 503, body: 'later' }),
    () => ({ status: 302, headers: { location: `${base}/elsewhere` }, body: '' }),
    () => ({ body: 'no list' }),
    () => ({ body: makeList(stranger, 'XK', later, []) }),
    () => ({ body: makeList(keys, 'XK', '2026-11-20T10:00:00.000Z', []) }),
    () => ({ body: makeList(keys, 'XK', later, []).replace('.', '.A') }),
    () => ({ body: Buffer.alloc(5_000_000, 65) }),
  ]) {
    answer = said
    expect(await fetchRevocations(app.ctx, stand())).toEqual(none)
  }
  expect(asked).not.toContain('/elsewhere')
  answer = () => ({ body: makeList(keys, 'XK', later, []) })
  expect(await fetchRevocations(app.ctx, stand('/slow'))).toEqual(none)
  // The real one speaks to nobody without TLS.
  expect(await listSource()(`${base}/x`)).toBeNull()
  expect(await listHours()).toMatchObject({ hours: 96, old: true })
})

test('opened with a stale list, it says so; with a fresh one the recalled stays recalled', async () => {
  const own = (await ap().get('/api/packets/own-keys')).body
  const { sign, open } = JSON.parse(String(own.card)) as { sign: string; open: string }
  const pack = (packetId: string) =>
    makePacket({
      keys,
      country: 'XK',
      to: { country: 'AL', sign, open },
      id: packetId,
      now: '2026-11-24T10:00:00.000Z',
      expiresAt: '2026-12-20T10:00:00.000Z',
      content: {
        schema: 'mburoja packet content 1',
        id: packetId,
        from: { country: 'XK', institution: 'Office of XK', contact: 'N.' },
        to: { country: 'AL', institution: 'AP' },
        purpose: 'assistance',
        subject: 'adult',
        reference: 'XK-1',
        basis: { ground: 'law', reference: 'x', consents: [] },
        items: [{ field: 'name', value: 'M.' }],
        paper: { media: 'application/pdf', name: 'x.pdf', base64: 'JVBERi0=' },
      },
    }).bytes
  const take = async (packetId: string) => {
    const at = uuidv7()
    const file = pack(packetId).toString('base64')
    return { at, ...(await ap().command('packet.receive', at, { file })) }
  }
  const opened = await take('0b1f3b0a-5a62-4f3c-9d0e-1f2a3b4c5d6e')
  expect(opened.status, JSON.stringify(opened.body)).toBe(200)
  expect((await ap().get(`/api/packets/received/${opened.at}`)).body.list).toMatchObject({
    old: true,
    hours: 96,
  })
  const fresh = '2026-11-28T10:30:00.000Z'
  answer = () => ({ body: makeList(keys, 'XK', fresh, []) })
  expect(await fetchRevocations(app.ctx, stand())).toEqual({ taken: 1, revoked: 0, failed: 0 })
  expect((await ap().get(`/api/packets/received/${opened.at}`)).body.list).toMatchObject({
    old: false,
    hours: 0,
  })
  expect((await take(id)).body.code).toBe('packet_revoked')
  app.setClock('2026-11-24T11:00:00.000Z')
})

test('a packet that left stands in the disclosure log with its legal basis: a child’s in its case, an adult’s in the file', async () => {
  const make = async (nrmId: string, who: 'responsible-authority' | 'cpw-tirana' | 'social-service') => {
    const packet = uuidv7()
    const reply = await app.as(who).command('packet.make', packet, {
      nrmId,
      returnId: null,
      counterpartId: contact,
      purpose: 'assistance',
      items: [{ field: 'name', value: 'M.' }],
      ground: 'law',
      groundRef: 'Protokolli i Palermos, neni 8',
      days: 10,
    })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    return packet
  }
  const { opened, screen } = screeningSteps(() => app)
  const { caseId } = await opened()
  await screen('cpw-tirana', { caseId })
  const [file] = (await ap().get(`/api/nrm?caseId=${caseId}`)).body.items!
  const byAuthority = await make(String(file!.id), 'responsible-authority')
  const byWorker = await make(String(file!.id), 'cpw-tirana')
  const log = (await app.as('cpw-tirana').get(`/api/cases/${caseId}/disclosures`)).body.items!
  expect(log).toHaveLength(2)
  for (const one of log)
    expect(one).toMatchObject({
      kind: 'packet',
      toKind: 'XK',
      grounds: [{ kind: 'law', ref: 'Protokolli i Palermos, neni 8' }],
      fields: ['name'],
      tier: 'T3',
      childAsked: 'not_asked',
    })
  const adult = await takenAdult(app, 'labour')
  const grown = await make(adult.id, 'social-service')
  const rows = await app.db.admin<{
    packet_id: string
    nrm_id: string
    case_id: string | null
    basis: string
  }>(
    `select packet_id, nrm_id, case_id, grounds -> 0 ->> 'ref' as basis from disclosure where kind = 'packet' order by at, id`,
  )
  expect(new Set(rows.map((row) => row.packet_id))).toEqual(new Set([byAuthority, byWorker, grown]))
  expect(rows.find((row) => row.packet_id === grown)).toMatchObject({ nrm_id: adult.id, case_id: null })
  expect(rows.every((row) => row.basis === 'Protokolli i Palermos, neni 8')).toBe(true)
  // Whoever does not see the file sees no row of it, and nobody writes one of a packet that is not theirs.
  const { withTx } = await import('#server/tx.ts')
  const { actorOf } = await import('#test/cast.ts')
  for (const [who, n] of [
    ['responsible-authority', 3],
    ['social-service', 1],
    ['cpw-tirana', 2],
    ['cpw-durres', 0],
    ['police', 0],
    ['coordinator', 0],
    ['admin', 0],
  ] as const) {
    const [row] = await withTx(app.ctx, actorOf(who), (tx) =>
      tx.sql<{ n: number }>("select count(*)::int as n from disclosure where kind = 'packet'"),
    )
    expect([who, row?.n]).toEqual([who, n])
  }
  // A register that had sent packets before gets the same rows from their events.
  const all = `select id, case_id, nrm_id, packet_id, at, to_kind, grounds, fields, tier, child_asked, by_id from disclosure
    where kind = 'packet' order by id`
  const before = await app.db.admin(all)
  const sql = readFileSync(new URL('../../migrations/0075_packets_logged.sql', import.meta.url), 'utf8')
  const carry = /^insert into disclosure [^;]*;/m.exec(sql)![0]
  await app.db.admin(`set role mb_owner; delete from disclosure where kind = 'packet'; ${carry} reset role`)
  expect(await app.db.admin(all)).toEqual(before)
})
