/**
 * Who may see a case, and who may do what to it next. Row-level security answers the same question again in the
 * database (migration 0005); test/scopes compares both with an oracle written apart.
 */
import type { Actor, Purpose, Uuid } from '../core.ts'
import { currentPlacement, exitsPending, plannedPlacements } from '../placement/state.ts'
import type { Refusal } from '../refusal.ts'
import { type CaseState, type CaseStatus, hasOpenMeasure, openStatuses, type VmtStatus } from './state.ts'

/** The columns of `case_file` that rule visibility. */
export interface CaseScope {
  readonly unitId: Uuid
  readonly municipality: string
  readonly managerId: Uuid | null
  readonly managerIsHead: boolean
  readonly deputyId: Uuid | null
  /** Who gave it to them; absent where it is not known. */
  readonly managerBy?: Uuid | null | undefined
  readonly deputyBy?: Uuid | null | undefined
  /** Who stands in for the manager today, while the manager is out of office; ends with the last day. */
  readonly standInId?: Uuid | null | undefined
  readonly status: CaseStatus
  readonly vmt: VmtStatus
  readonly hasMeasure: boolean
  /** Unit that is asked to take the case over, while it has not answered. */
  readonly transferTo: Uuid | null
}

export const scopeOf = (s: CaseState): CaseScope => ({
  unitId: s.unitId,
  municipality: s.municipality,
  managerId: s.managerId,
  managerIsHead: s.managerIsHead,
  deputyId: s.deputyId,
  managerBy: s.managerBy,
  deputyBy: s.deputyBy,
  standInId: s.standInId,
  status: s.status,
  vmt: s.vmt,
  hasMeasure: hasOpenMeasure(s),
  transferTo: s.transfer?.toUnitId ?? null,
})

const trafficking: readonly VmtStatus[] = [
  'vmt',
  'formal_pending',
  'vt',
  'not_confirmed',
  'declined_formal',
  'exited',
]
const isCpu = (a: Actor) => a.role === 'cpw' || a.role === 'cpu_head'

/**
 * Purposes that open to this role more of a case than it reads by itself: supervision the sensitive tier to the head of
 * the unit, the agency's three the identified core (domain specification, section 5: «enters T3 by logged purpose»).
 */
export const purposesOf = (role: Actor['role']): readonly Purpose[] => {
  if (role === 'cpu_head') return ['supervision']
  return role === 'state_agency' ? ['monitoring', 'complaint', 'case_review'] : []
}
const states = (actor: Actor): boolean =>
  actor.purpose !== null && purposesOf(actor.role).includes(actor.purpose)

/**
 * The highest tier the actor reads: 0 not at all (reads as absent), 2 pseudonymous row, 3 identified, 4 sensitive.
 * A worker with the role but not the assignment stays at 2, unless the file was opened for reading by break-glass or a
 * grant (`src/domain/privacy/access.ts`): those reach 3 and never further.
 */
export const caseTier = (actor: Actor, s: CaseScope, opened: 0 | 2 | 3 = 0): 0 | 2 | 3 | 4 => {
  const own = ownTier(actor, s)
  return own > opened || !isCpu(actor) ? own : opened
}

/** A head who gave herself a case reads the sensitive tier by saying what for, as with any other case of the unit. */
const givenByAnother = ({ userId }: Actor, s: CaseScope): boolean =>
  (userId === s.managerId && s.managerBy !== userId) || (userId === s.deputyId && s.deputyBy !== userId)

function ownTier(actor: Actor, s: CaseScope): 0 | 2 | 3 | 4 {
  if (isCpu(actor) && actor.unitId === s.unitId) {
    if (actor.userId === s.managerId || actor.userId === s.deputyId)
      return actor.role !== 'cpu_head' || states(actor) || givenByAnother(actor, s) ? 4 : 3
    // A head names who stands in, also itself: that alone is no reason to read what only supervision opens to it.
    if (actor.role === 'cpw' && actor.userId === s.standInId) return 4
    if (actor.role === 'cpu_head') return states(actor) ? 4 : 3
    return 2
  }
  if (isCpu(actor) && actor.unitId === s.transferTo) return 2
  if (actor.role === 'municipal_director' && actor.municipality === s.municipality)
    return s.hasMeasure || (s.status === 'CLOSURE_PROPOSED' && s.managerIsHead) ? 3 : 0
  if (actor.role === 'responsible_authority') return trafficking.includes(s.vmt) ? 3 : 0
  if (actor.role === 'state_agency') return states(actor) ? 3 : 2
  return 0
}

