import { type AddressInfo, connect } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '#server/app.ts'
import { uuidv7 } from '#server/ids.ts'
import { logRequests } from '#server/log.ts'
import { measure } from '#server/metrics.ts'
import { createToken } from '#server/session/index.ts'
import { Browser, givePassword } from '#test/http/browser.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await givePassword(app, 'coordinator')
})
afterAll(() => app.close())

const anywhere = ['/api/session', '/api/openapi.json', '/health/live', '/api/nothing-here', '/', '/api/cases']

test.each(anywhere)('%s: nothing foreign runs, nothing is framed, named elsewhere or kept', async (url) => {
  const { headers } = await app.fastify.inject({ url })
  const csp = String(headers['content-security-policy'])
  expect(csp).toMatch(/default-src '(?:self|none)'/)
  expect(csp).toContain("frame-ancestors 'none'")
  expect(csp).not.toMatch(/unsafe|https?:|\*/)
  expect(headers).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(headers['strict-transport-security']).toBeUndefined()
  if (url.startsWith('/api/') || url.startsWith('/health')) expect(headers['cache-control']).toBe('no-store')
})

test('behind https browsers are told to stay there', async () => {
  const secure = await buildApp({ ...app.ctx, secure: true })
  const { headers } = await secure.inject({ url: '/health/live' })
  expect(headers['strict-transport-security']).toMatch(/max-age=\d{8}/)
  await secure.close()
})

test('what is too large, no JSON, of another kind, or nowhere is answered with a problem', async () => {
  const ask = (payload: string, type = 'application/json') =>
    app.fastify.inject({
      method: 'POST',
      url: '/api/commands',
      headers: { 'content-type': type, 'x-test-as': 'cpw-tirana', 'accept-language': 'en' },
      payload,
    })
  const replies = await Promise.all([
    ask(JSON.stringify({ text: 'a'.repeat(10_000_000) })),
    ask('{"broken":'),
    ask('<report/>', 'application/xml'),
    ask('[]'),
    app.fastify.inject({ url: '/api/nothing-here' }),
    app.fastify.inject({ method: 'PUT', url: '/api/commands', payload: {} }),
  ])
  expect(replies.map((r) => r.statusCode)).toEqual([413, 400, 415, 400, 404, 404])
  for (const reply of replies) {
    expect(reply.headers['content-type']).toContain('application/problem+json')
    expect(reply.json()).toMatchObject({
      status: reply.statusCode,
      title: expect.any(String),
      detail: expect.any(String),
    })
    expect(Object.keys(reply.json())).not.toContain('stack')
  }
})

test('an address that is none is answered like any other fault, and not repeated', async () => {
  const long = 'x'.repeat(200)
  const nested = `{"body":{"a":${'['.repeat(5000)}${']'.repeat(5000)}}}`
  const json = { 'content-type': 'application/json' }
  const tried = [
    [{ url: '/api/cases/%ff' }, 400, 'path'],
    [{ url: `/api/cases/${long}` }, 404, undefined],
    [{ url: '/api/plans/a%00b/tree' }, 400, 'path.slug'],
    [{ url: '/api/indicators?plan=a%00b' }, 400, 'query.plan'],
    [{ url: '/api/drafts/deep', method: 'PUT', headers: json, payload: nested }, 400, 'body.body.a.0'],
    [
      { url: '/api/drafts/half', method: 'PUT', headers: json, payload: '{"body":{"a":"\\ud800"}}' },
      400,
      'body.body.a',
    ],
  ] as const
  for (const [{ headers = {}, ...ask }, status, field] of tried.map(
    ([ask, ...rest]) => [{ headers: {}, ...ask }, ...rest] as const,
  )) {
    const reply = await app.fastify.inject({ ...ask, headers: { ...headers, 'x-test-as': 'cpw-tirana' } })
    expect([ask.url.slice(0, 60), reply.statusCode]).toEqual([ask.url.slice(0, 60), status])
    expect(reply.headers['content-type']).toContain('application/problem+json')
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    expect(reply.json().errors?.[0].field).toBe(field)
    expect(reply.body).not.toContain(long)
  }
})

