/** Several cases to others in one act, and its preview. */
import type { Uuid } from '#domain/core.ts'
import { type Carried, carriedStatuses, shareOut, weightOf } from '#domain/supervision/caseload.ts'
import { decideReassign } from '#domain/supervision/reassign.ts'
import { ReadHandOver, ReassignMany } from '#wire/supervision.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { findWorker } from '../case/lookup.ts'
import { lockCase, record } from '../case/store.ts'
import { command, done, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { forbidden, invalid, notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { loadsOf } from './loads.ts'
import { supervisionLaw } from './reference.ts'

/** Always in the same order, so that two heads never wait for each other. */
const inOrder = (ids: readonly Uuid[]): readonly Uuid[] => [...ids].sort()

const isOfUnit = async (tx: Tx, userId: Uuid, unitId: Uuid): Promise<boolean> =>
  (await tx.sql('select 1 from app_user where id = $1 and unit_id = $2', [userId, unitId])).length > 0

export const reassignMany = command('case.reassign_many', ReassignMany, async (tx, cmd) => {
  const { reason } = cmd.body
  const leaverId = cmd.body.leaverId?.toLowerCase() ?? null
  const moves = cmd.body.moves.map((one) => ({ ...one, caseId: one.caseId.toLowerCase() }))
  const ids = moves.map((one) => one.caseId)
  const twice = ids.findIndex((id, n) => ids.indexOf(id) !== n)
  if (twice >= 0) throw invalid({ field: `body.body.moves.${twice}.caseId`, code: 'custom' })
  const { unitId } = tx.actor
  // Whoever leaves is of this unit, as on the page from which the act is begun; somebody else's leaving is not the head's to write down.
  if (leaverId !== null && !(await isOfUnit(tx, leaverId, unitId))) throw notFound()
  const rest =
    leaverId === null
      ? { managed: [], stoodIn: [] }
      : await tx
          .sql<{ id: Uuid; managed: boolean }>(
            `select id, manager_id = $2 as managed from case_file where unit_id = $1 and status = any ($3)
               and (manager_id = $2 or deputy_id = $2)`,
            [unitId, leaverId, carriedStatuses],
          )
          .then((rows) => ({
            managed: rows.filter((row) => row.managed && !ids.includes(row.id)).map((row) => row.id),
            stoodIn: rows.filter((row) => !row.managed && !ids.includes(row.id)).map((row) => row.id),
          }))
  const locked = new Map<Uuid, Awaited<ReturnType<typeof lockCase>>>()
  for (const id of inOrder([...ids, ...rest.stoodIn])) locked.set(id, await lockCase(tx, id))
  const receivers = [...new Set(moves.map((one) => one.managerId.toLowerCase()))]
  const workers = new Map(
    await Promise.all(receivers.map(async (id) => [id, await findWorker(tx, id)] as const)),
  )
  const stateOf = (id: Uuid) => {
    const state = locked.get(id)
    if (state === undefined) throw notFound()
    return state
  }
  const decision = decideReassign(
    {
      moves: moves.map((one) => ({
        state: stateOf(one.caseId),
        from: one.fromId,
        to: workers.get(one.managerId.toLowerCase()) ?? null,
      })),
      stoodIn: rest.stoodIn.map(stateOf),
      leaverId,
      rest: rest.managed.length,
      reason,
      loads: await loadsOf(tx, unitId, receivers),
    },
    supervisionLaw,
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'hand_over', id: cmd.recordId, version: 0 }, [decision.event])
  for (const { state, events } of decision.moved) await record(tx, state, events)
  tx.later(
    'insert into hand_over (id, version, unit_id, leaver_id, by_id, at, moved) values ($1, $2, $3, $4, $5, $6, $7)',
    [cmd.recordId, version, unitId, leaverId, tx.actor.userId, tx.now, decision.event.facts.moved],
  )
  const { moved, deputiesEnded, over } = decision.event.facts
  return done({ recordId: cmd.recordId, version, reply: { moved, deputiesEnded, over } })
})

export const readHandOver = endpoint({
  method: 'GET',
  url: '/api/supervision/hand-over/{id}',
  wire: ReadHandOver,
  handle: async (tx, { params }) => {
    if (tx.actor.role !== 'cpu_head') throw forbidden()
    const { unitId } = tx.actor
    const [people, cases, stood] = await Promise.all([
      tx.sql<{ id: Uuid; name: string; active: boolean }>(
        `select id, display_name as name, active from app_user where unit_id = $1 and role in ('cpw', 'cpu_head')
           and (active or id = $2) order by display_name, id`,
        [unitId, params.id],
      ),
      tx.sql<Carried & { id: Uuid; code: string; late: number }>(
        `select c.id, c.code, c.status, c.risk_level as risk, (select count(*)::int from clock k where k.record_id = c.id
           and k.record_kind = 'case_file' and k.stopped_at is null and k.paused_at is null and k.due_at < $3) as late
         from case_file c where c.unit_id = $1 and c.manager_id = $2 and c.status = any ($4) order by c.code`,
        [unitId, params.id, tx.now, carriedStatuses],
      ),
      tx.sql<{ n: number }>(
        'select count(*)::int as n from case_file where unit_id = $1 and deputy_id = $2 and status = any ($3)',
        [unitId, params.id, carriedStatuses],
      ),
    ])
    const worker = people.find((one) => one.id === params.id)
    if (worker === undefined) throw notFound()
    const others = people.filter((one) => one.id !== worker.id)
    const loads = await loadsOf(
      tx,
      unitId,
      others.map((one) => one.id),
    )
    const receivers = others.map(({ id, name }) => ({ id, name, load: loads.get(id) ?? 0 }))
    const shares = new Map(
      shareOut(supervisionLaw, cases, receivers).map((one) => [one.caseId, one.to] as const),
    )
    recordAccess(tx, { act: 'list', kind: 'case_file', ids: cases.map((one) => one.id), tier: 'T2' })
    return {
      worker: { id: worker.id, name: worker.name },
      ceiling: supervisionLaw.ceiling,
      cases: cases.map((one) => ({
        ...one,
        weight: weightOf(supervisionLaw, one),
        to: shares.get(one.id) ?? null,
      })),
      standsIn: stood[0]?.n ?? 0,
      receivers,
    }
  },
})
