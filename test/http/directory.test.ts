import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { loadReference } from '#server/reference/load.ts'
import { castNames } from '#test/cast.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const actor = {
  kind: 'ngo',
  nameSq: 'Aaa Shoqata e provës',
  nameEn: 'Aaa Trial Association',
  doesSq: 'Punon me fëmijët.',
  doesEn: 'Works with children in street situation.',
  areas: ['53', 'AL-02'],
  website: 'https://prova.example/',
}
const project = (actorId: string, over: object = {}) => ({
  kind: 'project',
  nameSq: 'Aaa Projekti',
  nameEn: 'Aaa Project',
  doesSq: 'Qendër ditore.',
  doesEn: 'Day centre.',
  areas: ['53'],
  from: '2026-01-01',
  to: '2026-12-31',
  lek: 12_500_000,
  actors: [
    { actorId, part: 'lead' },
    { actorId, part: 'funder' },
  ],
  ...over,
})
const set = (id: string, body: object, baseVersion?: number) =>
  app
    .as('coordinator')
    .command('directory.set_actor', id, body, baseVersion === undefined ? {} : { baseVersion })
const found = async (kind: string, id: string): Promise<Loose | undefined> =>
  (await app.anonymous.get(`/api/public/${kind}?limit=100`)).body.items!.find((one) => String(one.id) === id)

describe('the list of actors and projects', () => {
  const id = uuidv7()
  const projectId = uuidv7()
  test('ships with the actors of the plan, and anybody reads it', async () => {
    const { body } = await app.anonymous.get('/api/public/actors?limit=100')
    expect(body.items!.length).toBeGreaterThan(30)
    expect(body.items!.map((one) => String(one.nameEn))).toContain(
      'State Agency for the Rights and Protection of the Child',
    )
    const { items } = (await app.anonymous.get('/api/public/projects')).body
    const net = items!.find((one) => String(one.nameEn).includes('Safety Net'))!
    expect(net.areaNames).toContain('Pogradec')
    expect(net.actors!.filter((one) => String(one.part) === 'funder')).toHaveLength(6)
  })

  test('is kept by the coordinator and the State Agency, by nobody else', async () => {
    for (const who of castNames) {
      const allowed = ['coordinator', 'coordinator2', 'state-agency'].includes(who)
      const one = uuidv7()
      const body = { ...actor, nameSq: `Zzz ${who}` }
      const added = await app.as(who).command('directory.set_actor', one, body)
      expect(added.status, who).toBe(allowed ? 200 : 422)
      const made = await app.as(who).command('directory.set_project', uuidv7(), project(id, { actors: [] }))
      expect(made.status, who).toBe(allowed ? 200 : 422)
      const known = uuidv7()
      await set(known, { ...actor, nameSq: `Zzz ${who} 2` })
      const off = await app
        .as(who)
        .command('directory.withdraw_actor', known, { reason: 'provë' }, { baseVersion: 1 })
      expect(off.status, who).toBe(allowed ? 200 : 422)
    }
  })

  test('an entry shows who, what, where, funded by whom, and when it was last changed', async () => {
    expect((await set(id, actor)).status).toBe(200)
    const made = await app.as('state-agency').command('directory.set_project', projectId, project(id))
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    expect(await found('projects', projectId)).toMatchObject({
      lek: '12500000',
      areaNames: ['Tiranë'],
      updatedOn: '2026-11-24',
      actors: [
        { actorId: id, part: 'lead' },
        { actorId: id, part: 'funder' },
      ],
    })
    expect(await found('actors', id)).toMatchObject({ areaNames: ['Tiranë', 'Durrës'] })
    const stale = await set(id, { ...actor, nameEn: 'Other' }, 0)
    expect(stale.body).toMatchObject({ status: 409, code: 'stale' })
    expect((await set(id, actor)).status).toBe(409)
    expect((await set(id, { ...actor, nameEn: 'Aaa Renamed' }, 1)).status).toBe(200)
  })

  test.each([
    'Strehëza ndodhet te Rruga Myslym Shyri',
    'Rr. "Elbasanit", pranë shkollës',
    'Pallati 14, shkalla 2',
    'At 12 Flower Street in Tirana',
    '41.3275, 19.8187',
  ])('an address is never published: %s', async (text) => {
    for (const field of ['doesSq', 'doesEn', 'nameSq', 'nameEn']) {
      const told = await set(uuidv7(), { ...actor, [field]: text })
      expect(told.body).toMatchObject({ status: 422, code: 'net_address', field })
      const also = await app
        .as('coordinator')
        .command('directory.set_project', uuidv7(), project(id, { [field]: text }))
      expect(also.body).toMatchObject({ status: 422, code: 'net_address', field })
    }
  })

  test('bad input is named by field', async () => {
    const fault = async (body: object) => (await set(uuidv7(), { ...actor, ...body })).body.errors?.[0]
    expect(await fault({ areas: ['53', '99'] })).toMatchObject({
      field: 'body.body.areas.1',
      code: 'unknown_code',
    })
    expect(await fault({ website: 'javascript:alert(1)' })).toMatchObject({ field: 'body.body.website' })
    expect(await fault({ address: 'x' })).toMatchObject({ code: 'unknown_field' })
    const projects = async (body: object) =>
      (await app.as('coordinator').command('directory.set_project', uuidv7(), project(id, body))).body
    expect((await projects({ lek: -1 })).errors?.[0]).toMatchObject({ field: 'body.body.lek' })
    expect((await projects({ lek: 1e15 })).errors?.[0]).toMatchObject({ field: 'body.body.lek' })
    expect(await projects({ from: '2027-01-01' })).toMatchObject({ code: 'net_ends_before_begins' })
    expect((await projects({ actors: [{ actorId: uuidv7(), part: 'lead' }] })).errors?.[0]).toMatchObject({
      field: 'body.body.actors.0.actorId',
      code: 'unknown_code',
    })
  })

  test('withdrawn, it leaves the public page and stays for its keepers; loading again brings nothing back', async () => {
    const shipped = (await app.anonymous.get('/api/public/projects')).body.items!.find((one) =>
      String(one.nameEn).startsWith('Field teams'),
    )!
    const changed = await app
      .as('coordinator')
      .command(
        'directory.set_project',
        String(shipped.id),
        { ...project(id), nameEn: 'Field teams, changed' },
        { baseVersion: 0 },
      )
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    const off = await app
      .as('coordinator')
      .command('directory.withdraw_project', String(shipped.id), { reason: 'Mbaroi' }, { baseVersion: 1 })
    expect(off.status).toBe(200)
    expect(await loadReference(app.ctx, { bodies: false })).toMatchObject({
      net_project: 0,
      net_project_actor: 0,
    })
    expect(await found('projects', String(shipped.id))).toBeUndefined()
    const kept = (await app.as('coordinator').get('/api/directory/projects?q=changed')).body.items!
    expect(kept).toMatchObject([{ listed: false, actors: [{ part: 'lead' }, { part: 'funder' }] }])
    expect((await app.as('cpw-tirana').get('/api/directory/projects?q=changed')).body.items).toEqual([])
    const twice = await app
      .as('coordinator')
      .command('directory.withdraw_project', String(shipped.id), { reason: 'Mbaroi' }, { baseVersion: 2 })
    expect(twice.body.code).toBe('net_already_ended')
  })
})

