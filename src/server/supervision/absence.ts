/** Out-of-office days: naming them, ending them, and who is away. */
import { daysBetween, tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import { type Absence, decideEndAbsence, decideNameAbsence, holdsOn } from '#domain/supervision/absence.ts'
import { type AbsenceView, EndAbsence, ListAbsences, NameAbsence } from '#wire/supervision.ts'
import { append } from '../append.ts'
import { findWorker } from '../case/lookup.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'

const columns = `a.id, a.unit_id as "unitId", a.worker_id as "workerId", a.deputy_id as "deputyId", a.from_day::text as "from",
  a.until_day::text as until, a.ended_on::text as "endedOn"`

export const nameAbsence = command('supervision.name_absence', NameAbsence, async (tx, cmd) => {
  const { body } = cmd
  const workerId = body.workerId.toLowerCase()
  // One after the other for one worker: days never overlap.
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 43))', [workerId])
  const others = await tx.sql<Absence>(
    `select ${columns} from worker_absence a where a.worker_id = any ($1::uuid[]) and a.until_day >= $2`,
    [[workerId, body.deputyId], body.from],
  )
  const decision = decideNameAbsence(
    {
      worker: await findWorker(tx, workerId),
      deputy: await findWorker(tx, body.deputyId),
      from: body.from,
      until: body.until,
      kind: body.kind,
      today: tiranaDay(tx.now),
      days: daysBetween(body.from, body.until) + 1,
    },
    others,
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'worker_absence', id: cmd.recordId, version: 0 }, decision.events)
  await tx.sql(
    `insert into worker_absence (id, version, unit_id, worker_id, deputy_id, from_day, until_day, kind, named_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      cmd.recordId,
      version,
      tx.actor.unitId,
      workerId,
      body.deputyId,
      body.from,
      body.until,
      body.kind,
      tx.actor.userId,
    ],
  )
  return done({ recordId: cmd.recordId, version })
})

export const endAbsence = command('supervision.end_absence', EndAbsence, async (tx, cmd) => {
  const [row] = await tx.sql<Absence & { version: number }>(
    `select ${columns}, a.version from worker_absence a where a.id = $1`,
    [cmd.recordId],
  )
  if (row === undefined) throw notFound()
  await mustBeFresh(tx, 'worker_absence', cmd, ['days'])
  const today = tiranaDay(tx.now)
  const decision = decideEndAbsence(row, today, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'worker_absence', id: row.id, version: row.version },
    decision.events,
  )
  await tx.sql('update worker_absence set ended_on = $2, version = $3 where id = $1', [
    row.id,
    today,
    version,
  ])
  return done({ recordId: row.id, version })
})

/** Absences of the actor's unit that hold on this day or later. */
export const absencesFrom = async (tx: Tx, today: Day): Promise<AbsenceView[]> => {
  const rows = await tx.sql<
    Absence & { version: number; kind: AbsenceView['kind']; worker: string; deputy: string; stands: boolean }
  >(
    `select ${columns}, a.version, a.kind, w.display_name as worker, d.display_name as deputy,
       d.active and d.unit_id = a.unit_id and d.role in ('cpw', 'cpu_head') as stands from worker_absence a
       join app_user w on w.id = a.worker_id join app_user d on d.id = a.deputy_id
     where a.until_day >= $1 and (a.ended_on is null or a.ended_on > $1) order by a.from_day, a.id limit 200`,
    [today],
  )
  const who = (id: Uuid, name: string) => ({ id, name })
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    worker: who(row.workerId, row.worker),
    deputy: who(row.deputyId, row.deputy),
    from: row.from,
    until: row.until,
    kind: row.kind,
    endedOn: row.endedOn,
    now: holdsOn(row, today),
    stands: row.stands,
    mayEnd: row.endedOn === null && (tx.actor.role === 'cpu_head' || tx.actor.userId === row.workerId),
  }))
}

export const listAbsences = endpoint({
  method: 'GET',
  url: '/api/supervision/absences',
  wire: ListAbsences,
  handle: async (tx) => {
    const works = tx.actor.role === 'cpw' || tx.actor.role === 'cpu_head'
    if (!works) return { items: [], colleagues: [] }
    const [items, colleagues] = await Promise.all([
      absencesFrom(tx, tiranaDay(tx.now)),
      tx.sql<{ id: Uuid; name: string }>(
        `select id, display_name as name from app_user where unit_id = $1 and role in ('cpw', 'cpu_head') and active
         order by display_name, id`,
        [tx.actor.unitId],
      ),
    ])
    return { items, colleagues }
  },
})
