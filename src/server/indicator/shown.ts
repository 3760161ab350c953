/**
 * The one way by which a figure that is split leaves the register (decision 13). Quarters and their year are one table
 * and suppressed together, so that a hidden quarter does not follow from the year and the other three; halves are shown
 * only where both their quarters are. Shares are hidden with either of their counts.
 */
import { suppressPlaces } from '#disclosure/places.ts'
import { suppress } from '#disclosure/suppress.ts'
import { type Period, quartersOf } from '#domain/indicator/period.ts'
import { invalid } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { type Cells, type Figure, type IndicatorQuery, readingOf } from './query.ts'

/** Largest figure that is hidden: from readers who signed in, and from everybody else. */
export const hiddenUpTo = { signedIn: 4, public: 9 } as const
export type Audience = keyof typeof hiddenUpTo

export interface ShownCell {
  readonly key: string
  readonly n: number | null
  readonly of: number | null
  readonly value: number | null
}

const countsOf = (
  keys: readonly string[],
  columns: readonly Cells[],
  of: (cell: Figure) => number,
): number[][] =>
  keys.map((key) =>
    columns.map((column) => {
      const cell = column.get(key)
      return cell === undefined ? 0 : Math.max(0, of(cell))
    }),
  )

/** One column a quarter; null is hidden. The last entry of a row is the sum, where there is more than one column. */
const table = (
  { keys, columns, places }: Counted,
  of: (cell: Figure) => number,
  upTo: number,
): { cells: readonly (readonly (number | null)[])[]; sums: readonly (number | null)[] } => {
  if (places === null) {
    const shown = suppress({ cells: countsOf(keys, columns, of) }, { upTo })
    return { cells: shown.cells, sums: shown.rowTotals }
  }
  const shown = suppressPlaces(
    { cells: countsOf(places.towns, places.columns, of), counties: places.counties },
    { upTo },
  )
  const { cells, rowTotals } = places.level === 'county' ? shown.byCounty : shown.byPlace
  return { cells, sums: rowTotals }
}

const choose = (
  shown: ReturnType<typeof table>,
  row: number,
  period: Period,
  quarters: readonly Period[] | null,
): number | null => {
  if (quarters === null) return shown.cells[row]![0]!
  if (period.span === 'year') return shown.sums[row]!
  const inside = quarters.flatMap((quarter, at) =>
    quarter.from >= period.from && quarter.until <= period.until ? [shown.cells[row]![at]!] : [],
  )
  return inside.some((one) => one === null) ? null : inside.reduce<number>((sum, one) => sum + (one ?? 0), 0)
}

/** Every key that a reader knows to exist: a place that is missing from an answer would be a place with none. */
const keysOf = async (tx: Tx, by: string, columns: readonly Cells[]): Promise<string[]> => {
  const met = [...new Set(columns.flatMap((column) => [...column.keys()]))]
  if (by === 'sex') return [...new Set(['female', 'male', 'unknown', ...met])]
  if (by === 'age') return [...new Set(['0-5', '6-13', '14-17', '18+', 'unknown', ...met])]
  if (by !== 'municipality') return met.sort()
  const places = await tx.sql<{ code: string }>('select code from municipality order by code')
  return [...new Set([...places.map((place) => place.code), ...met])]
}

