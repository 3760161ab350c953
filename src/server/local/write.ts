/** What a municipality writes about its money and about what its activities serve. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import {
  decideServe,
  decideSetLine,
  decideStrikeLine,
  decideStrikeServe,
  type Line,
  type LineKey,
} from '#domain/local/budget.ts'
import { Serve, SetLine, StrikeLine, StrikeServe } from '#wire/local.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, mustBeFreshOrNew, refused } from '../command.ts'
import { invalid, notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

const unknown = (field: string) => invalid({ field: `body.body.${field}`, code: 'unknown_code' })

const lineSql = `select id, version, municipality, year, side, topic, source, account_group as "accountGroup", plan_id as "planId",
  activity_uid as "activityUid", planned, executed, note, struck from local_budget_line`
export type StoredLine = Line & { readonly id: Uuid; readonly version: number; readonly note: string | null }

const lockLine = async (tx: WriteTx, id: Uuid): Promise<StoredLine | null> => {
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 18))', [id])
  const [row] = await tx.sql<StoredLine>(`${lineSql} where id = $1`, [id])
  return row ?? null
}

const hasTwin = async (tx: Tx, id: Uuid, key: LineKey): Promise<boolean> => {
  const rows = await tx.sql(
    `select 1 from local_budget_line where municipality = $1 and year = $2 and side = $3 and topic = $4 and source = $5
       and account_group is not distinct from $6 and plan_id is not distinct from $7 and activity_uid is not distinct from $8
       and not struck and id <> $9`,
    [
      key.municipality,
      key.year,
      key.side,
      key.topic,
      key.source,
      key.accountGroup,
      key.planId,
      key.activityUid,
      id,
    ],
  )
  return rows.length > 0
}

interface Activity {
  readonly kind: string
  readonly municipality: string | null
}
/** An activity of an approved plan, with the plan it stands in. */
const activityOf = async (tx: Tx, planId: Uuid, uid: string): Promise<Activity | undefined> =>
  (
    await tx.sql<Activity>(
      `select p.kind, p.municipality from current_plan_activity a join action_plan p on p.id = a.plan_id
       where a.plan_id = $1 and a.uid = $2`,
      [planId, uid],
    )
  )[0]

export const setLine = command('local.set_line', SetLine, async (tx, cmd) => {
  const { body } = cmd
  const [town] = await tx.sql('select 1 from municipality where code = $1', [body.municipality])
  if (town === undefined) throw unknown('municipality')
  if ((body.planId === undefined) !== (body.activityUid === undefined))
    throw invalid({
      field: `body.body.${body.planId === undefined ? 'planId' : 'activityUid'}`,
      code: 'required',
    })
  if (body.planId !== undefined && body.activityUid !== undefined) {
    const activity = await activityOf(tx, body.planId, body.activityUid)
    if (activity === undefined || (activity.municipality ?? body.municipality) !== body.municipality)
      throw unknown('activityUid')
  }
  const { note, ...rest } = body
  const money = {
    ...rest,
    accountGroup: body.accountGroup ?? null,
    planId: body.planId ?? null,
    activityUid: body.activityUid ?? null,
    executed: body.executed ?? null,
  }
  const known = await lockLine(tx, cmd.recordId)
  // One key for every writer of that municipality's year: a line cannot be entered twice side by side.
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 18))', [
    `${money.municipality} ${money.year}`,
  ])
  const twin = await hasTwin(tx, cmd.recordId, money)
  const decision = decideSetLine(known, twin, money, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (known !== null) await mustBeFreshOrNew(tx, 'local_budget_line', cmd, ['money'])
  const version = await append(
    tx,
    { kind: 'local_budget_line', id: cmd.recordId, version: known?.version ?? 0 },
    decision.events,
  )
  const today = tiranaDay(tx.now)
  if (known === null)
    await tx.sql(
      `insert into local_budget_line (id, version, municipality, year, side, topic, source, account_group, plan_id, activity_uid,
         planned, executed, note, updated_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        cmd.recordId,
        version,
        money.municipality,
        money.year,
        money.side,
        money.topic,
        money.source,
        money.accountGroup,
        money.planId,
        money.activityUid,
        money.planned,
        money.executed,
        note ?? null,
        today,
      ],
    )
  else
    await tx.sql(
      'update local_budget_line set version = $2, planned = $3, executed = $4, note = $5, updated_on = $6 where id = $1',
      [cmd.recordId, version, money.planned, money.executed, note ?? known.note, today],
    )
  return done({ recordId: cmd.recordId, version })
})

export const strikeLine = command('local.strike_line', StrikeLine, async (tx, cmd) => {
  const known = await lockLine(tx, cmd.recordId)
  if (known === null) throw notFound()
  const decision = decideStrikeLine(known, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await mustBeFresh(tx, 'local_budget_line', cmd, ['money'])
  const version = await append(
    tx,
    { kind: 'local_budget_line', id: cmd.recordId, version: known.version },
    decision.events,
  )
  await tx.sql('update local_budget_line set struck = true, version = $2, updated_on = $3 where id = $1', [
    cmd.recordId,
    version,
    tiranaDay(tx.now),
  ])
  return done({ recordId: cmd.recordId, version })
})

/** Plans that a municipality's activity may serve: whatever stands above a municipality. */
const above = new Set(['national', 'framework', 'programme', 'county'])

export const serve = command('local.serve', Serve, async (tx, cmd) => {
  const { body } = cmd
  const [own, target] = await Promise.all([
    activityOf(tx, body.planId, body.activityUid),
    activityOf(tx, body.servesPlan, body.servesUid),
  ])
  if (own === undefined) throw unknown('activityUid')
  if (target === undefined) throw unknown('servesUid')
  const municipality = own.municipality ?? ''
  const [twin] = await tx.sql(
    `select 1 from local_serve where plan_id = $1 and activity_uid = $2 and serves_plan = $3 and serves_uid = $4 and not struck`,
    [body.planId, body.activityUid, body.servesPlan, body.servesUid],
  )
  const decision = decideServe(
    { municipality, own: own.kind === 'municipal', above: above.has(target.kind), twin: twin !== undefined },
    body,
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'local_serve', id: cmd.recordId, version: 0 }, decision.events)
  await tx.sql(
    `insert into local_serve (id, version, municipality, plan_id, activity_uid, serves_plan, serves_uid)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [cmd.recordId, version, municipality, body.planId, body.activityUid, body.servesPlan, body.servesUid],
  )
  return done({ recordId: cmd.recordId, version })
})

export const strikeServe = command('local.strike_serve', StrikeServe, async (tx, cmd) => {
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 18))', [cmd.recordId])
  const [known] = await tx.sql<{ municipality: string; struck: boolean; version: number }>(
    'select municipality, struck, version from local_serve where id = $1',
    [cmd.recordId],
  )
  if (known === undefined) throw notFound()
  const decision = decideStrikeServe(known, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'local_serve', id: cmd.recordId, version: known.version },
    decision.events,
  )
  await tx.sql('update local_serve set struck = true, version = $2 where id = $1', [cmd.recordId, version])
  return done({ recordId: cmd.recordId, version })
})

export const localCommands = [setLine, strikeLine, serve, strikeServe]
