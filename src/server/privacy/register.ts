/** Commands of the data protection officer: requests of persons, breaches, holds, erasures. */
import { dueAt } from '#domain/clock/due.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { isOfficer } from '#domain/privacy/access.ts'
import {
  type Breach,
  decideAnswerRequest,
  decideBreachMeasure,
  decideCloseBreach,
  decideCommissioner,
  decideIdentify,
  decideInform,
  decideRecordBreach,
  decideRegister,
  decideWithdraw,
  type RequestState,
} from '#domain/privacy/register.ts'
import {
  AddBreachMeasure,
  AnswerRequest,
  CheckIdentity,
  CloseBreach,
  InformPersons,
  RecordBreach,
  RegisterRequest,
  TellCommissioner,
  WithdrawRequest,
} from '#wire/privacy.ts'
import { getRule } from '../clock/law.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'
import { findFile, newCode, recordPrivacy } from './store.ts'

/** D36 counts from the day it came in, D35 from the moment the breach was known; null while the rule is off. */
const dueOf = async (tx: WriteTx, code: 'D35' | 'D36', from: Instant): Promise<Instant | null> => {
  const { rule, holidays } = await getRule(tx, code, tiranaDay(from))
  return rule.enabled ? dueAt(rule, from, holidays) : null
}
/** Noon of a day in Tirana: an instant that lies in it, summer and winter. */
const within = (day: Day): Instant => `${day}T11:00:00.000Z`

const registerRequest = command('privacy.register_request', RegisterRequest, async (tx, cmd) => {
  const { body } = cmd
  if (!isOfficer(tx.actor)) return refused({ code: 'not_allowed' })
  const far = body.caseCode === null ? null : await findFile(tx, body.caseCode)
  if (body.caseCode !== null && far === null)
    return refused({ code: 'access_case_unknown', field: 'caseCode' })
  const code = newCode(tx, 'KD')
  const dueOn = await dueOf(tx, 'D36', within(body.receivedOn))
  const decision = decideRegister(
    body,
    { code, caseCode: far?.code ?? null, dueAt: dueOn, today: tiranaDay(tx.now) },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'data_request', id: cmd.recordId, version: 0 },
    decision.events,
  )
  await tx.sql(
    `insert into data_request (id, version, code, kind, requester, channel, case_id, case_code, person_id, received_on, registered_at, due_at, state, nrm_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'RECEIVED', $13)`,
    [
      cmd.recordId,
      version,
      code,
      body.kind,
      body.requester,
      body.channel,
      far?.kind === 'case_file' ? far.id : null,
      far?.code ?? null,
      far?.personId ?? null,
      body.receivedOn,
      tx.now,
      dueOn,
      far?.kind === 'nrm_file' ? far.id : null,
    ],
  )
  return done({ recordId: cmd.recordId, version, reply: { code } })
})

const lockRequest = async (
  tx: WriteTx,
  id: Uuid,
): Promise<{ readonly version: number; readonly state: RequestState }> => {
  const [row] = await tx.sql<{ version: number; state: RequestState }>(
    'select version, state from data_request where id = $1 for update',
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}

const checkIdentity = command('privacy.check_identity', CheckIdentity, async (tx, cmd) => {
  const request = await lockRequest(tx, cmd.recordId)
  await mustBeFresh(tx, 'data_request', cmd, ['identity', 'outcome'])
  const decision = decideIdentify(request.state, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'data_request', id: cmd.recordId, version: request.version },
    decision.events,
  )
  await tx.sql(
    "update data_request set version = $2, state = 'IDENTIFIED', identity_means = $3, identified_by = $4, identified_at = $5 where id = $1",
    [cmd.recordId, version, cmd.body.means, tx.actor.userId, tx.now],
  )
  return done({ recordId: cmd.recordId, version })
})

const answerRequest = command('privacy.answer_request', AnswerRequest, async (tx, cmd) => {
  const request = await lockRequest(tx, cmd.recordId)
  await mustBeFresh(tx, 'data_request', cmd, ['identity', 'outcome'])
  const decision = decideAnswerRequest(request.state, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { facts } = decision.events[0]!
  const version = await recordPrivacy(
    tx,
    { kind: 'data_request', id: cmd.recordId, version: request.version },
    decision.events,
  )
  await tx.sql(
    `update data_request set version = $2, state = 'ANSWERED', outcome = $3, ground = $4, complaint_told = $5, answered_by = $6,
       answered_at = $7 where id = $1`,
    [cmd.recordId, version, facts.outcome, facts.ground, facts.complaintTold, tx.actor.userId, tx.now],
  )
  return done({ recordId: cmd.recordId, version })
})

const withdrawRequest = command('privacy.withdraw_request', WithdrawRequest, async (tx, cmd) => {
  const request = await lockRequest(tx, cmd.recordId)
  const decision = decideWithdraw(request.state, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'data_request', id: cmd.recordId, version: request.version },
    decision.events,
  )
  await tx.sql("update data_request set version = $2, state = 'WITHDRAWN' where id = $1", [
    cmd.recordId,
    version,
  ])
  return done({ recordId: cmd.recordId, version })
})

