import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ageBands, bedSexes } from '#domain/care/beds.ts'
import { lapseHolds } from '#server/care/lapse.ts'
import { uuidv7 } from '#server/ids.ts'
import { erase } from '#server/retention/erase.ts'
import { type CastName, castNames, unitId } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'

/** Registers of alternative care over HTTP: who keeps what, and beds that are never given twice. */

let app: TestApp
const start = '2026-03-02T11:00:00.000Z'
beforeAll(async () => {
  app = await testApp({ now: start })
})
afterAll(() => app.close())

/** Straight into the tables, past the application. */
const facility = async (places: number, over: { licenceTo?: string } = {}): Promise<string> => {
  const id = uuidv7()
  await app.db.admin(
    `insert into care_place (id, version, kind, code, name_sq, name_en, facility_kind, institution_id, unit_id, municipality, county, status,
       beds, capacity, licence_number, licence_from, licence_to)
     values ($1, 1, 'facility', 'IN-53-' || lpad((1 + (select count(*) from care_place))::text, 3, '0'), 'Strehëza e provës', 'Trial shelter',
       'shelter', $2, $2, '53', 'AL-11', 'approved', $3, $4, 'L-1', '2025-01-01', $5)`,
    [
      id,
      unitId('shelter-tirana'),
      JSON.stringify([{ sex: 'any', bands: [...ageBands], places }]),
      places,
      over.licenceTo ?? null,
    ],
  )
  return id
}
const girl = { sex: 'female', ageBand: '12_14' }
const hold = (who: Parameters<TestApp['as']>[0], placeId: string, whom: object = girl, id = uuidv7()) =>
  app.as(who).command('bed.hold', id, { placeId, ...whom })

const place = async (who: CastName, id: string) => app.as(who).get(`/api/care/places/${id}`)

