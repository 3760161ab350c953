import type { Generated } from 'kysely'
import type { Capacity, ConsentPurpose } from '#domain/consent.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import type { PacketField, RecipientKind, ReferralService } from '#domain/referral/packet.ts'
import type {
  DeclineReason,
  Ground,
  ReferralActName,
  ReferralOutcome,
  ReferralState,
  WithdrawReason,
} from '#domain/referral.ts'

interface PacketTable {
  referral_id: Uuid
  field: PacketField
  /** JSON as text on the way in, parsed on the way out. */
  body: string
}

/** The tables of migration 0006. */
export interface ReferralTables {
  consent: {
    id: Uuid
    case_id: Uuid
    unit_id: Uuid
    purpose: ConsentPurpose
    recipients: RecipientKind[]
    fields: PacketField[]
    capacity: Capacity
    number: number
    language: string
    given_at: Instant
    valid_until: Instant | null
    withdrawn_at: Generated<Instant | null>
    version: number
  }
  consent_named: {
    id: Uuid
    given_by: string
    explained_by: string
    withdrawal_note: Generated<string | null>
  }
  referral: {
    id: Uuid
    version: number
    code: string
    state: ReferralState
    case_id: Uuid | null
    from_unit_id: Uuid
    to_unit_id: Uuid
    sent_by: Uuid
    recipient_kind: RecipientKind
    service: ReferralService
    fields: PacketField[]
    sent_fields: PacketField[]
    sent_at: Instant
    ack_due_at: Instant | null
    answer_due_at: Instant | null
    acknowledged_at: Instant | null
    decided_at: Instant | null
    service_started_at: Instant | null
    closed_at: Instant | null
    access_ended_at: Instant | null
    escalated_at: Instant | null
    decline_reason: DeclineReason | null
    outcome: ReferralOutcome | null
    withdraw_reason: Generated<WithdrawReason | null>
    action_id: Uuid | null
    entry_id: Uuid | null
  }
  referral_ground: {
    referral_id: Uuid
    n: number
    kind: Ground['kind']
    ref: string
    scope: PacketField[]
    version: number
    ended_at: Instant | null
  }
  referral_packet: PacketTable
  referral_packet_sensitive: PacketTable
  referral_reply: {
    id: Uuid
    referral_id: Uuid
    at: Instant
    unit_id: Uuid
    act: ReferralActName
    body: string
  }
  notice: {
    id: Uuid
    at: Instant
    unit_id: Uuid | null
    role: string | null
    code: string
    record_kind: string
    record_id: Uuid
    label: string
    read_at: Generated<Instant | null>
    user_id: Generated<Uuid | null>
    told_at: Generated<Instant | null>
  }
}
