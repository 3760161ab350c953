import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '#domain/case/apply.ts'
import {
  decideBeginPlacement,
  decideCancelPlacement,
  decideEndPlacement,
  decideMovePlacement,
  decidePlanPlacement,
} from '#domain/placement/decide.ts'
import { endReasons, isCare, placementKinds } from '#domain/placement/events.ts'
import { currentPlacement } from '#domain/placement/state.ts'
import { decideReviewPlacement, decideVisitExit, decideVisitPlacement } from '#domain/placement/watch.ts'
import { cast, type Who } from './case-life.ts'

import { body, day, free, planned, started } from './placement-life.ts'

describe('random lives in care', () => {
  const acts = ['plan', 'begin', 'move', 'cancel', 'end', 'review', 'visit', 'exit'] as const
  const usual: Who[] = ['worker', 'worker', 'worker', 'worker', 'head', 'colleague', 'police', 'otherWorker']
  test('one place at a time, no gap in a move, nobody but who works the case, and it folds back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...acts), fc.constantFrom(...usual), fc.nat(99)), {
          maxLength: 60,
        }),
        (run) => {
          const w = started()
          const base = w.state
          for (const [name, who, n] of run) {
            const stamp = w.stamp(who)
            const kind = placementKinds[n % placementKinds.length]!
            const ids = w.state.care.placements.map((one) => one.id)
            const id = n % 7 === 0 ? (ids[n % Math.max(ids.length, 1)] ?? 'none') : planned(w)
            const now = currentPlacement(w.state.care)
            const world = free(w.state.care.placements.find((one) => one.id === id)?.kind ?? kind)
            const decision = {
              plan: () => decidePlanPlacement(w.state, body(kind), free(kind), stamp),
              begin: () =>
                decideBeginPlacement(w.state, { placementId: id, startedAt: stamp.now }, world, stamp),
              move: () =>
                decideMovePlacement(w.state, { toId: id, movedAt: stamp.now, reason: 'r' }, world, stamp),
              cancel: () => decideCancelPlacement(w.state, { placementId: id, reason: 'r' }, stamp),
              end: () =>
                decideEndPlacement(
                  w.state,
                  {
                    placementId: now?.id ?? id,
                    reason: endReasons[n % endReasons.length]!,
                    endedAt: stamp.now,
                    explanation: 'e',
                  },
                  '2030-01-01',
                  stamp,
                ),
              review: () =>
                decideReviewPlacement(
                  w.state,
                  {
                    placementId: now?.id ?? id,
                    reviewedOn: day,
                    outcome: 'continue',
                    childView: 'too_young',
                    findings: 'f',
                    nextOn: null,
                  },
                  stamp,
                ),
              visit: () =>
                decideVisitPlacement(
                  w.state,
                  {
                    placementId: now?.id ?? id,
                    visitedOn: day,
                    seen: 'alone',
                    concern: false,
                    findings: 'f',
                    nextOn: null,
                  },
                  stamp,
                ),
              exit: () =>
                decideVisitExit(
                  w.state,
                  { month: 3, seenOn: day, seen: 'child', safe: 'yes', findings: 'f' },
                  stamp,
                ),
            }[name]()
            if (decision.ok) expect(['worker', 'head']).toContain(who)
            const before = w.state
            w.take(decision)
            const { placements, exits } = w.state.care
            expect(placements.filter((one) => one.status === 'in_place').length).toBeLessThanOrEqual(1)
            expect(placements.filter((one) => one.status === 'planned').length).toBeLessThanOrEqual(1)
            for (const one of placements)
              expect(one.startedAt !== null).toBe(['in_place', 'ended', 'moved'].includes(one.status))
            if (name === 'move' && decision.ok) {
              const old = currentPlacement(before.care)!
              const next = currentPlacement(w.state.care)!
              expect(placements.find((one) => one.id === old.id)?.endedAt).toBe(next.startedAt)
              expect(exits.length > 0 && !isCare(next.kind)).toBe(isCare(old.kind) && !isCare(next.kind))
            }
          }
          const folded = w.events.length === base.version ? base : fold(w.events)
          expect(folded.care).toEqual(w.state.care)
        },
      ),
      { numRuns: 120, seed: 4720261122 },
    )
  })
  test('nobody of another unit, no police, no agency', () => {
    const w = started()
    for (const who of ['police', 'agency', 'director', 'otherHead', 'colleague', 'admin'] as const)
      expect(
        w.take(decidePlanPlacement(w.state, body('kinship'), free('kinship'), w.stamp(who))),
        cast[who].role,
      ).toMatch(/^(not_allowed|case_not_yours)$/)
  })
})
