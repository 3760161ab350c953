/** Folds what happened into what is. Every event is named here; a new one does not compile until it is folded. */

import { foldCare, noCare } from '../placement/state.ts'
import { foldCourts } from './court-events.ts'
import type { CaseEvent, CaseOpened } from './events.ts'
import { foldGtn, noGtn } from './gtn-events.ts'
import { type CaseState, cautiousAlerts, followUpMonths, type Plan } from './state.ts'

export function opened(e: CaseOpened): CaseState {
  const f = e.facts
  return {
    id: f.caseId,
    code: f.code,
    version: 1,
    personId: f.personId,
    unitId: f.unitId,
    municipality: f.municipality,
    county: f.county,
    managerId: null,
    managerIsHead: false,
    deputyId: null,
    status: 'OPEN',
    risk: null,
    riskAt: null,
    childSeenAt: null,
    vmt: 'none',
    concerns: f.concerns,
    reports: f.reportId === null ? [] : [f.reportId],
    openedAt: f.at,
    closedAt: null,
    episode: 1,
    episodeAt: f.at,
    returned: false,
    alerts: cautiousAlerts,
    assessments: [],
    plan: null,
    conferences: [],
    gtn: noGtn,
    measures: [],
    courts: [],
    care: noCare,
    closure: null,
    followUps: [],
    transfer: null,
    suspendedAt: null,
  }
}

const onPlan = (s: CaseState, change: (plan: Plan) => Partial<Plan>): Partial<CaseState> =>
  s.plan === null ? {} : { plan: { ...s.plan, ...change(s.plan) } }

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])]

