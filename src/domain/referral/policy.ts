/**
 * Who sees a referral and what they may do with it. The database's row-level policies say the same in SQL
 * (migrations/0006_referral.sql). Tiers: 2 the row without names, 3 the identified packet, 4 its sensitive fields.
 */
import type { Actor, Role, Uuid } from '../core.ts'
import { actStates, type Referral, type ReferralActName, type ReferralState } from '../referral.ts'

export interface ReferralScope {
  readonly state: ReferralState
  readonly caseId: Uuid | null
  readonly fromUnitId: Uuid
  readonly toUnitId: Uuid
  readonly accessEndedAt: string | null
  /** Tier at which this actor sees the case it was sent from (case policy), 0 when there is none. */
  readonly caseTier: 0 | 2 | 3 | 4
}

/** Roles that count or administer: they see no report, case, person or referral at all. */
const blind: ReadonlySet<Actor['role']> = new Set([
  'coordinator',
  'county_committee',
  'plan_officer',
  'peoples_advocate',
  'admin',
  'dpo',
  'public',
  'system',
])

export const isRecipient = (actor: Actor, scope: ReferralScope): boolean =>
  !blind.has(actor.role) && actor.unitId === scope.toUnitId && scope.state !== 'DRAFT'

/** Colleagues of the sending unit where no case stands behind it, else whoever the case's own rules let see it. */
export function senderTier(actor: Actor, scope: ReferralScope): 0 | 2 | 3 | 4 {
  if (blind.has(actor.role)) return 0
  if (scope.caseId !== null) return scope.caseTier
  return actor.unitId === scope.fromUnitId ? 4 : 0
}

/** What the recipient side reads: the row for good, the packet only while its access lasts. */
export const recipientTier = (actor: Actor, scope: ReferralScope): 0 | 2 | 4 =>
  !isRecipient(actor, scope) ? 0 : scope.accessEndedAt === null ? 4 : 2

export const referralTier = (actor: Actor, scope: ReferralScope): 0 | 2 | 3 | 4 =>
  Math.max(senderTier(actor, scope), recipientTier(actor, scope)) as 0 | 2 | 3 | 4

/** Roles that may ask a Child Protection Unit to act without holding a case (domain specification, table 3.0). */
const senders: ReadonlySet<Actor['role']> = new Set<Role>([
  'cpw',
  'cpu_head',
  'police',
  'border_police',
  'labour_inspector',
  'shelter',
  'day_centre',
  'hotline',
  'health',
  'school',
  'education_directorate',
])
/** From a case: whoever works on it (manager, deputy, head). Without one: only professionals, only to a CPU. */
export const maySend = (actor: Actor, caseTier: 0 | 2 | 3 | 4 | null, toCpu: boolean): boolean =>
  caseTier === null
    ? senders.has(actor.role) && toCpu
    : caseTier >= 3 && (actor.role === 'cpw' || actor.role === 'cpu_head')

const recipientActs: readonly ReferralActName[] = [
  'acknowledge',
  'accept',
  'decline',
  'start_service',
  'complete',
]

export const mayAct = (actor: Actor, scope: ReferralScope, act: ReferralActName): boolean =>
  act === 'withdraw'
    ? senderTier(actor, scope) >= 3 &&
      (scope.caseId === null || actor.role === 'cpw' || actor.role === 'cpu_head')
    : recipientActs.includes(act) && isRecipient(actor, scope)

/** What this actor can do next: drives the buttons, and the commands ask the same question. */
export const allowedActions = (
  actor: Actor,
  scope: ReferralScope,
  referral: Pick<Referral, 'state' | 'answerDueAt'>,
  now: string,
): readonly ReferralActName[] =>
  (Object.keys(actStates) as ReferralActName[]).filter(
    (act) =>
      mayAct(actor, scope, act) &&
      actStates[act].includes(referral.state) &&
      !(
        ['acknowledge', 'accept', 'decline'].includes(act) &&
        referral.answerDueAt !== null &&
        now > referral.answerDueAt
      ),
  )
