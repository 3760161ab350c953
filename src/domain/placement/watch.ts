/** How the child fares in a placement and after it: reviews, visits, and the visits after an exit from care. */
import { event } from '../case/event.ts'
import { gate } from '../case/policy.ts'
import type { CaseState, ChildView } from '../case/state.ts'
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import type { Refusal } from '../refusal.ts'
import { findPlacement, heardBar } from './decide.ts'
import type { ExitMonth, PlacementEvent, PlacementReviewOutcome, safeties, VisitSight } from './events.ts'
import type { Placement } from './state.ts'

export interface ReviewPlacement {
  readonly placementId: Uuid
  readonly reviewedOn: Day
  readonly outcome: PlacementReviewOutcome
  readonly childView: ChildView
  readonly childWords?: string | undefined
  readonly findings: string
  readonly nextOn: Day | null
}

/** A review hears the child, too. */
export function decideReviewPlacement(
  s: CaseState,
  body: ReviewPlacement,
  stamp: Stamp,
): Decision<PlacementEvent> {
  const no = gate('review_placement', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const found = findPlacement(s.care, body.placementId, 'in_place')
  if (!found.ok) return found
  const day = dayBar(found.placement, body.reviewedOn, body.nextOn, 'reviewedOn', stamp)
  if (day) return { ok: false, refusal: day }
  const heard = heardBar({ ...body, kind: found.placement.kind })
  if (heard) return { ok: false, refusal: heard }
  const { findings, childWords, ...facts } = body
  return accept(
    event(
      'PlacementReviewed',
      stamp,
      { ...facts, reviewId: stamp.newId() },
      { T3: { findings, childWords }, touches: ['placements'] },
    ),
  )
}

const dayBar = (
  placement: Placement,
  day: Day,
  next: Day | null,
  field: string,
  stamp: Stamp,
): Refusal | null => {
  if (day > tiranaDay(stamp.now)) return { code: 'in_future', field }
  if (placement.startedAt !== null && day < tiranaDay(placement.startedAt))
    return { code: 'placement_before_start', field }
  return next !== null && next <= day ? { code: 'placement_before_start', field: 'nextOn' } : null
}

export interface VisitPlacement {
  readonly placementId: Uuid
  readonly visitedOn: Day
  readonly seen: VisitSight
  readonly concern: boolean
  readonly findings: string
  readonly childWords?: string | undefined
  readonly nextOn: Day | null
}

export function decideVisitPlacement(
  s: CaseState,
  body: VisitPlacement,
  stamp: Stamp,
): Decision<PlacementEvent> {
  const no = gate('visit_placement', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const found = findPlacement(s.care, body.placementId, 'in_place')
  if (!found.ok) return found
  const day = dayBar(found.placement, body.visitedOn, body.nextOn, 'visitedOn', stamp)
  if (day) return { ok: false, refusal: day }
  const { findings, childWords, ...facts } = body
  return accept(
    event('PlacementVisited', stamp, { ...facts, visitId: stamp.newId() }, { T3: { findings, childWords } }),
  )
}

export interface VisitExit {
  readonly month: ExitMonth
  readonly seenOn: Day
  readonly seen: string
  readonly safe: (typeof safeties)[number]
  readonly findings: string
}

/** After an exit from care, while the case is open; once it is closed, its own visits take over. */
export function decideVisitExit(s: CaseState, body: VisitExit, stamp: Stamp): Decision<PlacementEvent> {
  const no = gate('visit_exit', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const due = s.care.exits.find((one) => one.month === body.month)
  if (due === undefined) return refuse('placement_exit_unknown', 'month')
  if (due.doneAt !== null) return refuse('placement_exit_done', 'month')
  if (body.seenOn > tiranaDay(stamp.now)) return refuse('in_future', 'seenOn')
  if (body.seenOn < due.since) return refuse('placement_before_start', 'seenOn')
  const { findings, ...facts } = body
  return accept(
    event(
      'ExitVisited',
      stamp,
      { ...facts, textId: stamp.newId() },
      { T3: { findings }, touches: ['exit_visits'] },
    ),
  )
}
