/** Commands on placements. The case is locked before the place: whoever begins or ends a placement fills or frees its bed. */
import { safetyPlanReady } from '#domain/assistance/safety.ts'
import type { CaseState } from '#domain/case/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import { type Day, type Decision, type Instant, refuse, type Uuid } from '#domain/core.ts'
import {
  decideBeginPlacement,
  decideCancelPlacement,
  decideEndPlacement,
  decideMovePlacement,
  decidePlanPlacement,
  type PlacementWorld,
} from '#domain/placement/decide.ts'
import type { PlacementEvent } from '#domain/placement/events.ts'
import {
  decideAddLeavingStep,
  decideEndLeavingPlan,
  decideMakeLeavingPlan,
  decideSetLeavingStep,
} from '#domain/placement/leaving.ts'
import { currentPlacement, type Placement } from '#domain/placement/state.ts'
import { decideTakeCareStep } from '#domain/placement/steps.ts'
import { decideReviewPlacement, decideVisitExit, decideVisitPlacement } from '#domain/placement/watch.ts'
import type { Refusal } from '#domain/refusal.ts'
import * as wire from '#wire/placement.ts'
import { safetyPlanOf } from '../assistance/store.ts'
import { occupyBed, releaseBed } from '../care/beds.ts'
import { act, adds, to } from '../case/act.ts'
import { findLastChildDay } from '../case/lookup.ts'
import type { CommandHandler } from '../command.ts'
import { representativesOf } from '../family/store.ts'
import { nrmOf } from '../nrm/store.ts'
import type { WriteTx } from '../tx.ts'
import { bedOfPlacement, placeName, worldOf } from './world.ts'

type Decided = Decision<PlacementEvent>
const beyond = refuse('placement_place_hidden', 'placementId')

/** The planned placement that is to take the child at this moment, its world, and the bed that waits for it. */
const arrival = async (
  tx: WriteTx,
  s: CaseState,
  id: Uuid,
  at: Instant,
): Promise<{ world: PlacementWorld; holdId: Uuid | null } | null> => {
  const planned = s.care.placements.find((one) => one.id === id)
  const holdId = planned === undefined ? null : await bedOfPlacement(tx, planned)
  if (holdId === undefined) return null
  const { world } = await worldOf(tx, s, {
    basis: planned?.basis ?? 'measure',
    basisId: planned?.basisId ?? null,
    on: tiranaDay(at),
    holdId,
    arriving: true,
  })
  return { world, holdId }
}
/** Out of a shelter nobody who is in the trafficking track goes without a safety plan (D18); who vanished or died is written down at once. */
const unsafeToLeave = async (
  tx: WriteTx,
  s: CaseState,
  on: Day,
  happened: boolean,
): Promise<Refusal | null> => {
  if (happened || currentPlacement(s.care)?.kind !== 'shelter') return null
  const file = await nrmOf(tx, s.id)
  return file === null || file.exitedAt !== null ? null : safetyPlanReady(await safetyPlanOf(tx, file.id), on)
}
const occupy = async (tx: WriteTx, holdId: Uuid | null, id: Uuid, decision: Decided): Promise<Decided> => {
  if (!decision.ok || holdId === null) return decision
  const taken = await occupyBed(tx, holdId, id)
  return taken.ok ? decision : taken
}
/** Frees the bed of a placement that is over; one that this actor cannot read is freed by whoever keeps it. */
const free = async (
  tx: WriteTx,
  placement: Placement | undefined,
  why: Parameters<typeof releaseBed>[2],
  decision: Decided,
): Promise<Decided> => {
  if (!decision.ok || placement === undefined) return decision
  const holdId = await bedOfPlacement(tx, placement)
  if (holdId === undefined) return beyond
  if (holdId === null) return decision
  const freed = await releaseBed(tx, holdId, why)
  return freed.ok ? decision : freed
}

