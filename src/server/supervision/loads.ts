/** What workers carry, as the rows say. */
import type { Uuid } from '#domain/core.ts'
import { type Carried, carriedStatuses, loadOf } from '#domain/supervision/caseload.ts'
import type { Tx } from '../tx.ts'
import { supervisionLaw } from './reference.ts'

/** Load of each of these workers of one unit; whoever carries nothing has nought. */
export const loadsOf = async (
  tx: Tx,
  unitId: Uuid,
  workers: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, number>> => {
  const rows = await tx.sql<Carried & { manager: Uuid }>(
    `select manager_id as manager, status, risk_level as risk from case_file
     where unit_id = $1 and manager_id = any ($2::uuid[]) and status = any ($3)`,
    [unitId, workers, carriedStatuses],
  )
  return new Map(
    workers.map((id) => [
      id,
      loadOf(
        supervisionLaw,
        rows.filter((row) => row.manager === id),
      ),
    ]),
  )
}
