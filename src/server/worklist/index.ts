import type { z } from 'zod'
import { type Escalated, WorkList, WorkQuery } from '#wire/work.ts'
import { getLaw } from '../clock/law.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { supervisionLaw } from '../supervision/reference.ts'
import type { Tx } from '../tx.ts'
import { COUNTED, sum } from './count.ts'
import { lastFaces } from './faces.ts'
import { filterCommands, listWorkFilters } from './filters.ts'
import { findWork } from './find.ts'
import { byDue, countGroups, itemsOf, kindsOf } from './items.ts'
import {
  type After,
  type Counted,
  dueActions,
  dueClocks,
  firstActions,
  firstClocks,
  type Kind,
  type WorkRow,
  waiting,
} from './rows.ts'
import { reachOf, sourceRows } from './source-rows.ts'
import type { Ways } from './sources.ts'

export const listWork = endpoint({
  method: 'GET',
  url: '/api/work',
  wire: {
    summary:
      'What is mine, by what is due: reports, cases, referrals, plan actions, meetings, hearings, reports to write',
    query: WorkQuery,
    reply: WorkList,
  },
  handle: async (tx, { query, identity }) => {
    const { holidays } = await getLaw(tx)
    const after = readCursor(query.cursor)
    const reach = reachOf(tx)
    const [[clocks, actions, waits], sources, escalated, { caseload }] = await Promise.all([
      gather(tx, query.kind, after, query.limit + 1),
      reach.then(({ ways }) => sourceRows(tx, COUNTED, ways)),
      after === null ? reach.then(({ ways }) => escalatedTo(tx, ways)) : [],
      reach,
    ])
    const more = sources.filter(
      (row) => (query.kind === undefined || row.kind === query.kind) && isAfter(row, after),
    )
    const found = [...clocks.rows, ...actions.rows, ...waits.page, ...more]
      .sort(byDue)
      .slice(0, query.limit + 1)
    const page = found.slice(0, query.limit)
    const faces = await lastFaces(tx, page)
    const last = page.at(-1)
    const ofSources = countGroups(sources, tx.now)
    const due = sum(sum(clocks.counts, actions.counts), ofSources)
    return {
      items: itemsOf(page, faces, tx, holidays, identity.language),
      next: last !== undefined && found.length > query.limit ? cursorOf(last.due, last.id) : null,
      total: Math.min(
        COUNTED,
        due.breached + due.overdue + due.today + due.week + due.later + waits.count + ofSources.none,
      ),
      counts: { ...due, none: waits.count + ofSources.none },
      escalated,
      caseload: tx.actor.role === 'cpw' ? { open: caseload, ceiling: supervisionLaw.ceiling } : null,
      kinds: kindsOf(page, identity.language),
    }
  },
})

const isAfter = (row: WorkRow, after: After | null): boolean =>
  after === null || row.due > after.at || (row.due === after.at && row.id > after.id)

interface Waits {
  readonly page: readonly WorkRow[]
  readonly count: number
}

/** One page over all sources, and how much each holds in all; what has no due date comes last. */
const gather = (
  tx: Tx,
  kind: Kind | undefined,
  after: After | null,
  limit: number,
): Promise<[Counted, Counted, Waits]> =>
  Promise.all([
    gatherClocks(tx, kind, after, limit),
    gatherActions(tx, kind, after, limit),
    gatherWaits(tx, kind, after, limit),
  ])

/** On the first page of everything one look gives both the page and its counts. */
const isFirst = (kind: Kind | undefined, after: After | null): boolean => kind === undefined && after === null

const gatherClocks = async (
  tx: Tx,
  kind: Kind | undefined,
  after: After | null,
  limit: number,
): Promise<Counted> => {
  if (isFirst(kind, after)) return firstClocks(tx, limit, COUNTED)
  const [rows, { counts }] = await Promise.all([
    dueClocks(tx, kind, after, limit),
    firstClocks(tx, 0, COUNTED),
  ])
  return { rows, counts }
}

const gatherActions = async (
  tx: Tx,
  kind: Kind | undefined,
  after: After | null,
  limit: number,
): Promise<Counted> => {
  if (isFirst(kind, after)) return firstActions(tx, limit, COUNTED)
  const [rows, { counts }] = await Promise.all([
    dueActions(tx, kind, after, limit),
    firstActions(tx, 0, COUNTED),
  ])
  return { rows, counts }
}

const gatherWaits = async (
  tx: Tx,
  kind: Kind | undefined,
  after: After | null,
  limit: number,
): Promise<Waits> => {
  const [all, page] = await Promise.all([
    waiting(tx, undefined, null, COUNTED),
    isFirst(kind, after) ? null : waiting(tx, kind, after, limit),
  ])
  return { page: page ?? all.slice(0, limit), count: all.length }
}

const escalatedTo = async (tx: Tx, ways: Ways): Promise<z.output<typeof Escalated>[]> => {
  if (ways !== null && !ways.includes('escalation')) return []
  return tx.sql(
    `select e.id, e.rule, e.record_kind as "recordKind", e.record_id as "recordId", e.at,
       coalesce((select f.code from case_file f where f.id = e.record_id), (select r.code from referral r where r.id = e.record_id), '') as code
     from escalation e join clock c on c.id = e.clock_id and c.stopped_at is null
     where e.role = $1 and e.at > $2::timestamptz - interval '30 days' order by e.at desc limit 50`,
    [tx.actor.role, tx.now],
  )
}

export const workEndpoints = [listWork, findWork, listWorkFilters]
export const workCommands = filterCommands
