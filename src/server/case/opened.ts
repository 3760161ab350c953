/** What reaches a case beyond one's scope, as far as its pages are concerned. */
import { caseTier, scopeOf } from '#domain/case/policy.ts'
import type { CaseState } from '#domain/case/state.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import type { Tx } from '../tx.ts'

export interface OpenedBy {
  readonly kind: 'break_glass' | 'access_grant'
  readonly id: Uuid
  readonly until: Instant
  readonly reach: 'T2' | 'T3'
}

/** The living opening or grant that reaches furthest, for whoever has no better right of their own; asked only then. */
export const openedBy = async (tx: Tx, s: CaseState): Promise<OpenedBy | null> => {
  if (tx.actor.role !== 'cpw' && tx.actor.role !== 'cpu_head') return null
  if (caseTier(tx.actor, scopeOf(s)) >= 3) return null
  const [row] = await tx.sql<OpenedBy>(
    `select * from (
       select 'break_glass' as kind, id, until, reach from break_glass where case_id = $1 and user_id = (select me_user())
         and reach = 'T3' and ended_at is null and until > $2 and ends > now()
       union all
       select 'access_grant', id, until, reach from access_grant where case_id = $1 and user_id = (select me_user())
         and reach <> 'minimum' and state = 'GRANTED' and until > $2) o
     where $1 = any ((select opened_cases(reach))::uuid[]) order by reach desc, until desc limit 1`,
    [s.id, tx.now],
  )
  return row ?? null
}

/** The tier at which this reader reads this case, by assignment, role, opening or grant. */
export const tierOf = async (tx: Tx, s: CaseState): Promise<0 | 2 | 3 | 4> => {
  const opened = await openedBy(tx, s)
  return caseTier(tx.actor, scopeOf(s), opened === null ? 0 : opened.reach === 'T3' ? 3 : 2)
}
