/**
 * Taking a case to court and watching what becomes of the decision (domain specification §3.3, seed 003): file with a
 * psycho-social report, hearings, outcome, appeal, whether it is carried out, review. Days of appeal and of the first
 * look are unconfirmed law [U].
 */
import { addDays, tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, type Instant, refuse, type Stamp, type Uuid } from '../core.ts'
import type { Refusal } from '../refusal.ts'
import type {
  AppealOutcome,
  appellants,
  CourtCase,
  CourtEvent,
  CourtMatter,
  CourtOutcome,
  CourtStage,
  childHearings,
  Execution,
  hindrances,
  reviewOutcomes,
} from './court-events.ts'
import { event } from './event.ts'
import type { CaseEvent } from './events.ts'
import { measureDecided } from './measure.ts'
import { type CaseAction, gate } from './policy.ts'
import type { CaseLaw, CaseState } from './state.ts'

/** The court case, when the actor may do this to it at its stage; otherwise why not. */
const at = (
  s: CaseState,
  action: CaseAction,
  courtId: Uuid,
  stages: readonly CourtStage[],
  stamp: Stamp,
): { readonly ok: true; readonly court: CourtCase } | { readonly ok: false; readonly refusal: Refusal } => {
  const no = gate(action, stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const court = s.courts.find((c) => c.id === courtId)
  if (court === undefined) return refuse('court_unknown', 'courtId')
  if (!stages.includes(court.stage)) return refuse('court_step', 'courtId', { stage: court.stage })
  return { ok: true, court }
}
const ahead = (day: Day, stamp: Stamp): boolean => day > tiranaDay(stamp.now)

export function decideOpenCourtCase(
  s: CaseState,
  body: {
    readonly matter: CourtMatter
    readonly measureId: Uuid | null
    readonly court: string
    readonly claim: string
  },
  stamp: Stamp,
): Decision<CourtEvent> {
  const no = gate('open_court_case', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const { matter, measureId, court, claim } = body
  const measure = s.measures.find((m) => m.id === measureId)
  if (measureId !== null && measure === undefined) return refuse('case_measure_unknown', 'measureId')
  // What verifies an emergency measure is about that measure and no other.
  if (matter === 'emergency_measure' && measure?.kind !== 'emergency')
    return refuse('court_needs_measure', 'measureId')
  if (measure !== undefined && s.courts.some((c) => c.measureId === measureId && c.stage !== 'withdrawn'))
    return refuse('court_measure_taken', 'measureId')
  return accept(
    event(
      'CourtCaseOpened',
      stamp,
      { courtId: stamp.newId(), matter, measureId },
      { T3: { court, claim }, touches: ['courts'] },
    ),
  )
}

export function decideWriteCourtReport(
  s: CaseState,
  body: { readonly courtId: Uuid; readonly report: string },
  stamp: Stamp,
): Decision<CourtEvent> {
  const found = at(s, 'write_court_report', body.courtId, ['prepared', 'filed'], stamp)
  if (!found.ok) return found
  return accept(
    event(
      'CourtReportWritten',
      stamp,
      { courtId: body.courtId, writtenOn: tiranaDay(stamp.occurredAt) },
      { T4: { report: body.report }, touches: [body.courtId] },
    ),
  )
}

/**
 * The file goes with the psycho-social report; only the check of an emergency measure goes ahead of it, because its hours
 * run. The measure that the file is about is filed by the same act.
 */
export function decideFileCourtCase(
  s: CaseState,
  body: { readonly courtId: Uuid; readonly filedOn: Day; readonly courtRef: string },
  stamp: Stamp,
): Decision<CaseEvent> {
  const found = at(s, 'file_court_case', body.courtId, ['prepared'], stamp)
  if (!found.ok) return found
  const { court } = found
  if (ahead(body.filedOn, stamp)) return refuse('in_future', 'filedOn')
  if (court.reportOn === null && court.matter !== 'emergency_measure')
    return refuse('court_report_missing', 'courtId')
  const measure = s.measures.find((m) => m.id === court.measureId)
  return accept<CaseEvent>(
    event('CourtFiled', stamp, { ...body }, { touches: [body.courtId] }),
    ...(measure?.status === 'proposed' || measure?.status === 'emergency_issued'
      ? [
          measureDecided(
            measure.id,
            'court_filed',
            { decidedOn: body.filedOn, courtRef: body.courtRef },
            stamp,
          ),
        ]
      : []),
  )
}

export function decideSetHearing(
  s: CaseState,
  body: { readonly courtId: Uuid; readonly hearingAt: Instant },
  stamp: Stamp,
): Decision<CourtEvent> {
  const found = at(s, 'set_hearing', body.courtId, ['filed', 'appealed'], stamp)
  if (!found.ok) return found
  if (body.hearingAt <= stamp.now) return refuse('court_hearing_past', 'hearingAt')
  const hearingId = stamp.newId()
  return accept(event('HearingSet', stamp, { ...body, hearingId }, { touches: [body.courtId] }))
}

export function decideHoldHearing(
  s: CaseState,
  body: {
    readonly courtId: Uuid
    readonly held: boolean
    readonly workerAttended: boolean
    readonly childHeard: (typeof childHearings)[number]
    readonly notes?: string
  },
  stamp: Stamp,
): Decision<CourtEvent> {
  const found = at(s, 'hold_hearing', body.courtId, ['filed', 'appealed'], stamp)
  if (!found.ok) return found
  const { hearing } = found.court
  if (hearing === null) return refuse('court_no_hearing', 'courtId')
  if (tiranaDay(hearing.at) > tiranaDay(stamp.now)) return refuse('court_hearing_to_come', 'courtId')
  const { notes, ...facts } = body
  return accept(
    event(
      'HearingHeld',
      stamp,
      { ...facts, hearingId: hearing.id },
      { T3: { notes }, touches: [body.courtId] },
    ),
  )
}

export interface DecideCourtCase {
  readonly courtId: Uuid
  readonly outcome: CourtOutcome
  readonly decidedOn: Day
  readonly from: Day | null
  readonly until: Day | null
  readonly reviewOn: Day | null
  readonly reasons: string
}

/** `lastChildDay` is the last day before the eighteenth birthday, as far as it is known; no decision for the child outlasts it. */
export function decideCourtDecision(
  s: CaseState,
  body: DecideCourtCase,
  stamp: Stamp,
  law: CaseLaw,
  lastChildDay: Day | null,
): Decision<CaseEvent> {
  const found = at(s, 'decide_court_case', body.courtId, ['filed'], stamp)
  if (!found.ok) return found
  const { court } = found
  if (ahead(body.decidedOn, stamp)) return refuse('in_future', 'decidedOn')
  if (court.filedOn !== null && body.decidedOn < court.filedOn)
    return refuse('court_before_filing', 'decidedOn')
  if (body.until !== null && body.until < body.decidedOn) return refuse('court_before_filing', 'until')
  if (lastChildDay !== null && body.until !== null && body.until > lastChildDay)
    return refuse('case_measure_after_18', 'until', { day: lastChildDay })
  const { outcome, decidedOn, until, reviewOn, courtId } = body
  const granted = outcome !== 'refused'
  const measure = s.measures.find((m) => m.id === court.measureId)
  return accept<CaseEvent>(
    event(
      'CourtDecided',
      stamp,
      {
        courtId,
        outcome,
        decidedOn,
        until,
        appealUntil: addDays(decidedOn, law.appealDays),
        reviewOn: granted ? reviewOn : null,
        checkOn: granted ? addDays(decidedOn, law.executionCheckDays) : null,
      },
      { T3: { reasons: body.reasons }, touches: [courtId] },
    ),
    ...(measure?.status === 'court_filed'
      ? [
          measureDecided(
            measure.id,
            granted ? 'court_confirmed' : 'refused',
            { decidedBy: 'court', decidedOn, from: body.from, until },
            stamp,
          ),
        ]
      : []),
  )
}

export function decideAppeal(
  s: CaseState,
  body: { readonly courtId: Uuid; readonly appellant: (typeof appellants)[number]; readonly appealedOn: Day },
  stamp: Stamp,
): Decision<CourtEvent> {
  const found = at(s, 'appeal_court_case', body.courtId, ['decided'], stamp)
  if (!found.ok) return found
  const { decidedOn, appealUntil } = found.court
  if (ahead(body.appealedOn, stamp)) return refuse('in_future', 'appealedOn')
  if (decidedOn !== null && body.appealedOn < decidedOn) return refuse('court_before_filing', 'appealedOn')
  // Others may have been given more time by the court; the unit counts its own.
  if (body.appellant === 'unit' && appealUntil !== null && body.appealedOn > appealUntil)
    return refuse('court_appeal_late', 'appealedOn', { day: appealUntil })
  return accept(event('CourtAppealed', stamp, { ...body }, { touches: [body.courtId] }))
}

export function decideAppealDecision(
  s: CaseState,
  body: {
    readonly courtId: Uuid
    readonly outcome: AppealOutcome
    readonly decidedOn: Day
    readonly reasons: string
  },
  stamp: Stamp,
): Decision<CourtEvent> {
  const found = at(s, 'decide_appeal', body.courtId, ['appealed'], stamp)
  if (!found.ok) return found
  if (ahead(body.decidedOn, stamp)) return refuse('in_future', 'decidedOn')
  const { reasons, ...facts } = body
  return accept(
    event('AppealDecided', stamp, facts, { T3: { appealReasons: reasons }, touches: [body.courtId] }),
  )
}

/** Final once nobody appealed in time; withdrawn before the court has spoken, with a reason. */
export function decideCloseCourtCase(
  s: CaseState,
  body: { readonly courtId: Uuid; readonly how: 'final' | 'withdrawn'; readonly reason?: string },
  stamp: Stamp,
): Decision<CourtEvent> {
  const stages = body.how === 'final' ? (['decided'] as const) : (['prepared', 'filed'] as const)
  const found = at(s, 'close_court_case', body.courtId, stages, stamp)
  if (!found.ok) return found
  const today = tiranaDay(stamp.now)
  const { appealUntil } = found.court
  if (body.how === 'final' && appealUntil !== null && today <= appealUntil)
    return refuse('court_appeal_open', 'courtId', { day: appealUntil })
  if (body.how === 'withdrawn' && (body.reason ?? '').trim() === '')
    return refuse('reason_required', 'reason')
  return accept(
    event(
      'CourtClosed',
      stamp,
      { courtId: body.courtId, how: body.how, closedOn: today },
      { T3: { reason: body.reason }, touches: [body.courtId] },
    ),
  )
}

const spoken = ['decided', 'appealed', 'final'] as const

/** Whether the decision is carried out: looked at until it is; what hinders it is named and counted. */
export function decideCheckExecution(
  s: CaseState,
  body: {
    readonly courtId: Uuid
    readonly checkedOn: Day
    readonly execution: Execution
    readonly hindrance: (typeof hindrances)[number] | null
    readonly findings: string
  },
  stamp: Stamp,
  law: CaseLaw,
): Decision<CourtEvent> {
  const found = at(s, 'check_execution', body.courtId, spoken, stamp)
  if (!found.ok) return found
  const { outcome, decidedOn } = found.court
  if (outcome === null || outcome === 'refused') return refuse('court_nothing_to_execute', 'courtId')
  if (ahead(body.checkedOn, stamp)) return refuse('in_future', 'checkedOn')
  if (decidedOn !== null && body.checkedOn < decidedOn) return refuse('court_before_filing', 'checkedOn')
  const stuck = body.execution === 'hindered' || body.execution === 'not_begun'
  if (stuck && body.hindrance === null) return refuse('reason_required', 'hindrance')
  const { findings, ...facts } = body
  return accept(
    event(
      'ExecutionChecked',
      stamp,
      {
        ...facts,
        checkId: stamp.newId(),
        hindrance: stuck ? body.hindrance : null,
        nextOn: body.execution === 'carried_out' ? null : addDays(body.checkedOn, law.executionCheckDays),
      },
      { T3: { findings }, touches: [body.courtId] },
    ),
  )
}

export function decideReviewCourtCase(
  s: CaseState,
  body: {
    readonly courtId: Uuid
    readonly reviewedOn: Day
    readonly outcome: (typeof reviewOutcomes)[number]
    readonly nextOn: Day | null
    readonly findings: string
  },
  stamp: Stamp,
): Decision<CourtEvent> {
  const found = at(s, 'review_court_case', body.courtId, spoken, stamp)
  if (!found.ok) return found
  if (ahead(body.reviewedOn, stamp)) return refuse('in_future', 'reviewedOn')
  if (body.nextOn !== null && body.nextOn <= body.reviewedOn) return refuse('court_before_filing', 'nextOn')
  const { findings, ...facts } = body
  return accept(event('CourtReviewed', stamp, facts, { T3: { findings }, touches: [body.courtId] }))
}
