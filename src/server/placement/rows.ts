/** Placements as rows: what is due is looked up, what became of them is counted; texts lie with the case's other texts. */
import type { CaseState } from '#domain/case/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { isCare, type PlacementEvent } from '#domain/placement/events.ts'
import { insert, update } from '../case/rows-sql.ts'
import { uuidv7 } from '../ids.ts'
import type { WriteTx } from '../tx.ts'

/** The hold of a bed stands one level down in a part of its own, so that no list of texts prints it. */
const bedOf = (e: PlacementEvent): Uuid | null => {
  const reference = e.parts?.find((part) => part.name === 'reference')?.body as
    | { of?: { holdId?: Uuid } }
    | undefined
  return reference?.of?.holdId ?? null
}
const drop = (tx: WriteTx, s: CaseState): void =>
  tx.later(
    'update placement_exit_visit set dropped = true where case_id = $1 and done_at is null and not dropped',
    [s.id],
  )
/** A closed case is followed up as a case. */
export const takeOverExits = drop

export const writePlacement = (tx: WriteTx, s: CaseState, e: PlacementEvent): void => {
  const of = { case_id: s.id }
  switch (e.type) {
    case 'PlacementPlanned': {
      const f = e.facts
      insert(tx, 'placement', {
        id: f.placementId,
        ...of,
        kind: f.kind,
        status: 'planned',
        basis: f.basis,
        basis_id: f.basisId,
        from_day: f.from,
        until_day: f.until,
        child_view: f.childView,
        siblings: f.siblings,
        family_told: f.familyTold,
        registered: f.registered,
        hidden: f.hidden,
        by_id: f.by,
        at: f.at,
      })
      const bed = bedOf(e)
      if (bed !== null)
        insert(tx, 'placement_place', { id: f.placementId, ...of, hidden: f.hidden, bed_hold_id: bed })
      return
    }
    case 'PlacementBegun':
      // Before the row itself: a new exit in the same act is not dropped, because only care drops them.
      if (isCare(e.facts.kind)) drop(tx, s)
      update(tx, 'placement', e.facts.placementId, {
        status: 'in_place',
        started_at: e.facts.startedAt,
        started_on: e.facts.on,
      })
      return
    case 'PlacementCancelled':
      update(tx, 'placement', e.facts.placementId, { status: 'cancelled' })
      return
    case 'PlacementMoved':
    case 'PlacementEnded': {
      const { placementId, endedAt, on, followUps } = e.facts
      update(tx, 'placement', placementId, {
        ended_at: endedAt,
        ended_on: on,
        review_on: null,
        visit_on: null,
        ...(e.type === 'PlacementMoved'
          ? { status: 'moved', moved_to: e.facts.toId }
          : { status: 'ended', end_reason: e.facts.reason }),
      })
      for (const { month, due } of followUps)
        insert(tx, 'placement_exit_visit', { id: uuidv7(), placement_id: placementId, ...of, month, due })
      return
    }
    case 'PlacementReviewed': {
      const { reviewId, placementId, reviewedOn, outcome, childView, nextOn } = e.facts
      insert(tx, 'placement_review', {
        id: reviewId,
        placement_id: placementId,
        ...of,
        reviewed_on: reviewedOn,
        outcome,
        child_view: childView,
        next_on: nextOn,
      })
      update(tx, 'placement', placementId, { review_on: nextOn })
      return
    }
    case 'PlacementVisited': {
      const { visitId, placementId, visitedOn, seen, concern, nextOn } = e.facts
      insert(tx, 'placement_visit', {
        id: visitId,
        placement_id: placementId,
        ...of,
        visited_on: visitedOn,
        seen,
        concern,
        next_on: nextOn,
      })
      update(tx, 'placement', placementId, { visit_on: nextOn })
      return
    }
    case 'ExitVisited':
      tx.later(
        `update placement_exit_visit set done_at = $3, seen_on = $4, seen = $5, safe = $6
         where case_id = $1 and month = $2 and done_at is null and not dropped`,
        [s.id, e.facts.month, e.facts.at, e.facts.seenOn, e.facts.seen, e.facts.safe],
      )
      return
    case 'CareStepTaken': {
      const f = e.facts
      insert(tx, 'care_step', {
        id: f.careStepId,
        ...of,
        track: f.track,
        step: f.step,
        on_day: f.on,
        body: f.body,
        matter_id: f.matterId,
        representative_id: f.representativeId,
        at: f.at,
      })
      return
    }
    case 'LeavingPlanMade': {
      const f = e.facts
      insert(tx, 'leaving_plan', {
        id: f.leavingId,
        ...of,
        placement_id: f.placementId,
        goal: f.goal,
        target_on: f.targetOn,
        made_on: tiranaDay(f.at),
      })
      return
    }
    case 'LeavingStepAdded':
      insert(tx, 'leaving_step', {
        id: e.facts.leavingStepId,
        leaving_id: e.facts.leavingId,
        ...of,
        due: e.facts.due,
        status: 'open',
      })
      return
    case 'LeavingStepSet':
      update(tx, 'leaving_step', e.facts.leavingStepId, { status: e.facts.status, done_on: e.facts.doneOn })
      return
    case 'LeavingPlanEnded':
      update(tx, 'leaving_plan', e.facts.leavingId, { outcome: e.facts.outcome, ended_on: e.facts.on })
      return
  }
}
