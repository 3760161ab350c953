import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { migrate } from '#server/migrate.ts'
import { roles } from '#server/roles.ts'
import { emptyDatabase, freshDatabase, type TestDatabase } from '#test/database.ts'

let database: TestDatabase
let directory: string
const used: TestDatabase[] = []

const put = (name: string, sql: string): void => writeFileSync(join(directory, name), sql)
const rows = (sql: string): Promise<Record<string, unknown>[]> => database.admin(sql)

beforeEach(async () => {
  database = await emptyDatabase()
  used.push(database)
  directory = mkdtempSync(join(tmpdir(), 'mb-migrations-'))
  put(
    '0001_first.sql',
    'create table bell (id int primary key, said text); insert into bell values (1, $$ding$$);',
  )
})
afterEach(() => rmSync(directory, { recursive: true }))
afterAll(async () => {
  for (const one of used) await one.close()
})

test('runs each file once, as the owner, and says where it stands', async () => {
  put('0002_second.sql', 'alter table bell add column loud boolean not null default true;')
  expect(await migrate(database.url, { directory })).toEqual({
    applied: ['0001_first', '0002_second'],
    at: 2,
  })
  expect(await migrate(database.url, { directory })).toEqual({ applied: [], at: 2 })
  expect(await rows('select said, loud from bell')).toEqual([{ said: 'ding', loud: true }])
  expect(await rows("select tableowner from pg_tables where tablename = 'bell'")).toEqual([
    { tableowner: 'mb_owner' },
  ])
})

test('one step at a time: rows in, one migration, rows out', async () => {
  put('0002_louder.sql', 'alter table bell add column loud boolean; update bell set loud = true;')
  expect((await migrate(database.url, { directory, upTo: 1 })).at).toBe(1)
  await rows("insert into bell values (2, 'dong')")
  await migrate(database.url, { directory })
  expect(await rows('select id, loud from bell order by id')).toEqual([
    { id: 1, loud: true },
    { id: 2, loud: true },
  ])
})

test('two starts at once: one migrates, the other waits and finds nothing to do', async () => {
  put('0002_slow.sql', 'select pg_sleep(0.5); create table slow (id int);')
  const both = await Promise.all([migrate(database.url, { directory }), migrate(database.url, { directory })])
  expect(both.map((one) => one.applied.length).sort()).toEqual([0, 2])
})

test('an edited, lost or slipped-in file is refused, and nothing changes', async () => {
  put('0003_third.sql', 'create table third (id int);')
  await migrate(database.url, { directory })
  put('0002_late.sql', 'drop table bell;')
  await expect(migrate(database.url, { directory })).rejects.toThrow(/0002_late stands before 0003_third/)
  rmSync(join(directory, '0002_late.sql'))
  put('0001_first.sql', 'create table bell (id int primary key);')
  await expect(migrate(database.url, { directory })).rejects.toThrow(/0001_first was edited/)
  put(
    '0001_first.sql',
    'create table bell (id int primary key, said text); insert into bell values (1, $$ding$$);',
  )
  rmSync(join(directory, '0003_third.sql'))
  await expect(migrate(database.url, { directory })).rejects.toThrow(/newer than this version.*0003_third/)
  expect(await rows('select said from bell')).toEqual([{ said: 'ding' }])
})

test('a migration that fails leaves nothing of itself and names its line', async () => {
  put('0002_bad.sql', 'create table half (id int);\n\nalter table absent add column x int;')
  await expect(migrate(database.url, { directory })).rejects.toThrow(/0002_bad failed.*absent/)
  expect(
    await rows("select to_regclass('half') as half, (select count(*)::int from schema_migration) as n"),
  ).toEqual([{ half: null, n: 1 }])
})

test('no role of ours is superuser, bypasses policies or signs in; the login inherits none', async () => {
  await migrate(database.url, { directory })
  expect(
    await rows(`select count(*)::int as n from pg_roles where rolname like 'mb\\_%'
      and not (rolsuper or rolbypassrls or rolcanlogin or rolinherit or rolcreaterole or rolcreatedb)`),
  ).toEqual([{ n: roles.length }])
  const may = await rows(
    "select rolname from pg_roles where rolname like 'mb\\_%' and pg_has_role('mburoja', oid, 'usage') order by 1",
  )
  expect(may, 'taken up only by name, never inherited').toEqual([])
})

test('the migrated template is there for tests', async () => {
  const copy = await freshDatabase()
  used.push(copy)
  expect(await copy.admin('select 1 as one')).toEqual([{ one: 1 }])
})
