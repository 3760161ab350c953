/** What a case knows of where its child lives, between the events: no name and no address. */
import type { Day, Instant, Uuid } from '../core.ts'
import {
  type Basis,
  type CareStepName,
  type CareTrack,
  type ExitMonth,
  isCare,
  type LeavingGoal,
  type LeavingStepStatus,
  type PlacementEvent,
  type PlacementKind,
  type PlacementStatus,
} from './events.ts'

export interface Placement {
  readonly id: Uuid
  readonly kind: PlacementKind
  readonly status: PlacementStatus
  readonly basis: Basis
  readonly basisId: Uuid | null
  /** As planned. */
  readonly from: Day
  readonly until: Day | null
  readonly startedAt: Instant | null
  readonly endedAt: Instant | null
  readonly registered: boolean
  readonly hidden: boolean
  readonly reviewOn: Day | null
  readonly visitOn: Day | null
}
export interface ExitVisit {
  readonly placementId: Uuid
  readonly month: ExitMonth
  readonly due: Day
  readonly since: Day
  readonly doneAt: Instant | null
}
export interface CareStep {
  readonly id: Uuid
  readonly track: CareTrack
  readonly step: CareStepName
  readonly on: Day
}
export interface LeavingPlan {
  readonly id: Uuid
  readonly placementId: Uuid
  readonly goal: LeavingGoal
  readonly targetOn: Day
  readonly steps: readonly { readonly id: Uuid; readonly due: Day; readonly status: LeavingStepStatus }[]
}
export interface CareState {
  readonly placements: readonly Placement[]
  /** Visits that are due after the last exit from care. */
  readonly exits: readonly ExitVisit[]
  readonly steps: readonly CareStep[]
  /** The de-institutionalisation plan that is followed now. */
  readonly leaving: LeavingPlan | null
}
export const noCare: CareState = { placements: [], exits: [], steps: [], leaving: null }

const onOne = (s: CareState, id: Uuid, change: Partial<Placement>): CareState => ({
  ...s,
  placements: s.placements.map((one) => (one.id === id ? { ...one, ...change } : one)),
})
const onLeaving = (s: CareState, change: (plan: LeavingPlan) => Partial<LeavingPlan>): CareState =>
  s.leaving === null ? s : { ...s, leaving: { ...s.leaving, ...change(s.leaving) } }

export const foldCare = (s: CareState, e: PlacementEvent): CareState => {
  switch (e.type) {
    case 'PlacementPlanned': {
      const { placementId, kind, basis, basisId, from, until, registered, hidden } = e.facts
      const planned: Placement = {
        id: placementId,
        kind,
        status: 'planned',
        basis,
        basisId,
        from,
        until,
        startedAt: null,
        endedAt: null,
        registered,
        hidden,
        reviewOn: null,
        visitOn: null,
      }
      return { ...s, placements: [...s.placements, planned] }
    }
    case 'PlacementBegun': {
      const begun = onOne(s, e.facts.placementId, { status: 'in_place', startedAt: e.facts.startedAt })
      // Back in care, the visits after the last exit lose their sense.
      return isCare(e.facts.kind)
        ? { ...begun, exits: begun.exits.filter((one) => one.doneAt !== null) }
        : begun
    }
    case 'PlacementCancelled':
      return onOne(s, e.facts.placementId, { status: 'cancelled' })
    case 'PlacementMoved':
    case 'PlacementEnded': {
      const { placementId, endedAt, on, followUps } = e.facts
      const status = e.type === 'PlacementMoved' ? 'moved' : 'ended'
      const ended = onOne(s, placementId, { status, endedAt, reviewOn: null, visitOn: null })
      return followUps.length === 0
        ? ended
        : { ...ended, exits: followUps.map((one) => ({ ...one, placementId, since: on, doneAt: null })) }
    }
    case 'PlacementReviewed':
      return onOne(s, e.facts.placementId, { reviewOn: e.facts.nextOn })
    case 'PlacementVisited':
      return onOne(s, e.facts.placementId, { visitOn: e.facts.nextOn })
    case 'ExitVisited':
      return {
        ...s,
        exits: s.exits.map((one) => (one.month === e.facts.month ? { ...one, doneAt: e.facts.at } : one)),
      }
    case 'CareStepTaken': {
      const { careStepId, track, step, on } = e.facts
      return { ...s, steps: [...s.steps, { id: careStepId, track, step, on }] }
    }
    case 'LeavingPlanMade': {
      const { leavingId, placementId, goal, targetOn } = e.facts
      return { ...s, leaving: { id: leavingId, placementId, goal, targetOn, steps: [] } }
    }
    case 'LeavingStepAdded':
      return onLeaving(s, (plan) => ({
        steps: [...plan.steps, { id: e.facts.leavingStepId, due: e.facts.due, status: 'open' }],
      }))
    case 'LeavingStepSet':
      return onLeaving(s, (plan) => ({
        steps: plan.steps.map((one) =>
          one.id === e.facts.leavingStepId ? { ...one, status: e.facts.status } : one,
        ),
      }))
    case 'LeavingPlanEnded':
      return { ...s, leaving: null }
  }
}

/** Where the child lives now, as far as the register placed it. */
export const currentPlacement = (s: CareState): Placement | undefined =>
  s.placements.find((one) => one.status === 'in_place')
export const plannedPlacements = (s: CareState): readonly Placement[] =>
  s.placements.filter((one) => one.status === 'planned')
/** The child is away from its parents, in care that the law wants reviewed (D14). */
export const inReviewedCare = (s: CareState): boolean => {
  const now = currentPlacement(s)
  return now !== undefined && isCare(now.kind) && now.kind !== 'emergency'
}
/** A case is not closed while a child lives in care that the state answers for, or is about to. */
export const holdsCaseOpen = (s: CareState): boolean =>
  s.placements.some(
    (one) =>
      one.status === 'planned' || (one.status === 'in_place' && isCare(one.kind) && one.kind !== 'kinship'),
  )
export const exitsPending = (s: CareState): readonly ExitVisit[] =>
  s.exits.filter((one) => one.doneAt === null)