test('ten megabytes are read away, so that every client hears why they were refused', async () => {
  const own = await buildApp(app.ctx)
  const lines: string[] = []
  logRequests(own, pino({ level: 'error', base: null }, { write: (line: string) => lines.push(line) }))
  const address = await own.listen({ host: '127.0.0.1', port: 0 })
  const send = async (url: string, type: string) => {
    const reply = await fetch(`${address}${url}`, {
      method: 'POST',
      headers: { 'content-type': type, 'accept-language': 'en' },
      body: `{"text":"${'a'.repeat(10_000_000)}"}`,
    })
    return { status: reply.status, body: await reply.text() }
  }
  for (const url of ['/api/commands', '/api/public/reports', '/api/session'])
    for (const _ of [1, 2, 3]) {
      const { status, body } = await send(url, 'application/json')
      expect(status).toBe(413)
      expect(JSON.parse(body)).toMatchObject({
        code: 'too_large',
        errors: [{ field: 'body', code: 'too_big' }],
      })
    }
  expect((await send('/raporto', 'application/x-www-form-urlencoded')).status).toBe(413)
  expect(lines).toEqual([])
  await own.close()
})

test('a version that does not exist yet is nobody’s to have seen', async () => {
  const id = uuidv7()
  await app.as('school').command('report.create', id, {
    source: 'school',
    channel: 'web',
    place: { municipality: '53', text: 'x' },
    immediacy: 'high',
    concerns: [],
    children: [{}],
  })
  const triage = (baseVersion: number) =>
    app
      .as('cpw-tirana')
      .command(
        'report.triage',
        id,
        { decision: 'accept', immediacy: 'high', duplicatesChecked: true },
        { baseVersion },
      )
  expect(await triage(7)).toMatchObject({ status: 400, body: { errors: [{ field: 'body.baseVersion' }] } })
  expect((await triage(1)).status).toBe(200)
})

test('an accident tells the visitor nothing of the inside', async () => {
  const broken = await buildApp({
    ...app.ctx,
    identify: () => Promise.reject(new Error('relation "person_named" of Arta Hoxha')),
  })
  const reply = await broken.inject({ url: '/api/referrals', headers: { 'accept-language': 'en' } })
  expect(reply.statusCode).toBe(500)
  expect(reply.body).not.toMatch(/person_named|Arta|relation/)
  await broken.close()
})

