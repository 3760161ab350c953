/**
 * Shapes of queries over trainings, acts of prevention and the registers of businesses. People are counted once over all
 * trainings and sessions (`distinct_reach`); heads without an id are attendances, never added to persons. The country's
 * figures, whoever asks.
 */
import { distinctReach, type Reached } from '../prevention/figures.ts'
import type { Tx } from '../tx.ts'
import type { Cells, Figure, IndicatorQuery } from './query.ts'

interface Declared {
  readonly code: string
  readonly indicators: readonly string[]
  readonly restsOn: readonly string[]
  readonly definition: IndicatorQuery['definition']
  readonly filter: object
}
const once = {
  en: 'A person stands once in the figure however many trainings or sessions they came to; a quarter is no part of its year.',
  sq: 'Një person del një herë në shifër, sado trajnime a seanca të ketë ndjekur; tremujori nuk është pjesë e vitit.',
}
const heads = {
  en: 'Head-counts as the bodies wrote them: attendances, not persons.',
  sq: 'Numra kokash siç i shkruan institucionet: pjesëmarrje, jo persona.',
}

const reached =
  (pick: (row: Reached) => number) =>
  (filter: object): Pick<IndicatorQuery, 'count' | 'split'> => {
    const figure = (row: Reached): Figure => ({ n: pick(row), of: null, records: row.records })
    const national = { ...filter, national: true }
    return {
      count: async (tx, period) => figure((await distinctReach(tx, period, 'kind', national)).total),
      split: async (tx, period, by) =>
        new Map(
          (await distinctReach(tx, period, by, national)).groups.map(
            (row) => [row.key || 'unknown', figure(row)] as const,
          ),
        ),
    }
  }
const asPersons = reached((row) => row.persons)
const asHeads = reached((row) => row.heads)
const asRecords = reached((row) => row.records)

/** Different people who took part, whom a filter names. */
export const persons = ({ filter, definition, ...declared }: Declared): IndicatorQuery => ({
  ...declared,
  version: 1,
  unit: 'n',
  definition: { en: `${definition.en} ${once.en}`, sq: `${definition.sq} ${once.sq}` },
  splits: ['municipality', 'sex'],
  adds: false,
  ...asPersons(filter),
})
export const counted = ({ filter, definition, ...declared }: Declared): IndicatorQuery => ({
  ...declared,
  version: 1,
  unit: 'n',
  definition: { en: `${definition.en} ${heads.en}`, sq: `${definition.sq} ${heads.sq}` },
  splits: ['municipality'],
  adds: true,
  ...asHeads(filter),
})
/** Trainings at which somebody of a kind of work was. */
export const attended = ({ filter, ...declared }: Declared): IndicatorQuery => ({
  ...declared,
  version: 1,
  unit: 'n',
  splits: ['municipality'],
  adds: true,
  ...asRecords(filter),
})

interface FigureRow {
  readonly key: string | null
  readonly measure: string
  readonly records: number
  readonly total: number
}
const figuresOf = (
  tx: Tx,
  period: { from: string; until: string },
  by: string,
  filter: object,
): Promise<FigureRow[]> =>
  tx.sql<FigureRow>('select key, measure, records, total from prevention_figures($1, $2, $3, $4)', [
    period.from,
    period.until,
    by,
    JSON.stringify({ ...filter, national: true }),
  ])
/** Records of a kind, or the sum of one of their figures. */
export const acts = ({
  filter,
  measure = '',
  ...declared
}: Declared & { readonly measure?: string }): IndicatorQuery => {
  const figure = (row: FigureRow | undefined): Figure => ({
    n: row === undefined ? 0 : measure === '' ? row.records : row.total,
    of: null,
    records: row?.records ?? 0,
  })
  const read = async (tx: Tx, period: { from: string; until: string }, by: string) =>
    (await figuresOf(tx, period, by, filter)).filter((row) => row.measure === measure)
  return {
    ...declared,
    version: 1,
    unit: 'n',
    splits: ['municipality'],
    adds: true,
    count: async (tx, period) => figure((await read(tx, period, 'kind')).find((row) => row.key === null)),
    split: async (tx, period, by): Promise<Cells> =>
      new Map(
        (await read(tx, period, by)).flatMap((row) =>
          row.key === null ? [] : [[row.key || 'unknown', figure(row)] as const],
        ),
      ),
  }
}
/** How many different values one of the details takes. */
export const different = ({
  filter,
  detail,
  ...declared
}: Declared & { readonly detail: string }): IndicatorQuery => ({
  ...declared,
  version: 1,
  unit: 'n',
  splits: [],
  adds: false,
  count: async (tx, period) => {
    const rows = (await figuresOf(tx, period, `detail:${detail}`, filter)).filter((row) => row.measure === '')
    const named = rows.filter((row) => row.key !== null && row.key !== '')
    return { n: named.length, of: null, records: named.reduce((sum, row) => sum + row.records, 0) }
  },
  split: async () => new Map(),
})

interface BusinessFigures {
  readonly kind: string
  readonly entered: number
  readonly code_adopted: number
  readonly contact_posted: number
  readonly inspected: number
  readonly sanctions: number
}
export const businesses = ({
  pick,
  kinds,
  stock,
  ...declared
}: Omit<Declared, 'filter'> & {
  readonly pick: (row: BusinessFigures) => number
  readonly kinds: readonly string[]
  readonly stock: boolean
}): IndicatorQuery => ({
  ...declared,
  version: 1,
  unit: 'n',
  splits: [],
  adds: !stock,
  count: async (tx, period) => {
    const rows = await tx.sql<BusinessFigures>('select * from business_figures($1, $2, true)', [
      period.from,
      period.until,
    ])
    const of = rows.filter((row) => kinds.includes(row.kind))
    return {
      n: of.reduce((sum, row) => sum + pick(row), 0),
      of: null,
      records: of.reduce((sum, row) => sum + row.entered, 0),
    }
  },
  split: async () => new Map(),
})
