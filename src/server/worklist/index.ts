import type { z } from 'zod'
import { workGroup } from '#domain/clock/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Language } from '#wire/words/index.ts'
import { type Escalated, type WorkItem, WorkList, WorkQuery } from '#wire/work.ts'
import { recordAccess } from '../access.ts'
import { getLaw } from '../clock/law.ts'
import { clockOf, viewClock } from '../clock/view.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'
import { countDue } from './count.ts'
import { type Face, findFaces } from './faces.ts'
import { type After, dueActions, dueClocks, type Kind, type WorkRow, waiting } from './rows.ts'

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
    const [found, due, waits, escalated, caseload] = await Promise.all([
      gather(tx, query.kind, after, query.limit + 1),
      countDue(tx, COUNTED),
      waiting(tx, undefined, null, COUNTED),
      after === null ? escalatedTo(tx) : [],
      caseloadOf(tx),
    ])
    const page = found.slice(0, query.limit)
    const faces = await findFaces(tx, page)
    recordAccess(tx, { act: 'list', kind: 'work', ids: [...faces.keys()], tier: 'T3' })
    const last = page.at(-1)
    return {
      items: page.flatMap((row) => {
        const face = faces.get(row.recordId)
        return face === undefined ? [] : [itemOf(row, face, tx, holidays, identity.language)]
      }),
      next: last !== undefined && found.length > query.limit ? cursorOf(last.due, last.id) : null,
      total: Math.min(COUNTED, due.breached + due.overdue + due.today + due.week + due.later + waits.length),
      counts: {
        ...due,
        none: waits.length,
      },
      escalated,
      caseload,
    }
  },
})

/** One page over all sources, in order of due date; what has none comes last. */
const gather = async (
  tx: Tx,
  kind: Kind | undefined,
  after: After | null,
  limit: number,
): Promise<WorkRow[]> => {
  const found = await Promise.all([
    dueClocks(tx, kind, after, limit),
    dueActions(tx, kind, after, limit),
    waiting(tx, kind, after, limit),
  ])
  return found
    .flat()
    .sort((a, b) => (a.due === b.due ? (a.id < b.id ? -1 : 1) : a.due < b.due ? -1 : 1))
    .slice(0, limit)
}

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
