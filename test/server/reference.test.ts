import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '#server/context.ts'
import { makePool } from '#server/database.ts'
import { loadReference } from '#server/reference/load.ts'
import { freshDatabase, type TestDatabase } from '#test/database.ts'

let db: TestDatabase
let ctx: Context
beforeAll(async () => {
  db = await freshDatabase()
  const pool = (role: Parameters<typeof makePool>[1]) => makePool(db.url, role, { max: 1 })
  ctx = {
    pools: {
      app: pool('mb_app'),
      auth: pool('mb_auth'),
      jobs: pool('mb_jobs'),
      audit: pool('mb_audit'),
      owner: pool('mb_owner'),
    },
    clock: () => '2026-11-24T08:00:00.000Z',
    secret: Buffer.alloc(32, 1),
    identify: async () => null,
  }
})
afterAll(async () => {
  await Promise.all(Object.values(ctx.pools).map((pool) => pool.end()))
  await db.close()
})

test('the shipped country is loaded once and loading it again changes nothing', async () => {
  const first = await loadReference(ctx)
  expect(first).toMatchObject({ county: 12, municipality: 61, border_crossing: 30, rule: 51, rule_set: 1 })
  expect(first.unit).toBeGreaterThan(61)
  const cpus = await db.admin<{ n: number }>(
    "select count(distinct municipality)::int as n from unit where kind = 'cpu'",
  )
  expect(cpus[0]!.n).toBe(61)
  const again = await loadReference(ctx)
  expect(Object.values(again).every((n) => n === 0)).toBe(true)
})

test('what an administrator or a legal officer changed is kept', async () => {
  await db.admin("update unit set name_sq = 'Emër i ri' where kind = 'state_agency'")
  await db.admin("update holiday set confirmed = true, source = 'Fletorja Zyrtare' where day = '2018-09-05'")
  await db.admin("update municipality set name = 'gabim' where code = '53'")
  const again = await loadReference(ctx)
  expect(again).toMatchObject({ unit: 0, holiday: 0, municipality: 1 })
})
