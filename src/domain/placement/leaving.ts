/** The way out of an institution, child by child: a goal, steps with days, a target; one plan is followed at a time. */
import { event } from '../case/event.ts'
import { gate } from '../case/policy.ts'
import type { CaseState } from '../case/state.ts'
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import {
  isInstitution,
  type LeavingGoal,
  type LeavingOutcome,
  type LeavingStepStatus,
  type PlacementEvent,
} from './events.ts'
import { currentPlacement } from './state.ts'

export interface MakeLeavingPlan {
  readonly goal: LeavingGoal
  readonly targetOn: Day
  readonly why: string
  readonly steps: readonly { readonly text: string; readonly due: Day }[]
}

export function decideMakeLeavingPlan(
  s: CaseState,
  body: MakeLeavingPlan,
  lastChildDay: Day | null,
  stamp: Stamp,
): Decision<PlacementEvent> {
  const no = gate('make_leaving_plan', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (s.care.leaving !== null) return refuse('placement_leaving_exists')
  const now = currentPlacement(s.care)
  if (now === undefined || !isInstitution(now.kind)) return refuse('placement_leaving_not_institution')
  if (body.targetOn <= tiranaDay(stamp.now)) return refuse('placement_before_start', 'targetOn')
  if (body.goal !== 'independent_living' && lastChildDay !== null && body.targetOn > lastChildDay)
    return refuse('placement_after_18', 'targetOn', { day: lastChildDay })
  const late = body.steps.findIndex((one) => one.due > body.targetOn)
  if (late >= 0) return refuse('placement_before_start', `steps.${late}.due`)
  const leavingId = stamp.newId()
  return accept<PlacementEvent>(
    event(
      'LeavingPlanMade',
      stamp,
      { leavingId, placementId: now.id, goal: body.goal, targetOn: body.targetOn },
      { T3: { why: body.why }, touches: ['leaving_plan'] },
    ),
    ...body.steps.map((one) => added(leavingId, one, stamp)),
  )
}
const added = (
  leavingId: Uuid,
  one: { readonly text: string; readonly due: Day },
  stamp: Stamp,
): PlacementEvent =>
  event(
    'LeavingStepAdded',
    stamp,
    { leavingStepId: stamp.newId(), leavingId, due: one.due },
    { T3: { text: one.text }, touches: ['leaving_plan'] },
  )

export function decideAddLeavingStep(
  s: CaseState,
  body: { readonly text: string; readonly due: Day },
  stamp: Stamp,
): Decision<PlacementEvent> {
  const no = gate('set_leaving_step', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (s.care.leaving === null) return refuse('placement_leaving_none')
  if (body.due > s.care.leaving.targetOn) return refuse('placement_before_start', 'due')
  return accept(added(s.care.leaving.id, body, stamp))
}

export function decideSetLeavingStep(
  s: CaseState,
  body: {
    readonly leavingStepId: Uuid
    readonly status: LeavingStepStatus
    readonly doneOn: Day | null
    readonly remark?: string | undefined
  },
  stamp: Stamp,
): Decision<PlacementEvent> {
  const no = gate('set_leaving_step', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (!s.care.leaving?.steps.some((one) => one.id === body.leavingStepId))
    return refuse('placement_leaving_step_unknown', 'leavingStepId')
  const doneOn = body.status === 'done' ? (body.doneOn ?? tiranaDay(stamp.now)) : null
  if (doneOn !== null && doneOn > tiranaDay(stamp.now)) return refuse('in_future', 'doneOn')
  if (body.status === 'dropped' && (body.remark ?? '').trim() === '')
    return refuse('reason_required', 'remark')
  return accept(
    event(
      'LeavingStepSet',
      stamp,
      { leavingStepId: body.leavingStepId, status: body.status, doneOn },
      { T3: { remark: body.remark }, touches: ['leaving_plan'] },
    ),
  )
}

export function decideEndLeavingPlan(
  s: CaseState,
  body: { readonly outcome: Exclude<LeavingOutcome, 'reached'>; readonly reason: string },
  stamp: Stamp,
): Decision<PlacementEvent> {
  const no = gate('end_leaving_plan', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (s.care.leaving === null) return refuse('placement_leaving_none')
  return accept(
    event(
      'LeavingPlanEnded',
      stamp,
      { leavingId: s.care.leaving.id, outcome: body.outcome, on: tiranaDay(stamp.now) },
      { T3: { ending: body.reason }, touches: ['leaving_plan'] },
    ),
  )
}
