/** Accounts from outside the browser: the command line's `user add`, and the demo country's fixed logins. */
import { decideAddUser, decideIssueSetupCode, type UnitState } from '#domain/admin.ts'
import { type Role, roles, type Uuid } from '#domain/core.ts'
import { setupLifetime } from '#domain/session.ts'
import { append } from '../append.ts'
import type { Context } from '../context.ts'
import { Fault } from '../fault.ts'
import { newSetupCode } from '../session/codes.ts'
import { hashPassword } from '../session/hashing.ts'
import { codeHash } from '../session/sign-in.ts'
import { systemTx, type WriteTx } from '../tx.ts'
import { say } from '../words.ts'

export interface NewUser {
  readonly login: string
  readonly role: Role
  /** Id, name, or `kind-municipality` such as `cpu-53`; must mean exactly one unit. */
  readonly unit: string
  readonly displayName?: string
  readonly language?: 'sq' | 'en'
  /** A fixed id, for a demo country that is the same each time. */
  readonly id?: Uuid
}

export interface AddedUser {
  readonly id: Uuid
  readonly login: string
  /** Sets the first password at `/app/sign-in`; shown here and nowhere else. */
  readonly setupCode: string
  readonly expiresAt: string
}

const findUnit = async (tx: WriteTx, said: string): Promise<UnitState> => {
  const rows = await tx.sql<UnitState & { name: string }>(
    `select id, kind, active, name_sq || ' (' || kind || coalesce('-' || municipality, '') || ')' as name from unit
     where id::text = $1 or name_sq = $1 or name_en = $1 or kind || '-' || municipality = $1 or kind = $1
     order by name_sq limit 9`,
    [said],
  )
  if (rows.length === 0) throw new Fault(`There is no unit “${said}”.`)
  if (rows.length > 1)
    throw new Fault(`“${said}” means several units: ${rows.map((row) => row.name).join('; ')}. Name one.`)
  return rows[0]!
}

const insertUser = async (tx: WriteTx, user: NewUser): Promise<Uuid> => {
  if (!roles.includes(user.role))
    throw new Fault(`There is no role “${user.role}”. Roles: ${roles.join(', ')}.`)
  const unit = await findUnit(tx, user.unit)
  const displayName = user.displayName ?? user.login
  const decision = decideAddUser(unit, { login: user.login, displayName, role: user.role }, tx.stamp)
  if (!decision.ok) throw new Fault(say('en', `refusal.${decision.refusal.code}`, decision.refusal.params))
  const id = user.id ?? tx.stamp.newId()
  const rows = await tx.sql(
    `insert into app_user (id, login, display_name, role, unit_id, language) values ($1, $2, $3, $4, $5, $6)
     on conflict (login) do nothing returning id`,
    [id, user.login, displayName, user.role, unit.id, user.language ?? 'sq'],
  )
  if (rows.length === 0) throw new Fault(`The login “${user.login}” is already used.`)
  await append(tx, { kind: 'app_user', id, version: 0 }, decision.events)
  return id
}

const checkLogin = (login: string): void => {
  if (!/^[a-z0-9][a-z0-9._-]{1,62}$/.test(login))
    throw new Fault(`“${login}” cannot be a login: 2 to 63 letters a–z, digits, dot, hyphen or underscore.`)
}

/** Add an account that waits for its first sign-in. Throws a `Fault` with a sentence. */
export const addUser = (ctx: Context, user: NewUser): Promise<AddedUser> => {
  checkLogin(user.login)
  return systemTx(ctx, 'owner', 'add a user from the command line', async (tx) => {
    const id = await insertUser(tx, user)
    const code = newSetupCode()
    const expiresAt = new Date(Date.parse(tx.now) + setupLifetime).toISOString()
    await tx.sql('insert into credential (user_id, setup_hash, setup_expires_at) values ($1, $2, $3)', [
      id,
      codeHash(ctx, id, code),
      expiresAt,
    ])
    const state = { id, role: user.role, unitId: user.unit, active: true }
    const issued = decideIssueSetupCode(state, expiresAt, tx.stamp)
    if (issued.ok) {
      const version = await append(tx, { kind: 'app_user', id, version: 1 }, issued.events)
      await tx.sql('update app_user set version = $2 where id = $1', [id, version])
    }
    return { id, login: user.login, setupCode: code, expiresAt }
  })
}

/**
 * The demo country's accounts, all with one known password. Refuses in any database that is not marked as a demo,
 * so a real register can never come to have it. Accounts that exist already keep everything but get the password.
 */
export const addDemoUsers = async (
  ctx: Context,
  users: readonly NewUser[],
  password: string,
): Promise<void> => {
  // One hash for all: they share the password anyway, and each would take a tenth of a second.
  const hash = await hashPassword(password)
  await systemTx(ctx, 'owner', 'add the accounts of the demo country', async (tx) => {
    const demo = await tx.sql(`select 1 from country_setting where key = 'demo'`)
    if (demo.length === 0) throw new Fault('This is not a demo country: its accounts get no shared password.')
    for (const user of users) {
      checkLogin(user.login)
      const [known] = await tx.sql<{ id: Uuid }>('select id from app_user where login = $1', [user.login])
      const id = known?.id ?? (await insertUser(tx, user))
      await tx.sql(
        `insert into credential (user_id, password_hash, password_set_at) values ($1, $2, $3)
         on conflict (user_id) do update set password_hash = $2, password_set_at = $3`,
        [id, hash, tx.now],
      )
    }
  })
}
