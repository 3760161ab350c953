/**
 * What a screening means for the trafficking status of a case; how a status is recorded, `nrm/status.ts` says.
 */
import type { Uuid } from '#domain/core.ts'
import { afterScreening, type IdentificationStatus, type ScreeningOutcome } from '#domain/identification.ts'
import type { ScreeningSetCode } from '#domain/screening.ts'
import { caseColumns, type IdentifiedCase, recordIdentification } from '../nrm/status.ts'
import type { WriteTx } from '../tx.ts'

/** Carry one screening's result into a locked case, where it changes anything. */
export const carryOutcome = async (
  tx: WriteTx,
  file: IdentifiedCase,
  outcome: ScreeningOutcome,
): Promise<{ readonly status: IdentificationStatus; readonly version: number }> => {
  const event = afterScreening(file.vmt_status, outcome, tx.stamp)
  if (event === null) return { status: file.vmt_status, version: file.version }
  return { status: event.facts.status, version: await recordIdentification(tx, file, event) }
}

interface Pending {
  readonly id: Uuid
  readonly set_code: ScreeningSetCode
  readonly result: ScreeningOutcome['result']
  readonly forms: string[]
  readonly territory: ScreeningOutcome['territory']
}

/**
 * Screenings made at a border or in a raid come into the case when the report is accepted. Only one for trafficking
 * changes the trafficking status: work that exploits a child is no label of its own.
 */
export const carryScreenings = async (
  tx: WriteTx,
  to: { readonly caseId: Uuid; readonly childId: Uuid; readonly personId: Uuid },
): Promise<void> => {
  const screenings = await tx.sql<Pending>(
    'select id, set_code, result, forms, territory from screening where child_id = $1 and case_id is null order by at',
    [to.childId],
  )
  if (screenings.length === 0) return
  const [row] = await tx.sql<IdentifiedCase>(
    `select ${caseColumns} from case_file where id = $1 for update`,
    [to.caseId],
  )
  if (row === undefined) throw new Error('a case just opened is out of reach')
  let file = row
  for (const { id, set_code, result, forms, territory } of screenings) {
    tx.later('update screening set case_id = $2 where id = $1', [id, to.caseId])
    if (set_code !== 'trafficking') continue
    const after = await carryOutcome(tx, file, {
      result,
      forms,
      territory,
      screeningId: id,
      bySupervisor: false,
    })
    file = { ...file, version: after.version, vmt_status: after.status }
  }
}
