/** Rows of the work list that its sources give, all at once: a person has few, and never more than are counted. */
import type { Instant, Uuid } from '#domain/core.ts'
import type { WorkKind } from '#wire/work.ts'
import type { Tx } from '../tx.ts'
import { agreed, never, type Scope, type WorkRow, works } from './rows.ts'
import { sourcesSql, type Ways } from './sources.ts'

interface Row {
  readonly kind: WorkKind
  readonly id: Uuid
  readonly record_id: Uuid
  readonly case_id: Uuid | null
  readonly code: string | null
  readonly task: string
  readonly due_at: Instant | null
  readonly since: Instant | null
  readonly statutory: boolean
  readonly path: string
}

/** What may wait for this reader, and a child protection worker's open cases: one look before anything else is asked. */
export interface Reach {
  readonly ways: Ways
  readonly caseload: number
}

export const reachOf = async (tx: Tx): Promise<Reach> => {
  if (!works(tx)) return { ways: null, caseload: 0 }
  const [found] = await tx.sql<{ ways: string[] | null; caseload: number | null }>(
    'select ways, caseload from work_ways()',
  )
  return { ways: found?.ways ?? null, caseload: found?.caseload ?? 0 }
}

export const sourceRows = async (
  tx: Tx,
  limit: number,
  ways: Ways,
  scope: Scope = 'mine',
): Promise<WorkRow[]> => {
  const sql = sourcesSql(tx.actor.role, scope, ways)
  if (sql === null) return []
  const rows = await tx.sql<Row>(`select * from (${sql}) w order by due_at nulls last, id limit $1`, [limit])
  return rows.map((row) => ({
    id: row.id,
    due: row.due_at ?? never,
    clock: row.due_at === null ? null : dated(row, row.due_at, tx),
    kind: row.kind,
    recordId: row.record_id,
    caseId: row.case_id,
    task: row.task,
    title: null,
    from: { path: row.path, code: row.code },
  }))
}

const DAY = 86_400_000
const dated = (row: Row, due: Instant, tx: Tx) => ({
  ...agreed(
    {
      id: row.id,
      case_id: row.case_id ?? row.record_id,
      due_at: due,
      from: row.since ?? new Date(Date.parse(due) - 7 * DAY).toISOString(),
      municipality: tx.actor.municipality ?? '',
      unit_id: tx.actor.unitId,
    },
    tx,
  ),
  // A moment (a hearing, a meeting) counts by hours and has no beginning to show.
  ...(row.since === null ? { rule: 'DATED', unit_of_time: 'hours' as const } : {}),
  statutory: row.statutory,
})
