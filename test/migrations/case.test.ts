import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { withWriteTx } from '#server/tx.ts'
import { actorOf } from '#test/cast.ts'
import { openFor } from '#test/http/case-life.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
let id: string
beforeAll(async () => {
  app = await testApp()
  id = (await openFor(app, 'cpw-tirana')).caseId
})
afterAll(() => app.close())

const run = (sql: string, values: unknown[] = []) =>
  withWriteTx(app.ctx, actorOf('cpw-tirana'), { commandId: uuidv7() }, (tx) => tx.sql(sql, values))

describe('what the database keeps by itself', () => {
  test('a case changes only in the transaction of its event', async () => {
    await expect(run('update case_file set version = version + 1 where id = $1', [id])).rejects.toThrow(
      /policy/,
    )
    await expect(run("update case_file set status = 'CLOSED' where id = $1", [id])).rejects.toThrow(
      /permission denied/,
    )
    await expect(
      run(`select save_case(to_jsonb(c) || '{"version": 99}') from case_file c where id = $1`, [id]),
    ).rejects.toThrow(/together with its event/)
    await expect(run("select set_case_vmt($1, 99, 'vmt')", [id])).rejects.toThrow(/together with its event/)
  })

  test('nothing of a case is deleted by the application', async () => {
    for (const table of ['case_file', 'case_text', 'case_note', 'plan', 'protection_measure', 'follow_up'])
      await expect(run(`delete from ${table}`)).rejects.toThrow(/permission denied/)
  })

  test('impossible rows are refused', async () => {
    const set = (change: string) => app.db.admin(`update case_file set ${change} where id = $1`, [id])
    await expect(set("status = 'CLOSED'")).rejects.toThrow(/check/)
    await expect(set('manager_id = null')).rejects.toThrow(/check/)
    await expect(set("risk_level = 'extreme'")).rejects.toThrow(/check/)
    await expect(set("code = 'no'")).rejects.toThrow(/check/)
  })

  test('an opening that is rolled back gives its number back', async () => {
    const next = () => run("select next_case_code('61', 2026) as code") as Promise<{ code: string }[]>
    await expect(
      withWriteTx(app.ctx, actorOf('cpw-tirana'), { commandId: uuidv7() }, async (tx) => {
        await tx.sql("select next_case_code('61', 2026)")
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect((await next())[0]?.code).toMatch(/-2026-0001$/)
    expect((await next())[0]?.code).toMatch(/-2026-0002$/)
  })
})
