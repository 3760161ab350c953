/** A report's row, what the actor is to it, and its steps. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import type {
  ProgressReport,
  ReportFacts,
  ReportKind,
  ReportMoved,
  ReportStatus,
} from '#domain/reporting/state.ts'
import type { ReportContent } from '#wire/reporting.ts'
import { append } from '../append.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

export const kind = 'plan_report'

export interface Row {
  readonly id: Uuid
  readonly kind: ReportKind
  readonly rule: string | null
  readonly planId: Uuid | null
  readonly bodyCode: string
  readonly institutionId: Uuid
  readonly county: string | null
  readonly from: Day
  readonly to: Day
  readonly dueOn: Day
  readonly status: ReportStatus
  readonly edition: number
  readonly submittedBy: Uuid | null
  readonly reason: string | null
  readonly version: number
  /** The reader may write it for its institution. */
  readonly mine: boolean
  readonly content: ReportContent | null
  readonly periodClosed: boolean
}

/** The national report of the same plan and time is out: single reports of it change no more. */
const closed = `exists (select from plan_report n where n.kind = 'plan_monitoring' and n.published_at is not null
  and n.plan_id is not distinct from r.plan_id and n.id <> r.id and r.plan_id is not null
  and r.period_from >= n.period_from and r.period_to <= n.period_to)`

const select = (
  lock: boolean,
) => `select r.id, r.kind, r.rule, r.plan_id as "planId", r.body_code as "bodyCode",
    r.institution_id as "institutionId", r.county, r.period_from as "from", r.period_to as "to", r.due_on as "dueOn", r.status,
    r.edition, r.submitted_by as "submittedBy", r.reason, r.version, report_is_mine(r.institution_id, r.unit_id) as mine, c.content,
    ${closed} as "periodClosed"
  from plan_report r left join plan_report_content c on c.id = r.id where r.id = $1${lock ? ' for update of r' : ''}`

export const reportOf = async (tx: Tx, id: Uuid): Promise<Row> => {
  const [row] = await tx.sql<Row>(select(false), [id])
  if (row === undefined) throw notFound()
  return row
}
/** Locked for an act; null for somebody who may read it, as published, but not act on it. */
export const holdReport = async (tx: WriteTx, id: Uuid): Promise<Row | null> => {
  await reportOf(tx, id)
  const [row] = await tx.sql<Row>(select(true), [id])
  return row ?? null
}

const saysSomething = (content: ReportContent | null): boolean =>
  content !== null &&
  [content.summary, ...content.activities.map((one) => one.progress)].some((text) => text.trim() !== '')

export const stateOf = (row: Row): ProgressReport => ({
  status: row.status,
  periodTo: row.to,
  edition: row.edition,
  submittedBy: row.submittedBy,
  said: saysSomething(row.content),
})
export const factsOf = (tx: Tx, row: Row): ReportFacts => ({
  author: row.mine,
  office: tx.actor.role === 'coordinator',
  actor: tx.actor.userId,
  today: tiranaDay(tx.now),
  periodClosed: row.periodClosed,
})

/**
 * Appends the step and lets row and history follow. `between` runs when the step stands in the chain and the row has not
 * moved yet: the database lets a report's content and figures in only together with a step of it.
 */
export const move = async (
  tx: WriteTx,
  row: Row,
  events: readonly ReportMoved[],
  reason: string | null,
  between?: () => Promise<unknown>,
): Promise<number> => {
  const version = await append(tx, { kind, id: row.id, version: row.version }, events)
  await between?.()
  const { act, to, edition } = events[0]!.facts
  await tx.sql(
    `update plan_report set status = $2, edition = $3, version = $4,
       submitted_by = case when $5 = 'submit' then $6::uuid else submitted_by end,
       submitted_at = case when $5 = 'submit' then $7::timestamptz else submitted_at end,
       accepted_by = case when $5 = 'accept' then $6::uuid else accepted_by end,
       accepted_at = case when $5 = 'accept' then $7::timestamptz else accepted_at end,
       approved_at = case when $5 = 'approve' then $7::timestamptz else approved_at end,
       published_at = case when $5 = 'publish' then $7::timestamptz else published_at end,
       reason = case when $5 in ('return', 'correct') then $8 when $5 = 'submit' then null else reason end
     where id = $1`,
    [row.id, to, edition, version, act, tx.actor.userId, tx.now, reason],
  )
  if (act !== 'save')
    await tx.sql(
      'insert into plan_report_step (report_id, seq, act, to_status, reason, by_user, at) values ($1, $2, $3, $4, $5, $6, $7)',
      [row.id, version, act, to, reason, tx.actor.userId, tx.now],
    )
  return version
}
