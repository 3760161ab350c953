/** What a referral is and what can happen to it: states, reasons, grounds, events. */
import type { DomainEvent, Instant, Uuid } from '../core.ts'
import type { PacketField, RecipientKind, ReferralService } from './packet.ts'

export const referralStates = [
  'DRAFT',
  'SENT',
  'ACKNOWLEDGED',
  'ACCEPTED',
  'IN_SERVICE',
  'COMPLETED',
  'DECLINED',
  'EXPIRED',
  'WITHDRAWN',
] as const
export type ReferralState = (typeof referralStates)[number]
export const openStates = [
  'SENT',
  'ACKNOWLEDGED',
  'ACCEPTED',
  'IN_SERVICE',
] as const satisfies ReferralState[]
export const isOpen = (state: ReferralState): boolean => (openStates as readonly string[]).includes(state)

export const declineReasons = [
  'no_place',
  'cannot_meet_need',
  'not_safe',
  'not_our_area',
  'needs_more_information',
  'other',
] as const
export type DeclineReason = (typeof declineReasons)[number]

export const referralOutcomes = ['met', 'partly_met', 'not_met', 'did_not_come', 'stopped'] as const
export type ReferralOutcome = (typeof referralOutcomes)[number]

export const withdrawReasons = [
  'no_longer_needed',
  'other_service_found',
  'sent_by_mistake',
  'not_safe',
  'asked_by_child',
  'asked_by_guardian',
] as const
export type WithdrawReason = (typeof withdrawReasons)[number]

/** Why a field may be given. `scope` names the fields it covers, `version` what it was when the packet left:
 * of the consent, its number; of a law or a safety reason, 1. `ref` is the article, the reason code or the consent. */
export type Ground = {
  readonly kind: 'law' | 'safety' | 'consent'
  readonly ref: string
  readonly scope: readonly PacketField[]
  readonly version: number
  readonly endedAt: Instant | null
}
export const groundKinds = ['law', 'safety', 'consent'] as const

export interface Referral {
  readonly id: Uuid
  readonly version: number
  readonly code: string
  readonly state: ReferralState
  readonly caseId: Uuid | null
  readonly fromUnitId: Uuid
  readonly toUnitId: Uuid
  readonly recipientKind: RecipientKind
  readonly service: ReferralService
  readonly grounds: readonly Ground[]
  /** Fields the recipient may still read. */
  readonly fields: readonly PacketField[]
  readonly sentAt: Instant
  /** D24 and D25: when receipt and answer were due, as the clocks stood at sending. */
  readonly ackDueAt: Instant | null
  readonly answerDueAt: Instant | null
  readonly acknowledgedAt: Instant | null
  readonly decidedAt: Instant | null
  readonly serviceStartedAt: Instant | null
  readonly closedAt: Instant | null
  readonly accessEndedAt: Instant | null
  readonly escalatedAt: Instant | null
  readonly declineReason: DeclineReason | null
  readonly outcome: ReferralOutcome | null
  /** The action of the plan that it carries out, and the entry of the service directory it was sent by. */
  readonly actionId: Uuid | null
  readonly entryId: Uuid | null
}

type At = { readonly at: Instant }
export type ReferralSent = DomainEvent<
  'ReferralSent',
  {
    readonly code: string
    readonly caseId: Uuid | null
    readonly fromUnitId: Uuid
    readonly toUnitId: Uuid
    readonly recipientKind: RecipientKind
    readonly service: ReferralService
    readonly grounds: readonly Ground[]
    readonly fields: readonly PacketField[]
    /** Whose objection was set aside for law or safety; kept for ever, reason among the parts. */
    readonly overrides: Objection
    readonly ackDueAt: Instant | null
    readonly answerDueAt: Instant | null
    /** Absent where it comes from no action of a plan, or was written before actions were linked. */
    readonly actionId?: Uuid
    readonly entryId?: Uuid
  } & At
>
export type ReferralAcknowledged = DomainEvent<'ReferralAcknowledged', At>
export type ReferralAccepted = DomainEvent<'ReferralAccepted', At>
export type ReferralDeclined = DomainEvent<'ReferralDeclined', { readonly reason: DeclineReason } & At>
export type ReferralServiceStarted = DomainEvent<'ReferralServiceStarted', At>
export type ReferralCompleted = DomainEvent<'ReferralCompleted', { readonly outcome: ReferralOutcome } & At>
export type ReferralWithdrawn = DomainEvent<'ReferralWithdrawn', { readonly reason: WithdrawReason } & At>
export type ReferralExpired = DomainEvent<'ReferralExpired', At>
/** The clock of receipt ran out: said to those above, nothing else changes (decision 17). */
export type ReferralEscalated = DomainEvent<'ReferralEscalated', { readonly rule: string } & At>
export type ReferralConsentEnded = DomainEvent<
  'ReferralConsentEnded',
  { readonly consentId: Uuid; readonly lost: readonly PacketField[] } & At
>
export type ReferralEvent =
  | ReferralSent
  | ReferralAcknowledged
  | ReferralAccepted
  | ReferralDeclined
  | ReferralServiceStarted
  | ReferralCompleted
  | ReferralWithdrawn
  | ReferralExpired
  | ReferralEscalated
  | ReferralConsentEnded

export const objections = ['none', 'child', 'guardian', 'both'] as const
export type Objection = (typeof objections)[number]

/** The fields some ground still covers. */
export const coveredFields = (grounds: readonly Ground[]): ReadonlySet<PacketField> =>
  new Set(grounds.filter((ground) => ground.endedAt === null).flatMap((ground) => ground.scope))
