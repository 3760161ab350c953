/** An earlier plan of a case, as its rows keep it; the newest is part of the case itself. */
import type { Plan } from '#domain/case/state.ts'
import type { Uuid } from '#domain/core.ts'
import type { Tx } from '../tx.ts'

export const planOf = async (tx: Tx, caseId: Uuid, id: Uuid): Promise<Plan | null> => {
  const [[head], goals, actions] = await Promise.all([
    tx.sql<Omit<Plan, 'revision' | 'goals' | 'actions'>>(
      `select id, number, status, drafted_at as "draftedAt", approved_at as "approvedAt", child_view as "childView"
       from plan where case_id = $1 and id = $2`,
      [caseId, id],
    ),
    tx.sql<Plan['goals'][number]>(
      'select id, area, status from plan_goal where plan_id = $1 order by id limit 500',
      [id],
    ),
    tx.sql<Plan['actions'][number]>(
      `select id, goal_id as "goalId", institution_id as "institutionId", due, cost_lek as "costLek", funding, status
       from plan_action where plan_id = $1 order by due nulls last, id limit 2000`,
      [id],
    ),
  ])
  return head === undefined ? null : { ...head, revision: 1, goals, actions }
}
