/** What leaves the records of prevention: workbooks without strangers' names, figures by place that give no small one away. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { readWorkbook } from '#server/workbook/read.ts'
import { actorOf, type CastName, castNames } from '#test/cast.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
const secret = 'Kryemadhi'
beforeAll(async () => {
  app = await testApp()
  const must = async (who: CastName, type: string, body: object): Promise<string> => {
    const id = uuidv7()
    const reply = await app.as(who).command(type, id, body)
    expect([type, reply.status, reply.body.code]).toEqual([type, 200, undefined])
    return id
  }
  const person = await must('labour', 'professional.enter', {
    givenName: 'Arta',
    familyName: secret,
    birthYear: 1988,
    sex: 'female',
    sector: 'labour_inspectorate',
  })
  const training = await must('labour', 'training.record', {
    title: 'Identifikimi',
    topic: 'identification',
    mode: 'classroom',
    from: '2026-10-05',
    to: '2026-10-05',
    sessions: 1,
    organiser: 'ISHPSHSH',
  })
  await app.as('labour').command('training.set_participants', training, {
    participants: [{ professionalId: person, attended: 1, before: 40, after: 80 }],
  })
  // Three children in Tirana, thirty in Durrës: the three follow from the whole unless both are hidden.
  for (const [who, municipality, value] of [
    ['cpw-tirana', '53', 3],
    ['cpw-durres', '10', 30],
  ] as const)
    await must(who, 'activity.record', {
      kind: 'campaign',
      title: 'Muaji antitrafik',
      from: '2026-10-01',
      to: '2026-10-31',
      municipality,
      details: { campaignDay: 'october', scope: 'municipal', channel: 'street' },
      counts: [{ measure: 'heads', band: 'child', value }],
    })
})
afterAll(() => app.close())

const strangers: CastName[] = ['admin', 'dpo', 'internal-affairs']
const leaders = castNames.filter((name) => ['state_agency', 'coordinator'].includes(actorOf(name).role))
const take = (who: CastName, url: string, language = 'sq') =>
  app.fastify.inject({ url, headers: { 'x-test-as': who, 'accept-language': language } })
const textsOf = (body: Buffer): string[] =>
  readWorkbook(body).flatMap((sheet) => sheet.cells.map((cell) => cell.text))
const year = '?from=2026-01-01&until=2027-01-01'

describe('workbooks', () => {
  test('every role takes away the rows that it sees in the lists; names stay with the body that entered them', async () => {
    for (const who of castNames) {
      for (const door of ['activities', 'trainings', 'businesses']) {
        const reply = await take(who, `/api/${door}/export.xlsx${door === 'businesses' ? '' : year}`)
        expect([who, door, reply.statusCode]).toEqual([who, door, 200])
        const texts = textsOf(reply.rawPayload)
        const same = actorOf(who).institutionId === actorOf('labour').institutionId
        expect([who, door, texts.some((text) => text.includes(secret))]).toEqual([
          who,
          door,
          door === 'trainings' && same,
        ])
        if (door === 'trainings')
          expect([who, texts.includes('Identifikimi')]).toEqual([
            who,
            texts.includes('Identifikimi') && (same || leaders.includes(who)),
          ])
        if (strangers.includes(who) && door !== 'businesses')
          expect([who, door, texts.includes('Muaji antitrafik')]).toEqual([who, door, false])
      }
    }
    const english = textsOf((await take('labour', `/api/trainings/export.xlsx${year}`, 'en')).rawPayload)
    expect(english).toEqual(expect.arrayContaining(['Training', 'Identification', 'female']))
    expect((await app.anonymous.get('/api/activities/export.xlsx')).status).toBe(401)
    expect(
      (await take('labour', '/api/activities/export.xlsx?from=2026-01-01&until=2025-01-01')).statusCode,
    ).toBe(400)
  })
})

describe('figures of one municipality', () => {
  const reach = async (who: CastName, more: string) =>
    (await app.as(who).get(`/api/prevention/reach${year}${more}`)).body
  test('leaders see no small figure of children, nor one from which it would follow; the body sees its own', async () => {
    expect((await reach('coordinator', '')).total).toMatchObject({ heads: 33 })
    expect((await reach('coordinator', '&municipality=53')).total).toMatchObject({ heads: null })
    // Thirty alone would be shown, but with the whole it gives the three away.
    expect((await reach('coordinator', '&municipality=10')).total).toMatchObject({ heads: null })
    expect((await reach('cpw-tirana', '&municipality=53')).total).toMatchObject({ heads: 3 })
    expect((await reach('cpw-tirana', '&municipality=10')).total).toMatchObject({ heads: 0 })
    const kinds = async (who: CastName, more: string) =>
      ((await app.as(who).get(`/api/prevention/figures${year}${more}`)).body.items as unknown as Loose[])
        .filter((row) => String(row.measure) === 'heads')
        .map((row) => row.total)
    expect(new Set(await kinds('coordinator', '&municipality=10'))).toEqual(new Set([null]))
    expect(new Set(await kinds('cpw-durres', '&municipality=10'))).toEqual(new Set([30]))
    expect(
      (await app.as('coordinator').get(`/api/prevention/reach${year}&municipality=53&by=quarter`)).status,
    ).toBe(400)
    expect((await app.as('coordinator').get(`/api/prevention/figures${year}&municipality=999`)).status).toBe(
      400,
    )
  })
})
