import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measures, showCohorts } from '#server/outcome/cohort.ts'

describe('cohorts', () => {
  const row = fc
    .record({
      cases: fc.nat(40),
      over: fc.nat(40),
      known: fc.nat(40),
      parts: fc.array(fc.nat(40), { minLength: 9, maxLength: 9 }),
    })
    .map(({ cases, over, known, parts }) => {
      const reached = Math.min(cases, over)
      const seen = Math.min(reached, known)
      const of = Object.fromEntries(
        measures.map((m, i) => [m, Math.min(parts[i % 9]!, m === 'reexploited' ? reached : seen)]),
      )
      return { cases, reached, ...of, known: seen } as unknown as Parameters<typeof showCohorts>[0][number]
    })
  test('no count of 1 to 4, nor what is left beside one, is shown or follows from what is', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 4, maxLength: 4 }), (rows) => {
        const shown = showCohorts(rows)
        const small = (n: number) => n >= 1 && n <= 4
        for (const [at, one] of shown.entries()) {
          const truth = rows[at]!
          if (one.cases !== null) expect(small(truth.cases)).toBe(false)
          if (one.reached !== null) {
            expect(small(truth.reached)).toBe(false)
            for (const m of measures)
              if (one.measures[m] !== null) expect(small(truth.reached - truth[m])).toBe(false)
            if (one.cases !== null) expect(small(truth.cases - truth.reached)).toBe(false)
          }
          for (const m of measures) {
            if (one.measures[m] === null) continue
            expect(one.measures[m]).toBe(truth[m])
            expect(small(truth[m])).toBe(false)
            if (m !== 'known' && m !== 'reexploited' && one.measures.known !== null)
              expect(small(truth.known - truth[m])).toBe(false)
          }
        }
        // Beside the exact sum of the year nothing is hidden alone.
        for (const get of [
          (n: number) => shown[n]!.reached,
          (n: number) => shown[n]!.cases,
          ...measures.map((m) => (n: number) => shown[n]!.measures[m]),
        ]) {
          const hidden = [0, 1, 2, 3].filter((n) => get(n) === null)
          if (hidden.length === 1)
            expect(rows.filter((truth) => truth.reached > 0 || truth.cases > 0).length).toBeLessThan(2)
        }
      }),
      { numRuns: 300 },
    )
  })
})
