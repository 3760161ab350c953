import type { z } from 'zod'
import { workGroup } from '#domain/clock/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Language } from '#wire/words/index.ts'
import { type Escalated, type WorkItem, WorkList, WorkQuery } from '#wire/work.ts'
import { getLaw } from '../clock/law.ts'
import { clockOf, viewClock } from '../clock/view.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'
import { sum } from './count.ts'
import { type Face, lastFaces } from './faces.ts'
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

/** Beyond this nobody counts. */
const COUNTED = 1000
/** Children per worker above which the head is asked to share out (CPMS standard 18, unconfirmed). */
const CEILING = 25

export const listWork = endpoint({
  method: 'GET',
  url: '/api/work',
  wire: {
    summary: 'What is mine, by what is due: reports, cases, referrals, plan actions',
    query: WorkQuery,
    reply: WorkList,
  },
  handle: async (tx, { query, identity }) => {
    const { holidays } = await getLaw(tx)
    const after = readCursor(query.cursor)
    const [[clocks, actions, waits], escalated, caseload] = await Promise.all([
      gather(tx, query.kind, after, query.limit + 1),
      after === null ? escalatedTo(tx) : [],
      caseloadOf(tx),
    ])
    const found = [...clocks.rows, ...actions.rows, ...waits.page].sort(byDue).slice(0, query.limit + 1)
    const page = found.slice(0, query.limit)
    const faces = await lastFaces(tx, page)
    const last = page.at(-1)
    const due = sum(clocks.counts, actions.counts)
    return {
      items: page.flatMap((row) => {
        const face = faces.get(row.recordId)
        return face === undefined ? [] : [itemOf(row, face, tx, holidays, identity.language)]
      }),
      next: last !== undefined && found.length > query.limit ? cursorOf(last.due, last.id) : null,
      total: Math.min(COUNTED, due.breached + due.overdue + due.today + due.week + due.later + waits.count),
      counts: { ...due, none: waits.count },
      escalated,
      caseload,
    }
  },
})

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

const byDue = (a: WorkRow, b: WorkRow): number =>
  a.due === b.due ? (a.id < b.id ? -1 : 1) : a.due < b.due ? -1 : 1

const groupOf = (row: WorkRow, now: string): WorkItem['group'] =>
  row.clock === null ? 'none' : workGroup(clockOf(row.clock), now)

const initial = (name: string | null): string => (name ? ` ${[...name][0]}.` : '')

const itemOf = (
  row: WorkRow,
  face: Face,
  tx: Tx,
  holidays: ReadonlySet<string>,
  language: Language,
): WorkItem => ({
  id: row.id,
  kind: row.kind,
  recordId: row.recordId,
  caseId: row.caseId ?? face.caseId,
  code: face.code,
  group: groupOf(row, tx.now),
  clock: row.clock === null ? null : viewClock(row.clock, tx.actor, tx.now, holidays),
  title: row.title ?? (row.task === null ? null : say(language, `clock.${row.task}`)),
  name: face.given ? `${face.given}${initial(face.family)}` : null,
  age: face.bornTo === null ? null : Math.max(0, Number(tiranaDay(tx.now).slice(0, 4)) - face.bornTo),
  sex: face.sex,
  risk: face.risk,
})

const escalatedTo = (tx: Tx): Promise<z.output<typeof Escalated>[]> =>
  tx.sql(
    `select e.id, e.rule, e.record_kind as "recordKind", e.record_id as "recordId", e.at,
       coalesce((select f.code from case_file f where f.id = e.record_id), (select r.code from referral r where r.id = e.record_id), '') as code
     from escalation e join clock c on c.id = e.clock_id and c.stopped_at is null
     where e.role = $1 and e.at > $2::timestamptz - interval '30 days' order by e.at desc limit 50`,
    [tx.actor.role, tx.now],
  )

const caseloadOf = async (tx: Tx): Promise<{ open: number; ceiling: number } | null> => {
  if (tx.actor.role !== 'cpw') return null
  const rows = await tx.sql<{ n: number }>(
    'select count(*)::int as n from case_file where manager_id = $1 and closed_at is null',
    [tx.actor.userId],
  )
  return { open: rows[0]?.n ?? 0, ceiling: CEILING }
}

export const workEndpoints = [listWork]
