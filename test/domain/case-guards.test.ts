/** Each remaining guard by its name: a state, an act, the reason that comes back. */
import { describe, expect, test } from 'vitest'
import { decideRecordAssessment } from '#domain/case/assess.ts'
import { decideProposeClosure, decideRecordFollowUp } from '#domain/case/closure.ts'
import { decideHoldConference } from '#domain/case/conference.ts'
import { decideDecideMeasure, decideLiftMeasure } from '#domain/case/measure.ts'
import {
  decideRequestTransfer,
  decideResume,
  decideSuspend,
  decideWithdrawTransfer,
} from '#domain/case/move.ts'
import { decideOpen, decideTake } from '#domain/case/open.ts'
import {
  decideAddAction,
  decideAddGoal,
  decideApprovePlan,
  decideChangeAction,
  decideDraftPlan,
  decideReview,
  decideSetActionStatus,
  decideSetGoalStatus,
} from '#domain/case/plan.ts'
import { decideAddNote, decideRecordService } from '#domain/case/record.ts'
import { stagesOf } from '#domain/case/stages.ts'
import type { CaseState, CaseStatus, Plan } from '#domain/case/state.ts'
import type { Decision } from '#domain/core.ts'
import { cast, durres, filled, form, law, tirana, World } from './case-life.ts'

const w = new World()
const worker = w.stamp('worker')
const head = w.stamp('head')
const day = '2026-11-02'
const base = w.state
const at = (status: CaseStatus, more: Partial<CaseState> = {}): CaseState => ({ ...base, status, ...more })
const terms = { institutionId: tirana, due: day, costLek: 0, funding: 'state' } as const
const action = { id: 'a', goalId: 'g', status: 'planned', ...terms } as const
const plan = (more: Partial<Plan> = {}): Plan => ({
  id: 'p',
  number: 1,
  revision: 1,
  status: 'draft',
  draftedAt: base.openedAt,
  approvedAt: null,
  childView: null,
  goals: [{ id: 'g', area: 'safety', status: 'open' }],
  actions: [action],
  ...more,
})
const approved = plan({ status: 'approved' })
const interests = [
  { id: 'b', form: 'best_interests', at: base.openedAt, by: worker.actor.userId, episode: 1 },
] as const
const low = { risk: 'low' } as const
const code = (decision: Decision<unknown>) => (decision.ok ? null : decision.refusal.code)

const approval = { conferenceId: null, childView: 'agrees' } as const
const closing = {
  reason: 'goals_met',
  explanation: 'e',
  childView: { kind: 'recorded', words: 'yes' },
  caregiverView: { kind: 'recorded', words: 'yes' },
  servicesContinuing: [],
  whomToCall: 'c',
} as const
const visit = { month: 1, seenOn: day, seen: 'child', reexploited: 'no', findings: 'f' } as const
const closedCase = at('CLOSED', {
  closedAt: base.openedAt,
  followUps: [{ month: 1, due: '2026-12-02', doneAt: null }],
})
const conference = {
  heldOn: day,
  attendance: [{ institutionId: tirana, present: true, absence: null }],
  childPart: 'was_heard',
  familyPart: 'not_invited',
  familyWhyNot: 'unsafe',
  decisions: ['approve_plan'],
  minutes: 'm',
} as const
const step = {
  measureId: 'none',
  step: 'refuse',
  decidedBy: 'court',
  decidedOn: day,
  from: null,
  until: null,
  courtRef: null,
  parentsCooperate: null,
  reason: 'r',
} as const
const measure = [{ id: 'm', kind: 'alternative_care', status: 'proposed' }] as const
const service = {
  service: 'food',
  setting: 'home',
  beneficiary: 'family',
  providerId: tirana,
  actionId: 'none',
  from: day,
  until: null,
  costLek: null,
} as const

