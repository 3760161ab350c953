/**
 * Roles of the database and what each may reach at all; rows are ruled by the policies of the migrations.
 * None is superuser, none bypasses row-level security, none signs in: one login takes them up by SET ROLE.
 * Works with a superuser and with a managed server's login that may create roles (PostgreSQL 15 to 18).
 */
import type pg from 'pg'
import { Fault } from './fault.ts'

export const roles = [
  'mb_owner',
  'mb_app',
  'mb_jobs',
  'mb_auth',
  'mb_search',
  'mb_stats',
  'mb_audit',
  'mb_retention',
  'mb_backup',
] as const
export type DatabaseRole = (typeof roles)[number]

/** These two only own functions that search and count: nobody takes them up but the owner, while migrating. */
export const ownersOfFunctions = ['mb_search', 'mb_stats'] as const satisfies readonly DatabaseRole[]
const takenUp = roles.filter((role) => !ownersOfFunctions.some((owner) => owner === role))

interface RoleRow {
  readonly rolname: string
  readonly rolsuper: boolean
  readonly rolbypassrls: boolean
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

/**
 * Makes sure that the roles exist, that `login` may take them up, and that they reach this database. Idempotent,
 * and safe when two starts run it at once. `client` is connected to the product's database.
 */
export const bootstrapRoles = async (client: pg.ClientBase, login: string): Promise<void> => {
  const { rows: present } = await client.query<RoleRow>(
    'select rolname, rolsuper, rolbypassrls from pg_roles where rolname = any($1)',
    [roles],
  )
  const strong = present.find((role) => role.rolsuper || role.rolbypassrls)
  if (strong !== undefined)
    throw new Fault(
      `The database role ${strong.rolname} is superuser or bypasses row-level security: take that away (alter role ${strong.rolname} nosuperuser nobypassrls) and start again.`,
    )
  const missing = roles.filter((role) => !present.some((one) => one.rolname === role))
  if (missing.length > 0) await mayCreateRoles(client, missing)
  for (const role of missing)
    await once(client, `create role ${role} nologin noinherit nocreatedb nocreaterole`)
  await letTakeUp(client, 'mb_owner', ownersOfFunctions)
  await letTakeUp(client, login, takenUp)
  await grantDatabase(client)
}

const mayCreateRoles = async (client: pg.ClientBase, missing: readonly string[]): Promise<void> => {
  const { rows } = await client.query<{ may: boolean }>(
    'select rolsuper or rolcreaterole as may from pg_roles where rolname = current_user',
  )
  if (rows[0]?.may !== true)
    throw new Fault(
      `The login of DATABASE_URL may not create roles, and these are missing: ${missing.join(', ')}. Give it CREATEROLE, or let an administrator run: ${missing
        .map((role) => `create role ${role} nologin noinherit;`)
        .join(' ')}`,
    )
}

/** Grants what is not granted yet: asking again would fail for a login that holds the role but may not pass it on. */
const letTakeUp = async (client: pg.ClientBase, member: string, wanted: readonly string[]): Promise<void> => {
  const { rows: version } = await client.query<{ n: number }>(
    "select current_setting('server_version_num')::int as n",
  )
  const options = (version[0]?.n ?? 0) >= 160_000
  // PostgreSQL 16 tells “may take up” (SET) from “is a member”: whoever creates a role is a member without it.
  const { rows } = await client.query<{ role: string }>(
    `select r as role from unnest($2::text[]) r
      where not exists (
        select from pg_auth_members m
         where m.roleid = r::regrole and m.member = $1::regrole ${options ? 'and m.set_option' : ''})`,
    [quote(member), wanted],
  )
  const { rows: self } = await client.query<{ strong: boolean }>(
    'select rolsuper as strong from pg_roles where rolname = $1',
    [member],
  )
  if (self[0]?.strong === true) return
  for (const { role } of rows)
    await once(client, `grant ${role} to ${quote(member)}${options ? ' with inherit false, set true' : ''}`)
}

/** Runs a statement whose only harmless fault is that another start did the same a moment ago. */
const once = async (client: pg.ClientBase, statement: string): Promise<void> => {
  const harmless = new Set(['42710', '23505', 'XX000'])
  for (let turn = 0; ; turn += 1) {
    try {
      await client.query(statement)
      return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (code === '42501')
        throw new Fault(
          `The login of DATABASE_URL lacks a right: “${statement}” was refused. An administrator can run it.`,
        )
      if (!harmless.has(code)) throw error
      if (code !== 'XX000') return
      // "tuple concurrently updated": the other start holds the same catalogue row; it is done in a moment.
      if (turn > 20) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** The owner builds in `public`; everybody else may only look into it. Strangers lose what PostgreSQL gives by default. */
const grantDatabase = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<{ name: string; done: boolean }>(
    `select current_database() as name,
            has_database_privilege('mb_owner', current_database(), 'create')
        and has_schema_privilege('mb_owner', 'public', 'create')
        and (select bool_and(has_schema_privilege(r, 'public', 'create')) from unnest($1::text[]) r)
        and has_schema_privilege('mb_app', 'public', 'usage') as done`,
    [ownersOfFunctions],
  )
  const name = quote(rows[0]?.name ?? '')
  if (rows[0]?.done === true) return
  await once(client, `revoke temporary on database ${name} from public`)
  await once(client, `grant connect on database ${name} to ${roles.join(', ')}`)
  await once(client, `grant create, temporary on database ${name} to mb_owner`)
  // `public` belongs to whoever owns the database; a login that inherits nothing has to say so.
  const { rows: owner } = await client.query<{ member: boolean }>(
    `select pg_has_role(current_user, 'pg_database_owner', 'member')
        and not (select rolsuper from pg_roles where rolname = current_user) as member`,
  )
  if (owner[0]?.member === true) await client.query('set role pg_database_owner')
  await once(client, `grant usage on schema public to ${roles.join(', ')}`)
  await once(client, `grant create on schema public to mb_owner, ${ownersOfFunctions.join(', ')}`)
  await client.query('reset role')
}
