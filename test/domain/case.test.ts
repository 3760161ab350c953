import { describe, expect, it } from 'vitest'
import { decideRecordAssessment, decideSetRisk } from '#domain/case/assess.ts'
import { decideApproveClosure, decideProposeClosure, decideRecordFollowUp } from '#domain/case/closure.ts'
import { decideHoldConference } from '#domain/case/conference.ts'
import { decideDecideMeasure, decideProposeMeasure } from '#domain/case/measure.ts'
import { decideAcceptTransfer, decideRequestTransfer, decideSuspend } from '#domain/case/move.ts'
import { decideTakeReport } from '#domain/case/open.ts'
import { decideApprovePlan, decideDraftPlan, decideReview, decideSetGoalStatus } from '#domain/case/plan.ts'
import { allowedActions, caseTier, scopeOf } from '#domain/case/policy.ts'
import { decideSetAlerts } from '#domain/case/record.ts'
import { stagesOf } from '#domain/case/stages.ts'
import type { ClosureReason, RiskLevel } from '#domain/case/state.ts'
import { cast, durres, filled, form, law, tirana, type Who, World } from './case-life.ts'

const day = '2026-11-02'
const assess = (
  w: World,
  name: 'initial' | 'comprehensive' | 'best_interests',
  risk: RiskLevel | null = null,
) =>
  w.take(
    decideRecordAssessment(
      w.state,
      {
        answers: filled,
        childSeenAt: name === 'initial' ? '2026-11-02T07:00:00.000Z' : null,
        risk,
        finish: true,
      },
      w.stamp('worker'),
      form(name),
    ),
  )
const goal = {
  area: 'safety' as const,
  text: 'safe at home',
  actions: [
    {
      service: 'psychological',
      text: 'talk weekly',
      institutionId: tirana,
      due: '2026-12-01',
      costLek: 0,
      funding: 'no_cost' as const,
    },
  ],
}
const draft = (w: World) => w.take(decideDraftPlan(w.state, { goals: [goal] }, w.stamp('worker')))
const approve = (w: World, who: Who, conferenceId: string | null = null) =>
  w.take(decideApprovePlan(w.state, { conferenceId, childView: 'agrees' }, w.stamp(who), law))
const confer = (w: World, decisions: readonly ('approve_plan' | 'other')[] = ['approve_plan']) =>
  w.take(
    decideHoldConference(
      w.state,
      {
        heldOn: day,
        attendance: [
          { institutionId: tirana, present: true, absence: null },
          { institutionId: durres, present: true, absence: null },
          { institutionId: cast.police.unitId, present: false, absence: 'no_reply' },
        ],
        childPart: 'was_heard',
        familyPart: 'not_invited',
        familyWhyNot: 'unsafe',
        decisions,
        minutes: 'agreed',
      },
      w.stamp('worker'),
    ),
  )
const propose = (w: World, reason: ClosureReason = 'goals_met', words: string | undefined = 'yes') =>
  w.take(
    decideProposeClosure(
      w.state,
      {
        reason,
        explanation: 'done',
        childView: { kind: 'recorded', ...(words === undefined ? {} : { words }) },
        caregiverView: { kind: 'no_caregiver' },
        servicesContinuing: [],
        whomToCall: '116 111',
      },
      w.stamp('worker'),
    ),
  )
const planned = (risk: RiskLevel) => {
  const w = new World()
  assess(w, 'initial', risk)
  assess(w, 'comprehensive')
  draft(w)
  assess(w, 'best_interests')
  return w
}
const reviewed = () => {
  const w = planned('low')
  approve(w, 'head')
  w.take(
    decideSetGoalStatus(w.state, { goalId: w.state.plan!.goals[0]!.id, status: 'met' }, w.stamp('worker')),
  )
  w.take(decideReview(w.state, { outcome: 'close', findings: 'well' }, w.stamp('worker')))
  return w
}

