import type { Generated } from 'kysely'
import type { RuleUnit, Verification } from '#domain/clock/rule.ts'
import type { ClockRecordKind } from '#domain/clock/state.ts'
import type { Day, Instant, Json, Role, Uuid } from '#domain/core.ts'

/** The tables of migration 0002. */
export interface ClockTables {
  county: { code: string; name: string; nuts3: string }
  municipality: {
    code: string
    short_code: string
    name: string
    alt_names: string[]
    seat: string
    county: string
    lau: string
    lon: number
    lat: number
    area_km2: number
    population: number
  }
  border_crossing: {
    id: string
    name: string
    other_side: string | null
    neighbour: string | null
    kind: string
    status: string
    main: boolean
    lon: number
    lat: number
    municipality: string
  }
  holiday: {
    id: Generated<Uuid>
    version: Generated<number>
    day: Day
    name_sq: string
    name_en: string
    kind: string
    effective_from: Day
    confirmed: boolean
    struck: Generated<boolean>
    source: string
  }
  rule_set: { id: string; name: string; effective_from: Day }
  rule: {
    id: Generated<Uuid>
    version: Generated<number>
    confirmed_on: Day | null
    rule_set: string
    code: string
    name: string
    trigger_said: string
    action_said: string
    actor_said: string
    amount: number
    unit: RuleUnit
    owner_role: Role
    warn_at: number
    escalation: Json
    enabled: boolean
    verification: Verification
    verification_said: string
    legal_source: string
  }
  clock: {
    id: Uuid
    rule: string
    rule_set: string
    unit_of_time: RuleUnit
    verification: Verification
    statutory: boolean
    legal_source: string
    warn_percent: number
    escalation: Json
    record_kind: ClockRecordKind
    record_id: Uuid
    unit_id: Uuid
    municipality: string | null
    owner_role: Role
    owner_user_id: Uuid | null
    started_at: Instant
    warn_at: Instant
    due_at: Instant
    first_due_at: Instant
    stopped_at: Instant | null
    paused_at: Instant | null
    warned_at: Instant | null
    breached_at: Instant | null
    breaches: Generated<number>
    extensions: Generated<number>
    escalated: Generated<number>
    next_at: Instant | null
  }
  escalation: {
    id: Uuid
    clock_id: Uuid
    rule: string
    record_kind: ClockRecordKind
    record_id: Uuid
    step: number
    role: Role
    unit_id: Uuid
    municipality: string | null
    county: string | null
    at: Instant
  }
}
