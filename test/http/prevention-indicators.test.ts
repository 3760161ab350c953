/** Indicators over records of prevention: the country's figures whoever asks, people once, small figures of a split hidden. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import type { CastName } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
const must = async (who: CastName, type: string, body: object, id = uuidv7()): Promise<string> => {
  const reply = await app.as(who).command(type, id, body)
  expect(reply.status, `${who} ${type}: ${JSON.stringify(reply.body)}`).toBe(200)
  return id
}
const value = async (id: string, more = '', who: CastName = 'coordinator') =>
  (await app.as(who).get(`/api/indicators/${id}/value?from=2026-10-01&to=2026-12-31${more}`)).body

beforeAll(async () => {
  app = await testApp()
  const day = { from: '2026-10-05', to: '2026-10-05' }
  const people: Record<string, string[]> = {}
  for (const who of ['police', 'prosecutor'] as const) {
    people[who] = []
    for (let n = 0; n < 6; n += 1)
      people[who].push(
        await must(who, 'professional.enter', {
          givenName: 'Emri',
          familyName: `Mbiemri ${'abcdef'[n]}`,
          birthYear: 1980,
          sex: n < 2 ? 'male' : 'female',
          sector: 'police',
          // The first three are the same people at both bodies.
          known: who === 'police' ? null : n < 3 ? 'same' : 'other',
        }),
      )
    for (let held = 0; held < 2; held += 1) {
      const id = await must(who, 'training.record', {
        ...day,
        title: 'PSV',
        topic: 'sops',
        mode: 'classroom',
        sessions: 1,
        organiser: 'ZKKA',
      })
      await must(
        who,
        'training.set_participants',
        { participants: people[who].map((professionalId) => ({ professionalId, attended: 1 })) },
        id,
      )
    }
  }
  const campaign = { kind: 'campaign', title: 'Fushatë', ...day, parties: [] }
  await must('coordinator', 'activity.record', {
    ...campaign,
    details: { campaignDay: 'october', scope: 'national', channel: 'media' },
    counts: [
      { measure: 'heads', band: 'public', value: 900 },
      { measure: 'copies', band: 'leaflet', value: 5000 },
      { measure: 'copies', band: 'sop_copy', value: 70 },
    ],
  })
  await must('school', 'activity.record', {
    ...campaign,
    municipality: '53',
    details: { campaignDay: 'none', scope: 'municipal', channel: 'health_centre' },
    counts: [
      { measure: 'heads', band: 'public', value: 40 },
      { measure: 'copies', band: 'leaflet', value: 30 },
    ],
  })
  await must('labour', 'activity.record', {
    kind: 'inspection',
    title: 'Kontroll',
    ...day,
    details: { sector: 'mining', employerType: 'business' },
    parties: [{ said: 'DPT' }],
  })
})
afterAll(() => app.close())

test('people trained are counted once over trainings and bodies, the same for every reader', async () => {
  for (const who of ['coordinator', 'police', 'school', 'county-committee'] as const)
    expect(await value('S004-PROS-1.c.8-i4', '', who), who).toMatchObject({ value: 9 })
  expect(await value('S004-PROS-1.c.8-i3')).toMatchObject({ value: 4 })
  // Another topic, another period: none.
  expect(await value('S004-PROS-1.b.3-i1')).toMatchObject({ value: 0 })
})

test('a small sex is hidden in a split', async () => {
  const { body } = await app
    .as('coordinator')
    .get('/api/indicators/S004-PROS-1.c.8-i4/value?from=2026-10-01&to=2026-12-31&by=sex')
  const male = body.cells!.find((cell) => String(cell.key) === 'male')
  expect(male).toMatchObject({ n: null })
})

test.each([
  ['S004-PREV-1.a.1-i1', 1],
  ['S004-PREV-1.a.1-i2', 940],
  ['S004-PREV-1.a.5-i1', 900],
  ['S004-PREV-1.a.1-i3', 5100],
  ['S004-PREV-1.d.5-i1', 30],
  ['S004-PREV-1.d.5-i2', 40],
  ['S004-PROT-1.b.2-i3', 70],
  ['S004-PROT-1.c.8-i1', 1],
  ['S000-1.3.3-i1', 0],
  ['S003-REACH-C-i1', 0],
])('%s counts %i', async (id, n) => {
  expect(await value(id)).toMatchObject({ value: n })
})
