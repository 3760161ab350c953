/** Consents as rows; they go with their case. */
import type { Selectable } from 'kysely'
import type { Consent } from '#domain/consent.ts'
import type { Uuid } from '#domain/core.ts'
import { q } from '../database.ts'
import { notFound } from '../problem.ts'
import type { ReferralTables } from '../referral/tables.ts'
import type { WriteTx } from '../tx.ts'

const fromRow = (row: Selectable<ReferralTables['consent']>): Consent => ({
  id: row.id,
  version: row.version,
  caseId: row.case_id,
  unitId: row.unit_id,
  purpose: row.purpose,
  scope: { recipients: row.recipients, fields: row.fields },
  capacity: row.capacity,
  number: row.number,
  givenAt: row.given_at,
  validUntil: row.valid_until,
  withdrawnAt: row.withdrawn_at,
})

/**
 * The consents of a case, held as they are until this transaction ends: a withdrawal either comes first and is seen here,
 * or waits and then finds what was sent on the strength of it.
 */
export const holdConsents = async (tx: WriteTx, caseId: Uuid): Promise<Consent[]> => {
  const rows = await tx.all(
    q
      .selectFrom('consent')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('given_at', 'desc')
      .orderBy('id')
      .forShare(),
  )
  return rows.map((row) => fromRow(row))
}

export const lockConsentFor = async (tx: WriteTx, id: Uuid): Promise<Consent> => {
  const row = await tx.first(q.selectFrom('consent').selectAll().where('id', '=', id).forUpdate())
  if (row === undefined) throw notFound()
  return fromRow(row)
}
