import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ageBands, bedSexes } from '#domain/care/beds.ts'
import { uuidv7 } from '#server/ids.ts'
import { unitId } from '#test/cast.ts'
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
    app.setClock('2026-03-05T10:00:00.000Z')
    expect((await hold('cpw-durres', placeId)).body.code).toBe('care_no_bed')
    expect((await app.as('shelter').command('bed.expire', id, {}, { baseVersion: 2 })).body.code).toBe(
      'care_hold_stands',
    )
    app.setClock('2026-03-05T11:00:00.000Z')
    // Nobody has written that it lapsed, and the bed is free all the same.
    const next = uuidv7()
    expect((await hold('cpw-durres', placeId, girl, next)).status).toBe(200)
    expect((await app.as('shelter').command('bed.expire', id, {}, { baseVersion: 2 })).status).toBe(200)
    expect(
      (await app.as('cpw-durres').command('bed.release', next, { reason: 'not_needed' }, { baseVersion: 1 }))
        .status,
    ).toBe(200)
    expect((await hold('cpw-tirana', placeId)).status).toBe(200)
    app.setClock(start)
  })

  test('nobody is taken in where the licence is over', async () => {
    const placeId = await facility(2, { licenceTo: '2026-03-01' })
    expect((await hold('cpw-tirana', placeId)).body.code).toBe('care_licence_over')
  })
})
