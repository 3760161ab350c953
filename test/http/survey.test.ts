import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { actorOf, castNames } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

describe('surveys', () => {
  const survey = {
    kind: 'population',
    titleSq: 'Njohja e linjës',
    titleEn: 'Knowing the line',
    instrument: 'Pyetësor me 3 pyetje',
    instrumentVersion: '1',
    population: '18–65 vjeç, Tiranë',
    indicatorIds: ['S004-PREV-1.a.3-i3'],
    questions: [
      {
        key: 'knows',
        textSq: 'A e njihni linjën?',
        textEn: 'Do you know the line?',
        answers: [
          { code: 'yes', textSq: 'Po', textEn: 'Yes', counts: true },
          { code: 'no', textSq: 'Jo', textEn: 'No' },
          { code: 'unsure', textSq: 'Nuk jam i sigurt', textEn: 'Not sure' },
        ],
      },
    ],
  }
  const wave = (over: object = {}) => ({
    from: '2025-03-01',
    to: '2025-03-31',
    method: 'Me telefon',
    sample: 400,
    answered: 300,
    counts: [
      { question: 'knows', answer: 'yes', n: 90 },
      { question: 'knows', answer: 'no', n: 207 },
      { question: 'knows', answer: 'unsure', n: 3 },
    ],
    ...over,
  })

  test('are opened by those who may ask, answered in waves, and show the change with small counts hidden', async () => {
    const id = uuidv7()
    for (const who of castNames) {
      const may = [
        'coordinator',
        'state_agency',
        'responsible_authority',
        'county_committee',
        'education_directorate',
      ].includes(actorOf(who).role)
      const reply = await app.as(who).command('survey.create', who === 'coordinator' ? id : uuidv7(), survey)
      expect(reply.status, who).toBe(may ? 200 : 422)
    }
    const add = (body: object, baseVersion: number, who: (typeof castNames)[number] = 'coordinator') =>
      app.as(who).command('survey.add_wave', id, body, { baseVersion })
    expect((await add(wave({ counts: [{ question: 'knows', answer: 'maybe', n: 1 }] }), 1)).body.code).toBe(
      'survey_question_unknown',
    )
    expect((await add(wave({ answered: 100 }), 1)).body.code).toBe('survey_too_many_answers')
    expect((await add(wave({ answered: 401 }), 1)).body.code).toBe('survey_too_many_answers')
    expect((await add(wave({ to: '2027-01-01' }), 1)).body.code).toBe('in_future')
    expect(
      (await add(wave({ counts: [{ question: 'knows', answer: 'yes', n: 1, who: 'Ardi' }] }), 1)).status,
    ).toBe(400)
    expect((await add(wave(), 1, 'state-agency')).status).toBe(422)
    expect((await add(wave(), 1)).status).toBe(200)
    expect((await add(wave(), 2)).body.code).toBe('survey_wave_before_last')
    const later = {
      from: '2026-03-01',
      to: '2026-03-31',
      counts: [
        { question: 'knows', answer: 'yes', n: 120 },
        { question: 'knows', answer: 'no', n: 180 },
      ],
    }
    expect((await add(wave(later), 2)).status).toBe(200)
    const { body } = await app.as('school').get(`/api/surveys/${id}`, { language: 'en' })
    const [yes, , unsure] = body.questions![0]!.answers as unknown as {
      waves: { n: number | null; share: number | null; change: number | null }[]
    }[]
    expect(unsure!.waves[0]!.n).toBeNull()
    expect(yes!.waves[1]).toMatchObject({ n: 120, share: 40 })
    expect(body.mayAsk).toBe(false)
    const page = await app.as('school').get('/api/indicators/S004-PREV-1.a.3-i3')
    expect(page.body.surveys!.some((one) => String(one.id) === id)).toBe(true)
    expect((await app.as('school').get(`/api/surveys/${uuidv7()}`)).status).toBe(404)
  })
})
