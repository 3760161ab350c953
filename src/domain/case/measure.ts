/**
 * Protection measures, minimal (§3.3, decision 18): proposed → (emergency issued → filed with the court →) in force or
 * refused → lifted, replaced or expired. Deadlines and who verifies are unconfirmed law [U].
 */

import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import { event } from './event.ts'
import type { MeasureDecided, MeasureEnded, MeasureProposed } from './events.ts'
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
): Decision<MeasureProposed> {
  const no = gate('propose_measure', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
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

export const measureSteps = ['issue_emergency', 'file_court', 'put_in_force', 'refuse'] as const
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
  put_in_force: { to: 'in_force', from: ['proposed', 'court_filed'] },
  refuse: { to: 'refused', from: ['proposed', 'emergency_issued', 'court_filed'] },
}

/**
 * The director of social services issues an emergency measure and urgent protection waits for no paper; an emergency
 * comes into force only through the court; the other measures rest on a best-interests assessment.
 */
export function decideDecideMeasure(
  s: CaseState,
  body: DecideMeasure,
  stamp: Stamp,
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
    (emergency && body.step === 'put_in_force' && measure.status !== 'court_filed')
  if (wrong) return refuse('case_measure_step', 'step', { status: measure.status })
  if (body.step === 'issue_emergency' && stamp.actor.role !== 'municipal_director')
    return refuse('case_measure_director', 'step')
  if (body.decidedOn > tiranaDay(stamp.now)) return refuse('in_future', 'decidedOn')
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

export function decideLiftMeasure(
  s: CaseState,
  body: {
    readonly measureId: Uuid
    readonly status: 'lifted' | 'replaced' | 'expired'
    readonly endedOn: Day
    readonly reason: string
  },
  stamp: Stamp,
): Decision<MeasureEnded> {
  const no = gate('lift_measure', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const measure = s.measures.find((m) => m.id === body.measureId)
  if (measure === undefined) return refuse('case_measure_unknown', 'measureId')
  if (measure.status !== 'in_force' && measure.status !== 'emergency_issued')
    return refuse('case_measure_step', 'measureId', { status: measure.status })
  if (body.endedOn > tiranaDay(stamp.now)) return refuse('in_future', 'endedOn')
  const { reason, ...facts } = body
  return accept(event('MeasureEnded', stamp, facts, { T3: { ending: reason }, touches: ['measures'] }))
}
