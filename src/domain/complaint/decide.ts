/** The steps of a complaint: taken up, inquired into, answered by the institution, decided by somebody it does not name, closed. */
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import {
  type AdvocateInquiryOpened,
  type AdvocateInquiryReported,
  type Complaint,
  type ComplaintClosed,
  type ComplaintDecided,
  type ComplaintInquiryOpened,
  type ComplaintNamed,
  type ComplaintOutcome,
  type ComplaintQuestionAsked,
  type ComplaintReceived,
  type ComplaintTaken,
  type ComplaintTold,
  complaintTier,
  mayAnswerQuestion,
  mayEnterComplaint,
  mayHandle,
  outcomesIn,
  type Question,
  type QuestionAnswered,
  type QuestionPut,
  routeOf,
} from './model.ts'

/** A unit of the directory, where the complainant found it there. */
export interface Target {
  readonly institutionId: Uuid
  readonly unitId: Uuid
  readonly kind: string
}

export const decideReceiveComplaint = (
  told: ComplaintTold,
  world: { readonly target: Target | null; readonly identity: boolean },
  stamp: Stamp,
): Decision<ComplaintReceived> => {
  const { actor } = stamp
  if (actor.role !== 'public' && !mayEnterComplaint(actor)) return refuse('not_allowed')
  if (told.ground !== undefined && told.discrimination === 'no')
    return refuse('complaint_ground_needed', 'ground')
  const { target } = world
  return accept({
    type: 'ComplaintReceived',
    v: 1,
    facts: {
      by: told.by,
      channel: actor.role === 'public' ? 'web' : 'staff',
      route: routeOf(target?.kind ?? null, told.body),
      body: told.body,
      institutionId: target?.institutionId ?? null,
      unitId: target?.unitId ?? null,
      municipality: told.municipality,
      discrimination: told.discrimination,
      ground: told.ground ?? null,
      language: told.language,
      identity: world.identity,
    },
    parts: [
      { tier: 'T3', name: 'narrative', body: told.narrative },
      ...(told.bodySaid === undefined
        ? []
        : [{ tier: 'T3' as const, name: 'body_said', body: told.bodySaid }]),
    ],
  })
}

const wrong = (c: Complaint) => refuse('wrong_state', undefined, { state: c.state })
const ended = (c: Complaint): boolean => c.state === 'DECIDED' || c.state === 'CLOSED'
const isOfficer = (c: Complaint, { actor }: Stamp): boolean =>
  mayHandle(actor, c) && c.officerId === actor.userId

/** Taken up, or taken over from a colleague; the first time is the acknowledgement. */
export const decideTake = (c: Complaint, stamp: Stamp): Decision<ComplaintTaken> => {
  if (!mayHandle(stamp.actor, c)) return refuse('not_allowed')
  if (ended(c) || c.officerId === stamp.actor.userId) return wrong(c)
  return accept({
    type: 'ComplaintTaken',
    v: 1,
    facts: { officerId: stamp.actor.userId, state: c.state === 'RECEIVED' ? 'ACKNOWLEDGED' : c.state },
    touches: ['officer', 'state'],
  })
}

export const decideOpenInquiry = (c: Complaint, stamp: Stamp): Decision<ComplaintInquiryOpened> => {
  if (!isOfficer(c, stamp)) return refuse('not_allowed')
  if (c.state !== 'ACKNOWLEDGED') return wrong(c)
  return accept({ type: 'ComplaintInquiryOpened', v: 1, facts: {}, touches: ['state'] })
}

/** The question, in words that tell the institution no more than it must know to answer. */
export const decideAsk = (
  c: Complaint,
  body: { readonly questionId: Uuid; readonly question: string },
  world: {
    readonly questions: readonly Question[]
    /** Of the institution complained of; null where it is none of the directory's. */
    readonly unit: { readonly id: Uuid; readonly institutionId: Uuid } | null
  },
  stamp: Stamp,
):
  | { readonly ok: true; readonly asked: ComplaintQuestionAsked; readonly put: QuestionPut }
  | ReturnType<typeof refuse> => {
  if (!isOfficer(c, stamp)) return refuse('not_allowed')
  if (c.state !== 'UNDER_INQUIRY') return wrong(c)
  if (world.questions.some((one) => !one.answered)) return refuse('complaint_question_open')
  const { unit } = world
  if (unit === null || c.institutionId === null || unit.institutionId !== c.institutionId)
    return refuse('complaint_nobody_to_ask', 'unitId')
  return {
    ok: true,
    asked: {
      type: 'ComplaintQuestionAsked',
      v: 1,
      facts: { questionId: body.questionId, unitId: unit.id },
      touches: ['questions'],
    },
    put: {
      type: 'ComplaintQuestionPut',
      v: 1,
      facts: { unitId: unit.id },
      parts: [{ tier: 'T3', name: 'question', body: body.question }],
    },
  }
}

