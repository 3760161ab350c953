/** Rows of the work list, from the clocks, the plans and what waits for a decision. */
import type { Instant, Uuid } from '#domain/core.ts'
import type { WorkKind } from '#wire/work.ts'
import type { ClockRow } from '../clock/view.ts'
import type { Tx } from '../tx.ts'
import { type DueCounts, grouped, groupValues, me, noneDue, typed } from './count.ts'
import { myClocks, unitClocks } from './mine.ts'

export interface WorkRow {
  readonly id: Uuid
  readonly due: Instant
  readonly clock: ClockRow | null
  readonly kind: WorkKind
  readonly recordId: Uuid
  readonly caseId: Uuid | null
  /** Key of the `clock` words, or of the `workTask` words where a source says it. */
  readonly task: string | null
  readonly title: string | null
  /** Of rows of a source: the page, and the code where the row hangs on no case. */
  readonly from?: { readonly path: string; readonly code: string | null }
}

/** A first page, and how much is due when of all that it begins. */
export interface Counted {
  readonly rows: readonly WorkRow[]
  readonly counts: DueCounts
}

export interface After {
  readonly at: Instant
  readonly id: Uuid
}

/** No deadline sorts last. */
export const never: Instant = '9999-12-31T00:00:00.000Z'
const beginning: After = { at: '0001-01-01T00:00:00.000Z', id: '00000000-0000-0000-0000-000000000000' }

export const works = (tx: Tx): boolean => tx.actor.role === 'cpw' || tx.actor.role === 'cpu_head'

export type Kind = WorkRow['kind']
export type Scope = 'mine' | 'unit'
const recordKinds: Partial<Record<Kind, readonly string[]>> = {
  report: ['report'],
  case: ['case_file'],
  referral: ['referral'],
}
/** Kinds of record whose clocks answer for a kind of work; all when none is asked for. */
const kindsOf = (kind: Kind | undefined): readonly string[] =>
  kind === undefined ? ['report', 'case_file', 'referral'] : (recordKinds[kind] ?? [])

/** What `viewClock` shows of a clock, and what sorts it. */
const clockColumns = `c.id, c.rule, c.rule_set, c.unit_of_time, c.verification, c.statutory, c.legal_source, c.warn_percent, c.escalation,
  c.record_kind, c.record_id, c.unit_id, c.municipality, c.owner_role, c.owner_user_id, c.started_at, c.warn_at, c.due_at, c.first_due_at,
  c.stopped_at, c.paused_at, c.warned_at, c.breached_at, c.breaches, c.extensions, c.escalated, c.next_at`

const ofClock = (row: ClockRow): WorkRow => ({
  id: row.id,
  due: row.due_at,
  clock: row,
  kind: row.record_kind === 'case_file' ? 'case' : row.record_kind === 'nrm_file' ? 'nrm' : row.record_kind,
  recordId: row.record_id,
  caseId: row.record_kind === 'case_file' ? row.record_id : null,
  task: null,
  title: null,
})

/** Each way to a clock of mine in the order of its index, then all together, each clock once; `$5` of each at most. */
const mineSql = (tx: Tx, also: string, scope: Scope = 'mine'): string => {
  const parts = (scope === 'unit' ? unitClocks : myClocks(tx.actor)).map(
    (
      condition,
    ) => `(select ${clockColumns} from clock c where ${condition} and c.stopped_at is null and c.paused_at is null
      ${also} order by c.due_at, c.id limit $5)`,
  )
  return `select distinct on (due_at, id) * from (${parts.join(' union all ')}) mine order by due_at, id limit $5`
}

export const dueClocks = async (
  tx: Tx,
  kind: Kind | undefined,
  after: After | null,
  limit: number,
): Promise<WorkRow[]> => {
  if (myClocks(tx.actor).length === 0 || kindsOf(kind).length === 0) return []
  const { at, id } = after ?? beginning
  const rows = await tx.sql<ClockRow>(
    `with given as (${typed}) ${mineSql(tx, 'and c.record_kind = any ($8) and (c.due_at, c.id) > ($6, $7)')}`,
    [...me(tx), limit, at, id, kindsOf(kind)],
  )
  return rows.map(ofClock)
}

