/**
 * Protection measures (§3.3): proposed → (emergency issued → filed with the court →) confirmed by the court or refused → in
 * force ⇄ under review → lifted, replaced or expired. None after the eighteenth birthday. Deadlines and who verifies are unconfirmed law [U].
 */

import { addDays, addMonths, tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import { event } from './event.ts'
import type {
  MeasureDecided,
  MeasureEnded,
  MeasureProposed,
  MeasureReviewBegun,
  MeasureReviewed,
} from './events.ts'
import { gate } from './policy.ts'
import { assessed, type CaseState, type MeasureKind, type MeasureStatus } from './state.ts'

export const cooperation = ['both', 'one_capable_parent', 'no', 'not_asked'] as const
export type Cooperation = (typeof cooperation)[number]
/** Why the measure is asked for; "work" and "begging" are counted by the State Agency. */
export const grounds = [
  'abuse',
  'neglect',
  'sexual_abuse',
  'begging',
  'work',
  'trafficking',
  'abandonment',
  'other',
] as const
export type Ground = (typeof grounds)[number]

/** The last day on which somebody born then may still be a child; null where nothing is known, and then none is refused. */
export const lastChildDay = (birth: {
  readonly to: Day | null
  readonly year: number | null
}): Day | null => {
  const latest = birth.to ?? (birth.year === null ? null : `${birth.year}-12-31`)
  return latest === null ? null : addDays(addMonths(latest, 18 * 12), -1)
}
const grown = (day: Day, last: Day | null, field: string) =>
  last !== null && day > last ? refuse('case_measure_after_18', field, { day: last }) : null

export interface ProposeMeasure {
  readonly kind: MeasureKind
  readonly ground: Ground
  readonly parentsCooperate: Cooperation
  readonly reason: string
}

const refusesSupervision = (kind: MeasureKind, parents: Cooperation) =>
  kind === 'specialised_supervision' && parents !== 'both' && parents !== 'one_capable_parent'

/** Specialised supervision in the family is refused without a parent who cooperates (law 18/2017, article 58). */
export function decideProposeMeasure(
  s: CaseState,
  body: ProposeMeasure,
  stamp: Stamp,
  childUntil: Day | null = null,
): Decision<MeasureProposed> {
  const no = gate('propose_measure', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const late = grown(tiranaDay(stamp.now), childUntil, 'kind')
  if (late) return late
  if (refusesSupervision(body.kind, body.parentsCooperate))
    return refuse('case_measure_no_cooperation', 'kind')
  const { reason, ...facts } = body
  return accept(
    event(
      'MeasureProposed',
      stamp,
      { measureId: stamp.newId(), ...facts },
      { T3: { reason }, touches: ['measures'] },
    ),
  )
}

export const measureSteps = ['issue_emergency', 'file_court', 'confirm', 'put_in_force', 'refuse'] as const
export type MeasureStep = (typeof measureSteps)[number]
export const deciders = ['municipal_director', 'court', 'unit'] as const
export type Decider = (typeof deciders)[number]

export interface DecideMeasure {
  readonly measureId: Uuid
  readonly step: MeasureStep
  readonly decidedBy: Decider
  readonly decidedOn: Day
  readonly from: Day | null
  readonly until: Day | null
  readonly courtRef: string | null
  readonly parentsCooperate: Cooperation | null
  readonly reason?: string
}

const steps: Record<MeasureStep, { readonly to: MeasureStatus; readonly from: readonly MeasureStatus[] }> = {
  issue_emergency: { to: 'emergency_issued', from: ['proposed'] },
  file_court: { to: 'court_filed', from: ['proposed', 'emergency_issued'] },
  confirm: { to: 'court_confirmed', from: ['court_filed'] },
  put_in_force: { to: 'in_force', from: ['proposed', 'court_filed', 'court_confirmed'] },
  refuse: { to: 'refused', from: ['proposed', 'emergency_issued', 'court_filed'] },
}

const none = { childUntil: null, emergencyHours: null }

/**
 * The director of social services issues an emergency measure and urgent protection waits for no paper; an emergency
 * comes into force only through the court; the other measures rest on a best-interests assessment.
 */
export function decideDecideMeasure(
  s: CaseState,
  body: DecideMeasure,
  stamp: Stamp,
  limits: { readonly childUntil: Day | null; readonly emergencyHours: number | null } = none,
): Decision<MeasureDecided> {
  const no = gate('decide_measure', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const measure = s.measures.find((m) => m.id === body.measureId)
  if (measure === undefined) return refuse('case_measure_unknown', 'measureId')
  const step = steps[body.step]
  const emergency = measure.kind === 'emergency'
  const wrong =
    !step.from.includes(measure.status) ||
    (body.step === 'issue_emergency' && !emergency) ||
    (emergency && body.step === 'put_in_force' && measure.status === 'proposed')
  if (wrong) return refuse('case_measure_step', 'step', { status: measure.status })
  if (body.step === 'issue_emergency' && stamp.actor.role !== 'municipal_director')
    return refuse('case_measure_director', 'step')
  if (body.decidedOn > tiranaDay(stamp.now)) return refuse('in_future', 'decidedOn')
  if (body.from !== null && body.until !== null && body.until < body.from)
    return refuse('case_measure_step', 'until', { status: measure.status })
  if (body.step !== 'refuse') {
    const late =
      grown(body.decidedOn, limits.childUntil, 'decidedOn') ??
      (body.from === null ? null : grown(body.from, limits.childUntil, 'from')) ??
      (body.until === null ? null : grown(body.until, limits.childUntil, 'until'))
    if (late) return late
  }
  if (body.step === 'issue_emergency' && body.until !== null && limits.emergencyHours !== null) {
    const hours = limits.emergencyHours
    const begin = body.from ?? body.decidedOn
    if (body.until > addDays(begin, Math.ceil(hours / 24)))
      return refuse('case_emergency_too_long', 'until', { hours })
  }
  if (body.step === 'put_in_force') {
    if (refusesSupervision(measure.kind, body.parentsCooperate ?? 'not_asked'))
      return refuse('case_measure_no_cooperation', 'parentsCooperate')
    if (!emergency && !assessed(s, 'best_interests')) return refuse('case_best_interests_missing')
  }
  if (body.step === 'refuse' && (body.reason ?? '').trim() === '') return refuse('reason_required', 'reason')
  return accept(
    event(
      'MeasureDecided',
      stamp,
      {
        measureId: body.measureId,
        status: step.to,
        decidedBy: body.decidedBy,
        decidedOn: body.decidedOn,
        from: body.from,
        until: body.until,
        courtRef: body.courtRef,
      },
      { T3: { decision: body.reason }, touches: ['measures'] },
    ),
  )
}

/** What the court's file or decision does to the measure it is about. */
export const measureDecided = (
  measureId: Uuid,
  status: 'court_filed' | 'court_confirmed' | 'refused',
  facts: {
    readonly decidedOn: Day
    readonly decidedBy?: Decider
    readonly from?: Day | null
    readonly until?: Day | null
    readonly courtRef?: string | null
  },
  stamp: Stamp,
): MeasureDecided =>
  event(
    'MeasureDecided',
    stamp,
    {
      measureId,
      status,
      decidedBy: facts.decidedBy ?? 'unit',
      decidedOn: facts.decidedOn,
      from: facts.from ?? null,
      until: facts.until ?? null,
      courtRef: facts.courtRef ?? null,
    },
    { touches: ['measures'] },
  )

export interface ReviewMeasure {
  readonly measureId: Uuid
  /** `begin` puts it under review; the others end the review with the measure in force. */
  readonly outcome: 'begin' | 'continue' | 'extend'
  readonly reviewedOn: Day
  readonly until: Day | null
  readonly parentsCooperate: Cooperation | null
  readonly findings: string
}

/** A measure in force is looked at again. Supervision without a cooperating parent ends there and another is proposed. */
export function decideReviewMeasure(
  s: CaseState,
  body: ReviewMeasure,
  stamp: Stamp,
  childUntil: Day | null = null,
): Decision<MeasureReviewBegun | MeasureReviewed> {
  const no = gate('review_measure', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const measure = s.measures.find((m) => m.id === body.measureId)
  if (measure === undefined) return refuse('case_measure_unknown', 'measureId')
  const { outcome, findings, ...facts } = body
  const from: readonly MeasureStatus[] = outcome === 'begin' ? ['in_force'] : ['in_force', 'under_review']
  if (!from.includes(measure.status))
    return refuse('case_measure_step', 'measureId', { status: measure.status })
  if (body.reviewedOn > tiranaDay(stamp.now)) return refuse('in_future', 'reviewedOn')
  const textId = stamp.newId()
  const more = { T3: { findings }, touches: ['measures'] }
  if (outcome === 'begin')
    return accept(event('MeasureReviewBegun', stamp, { textId, measureId: measure.id }, more))
  if (refusesSupervision(measure.kind, body.parentsCooperate ?? 'not_asked'))
    return refuse('case_measure_no_cooperation', 'parentsCooperate')
  if (outcome === 'extend' && body.until === null) return refuse('reason_required', 'until')
  const late =
    grown(body.reviewedOn, childUntil, 'reviewedOn') ??
    (body.until === null ? null : grown(body.until, childUntil, 'until'))
  if (late) return late
  return accept(event('MeasureReviewed', stamp, { ...facts, outcome, textId }, more))
}

const ending: readonly MeasureStatus[] = ['emergency_issued', 'court_confirmed', 'in_force', 'under_review']

export function decideLiftMeasure(
  s: CaseState,
  body: {
    readonly measureId: Uuid
    readonly status: 'lifted' | 'replaced' | 'expired'
    readonly endedOn: Day
    readonly replacedBy?: Uuid | null
    readonly reason: string
  },
  stamp: Stamp,
): Decision<MeasureEnded> {
  const no = gate('lift_measure', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const measure = s.measures.find((m) => m.id === body.measureId)
  if (measure === undefined) return refuse('case_measure_unknown', 'measureId')
  if (!ending.includes(measure.status))
    return refuse('case_measure_step', 'measureId', { status: measure.status })
  const other = body.replacedBy ?? null
  if (other !== null && (other === measure.id || !s.measures.some((m) => m.id === other)))
    return refuse('case_measure_not_replaced', 'replacedBy')
  if (body.endedOn > tiranaDay(stamp.now)) return refuse('in_future', 'endedOn')
  const { reason, ...facts } = body
  return accept(event('MeasureEnded', stamp, facts, { T3: { ending: reason }, touches: ['measures'] }))
}

/**
 * A measure ends with its last day, without anybody's word: what has still to be confirmed by a court is not in force and does not
 * end here. @param last the last day of each measure that has one.
 */
export function decideLapseMeasures(
  s: CaseState,
  last: readonly { readonly id: Uuid; readonly until: Day }[],
  stamp: Stamp,
): Decision<MeasureEnded> {
  const today = tiranaDay(stamp.now)
  const events = s.measures.flatMap((measure) => {
    const until = last.find(({ id }) => id === measure.id)?.until
    if (until === undefined || until >= today || !ending.includes(measure.status)) return []
    const facts = { measureId: measure.id, status: 'expired' as const, endedOn: until }
    return [event('MeasureEnded', stamp, facts, { touches: ['measures'] })]
  })
  return { ok: true, events }
}
