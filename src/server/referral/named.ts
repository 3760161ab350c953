/** The action of the plan and the entry of the directory that a referral names, as they stand at sending. */
import type { Named } from '#domain/services/refer.ts'
import type { SendReferral } from '#wire/referral.ts'
import { invalid } from '../problem.ts'
import type { Tx } from '../tx.ts'

/** Read after the case is locked, so that two referrals for one action cannot pass each other. */
export const namedBy = async (tx: Tx, { caseId, actionId, entryId }: SendReferral): Promise<Named> => {
  const [action] =
    actionId === undefined || caseId === undefined
      ? []
      : await tx.sql<NonNullable<Named['action']>>(
          `select a.id, a.status, array(select r.to_unit_id from referral r where r.action_id = a.id and r.closed_at is null) as "waitsAt"
           from plan_action a where a.id = $1 and a.case_id = $2`,
          [actionId, caseId],
        )
  if (actionId !== undefined && action === undefined)
    throw invalid({ field: 'body.body.actionId', code: 'unknown_code' })
  const [entry] =
    entryId === undefined
      ? []
      : await tx.sql<NonNullable<Named['entry']>>(
          `select s.id, s.status, array(select l.unit_id from provider_place l
             where l.id = any (s.places) and l.used and l.unit_id is not null) as units
           from provider_service s where s.id = $1`,
          [entryId],
        )
  if (entryId !== undefined && entry === undefined)
    throw invalid({ field: 'body.body.entryId', code: 'unknown_code' })
  return { action: action ?? null, entry: entry ?? null }
}
