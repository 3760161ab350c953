/** What the child was asked, as rows. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { ageRange } from '#domain/partial-date.ts'
import type { ChildVoice, Permission, PermissionAsked } from '#domain/rights/permission.ts'
import { askedFrom } from '../consent/rule.ts'
import type { Tx, WriteTx } from '../tx.ts'

/** Newest first; bounded, for the newest word on a field counts. */
export const permissionsOf = (tx: Tx, caseId: Uuid): Promise<Permission[]> =>
  tx.sql<Permission>(
    `select id, recipients, fields, answer, withdrawn_at as "withdrawnAt" from child_permission where case_id = $1
     order by at desc, id desc limit 200`,
    [caseId],
  )

export const voiceOf = async (tx: Tx, caseId: Uuid): Promise<ChildVoice> => {
  const [[birth], permissions] = await Promise.all([
    tx.sql<{ birth_from: string | null; birth_to: string | null }>(
      'select n.birth_from, n.birth_to from case_file c left join person_named n on n.id = c.person_id where c.id = $1',
      [caseId],
    ),
    permissionsOf(tx, caseId),
  ])
  const known =
    birth === undefined || birth.birth_from === null || birth.birth_to === null
      ? null
      : { from: birth.birth_from, to: birth.birth_to, said: '' }
  return {
    // The oldest the child can be: a doubtful birth does not take its own voice away.
    age: known === null ? null : ageRange(known, tiranaDay(tx.now)).to,
    from: askedFrom(),
    permissions,
  }
}

export const insertPermission = (tx: WriteTx, caseId: Uuid, { facts }: PermissionAsked): void => {
  tx.later(
    `insert into child_permission (id, case_id, on_day, recipients, fields, answer, why, by_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      facts.permissionId,
      caseId,
      facts.on,
      [...facts.recipients],
      [...facts.fields],
      facts.answer,
      facts.why,
      facts.by,
      tx.now,
    ],
  )
}
