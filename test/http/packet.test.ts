import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { cardText, makeList, packetHash } from '#server/packet/container.ts'
import { cardOf, countryKeysOf, fingerprintOf } from '#server/packet/keys.ts'
import { castNames } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'
import { takenAdult } from './nrm-life.ts'

/** Two countries, each with its own server, database and keys, and nothing between them but files. */

let al: TestApp
let xk: TestApp
let nrmId: string
let alAtXk: string
let xkAtAl: string

const binary = async (app: TestApp, who: Parameters<TestApp['as']>[0], url: string): Promise<Buffer> => {
  const reply = await app.fastify.inject({ url, headers: { 'x-test-as': String(who) } })
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.rawPayload
}
const ap = (app: TestApp) => app.as('responsible-authority')

/** One enters the card, another, who heard the fingerprint, types it. */
const introduce = async (here: TestApp, there: TestApp, country: string, checked = true): Promise<string> => {
  const id = uuidv7()
  const made = await ap(here).command('counterpart.set', id, {
    country,
    kind: 'anti_trafficking',
    institution: `Office of ${country}`,
    email: 'office@example.org',
    validFrom: '2026-01-01',
  })
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  const { body: own } = await ap(there).get('/api/packets/own-keys')
  const keyed = await ap(here).command('counterpart.set_keys', id, { card: own.card }, { baseVersion: 1 })
  expect(keyed.status, JSON.stringify(keyed.body)).toBe(200)
  if (!checked) return id
  const check = { fingerprint: String(own.fingerprint).toLowerCase(), way: 'telephone' }
  const alone = await ap(here).command('counterpart.check_keys', id, check, { baseVersion: 2 })
  expect(alone.body.code).toBe('needs_second_person')
  const wrong = await here
    .as('coordinator')
    .command('counterpart.check_keys', id, { ...check, fingerprint: '0000' }, { baseVersion: 2 })
  expect(wrong.body.code).toBe('packet_fingerprint')
  const both = await here.as('coordinator').command('counterpart.check_keys', id, check, { baseVersion: 2 })
  expect(both.status, JSON.stringify(both.body)).toBe(200)
  return id
}

const make = (
  body: object = {},
  who: 'responsible-authority' | 'social-service' = 'responsible-authority',
) => {
  const id = uuidv7()
  return al
    .as(who)
    .command('packet.make', id, {
      nrmId,
      counterpartId: xkAtAl,
      purpose: 'return_notice',
      items: [
        { field: 'name', value: 'Ëndrra Çela' },
        { field: 'risks', value: 'Is looked for', reason: 'the escort must know' },
      ],
      ground: 'law',
      groundRef: 'Palermo Protocol, article 8',
      days: 10,
      ...body,
    })
    .then((reply) => ({ id, ...reply }))
}
const send = async (body: object = {}): Promise<{ id: string; file: Buffer }> => {
  const { id, status, body: said } = await make(body)
  expect(status, JSON.stringify(said)).toBe(200)
  return { id, file: await binary(al, 'responsible-authority', `/api/packets/${id}/file`) }
}
const open = (file: Uint8Array, app = xk, id = uuidv7()) =>
  ap(app)
    .post('/api/packets/files', {
      commandId: uuidv7(),
      type: 'packet.receive',
      recordId: id,
      body: { file: Buffer.from(file).toString('base64') },
    })
    .then((reply) => ({ id, ...reply }))

beforeAll(async () => {
  al = await testApp({ country: countryKeysOf(Buffer.alloc(32, 11)) })
  xk = await testApp({ country: countryKeysOf(Buffer.alloc(32, 12)) })
  await xk.db.admin(`update country_setting set value = '"XK"' where key = 'country'`)
  nrmId = (await takenAdult(al, 'labour')).id
  xkAtAl = await introduce(al, xk, 'XK')
  alAtXk = await introduce(xk, al, 'AL')
})
afterAll(() => Promise.all([al.close(), xk.close()]))

