/** Budget lines, commitments, payments and instalments of an activity. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import { decideBudgetLine, decideReversal, decideSpending } from '#domain/execution/money.ts'
import { decidePlanTranche, decideReceiveTranche, type Tranche } from '#domain/execution/tranche.ts'
import {
  EnterSpending,
  PlanTranche,
  ReceiveTranche,
  ReverseSpending,
  SetBudgetLine,
} from '#wire/execution.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { invalid } from '../problem.ts'
import { appendTo, holdActivity, kind, linesOf, printedOf, spendingOf } from './store.ts'

export const setBudgetLine = command('activity.set_budget_line', SetBudgetLine, async (tx, cmd) => {
  const activity = await holdActivity(tx, cmd.recordId)
  if (activity === null) return refused({ code: 'not_allowed' })
  await mustBeFresh(tx, kind, cmd, ['budget'])
  const decision = decideBudgetLine(
    await printedOf(tx, activity),
    await linesOf(tx, activity.id),
    cmd.body,
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const version = await appendTo(tx, activity, decision.events)
  const { id, source, group, year, amount } = decision.events[0]!.facts
  await tx.sql(
    `insert into activity_budget_line (id, execution_id, source, account_group, year, amount) values ($1, $2, $3, $4, $5, $6)
     on conflict (execution_id, source, account_group, year) do update set amount = excluded.amount`,
    [id, activity.id, source, group, year, amount],
  )
  return done({ recordId: activity.id, version })
})

export const enterSpending = command('activity.enter_spending', EnterSpending, async (tx, cmd) => {
  const activity = await holdActivity(tx, cmd.recordId)
  if (activity === null) return refused({ code: 'not_allowed' })
  const decision = decideSpending(
    await printedOf(tx, activity),
    await spendingOf(tx, activity.id),
    cmd.body,
    tiranaDay(tx.now),
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const version = await appendTo(tx, activity, decision.events)
  const { facts } = decision.events[0]!
  await tx.sql(
    `insert into activity_spending (id, execution_id, kind, source, account_group, on_day, amount, document, payer, by_unit, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      facts.id,
      activity.id,
      facts.kind,
      facts.source,
      facts.group,
      facts.on,
      facts.amount,
      cmd.body.document,
      cmd.body.payer ?? null,
      tx.actor.unitId,
      tx.now,
    ],
  )
  return done({ recordId: activity.id, version, reply: { entry: facts.id } })
})

export const reverseSpending = command('activity.reverse_spending', ReverseSpending, async (tx, cmd) => {
  const activity = await holdActivity(tx, cmd.recordId)
  if (activity === null) return refused({ code: 'not_allowed' })
  const entry = (await spendingOf(tx, activity.id)).find((one) => one.id === cmd.body.entry)
  if (entry === undefined) throw invalid({ field: 'body.body.entry', code: 'unknown_code' })
  const decision = decideReversal(entry, cmd.body.reason)
  if (!decision.ok) return refused(decision.refusal)
  const version = await appendTo(tx, activity, decision.events)
  await tx.sql('update activity_spending set reversed_at = $2, reversed_why = $3 where id = $1', [
    entry.id,
    tx.now,
    cmd.body.reason,
  ])
  return done({ recordId: activity.id, version })
})

export const planTranche = command('activity.plan_tranche', PlanTranche, async (tx, cmd) => {
  const activity = await holdActivity(tx, cmd.recordId)
  if (activity === null) return refused({ code: 'not_allowed' })
  const decision = decidePlanTranche(cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await appendTo(tx, activity, decision.events)
  const { id } = decision.events[0]!.facts
  await tx.sql(
    'insert into activity_tranche (id, execution_id, source, payer, due_on, amount) values ($1, $2, $3, $4, $5, $6)',
    [id, activity.id, cmd.body.source, cmd.body.payer, cmd.body.dueOn, cmd.body.amount],
  )
  return done({ recordId: activity.id, version, reply: { tranche: id } })
})

export const receiveTranche = command('activity.receive_tranche', ReceiveTranche, async (tx, cmd) => {
  const activity = await holdActivity(tx, cmd.recordId)
  if (activity === null) return refused({ code: 'not_allowed' })
  await mustBeFresh(tx, kind, cmd, ['tranche'])
  const [tranche] = await tx.sql<Tranche>(
    `select id, due_on as "dueOn", amount, received_on as "receivedOn", received from activity_tranche
     where id = $1 and execution_id = $2`,
    [cmd.body.tranche, activity.id],
  )
  if (tranche === undefined) throw invalid({ field: 'body.body.tranche', code: 'unknown_code' })
  const decision = decideReceiveTranche(tranche, cmd.body, tiranaDay(tx.now))
  if (!decision.ok) return refused(decision.refusal)
  const version = await appendTo(tx, activity, decision.events)
  await tx.sql('update activity_tranche set received_on = $2, received = $3 where id = $1', [
    tranche.id,
    cmd.body.on,
    cmd.body.amount,
  ])
  return done({ recordId: activity.id, version })
})
