import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticeCodes, noticeGroups } from '#domain/notice/kinds.ts'
import { uuidv7 } from '#server/ids.ts'
import { deliverNotices, forgetDeliveries } from '#server/notice/deliver.ts'
import { mailSender } from '#server/notice/mail.ts'
import { announceWays, type Outbound } from '#server/notice/outbound.ts'
import { type PushDevice, pushSender } from '#server/notice/push.ts'
import { vapidOf } from '#server/notice/push-seal.ts'
import { type CastName, castNames, noon, secret, unitId, userId } from '#test/cast.ts'
import { lightHash } from '#test/password.ts'
import { openPushService, type PushService } from '#test/push-service.ts'
import { openPostOffice, type PostOffice } from '#test/smtp.ts'
import { Life, openFor, putChild } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'
import { codeIn, everything } from './notice-life.ts'

const base = 'https://mburoja.test'
const address = 'drejtuese@bashkia.test.al'
let app: TestApp
let post: PostOffice
let out: Outbound
let service: PushService

beforeAll(async () => {
  post = await openPostOffice()
  app = await testApp()
  const hosts = ['fcm.googleapis.com']
  service = await openPushService('https://fcm.googleapis.com', app.ctx.clock)
  out = {
    base,
    mail: mailSender(post.url, 'mburoja@example.al', base),
    push: pushSender(vapidOf(secret, base), hosts, app.ctx.clock, service.post),
  }
  await announceWays(app.ctx, out)
})
afterAll(async () => {
  out?.mail?.close()
  await app?.close()
  await post?.close()
  await service?.close()
})

const later = (minutes: number): string => {
  const at = new Date(Date.parse(app.ctx.clock()) + minutes * 60_000).toISOString()
  app.setClock(at)
  return at
}
const run = () => deliverNotices(app.ctx, out)
const must = async (who: CastName, type: string, body: object, id: string = uuidv7()) => {
  const reply = await app.as(who).command(type, id, body)
  expect(reply.status, `${type} ${JSON.stringify(reply.body)}`).toBe(200)
  return reply.body
}
const settingsOf = async (who: CastName) => (await app.as(who).get('/api/notices/settings')).body

/** An address given and confirmed by the code that came. */
const reach = async (who: CastName, to: string, timing: 'now' | 'daily' = 'now'): Promise<void> => {
  await must(who, 'notice.address_set', { address: to })
  await run()
  const code = post.letters.flatMap((one) => (one.to.includes(to) ? codeIn(one.text) || [] : [])).at(-1)
  expect((await must(who, 'notice.address_confirm', { code })).reply).toEqual({ confirmed: true })
  await must(who, 'notice.set', everything(timing))
}
/** A notice for the unit, as any part of the program leaves one. */
const tap = (code: string, unit: Parameters<typeof unitId>[0], label = 'TR-2026-0001') =>
  app.db.admin(
    `insert into notice (id, at, unit_id, code, record_kind, record_id, label) values ($1, $2, $3, $4, 'case_file', $1, $5)`,
    [uuidv7(), app.ctx.clock(), unitId(unit), code, label],
  )

