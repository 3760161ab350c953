/**
 * What a named query is. One file each in `queries/`, all of them listed in `queries/index.ts`. A query states its
 * definition in both languages, the kinds of record it rests on, and the indicators of the catalogue that it answers;
 * whoever changes what it counts raises its version, so that a frozen figure says which definition it had.
 */
import type { Period, Span } from '#domain/indicator/period.ts'
import type { Tx } from '../tx.ts'
import { readSplit, readTotals, type Split, type SplitTotal, splits, type Total } from './rollup.ts'

/** A figure as counted: of `of` (where it is a share or a mean) and from how many records. */
export interface Figure {
  readonly n: number
  readonly of: number | null
  readonly records: number
}
export type Cells = ReadonlyMap<string, Figure>

export interface IndicatorQuery {
  readonly code: string
  readonly version: number
  readonly unit: 'n' | '%' | 'days'
  /** Kinds of record, as the domain names them. */
  readonly restsOn: readonly string[]
  readonly definition: { readonly en: string; readonly sq: string }
  /** Ids of the catalogue that this query answers. */
  readonly indicators: readonly string[]
  /** Counts potential or official victims: «operational, not official» until reconciled (decision of issue 3). */
  readonly operational?: true
  /** Periods it can be counted for; all by default. */
  readonly periods?: readonly Span[]
  /** What it can be split by, besides or instead of place, sex and age. */
  readonly splits: readonly string[]
  /** Its figures by municipality add up to those by county, which are made of them (`shown.ts`). */
  readonly placed?: true
  /** False: the figure of a quarter is not a part of its year's (persons counted once in each). */
  readonly adds: boolean
  readonly count: (tx: Tx, period: Period) => Promise<Figure>
  /** By one of `splits`; keys are codes. Never leaves without `shown.ts`. */
  readonly split: (tx: Tx, period: Period, by: string) => Promise<Cells>
  /** Measures of the running totals, where it is counted from them: a report reads all at once. */
  readonly totals?: TotalsQuery
}

/** Which rows of the running totals a number is the sum of. */
export interface Pick {
  readonly measure: string
  readonly a?: readonly string[] | ((a: string) => boolean)
  readonly b?: readonly string[] | ((b: string) => boolean)
  /** Sum of what was measured on the records (days) instead of their number. */
  readonly sum?: true
}
export interface TotalsQuery {
  readonly n: Pick
  readonly of?: Pick
  /** As it stands at the end of the period: everything since the register began. */
  readonly stock?: true
  /** Persons counted once in each quarter, half-year and year: the measure has the period's kind in its name. */
  readonly once?: true
  readonly ages?: readonly string[]
  /** Dimensions of its own: which measure and which of its two codes. */
  readonly own?: Readonly<Record<string, { readonly measure: string; readonly code: 'a' | 'b' }>>
}

/** Younger than 18, and those of unknown age, who are presumed children until shown otherwise. */
export const children = ['0-5', '6-13', '14-17', 'unknown'] as const
export const adults = ['18+'] as const
const beginning = '2000-01-01'

const fits = (rule: Pick['a'], code: string): boolean =>
  rule === undefined || (typeof rule === 'function' ? rule(code) : rule.includes(code))
const named = (pick: Pick, query: TotalsQuery, period: Period): string =>
  query.once === true ? `${pick.measure}/${period.span}` : pick.measure

const add = (rows: readonly Total[], pick: Pick, measure: string): { value: number; records: number } => {
  let value = 0
  let records = 0
  for (const row of rows)
    if (row.measure === measure && fits(pick.a, row.a) && fits(pick.b, row.b)) {
      value += pick.sum === true ? row.s : row.n
      records += row.n
    }
  return { value, records }
}

/** The figure out of rows that were read for it, and for others besides. */
export const figureFrom = (query: TotalsQuery, period: Period, rows: readonly Total[]): Figure => {
  const n = add(rows, query.n, named(query.n, query, period))
  if (query.of === undefined) return { n: n.value, of: null, records: n.records }
  const of = add(rows, query.of, named(query.of, query, period))
  return { n: n.value, of: of.value, records: query.n.sum === true ? n.records : of.records }
}
export const measuresOf = (query: TotalsQuery, period: Period): string[] => [
  named(query.n, query, period),
  ...(query.of === undefined ? [] : [named(query.of, query, period)]),
]

const grouped = (rows: readonly SplitTotal[]): Map<string, SplitTotal[]> => {
  const groups = new Map<string, SplitTotal[]>()
  for (const row of rows) {
    const group = groups.get(row.key)
    if (group === undefined) groups.set(row.key, [row])
    else group.push(row)
  }
  return groups
}

/** A query over the running totals. */
export const fromTotals = (
  declared: Omit<IndicatorQuery, 'count' | 'split' | 'splits' | 'adds' | 'totals'> & {
    readonly totals: TotalsQuery
    /** Places, sexes and ages by which the measure is kept at all; all three by default. */
    readonly by?: readonly Split[]
  },
): IndicatorQuery => {
  const { totals, by = splits } = declared
  const from = (period: Period) => (totals.stock === true ? beginning : period.from)
  const ages = totals.ages ?? null
  return {
    ...declared,
    ...(totals.once === true ? { periods: ['quarter', 'half', 'year'] as const } : {}),
    ...(by.includes('municipality') ? { placed: true as const } : {}),
    splits: [
      ...by.flatMap((one) => (one === 'municipality' ? ['municipality', 'county'] : [one])),
      ...Object.keys(totals.own ?? {}),
    ],
    adds: totals.once !== true && totals.stock !== true,
    count: async (tx, period) => {
      const measures = measuresOf(totals, period)
      const rows =
        ages === null
          ? await readTotals(tx, measures, from(period), period.until)
          : await readSplit(tx, measures, from(period), period.until, '', ages)
      return figureFrom(totals, period, rows)
    },
    split: async (tx, period, key) => {
      const own = totals.own?.[key]
      if (own !== undefined) {
        const measure = totals.once === true ? `${own.measure}/${period.span}` : own.measure
        const rows = await readSplit(tx, [measure], from(period), period.until, '', ages)
        const cells = new Map<string, Figure>()
        // The picked rows only, where the dimension is of the counted measure itself.
        const itself = own.measure === totals.n.measure
        for (const row of rows) {
          if (itself && !(fits(totals.n.a, row.a) && fits(totals.n.b, row.b))) continue
          const code = row[own.code]
          const known = cells.get(code)
          const n = (known?.n ?? 0) + row.n
          cells.set(code, { n, of: null, records: n })
        }
        return cells
      }
      const known = splits.find((one) => one === key)
      if (known === undefined) throw new Error(`${declared.code} is not split by ${key}`)
      const rows = await readSplit(tx, measuresOf(totals, period), from(period), period.until, known, ages)
      return new Map([...grouped(rows)].map(([code, group]) => [code, figureFrom(totals, period, group)]))
    },
  }
}

/** A number as it is read: the count, the share in per cent, or the mean; null when there is nothing to divide by. */
export const readingOf = (unit: IndicatorQuery['unit'], { n, of }: Figure): number | null => {
  if (unit === 'n') return n
  if (of === null || of === 0) return null
  return Math.round((unit === '%' ? (100 * n) / of : n / of) * 10) / 10
}
