import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant, Stamp } from '#domain/core.ts'
import {
  countedStretch,
  coveredMs,
  decideBeginShift,
  decideEndShift,
  type Stretch,
  uncovered,
} from '#domain/hotline/decide.ts'
import type { Shift } from '#domain/hotline/state.ts'
import { actorOf, userId } from '#test/cast.ts'

const base = Date.UTC(2026, 10, 24)
const at = (minutes: number): Instant => new Date(base + minutes * 60_000).toISOString()
const stretch = fc
  .tuple(fc.integer({ min: -2000, max: 4000 }), fc.integer({ min: 1, max: 900 }))
  .map(([from, length]): Stretch => ({ from: at(from), to: at(from + length) }))
const within: Stretch = { from: at(0), to: at(2880) }
const stampOf = (minutes: number, login: 'hotline' | 'cpw-tirana' = 'hotline'): Stamp => ({
  actor: actorOf(login),
  now: at(minutes),
  occurredAt: at(minutes),
  newId: () => userId('hotline'),
})

describe('hours at the line', () => {
  test('covered and uncovered make the whole, minute by minute, however shifts overlap', () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 12 }), (stretches) => {
        const gaps = uncovered(stretches, within)
        const gapMs = gaps.reduce((sum, one) => sum + Date.parse(one.to) - Date.parse(one.from), 0)
        expect(coveredMs(stretches, within) + gapMs).toBe(2880 * 60_000)
        // Counted the slow way.
        let minutes = 0
        for (let m = 0; m < 2880; m++)
          if (stretches.some((one) => one.from <= at(m) && one.to >= at(m + 1))) minutes++
        expect(coveredMs(stretches, within)).toBe(minutes * 60_000)
      }),
      { numRuns: 60 },
    )
  })

  test('a shift counts until it is ended, and until its most at the latest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 }), (now, end) => {
        const begun = decideBeginShift(null, { trained: true }, { longestShiftHours: 12 }, stampOf(0))
        if (!begun.ok) throw new Error('refused')
        const { from, atMost, trained, unitId } = begun.events[0]!.facts
        const shift: Shift = {
          id: userId('hotline'),
          version: 1,
          unitId,
          operatorId: userId('hotline'),
          trained,
          from,
          to: null,
          atMost,
        }
        const open = countedStretch(shift, at(now))
        if (open !== null)
          expect(coveredMs([open], { from: at(0), to: at(3000) })).toBe(Math.min(now, 720) * 60_000)
        const ended = decideEndShift(shift, { at: at(end) }, stampOf(now))
        expect(ended.ok).toBe(end <= now && end > 0 && end <= 720)
        expect(decideEndShift(shift, { at: null }, stampOf(now, 'cpw-tirana')).ok).toBe(false)
      }),
    )
  })
})
