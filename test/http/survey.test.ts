import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { liveIndicators } from '#server/indicator/queries/index.ts'
import { actorOf, castNames } from '#test/cast.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

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

describe('a wave fills the indicators that its survey measures', () => {
  const question = (key: string, measures?: string) => ({
    key,
    textSq: 'A e njihni?',
    textEn: 'Do you know it?',
    answers: [
      { code: 'yes', textSq: 'Po', textEn: 'Yes', counts: true },
      { code: 'no', textSq: 'Jo', textEn: 'No' },
    ],
    ...(measures === undefined ? {} : { measures }),
  })
  const counts = (key: string, yes: number, no: number) => [
    { question: key, answer: 'yes', n: yes },
    { question: key, answer: 'no', n: no },
  ]
  const figures = async (id: string) =>
    (await app.as('police').get(`/api/indicators/${id}`)).body.values as unknown as Loose[]
  const ask = async (indicatorIds: string[], questions: object[]) => {
    const id = uuidv7()
    const made = await app.as('coordinator').command('survey.create', id, {
      kind: 'school',
      titleSq: 'Njohja e rrezikut',
      titleEn: 'Knowing the risk',
      instrument: 'Pyetësor',
      instrumentVersion: '2',
      population: 'Nxënës',
      indicatorIds,
      questions,
    })
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    return id
  }
  const add = async (
    id: string,
    version: number,
    from: string,
    to: string,
    given: object[],
    answered = 200,
  ) => {
    const body = { from, to, method: 'Në klasë', sample: 300, answered, counts: given }
    const reply = await app.as('coordinator').command('survey.add_wave', id, body, { baseVersion: version })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    return reply.body.reply as unknown as { brought: string[]; kept: { indicatorId: string; why: string }[] }
  }
  let shares: string[]
  beforeAll(async () => {
    const rows = await app.db.admin<{ id: string }>(
      "select id from indicator where kind = 'collected' and unit = '%' and not id = any ($1) order by id limit 2",
      [liveIndicators],
    )
    shares = rows.map((row) => row.id)
  })

  test('with its lineage, each wave for its own days', async () => {
    const id = await ask(
      [shares[0]!, shares[1]!],
      [question('a', shares[0]), question('b', shares[1]), question('c')],
    )
    const given = [...counts('a', 90, 110), ...counts('b', 3, 197), ...counts('c', 100, 100)]
    // Three who said yes would be given away by the share.
    expect(await add(id, 1, '2024-03-01', '2024-03-31', given)).toEqual({
      brought: [shares[0]],
      kept: [{ indicatorId: shares[1], why: 'survey_small' }],
    })
    // What was not asked measures nothing: no answer is not «no».
    expect(await add(id, 2, '2025-03-01', '2025-03-31', counts('a', 100, 100))).toEqual({
      brought: [shares[0]],
      kept: [{ indicatorId: shares[1], why: 'survey_not_asked' }],
    })
    expect(await figures(shares[0]!)).toMatchObject([
      { value: 50, from: '2025-03-01', survey: { id, wave: 2, answered: 200 }, version: 1 },
      { value: 45, from: '2024-03-01', survey: { id, wave: 1, answered: 200 } },
    ])
    const page = await app.as('school').get(`/api/surveys/${id}`)
    expect(page.body.indicators!.find((one) => String(one.id) === shares[0])!.figures).toMatchObject([
      { wave: 1, value: 45, unit: '%' },
      { wave: 2, value: 50, unit: '%' },
    ])
  })

  test('never over a figure that somebody entered, and a correction by hand stays a correction by hand', async () => {
    const by = (recordId: string, value: number, more: object, options = {}) =>
      app.as('coordinator').command(
        'indicator.collect',
        recordId,
        {
          indicatorId: shares[1],
          from: '2026-01-01',
          to: '2026-06-30',
          value,
          breakdown: [],
          evidence: 'Raport',
          ...more,
        },
        options,
      )
    const entered = uuidv7()
    expect((await by(entered, 33, {})).status).toBe(200)
    const id = await ask([shares[1]!], [question('q')])
    expect(await add(id, 1, '2026-03-01', '2026-03-31', counts('q', 100, 100))).toEqual({
      brought: [],
      kept: [{ indicatorId: shares[1], why: 'indicator_period_known' }],
    })
    expect(await figures(shares[1]!)).toMatchObject([{ id: entered, value: 33, survey: null }])

    expect((await add(id, 2, '2026-08-01', '2026-08-31', counts('q', 60, 140))).brought).toEqual([shares[1]])
    const [filled] = await figures(shares[1]!)
    expect(filled).toMatchObject({ value: 30, survey: { wave: 2 } })
    const corrected = await by(
      String(filled!.id),
      31,
      { from: '2026-08-01', to: '2026-08-31', reason: 'Një klasë mungonte' },
      { baseVersion: 1 },
    )
    expect(corrected.status, JSON.stringify(corrected.body)).toBe(200)
    expect((await figures(shares[1]!))[0]).toMatchObject({ value: 31, version: 2, survey: null })
  })

  test('a question names only an indicator of its survey', async () => {
    const reply = await app.as('coordinator').command('survey.create', uuidv7(), {
      kind: 'school',
      titleSq: 'x',
      titleEn: 'x',
      instrument: 'x',
      instrumentVersion: '1',
      population: 'x',
      indicatorIds: [],
      questions: [question('q', shares[0])],
    })
    expect(reply.body).toMatchObject({
      status: 422,
      code: 'survey_question_unknown',
      field: 'questions.0.measures',
    })
  })
})
