/** The head's board: who carries what, what is late, what waits for a decision. */
import { openStatuses } from '#domain/case/state.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { ReadBoard } from '#wire/case.ts'
import { endpoint } from '../endpoint.ts'
import { forbidden } from '../problem.ts'

interface WorkerRow {
  id: Uuid
  name: string
  role: string
  open: number
  high: number
  late: number
  followUp: number
}
interface Waiting {
  caseId: Uuid
  code: string
  what: 'closure' | 'plan' | 'assignment' | 'transfer_in' | 'transfer_out'
  since: Instant
}

/** Nobody carries it: nobody was named yet, or who was named has left the unit. */
const orphaned = `(manager_id is null or closed_at is null and not exists (
  select 1 from app_user u where u.id = manager_id and u.active and u.unit_id = $1 and u.role in ('cpw', 'cpu_head')))`

export const readBoard = endpoint({
  method: 'GET',
  url: '/api/units/mine/board',
  wire: ReadBoard,
  handle: async (tx) => {
    if (tx.actor.role !== 'cpu_head') throw forbidden()
    const [workers, totals, waiting] = await Promise.all([
      tx.sql<WorkerRow>(
        `with late as materialized (
           select distinct record_id from clock where unit_id = $1 and record_kind = 'case_file' and stopped_at is null
             and paused_at is null and due_at < $2)
         select u.id, u.display_name as name, u.role,
           count(c.id) filter (where c.status = any ($3))::int as open,
           count(c.id) filter (where c.status = any ($3) and c.risk_level in ('high', 'immediate'))::int as high,
           count(c.id) filter (where c.id in (select record_id from late))::int as late,
           count(c.id) filter (where c.status in ('CLOSED', 'FOLLOW_UP'))::int as "followUp"
         from app_user u left join case_file c on c.manager_id = u.id and c.unit_id = $1
         where u.unit_id = $1 and u.role in ('cpw', 'cpu_head') and u.active
         group by u.id, u.display_name, u.role order by u.display_name`,
        [tx.actor.unitId, tx.now, openStatuses],
      ),
      tx.sql<{ unassigned: number; open: number; late: number }>(
        `select count(*) filter (where ${orphaned})::int as unassigned,
           count(*) filter (where status = any ($3))::int as open,
           (select count(distinct record_id)::int from clock where unit_id = $1 and record_kind = 'case_file'
             and stopped_at is null and paused_at is null and due_at < $2) as late
         from case_file where unit_id = $1`,
        [tx.actor.unitId, tx.now, openStatuses],
      ),
      tx.sql<Waiting>(
        `select id as "caseId", code, 'closure' as what, coalesce((detail -> 'closure' ->> 'proposedAt')::timestamptz, opened_at) as since
           from case_file where unit_id = $1 and status = 'CLOSURE_PROPOSED'
         union all select id, code, 'assignment', opened_at from case_file where unit_id = $1 and ${orphaned}
         union all select id, code, 'plan', coalesce((detail -> 'plan' ->> 'draftedAt')::timestamptz, opened_at)
           from case_file where unit_id = $1 and status in ('PLANNING', 'REVIEW') and detail -> 'plan' ->> 'status' = 'draft'
         union all select id, code, 'transfer_out', coalesce((detail -> 'transfer' ->> 'requestedAt')::timestamptz, opened_at)
           from case_file where unit_id = $1 and transfer_to is not null
         union all select id, code, 'transfer_in', coalesce((detail -> 'transfer' ->> 'requestedAt')::timestamptz, opened_at)
           from case_file where transfer_to = $1
         order by since limit 200`,
        [tx.actor.unitId],
      ),
    ])
    return {
      unitId: tx.actor.unitId,
      workers,
      ...(totals[0] ?? { unassigned: 0, open: 0, late: 0 }),
      waiting,
    }
  },
})