export const decideAnswerQuestion = (
  question: Question,
  body: { readonly answer: string },
  stamp: Stamp,
): Decision<QuestionAnswered> => {
  if (!mayAnswerQuestion(stamp.actor, question)) return refuse('not_allowed')
  if (question.answered) return refuse('wrong_state', undefined, { state: 'answered' })
  return accept({
    type: 'ComplaintQuestionAnswered',
    v: 1,
    facts: {},
    parts: [{ tier: 'T3', name: 'answer', body: body.answer }],
  })
}

export interface DecideBody {
  readonly outcome: ComplaintOutcome
  /** What whoever complained reads with the receipt. */
  readonly answer: string
  /** What the institution is to do, where it was right to complain. */
  readonly measures?: string | undefined
  /** Who hears it instead, where this office may not. */
  readonly passedTo?: string | undefined
}

/** Decided after an inquiry; only what is not this office's may be passed on before. A question is waited for until its day. */
export const decideDecide = (
  c: Complaint,
  body: DecideBody,
  questions: readonly Question[],
  stamp: Stamp,
): Decision<ComplaintDecided> => {
  if (!isOfficer(c, stamp)) return refuse('not_allowed')
  const away = body.outcome === 'out_of_remit'
  if (!outcomesIn(c.state).includes(body.outcome)) return wrong(c)
  if (away !== (body.passedTo !== undefined)) return refuse('complaint_passed_needed', 'passedTo')
  const today: Day = tiranaDay(stamp.now)
  if (!away && questions.some((one) => !one.answered && (one.answerBy === null || one.answerBy >= today)))
    return refuse('complaint_answer_open')
  return accept({
    type: 'ComplaintDecided',
    v: 1,
    facts: { outcome: body.outcome, passedOn: away },
    parts: [
      { tier: 'T3', name: 'answer', body: body.answer },
      ...(body.measures === undefined
        ? []
        : [{ tier: 'T3' as const, name: 'measures', body: body.measures }]),
      ...(body.passedTo === undefined
        ? []
        : [{ tier: 'T3' as const, name: 'passed_to', body: body.passedTo }]),
    ],
    touches: ['state', 'outcome'],
  })
}

export const decideClose = (c: Complaint, stamp: Stamp): Decision<ComplaintClosed> => {
  if (!isOfficer(c, stamp)) return refuse('not_allowed')
  if (c.state !== 'DECIDED') return wrong(c)
  if (c.advocate === 'open') return refuse('complaint_advocate_open')
  return accept({ type: 'ComplaintClosed', v: 1, facts: {}, touches: ['state'] })
}

/** Staff whom the complaint names lose sight of it, be it whoever writes this down. */
export const decideName = (
  c: Complaint,
  userIds: readonly Uuid[],
  stamp: Stamp,
): Decision<ComplaintNamed> => {
  if (!mayHandle(stamp.actor, c)) return refuse('not_allowed')
  if (c.state === 'CLOSED') return wrong(c)
  const fresh = [...new Set(userIds)].filter((id) => !c.named.includes(id))
  if (fresh.length === 0) return refuse('wrong_state', 'userIds', { state: c.state })
  return accept({ type: 'ComplaintNamed', v: 1, facts: { userIds: fresh }, touches: ['named'] })
}

export const decideOpenAdvocate = (
  c: Complaint,
  body: { readonly on: Day; readonly reference: string },
  stamp: Stamp,
): Decision<AdvocateInquiryOpened> => {
  if (complaintTier(stamp.actor, c) === 0) return refuse('not_allowed')
  if (c.state === 'RECEIVED' || c.state === 'CLOSED') return wrong(c)
  if (c.advocate !== 'none') return refuse('complaint_advocate_twice')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  return accept({
    type: 'AdvocateInquiryOpened',
    v: 1,
    facts: { on: body.on },
    parts: [{ tier: 'T3', name: 'reference', body: body.reference }],
    touches: ['advocate'],
  })
}

export const decideReportAdvocate = (
  c: Complaint,
  body: { readonly findings: string; readonly recommendations: readonly string[] },
  stamp: Stamp,
): Decision<AdvocateInquiryReported> => {
  if (complaintTier(stamp.actor, c) === 0) return refuse('not_allowed')
  if (c.advocate !== 'open') return refuse('wrong_state', undefined, { state: c.advocate })
  return accept({
    type: 'AdvocateInquiryReported',
    v: 1,
    facts: { recommendations: body.recommendations.length },
    parts: [
      { tier: 'T3', name: 'findings', body: body.findings },
      { tier: 'T3', name: 'recommendations', body: [...body.recommendations] },
    ],
    touches: ['advocate'],
  })
}
