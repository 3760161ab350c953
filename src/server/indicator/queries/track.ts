/**
 * What the trafficking track makes countable: proceedings, doors, returns, safety outside shelters, adults among those who are well a
 * year after. Counted from the records at the time of asking (migration 0078); the database gives sums, never a row.
 */
import type { Period } from '#domain/indicator/period.ts'
import type { Tx } from '../../tx.ts'
import type { Cells, Figure, IndicatorQuery } from '../query.ts'

export type Noun = 'justice' | 'door' | 'return' | 'help'
interface Row {
  readonly key: string
  readonly n: number
  readonly whole: number | null
  readonly records: number
}
/** `share`: with what it is a part of, nought where there is nothing yet. */
const figureOf = (row: Row | undefined, share: boolean): Figure => ({
  n: row?.n ?? 0,
  of: share ? (row?.whole ?? 0) : null,
  records: row?.records ?? 0,
})
export const readTrack = (
  tx: Tx,
  noun: Noun,
  measure: string,
  period: Period,
  by: string,
): Promise<readonly Row[]> =>
  tx.sql<Row>('select key, n, whole, records from track_figure($1, $2, $3, $4, $5)', [
    noun,
    measure,
    period.from,
    period.until,
    by,
  ])

export const fromTrack = (
  noun: Noun,
  measure: string,
  declared: Pick<IndicatorQuery, 'code' | 'restsOn' | 'definition' | 'indicators'> &
    Partial<Pick<IndicatorQuery, 'splits' | 'adds' | 'operational' | 'unit'>>,
): IndicatorQuery => {
  const unit = declared.unit ?? 'n'
  return {
    version: 1,
    splits: [],
    adds: true,
    ...declared,
    unit,
    count: async (tx, period) => figureOf((await readTrack(tx, noun, measure, period, ''))[0], unit !== 'n'),
    split: async (tx, period, by): Promise<Cells> =>
      new Map(
        (await readTrack(tx, noun, measure, period, by)).map((row) => [row.key, figureOf(row, unit !== 'n')]),
      ),
  }
}

const sum = (one: Figure, other: Figure): Figure => ({
  n: one.n + other.n,
  of: one.of === null ? null : one.of + (other.of ?? 0),
  records: one.records + other.records,
})
/**
 * What is counted of cases, with what adults' own files add. `splits` and the rest stay those of the query; its version goes up,
 * because it means more than before.
 */
export const withAdults = (
  query: IndicatorQuery,
  measure: string,
  definition: IndicatorQuery['definition'],
): IndicatorQuery => {
  const { totals: _, ...base } = query
  const share = query.unit === '%'
  return {
    ...base,
    version: query.version + 1,
    definition: {
      en: `${query.definition.en} ${definition.en}`,
      sq: `${query.definition.sq} ${definition.sq}`,
    },
    count: async (tx, period) => {
      const [one, adults] = await Promise.all([
        query.count(tx, period),
        readTrack(tx, 'help', measure, period, ''),
      ])
      return sum(one, figureOf(adults[0], share))
    },
    split: async (tx, period, by) => {
      const [cells, adults] = await Promise.all([
        query.split(tx, period, by),
        readTrack(tx, 'help', measure, period, by),
      ])
      const all = new Map(cells)
      for (const row of adults) {
        const known = all.get(row.key)
        const more = figureOf(row, share)
        all.set(row.key, known === undefined ? more : sum(known, more))
      }
      return all
    },
  }
}
