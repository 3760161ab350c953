/** Which deadlines each event starts and ends (deadlines D03–D14, D20–D23). */
import type { CaseEvent } from '#domain/case/events.ts'
import {
  type CaseState,
  type FollowUpMonth,
  type MeasureKind,
  openMeasureStatuses,
  type RiskLevel,
} from '#domain/case/state.ts'
import { isCare } from '#domain/placement/events.ts'
import { inReviewedCare } from '#domain/placement/state.ts'
import { moveClocks, pauseClocks, resumeClocks, startClock, stopClock } from '../clock/store.ts'
import type { WriteTx } from '../tx.ts'
import { caseLaw } from './reference.ts'

const followUpRule: Record<FollowUpMonth, string> = { 1: 'D20', 3: 'D21', 6: 'D22', 12: 'D23' }
const grave = (risk: RiskLevel | null) => risk === 'high' || risk === 'immediate'

const runs = (s: CaseState, kind: MeasureKind): boolean =>
  s.measures.some((m) => m.kind === kind && openMeasureStatuses.includes(m.status))

/** Alternative care is reviewed while a measure is in force, and while the child lives in care on any other ground. */
const inCare = (s: CaseState): boolean =>
  inReviewedCare(s.care) ||
  s.measures.some(
    (m) => m.kind === 'alternative_care' && (m.status === 'in_force' || m.status === 'under_review'),
  )

const starter =
  (tx: WriteTx, s: CaseState) =>
  (rule: string, more: { readonly dueDay?: string; readonly startedAt?: string } = {}) =>
    startClock(tx, {
      rule,
      recordKind: 'case_file',
      recordId: s.id,
      unitId: s.unitId,
      municipality: s.municipality,
      ownerUserId: s.managerId,
      ...more,
    })
const stopper =
  (tx: WriteTx, s: CaseState) =>
  (...rule: string[]) =>
    stopClock(tx, { recordKind: 'case_file', recordId: s.id, rule })

/** A case that begins, or begins again: initial assessment by urgency, comprehensive assessment. */
export const startOpening = async (tx: WriteTx, s: CaseState, urgent: boolean): Promise<void> => {
  const start = starter(tx, s)
  await start(urgent ? 'D03' : 'D04')
  await start('D07')
}

export const keepClocks = async (
  tx: WriteTx,
  before: CaseState,
  after: CaseState,
  e: CaseEvent,
): Promise<void> => {
  const start = starter(tx, after)
  const stop = stopper(tx, after)
  const all = { recordKind: 'case_file', recordId: after.id } as const
  const startExits = async (exits: readonly { month: FollowUpMonth; due: string }[]) => {
    for (const { month, due } of exits) await start(followUpRule[month], { dueDay: due })
  }
  if (inCare(before) && !inCare(after)) stop('D14')
  if (!inCare(before) && inCare(after)) await start('D14')
  switch (e.type) {
    case 'CaseAssigned':
    case 'TransferAccepted':
      moveClocks(tx, {
        ...all,
        unitId: after.unitId,
        municipality: after.municipality,
        ownerUserId: after.managerId,
      })
      return
    case 'RiskLevelSet': {
      const rose = grave(after.risk) && !grave(before.risk)
      if (rose) await start('D05')
      if (after.risk === 'medium' && before.risk !== 'medium') await start('D06')
      if (!grave(after.risk) && grave(before.risk)) stop('D05')
      if (after.status === 'PLAN_ACTIVE' && grave(before.risk) !== grave(after.risk)) {
        stop('D09', 'D10')
        await start(grave(after.risk) ? 'D09' : 'D10')
      }
      return
    }
    case 'ConferenceCalled':
      if (caseLaw.conferenceClockEnds === 'called') stop('D05', 'D06')
      return
    case 'ConferenceHeld':
      stop('D05', 'D06')
      return
    case 'InitialAssessmentDone':
      stop('D03', 'D04')
      return
    case 'ComprehensiveAssessmentDone':
      stop('D07')
      await start('D08')
      return
    case 'PlanApproved':
      stop('D08', 'D09', 'D10')
      await start(grave(after.risk) ? 'D09' : 'D10')
      return
    case 'PlanReviewed':
      stop('D09', 'D10')
      if (e.facts.outcome === 'continue') await start(grave(after.risk) ? 'D09' : 'D10')
      return
    case 'MeasureDecided':
      if (e.facts.status === 'emergency_issued') await start('D11')
      if (e.facts.status === 'court_filed') {
        stop('D11')
        await start('D12')
      }
      if (['court_confirmed', 'in_force', 'refused'].includes(e.facts.status)) stop('D11', 'D12')
      return
    case 'MeasureReviewed':
    case 'PlacementReviewed':
      if (!inCare(after)) return
      stop('D14')
      await start('D14')
      return
    case 'PlacementBegun':
      if (isCare(e.facts.kind)) stop(...Object.values(followUpRule))
      if (e.facts.kind === 'emergency') await start('D13', { startedAt: e.facts.startedAt })
      return
    case 'PlacementMoved':
    case 'PlacementEnded':
      stop('D13')
      await startExits(e.facts.followUps)
      return
    case 'ExitVisited':
      stop(followUpRule[e.facts.month])
      return
    case 'CourtDecided':
      // What was granted needs no appeal; the unit must not let pass the day on what was refused to the child.
      if (e.facts.outcome !== 'granted') await start('D55', { dueDay: e.facts.appealUntil })
      return
    case 'CourtAppealed':
    case 'CourtClosed':
      // Another refusal that may still be appealed keeps the day.
      if (!after.courts.some((c) => c.stage === 'decided' && c.outcome !== 'granted')) stop('D55')
      return
    case 'MeasureEnded':
      // Another measure of the same kind keeps its own deadline.
      if (!runs(after, 'emergency')) stop('D11', 'D12')
      return
    case 'CaseClosed':
      stopClock(tx, all)
      await startExits(e.facts.followUps)
      return
    case 'FollowUpRecorded':
      stop(followUpRule[e.facts.month])
      return
    case 'CaseReopened':
      stopClock(tx, all)
      await startOpening(tx, after, e.facts.returned)
      if (inCare(after)) await start('D14')
      return
    case 'CaseSuspended':
      pauseClocks(tx, all)
      return
    case 'CaseResumed':
      resumeClocks(tx, all)
      return
    default:
      return
  }
}