describe('the life of a case', () => {
  it('goes from opening to follow-up, closed by the head', () => {
    const w = reviewed()
    expect(w.state.status).toBe('REVIEW')
    expect(propose(w)).toBeNull()
    expect(w.take(decideApproveClosure(w.state, w.stamp('worker')))).toBe('case_closer_is_worker')
    expect(w.take(decideApproveClosure(w.state, w.stamp('head')))).toBeNull()
    expect(w.state.followUps.map((f) => f.due)).toEqual([
      '2026-12-02',
      '2027-02-02',
      '2027-05-02',
      '2027-11-02',
    ])
    expect(stagesOf(w.state, law).at(-1)).toMatchObject({ key: 'follow_up', status: 'current' })
    const visit = {
      month: 1,
      seenOn: day,
      seen: 'child',
      reexploited: 'yes',
      findings: 'begs again',
    } as const
    expect(w.take(decideRecordFollowUp(w.state, visit, w.stamp('worker')))).toBeNull()
    expect(w.state).toMatchObject({ status: 'INITIAL_ASSESSMENT', returned: true, episode: 2, plan: null })
  })

  it('lets the director close where the head works the case', () => {
    const w = new World('head')
    const { state } = w
    const proposed = {
      ...state,
      status: 'CLOSURE_PROPOSED' as const,
      risk: 'low' as const,
      closure: { reason: 'moved' as const, proposedBy: cast.head.userId, proposedAt: state.openedAt },
    }
    expect(decideApproveClosure(proposed, w.stamp('head')).ok).toBe(false)
    expect(decideApproveClosure(proposed, w.stamp('director')).ok).toBe(true)
    expect(caseTier(cast.director, scopeOf(proposed))).toBe(3)
    expect(caseTier(cast.director, scopeOf(state))).toBe(0)
  })

  it('begins again with a newly accepted report and takes one in while open', () => {
    const w = reviewed()
    const report = { reportId: durres, concerns: ['neglect'] }
    w.take(decideTakeReport(w.state, report, w.stamp('colleague')))
    expect(w.state.concerns).toEqual(['begging', 'neglect'])
    propose(w)
    w.take(decideApproveClosure(w.state, w.stamp('head')))
    w.take(decideTakeReport(w.state, { ...report, reportId: tirana }, w.stamp('colleague')))
    expect(w.state).toMatchObject({ status: 'INITIAL_ASSESSMENT', returned: true })
  })

  it('moves to another unit only when that unit accepts', () => {
    const w = new World()
    const to = { id: durres, municipality: '12', county: 'AL-02' }
    expect(w.take(decideRequestTransfer(w.state, { to, reason: 'moved' }, w.stamp('worker')))).toBeNull()
    expect(caseTier(cast.otherHead, scopeOf(w.state))).toBe(2)
    expect(w.state.managerId).toBe(cast.worker.userId)
    expect(w.take(decideAcceptTransfer(w.state, w.stamp('head')))).toBe('case_not_yours')
    expect(w.take(decideAcceptTransfer(w.state, w.stamp('otherWorker')))).toBeNull()
    expect(w.state).toMatchObject({ unitId: durres, managerId: cast.otherWorker.userId, municipality: '12' })
    expect(caseTier(cast.worker, scopeOf(w.state))).toBe(0)
  })
})