describe('a packet between two servers', () => {
  test('is made item by item, opened over there, once', async () => {
    const { file } = await send({ days: 30 })
    expect(file.toString('latin1')).not.toMatch(/ndrra|looked for/)
    const got = await open(file)
    expect(got.status, JSON.stringify(got.body)).toBe(200)
    const read = await ap(xk).get(`/api/packets/received/${got.id}`)
    expect(read.body.content!.items).toEqual([
      { field: 'name', value: 'Ëndrra Çela' },
      { field: 'risks', value: 'Is looked for', reason: 'the escort must know' },
    ])
    expect(read.body.list).toBeNull()
    const pdf = await binary(xk, 'responsible-authority', `/api/packets/received/${got.id}/paper.pdf`)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    const again = await open(file)
    expect([again.body.reply!.again, again.body.recordId]).toEqual([true, got.id])
    expect((await ap(xk).get('/api/packets/received')).body.items).toHaveLength(1)
    const report = {
      reportId: uuidv7(),
      municipality: '53',
      immediacy: 'high',
      narrative: 'Announced by the other country.',
    }
    // An adult's is no report of a child.
    expect((await ap(xk).command('packet.report', got.id, report)).body.code).toBe('wrong_state')
    // A child's is, once, also where the other country wrote a day of birth that no calendar has.
    const { id: ofChild } = await open(
      (
        await send({
          items: [
            { field: 'name', value: 'Ardi Çela' },
            { field: 'citizenship', value: 'AL' },
            { field: 'birth', value: '2012-02-30' },
          ],
        })
      ).file,
    )
    await xk.db.admin("update packet_received set subject = 'child' where id = $1", [ofChild])
    const reported = await ap(xk).command('packet.report', ofChild, report)
    expect(reported.status, JSON.stringify(reported.body)).toBe(200)
    const made = JSON.stringify((await xk.as('head-tirana').get(`/api/reports/${report.reportId}`)).body)
    for (const said of ['Office of AL; AL', 'Ardi Çela', report.narrative]) expect(made).toContain(said)
    expect(made).not.toContain('2012-02-30')
    expect(
      (await ap(xk).command('packet.report', ofChild, { ...report, reportId: uuidv7() })).body.code,
    ).toBe('packet_reported')
    // What lies in the database over there is sealed.
    const [kept] = await xk.db.admin('select sealed from packet_received_sensitive')
    expect(Buffer.from(kept!.sealed as Buffer).toString('latin1')).not.toMatch(/ndrra/)
  })

  test('recalled: the public list is carried over, and there it opens no more, nor is it read again', async () => {
    const { id, file } = await send()
    const before = await open(file)
    expect(before.status).toBe(200)
    const packetId = (await ap(al).get('/api/packets')).body.items!.find(
      (one) => String(one.id) === id,
    )!.packetId
    const revoked = await ap(al).command('packet.revoke', id, { why: 'wrong_content' }, { baseVersion: 2 })
    expect(revoked.status, JSON.stringify(revoked.body)).toBe(200)
    expect((await ap(al).get(`/api/packets/${id}/file`)).body.code).toBe('packet_revoked')
    // Without the list nobody over there can know.
    expect((await open(file)).status).toBe(200)
    const list = await al.anonymous.get('/api/public/packets/revocations')
    expect(list.status).toBe(200)
    const text = String(list.body)
    expect(text).toMatch(/^MBUROJA REVOCATIONS 1\n/)
    expect(Buffer.from(text.split('.')[1]!, 'base64url').toString()).not.toContain(packetId)
    const forged = text.replace(/\n.*\./, (line) =>
      line.replace(/[A-M]/, (c) => String.fromCharCode(c.charCodeAt(0) + 1)),
    )
    expect((await ap(xk).command('packet.take_revocations', alAtXk, { list: forged })).body.code).toMatch(
      /packet_(forged|unreadable)/,
    )
    const taken = await ap(xk).command('packet.take_revocations', alAtXk, { list: text })
    expect(taken.body.reply, JSON.stringify(taken.body)).toEqual({ added: 1, revoked: 1 })
    const after = await open(file)
    expect([after.status, after.body.code]).toEqual([422, 'packet_revoked'])
    expect((await ap(xk).get(`/api/packets/received/${before.id}`)).body.code).toBe('packet_revoked')
    expect(
      (
        await xk.fastify.inject({
          url: `/api/packets/received/${before.id}/paper.pdf`,
          headers: { 'x-test-as': 'responsible-authority' },
        })
      ).json().code,
    ).toBe('packet_revoked')
    expect(
      (await ap(xk).get('/api/packets/received')).body.items!.find((one) => String(one.id) === before.id)!
        .state,
    ).toBe('revoked')
    // The same list again changes nothing; an older one is not taken.
    expect((await ap(xk).command('packet.take_revocations', alAtXk, { list: text })).body.reply!.added).toBe(
      0,
    )
    al.setClock('2026-11-24T12:30:00.000Z')
    const newer = String((await al.anonymous.get('/api/public/packets/revocations')).body)
    xk.setClock('2026-11-24T12:31:00.000Z')
    expect((await ap(xk).command('packet.take_revocations', alAtXk, { list: newer })).status).toBe(200)
    expect((await ap(xk).command('packet.take_revocations', alAtXk, { list: text })).body.code).toBe(
      'packet_list_older',
    )
    const contact = (await ap(xk).get('/api/counterparts')).body.items![0]!
    expect([contact.list!.revoked, contact.list!.hours, contact.list!.old]).toEqual([1, 0, false])
  })

  test('forged, altered, cut, run out, for another country, by a stranger: each refused by name', async () => {
    const { file } = await send()
    const flipped = Buffer.from(file)
    flipped[file.length - 40] = flipped[file.length - 40]! ^ 1
    expect((await open(flipped)).body.code).toBe('packet_altered')
    expect((await open(file.subarray(0, 900))).body.code).toBe('packet_truncated')
    expect((await open(Buffer.from('{"hello": 1}'))).body.code).toBe('packet_unreadable')
    // Our own country does not open what it sent.
    expect((await open(file, al)).body.code).toBe('packet_issuer_unknown')
    const mk = await testApp({ country: countryKeysOf(Buffer.alloc(32, 13)) })
    try {
      await mk.db.admin(`update country_setting set value = '"MK"' where key = 'country'`)
      expect((await open(file, mk)).body.code).toBe('packet_issuer_unknown')
      const half = await introduce(mk, al, 'AL', false)
      expect((await open(file, mk)).body.code).toBe('packet_issuer_unconfirmed')
      const { body: own } = await ap(al).get('/api/packets/own-keys')
      await mk
        .as('coordinator')
        .command(
          'counterpart.check_keys',
          half,
          { fingerprint: own.fingerprint, way: 'video' },
          { baseVersion: 2 },
        )
      mk.setClock('2026-11-24T12:31:00.000Z')
      expect((await open(file, mk)).body.code).toBe('packet_not_for_us')
      expect((await ap(mk).get('/api/packets/received')).body.items).toEqual([])
    } finally {
      await mk.close()
    }
    xk.setClock('2026-12-05T12:31:00.000Z')
    expect((await open(file)).body.code).toBe('packet_expired')
    xk.setClock('2026-11-24T12:31:00.000Z')
    const large = await open(Buffer.alloc(4_300_000, 65))
    expect(large.status).toBeGreaterThanOrEqual(400)
    expect((await open(Buffer.alloc(4_200_000, 65))).body.code).toBe('packet_too_large')
  })
})

