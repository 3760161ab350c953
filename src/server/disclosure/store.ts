/** The log of what left a case: one row and one event for each disclosure, written together or not at all. */
import type { Uuid } from '#domain/core.ts'
import type { DisclosureMade } from '#domain/disclosure.ts'
import type { WriteTx } from '../tx.ts'

/** Its event goes on the case's chain in the same transaction (`recordBeside`, or with a referral's news), a packet's on its own. */
export const insertDisclosure = (
  tx: WriteTx,
  caseId: Uuid | null,
  { facts }: DisclosureMade,
  packet: { readonly nrmId: Uuid | null; readonly id: Uuid | null } = { nrmId: null, id: null },
): void => {
  tx.later(
    `insert into disclosure (id, case_id, at, kind, to_unit_id, to_kind, grounds, fields, tier, overrides, child_asked, referral_id,
       request_id, document, by_id, nrm_id, packet_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      facts.disclosureId,
      caseId,
      facts.at,
      facts.kind,
      facts.toUnitId,
      facts.toKind,
      JSON.stringify(facts.grounds),
      [...facts.fields],
      facts.tier,
      facts.overrides,
      facts.childAsked,
      facts.referralId,
      facts.requestId,
      facts.document,
      facts.by,
      packet.nrmId,
      packet.id,
    ],
  )
}
