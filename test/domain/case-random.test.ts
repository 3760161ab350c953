import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, fold } from '#domain/case/apply.ts'
import { decideRecordAssessment, decideSetRisk } from '#domain/case/assess.ts'
import {
  decideApproveClosure,
  decideProposeClosure,
  decideRecordFollowUp,
  decideReturnClosure,
} from '#domain/case/closure.ts'
import { decideHoldConference } from '#domain/case/conference.ts'
import type { CaseEvent } from '#domain/case/events.ts'
import { decideDecideMeasure, decideLiftMeasure, decideProposeMeasure } from '#domain/case/measure.ts'
import {
  decideAcceptTransfer,
  decideRequestTransfer,
  decideResume,
  decideSuspend,
} from '#domain/case/move.ts'
import { decideAssign, decideTake, decideTakeReport } from '#domain/case/open.ts'
import { decideApprovePlan, decideDraftPlan, decideReview, decideSetGoalStatus } from '#domain/case/plan.ts'
import { caseActions, gate } from '#domain/case/policy.ts'
import { stagesOf } from '#domain/case/stages.ts'
import {
  type CaseState,
  type CaseStatus,
  closureReasons,
  followUpMonths,
  hasOpenMeasure,
  needsConference,
  riskLevels,
} from '#domain/case/state.ts'
import type { Decision } from '#domain/core.ts'
import { cast, durres, filled, form, law, tirana, type Who, World } from './case-life.ts'

/** Every way from one status to another that §3.2 draws; written apart from the code on purpose. */
const drawn: Record<CaseStatus, readonly CaseStatus[]> = {
  OPEN: ['INITIAL_ASSESSMENT'],
  INITIAL_ASSESSMENT: ['COMPREHENSIVE_ASSESSMENT', 'CLOSURE_PROPOSED'],
  COMPREHENSIVE_ASSESSMENT: ['PLANNING'],
  PLANNING: ['PLAN_ACTIVE'],
  PLAN_ACTIVE: ['REVIEW'],
  REVIEW: ['PLAN_ACTIVE', 'CLOSURE_PROPOSED'],
  CLOSURE_PROPOSED: ['CLOSED', 'CLOSED_NO_RISK', 'REVIEW', 'COMPREHENSIVE_ASSESSMENT'],
  CLOSED: ['FOLLOW_UP', 'ARCHIVED', 'INITIAL_ASSESSMENT'],
  CLOSED_NO_RISK: ['INITIAL_ASSESSMENT'],
  FOLLOW_UP: ['ARCHIVED', 'INITIAL_ASSESSMENT'],
  ARCHIVED: ['INITIAL_ASSESSMENT'],
}

const day = '2026-11-02'
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!
type Move = (w: World, who: Who, n: number) => Decision<CaseEvent>
const asWorker = (who: Who) => ({ id: cast[who].userId, unitId: cast[who].unitId, role: cast[who].role })

const moves: Record<string, Move> = {
  assign: (w, who, n) =>
    decideAssign(
      w.state,
      { manager: asWorker(pick(['worker', 'colleague', 'head'], n)), deputy: null },
      w.stamp(who),
    ),
  take: (w, who) => decideTake(w.state, w.stamp(who)),
  report: (w, who, n) => decideTakeReport(w.state, { reportId: `r${n}`, concerns: [] }, w.stamp(who)),
  assess: (w, who, n) =>
    decideRecordAssessment(
      w.state,
      {
        answers: filled,
        childSeenAt: n % 5 === 0 ? null : '2026-11-02T07:00:00.000Z',
        risk: n % 3 === 0 ? null : pick(riskLevels, n),
        finish: n % 4 !== 0,
      },
      w.stamp(who),
      form(pick(['initial', 'comprehensive', 'best_interests'], n)),
    ),
  risk: (w, who, n) =>
    decideSetRisk(w.state, { risk: n % 2 === 0 ? 'low' : pick(riskLevels, n), reason: 'why' }, w.stamp(who)),
  draft: (w, who, n) =>
    decideDraftPlan(
      w.state,
      {
        goals: [
          {
            area: 'safety',
            text: 'x',
            actions: [
              {
                service: 'legal',
                text: 'y',
                institutionId: n % 7 === 0 ? null : tirana,
                due: day,
                costLek: 0,
                funding: 'state',
              },
            ],
          },
        ],
      },
      w.stamp(who),
    ),
  confer: (w, who, n) =>
    decideHoldConference(
      w.state,
      {
        heldOn: day,
        attendance: [tirana, durres].map((institutionId, i) => ({
          institutionId,
          present: i <= n % 3,
          absence: null,
        })),
        childPart: 'was_heard',
        familyPart: 'not_invited',
        familyWhyNot: 'unsafe',
        decisions: n % 2 === 0 ? ['approve_plan'] : ['other'],
        minutes: 'm',
      },
      w.stamp(who),
    ),
  approve: (w, who, n) =>
    decideApprovePlan(
      w.state,
      { conferenceId: n % 2 === 0 ? null : (w.state.conferences.at(-1)?.id ?? null), childView: 'agrees' },
      w.stamp(who),
      law,
    ),
  goal: (w, who) =>
    decideSetGoalStatus(
      w.state,
      { goalId: w.state.plan?.goals.at(-1)?.id ?? 'none', status: 'met' },
      w.stamp(who),
    ),
  review: (w, who, n) =>
    decideReview(
      w.state,
      { outcome: pick(['continue', 'revise', 'close', 'close'], n), findings: 'f' },
      w.stamp(who),
    ),
  measure: (w, who, n) =>
    decideProposeMeasure(
      w.state,
      {
        kind: pick(['emergency', 'alternative_care', 'specialised_supervision'], n),
        ground: 'work',
        parentsCooperate: 'both',
        reason: 'r',
      },
      w.stamp(who),
    ),
  step: (w, who, n) =>
    decideDecideMeasure(
      w.state,
      {
        measureId: w.state.measures.at(-1)?.id ?? 'none',
        step: pick(['issue_emergency', 'file_court', 'put_in_force', 'refuse'], n),
        decidedBy: 'court',
        decidedOn: day,
        from: day,
        until: null,
        courtRef: null,
        parentsCooperate: 'both',
        reason: 'r',
      },
      w.stamp(who),
    ),
  lift: (w, who) =>
    decideLiftMeasure(
      w.state,
      { measureId: w.state.measures.at(-1)?.id ?? 'none', status: 'lifted', endedOn: day, reason: 'r' },
      w.stamp(who),
    ),
  close: (w, who, n) =>
    decideProposeClosure(
      w.state,
      {
        reason: w.state.status === 'INITIAL_ASSESSMENT' ? 'no_risk' : pick(closureReasons, n),
        explanation: 'e',
        childView: { kind: 'recorded', words: 'yes' },
        caregiverView: { kind: 'recorded', words: 'yes' },
        servicesContinuing: [],
        whomToCall: 'c',
      },
      w.stamp(who),
    ),
  approveClosure: (w, who) => decideApproveClosure(w.state, w.stamp(who)),
  returnClosure: (w, who) => decideReturnClosure(w.state, { reason: 'r' }, w.stamp(who)),
  followUp: (w, who, n) =>
    decideRecordFollowUp(
      w.state,
      {
        month: pick(followUpMonths, n),
        seenOn: day,
        seen: 'child',
        reexploited: n % 5 === 0 ? 'yes' : 'no',
        findings: 'f',
      },
      w.stamp(who),
    ),
  transfer: (w, who, n) =>
    decideRequestTransfer(
      w.state,
      { to: n % 9 === 0 ? { id: durres, municipality: '12', county: 'AL-02' } : null, reason: 'r' },
      w.stamp(who),
    ),
  accept: (w, who) => decideAcceptTransfer(w.state, w.stamp(who)),
  suspend: (w, who, n) =>
    n % 6 === 0
      ? decideSuspend(w.state, { reason: 'r' }, w.stamp(who))
      : decideResume(w.state, { reason: 'r' }, w.stamp(who)),
}

