/** Saved filters of the work list: kept by commands, read with what a head needs to give work to others. */

import type { Uuid } from '#domain/core.ts'
import { decideRemoveFilter, decideSaveFilter, leadsUnit, type WorkFilter } from '#domain/worklist/filter.ts'
import { ListWorkFilters, RemoveWorkFilter, SaveWorkFilter, WorkCriteria, workKinds } from '#wire/work.ts'
import { append } from '../append.ts'
import { type CommandHandler, command, done, mustBeFreshOrNew, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { loadsOf } from '../supervision/loads.ts'
import { supervisionLaw } from '../supervision/reference.ts'
import type { Tx } from '../tx.ts'
import { labelOf } from './items.ts'

const known = (tx: Tx, id: Uuid): Promise<WorkFilter[]> =>
  tx.sql<WorkFilter>('select id, version, user_id as "userId" from work_filter where id = $1', [id])

const save = command('work_filter.save', SaveWorkFilter, async (tx, cmd) => {
  const { body, recordId: id } = cmd
  const [[before], [mine]] = await Promise.all([
    known(tx, id),
    tx.sql<{ n: number }>('select count(*)::int as n from work_filter where user_id = me_user()'),
  ])
  const decision = decideSaveFilter(before ?? null, mine?.n ?? 0, body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (before !== undefined) await mustBeFreshOrNew(tx, 'work_filter', cmd, ['filter'])
  const version = await append(
    tx,
    { kind: 'work_filter', id, version: before?.version ?? 0 },
    decision.events,
  )
  const values = [id, version, body.name, body.shared, JSON.stringify(body.criteria), tx.now]
  if (before === undefined)
    await tx.sql(
      `insert into work_filter (id, version, name, shared, criteria, saved_at, user_id, unit_id)
       values ($1, $2, $3, $4, $5, $6, me_user(), me_unit())`,
      values,
    )
  else
    await tx.sql(
      'update work_filter set version = $2, name = $3, shared = $4, criteria = $5, saved_at = $6 where id = $1',
      values,
    )
  return done({ recordId: id, version })
})

const remove = command('work_filter.remove', RemoveWorkFilter, async (tx, cmd) => {
  const [before] = await known(tx, cmd.recordId)
  if (before === undefined) throw notFound()
  const decision = decideRemoveFilter(before, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'work_filter', id: before.id, version: before.version },
    decision.events,
  )
  await tx.sql('delete from work_filter where id = $1', [before.id])
  return done({ recordId: before.id, version })
})

export const filterCommands: readonly CommandHandler[] = [save, remove]

interface Row {
  readonly id: Uuid
  readonly version: number
  readonly name: string
  readonly shared: boolean
  readonly mine: boolean
  readonly criteria: unknown
}

export const listWorkFilters = endpoint({
  method: 'GET',
  url: '/api/work/filters',
  wire: ListWorkFilters,
  handle: async (tx, { identity }) => {
    const [rows, workers] = await Promise.all([
      tx.sql<Row>(
        `select id, version, name, shared, user_id = me_user() as mine, criteria from work_filter
         order by user_id <> me_user(), lower(name), id limit 100`,
      ),
      leadsUnit(tx.actor.role)
        ? tx.sql<{ id: Uuid; name: string }>(
            `select u.id, u.display_name as name
             from app_user u where u.unit_id = me_unit() and u.role in ('cpw', 'cpu_head') and u.active order by u.display_name, u.id limit 200`,
          )
        : [],
    ])
    const ids = workers.map((worker) => worker.id)
    const loads = ids.length === 0 ? new Map<Uuid, number>() : await loadsOf(tx, tx.actor.unitId, ids)
    return {
      // A filter kept before a code went out of use chooses by what it still knows.
      items: rows.flatMap((row) => {
        const criteria = WorkCriteria.safeParse(row.criteria)
        return criteria.success ? [{ ...row, criteria: criteria.data }] : []
      }),
      workers: workers.map((worker) => ({ ...worker, open: loads.get(worker.id) ?? 0 })),
      ceiling: supervisionLaw.ceiling,
      kinds: workKinds.map((kind) => ({ kind, label: labelOf(kind, identity.language) })),
    }
  },
})
