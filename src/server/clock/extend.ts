import { decideExtend, extended, maySupervise, nextAt } from '#domain/clock/decide.ts'
import { ExtendClock } from '#wire/clock.ts'
import { append } from '../append.ts'
import { command, done, refused } from '../command.ts'
import { notFound } from '../problem.ts'
import { type ClockRow, clockOf } from './view.ts'

/** A supervisor gives more time, with a reason. What was breached stays counted. */
export const extendClock = command('clock.extend', ExtendClock, async (tx, cmd) => {
  const rows = await tx.sql<ClockRow & { version: number }>(
    `select c.*, h.version from clock c join record_head h on h.record_id = c.record_id and h.kind = c.record_kind
     where c.id = $1 and c.record_id = $2 for update of c`,
    [cmd.body.clockId, cmd.recordId],
  )
  const row = rows[0]
  if (row === undefined) throw notFound('body.body.clockId')
  // Seen is not supervised: a unit that is asked to take a case over gives no time on it.
  if (!maySupervise(tx.actor, { recordKind: row.record_kind, unitId: row.unit_id }))
    return refused({ code: 'clock_needs_supervisor' })
  const clock = clockOf(row)
  const decision = decideExtend(clock, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: row.record_kind, id: row.record_id, version: row.version },
    decision.events,
  )
  const after = extended(clock, decision.events[0]!, row.warn_percent)
  await tx.sql(
    `update clock set due_at = $2, warn_at = $3, warned_at = null, breached_at = null, escalated = 0, extensions = $4, next_at = $5
     where id = $1`,
    [clock.id, after.dueAt, after.warnAt, after.extensions, nextAt(after)],
  )
  await tx.sql('select follow_version($1, $2, $3)', [row.record_kind, row.record_id, version])
  return done({
    recordId: row.record_id,
    version,
    reply: { clockId: clock.id, dueAt: after.dueAt, breaches: after.breaches },
  })
})
