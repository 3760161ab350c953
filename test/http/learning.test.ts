/** The library and the tests over the API: two people publish, answers stay on the server, a pass is counted once a person. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { readCourses } from '#server/learning/load.ts'
import { actorOf, type CastName, castNames } from '#test/cast.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const writers = castNames.filter((name) => ['state_agency', 'coordinator'].includes(actorOf(name).role))
const [course] = readCourses()
const bank = new Map(course!.questions.map((one) => [one.id, one]))
const claim = (who: CastName, familyName: string) =>
  app.as(who).command('professional.claim', uuidv7(), {
    givenName: 'Blerta',
    familyName,
    birthYear: 1990,
    sex: 'female',
    sector: 'child_protection',
  })
const start = async (who: CastName) => {
  const id = uuidv7()
  const reply = await app.as(who).command('course.start', id, { courseId: course!.id })
  return { id, reply }
}
const openOf = async (who: CastName): Promise<Loose> =>
  (await app.as(who).get(`/api/learning/courses/${course!.id}`)).body
const submit = (who: CastName, id: string, questions: string[], right: boolean) =>
  app.as(who).command('course.submit', id, {
    answers: questions.map((questionId) => ({
      questionId,
      keys: right ? bank.get(questionId)!.right : ['a', 'b', 'c'],
    })),
  })
const questionsOf = (view: Loose): string[] => view.open!.questions!.map((one) => String(one.id))

describe('the library', () => {
  test('everybody reads what is shipped, marked as such, and acknowledges a version once', async () => {
    for (const name of castNames) {
      const { status, body } = await app.as(name).get('/api/learning')
      expect(status, name).toBe(200)
      const shipped = body.guidance!.filter((one) => String(one.state) === 'shipped')
      expect(shipped.length, name).toBe(5)
      // What is only proposed is for those who write.
      if (!writers.includes(name)) expect(body.guidance!.length, name).toBe(5)
      const guidanceId = String(shipped[0]!.id)
      const read = () => app.as(name).command('guidance.acknowledge', uuidv7(), { guidanceId })
      expect((await read()).status, name).toBe(200)
      expect((await read()).body.code, name).toBe('learning_read_already')
      const proposed = await app.as(name).command('guidance.propose', uuidv7(), {
        slug: `prove-${name}`,
        titleSq: 'Provë',
        titleEn: 'Trial',
        bodySq: 'Tekst',
        bodyEn: 'Text',
        effectiveFrom: '2026-11-24',
      })
      expect(proposed.status, name).toBe(writers.includes(name) ? 200 : 422)
    }
    const { body } = await app.as('coordinator').get('/api/learning')
    expect(body.guidance!.find((one) => one.readAt !== null)).toMatchObject({ readers: castNames.length })
    expect((await app.as('cpw-tirana').get('/api/learning')).body.guidance![0]!.readers).toBeNull()
    expect((await app.anonymous.get('/api/learning')).status).toBe(401)
  })

  test('a version is proposed by one, adopted by another, and replaces the one before; what waits is not for readers', async () => {
    const { body } = await app.as('state-agency').get('/api/learning')
    const shipped = body.guidance!.find((one) => String(one.slug) === 'three-elements')!
    const next = uuidv7()
    const text = { titleSq: 'Tre elementet', titleEn: 'The three elements', bodySq: 'I ri', bodyEn: 'New' }
    const proposed = await app.as('state-agency').command('guidance.propose', next, {
      slug: 'three-elements',
      ...text,
      effectiveFrom: '2026-12-01',
    })
    expect(proposed.body.reply).toEqual({ number: 2 })
    expect((await app.as('cpw-tirana').get(`/api/learning/guidance/${next}`)).status).toBe(404)
    const adopt = (who: CastName) => app.as(who).command('guidance.adopt', next, {})
    expect((await adopt('cpw-tirana')).status).toBe(404)
    expect((await adopt('state-agency')).body.code).toBe('needs_second_person')
    expect((await adopt('coordinator')).status).toBe(200)
    expect((await app.as('cpw-tirana').get(`/api/learning/guidance/${next}`)).body).toMatchObject({
      state: 'adopted',
      number: 2,
      proposedBy: 'Person state-agency',
      adoptedBy: 'Person coordinator',
      readAt: null,
    })
    const old = await app.as('cpw-tirana').get(`/api/learning/guidance/${String(shipped.id)}`)
    expect(old.body).toMatchObject({ state: 'superseded' })
  })
})

describe('a knowledge test', () => {
  test('asks who one is, shows questions without answers, marks on the server, and counts the pass as a participation', async () => {
    expect((await start('cpw-tirana')).reply.body.code).toBe('learning_not_linked')
    expect((await claim('cpw-tirana', 'Marku')).status).toBe(200)
    const first = await start('cpw-tirana')
    expect(first.reply.status).toBe(200)
    expect((await start('cpw-tirana')).reply.body.code).toBe('learning_attempt_open')
    const view = await openOf('cpw-tirana')
    expect(questionsOf(view)).toHaveLength(course!.drawn)
    const said = JSON.stringify(view)
    for (const one of course!.questions) {
      expect(said).not.toContain(one.whyEn)
      expect(said).not.toContain(one.whySq)
    }
    expect(said).not.toMatch(/"(right|keys|why\w*)"/)
    const failed = await submit('cpw-tirana', first.id, questionsOf(view), false)
    expect(failed.body.reply).toEqual({ percent: 0, passed: false })
    // Failed: still no answers.
    const result = (await app.as('cpw-tirana').get(`/api/learning/attempts/${first.id}`)).body
    expect(result).toMatchObject({ passed: false, answers: [] })
    expect((await submit('cpw-tirana', first.id, questionsOf(view), true)).body.code).toBe(
      'learning_attempt_done',
    )

    const second = await start('cpw-tirana')
    const questions = questionsOf(await openOf('cpw-tirana'))
    // Nobody else reads it, hands it in, or learns that it exists.
    for (const name of castNames.filter((one) => one !== 'cpw-tirana')) {
      expect((await app.as(name).get(`/api/learning/attempts/${second.id}`)).status, name).toBe(404)
      expect((await submit(name, second.id, questions, true)).status, name).toBe(404)
    }
    const passed = await submit('cpw-tirana', second.id, questions, true)
    expect(passed.body.reply).toEqual({ percent: 100, passed: true })
    const after = (await app.as('cpw-tirana').get(`/api/learning/attempts/${second.id}`)).body
    expect(after.answers).toHaveLength(course!.drawn)

    const trainings = (await app.as('cpw-tirana').get('/api/trainings')).body.items!
    expect(trainings).toMatchObject([{ mode: 'course', topic: course!.topic, participants: 1 }])
    const people = (await app.as('cpw2-tirana').get(`/api/trainings/${String(trainings[0]!.id)}`)).body.people
    expect(people).toMatchObject([{ name: 'Blerta Marku', before: 0, after: 100 }])
  })

  test('passing again, or after a training in a room, counts the same person', async () => {
    const id = uuidv7()
    await app.as('head-tirana').command('training.record', id, {
      title: 'Menaxhim rasti',
      topic: course!.topic,
      mode: 'classroom',
      from: '2026-11-02',
      to: '2026-11-02',
      sessions: 1,
      municipality: '53',
      organiser: 'ASHMDF',
    })
    const mine = (await app.as('head-tirana').get('/api/professionals')).body.items!
    await app.as('head-tirana').command('training.set_participants', id, {
      participants: mine.map((one) => ({ professionalId: String(one.id), attended: 1 })),
    })
    const third = await start('cpw-tirana')
    await submit('cpw-tirana', third.id, questionsOf(await openOf('cpw-tirana')), true)
    const { body } = await app
      .as('coordinator')
      .get(`/api/prevention/reach?by=sector&kind=training&topic=${course!.topic}`)
    expect(body.total).toMatchObject({ persons: 1, attendances: 2, records: 2 })
    // Three attempts within a day are the limit.
    expect((await start('cpw-tirana')).reply.body.code).toBe('learning_wait')
    const record = await app.as('cpw-tirana').get('/api/trainings')
    const made = record.body.items!.find((one) => String(one.mode) === 'course')!
    const strike = await app.as('cpw-tirana').command('training.strike', String(made.id), { reason: 'x' })
    expect(strike.body.code).toBe('training_made_by_course')
  })

  test('no role of the application reads an answer, by table, event or part', async () => {
    const [row] = await app.db.admin<{ may: boolean }>(
      `select bool_or(has_table_privilege(r, 'course_answer', 'SELECT') or has_any_column_privilege(r, 'course_answer', 'SELECT')) as may
       from unnest(array['mb_app', 'mb_jobs', 'mb_auth', 'mb_search', 'mb_stats', 'mb_audit']) r`,
    )
    expect(row).toEqual({ may: false })
    const parts = await app.db.admin<{ n: number }>(
      "select count(*)::int as n from event where kind = 'course_attempt' and facts::text ~ 'keys'",
    )
    expect(parts[0]!.n).toBe(0)
  })
})