describe('what the law of the case refuses', () => {
  it('an initial assessment without the child seen or a level of risk', () => {
    const w = new World()
    const body = { answers: filled, childSeenAt: null, risk: null, finish: true }
    const at = (more: object) =>
      w.take(decideRecordAssessment(w.state, { ...body, ...more }, w.stamp('worker'), form('initial')))
    expect(at({})).toBe('case_child_not_seen')
    expect(at({ childSeenAt: '2030-01-01T00:00:00.000Z' })).toBe('in_future')
    expect(at({ childSeenAt: w.state.openedAt })).toBe('case_risk_not_set')
    expect(at({ childSeenAt: w.state.openedAt, risk: 'low', answers: [] })).toBe('case_assessment_not_filled')
    expect(at({ answers: [{ key: 'other', value: 'x' }] })).toBe('case_answer_unfit')
  })

  it('a plan without conference at high risk, by the worker, without best interests, or half filled', () => {
    const high = planned('high')
    expect(approve(high, 'head')).toBe('case_conference_required')
    expect(confer(high, ['other'])).toBeNull()
    expect(approve(high, 'worker', high.state.conferences[0]!.id)).toBe('case_conference_not_approving')
    confer(high)
    const minutes = high.state.conferences[1]!.id
    expect(
      decideApprovePlan(high.state, { conferenceId: minutes, childView: 'agrees' }, high.stamp('worker'), {
        ...law,
        conferenceQuorum: 3,
      }),
    ).toMatchObject({ refusal: { code: 'case_conference_quorum' } })
    expect(approve(high, 'worker', minutes)).toBeNull()
    expect(high.events.filter((e) => e.type === 'MemberAbsent')).toHaveLength(2)
    const low = planned('low')
    expect(approve(low, 'worker')).toBe('needs_second_person')
    expect(approve(low, 'colleague')).toBe('case_not_yours')
    const bare = new World()
    assess(bare, 'initial', 'low')
    assess(bare, 'comprehensive')
    bare.take(decideDraftPlan(bare.state, { goals: [] }, bare.stamp('worker')))
    expect(approve(bare, 'head')).toBe('case_plan_empty')
    expect(draft(bare)).toBe('case_has_plan')
  })

  it('old minutes for a plan that changed on review', () => {
    const w = planned('high')
    confer(w)
    const minutes = w.state.conferences[0]!.id
    approve(w, 'worker', minutes)
    w.take(decideReview(w.state, { outcome: 'revise', findings: 'change' }, w.stamp('worker')))
    expect(approve(w, 'worker', minutes)).toBe('case_conference_not_approving')
  })

  it('closure with open goals, risk, a measure, a trafficking plan, or unheard views', () => {
    const w = reviewed()
    expect(propose(w, 'no_risk')).toBe('case_no_risk_after_plan')
    expect(propose(w, 'goals_met', '')).toBe('case_child_view_missing')
    w.take(decideSetRisk(w.state, { risk: 'medium', reason: 'worse' }, w.stamp('worker')))
    expect(propose(w)).toBe('case_closure_risk_not_low')
    w.take(decideSetRisk(w.state, { risk: 'low', reason: 'better' }, w.stamp('worker')))
    w.state = { ...w.state, vmt: 'vmt' }
    expect(propose(w)).toBe('case_vmt_plan_open')
    w.state = { ...w.state, vmt: 'not_confirmed' }
    w.take(
      decideProposeMeasure(
        w.state,
        { kind: 'emergency', ground: 'work', parentsCooperate: 'no', reason: 'now' },
        w.stamp('worker'),
      ),
    )
    expect(propose(w)).toBe('case_measure_open')
    expect(stagesOf(w.state, law).find((s) => s.key === 'closure')?.reason?.code).toBe('case_measure_open')
  })

  it('supervision in the family without a parent who cooperates, and an emergency not issued by the director', () => {
    const w = new World()
    const body = {
      kind: 'specialised_supervision',
      ground: 'begging',
      parentsCooperate: 'no',
      reason: 'x',
    } as const
    expect(w.take(decideProposeMeasure(w.state, body, w.stamp('worker')))).toBe('case_measure_no_cooperation')
    w.take(decideProposeMeasure(w.state, { ...body, kind: 'emergency' }, w.stamp('worker')))
    const step = {
      measureId: w.state.measures[0]!.id,
      step: 'issue_emergency',
      decidedBy: 'municipal_director',
      decidedOn: day,
      from: day,
      until: null,
      courtRef: null,
      parentsCooperate: null,
    } as const
    expect(w.take(decideDecideMeasure(w.state, step, w.stamp('worker')))).toBe('case_measure_director')
    expect(caseTier(cast.director, scopeOf(w.state))).toBe(3)
    expect(w.take(decideDecideMeasure(w.state, { ...step, step: 'put_in_force' }, w.stamp('head')))).toBe(
      'case_measure_step',
    )
    expect(w.take(decideDecideMeasure(w.state, step, w.stamp('director')))).toBeNull()
  })

  it('most work while the child cannot be traced, and telling the family without a reason', () => {
    const w = new World()
    w.take(decideSuspend(w.state, { reason: 'left' }, w.stamp('worker')))
    expect(assess(w, 'initial', 'low')).toBe('case_suspended')
    const alerts = {
      doNotPhoneHome: true,
      doNotInformFamily: false,
      addressProtected: false,
      interpreter: null,
    }
    expect(w.take(decideSetAlerts(w.state, alerts, w.stamp('worker')))).toBe('reason_required')
  })
})

describe('what each may see and do next', () => {
  it('follows assignment, unit, role and purpose', () => {
    const w = new World()
    const tiers = (who: Who, purpose: 'supervision' | 'monitoring' | null = null) =>
      caseTier({ ...cast[who], purpose }, scopeOf(w.state))
    expect(tiers('worker')).toBe(4)
    expect(tiers('colleague')).toBe(2)
    expect([tiers('head'), tiers('head', 'supervision')]).toEqual([3, 4])
    expect([tiers('agency'), tiers('agency', 'monitoring')]).toEqual([2, 3])
    expect([tiers('otherWorker'), tiers('police'), tiers('admin'), tiers('authority')]).toEqual([0, 0, 0, 0])
    w.state = { ...w.state, vmt: 'vmt' }
    expect(tiers('authority')).toBe(3)
    expect(allowedActions(cast.worker, w.state)).toContain('finish_initial')
    expect(allowedActions(cast.colleague, w.state)).toEqual([])
    expect(allowedActions(cast.colleague, new World(null).state)).toEqual(['take'])
  })
})
