/**
 * The running totals that indicators are counted from (migration 0013, decision 21). Each row is a measure of one month
 * of Tirana's calendar with two dimensions of its own, `a` and `b`; the views `counted_*` say what they are.
 */
import type { Day } from '#domain/core.ts'
import type { Context } from '../context.ts'
import { systemTx, type Tx } from '../tx.ts'

/** Rows of several months are added. How many records a row stands for (`n`), and the sum of what was measured on them (`s`), such as days. */
export interface Total {
  readonly measure: string
  readonly a: string
  readonly b: string
  readonly n: number
  readonly s: number
}
export interface SplitTotal extends Total {
  readonly key: string
}
export const splits = ['municipality', 'sex', 'age'] as const
export type Split = (typeof splits)[number]

export const readTotals = (tx: Tx, measures: readonly string[], from: Day, until: Day): Promise<Total[]> =>
  tx.sql<Total>('select * from rollup_totals($1, $2, $3)', [measures, from, until])

/** Figures of single places and groups, of these ages only where given: never to leave without `suppress`. */
export const readSplit = (
  tx: Tx,
  measures: readonly string[],
  from: Day,
  until: Day,
  by: Split | '',
  ages: readonly string[] | null,
): Promise<SplitTotal[]> =>
  tx.sql<SplitTotal>('select * from rollup_split($1, $2, $3, $4, $5)', [measures, from, until, by, ages])

/** Folds what was written since the last time; how many differences that were. */
export const foldTotals = (ctx: Context): Promise<number> =>
  systemTx(ctx, 'jobs', 'fold running totals', async (tx) => {
    const [row] = await tx.sql<{ folded: number }>('select rollup_fold() as folded')
    return row!.folded
  })
