/**
 * What may be decided of a placement. The order of the questions is that of the law: what it rests on, whether the child was
 * heard, brothers and sisters, the place itself, the eighteenth birthday.
 */

import { event } from '../case/event.ts'
import { gate } from '../case/policy.ts'
import { assessed, type CaseState, type ChildView } from '../case/state.ts'
import { addDays, addMonths, tiranaDay } from '../clock/tirana.ts'
import {
  accept,
  type Day,
  type Decision,
  type Instant,
  type Json,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { familyBar } from '../family/inform.ts'
import type { Refusal } from '../refusal.ts'
import { type BasisWorld, basisBar } from './basis.ts'
import {
  type Basis,
  type EndReason,
  type ExitDue,
  exitMonths,
  isCare,
  type PlacementEvent,
  type PlacementKind,
  type SiblingWay,
} from './events.ts'
import { type CareState, currentPlacement, type Placement } from './state.ts'

/** An entry of the register of facilities and foster families that is to take the child. */
export interface Entry {
  readonly sort: 'facility' | 'foster_family'
  /** Kinds of placement that it is approved for. */
  readonly takes: readonly PlacementKind[]
  readonly hidden: boolean
  /** Not approved, suspended, licence over, full, not for this age or sex: why it may not take the child, or null. */
  readonly bar: Refusal | null
}
export interface PlacementWorld extends BasisWorld {
  /** The last day before the eighteenth birthday, as far as it is known. */
  readonly lastChildDay: Day | null
  /** Brothers and sisters that the actor knows, each with the place where it was put, or null. */
  readonly siblings: readonly { readonly place: string | null }[]
  /** The entry named in the body or written with the placement; undefined where it is not in the register. */
  readonly entry: Entry | null | undefined
  /** Mark of the place that is to take the child, comparable with those of brothers and sisters. */
  readonly place: string | null
}

export interface PlanPlacement {
  readonly kind: PlacementKind
  readonly basis: Basis
  readonly basisId: Uuid | null
  readonly from: Day
  readonly until: Day | null
  readonly childView: ChildView
  readonly childWords?: string | undefined
  readonly siblings: SiblingWay
  readonly siblingsWhy?: string | undefined
  readonly familyTold: boolean
  readonly purpose: string
  /** Words of the place: of the carer and the address, or of the register's entry. */
  readonly place: { readonly name?: string; readonly address?: string }
  /** Where it lies in the register, as the register itself says it. */
  readonly reference: Json | null
}

const registered: readonly PlacementKind[] = ['foster', 'residential', 'shelter']

const grown = (day: Day | null, last: Day | null, field: string): Refusal | null =>
  day !== null && last !== null && day > last
    ? { code: 'placement_after_18', field, params: { day: last } }
    : null

export const heardBar = (body: Pick<PlanPlacement, 'kind' | 'childView' | 'childWords'>): Refusal | null => {
  if (body.childView === 'too_young') return null
  // Protection that cannot wait does not wait for a conversation; everything else does.
  if (body.childView === 'not_reached')
    return body.kind === 'emergency' ? null : { code: 'placement_child_not_heard', field: 'childView' }
  return (body.childWords ?? '').trim() === ''
    ? { code: 'placement_child_not_heard', field: 'childWords' }
    : null
}

const siblingsBar = (body: PlanPlacement, world: PlacementWorld): Refusal | null => {
  if (body.siblings === 'none')
    return world.siblings.length > 0 ? { code: 'placement_siblings_known', field: 'siblings' } : null
  if (body.siblings === 'apart')
    return (body.siblingsWhy ?? '').trim() === '' ? { code: 'reason_required', field: 'siblingsWhy' } : null
  const elsewhere = world.siblings.some((one) => one.place !== null && one.place !== world.place)
  return elsewhere ? { code: 'placement_siblings_apart', field: 'siblings' } : null
}

const placeBar = (body: PlanPlacement, { entry }: PlacementWorld): Refusal | null => {
  if (entry === undefined) return { code: 'placement_place_unknown', field: 'place' }
  if (entry === null) {
    if (registered.includes(body.kind)) return { code: 'placement_place_missing', field: 'place' }
    const named = (body.place.name ?? '').trim() !== ''
    return named || body.kind === 'return_to_family'
      ? null
      : { code: 'placement_place_missing', field: 'place.name' }
  }
  if (!entry.takes.includes(body.kind)) return { code: 'placement_place_kind', field: 'place' }
  return entry.bar
}

/** One placement is prepared at a time, beside the one that the child lives in. */
export function decidePlanPlacement(
  s: CaseState,
  body: PlanPlacement,
  world: PlacementWorld,
  stamp: Stamp,
): Decision<PlacementEvent> {
  const no =
    gate('plan_placement', stamp.actor, s) ??
    basisBar(s, body, body.from, world, stamp.now) ??
    heardBar(body) ??
    siblingsBar(body, world) ??
    (body.familyTold ? familyBar(s, 'familyTold') : null) ??
    placeBar(body, world) ??
    grown(body.from, world.lastChildDay, 'from') ??
    grown(body.until, world.lastChildDay, 'until')
  if (no) return { ok: false, refusal: no }
  if (s.care.placements.some((one) => one.status === 'planned')) return refuse('placement_planned_already')
  if (body.until !== null && body.until < body.from) return refuse('placement_before_start', 'until')
  const entry = world.entry ?? null
  // Shelters, emergencies and protected addresses: the place is sealed; the others are read with the identified core.
  const hidden =
    body.kind === 'shelter' ||
    body.kind === 'emergency' ||
    s.alerts.addressProtected ||
    entry?.hidden === true
  const words = {
    place: body.place.name === undefined && body.place.address === undefined ? null : { ...body.place },
    // One level down, so that no list of texts prints it.
    reference: body.reference === null ? null : { of: body.reference },
  }
  const { kind, basis, basisId, from, until, childView, siblings, familyTold } = body
  return accept(
    event(
      'PlacementPlanned',
      stamp,
      {
        placementId: stamp.newId(),
        kind,
        basis,
        basisId,
        from,
        until,
        childView,
        siblings,
        familyTold,
        registered: entry !== null,
        hidden,
      },
      {
        T3: {
          purpose: body.purpose,
          childWords: body.childWords,
          siblingsWhy: siblings === 'apart' ? body.siblingsWhy : undefined,
          ...(hidden ? {} : words),
        },
        T4: hidden ? words : {},
        touches: ['placements'],
      },
    ),
  )
}

type Found =
  | { readonly ok: true; readonly placement: Placement }
  | { readonly ok: false; readonly refusal: Refusal }
export const findPlacement = (
  s: CareState,
  id: Uuid,
  status: Placement['status'],
  field = 'placementId',
): Found => {
  const placement = s.placements.find((one) => one.id === id)
  if (placement === undefined) return refuse('placement_unknown', field)
  return placement.status === status
    ? { ok: true, placement }
    : refuse('placement_step', field, { status: placement.status })
}

export const exitsAfter = (day: Day): readonly ExitDue[] =>
  exitMonths.map((month) => ({ month, due: addMonths(day, month) }))

/** What must still hold on the day that the child arrives. */
const arrivalBar = (
  s: CaseState,
  placement: Placement,
  at: Instant,
  world: PlacementWorld,
  stamp: Stamp,
  field: string,
): Refusal | null => {
  if (at > stamp.now) return { code: 'in_future', field }
  if (world.entry === undefined) return { code: 'placement_place_unknown', field: 'placementId' }
  return (
    basisBar(s, placement, tiranaDay(at), world, stamp.now) ??
    world.entry?.bar ??
    grown(tiranaDay(at), world.lastChildDay, field)
  )
}

const begun = (placement: Placement, at: Instant, stamp: Stamp): PlacementEvent =>
  event(
    'PlacementBegun',
    stamp,
    { placementId: placement.id, kind: placement.kind, startedAt: at, on: tiranaDay(at) },
    { touches: ['placements'] },
  )

/** Leaving an institution for a family ends the plan that led out of it. */
const leavingEnds = (
  s: CareState,
  to: PlacementKind | EndReason,
  on: Day,
  stamp: Stamp,
): readonly PlacementEvent[] => {
  const plan = s.leaving
  if (plan === null) return []
  const reached: readonly (PlacementKind | EndReason)[] = {
    return_to_family: ['return_to_family', 'returned_to_family'] as const,
    kinship: ['kinship'] as const,
    foster: ['foster'] as const,
    adoption: ['adoption'] as const,
    independent_living: ['adulthood'] as const,
  }[plan.goal]
  if (to === 'residential' || to === 'shelter' || to === 'emergency') return []
  return [
    event(
      'LeavingPlanEnded',
      stamp,
      { leavingId: plan.id, outcome: reached.includes(to) ? 'reached' : 'changed', on },
      { touches: ['leaving_plan'] },
    ),
  ]
}

export function decideBeginPlacement(
  s: CaseState,
  body: { readonly placementId: Uuid; readonly startedAt: Instant },
  world: PlacementWorld,
  stamp: Stamp,
): Decision<PlacementEvent> {
  const no = gate('begin_placement', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const found = findPlacement(s.care, body.placementId, 'planned')
  if (!found.ok) return found
  if (currentPlacement(s.care) !== undefined) return refuse('placement_in_place', 'placementId')
  if (s.care.placements.some((one) => one.endedAt !== null && one.endedAt > body.startedAt))
    return refuse('placement_overlaps', 'startedAt')
  const bar = arrivalBar(s, found.placement, body.startedAt, world, stamp, 'startedAt')
  return bar ? { ok: false, refusal: bar } : accept(begun(found.placement, body.startedAt, stamp))
}

/** The new place takes the child at the moment in which the old one lets it go. */
export function decideMovePlacement(
  s: CaseState,
  body: { readonly toId: Uuid; readonly movedAt: Instant; readonly reason: string },
  world: PlacementWorld,
  stamp: Stamp,
): Decision<PlacementEvent> {
  const no = gate('move_placement', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const old = currentPlacement(s.care)
  if (old === undefined) return refuse('placement_none')
  const found = findPlacement(s.care, body.toId, 'planned', 'toId')
  if (!found.ok) return found
  if (old.startedAt !== null && body.movedAt < old.startedAt)
    return refuse('placement_before_start', 'movedAt')
  const bar = arrivalBar(s, found.placement, body.movedAt, world, stamp, 'movedAt')
  if (bar) return { ok: false, refusal: bar }
  const on = tiranaDay(body.movedAt)
  const { kind } = found.placement
  return accept<PlacementEvent>(
    event(
      'PlacementMoved',
      stamp,
      {
        placementId: old.id,
        toId: body.toId,
        endedAt: body.movedAt,
        on,
        followUps: isCare(old.kind) && !isCare(kind) ? exitsAfter(on) : [],
      },
      { T3: { ending: body.reason }, touches: ['placements'] },
    ),
    begun(found.placement, body.movedAt, stamp),
    ...leavingEnds(s.care, kind, on, stamp),
  )
}

export function decideCancelPlacement(
  s: CaseState,
  body: { readonly placementId: Uuid; readonly reason: string },
  stamp: Stamp,
): Decision<PlacementEvent> {
  const no = gate('cancel_placement', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const found = findPlacement(s.care, body.placementId, 'planned')
  if (!found.ok) return found
  return accept(
    event(
      'PlacementCancelled',
      stamp,
      { placementId: body.placementId },
      { T3: { ending: body.reason }, touches: ['placements'] },
    ),
  )
}

export interface EndPlacement {
  readonly placementId: Uuid
  readonly reason: EndReason
  readonly endedAt: Instant
  readonly explanation: string
}

/** Adulthood ends it no day before the birthday, adoption only with its decision, home only where it was weighed. */
export function decideEndPlacement(
  s: CaseState,
  body: EndPlacement,
  lastChildDay: Day | null,
  stamp: Stamp,
): Decision<PlacementEvent> {
  const no = gate('end_placement', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const found = findPlacement(s.care, body.placementId, 'in_place')
  if (!found.ok) return found
  const { placement } = found
  const { reason, endedAt } = body
  if (endedAt > stamp.now) return refuse('in_future', 'endedAt')
  if (placement.startedAt !== null && endedAt < placement.startedAt)
    return refuse('placement_before_start', 'endedAt')
  const on = tiranaDay(endedAt)
  if (reason === 'adulthood' && lastChildDay !== null && on <= lastChildDay)
    return refuse('placement_still_child', 'endedAt', { day: addDays(lastChildDay, 1) })
  if (reason === 'adoption' && s.care.steps.findLast((one) => one.track === 'adoption')?.step !== 'adopted')
    return refuse('placement_no_adoption', 'reason')
  if (reason === 'returned_to_family' && placement.kind !== 'emergency' && !assessed(s, 'best_interests'))
    return refuse('case_best_interests_missing', 'reason')
  const exit = reason === 'returned_to_family' || reason === 'adoption' || reason === 'adulthood'
  return accept<PlacementEvent>(
    event(
      'PlacementEnded',
      stamp,
      {
        placementId: placement.id,
        reason,
        endedAt,
        on,
        followUps: exit && isCare(placement.kind) ? exitsAfter(on) : [],
      },
      { T3: { ending: body.explanation }, touches: ['placements'] },
    ),
    ...(reason === 'absconded' ? [] : leavingEnds(s.care, reason, on, stamp)),
  )
}