/** A split as counted: every key, and a column for each quarter of the year, or one for the period. Not to be shown. */
interface Counted {
  readonly keys: readonly string[]
  readonly quarters: readonly Period[] | null
  readonly columns: readonly Cells[]
  /** Where both towns and counties may be asked for, they are suppressed as one, whichever of them is asked for now. */
  readonly places: {
    readonly level: 'municipality' | 'county'
    readonly towns: readonly string[]
    readonly counties: readonly string[]
    readonly columns: readonly Cells[]
  } | null
}
/** The same counts by what `of` says of each key. */
const addedBy = (column: Cells, of: (key: string) => string): Cells => {
  const sums = new Map<string, Figure>()
  for (const [key, { n, of: whole, records }] of column) {
    const known = sums.get(of(key))
    sums.set(of(key), {
      n: n + (known?.n ?? 0),
      of: whole === null ? null : whole + (known?.of ?? 0),
      records: records + (known?.records ?? 0),
    })
  }
  return sums
}
const countSplit = async (tx: Tx, query: IndicatorQuery, period: Period, by: string): Promise<Counted> => {
  if (!query.splits.includes(by)) throw invalid({ field: 'query.by', code: 'unknown_code' })
  // A month beside its quarter would be one more table over the same cells.
  if (period.span === 'month') throw invalid({ field: 'query.to', code: 'not_a_period' })
  const quarters = query.adds ? quartersOf(period) : null
  const counted = (split: string) =>
    Promise.all((quarters ?? [period]).map((one) => query.split(tx, one, split)))
  if (query.placed !== true || (by !== 'municipality' && by !== 'county')) {
    const columns = await counted(by)
    return { keys: await keysOf(tx, by, columns), quarters, columns, places: null }
  }
  const columns = await counted('municipality')
  const towns = await keysOf(tx, 'municipality', columns)
  const known = await tx.sql<{ code: string; county: string }>('select code, county from municipality')
  const above = new Map(known.map((town) => [town.code, town.county]))
  const countyOf = (town: string): string => above.get(town) ?? town
  const counties = towns.map(countyOf)
  const places = { level: by, towns, counties, columns } as const
  return by === 'municipality'
    ? { keys: towns, quarters, columns, places }
    : {
        keys: [...new Set(counties)],
        quarters,
        columns: columns.map((one) => addedBy(one, countyOf)),
        places,
      }
}

const show = (query: IndicatorQuery, period: Period, counted: Counted, audience: Audience): ShownCell[] => {
  const { keys, quarters, columns } = counted
  if (keys.length === 0) return []
  const upTo = hiddenUpTo[audience]
  // A mean's sum of days is no count of persons: it is hidden with the number it is divided by.
  const n = query.unit === 'days' ? null : table(counted, (cell) => cell.n, upTo)
  const shares = columns.some((column) => [...column.values()].some((cell) => cell.of !== null))
  const whole = shares ? table(counted, (cell) => cell.of ?? 0, upTo) : null
  // What is not in the share is a count of persons too.
  const rest =
    query.unit === '%' && whole !== null
      ? table(counted, (cell) => Math.max(0, (cell.of ?? 0) - cell.n), upTo)
      : null
  const days = (key: string): number =>
    (quarters ?? [period]).reduce(
      (sum, one, at) =>
        one.from >= period.from && one.until <= period.until ? sum + (columns[at]!.get(key)?.n ?? 0) : sum,
      0,
    )
  return keys.map((key, row) => {
    const of = whole === null ? null : choose(whole, row, period, quarters)
    const known = n === null ? (of === null ? null : days(key)) : choose(n, row, period, quarters)
    const hidden =
      known === null ||
      (whole !== null && of === null) ||
      (rest !== null && choose(rest, row, period, quarters) === null)
    return {
      key,
      n: hidden || query.unit === 'days' ? null : known,
      of: hidden ? null : of,
      value: hidden ? null : readingOf(query.unit, { n: known ?? 0, of, records: 0 }),
    }
  })
}

/** A figure split by one of its dimensions, as this audience may see it. */
export const splitShown = async (
  tx: Tx,
  query: IndicatorQuery,
  period: Period,
  by: string,
  audience: Audience,
): Promise<ShownCell[]> => show(query, period, await countSplit(tx, query, period, by), audience)

/** The same for both audiences out of one count. */
export const splitForAll = async (
  tx: Tx,
  query: IndicatorQuery,
  period: Period,
  by: string,
): Promise<Readonly<Record<Audience, ShownCell[]>>> => {
  const counted = await countSplit(tx, query, period, by)
  return {
    signedIn: show(query, period, counted, 'signedIn'),
    public: show(query, period, counted, 'public'),
  }
}
