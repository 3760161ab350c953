/**
 * Two tables of the same counts, by municipality and by county, that a reader may lay side by side. The counties are suppressed against
 * the nation's totals; then each county's municipalities against the county's, as if those were all known. Where a county's own figure
 * is hidden, its municipalities must not add up to it: there they are hidden as well. Pure.
 */
import { type Suppressed, type SuppressOptions, suppress } from './suppress.ts'

export interface PlacedCounts {
  /** `cells[place][column]`. */
  readonly cells: readonly (readonly number[])[]
  /** The county of each place; a place that belongs to none (an unknown one) is its own. */
  readonly counties: readonly string[]
}
export interface PlacedShown {
  readonly counties: readonly string[]
  readonly byCounty: Pick<Suppressed, 'cells' | 'rowTotals'>
  readonly byPlace: Pick<Suppressed, 'cells' | 'rowTotals'>
}

export const suppressPlaces = ({ cells, counties }: PlacedCounts, options: SuppressOptions): PlacedShown => {
  const names = [...new Set(counties)]
  const rowsOf = names.map((name) => counties.flatMap((county, row) => (county === name ? [row] : [])))
  const columns = cells[0]?.length ?? 0
  const top = suppress(
    {
      cells: rowsOf.map((rows) =>
        Array.from({ length: columns }, (_, c) => rows.reduce((sum, row) => sum + cells[row]![c]!, 0)),
      ),
    },
    options,
  )
  const shown: (readonly (number | null)[])[] = []
  const totals: (number | null)[] = []
  for (const [at, rows] of rowsOf.entries()) {
    const above = top.cells[at]!
    const block = suppress({ cells: rows.map((row) => cells[row]!) }, options)
    const empty = above.map((_, c) => rows.every((row) => cells[row]![c] === 0))
    for (const [n, row] of rows.entries()) {
      // Alone in its county it says what the county says.
      if (rows.length === 1) {
        shown[row] = above
        totals[row] = top.rowTotals[at]!
        continue
      }
      const hides = (c: number): boolean => above[c] === null && (cells[row]![c] !== 0 || empty[c]!)
      const own = block.cells[n]!.map((value, c) => (hides(c) ? null : value))
      const sum = cells[row]!.reduce((a, b) => a + b, 0)
      const total = block.rowTotals[n]!
      shown[row] = own
      totals[row] =
        columns === 1
          ? own[0]!
          : own.some((_, c) => hides(c)) || (top.rowTotals[at] === null && sum > 0)
            ? null
            : total
    }
  }
  return {
    counties: names,
    byCounty: { cells: top.cells, rowTotals: top.rowTotals },
    byPlace: { cells: shown, rowTotals: totals },
  }
}
