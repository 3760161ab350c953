import { suppress } from '#disclosure/suppress.ts'
import type { Counted } from './count.ts'

/** Each figure is a table of its own: figures do not add up across a row. Null is hidden; the sum of a column is exact. */
export const hideSmall = (
  rows: readonly Counted[],
  of: (row: Counted) => number,
  upTo: number,
): { readonly cells: readonly (number | null)[]; readonly total: number } => {
  const table = suppress({ cells: rows.map((row) => [of(row)]) }, { upTo })
  return { cells: table.cells.map((row) => row[0] ?? null), total: table.total }
}