describe('beds', () => {
  test('the last bed held by many at once goes to exactly one', async () => {
    const placeId = await facility(3)
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        hold(n % 2 === 0 ? 'cpw-tirana' : 'cpw-durres', placeId, { sex: bedSexes[n % 2], ageBand: '6_11' }),
      ),
    )
    expect(tries.filter((one) => one.status === 200)).toHaveLength(3)
    const lost = tries.filter((one) => one.status !== 200)
    expect(new Set(lost.map((one) => `${one.status} ${one.body.code}`))).toEqual(new Set(['422 care_no_bed']))
    const [row] = await app.db.admin<{ n: string }>(
      "select count(*) as n from bed_hold where care_place_id = $1 and state = 'HELD'",
      [placeId],
    )
    expect(Number(row!.n)).toBe(3)
  })

  test('a hold is confirmed by the facility, lapses, and can be given back by whoever held it', async () => {
    const placeId = await facility(1)
    const id = uuidv7()
    const held = await hold('cpw-tirana', placeId, girl, id)
    expect(held.status).toBe(200)
    expect(held.body.reply!.expiresAt).toBe('2026-03-03T11:00:00.000Z')
    expect((await app.as('cpw-tirana').command('bed.confirm', id, {}, { baseVersion: 1 })).body.code).toBe(
      'not_allowed',
    )
    expect((await app.as('shelter-vlore').command('bed.confirm', id, {}, { baseVersion: 1 })).status).toBe(
      404,
    )
    expect(
      (await app.as('cpw-durres').command('bed.release', id, { reason: 'not_needed' }, { baseVersion: 1 }))
        .status,
    ).toBe(404)
    expect((await app.as('shelter').command('bed.confirm', id, {}, { baseVersion: 1 })).status).toBe(200)
    // Each side is told what the other did, and finds it in its work list: a code and nothing of the child.
    const told = async (who: CastName) =>
      (await app.as(who).get('/api/notices')).body.items!.map((one) => String(one.code))
    expect(await told('shelter')).toContain('bed_held')
    expect(await told('cpw-tirana')).toContain('bed_confirmed')
    expect(await told('cpw2-tirana')).not.toContain('bed_confirmed')
    const tasks = (await app.as('cpw-tirana').get('/api/work')).body.items!.map((one) => JSON.stringify(one))
    expect(tasks.filter((one) => one.includes(`/care/${placeId}`))).toHaveLength(1)
    app.setClock('2026-03-05T10:00:00.000Z')
    expect((await hold('cpw-durres', placeId)).body.code).toBe('care_no_bed')
    expect((await app.as('shelter').command('bed.expire', id, {}, { baseVersion: 2 })).body.code).toBe(
      'care_hold_stands',
    )
    app.setClock('2026-03-05T11:00:00.000Z')
    // Nobody has written that it lapsed, and the bed is free all the same.
    const next = uuidv7()
    expect((await hold('cpw-durres', placeId, girl, next)).status).toBe(200)
    // The three of the test before lapsed with it.
    expect(await lapseHolds(app.ctx)).toEqual({ lapsed: 4 })
    expect(await lapseHolds(app.ctx)).toEqual({ lapsed: 0 })
    expect((await place('shelter', placeId)).body.holds!.map((one) => String(one.state))).toEqual([
      'HELD',
      'EXPIRED',
    ])
    expect(await told('cpw-tirana')).toContain('bed_lapsed')
    const late = await app.as('shelter').command('bed.expire', id, {}, { baseVersion: 3 })
    expect(late.body.code).toBe('care_hold_stands')
    expect(
      (await app.as('cpw-durres').command('bed.release', next, { reason: 'not_needed' }, { baseVersion: 1 }))
        .status,
    ).toBe(200)
    expect((await hold('cpw-tirana', placeId)).status).toBe(200)
    app.setClock(start)
  })

  test('one person holds five unanswered beds at a time and not a sixth', async () => {
    const placeId = await facility(12)
    const ids = Array.from({ length: 7 }, () => uuidv7())
    const tries = await Promise.all(ids.map((id) => hold('cpw2-tirana', placeId, girl, id)))
    expect(
      tries.map((one) => (one.status === 200 ? 'ok' : `${one.status} ${one.body.code}`)).toSorted(),
    ).toEqual([
      ...Array.from({ length: 2 }, () => '422 care_holds_many'),
      ...Array.from({ length: 5 }, () => 'ok'),
    ])
    // Elsewhere neither, nor past the application; a colleague may.
    expect((await hold('cpw2-tirana', await facility(1))).body.code).toBe('care_holds_many')
    await expect(
      app.db.admin(
        `insert into bed_hold (id, version, care_place_id, sex, age_band, state, held_by_unit, held_by_id, held_at, expires_at, changed_at)
         select gen_random_uuid(), 1, care_place_id, sex, age_band, state, held_by_unit, held_by_id, held_at, expires_at, changed_at
         from bed_hold where care_place_id = $1 limit 1`,
        [placeId],
      ),
    ).rejects.toThrow(/as many beds/)
    expect((await hold('head-tirana', placeId)).status).toBe(200)
    // Given back or answered, it no longer counts.
    const [one, two] = ids.filter((_, n) => tries[n]!.status === 200)
    const back = { reason: 'not_needed' }
    expect((await app.as('cpw2-tirana').command('bed.release', one!, back, { baseVersion: 1 })).status).toBe(
      200,
    )
    expect((await app.as('shelter').command('bed.confirm', two!, {}, { baseVersion: 1 })).status).toBe(200)
    for (const status of [200, 200, 422]) expect((await hold('cpw2-tirana', placeId)).status).toBe(status)
  })

  test('a place answers in its own words, which whoever asked reads and nobody beside', async () => {
    const placeId = await facility(2)
    const [asked, other] = [uuidv7(), uuidv7()]
    await hold('cpw-durres', placeId, girl, asked)
    await hold('cpw-durres', placeId, girl, other)
    const no = (body: object) => app.as('shelter').command('bed.refuse', asked, body, { baseVersion: 1 })
    // A refusal without words, too many of them, or with where the place is.
    expect((await no({ reason: 'staff_missing' })).status).toBe(400)
    expect((await no({ reason: 'staff_missing', said: 'x'.repeat(1001) })).status).toBe(400)
    expect((await no({ reason: 'staff_missing', said: 'Jemi te Rruga Myslym Shyri 7.' })).body).toMatchObject(
      {
        code: 'care_address_told',
        field: 'said',
      },
    )
    const said = 'Dy kujdestare janë sëmurë; nga e hëna kemi vend.'
    expect((await no({ reason: 'staff_missing', said })).status).toBe(200)
    const yes = { said: 'Sillni kartelën shëndetësore.' }
    expect((await app.as('shelter').command('bed.confirm', other, yes, { baseVersion: 1 })).status).toBe(200)

    const readers: string[] = []
    for (const who of castNames) {
      const text = JSON.stringify((await place(who, placeId)).body)
      if (text.includes(said)) readers.push(who)
    }
    expect(readers.sort()).toEqual(['cpw-durres', 'head-durres', 'shelter'])
    const mine = (await app.as('cpw-durres').get('/api/care/holds')).body.items!
    expect(mine.find((one) => String(one.id) === asked)).toMatchObject({ state: 'REFUSED', said })
    expect(mine.find((one) => String(one.id) === other)).toMatchObject({ state: 'CONFIRMED', said: yes.said })

    const by = { rule: 'R-7/2026', by: 'admin' }
    expect(await erase(app.ctx, { kind: 'bed_hold', id: other, ...by })).toEqual({ records: 1, parts: 1 })
    const [left] = await app.db.admin<{ n: string }>(
      `select (select count(*) from bed_hold_named where id = '${other}')
         + (select count(*) from event_part where record_id = '${other}') as n`,
    )
    expect(Number(left!.n)).toBe(0)
    // What stands goes on from where the erasure left it.
    const back = { reason: 'other_place' }
    expect((await app.as('cpw-durres').command('bed.release', other, back, { baseVersion: 3 })).status).toBe(
      200,
    )
  })

  test('nobody is taken in where the licence is over', async () => {
    const placeId = await facility(2, { licenceTo: '2026-03-01' })
    expect((await hold('cpw-tirana', placeId)).body.code).toBe('care_licence_over')
  })
})

