/** Written requests from receipt to answer, and what was handed over or told outside the system. */
import type { CaseState } from '#domain/case/state.ts'
import type { Decision, Uuid } from '#domain/core.ts'
import { type DisclosureMade, decideRecordDisclosure } from '#domain/disclosure.ts'
import {
  applyRequest,
  decideAnswerRequest,
  decideCheckRequest,
  decideReceiveRequest,
  decideRefuseRequest,
  type InformationRequest,
  type RequestEvent,
} from '#domain/information-request.ts'
import * as wire from '#wire/disclosure.ts'
import { recordAccess } from '../access.ts'
import { recordBeside } from '../case/beside.ts'
import { lockCase } from '../case/store.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { insertDisclosure } from './store.ts'

export const findRequest = async (
  tx: Tx,
  caseId: Uuid,
  id: Uuid,
): Promise<InformationRequest | undefined> => {
  const [row] = await tx.sql<InformationRequest>(
    `select id, authority, reference, article, asked, court_order as "courtOrder", state, allowed, checked_by as "checkedBy"
     from information_request where id = $1 and case_id = $2`,
    [id, caseId],
  )
  return row
}

const subjectOf = (event: RequestEvent | DisclosureMade): Uuid =>
  event.type === 'DisclosureMade' ? event.facts.disclosureId : event.facts.requestId

const write = (tx: WriteTx, s: CaseState, event: RequestEvent): void => {
  switch (event.type) {
    case 'RequestReceived': {
      const f = event.facts
      tx.later(
        `insert into information_request (id, case_id, reference, authority, article, asked, received_on, court_order, state, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'received', $9)`,
        [
          f.requestId,
          s.id,
          f.reference,
          f.authority,
          f.article,
          [...f.asked],
          f.receivedOn,
          f.courtOrder,
          tx.now,
        ],
      )
      return
    }
    case 'RequestChecked':
      tx.later(
        'update information_request set state = $2, allowed = $3, checked_by = $4, checked_at = $5 where id = $1',
        [
          event.facts.requestId,
          event.facts.lawful ? 'lawful' : 'unlawful',
          [...event.facts.allowed],
          event.facts.by,
          tx.now,
        ],
      )
      return
    case 'RequestAnswered':
      tx.later(
        "update information_request set state = 'answered', given = $2, closed_by = $3, closed_at = $4 where id = $1",
        [event.facts.requestId, [...event.facts.given], event.facts.by, tx.now],
      )
      return
    case 'RequestRefused':
      tx.later(
        "update information_request set state = 'refused', closed_by = $2, closed_at = $3 where id = $1",
        [event.facts.requestId, event.facts.by, tx.now],
      )
      return
  }
}

const save = async (
  tx: WriteTx,
  s: CaseState,
  decision: Decision<RequestEvent | DisclosureMade>,
  before: InformationRequest | null,
) => {
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordBeside(
    tx,
    s,
    decision.events.map((event) => ({ event, subject: subjectOf(event) })),
  )
  let request = before
  for (const event of decision.events)
    if (event.type === 'DisclosureMade') {
      insertDisclosure(tx, s.id, event)
      recordAccess(tx, { act: 'export', kind: 'case_file', ids: [s.id], tier: event.facts.tier })
    } else {
      write(tx, s, event)
      request = applyRequest(request, event)
    }
  return done({
    recordId: s.id,
    version,
    reply: request === null ? {} : { requestId: request.id, state: request.state },
  })
}

const fresh = (id: Uuid): readonly string[] => [`request_${id}`]

const receive = command('case.receive_request', wire.ReceiveRequest, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  const outcome = await save(tx, s, decideReceiveRequest(s, cmd.body, tx.stamp), null)
  // Somebody else than whoever answers has to look at it.
  if (outcome.ok)
    await tell(tx, {
      unitId: s.unitId,
      role: 'cpu_head',
      code: 'case_request_received',
      recordKind: 'case_file',
      recordId: s.id,
      label: s.code,
    })
  return outcome
})
const check = command('case.check_request', wire.CheckRequest, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  await mustBeFresh(tx, 'case_file', cmd, fresh(cmd.body.requestId))
  const request = await findRequest(tx, s.id, cmd.body.requestId)
  return save(tx, s, decideCheckRequest(s, request, cmd.body, tx.stamp), request ?? null)
})
const answer = command('case.answer_request', wire.AnswerRequest, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  await mustBeFresh(tx, 'case_file', cmd, fresh(cmd.body.requestId))
  const request = await findRequest(tx, s.id, cmd.body.requestId)
  return save(tx, s, decideAnswerRequest(s, request, cmd.body, tx.stamp), request ?? null)
})
const refuse = command('case.refuse_request', wire.RefuseRequest, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  await mustBeFresh(tx, 'case_file', cmd, fresh(cmd.body.requestId))
  const request = await findRequest(tx, s.id, cmd.body.requestId)
  return save(tx, s, decideRefuseRequest(s, request, cmd.body, tx.stamp), request ?? null)
})
const record = command('case.record_disclosure', wire.RecordDisclosure, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  return save(tx, s, decideRecordDisclosure(s, cmd.body, tx.stamp), null)
})

export const disclosureCommands = [receive, check, answer, refuse, record]
