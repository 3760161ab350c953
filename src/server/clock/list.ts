import { ClockList, ListClocksQuery } from '#wire/clock.ts'
import { endpoint } from '../endpoint.ts'
import { getLaw } from './law.ts'
import { type ClockRow, viewClock } from './view.ts'

/** The clocks of one record, the next due first, ended ones last. Codes and times only. */
export const listClocks = endpoint({
  method: 'GET',
  url: '/api/clocks',
  wire: {
    summary: 'The clocks that run or ran on one record',
    query: ListClocksQuery,
    reply: ClockList,
  },
  handle: async (tx, { query }) => {
    const rows = await tx.sql<ClockRow>(
      `select * from clock where record_kind = $1 and record_id = $2
       order by stopped_at is not null, coalesce(stopped_at, due_at), due_at limit 200`,
      [query.recordKind, query.recordId],
    )
    const { holidays } = await getLaw(tx)
    return { items: rows.map((row) => viewClock(row, tx.actor, tx.now, holidays)) }
  },
})
