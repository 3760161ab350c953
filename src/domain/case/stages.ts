/** The case as a list of stages with the reason why each cannot start; the task list shows it as it is. */
import type { Instant } from '../core.ts'
import type { Refusal } from '../refusal.ts'
import { closureBar } from './closure.ts'
import { assessed, type CaseLaw, type CaseState, type CaseStatus, isOpen, needsConference } from './state.ts'

export const stageKeys = [
  'intake',
  'initial_assessment',
  'comprehensive_assessment',
  'best_interests',
  'conference',
  'plan',
  'plan_in_force',
  'closure',
  'follow_up',
] as const
export type StageKey = (typeof stageKeys)[number]
export type StageStatus = 'done' | 'current' | 'cannot' | 'not_needed'

export interface Stage {
  readonly key: StageKey
  readonly status: StageStatus
  /** When it was done. */
  readonly at: Instant | null
  /** Why it cannot start, as the refusal that trying would get. */
  readonly reason: Refusal | null
}

const order: readonly CaseStatus[] = [
  'OPEN',
  'INITIAL_ASSESSMENT',
  'COMPREHENSIVE_ASSESSMENT',
  'PLANNING',
  'PLAN_ACTIVE',
  'REVIEW',
  'CLOSURE_PROPOSED',
  'CLOSED',
  'FOLLOW_UP',
  'ARCHIVED',
]
const past = (s: CaseState, status: CaseStatus) => order.indexOf(s.status) > order.indexOf(status)

const stage = (
  key: StageKey,
  status: StageStatus,
  at: Instant | null = null,
  reason: Refusal | null = null,
): Stage => ({
  key,
  status,
  at: status === 'done' ? at : null,
  reason: status === 'cannot' ? reason : null,
})

const lastOf = (s: CaseState, form: string) =>
  s.assessments.filter((a) => a.form === form && a.episode === s.episode).at(-1)?.at ?? null

/** Stages of the present opening, in the order of the law. */
export function stagesOf(s: CaseState, law: CaseLaw): readonly Stage[] {
  const noRisk = s.closure?.reason === 'no_risk'
  const conference = s.plan === null ? undefined : s.conferences.find((c) => c.planId === s.plan?.id)
  const approved = s.plan?.status === 'approved'
  const wrong: Refusal = { code: 'case_wrong_status', params: { status: s.status } }
  const skipped = noRisk && (s.status === 'CLOSED_NO_RISK' || s.status === 'CLOSURE_PROPOSED')
  const bar = closureBar(s, null)
  const closing =
    s.closedAt !== null
      ? stage('closure', 'done', s.closedAt)
      : s.status === 'CLOSURE_PROPOSED' || (s.status === 'REVIEW' && bar === null)
        ? stage('closure', 'current')
        : stage(
            'closure',
            'cannot',
            null,
            s.status === 'REVIEW' || s.status === 'PLAN_ACTIVE' ? (bar ?? wrong) : wrong,
          )
  const initial =
    s.status === 'OPEN'
      ? stage('initial_assessment', 'cannot', null, { code: 'case_not_assigned' })
      : s.status === 'INITIAL_ASSESSMENT'
        ? stage('initial_assessment', 'current')
        : stage('initial_assessment', 'done', lastOf(s, 'initial'))
  const middle = (key: StageKey, working: boolean, done: boolean, at: Instant | null, why: Refusal) =>
    skipped
      ? stage(key, 'not_needed')
      : done
        ? stage(key, 'done', at)
        : working
          ? stage(key, 'current')
          : stage(key, 'cannot', null, why)
  const planning = s.status === 'PLANNING' || s.status === 'REVIEW'
  return [
    stage('intake', 'done', s.episodeAt),
    initial,
    middle(
      'comprehensive_assessment',
      s.status === 'COMPREHENSIVE_ASSESSMENT',
      past(s, 'COMPREHENSIVE_ASSESSMENT'),
      lastOf(s, 'comprehensive'),
      wrong,
    ),
    middle(
      'best_interests',
      isOpen(s) && s.status !== 'OPEN',
      assessed(s, 'best_interests'),
      lastOf(s, 'best_interests'),
      wrong,
    ),
    needsConference(s, law) || conference !== undefined
      ? middle(
          'conference',
          s.plan?.status === 'draft',
          conference !== undefined,
          conference === undefined ? null : `${conference.heldOn}T00:00:00.000Z`,
          { code: 'case_no_plan' },
        )
      : stage('conference', 'not_needed'),
    middle('plan', planning, approved, s.plan?.draftedAt ?? null, wrong),
    middle('plan_in_force', false, approved, s.plan?.approvedAt ?? null, {
      code: s.plan === null ? 'case_no_plan' : 'case_plan_not_approved',
    }),
    closing,
    s.status === 'CLOSED_NO_RISK'
      ? stage('follow_up', 'not_needed')
      : s.status === 'ARCHIVED'
        ? stage('follow_up', 'done', s.followUps.at(-1)?.doneAt ?? null)
        : s.closedAt !== null
          ? stage('follow_up', 'current')
          : stage('follow_up', 'cannot', null, { code: 'case_not_closed' }),
  ]
}