const beds = [
  { sex: 'female', bands: ['12_14', '15_17', 'adult'], places: 2 },
  { sex: 'any', bands: ['under_3', '3_5', '6_11'], places: 1 },
]
const facilityBody = (over: object = {}) => ({
  nameSq: 'Qendra e emergjencës',
  nameEn: 'Emergency centre',
  facilityKind: 'emergency',
  unitId: unitId('shelter-tirana'),
  municipality: '53',
  licenceNumber: 'L-77',
  licenceFrom: '2025-01-01',
  licenceTo: '2027-01-01',
  beds,
  contact: 'Drita Kola',
  phone: '+355 69 111 22 33',
  ...over,
})
const family = (over: object = {}) => ({
  names: 'Familja Gjoka',
  phone: '+355 69 222 33 44',
  beds: [{ sex: 'any', bands: ['3_5', '6_11'], places: 2 }],
  siblings: true,
  appliedOn: '2026-02-01',
  ...over,
})
describe('facilities', () => {
  test('are entered by the State Agency; the door is known to their staff and to whoever was promised a bed', async () => {
    const id = uuidv7()
    expect((await app.as('head-tirana').command('care.set_facility', id, facilityBody())).body.code).toBe(
      'not_allowed',
    )
    const told = facilityBody({ nameSq: 'Strehëza, Rruga Durrësit 12' })
    expect((await app.as('state-agency').command('care.set_facility', id, told)).body.code).toBe(
      'care_address_told',
    )
    const made = await app.as('state-agency').command('care.set_facility', id, facilityBody())
    expect(made.status).toBe(200)
    expect(made.body.reply!.code).toMatch(/^IN-53-\d{3}$/)
    const address = { address: 'Rruga e Provës 5, kati 2' }
    expect(
      (await app.as('state-agency').command('care.set_address', id, address, { baseVersion: 1 })).body.code,
    ).toBe('not_allowed')
    expect(
      (await app.as('shelter').command('care.set_address', id, address, { baseVersion: 1 })).status,
    ).toBe(200)
    const [kept] = await app.db.admin<{ sealed: Buffer }>(
      'select sealed from care_place_sensitive where id = $1',
      [id],
    )
    expect(kept!.sealed.toString('utf8')).not.toContain('Provës')
    const door = `/api/care/places/${id}/address`
    expect((await app.as('shelter').get(door)).body.address).toBe(address.address)
    for (const who of castNames.filter((name) => name !== 'shelter'))
      expect([who, (await app.as(who).get(door)).status]).toEqual([who, 404])

    const bed = uuidv7()
    expect((await hold('cpw-tirana', id, girl, bed)).status).toBe(200)
    expect((await app.as('cpw-tirana').get(door)).status).toBe(404)
    expect((await app.as('shelter').command('bed.confirm', bed, {}, { baseVersion: 1 })).status).toBe(200)
    expect((await app.as('cpw-tirana').get(door)).body.address).toBe(address.address)
    expect((await app.as('cpw2-tirana').get(door)).status).toBe(404)
    const [read] = await app.db.admin<{ n: string }>(
      "select count(*) as n from access_record where record_id = $1 and tier = 'T4'",
      [id],
    )
    expect(Number(read!.n)).toBe(2)
    await app.as('cpw-tirana').command('bed.release', bed, { reason: 'other_place' }, { baseVersion: 2 })
    expect((await app.as('cpw-tirana').get(door)).status).toBe(404)
  })

  test('say which beds are free for whom, and keep no fewer beds than are taken', async () => {
    const id = uuidv7()
    await app
      .as('state-agency')
      .command('care.set_facility', id, facilityBody({ nameSq: 'Shtëpia', nameEn: 'House' }))
    for (const _ of [1, 2]) expect((await hold('cpw-durres', id)).status).toBe(200)
    expect((await hold('cpw-tirana', id)).body.code).toBe('care_no_bed')
    expect((await hold('cpw-tirana', id, { sex: 'male', ageBand: '3_5' })).status).toBe(200)
    const free = async (query: string) =>
      (await app.as('cpw-tirana').get(`/api/care/places?kind=facility&free=true&${query}`)).body.items!.some(
        (one) => String(one.id) === id,
      )
    expect(await free('sex=female&ageBand=15_17')).toBe(false)
    await app.db.admin(
      "update bed_hold set state = 'RELEASED', expires_at = null where care_place_id = $1 and sex = 'male'",
      [id],
    )
    expect(await free('sex=female&ageBand=15_17')).toBe(false)
    expect(await free('sex=female&ageBand=6_11')).toBe(true)
    const fewer = facilityBody({ beds: [{ sex: 'female', bands: ['12_14'], places: 1 }] })
    expect(
      (await app.as('state-agency').command('care.set_facility', id, fewer, { baseVersion: 1 })).body.code,
    ).toBe('care_capacity_taken')
    expect(
      (
        await app
          .as('state-agency')
          .command('care.set_status', id, { status: 'closed', reason: 'licence_over' }, { baseVersion: 1 })
      ).body.code,
    ).toBe('care_capacity_taken')
    const shelter = (await place('shelter', id)).body
    expect(shelter.holds).toHaveLength(3)
    expect(shelter.free).toBe(1)
    // Another unit's holds are only beds that are not free.
    expect((await place('cpw-tirana', id)).body.holds).toHaveLength(1)
  })

  test('are inspected against every standard of the version in force', async () => {
    const id = uuidv7()
    await app.as('state-agency').command('care.set_facility', id, facilityBody())
    const { standards } = (await place('state-agency', id)).body
    const scores = Object.fromEntries((standards!.codes as unknown as string[]).map((code) => [code, 2]))
    const visit = {
      kind: 'inspection',
      onDay: '2026-03-01',
      outcome: 'with_conditions',
      scores,
      findings: 'Mungon një psikolog.',
    }
    const send = (body: object, baseVersion = 1) =>
      app.as('state-agency').command('care.visit', id, body, { baseVersion })
    expect((await send({ ...visit, scores: { admission: 3 } })).body.code).toBe('care_scores_missing')
    expect((await send({ ...visit, onDay: '2026-03-03' })).body.code).toBe('in_future')
    expect((await send(visit)).status).toBe(200)
    const seen = (await place('shelter', id)).body
    expect(seen.checkDue).toBe('2027-03-01')
    expect(seen.visits![0]!.findings).toBe('Mungon një psikolog.')
    expect((await place('cpw-tirana', id)).body.visits![0]!.findings).toBeNull()
    expect((await place('police', id)).status).toBe(404)
  })
})

