import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDemoUsers, addUser } from '#server/admin/add-user.ts'
import { Browser, givePassword, goodPassword } from '#test/http/browser.ts'
import { noon, type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
/** Each test starts a day later, so earlier failures are forgotten and no code was used yet. */
let day = Date.parse(noon)
let clock = day
const pass = (ms: number) => {
  clock += ms
  app.setClock(new Date(clock).toISOString())
}
const MINUTE = 60_000

beforeAll(async () => {
  app = await testApp()
  await givePassword(app, 'coordinator', 'cpw-tirana', 'cpw-durres', 'admin')
})
beforeEach(() => {
  day += 2 * 86_400_000
  clock = day
  pass(0)
})
afterAll(() => app.close())

const codeOf = (secret: string) => generateSync({ secret, epoch: Math.floor(clock / 1000) })
let address = 0
const browser = () => new Browser(app, `10.1.0.${++address}`)

describe('name and password', () => {
  test('a wrong password and an unknown name get the same answer', async () => {
    const one = await browser().signIn('coordinator', 'not the right one at all')
    const other = await browser().signIn('nobody-here', 'not the right one at all')
    expect(one.status).toBe(401)
    expect(one.body.code).toBe('sign_in_wrong')
    expect(other.body).toEqual(one.body)
    expect(one.raw.headers['set-cookie']).toBeUndefined()
  })

  test('a role that sees figures only is in with the password; nobody’s name is told before', async () => {
    const b = browser()
    expect((await b.get('/api/session')).body).toMatchObject({ stage: 'none', user: null, demo: false })
    const reply = await b.signIn('coordinator')
    expect(reply.status).toBe(200)
    expect(reply.body).toMatchObject({ stage: 'full', locked: false, user: { login: 'coordinator' } })
    expect((await b.get('/api/session')).body).toMatchObject({ stage: 'full', idleSeconds: 900 })
    expect((await b.get('/api/sessions')).body.items).toHaveLength(1)
  })

  test('the cookie is http-only, same-site strict, without an age, and new at each sign-in', async () => {
    const b = browser()
    const first = await b.signIn('coordinator')
    const [cookie, device] = [first.raw.headers['set-cookie']!].flat()
    expect(cookie).toMatch(/^mburoja=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(device).toMatch(
      /^mburoja-device=[\w-]+\.[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/,
    )
    const planted = b.cookie!
    await b.signIn('coordinator')
    expect(b.cookie).not.toBe(planted)
    const old = browser()
    old.cookie = planted
    expect((await old.get('/api/session')).body.stage).toBe('none')
  })

  test('behind https the cookie is secure and bound to the host', async () => {
    const secure = { ...app.ctx, secure: true }
    const { setSessionCookie } = await import('#server/session/cookie.ts')
    let set = ''
    const reply = { header: (_: string, value: string) => (set = value) }
    setSessionCookie(secure, { protocol: 'http' } as never, reply as never, 'x')
    expect(set).toBe('__Host-mburoja=x; Path=/; HttpOnly; SameSite=Strict; Secure')
  })

  test('the database holds no token, and the role that answers requests reads none of it', async () => {
    const b = browser()
    await b.signIn('coordinator')
    const dump = JSON.stringify(await app.db.admin('select * from session'))
    expect(dump).not.toContain(b.cookie!.split('=')[1])
    for (const table of ['credential', 'session', 'access_token', 'sign_in_attempt'])
      await expect(app.ctx.pools.app.query(`select * from ${table}`)).rejects.toThrow(/permission denied/)
  })

  test('a page of another site can neither sign in nor act', async () => {
    const b = browser()
    const login = { login: 'coordinator', password: goodPassword }
    expect((await b.post('/api/session', login, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await b.post('/api/session', login, { origin: 'https://elsewhere.example' })).status).toBe(403)
    await b.signIn('coordinator')
    b.csrf = null
    expect((await b.post('/api/session/lock')).body.code).toBe('csrf_missing')
    expect((await b.post('/api/commands', {})).body.code).toBe('csrf_missing')
    b.csrf = 'x'.repeat(43)
    expect((await b.delete('/api/session')).body.code).toBe('csrf_missing')
  })

  test('shape faults name their field and cost no attempt', async () => {
    const reply = await browser().post('/api/session', { login: 'coordinator', password: 5, extra: 1 })
    expect(reply.status).toBe(400)
    expect(reply.body.errors!.map((e) => `${e.field} ${e.code}`)).toEqual([
      'body.password wrong_type',
      'body.extra unknown_field',
    ])
    const nul = await browser().post('/api/session', { login: 'coordinator\u0000', password: 'x' })
    expect(nul.body.errors!.map((e) => String(e.field))).toEqual(['body.login'])
  })
})

describe('too many tries', () => {
  test('the account waits longer and longer, then locks; known and unknown names alike; time opens it', async () => {
    for (const login of ['coordinator', 'never-was']) {
      const codes: string[] = []
      for (let i = 0; i < 40 && codes.at(-1) !== 'sign_in_locked'; i++) {
        const reply = await browser().signIn(login, 'wrong wrong wrong')
        codes.push(String(reply.body.code))
        if (codes.at(-1) === 'sign_in_wait') pass(Number(reply.raw.headers['retry-after']) * 1000)
      }
      expect(codes.slice(0, 4)).toEqual(['sign_in_wrong', 'sign_in_wrong', 'sign_in_wrong', 'sign_in_wait'])
      expect(codes.filter((code) => code === 'sign_in_wrong')).toHaveLength(10)
      expect(codes.at(-1)).toBe('sign_in_locked')
    }
    const locked = await browser().signIn('coordinator')
    expect(locked.status).toBe(429)
    pass(16 * MINUTE)
    expect((await browser().signIn('coordinator')).status).toBe(200)
    expect((await browser().signIn('coordinator', 'one mistake more')).body.code).toBe('sign_in_wrong')
  }, 120_000)

  test('a stranger’s guessing locks out strangers, not the owner at the usual desk; a borrowed mark opens nothing', async () => {
    const desk = browser()
    await desk.signIn('coordinator')
    for (let i = 0; i < 20; i++) {
      await browser().signIn('coordinator', 'wrong wrong wrong')
      if (i < 12) pass(70_000)
    }
    expect((await browser().signIn('coordinator')).status).toBe(429)
    expect((await desk.signIn('coordinator')).status).toBe(200)
    const thief = browser()
    thief.device = desk.device
    const codes: string[] = []
    for (let i = 0; i < 4; i++)
      codes.push(String((await thief.signIn('coordinator', 'wrong wrong')).body.code))
    expect(codes.at(-1)).toBe('sign_in_wait')
    thief.device = desk.device!.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect((await thief.signIn('coordinator')).status).toBe(429)
    thief.device = desk.device
    await givePassword(app, 'county-committee')
    expect((await thief.signIn('county-committee')).status).toBe(200)
  }, 60_000)

  test('many at once are counted like many in a row', async () => {
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => browser().signIn('cpw-durres', 'wrong wrong wrong')),
    )
    expect(replies.filter((r) => String(r.body.code) === 'sign_in_wrong')).toHaveLength(3)
  })

  test('one address over many accounts is held back', async () => {
    const rows = Array.from(
      { length: 50 },
      (_, i) => `(gen_random_uuid(), $1, '\\x${i.toString(16).padStart(2, '0')}', $2, 'password')`,
    )
    const { keyedHash, keysOf } = await import('#server/session/keys.ts')
    const key = keyedHash(keysOf(app.ctx).address, '10.9.9.9')
    await app.db.admin(
      `insert into sign_in_attempt (id, at, account_key, address_key, kind) values ${rows.join(',')}`,
      [new Date(clock).toISOString(), key],
    )
    const reply = await new Browser(app, '10.9.9.9').signIn('coordinator')
    expect(reply.body.code).toBe('sign_in_locked')
    expect((await browser().signIn('coordinator')).status).toBe(200)
  })
})

describe('the second factor', () => {
  const enrolled = async () => {
    await app.db.admin(
      `update credential set totp_secret = null, totp_last_step = 0 where user_id = (select id from app_user where login = 'cpw-tirana')`,
    )
    const b = browser()
    const { body: begun } = await b.signIn('cpw-tirana')
    const { body: enrol } = await b.post('/api/session/totp/enrol')
    const confirmed = await b.post('/api/session/totp/confirm', { code: codeOf(String(enrol.secret)) })
    return { b, begun, secret: String(enrol.secret), uri: String(enrol.uri), confirmed }
  }

  test('a worker sets it up before seeing anything; recovery codes are shown once', async () => {
    const b = browser()
    expect((await b.signIn('cpw-tirana')).body).toMatchObject({ stage: 'enrol', user: null })
    expect((await b.get('/api/sessions')).status).toBe(401)
    expect((await b.post('/api/commands', {})).status).toBe(401)
    const done = await enrolled()
    expect(done.uri).toMatch(/^otpauth:\/\/totp\/Mburoja:cpw-tirana\?secret=/)
    expect(done.confirmed.body.codes).toHaveLength(10)
    expect(done.confirmed.body.session).toMatchObject({ stage: 'full', user: { recoveryCodesLeft: 10 } })
    const stored = JSON.stringify(await app.db.admin('select * from credential'))
    expect(stored).not.toContain(done.secret)
  })

  test('then the code is asked for; a code is good once; a new cookie comes with it', async () => {
    const { secret } = await enrolled()
    pass(MINUTE)
    const b = browser()
    expect((await b.signIn('cpw-tirana')).body).toMatchObject({ stage: 'totp', user: null })
    expect((await b.get('/api/sessions')).status).toBe(401)
    expect((await b.post('/api/session/totp', { code: '000000' })).body.code).toBe('code_wrong')
    pass(1_000)
    const halfway = b.cookie!
    const code = codeOf(secret)
    expect((await b.post('/api/session/totp', { code })).body.stage).toBe('full')
    expect(b.cookie).not.toBe(halfway)
    pass(1_000)
    const again = browser()
    await again.signIn('cpw-tirana')
    expect((await again.post('/api/session/totp', { code })).body.code).toBe('code_wrong')
    pass(MINUTE)
    const racing = codeOf(secret)
    const both = await Promise.all([
      again.post('/api/session/totp', { code: racing }),
      (async () => {
        const third = browser()
        await third.signIn('cpw-tirana')
        return third.post('/api/session/totp', { code: racing })
      })(),
    ])
    expect(both.map((r) => r.status).sort()).toEqual([200, 401])
  })

  test('guessing codes with the right password is throttled like guessing passwords', async () => {
    await enrolled()
    pass(MINUTE)
    const b = browser()
    const codes: string[] = []
    for (let i = 0; i < 6; i++) {
      await b.signIn('cpw-tirana')
      codes.push(String((await b.post('/api/session/totp', { code: '123456' })).body.code))
    }
    expect(codes.slice(0, 3)).toEqual(['code_wrong', 'code_wrong', 'code_wrong'])
    expect(codes.slice(3)).not.toContain('code_wrong')
  })

  test('a recovery code opens once, typed as people type', async () => {
    const { confirmed } = await enrolled()
    pass(MINUTE)
    const code = String(confirmed.body.codes![0])
    const b = browser()
    await b.signIn('cpw-tirana')
    const typed = ` ${code.toLowerCase().replace('-', ' ')} `
    expect((await b.post('/api/session/recovery', { code: typed })).body).toMatchObject({
      stage: 'full',
      user: { recoveryCodesLeft: 9 },
    })
    const again = browser()
    await again.signIn('cpw-tirana')
    expect((await again.post('/api/session/recovery', { code })).body.code).toBe('code_wrong')
  })

  test('a key that waits is shown again to the session that asked, and is worth nothing in another', async () => {
    await app.db.admin(
      `update credential set totp_secret = null, totp_last_step = 0 where user_id = (select id from app_user where login = 'cpw-tirana')`,
    )
    const b = browser()
    const thief = browser()
    await b.signIn('cpw-tirana')
    await thief.signIn('cpw-tirana')
    const seen = String((await thief.post('/api/session/totp/enrol')).body.secret)
    const mine = String((await b.post('/api/session/totp/enrol')).body.secret)
    expect(mine).not.toBe(seen)
    expect((await b.post('/api/session/totp/enrol')).body.secret).toBe(mine)
    for (const secret of [seen, mine])
      expect((await thief.post('/api/session/totp/confirm', { code: codeOf(secret) })).body.code).toBe(
        'code_wrong',
      )
    expect((await b.post('/api/session/totp/confirm', { code: codeOf(mine) })).status).toBe(200)
  })

  test('replacing it takes the password', async () => {
    const { b } = await enrolled()
    expect((await b.post('/api/session/totp/enrol')).body.errors![0]!.field).toBe('body.password')
    expect((await b.post('/api/session/totp/enrol', { password: goodPassword })).status).toBe(200)
    const { body } = await b.post('/api/session/recovery-codes', { password: goodPassword })
    expect(body.codes).toHaveLength(10)
  })
})

describe('the lock', () => {
  test('idle locks, says so, keeps the session; the password opens it with a new cookie', async () => {
    const b = browser()
    await b.signIn('coordinator')
    pass(10 * MINUTE)
    expect((await b.get('/api/sessions')).status).toBe(200)
    pass(10 * MINUTE)
    expect((await b.get('/api/sessions')).status).toBe(200)
    pass(15 * MINUTE)
    const locked = await b.get('/api/sessions')
    expect(locked.status).toBe(401)
    expect(locked.body.code).toBe('locked')
    expect((await b.get('/api/session')).body).toMatchObject({ locked: true, user: { login: 'coordinator' } })
    const before = b.cookie
    expect((await b.post('/api/session/unlock', { password: 'not mine at all' })).body.code).toBe(
      'password_wrong',
    )
    expect((await b.post('/api/session/unlock', { password: goodPassword })).body.locked).toBe(false)
    expect(b.cookie).not.toBe(before)
    expect((await b.get('/api/sessions')).status).toBe(200)
  })

  test('a screen can be locked by hand; five wrong passwords end the session', async () => {
    const b = browser()
    await b.signIn('coordinator')
    expect((await b.post('/api/session/lock')).status).toBe(200)
    expect((await b.get('/api/sessions')).body.code).toBe('locked')
    for (let i = 0; i < 5; i++) {
      await b.post('/api/session/unlock', { password: 'not mine at all' })
      pass(10_000)
    }
    expect((await b.get('/api/session')).body.stage).toBe('none')
  })

  test('after its longest life a session ends, however busy', async () => {
    const b = browser()
    await b.signIn('coordinator')
    for (let i = 0; i < 72; i++) {
      pass(10 * MINUTE)
      await b.get('/api/sessions')
    }
    expect((await b.get('/api/session')).body.stage).toBe('none')
  })
})

describe('one’s own sessions', () => {
  test('are listed by browser, and ending one counts at once', async () => {
    const one = browser()
    const two = browser()
    await one.signIn('coordinator')
    await two.signIn('coordinator')
    const { body } = await one.get('/api/sessions')
    const mine = body.items!.filter((s) => s.current)
    expect(mine).toHaveLength(1)
    expect(mine[0]!.agent).toBe('Firefox, Linux')
    const other = body.items!.find((s) => !s.current && s.createdAt === mine[0]!.createdAt)!
    expect((await two.get('/api/sessions')).status).toBe(200)
    expect((await one.delete(`/api/sessions/${other.id}`)).status).toBe(200)
    expect((await two.get('/api/sessions')).status).toBe(401)
    expect((await one.delete(`/api/sessions/${other.id}`)).status).toBe(404)
  })

  test('signing out ends the session on the server, not only the cookie', async () => {
    const b = browser()
    await b.signIn('coordinator')
    const kept = b.cookie
    expect((await b.delete('/api/session')).status).toBe(200)
    expect(b.cookie).toBeNull()
    b.cookie = kept
    expect((await b.get('/api/sessions')).status).toBe(401)
  })

  test('nobody ends another person’s session', async () => {
    const b = browser()
    await b.signIn('coordinator')
    const { body } = await b.get('/api/sessions')
    const thief = browser()
    await givePassword(app, 'county-committee')
    await thief.signIn('county-committee')
    expect((await thief.delete(`/api/sessions/${body.items![0]!.id}`)).status).toBe(404)
    expect((await b.get('/api/sessions')).status).toBe(200)
  })

  test('a new password ends the others and is checked', async () => {
    await givePassword(app, 'county-committee')
    const one = browser()
    const two = browser()
    await one.signIn('county-committee')
    await two.signIn('county-committee')
    const change = (newPassword: string, password = goodPassword) =>
      one.post('/api/session/password', { password, newPassword })
    expect((await change('Password1234')).body).toMatchObject({
      code: 'password_common',
      field: 'newPassword',
    })
    expect((await change(goodPassword)).body.code).toBe('password_unchanged')
    expect((await change('tri lule mbi urë', 'not mine at all')).body.code).toBe('password_wrong')
    expect((await change('tri lule mbi urë')).status).toBe(200)
    // What the product writes costs what docs/security.md says, however light the hashes that tests begin with.
    const [stored] = await app.db.admin<{ hash: string }>(
      `select password_hash as hash from credential c join app_user u on u.id = c.user_id where u.login = 'county-committee'`,
    )
    expect(stored!.hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
    expect((await one.get('/api/sessions')).body.items).toHaveLength(1)
    expect((await two.get('/api/sessions')).status).toBe(401)
    expect((await browser().signIn('county-committee')).status).toBe(401)
    expect((await browser().signIn('county-committee', 'tri lule mbi urë')).status).toBe(200)
  })
})

describe('the first sign-in', () => {
  test('a set-up code sets the password once, then the second factor is set up', async () => {
    const added = await addUser(app.ctx, { login: 'fresh-worker', role: 'cpw', unit: 'cpu-53' })
    expect(added.setupCode).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
    const b = browser()
    const setup = (code: string, password = goodPassword) =>
      b.post('/api/session/setup', { login: 'fresh-worker', code, password })
    expect((await b.signIn('fresh-worker', '')).status).toBe(400)
    expect((await setup('AAAA-AAAA-AAAA-AAAA')).body.code).toBe('setup_code_wrong')
    expect((await setup(added.setupCode, 'fresh-worker12')).body.code).toBe('password_is_login')
    expect((await setup(added.setupCode)).body.stage).toBe('enrol')
    expect((await setup(added.setupCode)).body.code).toBe('setup_code_wrong')
  })

  test('a set-up code expires', async () => {
    const added = await addUser(app.ctx, { login: 'late-worker', role: 'school', unit: 'school-53' })
    pass(73 * 60 * MINUTE)
    const reply = await browser().post('/api/session/setup', {
      login: 'late-worker',
      code: added.setupCode,
      password: goodPassword,
    })
    expect(reply.body.code).toBe('setup_code_wrong')
  })
})

test('a shared password is refused unless the database itself is a demo', async () => {
  const users = [{ login: 'demo-worker', role: 'cpw', unit: 'cpu-53' }] as const
  await expect(addDemoUsers(app.ctx, users, goodPassword)).rejects.toThrow(/not a demo country/)
  await app.db.admin(`insert into country_setting values ('demo', 'true')`)
  await addDemoUsers(app.ctx, users, goodPassword)
  await addDemoUsers(app.ctx, users, goodPassword)
  expect((await browser().signIn('demo-worker')).body.stage).toBe('full')
  await app.db.admin(`delete from country_setting where key = 'demo'`)
})

test('in a demo country nobody is asked for a second factor, and the session says that it is one', async () => {
  await app.db.admin(`insert into country_setting values ('demo', 'true')`)
  await givePassword(app, 'cpw-durres')
  const b = browser()
  expect((await b.signIn('cpw-durres')).body).toMatchObject({ stage: 'full', demo: true })
  await app.db.admin(`delete from country_setting where key = 'demo'`)
})

test('a closed account is out, and cannot come back in', async () => {
  const b = browser()
  await b.signIn('coordinator')
  await app.db.admin(`update app_user set active = false where login = 'coordinator'`)
  await new Promise((go) => setTimeout(go, 2_100))
  expect((await b.get('/api/sessions')).status).toBe(401)
  expect((await browser().signIn('coordinator')).body.code).toBe('sign_in_wrong')
  await app.db.admin(`update app_user set active = true where login = 'coordinator'`)
})
