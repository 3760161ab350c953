/**
 * Instalments in which the shelters of the coalition are paid, by shelter and source: the calendar of `src/domain/execution/tranche.ts`,
 * kept for places and not for activities. A late one is seen by whoever pays, coordinates or waits for it.
 */
import { type Actor, type Day, type Decision, refuse, type Stamp } from '../core.ts'
import {
  decidePlanTranche,
  decideReceiveTranche,
  type PlanTranche,
  type Tranche,
  type TranchePlanned,
  type TrancheReceived,
  trancheLate,
} from '../execution/tranche.ts'

export { type PlanTranche, type Tranche, trancheLate }
/** The Responsible Authority keeps the calendar of all; what arrived is also said by the shelter it came to. */
export const plansTranches = (actor: Actor): boolean => actor.role === 'responsible_authority'
export const receivesTranche = (actor: Actor, unitId: string): boolean =>
  plansTranches(actor) || (actor.role === 'shelter' && actor.unitId === unitId)

export const decidePlanShelterTranche = (body: PlanTranche, stamp: Stamp): Decision<TranchePlanned> =>
  plansTranches(stamp.actor) ? decidePlanTranche(body, stamp) : refuse('not_allowed')

export const decideReceiveShelterTranche = (
  now: Tranche & { readonly unitId: string },
  body: { readonly on: Day; readonly amount: number },
  today: Day,
  stamp: Stamp,
): Decision<TrancheReceived> =>
  receivesTranche(stamp.actor, now.unitId) ? decideReceiveTranche(now, body, today) : refuse('not_allowed')
