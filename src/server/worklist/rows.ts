/** Rows of the work list, from the clocks, the plans and what waits for a decision. */
import type { Instant, Uuid } from '#domain/core.ts'
import type { ClockRow } from '../clock/view.ts'
import type { Tx } from '../tx.ts'
import { myClocks } from './mine.ts'

export interface WorkRow {
  readonly id: Uuid
  readonly due: Instant
  readonly clock: ClockRow | null
  readonly kind: 'report' | 'case' | 'referral' | 'plan_action'
  readonly recordId: Uuid
  readonly caseId: Uuid | null
  /** Key of the `clock` words. */
  readonly task: string | null
  readonly title: string | null
}

export interface After {
  readonly at: Instant
  readonly id: Uuid
}

/** No deadline sorts last. */
export const never: Instant = '9999-12-31T00:00:00.000Z'
const beginning: After = { at: '0001-01-01T00:00:00.000Z', id: '00000000-0000-0000-0000-000000000000' }

export const me = (tx: Tx) => [tx.actor.userId, tx.actor.unitId, tx.actor.role, tx.actor.municipality]

export const works = (tx: Tx): boolean => tx.actor.role === 'cpw' || tx.actor.role === 'cpu_head'

/** Unused parameters still need a type. */
export const typed = 'select $1::uuid, $2::uuid, $3::text, $4::text'

export type Kind = WorkRow['kind']
const recordKinds: Readonly<Record<Kind, readonly string[]>> = {
  report: ['report'],
  case: ['case_file'],
  referral: ['referral'],
  plan_action: [],
}
/** Kinds of record whose clocks answer for a kind of work; all when none is asked for. */
const kindsOf = (kind: Kind | undefined): readonly string[] =>
  kind === undefined ? ['report', 'case_file', 'referral'] : recordKinds[kind]

export const dueClocks = async (
  tx: Tx,
  kind: Kind | undefined,
  after: After | null,
  limit: number,
): Promise<WorkRow[]> => {
  const mine = myClocks(tx.actor)
  if (mine.length === 0 || kindsOf(kind).length === 0) return []
  const { at, id } = after ?? beginning
  const parts = mine.map(
    (condition) =>
      `(select c.* from clock c where ${condition} and c.stopped_at is null and c.paused_at is null
         and c.record_kind = any ($8) and (c.due_at, c.id) > ($5, $6) order by c.due_at, c.id limit $7)`,
  )
  const rows = await tx.sql<ClockRow>(
    `with given as (${typed}) select distinct on (due_at, id) * from (${parts.join(' union all ')}) mine
     order by due_at, id limit $7`,
    [...me(tx), at, id, limit, kindsOf(kind)],
  )
  return rows.map((row) => ({
    id: row.id,
    due: row.due_at,
    clock: row,
    kind: row.record_kind === 'case_file' ? 'case' : row.record_kind,
    recordId: row.record_id,
    caseId: row.record_kind === 'case_file' ? row.record_id : null,
    task: null,
    title: null,
  }))
}

/** Actions of approved plans in cases of mine, by the day agreed. */
export const dueActions = async (
  tx: Tx,
  kind: Kind | undefined,
  after: After | null,
  limit: number,
): Promise<WorkRow[]> => {
  if (!works(tx) || (kind !== undefined && kind !== 'plan_action')) return []
  const { at, id } = after ?? beginning
  const rows = await tx.sql<{
    id: Uuid
    case_id: Uuid
    due: Instant
    from: Instant
    title: string | null
    municipality: string
    unit_id: Uuid
  }>(
    `select a.id, a.case_id, ((a.due + 1)::timestamp at time zone 'Europe/Tirane') - interval '1 second' as due,
       p.approved_at as from, f.municipality, f.unit_id,
       (select t.body #>> '{}' from case_text t where t.case_id = a.case_id and t.subject_id = a.id order by t.at desc limit 1) as title
     from case_file f join plan_action a on a.case_id = f.id join plan p on p.id = a.plan_id and p.status = 'approved'
     where (f.manager_id = $1 or f.deputy_id = $1) and f.closed_at is null and a.status in ('planned', 'under_way') and a.due is not null
       and (((a.due + 1)::timestamp at time zone 'Europe/Tirane') - interval '1 second', a.id) > ($2::timestamptz, $3::uuid)
     order by a.due, a.id limit $4`,
    [tx.actor.userId, at, id, limit],
  )
  return rows.map((row) => ({
    id: row.id,
    due: row.due,
    clock: agreed(row, tx),
    kind: 'plan_action',
    recordId: row.case_id,
    caseId: row.case_id,
    task: 'rule_AGREED',
    title: row.title,
  }))
}

