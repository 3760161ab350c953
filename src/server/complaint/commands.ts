/** Commands on complaints. What is written down for somebody is out of the writer's sight at once. */
import {
  decideAnswerQuestion,
  decideAsk,
  decideClose,
  decideDecide,
  decideName,
  decideOpenAdvocate,
  decideOpenInquiry,
  decideReceiveComplaint,
  decideReportAdvocate,
  decideTake,
  type Target,
} from '#domain/complaint/decide.ts'
import { bodyOfUnit, type Complaint, type ComplaintEvent, complaintLabel } from '#domain/complaint/model.ts'
import type { Decision, Uuid } from '#domain/core.ts'
import {
  AnswerComplaintQuestion,
  AskInstitution,
  CloseComplaint,
  DecideComplaint,
  EnterComplaint,
  NameInComplaint,
  OpenAdvocateInquiry,
  OpenComplaintInquiry,
  ReportAdvocateInquiry,
  TakeComplaint,
} from '#wire/complaint.ts'
import { append } from '../append.ts'
import { type Command, command, commandAsking, done, mustBeFresh, type Outcome, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import { invalid, notFound } from '../problem.ts'
import { sealBytes } from '../sealing/index.ts'
import { newKey } from '../sealing/keys.ts'
import type { Tx, WriteTx } from '../tx.ts'
import {
  answerDeadline,
  complaintDeadlines,
  lockComplaint,
  type QuestionRow,
  questionColumns,
  receiptHash,
  type SealedWho,
  toQuestion,
  whoPlace,
} from './store.ts'

const targetOf = async (tx: Tx, unitId: Uuid | null): Promise<Target | null | 'unknown'> => {
  if (unitId === null) return null
  const [row] = await tx.sql<Target>(
    `select u.institution_id as "institutionId", u.id as "unitId", u.kind from unit u join institution i on i.id = u.institution_id
     where u.id = $1 and u.active and i.active`,
    [unitId],
  )
  return row ?? 'unknown'
}
const text = (value: string | undefined): string => value?.trim() ?? ''

/** Both doors: the public page (nobody signed in) and staff who write it down for somebody. */
export const enterComplaint = commandAsking(
  'complaint.enter',
  EnterComplaint,
  async (tx, body) => ({
    target: await targetOf(tx, body.unitId),
    known:
      body.municipality === null ||
      (await tx.sql('select 1 from municipality where code = $1', [body.municipality])).length > 0,
    deadlines: await complaintDeadlines(tx),
    offices: await tx.sql<{ id: Uuid; kind: string }>(
      "select id, kind from unit where active and kind in ('state_agency', 'peoples_advocate')",
    ),
  }),
  async (tx, { recordId: id, body }, { target, known, deadlines, offices }) => {
    if (target === 'unknown') throw invalid({ field: 'body.body.unitId', code: 'unknown_code' })
    if (!known) throw invalid({ field: 'body.body.municipality', code: 'unknown_code' })
    const { unitId: _unit, who, receipt, ...said } = body
    const told = { ...said, body: target === null ? said.body : bodyOfUnit(target.kind) }
    const sealed: SealedWho = {
      name: text(who?.name),
      contact: text(who?.contact),
      safeWay: text(who?.safeWay),
    }
    const identity = Object.values(sealed).some((value) => value !== '')
    const decision = decideReceiveComplaint(told, { target, identity }, tx.stamp)
    if (!decision.ok) return refused(decision.refusal)
    const [event] = decision.events
    if (event === undefined) return refused({ code: 'not_allowed' })
    const version = await append(tx, { kind: 'complaint', id, version: 0 }, decision.events)
    const { facts } = event
    tx.later(
      `insert into complaint (id, version, state, route, body, institution_id, unit_id, municipality, by_whom, channel, discrimination,
         ground, language, identity, entered_by, received_at, take_warn, take_by, decide_warn, decide_by)
       values ($1, $2, 'RECEIVED', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
      [
        id,
        version,
        facts.route,
        facts.body,
        facts.institutionId,
        facts.unitId,
        facts.municipality,
        facts.by,
        facts.channel,
        facts.discrimination,
        facts.ground,
        facts.language,
        facts.identity,
        tx.actor.role === 'public' ? null : tx.actor.userId,
        tx.stamp.now,
        deadlines.take.warn,
        deadlines.take.by,
        deadlines.decide.warn,
        deadlines.decide.by,
      ],
    )
    tx.later('insert into complaint_named (id, narrative, body_said) values ($1, $2, $3)', [
      id,
      told.narrative,
      told.bodySaid ?? null,
    ])
    if (identity) {
      const { key, keep } = newKey(tx, whoPlace(id).record)
      keep()
      tx.later('insert into complaint_sensitive (id, sealed) values ($1, $2)', [
        id,
        sealBytes(key, whoPlace(id), sealed),
      ])
    }
    tx.later('insert into complaint_receipt (hash, complaint_id) values ($1, $2)', [receiptHash(receipt), id])
    const office = offices.find(({ kind }) => kind === facts.route)
    if (office !== undefined)
      await tell(tx, {
        unitId: office.id,
        code: 'complaint_received',
        recordKind: 'complaint',
        recordId: id,
        label: complaintLabel(id),
      })
    return done({ recordId: id, version })
  },
)

type Change = Readonly<Record<string, unknown>>
/** Columns of the row and of its words that an act sets; the names are ours, never a client's. */
const save = (tx: WriteTx, id: Uuid, version: number, row: Change, named: Change = {}): void => {
  const set = (of: Change): string =>
    Object.keys(of)
      .map((column, n) => `${column} = $${n + 2}`)
      .join(', ')
  const changed = { ...row, version }
  tx.later(`update complaint set ${set(changed)} where id = $1`, [id, ...Object.values(changed)])
  if (Object.keys(named).length > 0)
    tx.later(`update complaint_named set ${set(named)} where id = $1`, [id, ...Object.values(named)])
}

/** Lock, decide, append, save: what the simple acts share. */
const step = async <E extends ComplaintEvent>(
  tx: WriteTx,
  cmd: Command<unknown>,
  writes: readonly string[],
  decide: (complaint: Complaint) => Decision<E>,
  change: (complaint: Complaint, event: E) => { readonly row: Change; readonly named?: Change },
): Promise<Outcome> => {
  const { complaint } = await lockComplaint(tx, cmd.recordId)
  await mustBeFresh(tx, 'complaint', cmd, writes)
  const decision = decide(complaint)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  if (event === undefined) throw notFound()
  const { id, version: before } = complaint
  const version = await append(tx, { kind: 'complaint', id, version: before }, decision.events)
  const { row, named } = change(complaint, event)
  save(tx, id, version, row, named)
  return done({ recordId: id, version })
}

export const takeComplaint = command('complaint.take', TakeComplaint, (tx, cmd) =>
  step(
    tx,
    cmd,
    ['officer', 'state'],
    (complaint) => decideTake(complaint, tx.stamp),
    (complaint, { facts }) => ({
      row: {
        officer_id: facts.officerId,
        state: facts.state,
        ...(complaint.state === 'RECEIVED' ? { taken_at: tx.stamp.now } : {}),
      },
    }),
  ),
)

export const openComplaintInquiry = command('complaint.open_inquiry', OpenComplaintInquiry, (tx, cmd) =>
  step(
    tx,
    cmd,
    ['state'],
    (complaint) => decideOpenInquiry(complaint, tx.stamp),
    () => ({ row: { state: 'UNDER_INQUIRY', inquiry_at: tx.stamp.now } }),
  ),
)

export const askInstitution = command('complaint.ask', AskInstitution, async (tx, cmd) => {
  const { complaint, questions } = await lockComplaint(tx, cmd.recordId)
  await mustBeFresh(tx, 'complaint', cmd, ['state', 'questions'])
  const [unit] = await tx.sql<{ id: Uuid; institutionId: Uuid; kind: string }>(
    'select id, institution_id as "institutionId", kind from unit where id = $1 and active',
    [cmd.body.unitId],
  )
  const decision = decideAsk(complaint, cmd.body, { questions, unit: unit ?? null }, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { id } = complaint
  const questionId = cmd.body.questionId
  const version = await append(tx, { kind: 'complaint', id, version: complaint.version }, [decision.asked])
  const asked = await append(tx, { kind: 'complaint_question', id: questionId, version: 0 }, [decision.put])
  save(tx, id, version, {})
  const { warn, by } = await answerDeadline(tx)
  tx.later(
    `insert into complaint_question (id, version, complaint_id, unit_id, not_for, asked_at, answer_warn, answer_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [questionId, asked, id, decision.put.facts.unitId, complaint.named, tx.stamp.now, warn, by],
  )
  tx.later('insert into complaint_question_named (id, question) values ($1, $2)', [
    questionId,
    cmd.body.question,
  ])
  await tell(tx, {
    unitId: decision.put.facts.unitId,
    // Of a unit the head answers: its workers, whom it may be about, are told nothing.
    ...(unit?.kind === 'cpu' ? { role: 'cpu_head' as const } : {}),
    code: 'complaint_question',
    recordKind: 'complaint_question',
    recordId: questionId,
    label: complaintLabel(questionId),
  })
  return done({ recordId: id, version })
})

export const answerComplaintQuestion = command(
  'complaint.answer_question',
  AnswerComplaintQuestion,
  async (tx, cmd) => {
    const [row] = await tx.sql<QuestionRow>(
      `select ${questionColumns} from complaint_question x where x.id = $1 for update`,
      [cmd.recordId],
    )
    if (row === undefined) throw notFound()
    const decision = decideAnswerQuestion(toQuestion(row), cmd.body, tx.stamp)
    if (!decision.ok) return refused(decision.refusal)
    const version = await append(
      tx,
      { kind: 'complaint_question', id: row.id, version: row.version },
      decision.events,
    )
    tx.later('update complaint_question set answered_at = $2, answered_by = $3, version = $4 where id = $1', [
      row.id,
      tx.stamp.now,
      tx.actor.userId,
      version,
    ])
    tx.later('update complaint_question_named set answer = $2 where id = $1', [row.id, cmd.body.answer])
    return done({ recordId: row.id, version })
  },
)

export const decideComplaint = command('complaint.decide', DecideComplaint, async (tx, cmd) => {
  const { questions } = await lockComplaint(tx, cmd.recordId)
  const { answer, measures, passedTo, outcome } = cmd.body
  return step(
    tx,
    cmd,
    ['state'],
    (complaint) => decideDecide(complaint, cmd.body, questions, tx.stamp),
    () => ({
      row: { state: 'DECIDED', outcome, decided_at: tx.stamp.now },
      named: { answer, measures: measures ?? null, passed_to: passedTo ?? null },
    }),
  )
})

export const closeComplaint = command('complaint.close', CloseComplaint, (tx, cmd) =>
  step(
    tx,
    cmd,
    ['state', 'advocate'],
    (complaint) => decideClose(complaint, tx.stamp),
    () => ({ row: { state: 'CLOSED', closed_at: tx.stamp.now } }),
  ),
)

export const nameInComplaint = command('complaint.name', NameInComplaint, async (tx, cmd) => {
  const { complaint } = await lockComplaint(tx, cmd.recordId)
  const ids = cmd.body.userIds.map((id) => id.toLowerCase())
  const known = await tx.sql('select 1 from app_user where id = any ($1::uuid[])', [ids])
  if (known.length !== new Set(ids).size) throw invalid({ field: 'body.body.userIds', code: 'unknown_code' })
  const decision = decideName(complaint, ids, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { id } = complaint
  const version = await append(tx, { kind: 'complaint', id, version: complaint.version }, decision.events)
  tx.later('select name_in_complaint($1, $2)', [id, version])
  return done({ recordId: id, version })
})

export const openAdvocateInquiry = command('complaint.open_advocate', OpenAdvocateInquiry, (tx, cmd) =>
  step(
    tx,
    cmd,
    ['advocate'],
    (complaint) => decideOpenAdvocate(complaint, cmd.body, tx.stamp),
    (_, { facts }) => ({
      row: { advocate: 'open', advocate_on: facts.on },
      named: { advocate_reference: cmd.body.reference },
    }),
  ),
)

export const reportAdvocateInquiry = command('complaint.report_advocate', ReportAdvocateInquiry, (tx, cmd) =>
  step(
    tx,
    cmd,
    ['advocate'],
    (complaint) => decideReportAdvocate(complaint, cmd.body, tx.stamp),
    (_, { facts }) => ({
      row: {
        advocate: 'reported',
        advocate_reported_at: tx.stamp.now,
        recommendations: facts.recommendations,
      },
      named: { findings: cmd.body.findings, advocate_said: JSON.stringify(cmd.body.recommendations) },
    }),
  ),
)
