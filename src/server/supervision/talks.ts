/** Talks of supervision: written by the supervisor, confirmed by the worker, read by the two. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { decideConfirmTalk, decideTalk } from '#domain/supervision/talk.ts'
import { ConfirmTalk, HoldTalk, ListTalks, type TalkView } from '#wire/supervision.ts'
import { append } from '../append.ts'
import { findWorker } from '../case/lookup.ts'
import { command, done, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'

export const holdTalk = command('supervision.hold', HoldTalk, async (tx, cmd) => {
  const { body } = cmd
  const caseIds = [...new Set(body.caseIds.map((id) => id.toLowerCase()))]
  const known = await tx.sql<{ id: Uuid }>(
    `select id from case_file where id = any ($1::uuid[]) and unit_id = $2 and $3::uuid in (manager_id, deputy_id)`,
    [caseIds, tx.actor.unitId, body.workerId],
  )
  const decision = decideTalk(
    {
      ...body,
      worker: await findWorker(tx, body.workerId),
      caseIds,
      known: new Set(known.map((row) => row.id)),
      today: tiranaDay(tx.now),
    },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const id = cmd.recordId
  const version = await append(tx, { kind: 'supervision_session', id, version: 0 }, decision.events)
  await tx.sql(
    `insert into supervision_session (id, version, unit_id, supervisor_id, worker_id, held_on, topics, next_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, version, tx.actor.unitId, tx.actor.userId, body.workerId, body.heldOn, body.topics, body.nextOn],
  )
  await tx.sql('insert into supervision_session_named (id, agreements, remarks) values ($1, $2, $3)', [
    id,
    body.agreements,
    body.remarks,
  ])
  await tx.sql('insert into supervision_case (session_id, case_id) select $1, unnest($2::uuid[])', [
    id,
    caseIds,
  ])
  return done({ recordId: id, version })
})

export const confirmTalk = command('supervision.confirm', ConfirmTalk, async (tx, cmd) => {
  const [talk] = await tx.sql<{ version: number; workerId: Uuid; confirmed: boolean }>(
    `select version, worker_id as "workerId", confirmed_at is not null as confirmed from supervision_session where id = $1`,
    [cmd.recordId],
  )
  if (talk === undefined) throw notFound()
  const decision = decideConfirmTalk(talk, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'supervision_session', id: cmd.recordId, version: talk.version },
    decision.events,
  )
  await tx.sql('update supervision_session set confirmed_at = $2, version = $3 where id = $1', [
    cmd.recordId,
    tx.now,
    version,
  ])
  return done({ recordId: cmd.recordId, version })
})

export const listTalks = endpoint({
  method: 'GET',
  url: '/api/supervision/talks',
  wire: ListTalks,
  handle: async (tx) => ({
    items: await tx.sql<TalkView>(
      `select s.id, s.version, jsonb_build_object('id', a.id, 'name', a.display_name) as supervisor,
         jsonb_build_object('id', w.id, 'name', w.display_name) as worker, s.held_on::text as "heldOn", s.topics,
         coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'code', c.code) order by c.code) from supervision_case k
           join case_file c on c.id = k.case_id where k.session_id = s.id), '[]') as cases,
         n.agreements, n.remarks, s.next_on::text as "nextOn",
         coalesce(s.next_on < $1 and not exists (select 1 from supervision_session l where l.supervisor_id = s.supervisor_id
           and l.worker_id = s.worker_id and l.held_on > s.held_on), false) as late,
         s.confirmed_at as "confirmedAt"
       from supervision_session s join supervision_session_named n on n.id = s.id join app_user a on a.id = s.supervisor_id
         join app_user w on w.id = s.worker_id
       order by s.held_on desc, s.id desc limit 100`,
      [tiranaDay(tx.now)],
    ),
  }),
})
