/** Reading complaints: the office's inbox, one complaint, the questions put to an institution, the counts. */
import type { z } from 'zod'
import { suppress } from '#disclosure/suppress.ts'
import { fromTirana, tiranaDay } from '#domain/clock/tirana.ts'
import {
  bodyOfUnit,
  type ComplaintBody,
  type ComplaintOutcome,
  complaintActionsOf,
  complaintBodies,
  complaintLabel,
  complaintOutcomes,
  discriminationGrounds,
  dueState,
} from '#domain/complaint/model.ts'
import type { Actor, Instant, Uuid } from '#domain/core.ts'
import {
  ComplaintFigures,
  ListComplaintQuestions,
  ListComplaints,
  ListComplaintUnits,
  ReadComplaint,
} from '#wire/complaint.ts'
import { recordAccess } from '../access.ts'
import { getRule } from '../clock/law.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { openBytes } from '../sealing/index.ts'
import { findKey } from '../sealing/keys.ts'
import type { Tx } from '../tx.ts'
import {
  type ComplaintRow,
  complaintColumns,
  directoryUnits,
  type QuestionRow,
  questionColumns,
  questionsOf,
  type SealedWho,
  toComplaint,
  toQuestion,
  whoPlace,
} from './store.ts'

type Due = z.input<typeof ReadComplaint.reply>['due']
type Unit = z.input<typeof ReadComplaint.reply>['unit']

const dueOf = async (
  tx: Tx,
  rule: 'D52' | 'D53' | 'D54',
  at: {
    readonly from: Instant
    readonly by: Instant | null
    readonly warn: Instant | null
    readonly ended: Instant | null
  },
): Promise<Due> => {
  if (at.by === null || at.warn === null) return null
  const law = await getRule(tx, rule, tiranaDay(tx.now))
  return {
    rule,
    startedAt: at.from,
    warnAt: at.warn,
    dueAt: at.by,
    stoppedAt: at.ended,
    state: dueState(at.by, at.warn, at.ended, tx.now),
    unconfirmed: law.rule.verification === 'U',
    legalSource: law.rule.legalSource,
  }
}
/** Taking it up comes first, then deciding it. */
const nextDue = (tx: Tx, row: ComplaintRow): Promise<Due> =>
  row.state === 'RECEIVED'
    ? dueOf(tx, 'D52', { from: row.received_at, by: row.take_by, warn: row.take_warn, ended: null })
    : dueOf(tx, 'D53', {
        from: row.received_at,
        by: row.decide_by,
        warn: row.decide_warn,
        ended: row.decided_at,
      })
const dueOfQuestion = (tx: Tx, row: QuestionRow): Promise<Due> =>
  dueOf(tx, 'D54', { from: row.asked_at, by: row.answer_by, warn: row.answer_warn, ended: row.answered_at })

interface Listed extends ComplaintRow {
  readonly unit: Unit
  readonly officer: string | null
  readonly asked: boolean
  readonly sort_at: Instant
}
const unitOf = (id: string): string =>
  `(select jsonb_build_object('id', u.id, 'nameSq', u.name_sq, 'nameEn', u.name_en) from unit u where u.id = ${id})`
const listedColumns = `${complaintColumns}, ${unitOf('c.unit_id')} as unit,
  (select a.display_name from app_user a where a.id = c.officer_id) as officer,
  exists (select from complaint_question x where x.complaint_id = c.id and x.answered_at is null) as asked`

const rowOf = async (tx: Tx, row: Listed) => ({
  id: row.id,
  version: row.version,
  label: complaintLabel(row.id),
  state: row.state,
  route: row.route,
  body: row.body,
  unit: row.unit,
  municipality: row.municipality,
  by: row.by_whom,
  channel: row.channel,
  discrimination: row.discrimination,
  ground: row.ground,
  receivedAt: row.received_at,
  outcome: row.outcome,
  advocate: row.advocate,
  asked: row.asked,
  due: await nextDue(tx, row),
  officer: row.officer,
})

