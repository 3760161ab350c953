import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { castNames } from '#test/cast.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
let school: string
let shelter: string
beforeAll(async () => {
  app = await testApp({ now: '2026-03-02T11:00:00.000Z' })
  const units = (await app.as('cpw-tirana').get('/api/institutions')).body.items!
  const of = (kind: string, municipality?: string) =>
    String(
      units.find(
        (one) =>
          String(one.recipientKind) === kind &&
          (municipality === undefined || String(one.municipality) === municipality),
      )!.institutionId,
    )
  school = of('school', '53')
  shelter = of('shelter')
})
afterAll(() => app.close())

const place = (over: object = {}) => ({
  id: uuidv7(),
  nameSq: 'Shkolla e provës',
  nameEn: 'Trial school',
  municipality: '53',
  withheld: false,
  address: 'Rruga e Durrësit 12',
  postalCode: '1001',
  latitude: 41.33,
  longitude: 19.81,
  ...over,
})
const hidden = (over: object = {}) =>
  place({
    nameSq: 'Strehëza',
    nameEn: 'Shelter',
    withheld: true,
    address: null,
    postalCode: null,
    latitude: null,
    longitude: null,
    ...over,
  })
const profile = (places: object[], over: object = {}) => ({
  descriptionSq: 'Ofron mbështetje për fëmijët.',
  descriptionEn: 'Supports children.',
  phone: '+355 4 222 33 44',
  email: 'info@prova.example',
  website: 'https://prova.example/',
  places,
  ...over,
})
const offer = (providerId: string, over: object = {}) => ({
  providerId,
  service: 'education',
  nameSq: 'Klasa pas mësimit për çdo fëmijë',
  nameEn: 'After-school class',
  descriptionSq: 'Ndihmë me detyrat.',
  descriptionEn: 'Help with homework.',
  howSq: 'Me telefon.',
  howEn: 'By telephone.',
  minAge: 6,
  maxAge: 15,
  free: true,
  languages: ['sq', 'rom'],
  areas: ['53'],
  days: ['MO', 'WE'],
  opensAt: '13:00',
  closesAt: '16:30',
  ...over,
})
const own = place()
const serviceId = uuidv7()