const refusals: readonly (readonly [string, () => Decision<unknown>])[] = [
  [
    'case_plan_empty',
    () =>
      decideApprovePlan(
        at('PLANNING', { plan: plan({ goals: [], actions: [] }), ...low }),
        approval,
        head,
        law,
      ),
  ],
  [
    'case_goal_without_action',
    () => decideApprovePlan(at('PLANNING', { plan: plan({ actions: [] }), ...low }), approval, head, law),
  ],
  ...(['institutionId', 'due', 'costLek', 'funding'] as const).map(
    (field) =>
      [
        'case_action_incomplete',
        () =>
          decideApprovePlan(
            at('PLANNING', { plan: plan({ actions: [{ ...action, [field]: null }] }), ...low }),
            approval,
            head,
            law,
          ),
      ] as const,
  ),
  [
    'case_best_interests_missing',
    () => decideApprovePlan(at('PLANNING', { plan: plan(), ...low }), approval, head, law),
  ],
  [
    'case_best_interests_missing',
    () => decideProposeClosure(at('REVIEW', { plan: approved, ...low }), closing, worker),
  ],
  [
    'case_best_interests_missing',
    () =>
      decideDecideMeasure(
        at('PLANNING', { measures: measure }),
        { ...step, measureId: 'm', step: 'put_in_force' },
        worker,
      ),
  ],
  [
    'case_conference_unknown',
    () =>
      decideApprovePlan(
        at('PLANNING', { plan: plan(), assessments: interests, ...low }),
        { ...approval, conferenceId: 'x' },
        head,
        law,
      ),
  ],
  [
    'case_conference_required',
    () =>
      decideApprovePlan(
        at('PLANNING', { plan: plan(), assessments: interests, ...low, vmt: 'not_confirmed' }),
        approval,
        head,
        law,
      ),
  ],
  [
    'case_conference_required',
    () =>
      decideApprovePlan(
        at('PLANNING', { plan: plan(), assessments: interests, ...low, measures: measure }),
        approval,
        head,
        law,
      ),
  ],
  [
    'case_conference_required',
    () =>
      decideApprovePlan(
        at('PLANNING', { plan: plan(), assessments: interests, risk: 'medium' }),
        approval,
        head,
        { ...law, conferenceAtMedium: true },
      ),
  ],
  ['case_no_plan', () => decideAddGoal(at('PLANNING'), { area: 'safety', text: 't' }, worker)],
  ['case_no_plan', () => decideHoldConference(at('PLANNING'), conference, worker)],
  [
    'case_plan_not_draft',
    () => decideAddGoal(at('REVIEW', { plan: approved }), { area: 'safety', text: 't' }, worker),
  ],
  ['case_has_plan', () => decideDraftPlan(at('PLANNING', { plan: plan() }), { goals: [] }, worker)],
  [
    'case_goal_unknown',
    () =>
      decideAddAction(
        at('PLANNING', { plan: plan() }),
        { goalId: 'x', service: 'food', text: 't', ...terms },
        worker,
      ),
  ],
  [
    'case_goal_unknown',
    () => decideSetGoalStatus(at('PLAN_ACTIVE', { plan: approved }), { goalId: 'x', status: 'met' }, worker),
  ],
  [
    'case_action_unknown',
    () => decideChangeAction(at('PLANNING', { plan: plan() }), { actionId: 'x', ...terms }, worker),
  ],
  [
    'case_action_unknown',
    () =>
      decideSetActionStatus(
        at('PLAN_ACTIVE', { plan: approved }),
        { actionId: 'x', status: 'done', doneOn: null },
        worker,
      ),
  ],
  [
    'in_future',
    () =>
      decideSetActionStatus(
        at('PLAN_ACTIVE', { plan: approved }),
        { actionId: 'a', status: 'done', doneOn: '2030-01-01' },
        worker,
      ),
  ],
  ['case_action_unknown', () => decideRecordService(at('PLAN_ACTIVE'), service, worker)],
  ['in_future', () => decideRecordService(at('PLAN_ACTIVE'), { ...service, from: '2030-01-01' }, worker)],
  [
    'case_plan_not_approved',
    () => decideReview(at('REVIEW', { plan: plan() }), { outcome: 'continue', findings: 'f' }, worker),
  ],
  [
    'case_goals_not_met',
    () =>
      decideProposeClosure(at('REVIEW', { plan: approved, assessments: interests, ...low }), closing, worker),
  ],
  [
    'case_child_view_missing',
    () =>
      decideProposeClosure(
        at('REVIEW', { ...low }),
        { ...closing, reason: 'moved', childView: { kind: 'recorded' } },
        worker,
      ),
  ],
  [
    'case_caregiver_view_missing',
    () =>
      decideProposeClosure(
        at('REVIEW', { ...low }),
        { ...closing, reason: 'moved', caregiverView: { kind: 'recorded', words: ' ' } },
        worker,
      ),
  ],
  [
    'case_transfer_pending',
    () =>
      decideProposeClosure(
        at('REVIEW', { ...low, transfer: pending() }),
        { ...closing, reason: 'moved' },
        worker,
      ),
  ],
  [
    'case_transfer_pending',
    () => decideRequestTransfer(at('PLANNING', { transfer: pending() }), { to: null, reason: 'r' }, worker),
  ],
  [
    'case_transfer_same_unit',
    () =>
      decideRequestTransfer(
        at('PLANNING'),
        { to: { id: tirana, municipality: '53', county: 'AL-11' }, reason: 'r' },
        worker,
      ),
  ],
  ['case_no_transfer', () => decideWithdrawTransfer(at('PLANNING'), worker)],
  ['case_follow_up_unknown', () => decideRecordFollowUp(closedCase, { ...visit, month: 3 }, worker)],
  [
    'case_follow_up_too_early',
    () => decideRecordFollowUp(closedCase, { ...visit, seenOn: '2026-10-01' }, worker),
  ],
  ['in_future', () => decideRecordFollowUp(closedCase, { ...visit, seenOn: '2030-01-01' }, worker)],
  ['case_measure_unknown', () => decideDecideMeasure(at('PLANNING', { measures: measure }), step, worker)],
  [
    'case_measure_unknown',
    () =>
      decideLiftMeasure(
        at('PLANNING'),
        { measureId: 'm', status: 'lifted', endedOn: day, reason: 'r' },
        worker,
      ),
  ],
  [
    'case_measure_step',
    () =>
      decideLiftMeasure(
        at('PLANNING', { measures: measure }),
        { measureId: 'm', status: 'lifted', endedOn: day, reason: 'r' },
        worker,
      ),
  ],
  [
    'reason_required',
    () =>
      decideDecideMeasure(
        at('PLANNING', { measures: measure }),
        { ...step, measureId: 'm', reason: ' ' },
        worker,
      ),
  ],
  ['case_has_manager', () => decideTake(at('INITIAL_ASSESSMENT'), w.stamp('colleague'))],
  [
    'case_suspended',
    () => decideSuspend(at('PLANNING', { suspendedAt: base.openedAt }), { reason: 'r' }, worker),
  ],
  ['case_not_suspended', () => decideResume(at('PLANNING'), { reason: 'r' }, worker)],
  [
    'case_wrong_status',
    () =>
      decideAddNote(
        at('ARCHIVED', { closedAt: base.openedAt }),
        { kind: 'other', sensitive: false, happenedOn: day, text: 't' },
        worker,
      ),
  ],
  [
    'case_wrong_status',
    () =>
      decideRecordAssessment(
        at('PLANNING'),
        { answers: filled, childSeenAt: null, risk: null, finish: true },
        worker,
        form('initial'),
      ),
  ],
  ['not_allowed', () => decideOpen(opening(durres), worker)],
  ['not_allowed', () => decideOpen(opening(cast.police.unitId), w.stamp('police'))],
]
function pending() {
  return {
    id: 't',
    toUnitId: durres,
    toMunicipality: '10',
    toCounty: 'AL-02',
    requestedBy: worker.actor.userId,
    requestedAt: base.openedAt,
  }
}
function opening(unitId: string) {
  return {
    caseId: 'c',
    code: 'TR-2026-0001',
    personId: 'p',
    unitId,
    municipality: '53',
    county: 'AL-11',
    concerns: [],
    reportId: null,
    manager: null,
  }
}

describe('guards of a case', () => {
  test.each(refusals.map(([name, decide], n) => [name, n, decide] as const))('%s (%i)', (name, _, decide) => {
    expect(code(decide())).toBe(name)
  })

  test('each stage that cannot start says why', () => {
    const why = (s: CaseState) =>
      Object.fromEntries(
        stagesOf(s, law).flatMap((stage) => (stage.reason ? [[stage.key, stage.reason.code]] : [])),
      )
    expect(why({ ...base, status: 'OPEN', managerId: null })).toMatchObject({
      initial_assessment: 'case_not_assigned',
      follow_up: 'case_not_closed',
    })
    expect(why(at('PLANNING'))).toMatchObject({ plan_in_force: 'case_no_plan' })
    expect(why(at('PLANNING', { plan: plan() }))).toMatchObject({ plan_in_force: 'case_plan_not_approved' })
    expect(why(at('PLAN_ACTIVE', { risk: 'high' }))).toMatchObject({
      conference: 'case_no_plan',
      closure: 'case_closure_risk_not_low',
    })
  })
})
