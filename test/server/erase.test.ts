import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { verifyLedger } from '#server/ledger.ts'
import { erase } from '#server/retention/erase.ts'
import { activePlan } from '#test/http/case-life.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

const { privateKey: key } = generateKeyPairSync('ed25519')
let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const report = {
  source: 'cpu',
  channel: 'phone',
  immediacy: 'ordinary',
  concerns: ['begging'],
  place: { municipality: '53', text: 'Rruga e Fshehur 7' },
  narrative: 'Rrëfimi që fshihet.',
  children: [{ givenName: 'Fshehurina', familyName: 'Provë', sex: 'female' }],
  reporter: { name: 'Dëshmitari', mayCallBack: true },
}

/** Every text column of every table, searched for words that must be gone. */
const stillThere = async (words: string): Promise<string[]> => {
  const columns = await app.db.admin<{ at: string; t: string; c: string }>(
    `select table_name as t, column_name as c from information_schema.columns
     where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY') and table_name not like 'access_record_%'`,
  )
  const looks = columns.map(
    ({ t, c }) => `select '${t}.${c}' as at from "${t}" where "${c}"::text like '%${words}%'`,
  )
  return (await app.db.admin<{ at: string }>(looks.join(' union '))).map((row) => row.at)
}

test('what a report holds of people goes from every table, and the ledger still verifies', async () => {
  const id = uuidv7()
  expect((await app.as('cpw-tirana').command('report.create', id, report)).status).toBe(200)
  expect(await stillThere('Fshehur')).not.toEqual([])
  const erased = await erase(app.ctx, { kind: 'report', id, rule: 'retention 2y', by: 'dpo' })
  expect(erased.parts).toBeGreaterThan(0)
  expect(await stillThere('Fshehur')).toEqual([])
  expect(await stillThere('Rrëfimi që')).toEqual([])
  expect(await stillThere('Dëshmitari')).toEqual([])
  const seen = await verifyLedger(app.ctx, key)
  expect(seen).toMatchObject({ ok: true, broken: null })
  expect(seen.erased).toBe(erased.parts)
  // The record lives on without them: the next act decides on the version that stands.
  const next = await app.as('cpw-tirana').command('report.add', id, { text: 'Më pas.' })
  expect(next.status, JSON.stringify(next.body)).toBe(200)
})

test('a case goes whole, and only by somebody who answers for it', async () => {
  const { id } = await activePlan(app)
  await expect(
    erase(app.ctx, { kind: 'case_file', id, rule: 'retention 25y', by: 'nobody' }),
  ).rejects.toThrow('nobody')
  await expect(
    erase(app.ctx, { kind: 'case_file', id: uuidv7(), rule: 'retention 25y', by: 'dpo' }),
  ).rejects.toThrow('There is no')
  expect(
    (await erase(app.ctx, { kind: 'case_file', id, rule: 'retention 25y', by: 'dpo' })).records,
  ).toBeGreaterThan(0)
  expect(await verifyLedger(app.ctx, key)).toMatchObject({ ok: true })
})

test('the retention role deletes nothing that no Erased event names, and nobody else erases', async () => {
  const id = uuidv7()
  await app.as('cpw-tirana').command('report.create', id, report)
  const client = await app.ctx.pools.owner.connect()
  try {
    await client.query('begin')
    await client.query('set local role mb_retention')
    expect((await client.query('delete from event_part where record_id = $1', [id])).rowCount).toBe(0)
    await expect(client.query("select erase_rows('report', $1)", [id])).rejects.toMatchObject({
      code: '42501',
    })
  } finally {
    await client.query('rollback')
    client.release()
  }
  await expect(app.ctx.pools.app.query("select erase_rows('report', $1)", [id])).rejects.toMatchObject({
    code: '42501',
  })
})
