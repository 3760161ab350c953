/** The account behind a login, with what signing in needs of it. Read as mb_auth only. */
import type { Instant, Role, Uuid } from '#domain/core.ts'
import type { Language } from '#wire/words/index.ts'
import type { Tx } from '../tx.ts'

export interface Account {
  readonly id: Uuid
  readonly login: string
  readonly display_name: string
  readonly role: Role
  readonly language: Language
  readonly unit_id: Uuid
  readonly unit_kind: string
  readonly unit_name_sq: string
  readonly unit_name_en: string
  readonly institution_id: Uuid
  readonly municipality: string | null
  readonly county: string | null
  readonly password_hash: string | null
  readonly setup_hash: Buffer | null
  readonly setup_expires_at: Instant | null
  readonly totp_secret: Buffer | null
  readonly totp_pending: Buffer | null
  readonly totp_last_step: number
  readonly recovery_hashes: readonly Buffer[]
  /** The country is a demo: a row in the database, never a flag of the process. */
  readonly demo: boolean
}

const accountSql = (by: 'login' | 'id'): string => `
  select u.id, u.login, u.display_name, u.role, u.language, u.unit_id, n.kind as unit_kind, n.name_sq as unit_name_sq,
    n.name_en as unit_name_en, n.institution_id, n.municipality, n.county, c.password_hash, c.setup_hash,
    c.setup_expires_at, c.totp_secret, c.totp_pending, coalesce(c.totp_last_step, 0) as totp_last_step,
    coalesce(c.recovery_hashes, '{}') as recovery_hashes,
    exists (select 1 from country_setting where key = 'demo') as demo
  from app_user u join unit n on n.id = u.unit_id left join credential c on c.user_id = u.id
  where u.${by} = $1 and u.active and n.active`

const byLogin = accountSql('login')
const byId = accountSql('id')

/** Closed accounts and accounts of closed units are not found, like unknown ones. */
export const findAccount = async (tx: Tx, by: { login: string } | { id: Uuid }): Promise<Account | null> =>
  ('login' in by
    ? (await tx.sql<Account>(byLogin, [by.login]))[0]
    : (await tx.sql<Account>(byId, [by.id]))[0]) ?? null

/** Whether this country is a demo, for whoever is not signed in yet. */
export const isDemo = async (tx: Tx): Promise<boolean> =>
  (await tx.sql(`select 1 from country_setting where key = 'demo'`)).length > 0
