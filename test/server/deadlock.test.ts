import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { withWriteTx } from '#server/tx.ts'
import { actorOf } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

test('two writers who take the same locks in opposite order both end well', async () => {
  let begun = 0
  const meet = Promise.withResolvers<void>()
  const write = (first: number, second: number) =>
    withWriteTx(app.ctx, actorOf('cpw-tirana'), { commandId: uuidv7() }, async (tx) => {
      await tx.sql('select pg_advisory_xact_lock($1)', [first])
      begun += 1
      if (begun === 2) meet.resolve()
      await meet.promise
      await tx.sql('select pg_advisory_xact_lock($1)', [second])
      return first
    })
  expect(await Promise.all([write(1, 2), write(2, 1)])).toEqual([1, 2])
  expect(begun).toBe(3)
})
