/** What waits for those who hear, keep data safe and review stands in their work list, and leaves it when it is done. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, castNames } from '#test/cast.ts'
import { openFor } from './case-life.ts'
import { noon, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  app.setClock(noon)
})
afterAll(() => app.close())

const must = async (who: CastName, type: string, id: string, body: object, baseVersion?: number) => {
  const reply = await app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  expect(reply.status, `${type} ${JSON.stringify(reply.body)}`).toBe(200)
}
const kindsOf = async (who: CastName): Promise<string[]> => {
  const { status, body } = await app.as(who).get('/api/work?limit=100')
  expect(status, who).toBe(200)
  const items = body.items as unknown as { kind: string; title: string; path: string }[]
  for (const item of items) expect(`${item.title}`, who).not.toMatch(/workTask|task_/)
  return items.map((item) => item.kind)
}

test('a complaint waits for the office, a breach for the officer of data, a drawn file for its reviewer', async () => {
  const [complaint, breach] = [uuidv7(), uuidv7()]
  await must('field-tirana', 'complaint.enter', complaint, {
    body: 'school',
    by: 'child',
    discrimination: 'no',
    language: 'sq',
    narrative: 'Mësuesja nuk e la në klasë.',
    receipt: { code: 'ABCDEFGHJKMN', secret: 'ABCDEFGH' },
  })
  await must('dpo', 'privacy.record_breach', breach, {
    kinds: ['confidentiality'],
    tiers: ['T3'],
    persons: 1,
    children: true,
    happenedAt: null,
    knownAt: noon,
    risk: 'some',
    text: 'Një letër te marrësi i gabuar.',
  })
  await openFor(app, 'cpw-tirana')
  await must('head-tirana', 'supervision.draw_reviews', uuidv7(), { size: 1, dueOn: '2026-12-10' })

  expect(await kindsOf('state-agency')).toContain('complaint')
  expect(await kindsOf('dpo')).toContain('privacy')
  expect(await kindsOf('head-tirana')).toContain('file_review')
  for (const who of castNames.filter((name) => !['state-agency', 'dpo', 'head-tirana'].includes(name)))
    for (const kind of ['complaint', 'privacy', 'file_review'])
      expect(await kindsOf(who), who).not.toContain(kind)

  await must('state-agency', 'complaint.take', complaint, {}, 1)
  const [mine] = (await app.as('state-agency').get('/api/work?kind=complaint')).body.items as unknown as {
    title: string
    path: string
  }[]
  expect(mine).toMatchObject({ path: `/complaints/${complaint}` })
})
