import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePool } from '#server/database.ts'
import { SUPERUSER, urlOf } from '#server/embedded/process.ts'
import { migrate } from '#server/migrate.ts'
import { ownersOfFunctions, roles } from '#server/roles.ts'
import { startThrowaway, type Throwaway } from '#test/throwaway.ts'

/** A PostgreSQL that somebody else runs: no superuser for us, only a login. In order, on one server of its own. */

let server: Throwaway
const ask = async (user: string, database: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: urlOf(server.run, user, database) })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
const admin = (sql: string, database = 'postgres') => ask(SUPERUSER, database, sql)

const takenUp = roles.filter((role) => !ownersOfFunctions.some((owner) => owner === role))

beforeAll(async () => {
  server = await startThrowaway()
})
afterAll(() => server.stop())

describe('with a login of a managed server', () => {
  test('that may not create roles: the missing ones are named, with what an administrator can run', async () => {
    await admin('create role plain login')
    await admin('create database plain owner plain')
    await expect(migrate(urlOf(server.run, 'plain', 'plain'))).rejects.toThrow(
      /may not create roles, and these are missing: mb_owner, .*create role mb_app nologin noinherit;/,
    )
    expect(
      await ask('plain', 'plain', "select count(*)::int as n from pg_tables where schemaname = 'public'"),
    ).toEqual([{ n: 0 }])
  })

  test('that may create roles and owns its database: it works, as an ordinary inheriting login', async () => {
    await admin('create role managed login createrole')
    await admin('create database managed owner managed')
    expect((await migrate(urlOf(server.run, 'managed', 'managed'))).applied.length).toBeGreaterThan(1)
    expect(
      await admin(`select count(*)::int as n from pg_roles where rolname = any('{${roles.join()}}')
      and not (rolsuper or rolbypassrls or rolcanlogin)`),
    ).toEqual([{ n: roles.length }])
    const pool = makePool(urlOf(server.run, 'managed', 'managed'), 'mb_app', { max: 1 })
    try {
      expect((await pool.query('select current_user')).rows).toEqual([{ current_user: 'mb_app' }])
      await expect(pool.query('update event set type = $1', ['x'])).rejects.toThrow(/permission denied/)
    } finally {
      await pool.end()
    }
  })

  test('that may do nothing but take up roles an administrator granted: it works', async () => {
    await admin('create role granted login noinherit')
    await admin('create database granted')
    for (const role of takenUp) await admin(`grant ${role} to granted`)
    await admin(
      `grant create, temporary on database granted to mb_owner; grant usage on schema public to ${roles.join(', ')};
       grant create on schema public to mb_owner, ${ownersOfFunctions.join(', ')}`,
      'granted',
    )
    expect((await migrate(urlOf(server.run, 'granted', 'granted'))).applied.length).toBeGreaterThan(1)
  })

  test('that lacks a right on the database: the refused statement is named', async () => {
    await admin('create role poor login noinherit')
    await admin('create database poor')
    for (const role of takenUp) await admin(`grant ${role} to poor`)
    await expect(migrate(urlOf(server.run, 'poor', 'poor'))).rejects.toThrow(
      /lacks a right|permission denied/,
    )
  })

  test('where a role of ours bypasses row-level security: refused until that is mended', async () => {
    await admin('alter role mb_app bypassrls')
    await expect(migrate(urlOf(server.run, 'managed', 'managed'))).rejects.toThrow(
      /mb_app is superuser or bypasses/,
    )
    await admin('alter role mb_app nobypassrls')
    expect((await migrate(urlOf(server.run, 'managed', 'managed'))).applied).toEqual([])
  })

  test('where nobody answers, or the password is wrong: one sentence', async () => {
    await expect(migrate('postgresql://nobody@127.0.0.1:9/absent')).rejects.toThrow(
      /does not answer.*Check DATABASE_URL/,
    )
  })
})
