/** Reach and figures of a period: one function of the database for every page, export and indicator; small figures of children hidden. */

import { suppress } from '#disclosure/suppress.ts'
import { countsChildren, type MeasureName } from '#domain/prevention/kinds.ts'
import { leadsPrevention } from '#domain/prevention/policy.ts'
import { ReadFigures, ReadReach } from '#wire/prevention.ts'
import { endpoint } from '../endpoint.ts'
import type { Tx } from '../tx.ts'
import { periodOf } from './place.ts'

/** Signed-in readers of aggregates see no figure of 1 to 4 that counts children or victims (decision 13). */
const upTo = 4

export interface Reached {
  readonly key: string | null
  readonly persons: number
  readonly attendances: number
  readonly heads: number
  readonly records: number
}

/** Different people, their attendances and mere head-counts of [from, until), grouped; the whole comes with key null. */
export const distinctReach = async (
  tx: Tx,
  period: { readonly from: string; readonly until: string },
  by: string,
  filter: object = {},
): Promise<{ groups: readonly Reached[]; total: Reached }> => {
  const rows = await tx.sql<Reached>(
    'select key, persons, attendances, heads, records from distinct_reach($1, $2, $3, $4)',
    [period.from, period.until, by, JSON.stringify(filter)],
  )
  const none: Reached = { key: null, persons: 0, attendances: 0, heads: 0, records: 0 }
  return {
    groups: rows.filter((row) => row.key !== null),
    total: rows.find((row) => row.key === null) ?? none,
  }
}

/** A small figure, and whatever would give it away, is not shown. Distinct people of groups are a table of their own: they do not add up. */
const hide = (values: readonly number[]): readonly (number | null)[] =>
  suppress({ cells: values.map((value) => [value]) }, { upTo }).cells.map((row) => row[0] ?? null)

export const readReach = endpoint({
  method: 'GET',
  url: '/api/prevention/reach',
  wire: ReadReach,
  handle: async (tx, { query }) => {
    const period = periodOf(tx, query)
    const filter = {
      ...(query.kind === undefined ? {} : { kind: query.kind }),
      ...(query.topic === undefined ? {} : { topic: query.topic }),
    }
    const { groups, total } = await distinctReach(tx, period, query.by, filter)
    // A body reads its own records whole. Those who lead read trainings, which count professionals, as they are.
    const open = !leadsPrevention(tx.actor) || query.kind === 'training' || query.by === 'sector'
    const shown = open ? (values: readonly number[]) => values : hide
    const persons = shown(groups.map((row) => row.persons))
    const attendances = shown(groups.map((row) => row.attendances))
    const heads = shown(groups.map((row) => row.heads))
    const [whole] = [total].map((row) => ({
      ...row,
      persons: shown([row.persons])[0]!,
      attendances: shown([row.attendances])[0]!,
      heads: shown([row.heads])[0]!,
    }))
    return {
      ...period,
      hiddenUpTo: upTo,
      items: groups.map((row, i) => ({
        key: row.key,
        records: row.records,
        persons: persons[i] ?? null,
        attendances: attendances[i] ?? null,
        heads: heads[i] ?? null,
      })),
      total: whole!,
    }
  },
})

interface Figure {
  readonly key: string | null
  readonly measure: string
  readonly records: number
  readonly total: number
}

export const readFigures = endpoint({
  method: 'GET',
  url: '/api/prevention/figures',
  wire: ReadFigures,
  handle: async (tx, { query }) => {
    const period = periodOf(tx, query)
    const rows = await tx.sql<Figure>(
      "select key, measure, records, total from prevention_figures($1, $2, 'kind', '{}')",
      [period.from, period.until],
    )
    const open = !leadsPrevention(tx.actor)
    const child = (row: Figure): boolean =>
      row.measure === 'heads' || (row.measure !== '' && countsChildren(row.measure as MeasureName, 'child'))
    // Each measure is a table of its own: its kinds, and its whole.
    const items = [...new Set(rows.map((row) => row.measure))].flatMap((measure) => {
      const of = rows.filter((row) => row.measure === measure)
      if (open || !of.some(child)) return of
      const kinds = of.filter((row) => row.key !== null)
      const values = hide(kinds.map((row) => row.total))
      const whole = of
        .filter((row) => row.key === null)
        .map((row) => ({ ...row, total: hide([row.total])[0] ?? null }))
      return [...kinds.map((row, i) => ({ ...row, total: values[i] ?? null })), ...whole]
    })
    return { ...period, hiddenUpTo: upTo, items }
  },
})