/** The first page with its counts, from one look at the clocks: at most `counted` of them are looked at. */
export const firstClocks = async (
  tx: Tx,
  limit: number,
  counted: number,
  scope: Scope = 'mine',
): Promise<Counted> => {
  if (myClocks(tx.actor).length === 0) return { rows: [], counts: noneDue }
  const rows = await tx.sql<ClockRow & DueCounts>(
    `with given as (${typed}), due as materialized (${mineSql(tx, '', scope)}), page as (select * from due order by due_at, id limit $9)
     select * from (select ${grouped} from due) counts left join page on true order by due_at, id`,
    [...me(tx), counted, ...groupValues(tx), limit],
  )
  return { rows: rows.filter((row) => row.id !== null).map(ofClock), counts: rows[0] ?? noneDue }
}

interface ActionRow {
  readonly id: Uuid
  readonly case_id: Uuid
  readonly due_at: Instant
  readonly from: Instant
  readonly title: string | null
  readonly municipality: string
  readonly unit_id: Uuid
}

const ofAction =
  (tx: Tx) =>
  (row: ActionRow): WorkRow => ({
    id: row.id,
    due: row.due_at,
    clock: agreed(row, tx),
    kind: 'plan_action',
    recordId: row.case_id,
    caseId: row.case_id,
    task: 'rule_AGREED',
    title: row.title,
  })

/** Actions of approved plans in open cases of mine; an agreed day is due as its last second. */
const actionsSql = (
  scope: Scope = 'mine',
) => `select a.id, a.case_id, ((a.due + 1)::timestamp at time zone 'Europe/Tirane') - interval '1 second' as due_at,
    p.approved_at as "from", f.municipality, f.unit_id, false as statutory
  from case_file f join plan_action a on a.case_id = f.id join plan p on p.id = a.plan_id and p.status = 'approved'
  where ${scope === 'unit' ? 'f.unit_id = $2' : '(f.manager_id = $1 or f.deputy_id = $1 or f.manager_id = any ((select stood_in_for())::uuid[]))'} and f.closed_at is null and a.status in ('planned', 'under_way') and a.due is not null`
const titleSql = `(select t.body #>> '{}' from case_text t where t.case_id = page.case_id and t.subject_id = page.id
  order by t.at desc limit 1) as title`

export const dueActions = async (
  tx: Tx,
  kind: Kind | undefined,
  after: After | null,
  limit: number,
): Promise<WorkRow[]> => {
  if (!works(tx) || (kind !== undefined && kind !== 'plan_action')) return []
  const { at, id } = after ?? beginning
  const rows = await tx.sql<ActionRow>(
    `with due as (${actionsSql()}),
       page as materialized (select * from due where (due_at, id) > ($2::timestamptz, $3::uuid) order by due_at, id limit $4)
     select page.*, ${titleSql} from page order by due_at, id`,
    [tx.actor.userId, at, id, limit],
  )
  return rows.map(ofAction(tx))
}

export const firstActions = async (
  tx: Tx,
  limit: number,
  counted: number,
  scope: Scope = 'mine',
): Promise<Counted> => {
  if (!works(tx)) return { rows: [], counts: noneDue }
  const rows = await tx.sql<ActionRow & DueCounts>(
    `with given as (${typed}), due as materialized (${actionsSql(scope)} order by a.due, a.id limit $5),
       page as materialized (select * from due order by due_at, id limit $9)
     select *, ${titleSql} from (select ${grouped} from due) counts left join page on true order by due_at, id`,
    [...me(tx), counted, ...groupValues(tx), limit],
  )
  return { rows: rows.filter((row) => row.id !== null).map(ofAction(tx)), counts: rows[0] ?? noneDue }
}

/** A day that was agreed, shown as clocks are. */
export const agreed = (
  row: Pick<ActionRow, 'id' | 'case_id' | 'due_at' | 'from' | 'municipality' | 'unit_id'>,
  tx: Tx,
): ClockRow => {
  const started = row.from < row.due_at ? row.from : row.due_at
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
    warn_at: new Date(Math.max(Date.parse(started), Date.parse(row.due_at) - 3 * 86_400_000)).toISOString(),
    due_at: row.due_at,
    first_due_at: row.due_at,
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
  // Nobody else decides on what others propose.
  if (role !== 'cpu_head' && role !== 'municipal_director') return []
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
