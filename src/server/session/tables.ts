import type { Generated } from 'kysely'
import type { Instant, Uuid } from '#domain/core.ts'
import type { Stage } from '#domain/session.ts'

/** The tables of migration 0003. Only `systemTx(ctx, 'auth', …)` reaches them. */
export interface SessionTables {
  credential: {
    user_id: Uuid
    password_hash: string | null
    password_set_at: Instant | null
    setup_hash: Buffer | null
    setup_expires_at: Instant | null
    totp_secret: Buffer | null
    totp_pending: Buffer | null
    totp_since: Instant | null
    totp_last_step: Generated<number>
    recovery_hashes: Generated<Buffer[]>
  }
  session: {
    id: Uuid
    token_hash: Buffer
    user_id: Uuid
    stage: Stage
    created_at: Instant
    last_seen_at: Instant
    locked_at: Instant | null
    failed_unlocks: Generated<number>
    address_hash: Buffer
    agent_family: string
    revoked_at: Instant | null
    revoked_why:
      | 'signed_out'
      | 'by_owner'
      | 'by_admin'
      | 'replaced'
      | 'password'
      | 'unlocks'
      | 'expired'
      | null
  }
  access_token: {
    id: Uuid
    user_id: Uuid
    name: string
    token_hash: Buffer
    scopes: string[]
    created_at: Instant
    expires_at: Instant
    last_used_at: Instant | null
    revoked_at: Instant | null
  }
  sign_in_attempt: {
    id: Uuid
    at: Instant
    account_key: Buffer
    address_key: Buffer
    kind: AttemptKind
    ok: Generated<boolean>
    completed: Generated<boolean>
  }
}

export type AttemptKind = 'password' | 'setup' | 'totp' | 'recovery' | 'unlock'
