/** Saying where an activity stands. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import { decideStatus } from '#domain/execution/status.ts'
import { SetStatus } from '#wire/execution.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { appendTo, holdActivity, kind } from './store.ts'

export const setStatus = command('activity.set_status', SetStatus, async (tx, cmd) => {
  const activity = await holdActivity(tx, cmd.recordId)
  if (activity === null) return refused({ code: 'not_allowed' })
  await mustBeFresh(tx, kind, cmd, ['status'])
  const [evidence] = await tx.sql<{ n: number }>(
    'select count(*)::int as n from activity_deliverable where execution_id = $1 and approved_on is not null',
    [activity.id],
  )
  const decision = decideStatus(activity, cmd.body, {
    standing: activity.standing,
    today: tiranaDay(tx.now),
    evidence: evidence?.n ?? 0,
  })
  if (!decision.ok) return refused(decision.refusal)
  const version = await appendTo(tx, activity, decision.events)
  await tx.sql('update activity_execution set status = $2, since = $3 where id = $1', [
    activity.id,
    cmd.body.to,
    cmd.body.on,
  ])
  await tx.sql(
    `insert into activity_status (execution_id, seq, status, on_day, reason, by_unit, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [activity.id, version, cmd.body.to, cmd.body.on, cmd.body.reason ?? null, tx.actor.unitId, tx.now],
  )
  return done({ recordId: activity.id, version })
})
