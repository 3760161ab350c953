import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorker } from '#server/jobs/worker.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

test('the worker makes its own schema, runs what is due at once, and ends when told', async () => {
  const told: { task: string; error?: string }[] = []
  const seal = generateKeyPairSync('ed25519').privateKey
  const worker = await startWorker({ ctx: app.ctx, seal }, { tell: (event) => told.push(event) })
  await expect.poll(() => told.map((event) => event.task), { timeout: 10_000 }).toContain('clocks')
  await worker.stop()
  expect(told.filter((event) => event.error !== undefined)).toEqual([])
  const partitions = await app.db.admin<{ n: number }>(
    "select count(*)::int as n from pg_class where relname ~ '^access_record_[0-9]{4}_[0-9]{2}$'",
  )
  expect(partitions[0]!.n).toBe(4)
})