export const listComplaints = endpoint({
  method: 'GET',
  url: '/api/complaints',
  wire: ListComplaints,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const open = query.which === 'open'
    const rows = await tx.sql<Listed>(
      `select ${listedColumns}, c.received_at as sort_at from complaint c
       where (c.state <> 'CLOSED') = $1 and ($2::timestamptz is null or (c.received_at, c.id) ${open ? '>' : '<'} ($2, $3::uuid))
       order by c.received_at ${open ? 'asc' : 'desc'}, c.id ${open ? 'asc' : 'desc'} limit $4`,
      [open, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const shown = rows.slice(0, query.limit)
    recordAccess(tx, { act: 'list', kind: 'complaint', ids: shown.map(({ id }) => id), tier: 'T2' })
    const last = shown.at(-1)
    return {
      items: await Promise.all(shown.map((row) => rowOf(tx, row))),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.sort_at, last.id) : null,
    }
  },
})

interface Words {
  readonly narrative: string
  readonly body_said: string | null
  readonly answer: string | null
  readonly measures: string | null
  readonly passed_to: string | null
  readonly advocate_reference: string | null
  readonly findings: string | null
  readonly advocate_said: string[] | null
}

/** For the officer who has it in hand, and nobody else: the row is not found otherwise. */
const whoOf = async (tx: Tx, id: Uuid): Promise<SealedWho | null> => {
  const [row] = await tx.sql<{ sealed: Buffer | null }>(
    'select sealed from complaint_sensitive where id = $1',
    [id],
  )
  if (row?.sealed === undefined || row.sealed === null) return null
  const place = whoPlace(id)
  return openBytes(await findKey(tx, place.record), place, row.sealed) as unknown as SealedWho
}

export const readComplaint = endpoint({
  method: 'GET',
  url: '/api/complaints/{id}',
  wire: ReadComplaint,
  handle: async (tx, { params }) => {
    const [[row], [words], questions, asked] = await Promise.all([
      tx.sql<Listed>(`select ${listedColumns} from complaint c where c.id = $1`, [params.id]),
      tx.sql<Words>(
        `select narrative, body_said, answer, measures, passed_to, advocate_reference, findings, advocate_said
         from complaint_named where id = $1`,
        [params.id],
      ),
      questionsOf(tx, params.id),
      tx.sql<{ id: Uuid; unit: Unit; question: string; answer: string | null }>(
        `select x.id, ${unitOf('x.unit_id')} as unit, n.question, n.answer from complaint_question x
         join complaint_question_named n on n.id = x.id where x.complaint_id = $1`,
        [params.id],
      ),
    ])
    if (row === undefined || words === undefined) throw notFound()
    const who = await whoOf(tx, row.id)
    recordAccess(tx, { act: 'read', kind: 'complaint', ids: [row.id], tier: who === null ? 'T3' : 'T4' })
    const actions = complaintActionsOf(tx.actor, toComplaint(row), questions.map(toQuestion))
    const [units, colleagues] = await Promise.all([
      actions.includes('ask')
        ? tx.sql<{ id: Uuid; nameSq: string; nameEn: string }>(
            `select id, name_sq as "nameSq", name_en as "nameEn" from unit where institution_id = $1 and active
             order by id <> $2, name_sq limit 200`,
            [row.institution_id, row.unit_id],
          )
        : [],
      actions.includes('name')
        ? tx.sql<{ id: Uuid; name: string }>(
            `select id, display_name as name from app_user where unit_id = $1 and active and id <> all ($2::uuid[])
             order by display_name limit 100`,
            [tx.actor.unitId, row.named],
          )
        : [],
    ])
    return {
      ...(await rowOf(tx, row)),
      language: row.language,
      identity: row.identity,
      narrative: words.narrative,
      bodySaid: words.body_said,
      who,
      questions: await Promise.all(
        questions.map(async (one) => {
          const said = asked.find(({ id }) => id === one.id)
          return {
            id: one.id,
            unit: said?.unit ?? null,
            question: said?.question ?? '',
            answer: said?.answer ?? null,
            askedAt: one.asked_at,
            answeredAt: one.answered_at,
            due: await dueOfQuestion(tx, one),
          }
        }),
      ),
      decidedAt: row.decided_at,
      answer: words.answer,
      measures: words.measures,
      passedTo: words.passed_to,
      advocateOn: row.advocate_on,
      advocateReference: words.advocate_reference,
      findings: words.findings,
      recommendations: words.advocate_said ?? [],
      units,
      colleagues,
      actions: [...actions],
    }
  },
})

