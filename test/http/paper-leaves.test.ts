/** What a paper carries out of the unit: never more than may leave. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPdf } from '#test/pdf-text.ts'
import { words } from '#wire/words/index.ts'
import { activePlan, type Life } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
let life: Life
beforeAll(async () => {
  app = await testApp()
  life = await activePlan(app)
  await app.db.admin(
    `insert into person_sensitive (id) select person_id from case_file where id = $1 on conflict do nothing`,
    [life.id],
  )
})
afterAll(() => app.close())

const said = async (kind: string): Promise<string> => {
  const reply = await app.fastify.inject({
    url: `/api/cases/${life.id}/documents/${kind}.pdf?lang=sq`,
    headers: { 'x-test-as': 'cpw-tirana' },
  })
  expect(reply.statusCode, kind).toBe(200)
  return readPdf(reply.rawPayload)
    .pages.flatMap((page) => page.pieces)
    .map((piece) => piece.text)
    .join(' ')
}

test('to another unit goes the identified file; what is sensitive goes by referral, once the child was asked', async () => {
  const { personal_number: number, sensitive_apart: apart } = words.sq.document
  const [own, moved] = [await said('case_file'), await said('transfer')]
  expect([own, moved].map((one) => one.includes(number))).toEqual([true, false])
  expect([own, moved].map((one) => one.includes(apart))).toEqual([false, true])
})
