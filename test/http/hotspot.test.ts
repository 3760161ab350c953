import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, castNames } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const zog = {
  name: 'Rrethrrotullimi i Zogut të Zi',
  municipality: '53',
  point: { lon: 19.8078, lat: 41.3349 },
}
const mark = (who: CastName, id: string, over: object = {}, baseVersion?: number) =>
  app
    .as(who)
    .command('hotspot.mark', id, { ...zog, ...over }, baseVersion === undefined ? {} : { baseVersion })
const close = (who: CastName, id: string, baseVersion: number, reason = 'nobody_there') =>
  app.as(who).command('hotspot.close', id, { reason }, { baseVersion })
const listed = async (who: CastName, query = '') =>
  ((await app.as(who).get(`/api/hotspots${query}`)).body.items ?? []).map(({ id }) => String(id))

describe('hotspots', () => {
  test('marked, corrected, closed with a reason, opened again, and nothing is lost', async () => {
    const id = uuidv7()
    expect((await mark('field-tirana', id)).body).toMatchObject({ version: 1 })
    expect((await mark('cpw-tirana', id, { name: 'Zogu i Zi' }, 1)).body).toMatchObject({ version: 2 })
    expect(await mark('field-tirana', id, { name: 'Zogu' }, 1)).toMatchObject({
      status: 409,
      body: { code: 'stale', changed: expect.any(Array) },
    })
    expect((await mark('field-tirana', id, { name: 'Zogu' })).status).toBe(409)
    expect((await close('field-tirana', id, 2)).status).toBe(200)
    expect(await close('field-tirana', id, 3)).toMatchObject({ status: 422, body: { code: 'wrong_state' } })
    expect(await listed('cpw-tirana')).not.toContain(id)
    expect(await listed('cpw-tirana', '?state=closed')).toContain(id)
    const options = await app.as('field-tirana').get('/api/intake-options')
    expect((options.body.hotspots as unknown as { id: string }[]).map((one) => one.id)).not.toContain(id)
    expect((await mark('head-tirana', id, { active: true }, 3)).status).toBe(200)
    expect(await listed('field-tirana')).toContain(id)
    const events = await app.db.admin<{ type: string }>(
      "select type from event where kind = 'hotspot' and record_id = $1 order by seq",
      [id],
    )
    expect(events.map(({ type }) => type)).toEqual([
      'HotspotMarked',
      'HotspotMarked',
      'HotspotClosed',
      'HotspotMarked',
    ])
  })

  test('reports that name it are counted for whoever holds them, and for nobody else', async () => {
    const id = uuidv7()
    await mark('field-tirana', id)
    await app.as('field-tirana').command('report.create', uuidv7(), {
      source: 'field_team',
      channel: 'field',
      place: { municipality: '53', hotspotId: id },
      immediacy: 'ordinary',
      concerns: ['begging'],
      children: [{}],
    })
    const reports = async (who: CastName) =>
      (await app.as(who).get('/api/hotspots?municipality=53')).body.items!.find(
        (one) => String(one.id) === id,
      )?.reports
    expect(await reports('cpw-tirana')).toBe(1)
    expect(await reports('state-agency')).toBe(1)
    expect(await reports('cpw-durres')).toBe(0)
    expect(await reports('field-tirana')).toBeNull()
  })

  test.each(castNames)('%s at every door', async (who) => {
    const id = uuidv7()
    await mark('field-tirana', id)
    const draws = ['cpw-tirana', 'cpw2-tirana', 'head-tirana', 'field-tirana'].includes(who)
    const sees =
      draws || ['cpw-durres', 'head-durres', 'director-tirana', 'police', 'state-agency'].includes(who)
    expect((await listed(who, '?municipality=53')).includes(id)).toBe(sees)
    expect((await mark(who, uuidv7())).status).toBe(draws ? 200 : 422)
    expect((await mark(who, id, { name: 'Tjetër' }, 1)).status).toBe(draws ? 200 : 422)
    expect((await close(who, id, draws ? 2 : 1)).status).toBe(draws ? 200 : sees ? 422 : 404)
    // A place stays in its municipality.
    expect((await mark(who, id, { municipality: '10' }, draws ? 3 : 1)).status).toBe(422)
  })

  test.each([
    ['a name of nothing', { name: ' ' }, 'name'],
    ['a point abroad', { point: { lon: 2.35, lat: 48.85 } }, 'point'],
    ['no number', { point: { lon: 'x', lat: 41 } }, 'point.lon'],
    ['a municipality that is no code', { municipality: 'Tirana' }, 'municipality'],
  ])('%s is refused at its field', async (_, over, field) => {
    const reply = await mark('field-tirana', uuidv7(), over)
    expect(reply.status).toBe(400)
    expect(JSON.stringify(reply.body.errors)).toContain(field)
  })
  test('no reason, or none that is known, closes nothing', async () => {
    const id = uuidv7()
    await mark('field-tirana', id)
    expect((await close('field-tirana', id, 1, 'bored')).status).toBe(400)
    expect((await app.as('cpw-tirana').get('/api/hotspots?cursor=x')).status).toBe(400)
    expect(await listed('field-tirana')).toContain(id)
  })
  test('the list goes on page by page', async () => {
    for (let i = 0; i < 3; i++) await mark('field-tirana', uuidv7())
    const first = await app.as('field-tirana').get('/api/hotspots?limit=2')
    expect(first.body.items).toHaveLength(2)
    const second = await app.as('field-tirana').get(`/api/hotspots?limit=2&cursor=${String(first.body.next)}`)
    const ids = [...first.body.items!, ...second.body.items!].map(({ id }) => String(id))
    expect(new Set(ids).size).toBe(4)
  })
})