describe('the public pages', () => {
  const paths = ['/aktoret', '/projektet', '/en/actors', '/en/projects']
  const open = (url: string) => app.fastify.inject({ method: 'GET', url })

  test.each(paths)('%s: no script, no cookie, at most 40 KB however full the entries are', async (path) => {
    for (let n = 0; n < 12; n += 1) {
      const long = { nameSq: `Ë${n} ${'ë'.repeat(190)}`, nameEn: `E${n} ${'e'.repeat(190)}` }
      await set(uuidv7(), { ...actor, ...long, doesSq: 'ë'.repeat(600), doesEn: 'e'.repeat(600) })
    }
    let url = path
    for (let n = 0; n < 3; n += 1) {
      const page = await open(url)
      expect(page.statusCode).toBe(200)
      expect(page.body).not.toMatch(/<script|\son\w+=/)
      expect(page.headers['set-cookie']).toBeUndefined()
      expect(Buffer.byteLength(page.body)).toBeLessThan(40 * 1024)
      const next = /href="([^"]+\?(?:pas|after)=[^"]+)"/.exec(page.body)?.[1]
      if (next === undefined) break
      url = next
    }
  })

  test('each is written in its language, pages on, and survives a cut link', async () => {
    expect((await open('/aktoret')).body).toContain('Përditësuar më')
    expect((await open('/en/actors')).body).toContain('Last updated')
    const first = await open('/en/actors')
    const next = /href="(\/en\/actors\?after=[^"]+)"/.exec(first.body)?.[1] ?? ''
    const second = await open(next)
    expect(second.body).not.toBe(first.body)
    expect((await open(`${next.slice(0, -5)}`)).statusCode).toBe(200)
    expect((await open('/en/actors?after=%00')).statusCode).toBe(200)
  })

  test('what somebody typed is text, never markup', async () => {
    await set(uuidv7(), {
      ...actor,
      nameSq: 'AAA <img src=x onerror=alert(1)>',
      doesSq: '</li><script>x</script>',
    })
    const page = await open('/aktoret')
    expect(page.body).toContain('&lt;img')
    expect(page.body).not.toMatch(/<img|<script/)
  })
})
