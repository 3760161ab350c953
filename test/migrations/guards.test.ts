import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate, readMigrations } from '#server/migrate.ts'
import { castSql } from '#test/cast.ts'
import { emptyDatabase, freshDatabase, type TestDatabase } from '#test/database.ts'

/** What every table of every migration must have, whoever writes it: asked of the database itself. */

let database: TestDatabase
const rows = (sql: string): Promise<Record<string, unknown>[]> => database.admin(sql)
const names = async (sql: string): Promise<string[]> => (await rows(sql)).map((row) => String(row.name))

/** Tables of ours: the job queue keeps its own schema and its own rules. */
const ours = `from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p')`

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

describe('every table', () => {
  test('there are tables to ask', async () => {
    expect((await names(`select relname as name ${ours}`)).length).toBeGreaterThan(10)
  })

  test('forces row-level security, on its owner too', async () => {
    expect(
      await names(`select relname as name ${ours} and not (relrowsecurity and relforcerowsecurity)`),
    ).toEqual([])
  })

  test('says its tier first in its comment', async () => {
    expect(
      await names(`select relname as name ${ours}
        and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '^T[0-5]: .{8,}'
        and not exists (select from pg_inherits i where i.inhrelid = c.oid)`),
    ).toEqual([])
  })

  test('belongs to mb_owner, who reaches it by a policy and not by right', async () => {
    expect(await names(`select relname as name ${ours} and c.relowner <> 'mb_owner'::regrole`)).toEqual([])
  })

  test('gives nothing to everybody', async () => {
    const open = await names(
      `select c.relname || ' ' || a.privilege_type as name ${ours.replace('where', 'cross join lateral aclexplode(c.relacl) a where')} and a.grantee = 0`,
    )
    expect(open).toEqual([])
  })

  test('is never truncated, referenced or given triggers by the application', async () => {
    const strong = await names(`select r.rolname || ' ' || c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join pg_roles r
      where n.nspname = 'public' and c.relkind in ('r', 'p') and r.rolname in ('mb_app', 'mb_jobs', 'mb_auth', 'mb_audit', 'mb_backup')
        and (has_table_privilege(r.oid, c.oid, 'TRUNCATE') or has_table_privilege(r.oid, c.oid, 'TRIGGER'))`)
    expect(strong).toEqual([])
  })
})

test('a backup role reads every row of every table and writes none', async () => {
  expect(
    await names(`select relname as name ${ours}
      and (not has_table_privilege('mb_backup', c.oid, 'SELECT')
        or has_table_privilege('mb_backup', c.oid, 'INSERT')
        or (c.relispartition = false and not exists (
          select from pg_policy p where p.polrelid = c.oid and p.polcmd in ('r', '*')
            and ('mb_backup'::regrole = any(p.polroles) or p.polroles = '{0}') and pg_get_expr(p.polqual, p.polrelid) = 'true')))`),
  ).toEqual([])
  expect(
    await names(
      `select seqrelid::regclass as name from pg_sequence where not has_sequence_privilege('mb_backup', seqrelid, 'SELECT')`,
    ),
  ).toEqual([])
})

describe('the ledger', () => {
  test.each(['event', 'event_part', 'command', 'access_record'])(
    'the application can neither change nor delete %s',
    async (table) => {
      const [row] =
        await rows(`select bool_or(has_table_privilege(r, '${table}', 'UPDATE') or has_table_privilege(r, '${table}', 'DELETE')
          or has_any_column_privilege(r, '${table}', 'UPDATE')) as may
        from unnest(array['mb_app', 'mb_jobs', 'mb_auth', 'mb_audit', 'mb_backup']) r`)
      expect(row).toEqual({ may: false })
    },
  )
})

describe('functions that act with another’s rights', () => {
  test('have a fixed search path and are not open to everybody', async () => {
    const loose =
      await names(`select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'public' and p.prosecdef
        and (not exists (select from unnest(coalesce(p.proconfig, '{}')) c where c like 'search_path=%')
             or has_function_privilege('public', p.oid, 'EXECUTE'))`)
    expect(loose).toEqual([])
  })

  test('no policy on changing rows leaves the row to a where that may be forgotten', async () => {
    expect(
      await names(`select tablename || ' ' || policyname as name from pg_policies
        where schemaname = 'public' and cmd in ('UPDATE', 'DELETE', 'ALL') and 'mb_app' = any (roles) and qual = 'true'
          and coalesce(with_check, 'true') = 'true'`),
    ).toEqual([])
  })

  test('no policy lets everybody write', async () => {
    expect(
      await names(`select tablename || ' ' || policyname as name from pg_policies
        where schemaname = 'public' and roles = '{public}' and cmd <> 'SELECT'`),
    ).toEqual([])
  })
})

describe('steps', () => {
  test('each migration runs alone on top of the one before, over a country with people in it, and again changes nothing', async () => {
    const empty = await emptyDatabase()
    const people = async () =>
      empty.admin(`select (select count(*) from institution)::int as institutions, (select count(*) from unit)::int as units,
        md5(string_agg(id::text || login || display_name || role || unit_id::text, ',' order by login)) as users from app_user`)
    try {
      const [first, ...rest] = readMigrations()
      expect((await migrate(empty.url, { upTo: first!.number })).applied).toEqual([first!.name])
      await empty.admin(castSql())
      const before = await people()
      expect(before[0]).not.toMatchObject({ units: 0 })
      for (const one of rest) {
        const done = await migrate(empty.url, { upTo: one.number })
        expect(done, one.name).toEqual({ applied: [one.name], at: one.number })
        expect(await people(), one.name).toEqual(before)
      }
      expect((await migrate(empty.url)).applied).toEqual([])
    } finally {
      await empty.close()
    }
  })
})