describe('the directory of services', () => {
  test('is kept by the head of the unit in her own municipality, by the provider itself and by the State Agency', async () => {
    let version = 0
    for (const who of castNames) {
      const keeps = ['head-tirana', 'director-tirana', 'state-agency', 'school'].includes(who)
      const { status, body } = await app
        .as(who)
        .command(
          'service.set_provider',
          school,
          profile([own]),
          version === 0 ? {} : { baseVersion: version },
        )
      expect([status, keeps ? undefined : body.code], who).toEqual(
        keeps ? [200, undefined] : [422, 'not_allowed'],
      )
      if (keeps) version += 1
    }
    expect(version).toBe(4)
    const set = await app
      .as('head-tirana')
      .command('service.set', serviceId, offer(school, { places: [own.id] }))
    expect(set.status).toBe(200)
    const found = (await app.as('cpw-durres').get('/api/services?q=pas%20m%C3%ABsimit')).body.items![0]!
    expect([found.nameEn, found.stale, found.mayKeep]).toEqual(['After-school class', false, false])
    expect((await app.as('head-tirana').get('/api/services?municipality=53')).body.items![0]!.mayKeep).toBe(
      true,
    )
  })

  test('refuses what is wrong, and says where', async () => {
    const head = app.as('head-tirana')
    const refused = async (body: object, code: string, who = head) => {
      const { status, body: problem } = await who.command('service.set', uuidv7(), body)
      expect([status, problem.code], JSON.stringify(problem)).toEqual([422, code])
    }
    await refused(offer(school, { minAge: 16, maxAge: 3 }), 'service_ages')
    await refused(offer(school, { fees: '500 lekë' }), 'service_free_fees')
    await refused(offer(school, { opensAt: '17:00' }), 'service_hours')
    await refused(offer(school, { places: [uuidv7()] }), 'service_place_unknown')
    await refused(offer(school, { descriptionSq: 'Te Rruga Myslym Shyri 5' }), 'net_address')
    const shape = await head.command('service.set', uuidv7(), offer(school, { areas: ['99'] }))
    expect([shape.status, shape.body.errors![0]!.field]).toEqual([400, 'body.body.areas.0'])
    const elsewhere = await head.command(
      'service.set_provider',
      school,
      profile([place({ municipality: '12' })]),
      {
        baseVersion: 4,
      },
    )
    expect(elsewhere.body.code).toBe('service_place_elsewhere')
    expect((await head.command('service.set_provider', uuidv7(), profile([own]))).status).toBe(404)
  })

  test('never tells where a shelter is: an address is refused, and the public finds no place of it', async () => {
    const agency = app.as('state-agency')
    const open = await agency.command('service.set_provider', shelter, profile([hidden({ withheld: false })]))
    expect(open.body.code).toBe('service_shelter_withheld')
    const told = await agency.command(
      'service.set_provider',
      shelter,
      profile([hidden({ address: 'Rruga Ali Demi' })]),
    )
    expect(told.body.code).toBe('service_withheld_address')
    const secret = hidden({ nameSq: 'Vendi i fshehtë', nameEn: 'Hidden place' })
    expect((await agency.command('service.set_provider', shelter, profile([secret]))).status).toBe(200)
    const sheltered = uuidv7()
    const set = await agency.command(
      'service.set',
      sheltered,
      offer(shelter, {
        service: 'housing',
        nameSq: 'Strehim i sigurt',
        nameEn: 'Safe shelter',
        places: [secret.id],
      }),
    )
    expect(set.status).toBe(200)
    const all = await Promise.all(
      ['services', 'organizations', 'locations', `services/${sheltered}`].map(async (what) =>
        JSON.stringify((await app.anonymous.get(`/api/hsds/${what}`)).body),
      ),
    )
    expect(all[0]).toContain('Strehim i sigurt')
    for (const answer of all) expect(answer).not.toContain(secret.id)
    expect(all.join()).not.toContain('fshehtë')
    expect((await app.anonymous.get(`/api/hsds/locations/${secret.id}`)).status).toBe(404)
    const staff = (await app.as('cpw-tirana').get('/api/services?q=Strehim')).body.items![0]!
    expect(staff.places![0]).toMatchObject({ withheld: true, address: null })
  })

  test('is checked again every 180 days (D37), and whoever keeps it says that it is right', async () => {
    const due = String(
      (await app.as('cpw-tirana').get('/api/services?municipality=53')).body.items!.find(
        (one) => String(one.id) === serviceId,
      )!.checkDue,
    )
    const days = (Date.parse(due) - Date.parse('2026-03-02')) / 86_400_000
    expect(days).toBe(180)
    app.setClock('2026-08-31T11:00:00.000Z')
    const stale = (await app.as('cpw-tirana').get('/api/services?stale=true')).body.items!
    expect(stale.map((one) => String(one.id))).toContain(serviceId)
    const by = (who: 'cpw-durres' | 'head-tirana') =>
      app.as(who).command('service.verify', serviceId, {}, { baseVersion: 1 })
    expect((await by('cpw-durres')).body.code).toBe('not_allowed')
    expect((await by('head-tirana')).status).toBe(200)
    const again = (await app.as('cpw-tirana').get('/api/services?stale=true')).body.items!
    expect(again.map((one) => String(one.id))).not.toContain(serviceId)
    const close = { status: 'closed', reason: 'U mbyll.' }
    const gone = uuidv7()
    await app.as('head-tirana').command('service.set', gone, offer(school, { nameSq: 'Mbyllet' }))
    expect(
      (await app.as('head-tirana').command('service.set_status', gone, close, { baseVersion: 1 })).status,
    ).toBe(200)
    expect((await app.anonymous.get(`/api/hsds/services/${gone}`)).status).toBe(404)
    expect(
      (await app.as('head-tirana').command('service.verify', gone, {}, { baseVersion: 2 })).body.code,
    ).toBe('service_closed')
  })
})

describe('as Open Referral HSDS 3.0', () => {
  const folder = 'reference/hsds/schema'
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  for (const file of readdirSync(folder))
    ajv.addSchema(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as object, file)
  const valid = (kind: string, one: unknown) => {
    const check = ajv.getSchema(`${kind}.json`)!
    expect(check(one), JSON.stringify(check.errors)).toBe(true)
  }

  test.each([
    ['services', 'service'],
    ['organizations', 'organization'],
    ['locations', 'location'],
    ['taxonomy_terms', 'taxonomy_term'],
  ])('%s are valid against the schema, in pages and one by one, in both languages', async (path, kind) => {
    for (const lang of ['sq', 'en']) {
      const { status, body } = await app.anonymous.get(`/api/hsds/${path}?lang=${lang}&per_page=100`)
      expect(status).toBe(200)
      const { contents, total_items: total } = body as unknown as { contents: Loose[]; total_items: number }
      expect(contents.length).toBeGreaterThan(0)
      expect(total).toBe(contents.length)
      for (const one of contents) {
        valid(kind, one)
        // Words, not their names: `service_free` was once published for «Falas».
        expect(JSON.stringify(one)).not.toMatch(/"(service|title|name)_[a-z_]+"\s*[,}]/)
        const alone = await app.anonymous.get(`/api/hsds/${path}/${String(one.id)}?lang=${lang}`)
        valid(kind, alone.body)
        expect(alone.body).toEqual(one)
      }
    }
    const empty = await app.anonymous.get(`/api/hsds/${path}?page=9000`)
    expect(empty.body).toMatchObject({ empty: true, last_page: true })
    expect((await app.anonymous.get(`/api/hsds/${path}?per_page=1000`)).status).toBe(400)
  })

  test('a schema that is broken would be noticed', () => {
    const check = ajv.getSchema('service.json')!
    expect(check({ id: 'x', name: 'y', status: 'open' })).toBe(false)
  })
})