/** Mostly the right person and the usual next step, so that runs go deep; sometimes anybody and anything. */
const usual = [...Array(9).fill('worker'), ...Array(6).fill('head'), ...Object.keys(cast)] as Who[]
const steps = [
  'assess',
  'assess',
  'assess',
  'assess',
  'risk',
  'risk',
  'draft',
  'confer',
  'approve',
  'approve',
  'goal',
]
const ends = ['review', 'review', 'close', 'close', 'approveClosure', 'approveClosure', 'followUp']
const run = fc.array(
  fc.tuple(
    fc.constantFrom(...steps, ...steps, ...ends, ...ends, ...Object.keys(moves)),
    fc.constantFrom(...usual),
    fc.nat(1000),
  ),
  { minLength: 80, maxLength: 200, size: 'max' },
)

function lawful(before: CaseState, after: CaseState, who: Who, events: readonly CaseEvent[]): void {
  const actor = cast[who]
  for (const e of events) {
    if (e.type === 'CaseClosed') {
      expect([before.managerId, before.deputyId, before.closure?.proposedBy]).not.toContain(actor.userId)
      expect(before.risk).toBe('low')
      expect(hasOpenMeasure(before)).toBe(false)
      expect(['vmt', 'vt', 'formal_pending']).not.toContain(before.vmt)
    }
    if (e.type === 'PlanApproved') {
      if (needsConference(before, law)) expect(e.facts.conferenceId).not.toBeNull()
      for (const a of before.plan!.actions)
        expect([a.institutionId, a.due, a.costLek, a.funding]).not.toContain(null)
    }
    if (e.type === 'InitialAssessmentDone') {
      expect(after.childSeenAt).not.toBeNull()
      expect(after.risk).not.toBeNull()
    }
  }
  if (after.status !== 'OPEN') expect(after.managerId).not.toBeNull()
}

describe('random courses of a case', () => {
  it('never leave the drawn ways, never close by the worker, and fold back to the same state', () => {
    const reached = new Set<CaseStatus>()
    fc.assert(
      fc.property(fc.nat(9), run, (n0, steps) => {
        const w = new World(n0 === 0 ? null : 'worker')
        for (const [name, who, n] of steps) {
          const before = w.state
          const decision = moves[name]!(w, who, n)
          w.take(decision)
          const events = decision.ok ? decision.events : []
          expect(w.state.version).toBe(before.version + events.length)
          let at = before
          for (const e of events) {
            const next = apply(at, e)
            if (next.status !== at.status) expect(drawn[at.status]).toContain(next.status)
            at = next
          }
          reached.add(at.status)
          lawful(before, w.state, who, events)
          stagesOf(w.state, law)
        }
        expect(fold(w.events)).toEqual(w.state)
        expect(fold(w.events).version).toBe(w.events.length)
      }),
      { numRuns: 150, seed: 20261121 },
    )
    expect([...reached]).toEqual(
      expect.arrayContaining(['PLAN_ACTIVE', 'REVIEW', 'CLOSURE_PROPOSED', 'CLOSED_NO_RISK']),
    )
  }, 60_000)

  it('refuse whatever the list of allowed actions does not hold', () => {
    const w = new World()
    for (const action of caseActions)
      for (const who of ['police', 'admin', 'otherWorker'] as const)
        expect(gate(action, cast[who], w.state)).not.toBeNull()
  })
})