export const isManager = (a: Actor, s: CaseState) =>
  a.unitId === s.unitId && (a.userId === s.managerId || a.userId === s.deputyId || a.userId === s.standInId)
export const isHead = (a: Actor, s: CaseState) => a.role === 'cpu_head' && a.unitId === s.unitId
const handles = (a: Actor, s: CaseState) => isManager(a, s) || isHead(a, s)
const ofUnit = (a: Actor, s: CaseState) => isCpu(a) && a.unitId === s.unitId
const receives = (a: Actor, s: CaseState) => isCpu(a) && a.unitId === s.transfer?.toUnitId
const director = (a: Actor, s: CaseState) =>
  a.role === 'municipal_director' && a.municipality === s.municipality
/** Whoever closes is not whoever works the case: the head, or the director where the head is the worker. */
const closes = (a: Actor, s: CaseState) =>
  !isManager(a, s) && a.userId !== s.closure?.proposedBy && (s.managerIsHead ? director(a, s) : isHead(a, s))

type Rule = {
  readonly who: (a: Actor, s: CaseState) => boolean
  readonly when: readonly CaseStatus[]
  /** Also while the child cannot be traced. Most work waits until the child is found. */
  readonly suspended?: true
  readonly holds?: (s: CaseState) => boolean
}
const working = openStatuses
const unclosed = working.filter((s) => s !== 'CLOSURE_PROPOSED')
const planning = ['PLANNING', 'REVIEW'] as const
const kept: readonly CaseStatus[] = [...working, 'CLOSED', 'CLOSED_NO_RISK', 'FOLLOW_UP']
const hasCourt = (s: CaseState) => s.courts.length > 0
const lives = (s: CaseState) => currentPlacement(s.care) !== undefined
const placing = (s: CaseState) => plannedPlacements(s.care).length > 0
const leaving = (s: CaseState) => s.care.leaving !== null
const called = (s: CaseState) => s.gtn.call !== null
const draft = (s: CaseState) => s.plan?.status === 'draft'
const rule = (
  who: Rule['who'],
  when: readonly CaseStatus[],
  more: Pick<Rule, 'suspended' | 'holds'> = {},
): Rule => ({ who, when, ...more })

