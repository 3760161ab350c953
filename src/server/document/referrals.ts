/** Referrals of a case; the packet of one alone is opened, because one paper is one referral. */
import type { Instant, Uuid } from '#domain/core.ts'
import type { ReferralSeen } from '#domain/document/file.ts'
import { type PacketField, packetFields, packetFor, type RecipientKind } from '#domain/referral/packet.ts'
import { notFound } from '../problem.ts'
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

/** @param about the one that is meant, which stands first; otherwise the newest. */
export const referralsOf = async (
  tx: Tx,
  caseId: Uuid,
  tier: number,
  name: string,
  about: Uuid | null = null,
): Promise<ReferralSeen[]> => {
  const rows = await tx.sql<Row>(
    `select r.id, r.code, r.state, r.service, r.recipient_kind as kind, f.${name} as from, t.${name} as to, r.sent_at as "sentAt",
       r.sent_fields as sent
     from referral r join unit f on f.id = r.from_unit_id join unit t on t.id = r.to_unit_id where r.case_id = $1
     order by r.id is not distinct from $2::uuid desc, r.sent_at desc, r.id desc limit 200`,
    [caseId, about],
  )
  const meant = rows[0]
  if (about !== null && meant?.id !== about) throw notFound()
  if (meant === undefined) return []
  const [packet, grounds] = await Promise.all([
    tier < 3 ? [] : findPacket(tx, meant.id),
    findGrounds(tx, meant.id),
  ])
  return rows.map(({ kind, sent, ...row }) => ({
    ...row,
    grounds: row.id === meant.id ? grounds : [],
    packet:
      row.id === meant.id
        ? packet
            .filter((part) => tier === 4 || packetFields[part.field] === 'T3')
            .map((part) => ({ field: part.field, value: part.body }))
        : [],
    withheld: packetFor(kind, Object.fromEntries(sent.map((field) => [field, field]))).withheld,
  }))
}