export const placementCommands: readonly CommandHandler[] = [
  act('plan_placement', wire.PlanPlacement, to('placements'), async (s, body, tx) => {
    const { holdId, carer, address, ...rest } = body
    const { world, bed } = await worldOf(tx, s, {
      basis: body.basis,
      basisId: body.basisId,
      on: body.from,
      holdId,
      arriving: false,
    })
    const name = bed === null ? carer : placeName(bed)
    return decidePlanPlacement(
      s,
      {
        ...rest,
        place: {
          ...(name === undefined ? {} : { name }),
          ...(bed !== null || address === undefined || address === '' ? {} : { address }),
        },
        reference: holdId === null ? null : { holdId },
      },
      world,
      tx.stamp,
    )
  }),
  act('begin_placement', wire.BeginPlacement, to('placements'), async (s, body, tx) => {
    const found = await arrival(tx, s, body.placementId, body.startedAt)
    if (found === null) return beyond
    const decision = decideBeginPlacement(s, body, found.world, tx.stamp)
    return occupy(tx, found.holdId, body.placementId, decision)
  }),
  act('move_placement', wire.MovePlacement, to('placements'), async (s, body, tx) => {
    const found = await arrival(tx, s, body.toId, body.movedAt)
    if (found === null) return beyond
    const decision = decideMovePlacement(s, body, found.world, tx.stamp)
    const next = s.care.placements.find((one) => one.id === body.toId)
    const unsafe = await unsafeToLeave(tx, s, tiranaDay(body.movedAt), next?.kind === 'shelter')
    if (decision.ok && unsafe !== null) return { ok: false, refusal: unsafe }
    const freed = await free(tx, currentPlacement(s.care), 'moved', decision)
    return occupy(tx, found.holdId, body.toId, freed)
  }),
  act('cancel_placement', wire.CancelPlacement, to('placements'), (s, body, tx) =>
    free(
      tx,
      s.care.placements.find((one) => one.id === body.placementId),
      'not_needed',
      decideCancelPlacement(s, body, tx.stamp),
    ),
  ),
  act('end_placement', wire.EndPlacement, to('placements'), async (s, body, tx) => {
    const decision = decideEndPlacement(s, body, await findLastChildDay(tx, s.personId), tx.stamp)
    const gone = body.reason === 'absconded' || body.reason === 'died'
    const unsafe = await unsafeToLeave(tx, s, tiranaDay(body.endedAt), gone)
    if (decision.ok && unsafe !== null) return { ok: false, refusal: unsafe }
    return free(tx, currentPlacement(s.care), 'placement_ended', decision)
  }),
  act('review_placement', wire.ReviewPlacement, to('placements'), (s, body, tx) =>
    decideReviewPlacement(s, body, tx.stamp),
  ),
  act('visit_placement', wire.VisitPlacement, adds, (s, body, tx) => decideVisitPlacement(s, body, tx.stamp)),
  act('visit_exit', wire.VisitExit, to('exit_visits'), (s, body, tx) => decideVisitExit(s, body, tx.stamp)),
  act(
    'take_care_step',
    wire.TakeCareStep,
    (body) => [`care_track_${body.track}`],
    async (s, body, tx) =>
      decideTakeCareStep(
        s,
        body,
        {
          representatives: await representativesOf(tx, s.id),
          lastChildDay: await findLastChildDay(tx, s.personId),
        },
        tx.stamp,
      ),
  ),
  act('make_leaving_plan', wire.MakeLeavingPlan, to('leaving_plan'), async (s, body, tx) =>
    decideMakeLeavingPlan(s, body, await findLastChildDay(tx, s.personId), tx.stamp),
  ),
  act('add_leaving_step', wire.AddLeavingStep, adds, (s, body, tx) =>
    decideAddLeavingStep(s, body, tx.stamp),
  ),
  act('set_leaving_step', wire.SetLeavingStep, to('leaving_plan'), (s, body, tx) =>
    decideSetLeavingStep(s, body, tx.stamp),
  ),
  act('end_leaving_plan', wire.EndLeavingPlan, to('leaving_plan'), (s, body, tx) =>
    decideEndLeavingPlan(s, body, tx.stamp),
  ),
]
