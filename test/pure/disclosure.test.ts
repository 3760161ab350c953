import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hiddenLines } from '#disclosure/lines.ts'
import { type Suppressed, suppress } from '#disclosure/suppress.ts'
import { derivable } from './elimination.ts'

const upTo = 4
const table = (rows: number, columns: number, max: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max }), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  })

/**
 * Oracle for small tables: every table of whole numbers that fits what is shown; the values that each hidden figure
 * takes in them. Columns are filled one after another, since their totals are always shown.
 */
const possible = (shown: Suppressed): Map<string, Set<number>> => {
  const rows = shown.cells.length
  const columns = shown.columnTotals.length
  const values = new Map<string, Set<number>>()
  const at: number[][] = shown.cells.map((row) => row.map((n) => n ?? 0))
  const note = () => {
    for (const [r, row] of shown.cells.entries()) {
      for (const [c, n] of row.entries())
        if (n === null) values.set(`${r},${c}`, (values.get(`${r},${c}`) ?? new Set()).add(at[r]![c]!))
      if (shown.rowTotals[r] === null && columns > 1) {
        const total = at[r]!.reduce((a, b) => a + b, 0)
        values.set(`${r},total`, (values.get(`${r},total`) ?? new Set()).add(total))
      }
    }
  }
  const fits = () =>
    shown.rowTotals.every((total, r) => total === null || at[r]!.reduce((a, b) => a + b, 0) === total)
  const fill = (c: number, r: number, left: number): void => {
    if (left < 0) return
    if (c === columns) {
      if (fits()) note()
      return
    }
    if (r === rows) {
      if (left === 0) fill(c + 1, 0, shown.columnTotals[c + 1] ?? 0)
      return
    }
    const known = shown.cells[r]![c]!
    if (known !== null) {
      at[r]![c] = known
      fill(c, r + 1, left - known)
      return
    }
    for (let n = 0; n <= left; n += 1) {
      at[r]![c] = n
      fill(c, r + 1, left - n)
    }
  }
  fill(0, 0, shown.columnTotals[0] ?? 0)
  return values
}

/** Oracle for larger tables: is a hidden figure a combination of the published sums? */
const followsIn = (shown: Suppressed): string[] => {
  const equations: Map<string, number>[] = []
  const columns = shown.columnTotals.length
  for (const [r, row] of shown.cells.entries()) {
    const eq = new Map<string, number>()
    for (const [c, n] of row.entries()) if (n === null) eq.set(`${r},${c}`, 1)
    if (columns > 1) {
      if (shown.rowTotals[r] === null) eq.set(`${r},total`, -1)
      equations.push(eq)
    }
  }
  for (let c = 0; c < columns; c += 1) {
    const eq = new Map<string, number>()
    for (const [r, row] of shown.cells.entries()) if (row[c] === null) eq.set(`${r},${c}`, 1)
    equations.push(eq)
  }
  const grand = new Map<string, number>()
  for (const [r, total] of shown.rowTotals.entries())
    if (total === null && columns > 1) grand.set(`${r},total`, 1)
  equations.push(grand)
  return derivable(equations)
}

describe('suppression', () => {
  test('leaves a table without small cells alone', () => {
    const cells = [
      [0, 12],
      [5, 9],
    ]
    expect(suppress({ cells }, { upTo })).toEqual({
      cells,
      rowTotals: [12, 14],
      columnTotals: [5, 21],
      total: 26,
    })
  })
  test('a single small cell takes company, so that the total does not give it away', () => {
    const { cells, total } = suppress({ cells: [[2], [0], [30], [11]] }, { upTo })
    expect(cells.flat()).toEqual([null, 0, 30, null])
    expect(total).toBe(43)
  })
  test('two cells of one are not left to the total of two', () => {
    expect(suppress({ cells: [[1], [1], [40]] }, { upTo }).cells.flat()).toEqual([null, null, null])
  })
  test('the public threshold hides more', () => {
    expect(suppress({ cells: [[7], [8], [40]] }, { upTo: 9 }).cells.flat()).toEqual([null, null, 40])
  })

  const sizes = fc.tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 1, max: 3 }))
  test('every hidden figure of a small table can have at least two values (all tables tried)', () => {
    fc.assert(
      fc.property(
        sizes.chain(([r, c]) => table(r, c, 6)),
        (cells) => {
          const shown = suppress({ cells }, { upTo })
          for (const [figure, seen] of possible(shown))
            expect([figure, seen.size > 1]).toEqual([figure, true])
        },
      ),
      { numRuns: 150 },
    )
  })
  test('no hidden figure of a larger table follows from published sums', () => {
    fc.assert(
      fc.property(table(12, 4, 15), (cells) => followsIn(suppress({ cells }, { upTo })).length === 0),
      { numRuns: 150 },
    )
  })
  test('no small figure is ever shown, what is shown is true, and the nation’s totals are exact', () => {
    fc.assert(
      fc.property(table(8, 3, 40), fc.constantFrom(4, 9), (cells, limit) => {
        const shown = suppress({ cells }, { upTo: limit })
        for (const [r, row] of shown.cells.entries())
          for (const [c, n] of row.entries()) {
            const real = cells[r]![c]!
            expect(n === null ? true : n === real && (n === 0 || n > limit)).toBe(true)
          }
        expect(shown.total).toBe(cells.flat().reduce((a, b) => a + b, 0))
      }),
    )
  })
})

test('of a list a small line never goes alone, nor only with other small ones, where another can go with it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 }), (counts) => {
      const lines = counts.map((n, at) => ({ at, n }))
      const hidden = hiddenLines(
        lines,
        (one) => one.n < 5,
        (one) => one.n,
      )
      const small = lines.filter((one) => one.n < 5)
      expect(small.every((one) => hidden.has(one))).toBe(true)
      const large = lines.filter((one) => one.n >= 5)
      const beside = large.filter((one) => hidden.has(one))
      expect(beside).toHaveLength(small.length > 0 && large.length > 0 ? 1 : 0)
      for (const one of beside) expect(one.n).toBe(Math.min(...large.map(({ n }) => n)))
    }),
  )
})
