/**
 * Where an activity of a plan stands (domain specification 3.8). What a body says is one of five; late is not said by
 * anybody but reckoned from the printed deadline as of a day, because the plan ended in 2020 and wording is often loose.
 */
import { accept, type Day, type Decision, type DomainEvent, refuse } from '../core.ts'

export const activityStatuses = ['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'SUSPENDED', 'CANCELLED'] as const
export type ActivityStatus = (typeof activityStatuses)[number]

/** Who acts: the plan's owner may end or reopen what a responsible body may only carry on. */
export type Standing = 'owner' | 'responsible'

export interface Execution {
  readonly status: ActivityStatus
  /** The day from which it stands so; null while nothing was ever said. */
  readonly since: Day | null
}

export interface SetStatus {
  readonly to: ActivityStatus
  /** When it came about, at the latest today. */
  readonly on: Day
  readonly reason?: string | undefined
}

export interface StatusFacts {
  readonly standing: Standing
  readonly today: Day
  /** Approved deliverables and indicator values there are; without any, nothing is completed. */
  readonly evidence: number
}

export type ActivityStatusSet = DomainEvent<
  'ActivityStatusSet',
  { readonly from: ActivityStatus; readonly to: ActivityStatus; readonly on: Day }
>

const steps: Readonly<Record<ActivityStatus, readonly ActivityStatus[]>> = {
  NOT_STARTED: ['IN_PROGRESS', 'CANCELLED'],
  IN_PROGRESS: ['COMPLETED', 'SUSPENDED', 'CANCELLED'],
  SUSPENDED: ['IN_PROGRESS', 'CANCELLED'],
  COMPLETED: ['IN_PROGRESS'],
  CANCELLED: ['NOT_STARTED'],
}
/** Ending an activity of the plan, or taking an end back, is the plan's owner's alone. */
const ownersAlone = (from: ActivityStatus, to: ActivityStatus): boolean =>
  to === 'CANCELLED' || from === 'CANCELLED' || from === 'COMPLETED'

/** Steps open to somebody of this standing. */
export const nextSteps = (from: ActivityStatus, standing: Standing): readonly ActivityStatus[] =>
  steps[from].filter((to) => standing === 'owner' || !ownersAlone(from, to))

const needsReason = (from: ActivityStatus, to: ActivityStatus): boolean =>
  to === 'SUSPENDED' || ownersAlone(from, to)

export const decideStatus = (
  now: Execution,
  body: SetStatus,
  facts: StatusFacts,
): Decision<ActivityStatusSet> => {
  if (!steps[now.status].includes(body.to))
    return refuse('execution_no_such_step', 'to', { from: now.status, to: body.to })
  if (facts.standing !== 'owner' && ownersAlone(now.status, body.to))
    return refuse('execution_owner_only', 'to')
  if (body.on > facts.today) return refuse('in_future', 'on')
  if (now.since !== null && body.on < now.since)
    return refuse('execution_before_last_step', 'on', { day: now.since })
  if (needsReason(now.status, body.to) && (body.reason ?? '').trim() === '')
    return refuse('reason_required', 'reason')
  if (body.to === 'COMPLETED' && facts.evidence === 0) return refuse('execution_needs_evidence', 'to')
  return accept({
    type: 'ActivityStatusSet',
    v: 1,
    facts: { from: now.status, to: body.to, on: body.on },
    parts: body.reason === undefined ? [] : [{ tier: 'T3', name: 'reason', body: body.reason }],
    touches: ['status'],
  })
}

/** The bounds of a deadline: both null where the plan gives none ("ongoing"), different where the wording is loose. */
export interface Due {
  readonly earliest: Day | null
  readonly latest: Day | null
}

export const latenesses = ['none', 'in_time', 'perhaps', 'late'] as const
export type Lateness = (typeof latenesses)[number]

/**
 * Whether an activity in this state is late as of a day: `none` without a bound or once it ended, `perhaps` between the
 * first and the last day that loose wording allows ("second half of 2018"), `late` after it. A completed one is judged by
 * the day on which it was completed.
 */
export const latenessOf = (now: Execution, due: Due, asOf: Day): Lateness => {
  if (now.status === 'CANCELLED' || due.latest === null) return 'none'
  const day = now.status === 'COMPLETED' && now.since !== null ? now.since : asOf
  if (day > due.latest) return 'late'
  return due.earliest !== null && day > due.earliest ? 'perhaps' : 'in_time'
}

/** The state as it stood at the end of a day, from the steps in the order in which they were taken. */
export const statusAsOf = (
  history: readonly { readonly to: ActivityStatus; readonly on: Day }[],
  day: Day,
): Execution => {
  let stands: Execution = { status: 'NOT_STARTED', since: null }
  for (const step of history) if (step.on <= day) stands = { status: step.to, since: step.on }
  return stands
}