const recordBreach = command('privacy.record_breach', RecordBreach, async (tx, cmd) => {
  const { body } = cmd
  const code = newCode(tx, 'SHD')
  const due = await dueOf(tx, 'D35', body.knownAt)
  const decision = decideRecordBreach(body, { code, dueAt: due }, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'data_breach', id: cmd.recordId, version: 0 },
    decision.events,
  )
  await tx.sql(
    `insert into data_breach (id, version, code, kinds, tiers, persons, children, happened_at, known_at, recorded_at, recorded_by, due_at, risk,
       state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'OPEN')`,
    [
      cmd.recordId,
      version,
      code,
      body.kinds,
      body.tiers,
      body.persons,
      body.children,
      body.happenedAt,
      body.knownAt,
      tx.now,
      tx.actor.userId,
      due,
      body.risk,
    ],
  )
  return done({ recordId: cmd.recordId, version, reply: { code } })
})

type LockedBreach = Breach & { readonly version: number }
const lockBreach = async (tx: WriteTx, id: Uuid): Promise<LockedBreach> => {
  const [row] = await tx.sql<LockedBreach>(
    `select version, state, known_at as "knownAt", risk, measures, notified_at as "notifiedAt", not_notified as "notNotified", informed
     from data_breach where id = $1 for update`,
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}

const addMeasure = command('privacy.add_breach_measure', AddBreachMeasure, async (tx, cmd) => {
  const breach = await lockBreach(tx, cmd.recordId)
  const decision = decideBreachMeasure(breach, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'data_breach', id: cmd.recordId, version: breach.version },
    decision.events,
  )
  await tx.sql('update data_breach set version = $2, measures = measures + 1 where id = $1', [
    cmd.recordId,
    version,
  ])
  return done({ recordId: cmd.recordId, version })
})

const tellCommissioner = command('privacy.tell_commissioner', TellCommissioner, async (tx, cmd) => {
  const breach = await lockBreach(tx, cmd.recordId)
  await mustBeFresh(tx, 'data_breach', cmd, ['commissioner', 'state'])
  const decision = decideCommissioner(breach, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const event = decision.events[0]!
  const version = await recordPrivacy(
    tx,
    { kind: 'data_breach', id: cmd.recordId, version: breach.version },
    decision.events,
  )
  const told = event.type === 'CommissionerNotified' ? event.facts : null
  await tx.sql(
    `update data_breach set version = $2, notified_at = coalesce($3, notified_at), notified_ref = coalesce($4, notified_ref),
       not_notified = case when coalesce($3, notified_at) is null then $5 end where id = $1`,
    [
      cmd.recordId,
      version,
      told?.at ?? null,
      told?.reference ?? null,
      event.type === 'CommissionerNotNotified' ? event.facts.why : null,
    ],
  )
  return done({ recordId: cmd.recordId, version })
})

const informPersons = command('privacy.inform_persons', InformPersons, async (tx, cmd) => {
  const breach = await lockBreach(tx, cmd.recordId)
  await mustBeFresh(tx, 'data_breach', cmd, ['informed', 'state'])
  const decision = decideInform(breach, cmd.body, tiranaDay(tx.now), tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { facts } = decision.events[0]!
  const version = await recordPrivacy(
    tx,
    { kind: 'data_breach', id: cmd.recordId, version: breach.version },
    decision.events,
  )
  await tx.sql('update data_breach set version = $2, informed = $3, informed_on = $4 where id = $1', [
    cmd.recordId,
    version,
    facts.informed,
    facts.on,
  ])
  return done({ recordId: cmd.recordId, version })
})

const closeBreach = command('privacy.close_breach', CloseBreach, async (tx, cmd) => {
  const breach = await lockBreach(tx, cmd.recordId)
  await mustBeFresh(tx, 'data_breach', cmd, ['state', 'commissioner', 'informed'])
  const decision = decideCloseBreach(breach, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'data_breach', id: cmd.recordId, version: breach.version },
    decision.events,
  )
  await tx.sql("update data_breach set version = $2, state = 'CLOSED', closed_at = $3 where id = $1", [
    cmd.recordId,
    version,
    tx.now,
  ])
  return done({ recordId: cmd.recordId, version })
})

export const registerCommands: readonly CommandHandler[] = [
  registerRequest,
  checkIdentity,
  answerRequest,
  withdrawRequest,
  recordBreach,
  addMeasure,
  tellCommissioner,
  informPersons,
  closeBreach,
]