describe('mail', () => {
  it('goes nowhere before the address is confirmed, and wrong codes are counted', async () => {
    await must('head-tirana', 'notice.address_set', { address })
    await tap('report_moved', 'cpu-tirana')
    expect(await run()).toMatchObject({ told: 1, sent: 1 })
    expect(post.letters.map((one) => one.to)).toEqual([[address]])
    const code = codeIn(post.letters[0]!.text)
    expect(code).toHaveLength(8)
    const wrong = code === '00000000' ? '11111111' : '00000000'
    for (let n = 0; n < 5; n += 1)
      expect((await must('head-tirana', 'notice.address_confirm', { code: wrong })).reply).toEqual({
        confirmed: false,
      })
    const worn = await app.as('head-tirana').command('notice.address_confirm', uuidv7(), { code })
    expect([worn.status, worn.body.code]).toEqual([422, 'notice_code_expired'])
    // Another code, and nobody else's code: the next is good for its owner alone.
    await must('head-tirana', 'notice.address_set', { address })
    await run()
    const good = codeIn(post.letters.at(-1)!.text)
    const other = await app.as('cpw-tirana').command('notice.address_confirm', uuidv7(), { code: good })
    expect(other.body.code).toBe('notice_code_none')
    later(31)
    expect(
      (await app.as('head-tirana').command('notice.address_confirm', uuidv7(), { code: good })).body.code,
    ).toBe('notice_code_expired')
    await reach('head-tirana', address)
    expect((await settingsOf('head-tirana')).address).toMatchObject({ address, asked: null })
    for (let n = 0; n < 2; n += 1) await must('head-tirana', 'notice.address_set', { address: 'x@y.al' })
    const often = await app.as('head-tirana').command('notice.address_set', uuidv7(), { address: 'x@y.al' })
    expect(often.body.code).toBe('notice_address_often')
    // Until the new one is confirmed, the old one stays.
    expect((await settingsOf('head-tirana')).address).toMatchObject({ address, asked: 'x@y.al' })
    await run()
  })

  it('an address that is forgotten gives no new codes; trials have their measure', async () => {
    const ask = () =>
      app.as('cpw2-tirana').command('notice.address_set', uuidv7(), { address: 'one@two.test.al' })
    await reach('cpw2-tirana', 'one@two.test.al')
    for (let n = 0; n < 4; n += 1) expect((await ask()).status).toBe(200)
    await must('cpw2-tirana', 'notice.address_forget', {})
    expect((await settingsOf('cpw2-tirana')).address).toBeNull()
    const often = await ask()
    expect([often.status, often.body.code]).toEqual([422, 'notice_address_often'])
    const from = post.letters.length
    await run()
    expect(post.letters, 'nothing is sent to what is forgotten').toHaveLength(from)
    app.setClock(new Date(Date.parse(app.ctx.clock()) + 86_400_000).toISOString())
    await reach('cpw2-tirana', 'one@two.test.al')
    for (let n = 0; n < 20; n += 1) await must('cpw2-tirana', 'notice.try', { channel: 'mail' })
    const tried = await app.as('cpw2-tirana').command('notice.try', uuidv7(), { channel: 'mail' })
    expect([tried.status, tried.body.code]).toEqual([422, 'notice_trial_often'])
    await must('cpw2-tirana', 'notice.address_forget', {})
    await run()
    later(-24 * 60)
  })

  it.each([
    ['an address that is two', { address: 'a@b.al, c@d.al' }],
    ['a line that begins a header', { address: 'a@b.al\r\nBcc: c@d.al' }],
    ['no host', { address: 'a@b' }],
  ])('refuses %s', async (_, body) => {
    const reply = await app.as('head-tirana').command('notice.address_set', uuidv7(), body)
    expect([reply.status, reply.body.errors?.[0]?.field]).toEqual([400, 'body.body.address'])
  })

  it('says code and action of what really happens to a case, and no name of it', async () => {
    await reach('head-durres', 'durres@bashkia.test.al')
    const from = post.letters.length
    const life = new Life(
      app,
      await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Zamira', 'Qerimaj') }),
    )
    const { code } = (await life.read()).body
    await life.must('cpw-tirana', 'request_transfer', {
      toUnitId: unitId('cpu-durres'),
      reason: 'Zamira Qerimaj është zhvendosur.',
    })
    for (const kind of noticeCodes) await tap(kind, 'cpu-durres', String(code))
    const done = await run()
    expect(done).toMatchObject({ failed: 0, dead: 0 })
    const letters = post.letters.slice(from)
    expect(letters).toHaveLength(1)
    const [letter] = letters
    expect(letter!.text).toContain(`Rasti ${code}: pranojeni ose refuzojeni`)
    expect(letter!.text).toContain(`${base}/app/cases/${life.id}`)
    for (const hidden of ['Zamira', 'Qerimaj', 'begging', 'lyp', 'trafik', 'Tiran'])
      expect(`${letter!.raw} ${letter!.text}`.toLowerCase()).not.toContain(hidden.toLowerCase())
    expect(letter!.raw).toMatch(/^auto-submitted: auto-generated/im)
    // No address holds anything but the record.
    for (const [link] of letter!.text.matchAll(/https?:\/\/\S+/g)) expect(link).not.toMatch(/[?#=&]/)
  })

  it('waits for the digest, and leaves out what was seen meanwhile', async () => {
    await must('head-durres', 'notice.set', everything('daily'))
    const from = post.letters.length
    await tap('referral_sent', 'cpu-durres', 'RF-2026-1')
    await tap('referral_answered', 'cpu-durres', 'RF-2026-2')
    expect(await run()).toMatchObject({ sent: 0 })
    later(5)
    await tap('referral_completed', 'cpu-durres', 'RF-2026-3')
    expect(await run()).toMatchObject({ told: 1, sent: 0 })
    const unread = (await app.as('head-durres').get('/api/notices?unread=true&group=referrals')).body.items
    const seen = unread!.find((one) => String(one.label) === 'RF-2026-2')
    await must('head-durres', 'notice.read', {}, String(seen!.id))
    app.setClock('2026-11-25T07:00:00.000Z')
    expect(await run()).toMatchObject({ sent: 1 })
    const [digest] = post.letters.slice(from)
    expect(digest!.text).toMatch(/RF-2026-1[\s\S]*RF-2026-3/)
    expect(digest!.text).not.toContain('RF-2026-2')
    expect(digest!.subject).toBe('Mburoja: ju presin 2 detyra')
  })

  it('stops at once, with what waits; urgent notices stay in the application', async () => {
    await tap('referral_sent', 'cpu-durres')
    await run()
    await must('head-durres', 'notice.stop', {})
    await must('head-durres', 'notice.set', { ...everything('now'), muted: [...noticeGroups] })
    await tap('report_danger', 'cpu-durres')
    const from = post.letters.length
    later(1500)
    expect(await run()).toMatchObject({ sent: 0 })
    expect(post.letters).toHaveLength(from)
    const { preferences, deliveries } = await settingsOf('head-durres')
    expect(preferences!.stoppedAt).not.toBeNull()
    expect(deliveries!.some((one) => String(one.state) === 'dropped')).toBe(true)
    const items = (await app.as('head-durres').get('/api/notices?unread=true')).body.items
    expect(new Set(items!.map((one) => String(one.code)))).toContain('report_danger')
    expect(items!.map((one) => String(one.code))).not.toContain('referral_sent')
    const count = (await app.as('head-durres').get('/api/notices/count')).body
    expect(Number(count.unread)).toBe(Number(count.urgent))
    await must('head-durres', 'notice.read_all', { until: app.ctx.clock() })
    expect((await app.as('head-durres').get('/api/notices/count')).body).toEqual({ unread: 0, urgent: 0 })
    await must('head-durres', 'notice.resume', {})
    expect((await settingsOf('head-durres')).preferences!.stoppedAt).toBeNull()
  })
})

describe('what fails', () => {
  const onlyHead = async () => {
    await tap('report_moved', 'cpu-tirana')
    return post.letters.length
  }

  it('is tried again and shown, and arrives in the end', async () => {
    const from = await onlyHead()
    post.refuse('451 4.7.1 drejtuese@bashkia.test.al greylisted')
    expect(await run()).toMatchObject({ sent: 0, failed: 1 })
    const [waiting] = (await settingsOf('head-tirana')).deliveries!
    expect(waiting).toMatchObject({ state: 'waiting', attempts: 1, fault: 'mail_later' })
    expect(await run()).toMatchObject({ sent: 0, failed: 0 })
    later(1)
    expect(await run()).toMatchObject({ sent: 1 })
    expect(post.letters).toHaveLength(from + 1)
    expect((await settingsOf('head-tirana')).deliveries![0]).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('is given up where the address refuses; an administrator sees that, not whose, and sends it again', async () => {
    await onlyHead()
    post.refuse('550 5.1.1 <drejtuese@bashkia.test.al> no such mailbox')
    expect(await run()).toMatchObject({ dead: 1 })
    const list = await app.as('admin').get('/api/notices/deliveries')
    expect(list.body.items).toHaveLength(1)
    expect(JSON.stringify(list.body)).not.toMatch(/bashkia|drejtuese|@/)
    expect(JSON.stringify(list.body)).not.toContain(userId('head-tirana'))
    const counts = (await app.as('admin').get('/api/notices/deliveries/count')).body
    expect(counts.counts!.find((one) => String(one.channel) === 'mail')).toMatchObject({ dead: 1 })
    expect(counts.faults!.map((one) => String(one.fault))).toEqual(
      expect.arrayContaining(['mail_refused', 'mail_later']),
    )
    const id = String(list.body.items![0]!.id)
    for (const who of ['cpw-tirana', 'state-agency', 'dpo'] as const)
      expect((await app.as(who).command('notice.resend', id, {})).status).toBe(404)
    await must('admin', 'notice.resend', {}, id)
    expect((await app.as('admin').command('notice.resend', id, {})).body.code).toBe('notice_not_dead')
    expect(await run()).toMatchObject({ sent: 1 })
  })

  it('asks a server that is away once, and gives up after a day', async () => {
    const away: Outbound = {
      ...out,
      mail: mailSender('smtp://127.0.0.1:9', 'm@example.al', base),
      push: null,
    }
    await reach('cpw-tirana', 'punonjes@bashkia.test.al')
    await tap('report_moved', 'cpu-tirana')
    expect(await deliverNotices(app.ctx, away)).toMatchObject({ failed: 2, sent: 0 })
    for (let n = 0; n < 8; n += 1) {
      later(721)
      await deliverNotices(app.ctx, away)
    }
    expect((await settingsOf('cpw-tirana')).deliveries![0]).toMatchObject({
      state: 'dead',
      attempts: 8,
      fault: 'mail_unreachable',
    })
    away.mail?.close()
  })

  it('two workers at once send each message once', async () => {
    const from = post.letters.length
    await tap('report_moved', 'cpu-tirana')
    const both = await Promise.all([run(), run(), run()])
    expect(both.reduce((sum, one) => sum + one.told, 0)).toBe(1)
    expect(post.letters).toHaveLength(from + 2)
  })

  it('is forgotten in the end', async () => {
    expect(await forgetDeliveries(app.ctx)).toEqual({ forgotten: 0 })
    later(91 * 24 * 60)
    expect((await forgetDeliveries(app.ctx)).forgotten).toBeGreaterThan(5)
    app.setClock(noon)
  })
})

describe('push', () => {
  const password = 'urë-dhe-lumë-2026'
  const device = (over: object = {}) => ({
    ...service.subscribe(vapidOf(secret, base).publicKey),
    ...over,
  })
  const signIn = async (login: CastName) => {
    await app.db.admin(
      "insert into country_setting (key, value) values ('demo', 'true') on conflict do nothing",
    )
    await app.db.admin(
      'insert into credential (user_id, password_hash, password_set_at) values ($1, $2, now()) on conflict do nothing',
      [userId(login), await lightHash(password)],
    )
    const reply = await app.fastify.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login, password },
    })
    const cookie = `${reply.cookies[0]!.name}=${reply.cookies[0]!.value}`
    return { cookie, 'x-csrf': String(reply.json().csrf), 'user-agent': 'Firefox/140 Linux' }
  }
  const subscribe = (headers: Record<string, string>, payload: object) =>
    app.fastify.inject({ method: 'POST', url: '/api/notices/devices', headers, payload })

  it('goes to a browser of a known maker, sealed, until its session ends', async () => {
    const headers = await signIn('school')
    for (const endpoint of [
      'https://127.0.0.1/x',
      'http://fcm.googleapis.com/x',
      'https://push.evil.test/x',
      'https://fcm.googleapis.com:8443/x',
    ])
      expect((await subscribe(headers, device({ endpoint }))).json().code, endpoint).toBe('notice_push_host')
    expect((await subscribe(headers, device({ p256dh: 'short' }))).statusCode).toBe(400)
    expect((await subscribe({ 'x-test-as': 'school' }, device())).statusCode).toBe(403)
    const given = device()
    expect((await subscribe(headers, given)).statusCode).toBe(200)
    const { devices } = await settingsOf('school')
    expect(devices).toHaveLength(1)
    expect(JSON.stringify(await settingsOf('school'))).not.toContain(given.endpoint)

    await must('school', 'notice.try', { channel: 'push' })
    await tap('conference_invitation', 'school-tirana')
    await run()
    // The service checked the signature, the browser opened it: a code and what to do, nothing of a child.
    expect([service.arrived.length, service.refused]).toEqual([2, []])
    for (const { endpoint, sealed } of service.arrived) {
      expect(endpoint).toBe(given.endpoint)
      expect(sealed.toString('latin1')).not.toContain('Mburoja')
    }
    // They leave together: which one comes first is nobody's promise.
    expect(service.arrived.map(({ text }) => text.path)).toContain('/app/notices/settings')

    await app.fastify.inject({ method: 'DELETE', url: '/api/session', headers })
    expect((await settingsOf('school')).devices).toEqual([])
    await tap('conference_moved', 'school-tirana')
    await run()
    expect(service.arrived).toHaveLength(2)
  })

  it('says the code and the act where that is asked for, and never a name', async () => {
    const { caseId } = await openFor(app, 'cpw2-tirana')
    const given = device()
    await subscribe(await signIn('cpw2-tirana'), given)
    await must('cpw2-tirana', 'notice.set', { ...everything('off'), pushWords: 'code' })
    const before = service.arrived.length
    await app.db.admin(
      `insert into notice (id, at, user_id, code, record_kind, record_id, label)
       select gen_random_uuid(), $1, $2, 'clock_breached', 'case_file', id, code from case_file where id = $3`,
      [app.ctx.clock(), userId('cpw2-tirana'), caseId],
    )
    await run()
    const [file] = await app.db.admin<{ code: string }>('select code from case_file where id = $1', [caseId])
    const [{ text, urgency, endpoint }] = service.arrived.slice(before) as [PushService['arrived'][number]]
    expect([endpoint, urgency, text.path]).toEqual([given.endpoint, 'high', `/app/cases/${caseId}`])
    expect(text.body).toContain(file!.code)
    const names = await app.db.admin<{ name: string }>(
      'select unnest(array[given_name, family_name]) as name from person_named union select display_name from app_user',
    )
    const told = `${text.title} ${text.body}`
    for (const { name } of names) if (name) expect(told.includes(name), name).toBe(false)
  })

  it('waits for a service that is ill and tells it again later', async () => {
    const given = device()
    await subscribe(await signIn('health'), given)
    const before = service.arrived.length
    service.answer(503)
    await must('health', 'notice.try', { channel: 'push' })
    expect(await run()).toMatchObject({ sent: 0, failed: 1, dead: 0 })
    expect(await run()).toMatchObject({ sent: 0, failed: 0 })
    later(2)
    expect(await run()).toMatchObject({ sent: 1 })
    expect(service.arrived.slice(before).map((one) => one.endpoint)).toEqual([given.endpoint])
    expect((await settingsOf('health')).devices).toHaveLength(1)
  })

  it('a browser that is gone is forgotten; the same browser belongs to whoever asked last', async () => {
    const shared = device()
    await subscribe(await signIn('school'), shared)
    await subscribe(await signIn('health'), shared)
    expect((await settingsOf('school')).devices).toEqual([])
    // The permission was taken back (410), or the service knows nothing of such a browser (404).
    for (const lost of ['unsubscribed', 'unknown']) {
      const one = lost === 'unsubscribed' ? shared : device()
      await subscribe(await signIn('health'), one)
      if (lost === 'unsubscribed') service.unsubscribe(one.endpoint)
      else service.answer(404)
      const had = (await settingsOf('health')).devices!.length
      await must('health', 'notice.try', { channel: 'push' })
      expect(await run(), lost).toMatchObject({ dead: 1 })
      expect((await settingsOf('health')).devices, lost).toHaveLength(had - 1)
    }
  })

  it('leaves for no host that the list lost meanwhile', async () => {
    const narrow = pushSender(vapidOf(secret, base), ['web.push.apple.com'], app.ctx.clock, async () => 201)
    const given = device()
    const one: PushDevice = {
      endpoint: given.endpoint,
      p256dh: Buffer.from(given.p256dh, 'base64url'),
      auth: Buffer.from(given.auth, 'base64url'),
    }
    expect(await narrow.send(one, { title: '', body: '', path: '' }, false)).toBe('push_host')
  })
})

describe('doors', () => {
  it('every role reads its own settings and messages, and only an administrator those of others', async () => {
    await tap('report_moved', 'cpu-tirana')
    post.refuse('550 no', '550 no')
    await run()
    for (const who of castNames) {
      const own = await settingsOf(who)
      expect(own.preferences!.language, who).toBe('sq')
      const mine = who === 'head-tirana' || who === 'cpw-tirana'
      expect(own.address !== null, who).toBe(mine || who === 'head-durres')
      const dead = (await app.as(who).get('/api/notices/deliveries')).body.items
      expect(dead!.length > 0, who).toBe(mine || who === 'admin' || who === 'health')
    }
    const rows = await app.db.admin<{ n: number }>(
      "select count(*)::int as n from notice_delivery where state = 'dead'",
    )
    expect((await app.as('admin').get('/api/notices/deliveries')).body.items).toHaveLength(rows[0]!.n)
  })

  it('without a mail server it says so', async () => {
    await announceWays(app.ctx, { ...out, mail: null, push: null })
    expect((await settingsOf('police')).ways).toEqual({ mail: false, push: false, pushKey: null })
    const reply = await app.as('police').command('notice.address_set', uuidv7(), { address: 'a@b.al' })
    expect(reply.body.code).toBe('notice_mail_off')
    expect(reply.body.detail).toBe('Ky instalim nuk dërgon postë elektronike.')
  })

  it.each([
    ['a group that does not exist', { muted: ['all'] }],
    ['a channel without a timing', { mail: {} }],
    ['an hour of 25', { dailyAt: 25 }],
  ])('refuses %s', async (_, over) => {
    const reply = await app.as('police').command('notice.set', uuidv7(), { ...everything('now'), ...over })
    expect(reply.status).toBe(400)
  })
})
