/** The list of cases: one page in one statement that also records who looked, so that the commit leaves with it. */

import { closedStatuses, openStatuses } from '#domain/case/state.ts'
import type { Instant } from '#domain/core.ts'
import { type CaseRow, ListCases } from '#wire/case.ts'
import { listAccess, listAccessValues } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'

/**
 * The child as a page shows it: first name and initial. A colleague who triaged the report may read the person through
 * it, but not by way of a case that is not theirs.
 */
const childSql = `case when (select me_role()) not in ('cpw', 'cpu_head')
    or (select me_user()) in (p.manager_id, p.deputy_id)
    or p.manager_id = any ((select stood_in_for())::uuid[])
    or ((select me_role()) = 'cpu_head' and p.unit_id = (select me_unit()))
    or p.id = any ((select opened_cases('T3'))::uuid[])
  then nullif(concat_ws(' ', pn.given_name, left(pn.family_name, 1) || '.'), '') end`

/** What the head of a page shows of the row `p` of a case. */
export const rowSql = `p.id, p.code, p.version, p.status, p.risk_level as risk, p.vmt_status as "vmtStatus",
  p.has_measure as "hasMeasure", p.concerns, p.municipality, p.unit_id as "unitId", p.manager_id as "managerId",
  m.display_name as "managerName", ${childSql} as child, p.opened_at as "openedAt", p.closed_at as "closedAt",
  p.suspended_at is not null as suspended, p.transfer_to is not null as "transferPending",
  k.due_at as "nextDueAt", k.rule as "nextRule"`
export const joinSql = `left join app_user m on m.id = p.manager_id
  left join person_named pn on pn.id = p.person_id
  left join lateral (
    select due_at, rule from clock where record_id = p.id and record_kind = 'case_file' and stopped_at is null and paused_at is null
    order by due_at limit 1) k on true`

/** `list_cases` (migration 0011) holds the caller's scope; one row more than the page tells whether it goes on. */
const pageSql = `with page as materialized (
    select id, code, version, status, risk_level as risk, vmt_status as "vmtStatus", has_measure as "hasMeasure", concerns,
      municipality, unit_id as "unitId", manager_id as "managerId", manager_name as "managerName", child, opened_at as "openedAt",
      closed_at as "closedAt", suspended, transfer_pending as "transferPending", next_due_at as "nextDueAt", next_rule as "nextRule"
    from list_cases($1, $2, $3, $4, $5, $6, $7)),
  shown as (select array_agg(id) as ids, bool_or(child is not null) as named
    from (select id, child from page order by "openedAt" desc, id desc limit $7 - 1) s),
  seen as (${listAccess(8, "case when named then 'T3' else 'T2' end")})
  select * from page order by "openedAt" desc, id desc`

const inAWeek = (now: Instant): Instant => new Date(Date.parse(now) + 7 * 86_400_000).toISOString()

const statusesOf = (status: string | undefined): readonly string[] | null => {
  if (status === undefined) return null
  if (status === 'open') return openStatuses
  return status === 'closed' ? closedStatuses : [status]
}

export const listCases = endpoint({
  method: 'GET',
  url: '/api/cases',
  wire: ListCases,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const due = query.due === undefined ? null : query.due === 'late' ? tx.now : inAWeek(tx.now)
    const rows = await tx.last<CaseRow>(pageSql, [
      query.mine === 'true',
      statusesOf(query.status),
      query.risk ?? null,
      due,
      after?.at ?? null,
      after?.id ?? null,
      query.limit + 1,
      ...listAccessValues(tx, 'case_file'),
    ])
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.openedAt, last.id) : null,
    }
  },
})
