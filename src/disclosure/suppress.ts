/**
 * Small-cell suppression for every table that leaves the register (decision 13): cells of 1 to `upTo` are hidden,
 * and as many others as it takes so that no hidden cell follows from the totals that stay. Pure.
 *
 * A table with its totals is seen as a network: rows and columns are nodes, cells are edges, and adding one to a
 * cell while taking one from another is a step along them. A hidden cell is safe when some closed walk through
 * hidden cells changes it: then at least two tables look the same to the reader. Cells to hide besides are those
 * of the cheapest such walk. See README.md.
 */

export interface Counts {
  /** `cells[row][column]`, whole numbers of 0 and more; every row equally long. */
  readonly cells: readonly (readonly number[])[]
}

export interface SuppressOptions {
  /** Largest count that is hidden: 4 for signed-in readers, 9 for the public. */
  readonly upTo: number
}

/** `null` is a hidden figure. Column totals and the grand total are the nation's, and stay exact. */
export interface Suppressed {
  readonly cells: readonly (readonly (number | null)[])[]
  readonly rowTotals: readonly (number | null)[]
  readonly columnTotals: readonly number[]
  readonly total: number
}

interface Cell {
  readonly value: number
  readonly row: number
  readonly column: number
  /** +1 for a cell of the body, −1 for a row's total: a row's cells and its total always cancel. */
  readonly sign: 1 | -1
  readonly small: boolean
  hidden: boolean
}

/** What the reader is taken to know of a hidden figure: `strong` knows which were small; `weak` only counts. */
type Reader = 'strong' | 'weak'

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

export const suppress = ({ cells }: Counts, { upTo }: SuppressOptions): Suppressed => {
  const rows = cells.length
  const columns = cells[0]?.length ?? 0
  if (cells.some((row) => row.length !== columns || row.some((n) => !Number.isInteger(n) || n < 0)))
    throw new RangeError('a table has rows of equal length and whole numbers of 0 and more')
  const cell = (value: number, row: number, column: number, sign: 1 | -1): Cell => {
    const small = value >= 1 && value <= upTo
    return { value, row, column, sign, small, hidden: small }
  }
  // With one column a row's total is the cell itself: no figure and no node of its own.
  const body = cells.map((row, r) => row.map((value, c) => cell(value, columns > 1 ? r : 0, c, 1)))
  const totals = columns > 1 ? cells.map((row, r) => cell(sum(row), r, columns, -1)) : []
  const network = makeNetwork([...body.flat(), ...totals], rows, columns + 1, upTo)
  for (const at of network.cells) if (at.hidden) network.protect(at)
  const shown = (at: Cell): number | null => (at.hidden ? null : at.value)
  return {
    cells: body.map((row) => row.map(shown)),
    rowTotals:
      columns > 1 ? totals.map(shown) : body.map((row) => (row[0] === undefined ? 0 : shown(row[0]))),
    columnTotals: Array.from({ length: columns }, (_, c) => sum(cells.map((row) => row[c]!))),
    total: sum(cells.map(sum)),
  }
}

const makeNetwork = (cells: readonly Cell[], rows: number, columns: number, upTo: number) => {
  const nodes = rows + columns
  const touching: Cell[][] = Array.from({ length: nodes }, () => [])
  for (const at of cells) {
    touching[at.row]!.push(at)
    touching[rows + at.column]!.push(at)
  }

  /** May this figure be one more (or one less) without the reader noticing? */
  const bends = (at: Cell, by: 1 | -1, reader: Reader): boolean => {
    const next = at.value + by
    if (reader === 'weak') return next >= 0
    if (at.small) return next >= 1 && next <= upTo
    return at.value > 0 && next > upTo
  }
  /** Hiding what is hidden costs nothing; else what it takes from the reader; a zero says little but misleads. */
  const cost = (at: Cell): number => (at.hidden ? 0 : at.value === 0 ? 1e9 : at.value + upTo + 1)

  /** The cheapest walk that lets `at` change by `by`, as the cells it passes; null when there is none. */
  const walk = (at: Cell, by: 1 | -1, reader: Reader): { cells: Cell[]; cost: number } | null => {
    if (!bends(at, by, reader)) return null
    // A body cell that grows sends one from its row to its column; a total runs the other way.
    const forward = by * at.sign === 1
    const from = forward ? rows + at.column : at.row
    const to = forward ? at.row : rows + at.column
    const best = new Array<number>(nodes).fill(Number.POSITIVE_INFINITY)
    const via = new Array<{ cell: Cell; node: number } | undefined>(nodes).fill(undefined)
    const settled = new Array<boolean>(nodes).fill(false)
    best[from] = 0
    for (;;) {
      let node = -1
      for (let n = 0; n < nodes; n += 1)
        if (!settled[n] && best[n]! < (node === -1 ? Number.POSITIVE_INFINITY : best[node]!)) node = n
      if (node === -1) return null
      if (node === to) break
      settled[node] = true
      for (const edge of touching[node]!) {
        if (edge === at) continue
        const leavesRow = node < rows
        const change = ((leavesRow ? 1 : -1) * edge.sign) as 1 | -1
        if (!bends(edge, change, reader)) continue
        const other = leavesRow ? rows + edge.column : edge.row
        const price = best[node]! + cost(edge)
        if (price < best[other]!) {
          best[other] = price
          via[other] = { cell: edge, node }
        }
      }
    }
    const passed: Cell[] = []
    for (let node = to; node !== from; ) {
      const step = via[node]!
      passed.push(step.cell)
      node = step.node
    }
    return { cells: passed, cost: best[to]! }
  }

  /** Hide what the cheapest walk through `at` passes. Each cell of a walk is thereby safe as well. */
  const protect = (at: Cell): void => {
    for (const reader of ['strong', 'weak'] as const) {
      const up = walk(at, 1, reader)
      const down = walk(at, -1, reader)
      const chosen = up === null ? down : down === null || up.cost <= down.cost ? up : down
      if (chosen === null) continue
      for (const passed of chosen.cells) passed.hidden = true
      return
    }
  }

  return { cells, protect }
}
