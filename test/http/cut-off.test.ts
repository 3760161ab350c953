/** What a lost connection leaves: nothing. The database's own process is killed in the middle of a write. */
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { unitId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { activePlan } from './case-life.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const blocked = `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
  and wait_event_type = 'Lock' and application_name = 'mburoja mb_app'`

/** Holds a table that the write comes to late, waits until it stands there, and kills it. */
const cutOffAt = async (table: string, write: () => Promise<{ status: number }>): Promise<number> => {
  const holder = new pg.Client({ connectionString: app.db.adminUrl })
  await holder.connect()
  try {
    await holder.query(`begin; lock table ${table} in access exclusive mode`)
    const writing = write()
    let pid: number | undefined
    for (let i = 0; i < 500 && pid === undefined; i++) {
      await new Promise((done) => setTimeout(done, 20))
      // From outside: within a transaction the list of processes stands still.
      pid = (await app.db.admin<{ pid: number }>(blocked))[0]?.pid
    }
    expect(pid, `the write never came to ${table}`).toBeDefined()
    await holder.query('select pg_terminate_backend($1)', [pid])
    await holder.query('rollback')
    return (await writing).status
  } finally {
    await holder.end()
  }
}

/** Every column in which the record may stand, and does. */
const traces = async (id: string): Promise<readonly string[]> => {
  const columns = await app.db.admin<{ sql: string }>(
    `select format('select %L as at where exists (select from %I where %I = $1)', c.table_name || '.' || c.column_name,
        c.table_name, c.column_name) as sql
      from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'uuid'`,
  )
  const found = await app.db.admin<{ at: string }>(columns.map(({ sql }) => sql).join(' union all '), [id])
  return found.map(({ at }) => at)
}

const report = {
  source: 'school',
  channel: 'web',
  place: { municipality: '53', text: 'Shkolla' },
  immediacy: 'high',
  concerns: ['begging'],
  narrative: 'Mungon prej dy javësh.',
  children: [{ givenName: 'Ardi' }],
}

test.each(['event', 'clock', 'command'])(
  'cut off at %s, a report leaves no trace, and the same command sends it whole',
  async (table) => {
    const [id, commandId] = [uuidv7(), uuidv7()]
    const send = () => app.as('school').command('report.create', id, report, { commandId })
    expect(await cutOffAt(table, send)).toBeGreaterThanOrEqual(500)
    expect(await traces(id)).toEqual([])
    expect(await traces(commandId)).toEqual([])
    expect((await send()).status).toBe(200)
    expect((await app.as('cpw-tirana').get(`/api/reports/${id}`)).body).toMatchObject({
      state: 'RECEIVED',
      dueAt: expect.any(String),
      named: { children: [{ givenName: 'Ardi' }] },
    })
  },
  30_000,
)

test('cut off while a referral leaves, nothing of it is sent or disclosed, and the case stands as it stood', async () => {
  const life = await activePlan(app)
  const id = uuidv7()
  const send = () =>
    app.as('cpw-tirana').command('referral.send', id, {
      caseId: life.id,
      toUnitId: unitId('shelter-tirana'),
      service: 'emergency_shelter',
      said: { needs: 'Një shtrat sonte.' },
      grounds: [{ kind: 'law', ref: 'ligji 18/2017, neni 51' }],
      objection: 'none',
    })
  const before = (await app.as('cpw-tirana').get(`/api/cases/${life.id}`)).body.version
  expect(await cutOffAt('clock', send)).toBeGreaterThanOrEqual(500)
  expect(await traces(id)).toEqual([])
  expect((await app.as('cpw-tirana').get(`/api/cases/${life.id}`)).body.version).toBe(before)
  expect((await send()).status).toBe(200)
}, 30_000)