test('the log holds no personal data, whatever is sent', async () => {
  const lines: string[] = []
  const log = pino({ level: 'debug', base: null }, { write: (line: string) => lines.push(line) })
  const own = await buildApp({
    ...app.ctx,
    identify: async (request) => {
      if (request.headers['x-fail'] !== undefined)
        throw Object.assign(new Error('duplicate key (Arta Hoxha)'), { code: '23505', detail: 'Arta Hoxha' })
      return app.ctx.identify(request)
    },
  })
  logRequests(own, log)
  const secrets = [
    'Arta',
    'Hoxha',
    'arta.hoxha',
    'Rruga',
    '0691234567',
    'coordinator',
    'gurët',
    '10.77.66.55',
    'Firefox',
    'mbt_',
  ]
  const send = (
    method: 'GET' | 'POST',
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ) =>
    own.inject({
      method,
      url,
      remoteAddress: '10.77.66.55',
      headers: { 'user-agent': 'Firefox Arta', 'x-request-id': 'Arta', cookie: 'mburoja=Arta', ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
  await send('GET', '/api/persons?name=Arta%20Hoxha&phone=0691234567')
  await send('GET', '/api/cases/Arta-Hoxha')
  await send('GET', '/Arta/Hoxha')
  await send('POST', '/api/session', { login: 'arta.hoxha', password: 'gurët e Rruga' })
  await send('POST', '/api/session', { login: 'coordinator', password: 'Arta' })
  await send(
    'POST',
    '/api/commands',
    {
      commandId: uuidv7(),
      type: 'report.create',
      recordId: uuidv7(),
      body: { narrative: 'Arta Hoxha, Rruga e Dibrës, 0691234567' },
    },
    { 'x-test-as': 'cpw-tirana' },
  )
  await send(
    'POST',
    '/api/commands',
    { narrative: 'Arta Hoxha' },
    { 'x-fail': '1', 'x-test-as': 'cpw-tirana' },
  )
  await send('GET', '/api/session', undefined, { authorization: 'Bearer mbt_Arta' })
  await own.close()
  const text = lines.join('\n')
  expect(lines.length).toBeGreaterThanOrEqual(8)
  expect(text).toContain('"route":"/api/session"')
  expect(text).toContain('"code":"23505"')
  for (const secret of secrets) expect(text).not.toContain(secret)
})

test('metrics name routes and numbers, never people', async () => {
  const own = await buildApp(app.ctx)
  const registry = measure(own, app.ctx)
  await own.inject({ url: '/api/cases/Arta-Hoxha?name=Arta' })
  await own.inject({ url: '/Arta/Hoxha' })
  const text = await registry.metrics()
  expect(text).toContain('mburoja_http_request_seconds')
  expect(text).not.toMatch(/Arta|Hoxha/)
  await own.close()
})

test('alive and ready; not ready while the database is behind the program', async () => {
  expect((await app.fastify.inject({ url: '/health/live' })).json()).toEqual({ status: 'ok' })
  expect((await app.fastify.inject({ url: '/health/ready' })).statusCode).toBe(200)
  const [last] = await app.db.admin<{ number: number; name: string; checksum: string }>(
    'delete from schema_migration where number = (select max(number) from schema_migration) returning number, name, checksum',
  )
  const behind = await app.fastify.inject({ url: '/health/ready' })
  expect(behind.statusCode).toBe(503)
  expect(behind.json()).toMatchObject({ database: 'ok', migrations: 'behind' })
  await app.db.admin('insert into schema_migration (number, name, checksum) values ($1, $2, $3)', [
    last!.number,
    last!.name,
    last!.checksum,
  ])
})

test('the API describes itself: OpenAPI 3.1, each command with its own body', async () => {
  const api = (await app.fastify.inject({ url: '/api/openapi.json' })).json()
  expect(api.openapi).toMatch(/^3\.1\./)
  expect(api.paths['/api/session'].post.requestBody).toBeDefined()
  const body = JSON.stringify(api.paths['/api/commands'].post.requestBody)
  const { commands } = await import('#server/app.ts')
  for (const type of commands.keys()) expect(body).toContain(`"${type}"`)
  expect(api.components.securitySchemes.token.scheme).toBe('bearer')
  // Whatever is pointed at is there; each door says what it gives, and how it refuses.
  for (const [, name] of JSON.stringify(api).matchAll(/"#\/components\/schemas\/(\w+)"/g))
    expect(Object.keys(api.components.schemas)).toContain(name)
  type Said = { responses: Record<string, { content?: object }> }
  for (const [path, methods] of Object.entries(api.paths as Record<string, Record<string, Said>>))
    for (const [method, { responses }] of Object.entries(methods)) {
      const media = (status: string) => Object.keys(responses[status]?.content ?? {})
      expect(media('4XX'), `${method} ${path}`).toEqual(['application/problem+json'])
      const given = Object.keys(responses).filter((status) => status !== '4XX')
      expect(given.length, `${method} ${path}`).toBe(1)
      if (given[0] === '200') expect(media('200').length, `${method} ${path}`).toBeGreaterThan(0)
    }
})

test('every door but the public ones is closed to strangers, to false tokens and to locked sessions', async () => {
  const api = (await app.fastify.inject({ url: '/api/openapi.json' })).json()
  const open = /^\/api\/(hsds|public|session$|session\/setup$|openapi\.json)/
  const doors = Object.entries(api.paths as Record<string, object>)
    .filter(([path]) => !open.test(path))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ path, method: method.toUpperCase() })),
    )
  expect(doors.length).toBeGreaterThan(30)
  const locked = new Browser(app, '10.4.4.4')
  await locked.signIn('coordinator')
  await locked.post('/api/session/lock')
  const visitors: Record<string, string>[] = [
    {},
    { authorization: 'Bearer mbt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    { cookie: `mburoja=${'A'.repeat(43)}` },
    { cookie: locked.cookie!, 'x-csrf': locked.csrf! },
  ]
  const entered: string[] = []
  for (const { path, method } of doors)
    for (const headers of visitors) {
      const url = path.replaceAll(/\{\w+\}/g, uuidv7())
      const reply = await app.fastify.inject({
        method: method as 'GET',
        url,
        headers,
        ...(method === 'GET' ? {} : { payload: {} }),
      })
      const mayBeLocked = /^\/api\/session\/unlock$/.test(path)
      if (![401, 403].includes(reply.statusCode) && !mayBeLocked)
        entered.push(`${method} ${path} ${reply.statusCode}`)
    }
  expect(entered).toEqual([])
}, 120_000)

