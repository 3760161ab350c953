/** Closing a case, which one person alone never does, and the visits after it. */

import { addMonths, tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp } from '../core.ts'
import { holdsCaseOpen } from '../placement/state.ts'
import type { Refusal } from '../refusal.ts'
import { event } from './event.ts'
import type { CaseEvent, ClosureProposed, ClosureReturned } from './events.ts'
import { reopening } from './open.ts'
import { gate } from './policy.ts'
import {
  assessed,
  type CaseState,
  type ClosureReason,
  type FollowUpMonth,
  followUpMonths,
  hasCourtPending,
  hasOpenMeasure,
  vmtPlanOpen,
} from './state.ts'

/** A view is heard, or it is said why it could not be. */
export const viewKinds = [
  'recorded',
  'too_young',
  'not_reached',
  'declined',
  'no_caregiver',
  'unsafe_to_ask',
] as const
export type ViewKind = (typeof viewKinds)[number]

export interface ProposeClosure {
  readonly reason: ClosureReason
  readonly explanation: string
  readonly childView: { readonly kind: ViewKind; readonly words?: string }
  readonly caregiverView: { readonly kind: ViewKind; readonly words?: string }
  readonly servicesContinuing: readonly string[]
  readonly whomToCall: string
}

/** What stands between the case and its closure, first thing first; also shown beside the stage before anyone tries. */
export function closureBar(s: CaseState, reason: ClosureReason | null): Refusal | null {
  if (s.risk === null) return { code: 'case_risk_not_set', field: 'risk' }
  if (s.risk !== 'low') return { code: 'case_closure_risk_not_low', params: { risk: s.risk } }
  if (hasOpenMeasure(s)) return { code: 'case_measure_open' }
  if (hasCourtPending(s)) return { code: 'case_court_open' }
  if (holdsCaseOpen(s.care)) return { code: 'case_placement_open' }
  if (vmtPlanOpen(s)) return { code: 'case_vmt_plan_open' }
  if (s.status === 'INITIAL_ASSESSMENT') {
    if (!assessed(s, 'initial'))
      return { code: 'case_assessment_not_filled', params: { question: 'initial' } }
    if (s.childSeenAt === null) return { code: 'case_child_not_seen' }
  }
  if ((s.plan !== null || s.measures.length > 0) && !assessed(s, 'best_interests'))
    return { code: 'case_best_interests_missing' }
  if (reason === 'goals_met' && (s.plan === null || s.plan.goals.some((g) => g.status === 'open')))
    return { code: 'case_goals_not_met', field: 'reason' }
  return null
}

const heard = (v: ProposeClosure['childView']) => v.kind !== 'recorded' || (v.words ?? '').trim() !== ''

/**
 * "No risk" closes after the initial assessment and only then; every other reason closes from a review. It too goes to
 * a second person: a child is never sent away by one.
 */
export function decideProposeClosure(
  s: CaseState,
  body: ProposeClosure,
  stamp: Stamp,
): Decision<ClosureProposed> {
  const no = gate('propose_closure', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if ((body.reason === 'no_risk') !== (s.status === 'INITIAL_ASSESSMENT'))
    return refuse('case_no_risk_after_plan', 'reason')
  const bar = closureBar(s, body.reason)
  if (bar) return { ok: false, refusal: bar }
  if (!heard(body.childView)) return refuse('case_child_view_missing', 'childView.words')
  if (!heard(body.caregiverView)) return refuse('case_caregiver_view_missing', 'caregiverView.words')
  return accept(
    event(
      'ClosureProposed',
      stamp,
      {
        textId: stamp.newId(),
        reason: body.reason,
        childView: body.childView.kind,
        caregiverView: body.caregiverView.kind,
      },
      {
        T3: {
          explanation: body.explanation,
          childWords: body.childView.words,
          caregiverWords: body.caregiverView.words,
          servicesContinuing: body.servicesContinuing,
          whomToCall: body.whomToCall,
        },
        touches: ['status', 'closure'],
      },
    ),
  )
}

/** Approved by someone other than the worker; what barred the proposal bars the approval too. */
export function decideApproveClosure(s: CaseState, stamp: Stamp): Decision<CaseEvent> {
  const no = gate('approve_closure', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const reason = s.closure!.reason
  const bar = closureBar(s, reason)
  if (bar) return { ok: false, refusal: bar }
  const day = tiranaDay(stamp.occurredAt)
  return accept(
    event(
      'CaseClosed',
      stamp,
      {
        reason,
        followUps:
          reason === 'no_risk' ? [] : followUpMonths.map((month) => ({ month, due: addMonths(day, month) })),
      },
      { touches: ['status', 'closure'] },
    ),
  )
}

/** The head sends it back with a reason; a "no risk" goes on to the comprehensive assessment. */
export function decideReturnClosure(
  s: CaseState,
  body: { readonly reason: string },
  stamp: Stamp,
): Decision<ClosureReturned> {
  const no = gate('return_closure', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.reason.trim() === '') return refuse('reason_required', 'reason')
  return accept(
    event(
      'ClosureReturned',
      stamp,
      {
        textId: stamp.newId(),
        to: s.closure?.reason === 'no_risk' ? 'COMPREHENSIVE_ASSESSMENT' : 'REVIEW',
      },
      { T3: { reason: body.reason }, touches: ['status', 'closure'] },
    ),
  )
}

export const seenBy = ['child', 'family', 'school', 'nobody'] as const
export interface RecordFollowUp {
  readonly month: FollowUpMonth
  readonly seenOn: Day
  readonly seen: (typeof seenBy)[number]
  readonly reexploited: 'yes' | 'no' | 'not_known'
  readonly findings: string
}

/** Exploited again: the case begins again at once, counted as returned to exploitation. */
export function decideRecordFollowUp(s: CaseState, body: RecordFollowUp, stamp: Stamp): Decision<CaseEvent> {
  const no = gate('record_follow_up', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const due = s.followUps.find((f) => f.month === body.month)
  if (due === undefined) return refuse('case_follow_up_unknown', 'month')
  if (due.doneAt !== null) return refuse('case_follow_up_done', 'month')
  if (body.seenOn > tiranaDay(stamp.now)) return refuse('in_future', 'seenOn')
  if (s.closedAt !== null && body.seenOn < tiranaDay(s.closedAt))
    return refuse('case_follow_up_too_early', 'seenOn')
  const recorded = event(
    'FollowUpRecorded',
    stamp,
    {
      textId: stamp.newId(),
      month: body.month,
      seenOn: body.seenOn,
      seen: body.seen,
      reexploited: body.reexploited,
    },
    { T3: { findings: body.findings }, touches: ['status', 'follow_ups'] },
  )
  if (body.reexploited !== 'yes') return accept(recorded)
  return accept<CaseEvent>(recorded, reopening(s, stamp, { followUp: body.month }))
}
