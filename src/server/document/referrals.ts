/** Referrals of a case; the packet of the newest alone is opened, because one paper is one referral. */
import type { Instant, Uuid } from '#domain/core.ts'
import type { ReferralSeen } from '#domain/document/file.ts'
import { plain } from '#domain/document/parts.ts'
import { type PacketField, packetFields, packetFor, type RecipientKind } from '#domain/referral/packet.ts'
import { findGrounds, findPacket } from '../referral/store.ts'
import type { Tx } from '../tx.ts'

interface Row {
  readonly id: Uuid
  readonly code: string
  readonly state: string
  readonly service: string
  readonly kind: RecipientKind
  readonly from: string
  readonly to: string
  readonly sentAt: Instant
  readonly sent: readonly PacketField[]
}

export const referralsOf = async (
  tx: Tx,
  caseId: Uuid,
  tier: number,
  name: string,
): Promise<ReferralSeen[]> => {
  const rows = await tx.sql<Row>(
    `select r.id, r.code, r.state, r.service, r.recipient_kind as kind, f.${name} as from, t.${name} as to, r.sent_at as "sentAt",
       r.sent_fields as sent
     from referral r join unit f on f.id = r.from_unit_id join unit t on t.id = r.to_unit_id where r.case_id = $1
     order by r.sent_at desc, r.id desc limit 200`,
    [caseId],
  )
  const newest = rows[0]
  if (newest === undefined) return []
  const [packet, grounds] = await Promise.all([
    tier < 3 ? [] : findPacket(tx, newest.id),
    findGrounds(tx, newest.id),
  ])
  return rows.map(({ kind, sent, ...row }) => ({
    ...row,
    grounds: row.id === newest.id ? grounds : [],
    packet:
      row.id === newest.id
        ? packet
            .filter((part) => tier === 4 || packetFields[part.field] === 'T3')
            .map((part) => ({ field: part.field, value: plain(part.body) }))
        : [],
    withheld: packetFor(kind, Object.fromEntries(sent.map((field) => [field, field]))).withheld,
  }))
}