describe('what may leave', () => {
  test('no key, no second person, a sensitive item without reason, more than the purpose needs, no consent: refused', async () => {
    const bare = uuidv7()
    await ap(al).command('counterpart.set', bare, {
      country: 'ME',
      kind: 'police',
      institution: 'Police',
      phone: '+382 20 000 000',
      validFrom: '2026-01-01',
    })
    expect((await make({ counterpartId: bare })).body.code).toBe('packet_no_key')
    expect((await make({ counterpartId: uuidv7() })).status).toBe(400)
    expect((await make({ items: [{ field: 'risks', value: 'x' }] })).body.code).toBe('packet_reason')
    expect((await make({ items: [{ field: 'health', value: 'x', reason: 'y' }] })).body.code).toBe(
      'packet_field_not_needed',
    )
    expect(
      (
        await make({
          items: [
            { field: 'name', value: 'x' },
            { field: 'name', value: 'y' },
          ],
        })
      ).body.code,
    ).toBe('packet_field_twice')
    expect((await make({ ground: 'consent' })).body.code).toBe('packet_no_consent')
    expect((await make({ days: 31 })).body.code).toBe('packet_too_long')
    expect((await make({ days: 0 })).status).toBe(400)
    expect((await make({ items: [] })).status).toBe(400)
    expect((await make({ nrmId: uuidv7() })).status).toBe(404)
    const unconfirmed = uuidv7()
    await ap(al).command('counterpart.set', unconfirmed, {
      country: 'XK',
      kind: 'police',
      institution: 'Another',
      phone: '+383 38 000 000',
      validFrom: '2026-01-01',
    })
    const { body: card } = await ap(xk).get('/api/packets/own-keys')
    expect(
      (await ap(al).command('counterpart.set_keys', unconfirmed, { card: card.card }, { baseVersion: 1 }))
        .body.code,
    ).toBe('packet_key_of_other')
    const { body: own } = await ap(al).get('/api/packets/own-keys')
    expect(
      (
        await ap(al).command(
          'counterpart.set_keys',
          unconfirmed,
          { card: String(own.card).replace('AL', 'XK') },
          { baseVersion: 1 },
        )
      ).body.code,
    ).toBe('packet_own_key')
    expect(
      (await ap(al).command('counterpart.set_keys', bare, { card: card.card }, { baseVersion: 1 })).body.code,
    ).toBe('packet_card_country')
    expect(
      (await ap(al).command('counterpart.set_keys', bare, { card: 'hello' }, { baseVersion: 1 })).body.code,
    ).toBe('packet_card')
  })

  test('an agreement that ends within the warning shows so, first of all', async () => {
    const agreement = (title: string, validTo: string | null) =>
      al.as('coordinator').command('agreement.set', uuidv7(), {
        country: 'XK',
        title,
        parties: 'The two ministries',
        signedOn: '2024-01-01',
        validFrom: '2024-01-01',
        validTo,
        counterpartId: xkAtAl,
      })
    for (const [title, end] of [
      ['Open', null],
      ['Ending', '2027-01-10'],
      ['Ended', '2025-01-01'],
      ['Standing', '2029-01-01'],
    ] as const)
      expect((await agreement(title, end)).status).toBe(200)
    const { body } = await al.as('consulate').get('/api/agreements')
    expect(body.items!.map((one) => [one.title, one.state])).toEqual([
      ['Ending', 'expiring'],
      ['Standing', 'in_force'],
      ['Open', 'in_force'],
      ['Ended', 'expired'],
    ])
    expect((await agreement('Back', '2023-01-01')).body.code).toBe('packet_dates')
    // An agreement is prolonged or ended where it stands; with another country it would be another one.
    const id = String(body.items!.find((one) => String(one.title) === 'Ending')?.id)
    const change = (baseVersion: number, over: object) =>
      al.as('coordinator').command(
        'agreement.set',
        id,
        {
          country: 'XK',
          title: 'Prolonged',
          parties: 'The two ministries',
          signedOn: '2024-01-01',
          validFrom: '2024-01-01',
          validTo: '2030-01-01',
          ...over,
        },
        { baseVersion },
      )
    expect((await change(1, { country: 'MK' })).body.errors![0]!.field).toBe('body.body.country')
    expect((await change(1, {})).status).toBe(200)
    expect((await change(1, {})).status).toBe(409)
    const after = await al.as('consulate').get('/api/agreements')
    expect(after.body.items!.find((one) => String(one.id) === id)).toMatchObject({
      title: 'Prolonged',
      state: 'in_force',
      country: 'XK',
    })
  })
})