const agreed = (
  row: { id: Uuid; case_id: Uuid; due: Instant; from: Instant; municipality: string; unit_id: Uuid },
  tx: Tx,
): ClockRow => {
  const started = row.from < row.due ? row.from : row.due
  return {
    id: row.id,
    rule: 'AGREED',
    rule_set: 'agreed',
    unit_of_time: 'days',
    verification: 'D',
    statutory: false,
    legal_source: 'agreed in the plan',
    warn_percent: 75,
    escalation: [],
    record_kind: 'case_file',
    record_id: row.case_id,
    unit_id: row.unit_id,
    municipality: row.municipality,
    owner_role: 'cpw',
    owner_user_id: tx.actor.userId,
    started_at: started,
    warn_at: new Date(Math.max(Date.parse(started), Date.parse(row.due) - 3 * 86_400_000)).toISOString(),
    due_at: row.due,
    first_due_at: row.due,
    stopped_at: null,
    paused_at: null,
    warned_at: null,
    breached_at: null,
    breaches: 0,
    extensions: 0,
    escalated: 0,
    next_at: null,
  }
}

/** Decisions that wait for me without a deadline: closures, transfers, measures, screening out. */
export const waiting = async (
  tx: Tx,
  kind: Kind | undefined,
  after: After | null,
  limit: number,
): Promise<WorkRow[]> => {
  const { role } = tx.actor
  if (role !== 'cpw' && role !== 'cpu_head' && role !== 'municipal_director') return []
  const rows = await tx.sql<{ id: Uuid; kind: WorkRow['kind']; task: string }>(
    `with given as (${typed})
     select * from (
       select f.id, 'case' as kind, 'task_closure' as task from case_file f
         where f.status = 'CLOSURE_PROPOSED' and f.manager_id <> $1
           and ($3 = 'cpu_head' and f.unit_id = $2 and not f.manager_is_head
             or $3 = 'municipal_director' and f.municipality = $4 and f.manager_is_head)
       union all
       select f.id, 'case', 'task_transfer' from case_file f where $3 = 'cpu_head' and f.transfer_to = $2
       union all
       select distinct f.id, 'case', 'task_measure' from case_file f join protection_measure m on m.case_id = f.id
         where $3 = 'municipal_director' and f.municipality = $4 and f.has_measure and m.kind = 'emergency' and m.status = 'proposed'
       union all
       select r.id, 'report', 'task_screen_out' from report r
         where $3 = 'cpu_head' and r.unit_id = $2 and r.state = 'TRIAGED' and r.screen_out_proposed_by is not null
           and r.screen_out_proposed_by <> $1
     ) w where ($5::uuid is null or w.id > $5) and ($7::text is null or w.kind = $7) order by w.id limit $6`,
    [...me(tx), after !== null && after.at === never ? after.id : null, limit, kind ?? null],
  )
  return rows.map((row) => ({
    id: row.id,
    due: never,
    clock: null,
    kind: row.kind,
    recordId: row.id,
    caseId: row.kind === 'case' ? row.id : null,
    task: row.task,
    title: null,
  }))
}
