/** Municipalities and counties side by side: nothing that is hidden in one table follows from the other. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PlacedShown, suppressPlaces } from '#disclosure/places.ts'
import { derivable, type Equation } from './elimination.ts'

const upTo = 4
const country = fc
  .record({
    columns: fc.constantFrom(1, 2, 4),
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 }),
  })
  .chain(({ columns, sizes }) => {
    const places = sizes.reduce((sum, n) => sum + n, 0)
    return fc.record({
      counties: fc.constant(sizes.flatMap((n, at) => Array.from({ length: n }, () => `c${at}`))),
      // Mostly small and empty, as counts of children in small towns are.
      cells: fc.array(
        fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 60 })), {
          minLength: columns,
          maxLength: columns,
        }),
        { minLength: places, maxLength: places },
      ),
    })
  })

/** What a reader with both tables and the nation's totals knows to be equal. */
const equations = (counties: readonly string[], shown: PlacedShown, columns: number): Equation[] => {
  const all: Equation[] = []
  const places = counties.map((_, row) => row)
  const put = (equation: Map<string, number>, name: string, value: number | null, sign: 1 | -1) => {
    if (value === null) equation.set(name, sign)
  }
  const wide = columns > 1
  for (const [level, table] of [
    ['county', shown.byCounty],
    ['place', shown.byPlace],
  ] as const)
    for (const [r, row] of table.cells.entries())
      if (wide) {
        const equation = new Map<string, number>()
        for (const [c, n] of row.entries()) put(equation, `${level} ${r} ${c}`, n, 1)
        put(equation, `${level} ${r} total`, table.rowTotals[r]!, -1)
        all.push(equation)
      }
  for (let c = 0; c < columns + (wide ? 1 : 0); c += 1) {
    const key = c === columns ? 'total' : String(c)
    const value = (table: PlacedShown['byCounty'], r: number) =>
      c === columns ? table.rowTotals[r]! : table.cells[r]![c]!
    const nation = new Map<string, number>()
    for (const [r, name] of shown.counties.entries()) {
      put(nation, `county ${r} ${key}`, value(shown.byCounty, r), 1)
      const within = new Map<string, number>()
      for (const place of places.filter((one) => counties[one] === name))
        put(within, `place ${place} ${key}`, value(shown.byPlace, place), 1)
      put(within, `county ${r} ${key}`, value(shown.byCounty, r), -1)
      all.push(within)
    }
    all.push(nation)
  }
  return all
}

test('no small figure is shown, what is shown is true, and no hidden figure follows from both tables together', () => {
  fc.assert(
    fc.property(country, ({ counties, cells }) => {
      const shown = suppressPlaces({ cells, counties }, { upTo })
      const columns = cells[0]!.length
      const truth = (name: string): number => {
        const [level, r, c] = name.split(' ') as [string, string, string]
        const rows =
          level === 'place'
            ? [Number(r)]
            : counties.flatMap((county, at) => (county === shown.counties[Number(r)] ? [at] : []))
        return rows.reduce(
          (sum, row) =>
            sum + (c === 'total' ? cells[row]!.reduce((a, b) => a + b, 0) : cells[row]![Number(c)]!),
          0,
        )
      }
      for (const [level, table] of [
        ['county', shown.byCounty],
        ['place', shown.byPlace],
      ] as const)
        for (const [r, row] of table.cells.entries())
          for (const [c, n] of [
            ...row.entries(),
            ...(columns > 1 ? [['total', table.rowTotals[r]!] as const] : []),
          ])
            if (n !== null) {
              expect(n).toBe(truth(`${level} ${r} ${c}`))
              expect(n === 0 || n > upTo, `${level} ${r} ${c}`).toBe(true)
            }
      // What follows says nothing when it is larger than what must be hidden.
      expect(
        derivable(equations(counties, shown, columns)).filter(
          (name) => truth(name) >= 1 && truth(name) <= upTo,
        ),
      ).toEqual([])
    }),
    { numRuns: 600 },
  )
})

test('a county whose own figure is hidden is not the sum of towns that are shown', () => {
  // c0 is small; c1 keeps it company, so its towns may not be added up.
  const shown = suppressPlaces(
    { cells: [[2], [0], [20], [30], [40], [50]], counties: ['c0', 'c0', 'c1', 'c1', 'c2', 'c2'] },
    { upTo },
  )
  expect(shown.byCounty.cells).toEqual([[null], [null], [90]])
  expect(shown.byPlace.cells.slice(2, 4)).toEqual([[null], [null]])
  expect(shown.byPlace.cells.slice(4)).toEqual([[40], [50]])
})