test('role by door: who sees contacts, packets sent and packets opened', async () => {
  const contacts = [
    'responsible-authority',
    'coordinator',
    'coordinator2',
    'consulate',
    'social-service',
    'social-service-durres',
    'state-agency',
  ]
  const units = ['cpw-tirana', 'cpw2-tirana', 'head-tirana', 'cpw-durres', 'head-durres']
  const sees: Record<string, string[]> = {}
  const doors = ['/api/counterparts', '/api/agreements', '/api/packets', '/api/packets/received'] as const
  for (const who of castNames)
    for (const door of doors) {
      const { status, body } = await (door === '/api/packets/received' ? xk : al).as(who).get(door)
      expect([who, door, status]).toEqual([who, door, 200])
      if (body.items!.length > 0) sees[door] = [...(sees[door] ?? []), who]
    }
  expect(sees['/api/counterparts']?.toSorted()).toEqual([...contacts, ...units].toSorted())
  expect(sees['/api/agreements']?.toSorted()).toEqual([...contacts, ...units].toSorted())
  expect(sees['/api/packets']?.toSorted()).toEqual(['responsible-authority', 'social-service'])
  expect(sees['/api/packets/received']).toEqual(['responsible-authority'])
  const one = (await ap(al).get('/api/packets')).body.items![0]!
  const other = (await ap(xk).get('/api/packets/received')).body.items![0]!
  for (const who of castNames.filter((name) => !['responsible-authority', 'social-service'].includes(name))) {
    expect([who, (await al.as(who).get(`/api/packets/${one.id}/file`)).status]).toEqual([who, 404])
    expect([who, (await al.as(who).get(`/api/nrm/${nrmId}/packet-draft`)).status]).toEqual([who, 404])
    expect([who, (await xk.as(who).get(`/api/packets/received/${other.id}`)).status]).toEqual([who, 404])
    const revoke = await al
      .as(who)
      .command('packet.revoke', String(one.id), { why: 'not_needed' }, { baseVersion: 2 })
    expect([who, revoke.status]).toEqual([who, 404])
    const take = await al.as(who).command('packet.receive', uuidv7(), { file: '' })
    expect([who, take.status]).toEqual([who, 422])
  }
  for (const who of castNames.filter((name) => !/responsible|coordinator/.test(name))) {
    const set = await al.as(who).command('counterpart.set', uuidv7(), {
      country: 'GR',
      kind: 'police',
      institution: 'X',
      phone: '112',
      validFrom: '2026-01-01',
    })
    expect([who, set.body.code]).toEqual([who, 'not_allowed'])
  }
})

