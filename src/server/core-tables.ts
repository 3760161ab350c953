import type { Generated } from 'kysely'
import type { Instant, Json, Uuid } from '#domain/core.ts'

/** The tables of migration 0001. `Json` columns are written as text (`JSON.stringify`) and read back parsed. */
export interface CoreTables {
  institution: { id: Uuid; kind: string; name_sq: string; name_en: string; active: Generated<boolean> }
  unit: {
    id: Uuid
    institution_id: Uuid
    kind: string
    name_sq: string
    name_en: string
    municipality: string | null
    county: string | null
    phone: string | null
    active: Generated<boolean>
  }
  app_user: {
    id: Uuid
    login: string
    display_name: string
    role: string
    unit_id: Uuid
    language: Generated<string>
    active: Generated<boolean>
    version: Generated<number>
  }
  country_setting: { key: string; value: Json }
  command: {
    id: Uuid
    actor_id: Uuid
    type: string
    payload_hash: Buffer
    status: number
    reply: Json
    at: Instant
  }
  draft: { user_id: Uuid; key: string; sealed: Buffer; updated_at: Instant }
  record_head: { record_id: Uuid; kind: string; version: number; hash: Buffer }
  event: {
    id: Uuid
    record_id: Uuid
    kind: string
    seq: number
    type: string
    v: number
    facts: Json
    touches: string[]
    digests: string
    occurred_at: Instant
    recorded_at: Instant
    actor_id: Uuid
    unit_id: Uuid | null
    role: string
    command_id: Uuid | null
    prev: Buffer
    hash: Buffer
  }
  event_part: {
    event_id: Uuid
    tier: string
    name: string
    record_id: Uuid
    kind: string
    body: Json
    salt: Buffer
  }
  access_record: {
    id: Uuid
    at: Instant
    actor_id: Uuid | null
    unit_id: Uuid | null
    role: string | null
    act: string
    kind: string
    record_id: Uuid | null
    ids: Generated<Uuid[]>
    tier: string | null
    purpose: string | null
    term_hash: Buffer | null
    code: string | null
  }
}
