/** How a report moves from due to published, and how further periods are opened. */
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { wholePeriod } from '#domain/indicator/period.ts'
import { decideReport, type ReportAct, type ReportingStartSet } from '#domain/reporting/state.ts'
import { MoveReport, MoveReportBecause, OpenReports, SaveReport, SetReportingStart } from '#wire/reporting.ts'
import { append } from '../append.ts'
import { getRule } from '../clock/law.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { freezeIndicators } from '../indicator/freeze.ts'
import { invalid } from '../problem.ts'
import type { WriteTx } from '../tx.ts'
import { buildDocument } from './documents/index.ts'
import { authorsOf, putDue } from './due.ts'
import { specOf } from './specs.ts'
import { factsOf, holdReport, kind, move, type Row, stateOf } from './store.ts'

export const saveReport = command('plan_report.save', SaveReport, async (tx, cmd) => {
  const row = await holdReport(tx, cmd.recordId)
  if (row === null) return refused({ code: 'not_allowed' })
  await mustBeFresh(tx, kind, cmd, ['content', 'status'])
  const decision = decideReport(stateOf(row), 'save', {}, factsOf(tx, row))
  if (!decision.ok) return refused(decision.refusal)
  // Before the row moves: the policy of what is written asks where the report stands.
  const keep = () =>
    tx.sql(
      `insert into plan_report_content (id, content, saved_by, saved_at) values ($1, $2, $3, $4)
       on conflict (id) do update set content = excluded.content, saved_by = excluded.saved_by, saved_at = excluded.saved_at`,
      [row.id, JSON.stringify(cmd.body.content), tx.actor.userId, tx.now],
    )
  return done({ recordId: row.id, version: await move(tx, row, decision.events, null, keep) })
})

/** What goes with a step, in its transaction. */
type Beside = (tx: WriteTx, row: Row) => Promise<void>

const step = (act: Exclude<ReportAct, 'save'>, because: boolean, beside?: Beside): CommandHandler =>
  command(`plan_report.${act}`, because ? MoveReportBecause : MoveReport, async (tx, cmd) => {
    const row = await holdReport(tx, cmd.recordId)
    if (row === null) return refused({ code: 'not_allowed' })
    await mustBeFresh(tx, kind, cmd, ['status', 'content'])
    const reason = 'reason' in cmd.body ? cmd.body.reason : undefined
    const decision = decideReport(stateOf(row), act, { reason }, factsOf(tx, row))
    if (!decision.ok) return refused(decision.refusal)
    const version = await move(tx, row, decision.events, reason ?? null, async () => beside?.(tx, row))
    return done({ recordId: row.id, version })
  })

/** Reports of institutions that were accepted for this plan and time go into the national one. */
const gather: Beside = async (tx, national) => {
  if (national.planId === null || national.kind !== 'plan_monitoring') return
  const rows = await tx.sql<{ id: Uuid }>(
    `select id from plan_report where plan_id = $1 and status = 'ACCEPTED' and id <> $2 and kind <> 'plan_monitoring'
       and period_from >= $3 and period_to <= $4 order by id`,
    [national.planId, national.id, national.from, national.to],
  )
  for (const { id } of rows) {
    const row = await holdReport(tx, id)
    if (row === null) continue
    const decision = decideReport(stateOf(row), 'consolidate', {}, factsOf(tx, row))
    if (decision.ok) await move(tx, row, decision.events, null)
  }
}

/** What is published stays as it is: the document in both languages and the counted figures, frozen now. */
const freeze: Beside = async (tx, row) => {
  const sq = await buildDocument(tx, row, 'sq')
  const en = await buildDocument(tx, row, 'en')
  await tx.sql(
    `insert into plan_report_edition (report_id, edition, document_sq, document_en, published_by, published_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [row.id, row.edition, JSON.stringify(sq), JSON.stringify(en), tx.actor.userId, tx.now],
  )
  const period = wholePeriod(row.from, row.to)
  if (period !== null) await freezeIndicators(tx, { id: row.id, edition: row.edition }, period)
}

/** The Prime Minister is told of what the committee approved (deadline D51). */
const tellPrimeMinister: Beside = async (tx, row) => {
  if (row.kind !== 'plan_monitoring' && row.kind !== 'national_assessment') return
  const spec = specOf('prime_minister')
  const today = tiranaDay(tx.now)
  const { rule } = await getRule(tx, spec.rule, today)
  const authors = await authorsOf(tx, spec, null)
  await putDue(
    tx,
    authors.map((author) => ({
      ...author,
      kind: spec.kind,
      rule: spec.rule,
      planId: row.planId,
      from: row.from,
      to: row.to,
      dueOn: addDays(today, rule.amount),
    })),
  )
}

export const openReports = command('plan_report.open', OpenReports, async (tx, cmd) => {
  if (tx.actor.role !== 'coordinator') return refused({ code: 'reporting_office_only' })
  const { from, to, dueOn } = cmd.body
  if (to < from) throw invalid({ field: 'body.body.to', code: 'impossible_date' })
  const spec = specOf(cmd.body.kind)
  const [plan] =
    cmd.body.plan === undefined
      ? []
      : await tx.sql<{ id: Uuid }>('select id from action_plan where slug = $1 and current_version > 0', [
          cmd.body.plan,
        ])
  if ((spec.of === 'plan') !== (plan !== undefined))
    throw invalid({ field: 'body.body.plan', code: plan === undefined ? 'required' : 'unknown_code' })
  const authors = await authorsOf(tx, spec, plan?.id ?? null)
  const opened = await putDue(
    tx,
    authors.map((author) => ({
      ...author,
      kind: spec.kind,
      rule: spec.rule,
      planId: plan?.id ?? null,
      from,
      to,
      dueOn,
    })),
    cmd.recordId,
  )
  if (opened.length === 0) return refused({ code: 'reporting_known_period' })
  return done({ recordId: opened[0]!, version: 0, reply: { opened: opened.length } })
})

/** The country has one first day of reports: one record, whichever command set it. */
const reportingStart: Uuid = '00000000-0000-7000-8000-000000000015'

export const setReportingStart = command('reporting.set_start', SetReportingStart, async (tx, cmd) => {
  if (tx.actor.role !== 'coordinator') return refused({ code: 'reporting_office_only' })
  if (cmd.body.since > tiranaDay(tx.now)) return refused({ code: 'in_future', field: 'since' })
  const [head] = await tx.sql<{ version: number }>(
    "select version from record_head where kind = 'reporting_start' and record_id = $1",
    [reportingStart],
  )
  const version = await append(
    tx,
    { kind: 'reporting_start', id: reportingStart, version: head?.version ?? 0 },
    [{ type: 'ReportingStartSet', v: 1, facts: { since: cmd.body.since } } satisfies ReportingStartSet],
  )
  await tx.sql(
    'insert into reporting_start (since) values ($1) on conflict (only_row) do update set since = excluded.since',
    [cmd.body.since],
  )
  return done({ recordId: cmd.recordId, version })
})

export const reportingCommands: readonly CommandHandler[] = [
  saveReport,
  step('submit', false),
  step('return', true),
  step('accept', false),
  step('consolidate', false, gather),
  step('approve', false, tellPrimeMinister),
  step('publish', false, freeze),
  step('correct', true),
  openReports,
  setReportingStart,
]
