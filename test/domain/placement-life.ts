import { expect } from 'vitest'
import type { MeasureKind, MeasureStatus } from '#domain/case/state.ts'
import type { Decision } from '#domain/core.ts'
import {
  decideBeginPlacement,
  decideEndPlacement,
  decideMovePlacement,
  decidePlanPlacement,
  type PlacementWorld,
  type PlanPlacement,
} from '#domain/placement/decide.ts'
import type { EndReason, PlacementEvent, PlacementKind } from '#domain/placement/events.ts'
import { currentPlacement } from '#domain/placement/state.ts'
import { World } from './case-life.ts'

export const day = '2026-11-02'
export const at = '2026-11-02T07:30:00.000Z'
export const measureOf = (kind: MeasureKind, status: MeasureStatus = 'in_force') => ({
  id: kind,
  kind,
  status,
})
export const started = () => {
  const w = new World()
  w.state = {
    ...w.state,
    status: 'PLANNING',
    risk: 'high',
    measures: [
      measureOf('emergency', 'emergency_issued'),
      measureOf('alternative_care'),
      measureOf('specialised_supervision'),
    ],
    assessments: [{ id: 'a', form: 'best_interests', at, by: 'x', episode: w.state.episode }],
  }
  return w
}
export const free = (kind: PlacementKind): PlacementWorld => ({
  immediateProtection: false,
  consent: null,
  basisUntil: null,
  lastChildDay: null,
  siblings: [],
  place: 'place',
  entry: ['foster', 'residential', 'shelter'].includes(kind)
    ? { sort: 'facility', takes: [kind], hidden: false, bar: null }
    : null,
})
export const measureFor: Record<PlacementKind, MeasureKind> = {
  emergency: 'emergency',
  kinship: 'alternative_care',
  foster: 'alternative_care',
  residential: 'alternative_care',
  shelter: 'alternative_care',
  return_to_family: 'specialised_supervision',
}
export const body = (kind: PlacementKind, more: Partial<PlanPlacement> = {}): PlanPlacement => ({
  kind,
  basis: 'measure',
  basisId: measureFor[kind],
  from: day,
  until: null,
  childView: 'agrees',
  childWords: 'Po',
  siblings: 'none',
  familyTold: false,
  purpose: 'p',
  place: { name: 'Gjyshja' },
  reference: null,
  ...more,
})
export const plan = (
  w: World,
  kind: PlacementKind,
  more: Partial<PlanPlacement> = {},
  world: Partial<PlacementWorld> = {},
) => decidePlanPlacement(w.state, body(kind, more), { ...free(kind), ...world }, w.stamp('worker'))
export const refusal = (decision: Decision<PlacementEvent>) =>
  decision.ok ? null : [decision.refusal.code, decision.refusal.field]
export const planned = (w: World) =>
  w.state.care.placements.find((one) => one.status === 'planned')?.id ?? 'none'
export const settle = (w: World, kind: PlacementKind) => {
  expect(w.take(plan(w, kind))).toBeNull()
  const move = currentPlacement(w.state.care) !== undefined
  const stamp = w.stamp('worker')
  expect(
    w.take(
      move
        ? decideMovePlacement(
            w.state,
            { toId: planned(w), movedAt: stamp.now, reason: 'r' },
            free(kind),
            stamp,
          )
        : decideBeginPlacement(w.state, { placementId: planned(w), startedAt: stamp.now }, free(kind), stamp),
    ),
  ).toBeNull()
}
export const end = (w: World, reason: EndReason, last: string | null = null) => {
  const stamp = w.stamp('worker')
  return decideEndPlacement(
    w.state,
    {
      placementId: currentPlacement(w.state.care)?.id ?? 'none',
      reason,
      endedAt: stamp.now,
      explanation: 'e',
    },
    last,
    stamp,
  )
}