test('recalled under a key that came since: what the old one had signed is read no more', async () => {
  const { id, file } = await send()
  const got = await open(file)
  expect(got.status, JSON.stringify(got.body)).toBe(200)
  const packetId = String(
    (await ap(al).get('/api/packets')).body.items!.find((one) => String(one.id) === id)!.packetId,
  )
  const newer = countryKeysOf(Buffer.alloc(32, 14))
  const card = cardOf('AL', newer)
  const baseVersion = Number((await ap(xk).get('/api/counterparts')).body.items![0]!.version)
  const set = await ap(xk).command('counterpart.set_keys', alAtXk, { card: cardText(card) }, { baseVersion })
  expect(set.status, JSON.stringify(set.body)).toBe(200)
  const heard = { fingerprint: fingerprintOf(card), way: 'telephone' }
  await xk
    .as('coordinator')
    .command('counterpart.check_keys', alAtXk, heard, { baseVersion: Number(set.body.version) })
  expect((await ap(xk).get(`/api/packets/received/${got.id}`)).status).toBe(200)
  const at = '2026-11-24T12:30:00.000Z'
  const list = makeList(newer, 'AL', at, [{ packet: packetHash(packetId), at }])
  const taken = await ap(xk).command('packet.take_revocations', alAtXk, { list })
  expect(taken.body.reply, JSON.stringify(taken.body)).toEqual({ added: 1, revoked: 1 })
  expect((await ap(xk).get(`/api/packets/received/${got.id}`)).body.code).toBe('packet_revoked')
  const listed = (await ap(xk).get('/api/packets/received')).body.items!.filter(
    (one) => String(one.id) === got.id,
  )
  expect(listed.map((one) => one.state)).toEqual(['revoked'])
})
