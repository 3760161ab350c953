/** Courses written on screen: two people publish, each version keeps its results, right answers stay with those who write. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { systemTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames } from '#test/cast.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const writers = castNames.filter((name) => ['state_agency', 'coordinator'].includes(actorOf(name).role))
const secret = 'Sepse ligji e thotë kështu, neni 17.'
const course = (over: object = {}) => ({
  slug: 'street-children',
  topic: 'identification',
  titleSq: 'Fëmijët në situatë rruge',
  titleEn: 'Children in street situations',
  summarySq: 'Si flitet me fëmijën.',
  summaryEn: 'How to talk with the child.',
  modules: [{ titleSq: 'Një', titleEn: 'One', bodySq: '## Takimi\n- qetë', bodyEn: '## Meeting\n- calmly' }],
  passPercent: 100,
  drawn: 1,
  attempts: 3,
  waitHours: 24,
  questions: [
    {
      textSq: 'Kush vendos?',
      textEn: 'Who decides?',
      options: [
        { key: 'a', sq: 'PMF', en: 'The CPW' },
        { key: 'b', sq: 'Askush', en: 'Nobody' },
      ],
      right: ['a'],
      whySq: secret,
      whyEn: 'The law says so.',
    },
  ],
  ...over,
})
const propose = async (who: CastName, body: object = course()) => {
  const id = uuidv7()
  return { id, reply: await app.as(who).command('course.propose', id, body) }
}
const read = (who: CastName, id: string, more = '') => app.as(who).get(`/api/learning/courses/${id}${more}`)

describe('writing a course', () => {
  let first = ''
  test('only those who write the library propose; what waits nobody else sees', async () => {
    for (const name of castNames) {
      if (writers.includes(name)) continue
      expect([name, (await propose(name)).reply.body.code]).toEqual([name, 'not_allowed'])
    }
    const { id, reply } = await propose('state-agency')
    expect(reply.body.reply).toEqual({ number: 1 })
    first = id
    for (const name of castNames) {
      const seen = writers.includes(name)
      expect([name, (await read(name, id)).status]).toEqual([name, seen ? 200 : 404])
      const texts = await read(name, id, '/text')
      expect([name, texts.status]).toEqual([name, seen ? 200 : 404])
      const { body } = await app.as(name).get('/api/learning')
      expect([name, body.courses!.some((one) => String(one.id) === id)]).toEqual([name, seen])
    }
    expect((await propose('coordinator')).reply.body.code).toBe('learning_proposed_already')
    expect((await read('coordinator', id, '/text')).body).toEqual(course())
  })

  test('what makes no test is refused, by field', async () => {
    const [question] = course().questions
    const asked = async (over: object) =>
      (await propose('state-agency', course({ slug: 'other', ...over }))).reply.body
    expect(await asked({ drawn: 2 })).toMatchObject({ code: 'learning_too_few_questions', field: 'drawn' })
    for (const right of [['c'], ['a', 'b'], ['a', 'a']])
      expect(await asked({ questions: [{ ...question, right }] })).toMatchObject({
        code: 'learning_right_unclear',
        field: 'questions.0.right',
      })
    for (const over of [
      { questions: [] },
      { modules: [] },
      { passPercent: 101 },
      { topic: 'nothing' },
      { slug: '../x' },
    ])
      expect(await asked(over)).toMatchObject({ status: 400 })
  })

  test('a second person publishes; a result stays with the version it was taken against', async () => {
    const adopt = (who: CastName, id: string) => app.as(who).command('course.adopt', id, {})
    expect((await adopt('school', first)).status).toBe(404)
    expect((await adopt('state-agency', first)).body.code).toBe('needs_second_person')
    expect((await adopt('coordinator', first)).status).toBe(200)
    expect((await adopt('coordinator', first)).body.code).toBe('wrong_state')

    await app.as('school').command('professional.claim', uuidv7(), {
      givenName: 'Mira',
      familyName: 'Doda',
      birthYear: 1988,
      sex: 'female',
      sector: 'education',
    })
    const attempt = uuidv7()
    await app.as('school').command('course.start', attempt, { courseId: first })
    const open = (await read('school', first)).body
    expect(JSON.stringify(open)).not.toContain(secret)
    const [asked] = (open.open as unknown as Loose).questions as unknown as Loose[]
    const handed = await app
      .as('school')
      .command('course.submit', attempt, { answers: [{ questionId: String(asked!.id), keys: ['a'] }] })
    expect(handed.body.reply).toEqual({ percent: 100, passed: true })

    const second = await propose('coordinator', course({ titleSq: 'Fëmijët në rrugë' }))
    expect(second.reply.body.reply).toEqual({ number: 2 })
    expect((await adopt('state-agency', second.id)).status).toBe(200)
    const old = (await read('school', first)).body
    expect(old).toMatchObject({ state: 'superseded', number: 1, titleSq: 'Fëmijët në situatë rruge' })
    expect((old.history as unknown as Loose[])[0]).toMatchObject({ passed: true, percent: 100 })
    const fresh = (await read('school', second.id)).body
    expect(fresh).toMatchObject({ state: 'adopted', number: 2, history: [], passedAt: null })
    expect((await app.as('school').command('course.start', uuidv7(), { courseId: first })).body.code).toBe(
      'wrong_state',
    )
    // Loading what the product ships again leaves what was written alone; nobody of the application reads the answers.
    const [kept] = await systemTx(app.ctx, 'owner', 'test: courses of the slug', (tx) =>
      tx.sql<{ n: number }>("select count(*)::int as n from course where slug = 'street-children'"),
    )
    expect(kept?.n).toBe(2)
  })

  test('what waits is withdrawn by either, stays unseen, and makes room for a better one', async () => {
    const bad = await propose('coordinator', course({ slug: 'withdrawn' }))
    expect((await app.as('police').command('course.withdraw', bad.id, {})).status).toBe(404)
    expect((await app.as('state-agency').command('course.withdraw', bad.id, {})).status).toBe(200)
    expect((await read('police', bad.id)).status).toBe(404)
    expect((await propose('coordinator', course({ slug: 'withdrawn' }))).reply.body.reply).toEqual({
      number: 2,
    })
    const text = { titleSq: 'P', titleEn: 'P', bodySq: 'T', bodyEn: 'T', effectiveFrom: '2026-12-01' }
    const procedure = uuidv7()
    await app.as('state-agency').command('guidance.propose', procedure, { slug: 'draft-only', ...text })
    expect((await app.as('coordinator').command('guidance.withdraw', procedure, {})).status).toBe(200)
    expect((await app.as('police').get(`/api/learning/guidance/${procedure}`)).status).toBe(404)
    expect((await app.as('coordinator').command('guidance.adopt', procedure, {})).body.code).toBe(
      'wrong_state',
    )
  })
})
