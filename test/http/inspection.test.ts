import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const found = {
  jointWith: ['police', 'tax_directorate'],
  sector: 'construction',
  employer: 'Ndërtimi i Ri sh.p.k.',
  nipt: 'L12345678A',
  municipality: '53',
  place: 'Kantieri te Astiri',
  on: '2026-11-23',
  workersChecked: 14,
  adults: 1,
  measures: ['work_stopped', 'fine'],
  minors: [
    { givenName: 'Luan', familyName: 'Dushku', sex: 'male', age: 15 },
    { sex: 'male', age: 14 },
  ],
}
const inspect = (over: object = {}, who: CastName = 'labour', id = uuidv7()) =>
  app.as(who).command(
    'inspection.record',
    id,
    {
      ...found,
      report: {
        reportId: uuidv7(),
        immediacy: 'high',
        concerns: ['other_work'],
        narrative: 'Punonin në skelë.',
      },
      ...over,
    },
    { language: 'en' },
  )

describe('a labour inspection', () => {
  test('tells the unit of every minor at once; the inspector learns nothing of them afterwards', async () => {
    const id = uuidv7()
    const reportId = uuidv7()
    const done = await inspect(
      { report: { reportId, immediacy: 'high', concerns: ['other_work'] } },
      'labour',
      id,
    )
    expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200, body: { reply: { reportId } } })
    const report = await app.as('cpw-tirana').get(`/api/reports/${reportId}`)
    expect(report.body).toMatchObject({ source: 'labour_inspectorate' })
    expect(JSON.stringify(report.body)).toContain('Dushku')
    expect(report.body).toMatchObject({ children: 2 })
    const back = await app.as('labour').get(`/api/inspections/${id}`)
    expect(back.body).toMatchObject({
      minors: 2,
      adults: 1,
      told: true,
      employer: found.employer,
      jointWith: ['police', 'tax_directorate'],
    })
    expect(JSON.stringify(back.body)).not.toMatch(/Dushku|Luan/)
    expect((await app.as('labour').get(`/api/reports/${reportId}`)).body.narrative ?? null).toBeNull()
    const names = await withTx(app.ctx, actorOf('labour'), (tx) => tx.sql('select id from report_child'))
    expect(names).toEqual([])
    // The report stands among those the inspector sent, so that a screening in the raid can follow.
    expect((await app.as('labour').get('/api/reports/mine')).body.items!.map((one) => one.id)).toContain(
      reportId,
    )
  })

  test.each([
    ['tomorrow', { on: '2026-11-25' }, 422, 'in_future'],
    ['more people than were checked', { workersChecked: 2 }, 422, 'inspection_more_than_checked'],
    ['no measure beside measures', { measures: ['none', 'fine'] }, 422, 'inspection_no_measure'],
    ['minors whom nobody is told of', { report: undefined }, 400, 'invalid'],
    ['where a child lives', { minors: [{ address: 'Rruga e Kavajës 12' }] }, 400, 'invalid'],
    ['a place that is none', { municipality: '99' }, 400, 'invalid'],
    ['an unknown business', { businessId: uuidv7() }, 422, 'unknown_code'],
    ['an adult as a minor', { minors: [{ age: 30 }] }, 422, 'child_is_adult'],
    ['a number that is none', { nipt: '12' }, 400, 'invalid'],
    ['a place of 10,000 signs', { place: 'x'.repeat(10_000) }, 400, 'invalid'],
  ])('%s is refused, and nobody is told of anything', async (_, over, status, code) => {
    const before = await app.db.admin('select id from report')
    const answer = await inspect(over)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect((await app.db.admin('select id from report')).length).toBe(before.length)
  })

  test('nobody found needs no report', async () => {
    const done = await inspect({
      minors: [],
      adults: 0,
      measures: ['none'],
      report: undefined,
      jointWith: [],
    })
    expect(done).toMatchObject({ status: 200, body: { reply: { reportId: null } } })
  })

  test('role by role: only an inspector records; only those who lead read, without a small figure', async () => {
    const id = uuidv7()
    await inspect({ sector: 'tourism' }, 'labour', id)
    for (const who of castNames) {
      if (who !== 'labour') expect([who, (await inspect({}, who)).body.code]).toEqual([who, 'not_allowed'])
      const reads = ['labour', 'state-agency', 'responsible-authority'].includes(who)
      expect([who, (await app.as(who).get(`/api/inspections/${id}`)).status]).toEqual([
        who,
        reads ? 200 : 404,
      ])
      const list = await app.as(who).get('/api/inspections')
      expect([who, list.body.items!.length > 0]).toEqual([who, reads])
      const figures = await app.as(who).get('/api/inspection-figures')
      const tourism = figures.body.rows!.find((row) => String(row.sector) === 'tourism')
      expect([who, tourism?.minors]).toEqual([who, reads ? (who === 'labour' ? 2 : null) : undefined])
    }
    expect((await app.as('state-agency').get(`/api/inspections/${id}`)).body.employer).toBeNull()
    const figures = await app.as('state-agency').get('/api/inspection-figures')
    expect(figures.body.totals).toMatchObject({ minors: 4, adults: 2, inspections: 3, joint: 2 })
  })
})

test('a consulate says where the child is and whether it wishes to return; nobody else may', async () => {
  const body = {
    source: 'consulate',
    channel: 'web',
    place: { municipality: '53', text: 'Familja banon në Tiranë' },
    immediacy: 'high',
    concerns: ['child_on_the_move'],
    children: [{ givenName: 'Ermal', age: 14 }],
    consulate: { country: 'IT', post: 'Milano', papers: 'taken', wishesReturn: 'yes' },
  }
  const id = uuidv7()
  expect((await app.as('consulate').command('report.create', id, body)).status).toBe(200)
  expect((await app.as('cpw-tirana').get(`/api/reports/${id}`)).body.named!.consulate).toEqual(body.consulate)
  expect((await app.as('consulate').get(`/api/reports/${id}`)).status).toBe(404)
  for (const who of ['police', 'cpw-tirana', 'hotline'] as const)
    expect(
      (
        await app.as(who).command('report.create', uuidv7(), {
          ...body,
          source: who === 'police' ? 'police' : 'public',
        })
      ).body,
    ).toMatchObject({ code: 'not_allowed', field: 'consulate' })
  const strange = { ...body, consulate: { ...body.consulate, country: 'Italia' } }
  expect((await app.as('consulate').command('report.create', uuidv7(), strange)).status).toBe(400)
})