test('a token does what its scopes say and no more, needs no CSRF, and dies at once', async () => {
  const all = await createToken(app.ctx, 'cpw-tirana')
  const reader = await createToken(app.ctx, 'cpw-tirana', { scopes: ['read'] })
  const figures = await createToken(app.ctx, 'cpw-tirana', { scopes: ['statistics'] })
  const ask = (token: string, method: 'GET' | 'POST', url: string, payload?: object) =>
    app.fastify.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' },
      ...(payload === undefined ? {} : { payload }),
    })
  const command = { commandId: uuidv7(), type: 'no.such', recordId: uuidv7(), body: {} }
  expect((await ask(reader.token, 'GET', '/api/referrals')).statusCode).toBe(200)
  expect((await ask(reader.token, 'POST', '/api/commands', command)).json()).toMatchObject({
    status: 403,
    code: 'scope_missing',
    params: { scope: 'write' },
  })
  expect((await ask(figures.token, 'GET', '/api/referrals')).statusCode).toBe(403)
  expect((await ask(all.token, 'POST', '/api/commands', command)).statusCode).toBe(400)
  expect(
    (await ask(all.token, 'POST', '/api/commands', { ...command, type: 'admin.add_user' })).json().code,
  ).toBe('scope_missing')
  expect((await ask(all.token, 'GET', '/api/session')).json()).toMatchObject({
    stage: 'full',
    user: { login: 'cpw-tirana' },
  })
  expect((await ask(all.token, 'GET', '/api/sessions')).json().code).toBe('session_only')
  expect((await ask(`${all.token}x`, 'GET', '/api/referrals')).statusCode).toBe(401)
  await expect(createToken(app.ctx, 'cpw-tirana', { scopes: ['admin'] })).rejects.toThrow(
    /cannot give the scope admin/,
  )
  await expect(createToken(app.ctx, 'nobody')).rejects.toThrow(/no open account/)
  const dump = JSON.stringify(await app.db.admin('select * from access_token'))
  expect(dump).not.toContain(all.token.slice(4))
})

test('a person makes and revokes tokens with the password; a token expires', async () => {
  const b = new Browser(app, '10.3.3.3')
  await b.signIn('coordinator')
  const wish = { name: 'report of the quarter', scopes: ['statistics'], days: 2 }
  expect((await b.post('/api/tokens', { ...wish, password: 'not mine at all' })).body.code).toBe(
    'password_wrong',
  )
  const { goodPassword } = await import('#test/http/browser.ts')
  expect(
    (await b.post('/api/tokens', { ...wish, scopes: ['admin'], password: goodPassword })).body.code,
  ).toBe('token_scope_not_yours')
  const made = await b.post('/api/tokens', { ...wish, password: goodPassword })
  const asProgram = () =>
    app.fastify.inject({ url: '/api/session', headers: { authorization: `Bearer ${made.body.token}` } })
  expect((await asProgram()).json()).toMatchObject({ scopes: ['statistics'] })
  const { body } = await b.get('/api/tokens')
  expect(body.items!.map((t) => String(t.name))).toEqual(['report of the quarter'])
  app.setClock(new Date(Date.parse(app.ctx.clock()) + 2 * 86_400_000).toISOString())
  expect((await asProgram()).statusCode).toBe(401)
  await b.signIn('coordinator')
  const again = await b.post('/api/tokens', { ...wish, password: goodPassword })
  const second = () =>
    app.fastify.inject({ url: '/api/session', headers: { authorization: `Bearer ${again.body.token}` } })
  expect((await second()).statusCode).toBe(200)
  expect((await b.delete(`/api/tokens/${again.body.id}`)).status).toBe(200)
  expect((await second()).statusCode).toBe(401)
})

test('closing lets what has begun be finished', async () => {
  const own = await buildApp(app.ctx)
  const began = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  own.get('/slow', async () => {
    began.resolve()
    await finish.promise
    return { done: true }
  })
  await own.listen({ port: 0, host: '127.0.0.1' })
  const port = (own.server.address() as AddressInfo).port
  const answer = fetch(`http://127.0.0.1:${port}/slow`)
  await began.promise
  const closing = own.close()
  finish.resolve()
  expect(await (await answer).json()).toEqual({ done: true })
  await closing
  const refused = await new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => done(true)).once('connect', () => done(false))
  })
  expect(refused).toBe(true)
})