/** The whole rulebook of who and when; what a body must hold stands with each decision. */
export const rules = {
  assign: rule(isHead, working, { suspended: true }),
  /** As part of handing several over: also cases whose follow-up runs. */
  reassign: rule(isHead, [...working, 'CLOSED', 'FOLLOW_UP'], { suspended: true }),
  take: rule((a, s) => ofUnit(a, s), working, { suspended: true, holds: (s) => s.managerId === null }),
  record_assessment: rule(isManager, unclosed),
  record_checklist: rule(handles, kept, { suspended: true }),
  finish_initial: rule(isManager, ['INITIAL_ASSESSMENT']),
  finish_comprehensive: rule(isManager, ['COMPREHENSIVE_ASSESSMENT']),
  set_risk: rule(handles, unclosed, { suspended: true }),
  draft_plan: rule(isManager, planning, {
    holds: (s) => s.plan === null || (s.plan.status === 'approved' && s.status === 'PLANNING'),
  }),
  add_goal: rule(isManager, planning, { holds: draft }),
  add_action: rule(isManager, planning, { holds: draft }),
  change_action: rule(isManager, planning, { holds: draft }),
  set_action_status: rule(isManager, ['PLAN_ACTIVE', 'REVIEW']),
  set_goal_status: rule(isManager, ['PLAN_ACTIVE', 'REVIEW']),
  call_conference: rule((a, s) => handles(a, s) || director(a, s), unclosed, {
    suspended: true,
    holds: (s) => s.gtn.call === null,
  }),
  postpone_conference: rule((a, s) => handles(a, s) || director(a, s), working, {
    suspended: true,
    holds: called,
  }),
  cancel_conference: rule((a, s) => handles(a, s) || director(a, s), working, {
    suspended: true,
    holds: called,
  }),
  hold_conference: rule(handles, unclosed, { suspended: true }),
  miss_quorum: rule(handles, unclosed, { suspended: true, holds: called }),
  turn_resolution: rule(isManager, ['PLANNING', 'PLAN_ACTIVE', 'REVIEW'], {
    holds: (s) => s.plan !== null && s.gtn.resolutions.some((r) => r.actionId === null),
  }),
  approve_plan: rule(handles, planning, { holds: draft }),
  review: rule(isManager, ['PLAN_ACTIVE', 'REVIEW'], { holds: (s) => s.plan?.status === 'approved' }),
  record_service: rule(handles, kept, { suspended: true }),
  add_note: rule(handles, kept, { suspended: true }),
  set_alerts: rule(handles, kept, { suspended: true }),
  add_person_near: rule(handles, kept, { suspended: true }),
  propose_measure: rule(handles, unclosed, { suspended: true }),
  decide_measure: rule((a, s) => handles(a, s) || director(a, s), working, {
    suspended: true,
    holds: hasOpenMeasure,
  }),
  lift_measure: rule((a, s) => handles(a, s) || director(a, s), working, {
    suspended: true,
    holds: hasOpenMeasure,
  }),
  review_measure: rule(handles, working, { suspended: true, holds: hasOpenMeasure }),
  open_court_case: rule(handles, working, { suspended: true }),
  write_court_report: rule(isManager, working, { suspended: true, holds: hasCourt }),
  file_court_case: rule((a, s) => handles(a, s) || director(a, s), working, {
    suspended: true,
    holds: hasCourt,
  }),
  set_hearing: rule(handles, kept, { suspended: true, holds: hasCourt }),
  hold_hearing: rule(handles, kept, { suspended: true, holds: hasCourt }),
  decide_court_case: rule(handles, kept, { suspended: true, holds: hasCourt }),
  appeal_court_case: rule(handles, kept, { suspended: true, holds: hasCourt }),
  decide_appeal: rule(handles, kept, { suspended: true, holds: hasCourt }),
  close_court_case: rule(handles, kept, { suspended: true, holds: hasCourt }),
  check_execution: rule(handles, kept, { suspended: true, holds: hasCourt }),
  review_court_case: rule(handles, kept, { suspended: true, holds: hasCourt }),
  plan_placement: rule(handles, working, { suspended: true }),
  begin_placement: rule(handles, working, { suspended: true, holds: (s) => placing(s) && !lives(s) }),
  move_placement: rule(handles, working, { suspended: true, holds: (s) => placing(s) && lives(s) }),
  cancel_placement: rule(handles, working, { suspended: true, holds: placing }),
  end_placement: rule(handles, kept, { suspended: true, holds: lives }),
  review_placement: rule(handles, kept, { suspended: true, holds: lives }),
  visit_placement: rule(handles, kept, { suspended: true, holds: lives }),
  visit_exit: rule(handles, working, { suspended: true, holds: (s) => exitsPending(s.care).length > 0 }),
  take_care_step: rule(handles, kept, { suspended: true }),
  make_leaving_plan: rule(handles, working, { holds: (s) => lives(s) && !leaving(s) }),
  set_leaving_step: rule(handles, working, { suspended: true, holds: leaving }),
  end_leaving_plan: rule(handles, working, { suspended: true, holds: leaving }),
  propose_closure: rule(isManager, ['INITIAL_ASSESSMENT', 'REVIEW'], {
    suspended: true,
    holds: (s) => s.transfer === null,
  }),
  approve_closure: rule(closes, ['CLOSURE_PROPOSED'], { suspended: true }),
  return_closure: rule(closes, ['CLOSURE_PROPOSED'], { suspended: true }),
  record_follow_up: rule(handles, ['CLOSED', 'FOLLOW_UP'], { suspended: true }),
  reopen: rule(ofUnit, ['CLOSED', 'CLOSED_NO_RISK', 'FOLLOW_UP', 'ARCHIVED'], { suspended: true }),
  request_transfer: rule(handles, unclosed, { suspended: true, holds: (s) => s.transfer === null }),
  accept_transfer: rule(receives, working, { suspended: true }),
  decline_transfer: rule(receives, working, { suspended: true }),
  withdraw_transfer: rule(handles, working, { suspended: true, holds: (s) => s.transfer !== null }),
  suspend: rule(handles, unclosed, { holds: (s) => s.suspendedAt === null }),
  resume: rule(handles, working, { suspended: true, holds: (s) => s.suspendedAt !== null }),
} as const satisfies Record<string, Rule>
export type CaseAction = keyof typeof rules
export const caseActions = Object.keys(rules) as readonly CaseAction[]

