/** The integrated analysis of closed proceedings: why, at which stage, under which article. */
import { suppress } from '#disclosure/suppress.ts'
import { closedReasonNames, stages } from '#domain/justice/state.ts'
import { ClosedProceedings } from '#wire/justice.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { articles } from './reference.ts'

interface Count {
  readonly reason: string
  readonly stage: string
  readonly article: string
  readonly n: number
}
/** Largest count that is hidden from those who are signed in (decision 13). */
const small = 4
const tableOf = (counts: readonly Count[], columns: readonly string[], of: (one: Count) => string) => {
  const cells = closedReasonNames.map((reason) =>
    columns.map((column) =>
      counts
        .filter((one) => one.reason === reason && of(one) === column)
        .reduce((sum, one) => sum + one.n, 0),
    ),
  )
  const shown = suppress({ cells }, { upTo: small })
  return {
    rows: [...closedReasonNames],
    columns: [...columns],
    cells: shown.cells.map((line) => [...line]),
    rowTotals: [...shown.rowTotals],
    columnTotals: shown.columnTotals.map((n) => (n > 0 && n <= small ? null : n)),
  }
}
/** The task force on closed cases (DCM 770/2018 PROS-1.c.5): police, prosecution, the Coordinator; and the Responsible Authority. */
export const closedProceedings = endpoint({
  method: 'GET',
  url: '/api/proceedings-closed',
  wire: ClosedProceedings,
  handle: async (tx, { query }) => {
    if (!['prosecutor', 'police', 'responsible_authority', 'coordinator'].includes(tx.actor.role))
      throw notFound()
    const counts = await tx.sql<Count>('select * from proceeding_closed_counts($1, $2)', [
      `${query.year}-01-01`,
      `${query.year + 1}-01-01`,
    ])
    const once = await tx.sql<Count>('select reason, stage, article, n from proceeding_closed_once($1, $2)', [
      `${query.year}-01-01`,
      `${query.year + 1}-01-01`,
    ])
    const total = once.reduce((sum, one) => sum + one.n, 0)
    return {
      total: total > 0 && total <= small ? null : total,
      byStage: tableOf(
        once,
        stages.filter((stage) => stage !== 'closed'),
        (one) => one.stage,
      ),
      byArticle: tableOf(
        counts,
        [...articles.filter((one) => one.chargeable).map(({ code }) => code), 'none'],
        (one) => one.article,
      ),
    }
  },
})