describe('foster families', () => {
  test('are assessed by one, trained, approved by another, and reviewed', async () => {
    const id = uuidv7()
    const made = await app.as('cpw-tirana').command('care.apply_family', id, family())
    expect(made.status).toBe(200)
    const code = String(made.body.reply!.code)
    expect(code).toMatch(/^FK-53-\d{3}$/)
    const visit = (who: CastName, body: object, baseVersion: number) =>
      app.as(who).command('care.visit', id, { onDay: '2026-03-01', ...body }, { baseVersion })
    const decide = (who: CastName, body: object, baseVersion: number) =>
      app.as(who).command('care.decide_family', id, body, { baseVersion })
    expect((await decide('head-tirana', { approved: true }, 1)).body.code).toBe('care_not_assessed')
    expect(
      (
        await visit(
          'head-tirana',
          { kind: 'assessment', outcome: 'recommended', findings: 'Shtëpi e ngrohtë.' },
          1,
        )
      ).status,
    ).toBe(200)
    expect((await decide('head-tirana', { approved: true }, 2)).body.code).toBe('care_assessor_approves')
    expect((await decide('director-tirana', { approved: true }, 2)).body).toMatchObject({
      code: 'care_training_missing',
      params: { hours: 0, needed: 30 },
    })
    expect((await visit('cpw-tirana', { kind: 'training', hours: 32, topic: 'basics' }, 2)).status).toBe(200)
    expect((await hold('cpw-tirana', id, { sex: 'male', ageBand: '3_5' })).body.code).toBe('care_not_open')
    expect((await place('cpw-durres', id)).status).toBe(404)
    expect((await decide('director-tirana', { approved: true }, 3)).status).toBe(200)
    const elsewhere = (await place('cpw-durres', id)).body
    expect(elsewhere).toMatchObject({ code, names: null, status: 'approved', checkDue: '2027-03-02' })
    expect(JSON.stringify(elsewhere)).not.toContain('Gjoka')
    expect((await place('cpw-tirana', id)).body.names).toBe('Familja Gjoka')
    expect((await place('state-agency', id)).body.names).toBeNull()
    const watched = await app.as('state-agency').get(`/api/care/places/${id}`, { purpose: 'monitoring' })
    expect(watched.body.names).toBe('Familja Gjoka')
    const review = { kind: 'review', outcome: 'suspend', findings: 'Sëmundje.' }
    expect((await visit('cpw-tirana', review, 4)).status).toBe(200)
    expect((await place('cpw-tirana', id)).body.status).toBe('suspended')
    const again = { status: 'approved', reason: 'again_fit' }
    expect(
      (await app.as('cpw-tirana').command('care.set_status', id, again, { baseVersion: 5 })).body.code,
    ).toBe('not_allowed')
    expect(
      (await app.as('head-tirana').command('care.set_status', id, again, { baseVersion: 5 })).status,
    ).toBe(200)
  })
})

