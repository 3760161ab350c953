/** Quality of the data by municipality: counts for leadership with small ones hidden, and the unit's own list to mend. */
import { suppress } from '#disclosure/suppress.ts'
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import { mayMend, mayReadLocal } from '#domain/local/policy.ts'
import { DataQuality, ToMend } from '#wire/local.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'

/** Signed-in readers of aggregates see no figure of 1 to 4 (decision 13). */
const UP_TO = 4
/** A structure that nobody has confirmed for a year is stale. */
const STALE_DAYS = 365

interface Counted {
  readonly municipality: string
  readonly complete: number
  readonly incomplete: number
  readonly unassessed: number
  readonly childUnknown: number
  readonly twice: number
  readonly late: number
}
interface Town {
  readonly code: string
  readonly name: string
  readonly county: string
  readonly structures: number
  readonly stale: number
}

const towns = (tx: Tx): Promise<Town[]> => {
  const today = tiranaDay(tx.now)
  return tx.sql<Town>(
    `select m.code, m.name, m.county, count(s.id)::integer as structures,
       (count(s.id) filter (where s.confirmed_on < $2))::integer as stale
     from municipality m left join net_structure s on s.municipality = m.code and s.valid_from <= $1
       and (s.valid_to is null or s.valid_to >= $1) group by 1, 2, 3 order by 1`,
    [today, addDays(today, -STALE_DAYS)],
  )
}

/** Each figure is a table of its own, but complete and incomplete add up to what is open and are hidden together. */
export const qualityOf = (counted: readonly Counted[]) => {
  const files = suppress({ cells: counted.map((row) => [row.complete, row.incomplete]) }, { upTo: UP_TO })
  const alone = (of: (row: Counted) => number) =>
    suppress({ cells: counted.map((row) => [of(row)]) }, { upTo: UP_TO }).cells.map((row) => row[0] ?? null)
  const columns = {
    unassessed: alone((row) => row.unassessed),
    childUnknown: alone((row) => row.childUnknown),
    twice: alone((row) => row.twice),
    late: alone((row) => row.late),
  }
  return counted.map((row, i) => {
    const complete = files.cells[i]?.[0] ?? null
    const open = files.rowTotals[i] ?? null
    return {
      municipality: row.municipality,
      open,
      complete,
      completeShare:
        open === null || complete === null || open === 0 ? null : Math.round((100 * complete) / open),
      unassessed: columns.unassessed[i] ?? null,
      childUnknown: columns.childUnknown[i] ?? null,
      twice: columns.twice[i] ?? null,
      late: columns.late[i] ?? null,
    }
  })
}

export const dataQuality = endpoint({
  method: 'GET',
  url: '/api/local/quality',
  wire: {
    summary: 'Quality of the data by municipality; figures of 1 to 4 and what would reveal them hidden',
    query: DataQuality.query,
    reply: DataQuality.reply,
  },
  handle: async (tx, { query }) => {
    const [counted, places] = await Promise.all([
      tx.sql<Counted>(
        `select municipality, complete, incomplete, unassessed, child_unknown as "childUnknown", twice, late
         from quality_by_municipality($1)`,
        [tx.now],
      ),
      towns(tx),
    ])
    const sum = (of: (row: Counted) => number) => counted.reduce((n, row) => n + of(row), 0)
    const nation = tx.actor.role === 'coordinator' || tx.actor.role === 'state_agency'
    const rows = new Map(qualityOf(counted).map((row) => [row.municipality, row]))
    return {
      countedAt: tx.now,
      hiddenUpTo: UP_TO,
      totals: nation
        ? {
            open: sum((row) => row.complete + row.incomplete),
            complete: sum((row) => row.complete),
            unassessed: sum((row) => row.unassessed),
            childUnknown: sum((row) => row.childUnknown),
            twice: sum((row) => row.twice),
            late: sum((row) => row.late),
            structures: places.reduce((n, town) => n + town.structures, 0),
            staleStructures: places.reduce((n, town) => n + town.stale, 0),
          }
        : null,
      items: places
        .filter(({ code, county }) => mayReadLocal(tx.actor, { municipality: code, county }))
        .filter(({ code }) => query.municipality === undefined || query.municipality === code)
        .flatMap((town) => {
          const row = rows.get(town.code)
          if (row === undefined) return []
          const { name, county, structures, stale: staleStructures } = town
          return [{ ...row, name, county, structures, staleStructures }]
        }),
    }
  },
})

type Fault = ToMend['items'][number]['faults'][number]
interface Broken {
  readonly id: string
  readonly code: string
  readonly openedAt: string
  readonly faults: Fault[]
}

export const toMend = endpoint({
  method: 'GET',
  url: '/api/local/{municipality}/to-mend',
  wire: {
    summary: 'Open cases of the own unit in which something is missing, oldest first',
    params: ToMend.params,
    query: ToMend.query,
    reply: ToMend.reply,
  },
  handle: async (tx, { params, query }) => {
    if (!mayMend(tx.actor, params)) throw notFound()
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Broken>(
      `select * from (
         select f.id, c.code, f.opened_at as "openedAt", array_remove(array[
           case when f.no_risk then 'no_risk' end, case when f.no_manager then 'no_manager' end, case when f.no_plan then 'no_plan' end,
           case when f.unassessed then 'unassessed' end, case when f.child_unknown then 'child_unknown' end,
           case when f.twice then 'twice' end,
           case when exists (select 1 from clock k where k.record_id = f.id and k.statutory and k.stopped_at is null and k.paused_at is null
             and k.due_at < $2) then 'late' end], null) as faults
         from case_fault f join case_file c on c.id = f.id
         where f.municipality = $1 and ($3::timestamptz is null or (f.opened_at, f.id) > ($3, $4::uuid))) broken
       where cardinality(faults) > 0 order by "openedAt", id limit $5`,
      [params.municipality, tx.now, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    recordAccess(tx, { act: 'list', kind: 'case_file', ids: items.map((row) => row.id), tier: 'T2' })
    const last = rows.length > query.limit ? items.at(-1) : undefined
    return { items, next: last === undefined ? null : cursorOf(last.openedAt, last.id) }
  },
})