/** What an institution sees: the question and its own answer. Not for the office itself, which reads them with the complaint. */
export const listComplaintQuestions = endpoint({
  method: 'GET',
  url: '/api/complaint-questions',
  wire: ListComplaintQuestions,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<QuestionRow & { question: string; answer: string | null }>(
      `select ${questionColumns}, n.question, n.answer from complaint_question x join complaint_question_named n on n.id = x.id
       where x.unit_id = (select me_unit()) and ($1::timestamptz is null or (x.asked_at, x.id) < ($1, $2::uuid))
       order by x.asked_at desc, x.id desc limit $3`,
      [after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const shown = rows.slice(0, query.limit)
    recordAccess(tx, { act: 'list', kind: 'complaint_question', ids: shown.map(({ id }) => id), tier: 'T3' })
    const last = shown.at(-1)
    return {
      items: await Promise.all(
        shown.map(async (row) => ({
          id: row.id,
          version: row.version,
          label: complaintLabel(row.id),
          question: row.question,
          answer: row.answer,
          askedAt: row.asked_at,
          answeredAt: row.answered_at,
          due: await dueOfQuestion(tx, row),
        })),
      ),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.asked_at, last.id) : null,
    }
  },
})

/** Whom one may name when a complaint is written down for somebody. */
export const listComplaintUnits = endpoint({
  method: 'GET',
  url: '/api/complaint-units',
  wire: ListComplaintUnits,
  handle: async (tx, { query }) => ({
    items: (await directoryUnits(tx, query.municipality ?? null)).filter(
      ({ kind }) => bodyOfUnit(kind) === query.body,
    ),
  }),
})

interface Count {
  readonly body: ComplaintBody
  readonly ground: string
  readonly outcome: ComplaintOutcome | 'open'
  readonly late: boolean
  readonly n: number
}
const outcomes = ['open', ...complaintOutcomes] as const
const grounds = ['none', ...discriminationGrounds] as const
/** Largest count that is hidden from those who are signed in (decision 13). */
const small = 4

const tableOf = (counts: readonly Count[], columns: readonly string[], of: (one: Count) => string) => {
  const cells = complaintBodies.map((body) =>
    columns.map((column) =>
      counts.filter((one) => one.body === body && of(one) === column).reduce((sum, one) => sum + one.n, 0),
    ),
  )
  const shown = suppress({ cells }, { upTo: small })
  return {
    rows: [...complaintBodies],
    columns: [...columns],
    cells: shown.cells.map((line) => [...line]),
    rowTotals: [...shown.rowTotals],
    columnTotals: [...shown.columnTotals],
  }
}

const counters: readonly Actor['role'][] = [
  'state_agency',
  'peoples_advocate',
  'coordinator',
  'county_committee',
]

export const readComplaintFigures = endpoint({
  method: 'GET',
  url: '/api/complaint-figures',
  wire: ComplaintFigures,
  handle: async (tx, { query }) => {
    if (!counters.includes(tx.actor.role)) throw notFound()
    // Whole years only: two periods that differ by a day would tell of the one complaint of that day.
    const counts = await tx.sql<Count>('select * from complaint_counts($1, $2, $3)', [
      fromTirana(`${query.year}-01-01`),
      fromTirana(`${query.year + 1}-01-01`),
      tx.now,
    ])
    const total = counts.reduce((sum, one) => sum + one.n, 0)
    const late = counts.filter((one) => one.late).reduce((sum, one) => sum + one.n, 0)
    const tooFew = (n: number): boolean => n > 0 && n <= small
    return {
      total: tooFew(total) ? null : total,
      late: tooFew(late) || tooFew(total - late) ? null : late,
      byOutcome: tableOf(counts, outcomes, (one) => one.outcome),
      byGround: tableOf(counts, grounds, (one) => one.ground),
    }
  },
})
