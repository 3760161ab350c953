/** The individual protection plan (PIM): goals, actions, approval, review. */

import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import { event } from './event.ts'
import type { ActionAdded, CaseEvent, GoalAdded } from './events.ts'
import { gate, isManager } from './policy.ts'
import {
  type ActionStatus,
  assessed,
  type CaseLaw,
  type CaseState,
  type ChildView,
  type FundingSource,
  type GoalArea,
  type GoalStatus,
  needsConference,
  type PlanAction,
} from './state.ts'

export interface ActionTerms {
  readonly institutionId: Uuid | null
  readonly due: Day | null
  readonly costLek: number | null
  readonly funding: FundingSource | null
}
export interface NewAction extends ActionTerms {
  /** Kind of service, a code of the service list. */
  readonly service: string
  readonly text: string
}
export interface NewGoal {
  readonly area: GoalArea
  readonly text: string
}

const goalAdded = (planId: Uuid, g: NewGoal, stamp: Stamp) =>
  event(
    'GoalAdded',
    stamp,
    { goalId: stamp.newId(), planId, area: g.area },
    { T3: { text: g.text }, touches: ['plan'] },
  )
export const actionAdded = (planId: Uuid, goalId: Uuid, { text, ...terms }: NewAction, stamp: Stamp) =>
  event(
    'ActionAdded',
    stamp,
    { actionId: stamp.newId(), planId, goalId, ...terms },
    { T3: { text }, touches: ['plan'] },
  )

/** A plan may come with its first goals and actions, or empty. */
export function decideDraftPlan(
  s: CaseState,
  body: {
    readonly summary?: string
    readonly goals: readonly (NewGoal & { readonly actions: readonly NewAction[] })[]
  },
  stamp: Stamp,
): Decision<CaseEvent> {
  const no = gate('draft_plan', stamp.actor, s)
  if (no) return no.code === 'case_plan_not_draft' ? refuse('case_has_plan') : { ok: false, refusal: no }
  const planId = stamp.newId()
  const events: CaseEvent[] = [
    event(
      'PlanDrafted',
      stamp,
      { planId, number: (s.plan?.number ?? 0) + 1 },
      { T3: { summary: body.summary }, touches: ['plan'] },
    ),
  ]
  for (const { actions, ...goal } of body.goals) {
    const added = goalAdded(planId, goal, stamp)
    events.push(added, ...actions.map((a) => actionAdded(planId, added.facts.goalId, a, stamp)))
  }
  return { ok: true, events }
}

export function decideAddGoal(s: CaseState, body: NewGoal, stamp: Stamp): Decision<GoalAdded> {
  const no = gate('add_goal', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  return accept(goalAdded(s.plan!.id, body, stamp))
}

export function decideAddAction(
  s: CaseState,
  body: NewAction & { readonly goalId: Uuid },
  stamp: Stamp,
): Decision<ActionAdded> {
  const no = gate('add_action', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const { goalId, ...action } = body
  if (!s.plan!.goals.some((g) => g.id === goalId)) return refuse('case_goal_unknown', 'goalId')
  return accept(actionAdded(s.plan!.id, goalId, action, stamp))
}

export function decideChangeAction(
  s: CaseState,
  body: ActionTerms & { readonly actionId: Uuid },
  stamp: Stamp,
): Decision<CaseEvent> {
  const no = gate('change_action', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (!s.plan!.actions.some((a) => a.id === body.actionId)) return refuse('case_action_unknown', 'actionId')
  return accept(event('ActionChanged', stamp, { ...body }, { touches: ['plan', body.actionId] }))
}

export function decideSetActionStatus(
  s: CaseState,
  body: { readonly actionId: Uuid; readonly status: ActionStatus; readonly doneOn: Day | null },
  stamp: Stamp,
): Decision<CaseEvent> {
  const no = gate('set_action_status', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (!s.plan?.actions.some((a) => a.id === body.actionId)) return refuse('case_action_unknown', 'actionId')
  if (body.doneOn !== null && body.doneOn > tiranaDay(stamp.now)) return refuse('in_future', 'doneOn')
  const doneOn = body.status === 'done' ? (body.doneOn ?? tiranaDay(stamp.occurredAt)) : null
  return accept(event('ActionStatusSet', stamp, { ...body, doneOn }, { touches: [body.actionId] }))
}

export function decideSetGoalStatus(
  s: CaseState,
  body: { readonly goalId: Uuid; readonly status: GoalStatus },
  stamp: Stamp,
): Decision<CaseEvent> {
  const no = gate('set_goal_status', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (!s.plan?.goals.some((g) => g.id === body.goalId)) return refuse('case_goal_unknown', 'goalId')
  return accept(event('GoalStatusSet', stamp, { ...body }, { touches: [body.goalId] }))
}

const complete = (a: PlanAction) =>
  a.institutionId !== null && a.due !== null && a.costLek !== null && a.funding !== null

/**
 * In force only by the minutes of a case conference, or, at low and medium risk, by the head of the unit who does not
 * work the case (decision 17). Every action names who, until when, for how much and from which source.
 */
export function decideApprovePlan(
  s: CaseState,
  body: { readonly conferenceId: Uuid | null; readonly childView: ChildView; readonly remark?: string },
  stamp: Stamp,
  law: CaseLaw,
): Decision<CaseEvent> {
  const no = gate('approve_plan', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const plan = s.plan!
  if (plan.goals.length === 0) return refuse('case_plan_empty')
  const bare = plan.goals.find((g) => !plan.actions.some((a) => a.goalId === g.id))
  if (bare !== undefined) return refuse('case_goal_without_action', `goals.${bare.id}`)
  const open = plan.actions.find((a) => a.status !== 'dropped' && !complete(a))
  if (open !== undefined) return refuse('case_action_incomplete', `actions.${open.id}`)
  if (!assessed(s, 'best_interests')) return refuse('case_best_interests_missing')
  if (body.conferenceId === null) {
    if (needsConference(s, law)) return refuse('case_conference_required', 'conferenceId')
    if (stamp.actor.role !== 'cpu_head' || isManager(stamp.actor, s)) return refuse('needs_second_person')
  } else {
    const conference = s.conferences.find((c) => c.id === body.conferenceId)
    if (conference === undefined) return refuse('case_conference_unknown', 'conferenceId')
    const onTable = conference.planId === plan.id && conference.planRevision === plan.revision
    if (!onTable || !conference.decisions.includes('approve_plan'))
      return refuse('case_conference_not_approving', 'conferenceId')
    if (conference.present < law.conferenceQuorum)
      return refuse('case_conference_quorum', 'conferenceId', { quorum: law.conferenceQuorum })
  }
  return accept(
    event(
      'PlanApproved',
      stamp,
      {
        planId: plan.id,
        conferenceId: body.conferenceId,
        childView: body.childView,
        actions: plan.actions.length,
        costLek: plan.actions.reduce((sum, a) => sum + (a.costLek ?? 0), 0),
      },
      { T3: { remark: body.remark }, touches: ['plan', 'status'] },
    ),
  )
}

/** A review says what follows: go on, make the plan anew (it is a draft again), or prepare closure. */
export function decideReview(
  s: CaseState,
  body: { readonly outcome: 'continue' | 'revise' | 'close'; readonly findings: string },
  stamp: Stamp,
): Decision<CaseEvent> {
  const no = gate('review', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  return accept(
    event(
      'PlanReviewed',
      stamp,
      { reviewId: stamp.newId(), planId: s.plan!.id, outcome: body.outcome },
      { T3: { findings: body.findings }, touches: ['status', 'plan'] },
    ),
  )
}
