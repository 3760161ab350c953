/** An activity's row, locked for whoever may change it, with what decisions need to know of it. */
import type { Uuid } from '#domain/core.ts'
import type { BudgetLine, Entry, Printed } from '#domain/execution/money.ts'
import type { ActivityStatus, Standing } from '#domain/execution/status.ts'
import { append } from '../append.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

export const kind = 'activity_execution'

export interface ActivityRow {
  readonly id: Uuid
  readonly plan_id: Uuid
  readonly activity_uid: string
  readonly status: ActivityStatus
  readonly since: string | null
  readonly version: number
}

/**
 * The activity held for this act, or null for somebody who may read it only. Throws `notFound` outside one's sight: the
 * update policy hides from the lock what one may not change.
 */
export const holdActivity = async (
  tx: WriteTx,
  id: Uuid,
): Promise<(ActivityRow & { readonly standing: Standing }) | null> => {
  const [seen] = await tx.sql<{ standing: Standing | null }>(
    'select activity_standing(plan_id, activity_uid) as standing from activity_execution where id = $1',
    [id],
  )
  if (seen === undefined) throw notFound()
  if (seen.standing === null) return null
  const [row] = await tx.sql<ActivityRow>(
    'select id, plan_id, activity_uid, status, since, version from activity_execution where id = $1 for update',
    [id],
  )
  return row === undefined ? null : { ...row, standing: seen.standing }
}

export const printedOf = async (
  tx: Tx,
  activity: Pick<ActivityRow, 'plan_id' | 'activity_uid'>,
): Promise<Printed> => {
  const [row] = await tx.sql<Printed>(
    'select cost, state, donors, gap from current_plan_activity where plan_id = $1 and uid = $2',
    [activity.plan_id, activity.activity_uid],
  )
  return row ?? { cost: null, state: null, donors: null, gap: null }
}

export const linesOf = (tx: Tx, id: Uuid): Promise<BudgetLine[]> =>
  tx.sql<BudgetLine>(
    `select id, source, account_group as "group", year, amount from activity_budget_line
     where execution_id = $1 and amount > 0 order by year, source, account_group`,
    [id],
  )

export type SpendingRow = Entry & {
  readonly document: string
  readonly payer: string | null
  readonly reversedWhy: string | null
}
export const spendingOf = (tx: Tx, id: Uuid): Promise<SpendingRow[]> =>
  tx.sql<SpendingRow>(
    `select id, kind, source, account_group as "group", on_day as "on", amount, document, payer, reversed_why as "reversedWhy",
       reversed_at is not null as reversed from activity_spending where execution_id = $1 order by on_day desc, id desc limit 2000`,
    [id],
  )

/** Append to the activity's chain and let its row follow. */
export const appendTo = async (
  tx: WriteTx,
  activity: ActivityRow,
  events: Parameters<typeof append>[2],
): Promise<number> => {
  const version = await append(tx, { kind, id: activity.id, version: activity.version }, events)
  await tx.sql('update activity_execution set version = $2 where id = $1', [activity.id, version])
  return version
}