/** Why this actor may not do this now, or null. */
export function gate(action: CaseAction, actor: Actor, s: CaseState): Refusal | null {
  const r: Rule = rules[action]
  if (!r.who(actor, s)) {
    if (action === 'approve_closure' && (isManager(actor, s) || actor.userId === s.closure?.proposedBy))
      return { code: 'case_closer_is_worker' }
    return { code: isCpu(actor) && actor.unitId === s.unitId ? 'case_not_yours' : 'not_allowed' }
  }
  if (!r.when.includes(s.status)) return { code: 'case_wrong_status', params: { status: s.status } }
  if (s.suspendedAt !== null && r.suspended !== true) return { code: 'case_suspended' }
  if (r.holds !== undefined && !r.holds(s)) return { code: unmet(action, s) }
  return null
}

function unmet(action: CaseAction, s: CaseState): Refusal['code'] {
  switch (action) {
    case 'take':
      return 'case_has_manager'
    case 'propose_closure':
      return 'case_transfer_pending'
    case 'request_transfer':
      return 'case_transfer_pending'
    case 'withdraw_transfer':
      return 'case_no_transfer'
    case 'suspend':
      return 'case_suspended'
    case 'resume':
      return 'case_not_suspended'
    case 'decide_measure':
    case 'lift_measure':
    case 'review_measure':
      return 'case_measure_unknown'
    case 'write_court_report':
    case 'file_court_case':
    case 'set_hearing':
    case 'hold_hearing':
    case 'decide_court_case':
    case 'appeal_court_case':
    case 'decide_appeal':
    case 'close_court_case':
    case 'check_execution':
    case 'review_court_case':
      return 'court_unknown'
    case 'begin_placement':
      return lives(s) ? 'placement_in_place' : 'placement_none'
    case 'move_placement':
    case 'cancel_placement':
    case 'end_placement':
    case 'review_placement':
    case 'visit_placement':
      return 'placement_none'
    case 'visit_exit':
      return 'placement_exit_unknown'
    case 'make_leaving_plan':
      return leaving(s) ? 'placement_leaving_exists' : 'placement_leaving_not_institution'
    case 'set_leaving_step':
    case 'end_leaving_plan':
      return 'placement_leaving_none'
    case 'call_conference':
      return 'case_conference_called'
    case 'postpone_conference':
    case 'cancel_conference':
    case 'miss_quorum':
      return 'case_conference_not_called'
    case 'turn_resolution':
      return s.plan === null ? 'case_no_plan' : 'case_resolution_unknown'
    case 'review':
      return 'case_plan_not_approved'
    default:
      return s.plan === null ? 'case_no_plan' : 'case_plan_not_draft'
  }
}

/** What the actor may do next: the reply carries it, so that the screen needs no second rulebook. */
export const allowedActions = (actor: Actor, s: CaseState): readonly CaseAction[] =>
  caseActions.filter((a) => gate(a, actor, s) === null)
