/** The list of cases: the pseudonymous row is paged first, then the tiers are joined by id (decision 10). */

import { closedStatuses, openStatuses } from '#domain/case/state.ts'
import type { Actor, Instant, Uuid } from '#domain/core.ts'
import { type CaseRow, ListCases } from '#wire/case.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import type { Tx } from '../tx.ts'

/** One way into the table by role, so that an index answers; row-level security holds whatever stands here. */
const scopes = (actor: Actor): readonly string[] => {
  switch (actor.role) {
    case 'cpw':
    case 'cpu_head':
      return ['unit_id = me_unit()', 'transfer_to = me_unit() and unit_id <> me_unit()']
    case 'municipal_director':
      return ["municipality = me_municipality() and (has_measure or status = 'CLOSURE_PROPOSED')"]
    case 'responsible_authority':
      return ["vmt_status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited')"]
    case 'state_agency':
      return ['true']
    default:
      return []
  }
}

const columns = `id, code, version, status, risk_level, vmt_status, has_measure, concerns, municipality, unit_id, manager_id,
  deputy_id, person_id, opened_at, closed_at, suspended_at, transfer_to`

/**
 * The child as lists show it: first name and initial. A colleague who triaged the report may read the person through
 * it, but not by way of a case that is not theirs.
 */
const childSql = `case when (select me_role()) not in ('cpw', 'cpu_head')
    or (select me_user()) in (p.manager_id, p.deputy_id)
    or ((select me_role()) = 'cpu_head' and p.unit_id = (select me_unit()))
  then nullif(concat_ws(' ', pn.given_name, left(pn.family_name, 1) || '.'), '') end`

/** What a list shows of each row of `page`; joined by id after paging. */
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

interface Filters {
  readonly status?: string | undefined
  readonly risk?: string | undefined
  readonly due?: 'late' | 'week' | undefined
  readonly mine?: 'true' | 'false' | undefined
}

const inAWeek = (now: Instant): Instant => new Date(Date.parse(now) + 7 * 86_400_000).toISOString()

/** Conditions and their values; each value takes the next number. */
const conditions = (tx: Tx, query: Filters, after: { at: Instant; id: Uuid } | null) => {
  const values: unknown[] = []
  const $ = (value: unknown): string => `$${values.push(value)}`
  const list = ['true']
  if (after !== null) list.push(`(opened_at, id) < (${$(after.at)}, ${$(after.id)})`)
  if (query.status === 'open') list.push(`status = any (${$(openStatuses)})`)
  else if (query.status === 'closed') list.push(`status = any (${$(closedStatuses)})`)
  else if (query.status !== undefined) list.push(`status = ${$(query.status)}`)
  if (query.risk === 'none') list.push('risk_level is null')
  else if (query.risk !== undefined) list.push(`risk_level = ${$(query.risk)}`)
  if (query.mine === 'true') list.push('(manager_id = me_user() or deputy_id = me_user())')
  if (query.due !== undefined)
    list.push(`exists (select 1 from clock d where d.record_id = case_file.id and d.record_kind = 'case_file'
      and d.stopped_at is null and d.paused_at is null
      and d.due_at < ${$(query.due === 'late' ? tx.now : inAWeek(tx.now))})`)
  return { where: list.join(' and '), values, $ }
}

/** The SQL of one page; exported for `explain`. */
export const pageSql = (
  tx: Tx,
  query: Filters & { readonly limit: number },
  after: { at: Instant; id: Uuid } | null,
): { text: string; values: unknown[] } | null => {
  const ways = scopes(tx.actor)
  if (ways.length === 0) return null
  const { where, values, $ } = conditions(tx, query, after)
  const limit = $(query.limit + 1)
  const part = (way: string) => `(select ${columns} from case_file where ${way} and ${where}
    order by opened_at desc, id desc limit ${limit})`
  const parts = ways.map(part)
  const page =
    parts.length === 1
      ? parts[0]!
      : `${parts.join(' union all ')} order by opened_at desc, id desc limit ${limit}`
  const text = `with page as materialized (${page})
    select ${rowSql} from page p ${joinSql} order by p.opened_at desc, p.id desc`
  return { text, values }
}

export const listCases = endpoint({
  method: 'GET',
  url: '/api/cases',
  wire: ListCases,
  handle: async (tx, { query }) => {
    const page = pageSql(tx, query, readCursor(query.cursor))
    const rows = page === null ? [] : await tx.sql<CaseRow>(page.text, page.values)
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    if (items.length > 0)
      recordAccess(tx, {
        act: 'list',
        kind: 'case_file',
        ids: items.map((item) => item.id),
        tier: items.some((item) => item.child !== null) ? 'T3' : 'T2',
      })
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.openedAt, last.id) : null,
    }
  },
})