describe('emergency teams', () => {
  test('have a roster without anybody twice, whose gaps are shown', async () => {
    const id = uuidv7()
    const [ana, ben] = [uuidv7(), uuidv7()]
    const body = {
      nameSq: 'Ekipi i emergjencës',
      nameEn: 'Emergency team',
      phone: '+355 4 111 222',
      coversFrom: '00:00',
      coversTo: '00:00',
      members: [
        { id: ana, name: 'Ana Hoxha', profession: 'social_worker' },
        { id: ben, name: 'Ben Leka', profession: 'police' },
      ],
    }
    expect((await app.as('cpw-tirana').command('team.set', id, body)).body.code).toBe('not_allowed')
    expect((await app.as('head-tirana').command('team.set', id, body)).status).toBe(200)
    const duty = (over: object) =>
      app.as('head-tirana').command('team.set_duty', id, {
        memberId: ana,
        day: '2026-03-02',
        from: '08:00',
        to: '20:00',
        ...over,
      })
    expect((await duty({ days: 7 })).status).toBe(200)
    expect((await duty({ from: '19:00', to: '23:00' })).body.code).toBe('care_duty_overlap')
    expect((await duty({ memberId: ben, from: '20:00', to: '08:00', days: 5 })).status).toBe(200)
    const roster = (await app.as('state-agency').get(`/api/care/teams/${id}?from=2026-03-02`)).body
    expect(roster.duties).toHaveLength(12)
    expect(roster.gaps).toEqual([
      { from: '2026-03-01T23:00:00.000Z', to: '2026-03-02T07:00:00.000Z' },
      { from: '2026-03-07T19:00:00.000Z', to: '2026-03-08T07:00:00.000Z' },
      { from: '2026-03-08T19:00:00.000Z', to: '2026-03-08T23:00:00.000Z' },
    ])
    const [team] = (await app.as('hotline').get('/api/care/teams')).body.items!
    expect(team!.onDuty).toEqual([
      { name: 'Ana Hoxha', profession: 'social_worker', phone: null, to: '2026-03-02T19:00:00.000Z' },
    ])
    const one = String(roster.duties![0]!.id)
    expect((await app.as('head-durres').command('team.cancel_duty', id, { dutyId: one })).body.code).toBe(
      'not_allowed',
    )
    expect((await app.as('head-tirana').command('team.cancel_duty', id, { dutyId: one })).status).toBe(200)
    const scores = Object.fromEntries(
      (roster.standards!.codes as unknown as string[]).map((code) => [code, 3]),
    )
    const inspect = { onDay: '2026-03-02', outcome: 'meets', scores }
    const version = Number((await app.as('head-tirana').get(`/api/care/teams/${id}`)).body.version)
    expect(
      (await app.as('head-tirana').command('team.inspect', id, inspect, { baseVersion: version })).body.code,
    ).toBe('not_allowed')
    expect(
      (await app.as('state-agency').command('team.inspect', id, inspect, { baseVersion: version })).status,
    ).toBe(200)
    expect((await app.as('school').get(`/api/care/teams/${id}`)).status).toBe(404)
  })
})
