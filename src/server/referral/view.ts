/** Referrals prepared for eyes: rows of lists, and one referral with what its reader may see of the packet. */
import type { Instant, Uuid } from '#domain/core.ts'
import { packetFields, packetFor, plainRecipients } from '#domain/referral/packet.ts'
import { allowedActions, isRecipient } from '#domain/referral/policy.ts'
import { type ReferralActName, waitingMinutes } from '#domain/referral.ts'
import type { DirectoryUnit, PacketValue, ReferralRow, ReferralView } from '#wire/referral.ts'
import { getLaw } from '../clock/law.ts'
import { type ClockRow, viewClock } from '../clock/view.ts'
import type { Tx } from '../tx.ts'
import { caseTierSql, findGrounds, findPacket, fromRow, scopeOf } from './store.ts'
import type { ReferralTables } from './tables.ts'

export const unitJson = (alias: string): string =>
  `jsonb_build_object('id', ${alias}.id, 'kind', ${alias}.kind, 'nameSq', ${alias}.name_sq, 'nameEn', ${alias}.name_en,
    'municipality', ${alias}.municipality, 'county', ${alias}.county, 'phone', ${alias}.phone)`

export type Seen = Omit<ReferralTables['referral'], 'withdraw_reason'> & {
  readonly case_tier: number
  readonly from_unit: DirectoryUnit
  readonly from_body: { readonly nameSq: string; readonly nameEn: string }
  readonly to_unit: DirectoryUnit
}

/** When receipt or answer is due as the clock stands now: a supervisor may have given more time since sending. */
const dueSql = (rule: 'D24' | 'D25'): string =>
  `(select max(k.due_at) from clock k where k.record_kind = 'referral' and k.record_id = r.id and k.rule = '${rule}')`

/** `page` yields the referrals (as table `referral`), already narrowed and limited; units and case tier are joined after. */
export const seenSql = (page: string): string =>
  `with page as materialized (${page})
   select r.*, ${dueSql('D24')} as ack_due_at, ${dueSql('D25')} as answer_due_at, ${caseTierSql('r.case_id')} as case_tier, ${unitJson('f')} as from_unit,
     jsonb_build_object('nameSq', b.name_sq, 'nameEn', b.name_en) as from_body, ${unitJson('t')} as to_unit
   from page r join unit f on f.id = r.from_unit_id join institution b on b.id = f.institution_id join unit t on t.id = r.to_unit_id
   order by r.sent_at desc, r.id desc`

/** Bodies that serve anybody are asked by the municipality, not by a unit whose name says why. */
const asking = (row: Seen, side: 'in' | 'out'): DirectoryUnit =>
  side === 'in' && plainRecipients.has(row.recipient_kind)
    ? { ...row.from_unit, ...row.from_body, kind: 'social_services', phone: null }
    : row.from_unit

export const viewRow = (tx: Tx, row: Seen): ReferralRow => {
  const referral = fromRow(row)
  const scope = scopeOf(referral, row.case_tier)
  const side = isRecipient(tx.actor, scope) ? 'in' : 'out'
  return {
    id: referral.id,
    code: referral.code,
    version: referral.version,
    state: referral.state,
    side,
    service: referral.service,
    recipientKind: referral.recipientKind,
    from: asking(row, side),
    to: row.to_unit,
    caseId: side === 'out' ? referral.caseId : null,
    actionId: side === 'out' ? referral.actionId : null,
    sentAt: referral.sentAt,
    ackDueAt: referral.ackDueAt,
    answerDueAt: referral.answerDueAt,
    acknowledgedAt: referral.acknowledgedAt,
    decidedAt: referral.decidedAt,
    serviceStartedAt: referral.serviceStartedAt,
    closedAt: referral.closedAt,
    accessEndedAt: referral.accessEndedAt,
    escalatedAt: referral.escalatedAt,
    declineReason: referral.declineReason,
    outcome: referral.outcome,
    waitingMinutes: waitingMinutes(referral),
    allowedActions: [...allowedActions(tx.actor, scope, referral, tx.now)],
  }
}

const findReplies = (
  tx: Tx,
  id: Uuid,
): Promise<{ at: Instant; act: ReferralActName; unitId: Uuid; body: string }[]> =>
  tx.sql(
    'select at, act, unit_id as "unitId", body from referral_reply where referral_id = $1 order by at, id',
    [id],
  )

const findClocks = (tx: Tx, id: Uuid): Promise<ClockRow[]> =>
  tx.sql("select * from clock where record_kind = 'referral' and record_id = $1 order by rule", [id])

/** What the recipient does not see: what its kind never sees, and what was sent but no ground covers any more. */
const withheld = (row: Seen) =>
  packetFor(
    row.recipient_kind,
    Object.fromEntries(row.sent_fields.map((field) => [field, field])),
    row.access_ended_at === null ? new Set(row.fields) : undefined,
  ).withheld

export const viewReferral = async (tx: Tx, row: Seen): Promise<ReferralView> => {
  const [parts, grounds, replies, clocks] = await Promise.all([
    findPacket(tx, row.id),
    findGrounds(tx, row.id),
    findReplies(tx, row.id),
    findClocks(tx, row.id),
  ])
  const { holidays } = await getLaw(tx)
  return {
    ...viewRow(tx, row),
    clocks: clocks.map((clock) => viewClock(clock, tx.actor, tx.now, holidays)),
    grounds: grounds.map((ground) => ({ ...ground, scope: [...ground.scope] })),
    packet: parts.map((part) => ({
      field: part.field,
      tier: packetFields[part.field],
      value: part.body as PacketValue,
    })),
    withheld: [...withheld(row)],
    replies,
  }
}