function change(s: CaseState, e: CaseEvent): Partial<CaseState> {
  switch (e.type) {
    case 'CaseOpened':
      return opened(e)
    case 'ReportAttached':
      return {
        reports: union(s.reports, [e.facts.reportId]),
        concerns: union(s.concerns, e.facts.concerns),
      }
    case 'CaseAssigned':
      return {
        managerId: e.facts.managerId,
        managerIsHead: e.facts.managerIsHead,
        deputyId: e.facts.deputyId,
        // Naming the same person again changes nothing of who gave it.
        managerBy: e.facts.managerId === s.managerId ? (s.managerBy ?? null) : e.facts.by,
        deputyBy:
          e.facts.deputyId === null
            ? null
            : e.facts.deputyId === s.deputyId
              ? (s.deputyBy ?? null)
              : e.facts.by,
        ...(s.status === 'OPEN' ? { status: 'INITIAL_ASSESSMENT' as const } : {}),
      }
    case 'AssessmentRecorded':
      return {
        assessments: [
          ...s.assessments.filter((a) => a.id !== e.facts.assessmentId),
          {
            id: e.facts.assessmentId,
            form: e.facts.form,
            version: e.facts.formVersion,
            at: e.facts.at,
            by: e.facts.by,
            episode: s.episode,
          },
        ],
        ...(e.facts.childSeenAt === null ? {} : { childSeenAt: e.facts.childSeenAt }),
      }
    case 'RiskLevelSet':
      return { risk: e.facts.risk, riskAt: e.facts.at }
    case 'InitialAssessmentDone':
      return { status: 'COMPREHENSIVE_ASSESSMENT' }
    case 'ComprehensiveAssessmentDone':
      return { status: 'PLANNING' }
    case 'PlanDrafted':
      return {
        plan: {
          id: e.facts.planId,
          number: e.facts.number,
          status: 'draft',
          revision: 1,
          draftedAt: e.facts.at,
          approvedAt: null,
          childView: null,
          goals: [],
          actions: [],
        },
      }
    case 'GoalAdded':
      return onPlan(s, (p) => ({
        revision: p.revision + 1,
        goals: [...p.goals, { id: e.facts.goalId, area: e.facts.area, status: 'open' }],
      }))
    case 'ActionAdded': {
      const { actionId, goalId, institutionId, due, costLek, funding } = e.facts
      return onPlan(s, (p) => ({
        revision: p.revision + 1,
        actions: [
          ...p.actions,
          { id: actionId, goalId, institutionId, due, costLek, funding, status: 'planned' },
        ],
      }))
    }
    case 'ActionChanged': {
      const { actionId, institutionId, due, costLek, funding } = e.facts
      return onPlan(s, (p) => ({
        revision: p.revision + 1,
        actions: p.actions.map((a) =>
          a.id === actionId ? { ...a, institutionId, due, costLek, funding } : a,
        ),
      }))
    }
    case 'ActionStatusSet':
      return onPlan(s, (p) => ({
        actions: p.actions.map((a) => (a.id === e.facts.actionId ? { ...a, status: e.facts.status } : a)),
      }))
    case 'GoalStatusSet':
      return onPlan(s, (p) => ({
        goals: p.goals.map((g) => (g.id === e.facts.goalId ? { ...g, status: e.facts.status } : g)),
      }))
    case 'ConferenceHeld':
      return {
        conferences: [
          ...s.conferences,
          {
            id: e.facts.conferenceId,
            heldOn: e.facts.heldOn,
            present: e.facts.present.length,
            absent: e.facts.absent.length,
            decisions: e.facts.decisions,
            planId: e.facts.planId,
            planRevision: e.facts.planId === null ? null : (s.plan?.revision ?? null),
          },
        ],
        gtn: s.gtn.call?.id === e.facts.conferenceId ? { ...s.gtn, call: null } : s.gtn,
      }
    case 'ConferenceWithoutQuorum':
      return {
        conferences: [
          ...s.conferences,
          {
            id: e.facts.conferenceId,
            heldOn: e.facts.heldOn,
            present: e.facts.present.length,
            absent: e.facts.absent.length,
            decisions: [],
            planId: null,
            planRevision: null,
            quorate: false,
          },
        ],
        gtn: foldGtn(s.gtn, e),
      }
    case 'ConferenceCalled':
    case 'ConferencePostponed':
    case 'ConferenceCancelled':
    case 'ResolutionMade':
    case 'ResolutionTurned':
      return { gtn: foldGtn(s.gtn, e) }
    case 'PlanApproved':
      return {
        status: 'PLAN_ACTIVE',
        ...onPlan(s, () => ({ status: 'approved', approvedAt: e.facts.at, childView: e.facts.childView })),
      }
    case 'PlanReviewed':
      return e.facts.outcome === 'continue'
        ? { status: 'PLAN_ACTIVE' }
        : {
            status: 'REVIEW',
            ...(e.facts.outcome === 'revise'
              ? onPlan(s, (p) => ({ status: 'draft', revision: p.revision + 1 }))
              : {}),
          }
    case 'AlertsSet': {
      const { doNotPhoneHome, doNotInformFamily, addressProtected, interpreter } = e.facts
      return { alerts: { doNotPhoneHome, doNotInformFamily, addressProtected, interpreter, assessed: true } }
    }
    case 'MeasureProposed':
      return {
        measures: [...s.measures, { id: e.facts.measureId, kind: e.facts.kind, status: 'proposed' }],
      }
    case 'MeasureDecided':
    case 'MeasureEnded':
      return {
        measures: s.measures.map((m) => (m.id === e.facts.measureId ? { ...m, status: e.facts.status } : m)),
      }
    case 'MeasureReviewBegun':
    case 'MeasureReviewed': {
      const status = e.type === 'MeasureReviewed' ? 'in_force' : 'under_review'
      return { measures: s.measures.map((m) => (m.id === e.facts.measureId ? { ...m, status } : m)) }
    }
    case 'CourtCaseOpened':
    case 'CourtReportWritten':
    case 'CourtFiled':
    case 'HearingSet':
    case 'HearingHeld':
    case 'CourtDecided':
    case 'CourtAppealed':
    case 'AppealDecided':
    case 'CourtClosed':
    case 'ExecutionChecked':
    case 'CourtReviewed':
      return { courts: foldCourts(s.courts, e) }
    case 'PlacementPlanned':
    case 'PlacementBegun':
    case 'PlacementCancelled':
    case 'PlacementMoved':
    case 'PlacementEnded':
    case 'PlacementReviewed':
    case 'PlacementVisited':
    case 'ExitVisited':
    case 'CareStepTaken':
    case 'LeavingPlanMade':
    case 'LeavingStepAdded':
    case 'LeavingStepSet':
    case 'LeavingPlanEnded':
      return { care: foldCare(s.care, e) }
    case 'ClosureProposed':
      return {
        status: 'CLOSURE_PROPOSED',
        closure: { reason: e.facts.reason, proposedBy: e.facts.by, proposedAt: e.facts.at },
      }
    case 'ClosureReturned':
      return { status: e.facts.to, closure: null }
    case 'CaseClosed':
      return {
        status: e.facts.reason === 'no_risk' ? 'CLOSED_NO_RISK' : 'CLOSED',
        closedAt: e.facts.at,
        // The visits after the closure are those after the exit, too.
        care: { ...s.care, exits: s.care.exits.filter((one) => one.doneAt !== null) },
        followUps: e.facts.followUps.map((f) => ({ ...f, doneAt: null })),
      }
    case 'FollowUpRecorded':
      return {
        status: e.facts.month === followUpMonths.at(-1) ? 'ARCHIVED' : 'FOLLOW_UP',
        followUps: s.followUps.map((f) => (f.month === e.facts.month ? { ...f, doneAt: e.facts.at } : f)),
      }
    case 'CaseReopened':
      return {
        status: 'INITIAL_ASSESSMENT',
        episode: s.episode + 1,
        episodeAt: e.facts.at,
        returned: e.facts.returned,
        closedAt: null,
        closure: null,
        followUps: [],
        childSeenAt: null,
        risk: null,
        riskAt: null,
        plan: null,
        suspendedAt: null,
        reports: e.facts.reportId === null ? s.reports : union(s.reports, [e.facts.reportId]),
        concerns: union(s.concerns, e.facts.concerns),
      }
    case 'TransferRequested':
      return {
        transfer: {
          id: e.facts.transferId,
          toUnitId: e.facts.toUnitId,
          toMunicipality: e.facts.toMunicipality,
          toCounty: e.facts.toCounty,
          requestedBy: e.facts.by,
          requestedAt: e.facts.at,
        },
      }
    case 'TransferAccepted':
      return {
        unitId: e.facts.unitId,
        municipality: e.facts.municipality,
        county: e.facts.county,
        managerId: e.facts.managerId,
        managerIsHead: e.facts.managerIsHead,
        managerBy: e.facts.by,
        deputyId: null,
        deputyBy: null,
        transfer: null,
      }
    case 'TransferDeclined':
    case 'TransferWithdrawn':
      return { transfer: null }
    case 'CaseSuspended':
      return { suspendedAt: e.facts.at }
    case 'CaseResumed':
      return { suspendedAt: null }
    case 'IdentificationRecorded':
      return { vmt: e.facts.status }
    case 'MemberAbsent':
    case 'ServiceRecorded':
    case 'NoteAdded':
    case 'PersonNearAdded':
    case 'AttachmentAdded':
      return {}
  }
}

/** One event, one version. */
export const apply = (s: CaseState, e: CaseEvent): CaseState => ({
  ...s,
  ...change(s, e),
  version: s.version + 1,
})

/** The state after a chain that begins with `CaseOpened`. */
export function fold(events: readonly CaseEvent[]): CaseState {
  const [first, ...rest] = events
  if (first?.type !== 'CaseOpened') throw new Error('a case begins with CaseOpened')
  return rest.reduce(apply, opened(first))
}
