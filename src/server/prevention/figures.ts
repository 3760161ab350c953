/** Reach and figures of a period: one function of the database for every page, export and indicator; small figures of children hidden. */

import { suppress } from '#disclosure/suppress.ts'
import { countsChildren, type MeasureName } from '#domain/prevention/kinds.ts'
import { leadsPrevention } from '#domain/prevention/policy.ts'
import { ReadFigures, ReadReach } from '#wire/prevention.ts'
import { endpoint } from '../endpoint.ts'
import { invalid } from '../problem.ts'
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

/** Municipalities by groups, so that a place's figure stays hidden with whatever would give it away elsewhere. */
const hideAmong = (
  rows: readonly ReadonlyMap<string, number>[],
  municipality: string,
): readonly (number | null)[] => {
  const places = [...new Set([municipality, ...rows.flatMap((row) => [...row.keys()])])]
  const { cells } = suppress(
    { cells: places.map((place) => rows.map((row) => row.get(place) ?? 0)) },
    { upTo },
  )
  return cells[0] ?? []
}

type Measured = 'persons' | 'attendances' | 'heads'
/** What each group reached in every municipality: read where a reader who leads asks for one of them. */
const reachByPlace = async (
  tx: Tx,
  period: { readonly from: string; readonly until: string },
  by: string,
  keys: readonly (string | null)[],
  filter: object,
) => {
  const { municipality: _, ...elsewhere } = { municipality: undefined, ...filter }
  const all = await Promise.all(
    keys.map((key) =>
      distinctReach(tx, period, 'municipality', { ...elsewhere, ...(key === null ? {} : { [by]: key }) }),
    ),
  )
  return (measure: Measured): ReadonlyMap<string, number>[] =>
    all.map(({ groups }) => new Map(groups.map((row) => [row.key ?? '', row[measure]])))
}

export const readReach = endpoint({
  method: 'GET',
  url: '/api/prevention/reach',
  wire: ReadReach,
  handle: async (tx, { query }) => {
    const period = periodOf(tx, query)
    const filter = {
      ...(query.kind === undefined ? {} : { kind: query.kind }),
      ...(query.topic === undefined ? {} : { topic: query.topic }),
      ...(query.municipality === undefined ? {} : { municipality: query.municipality }),
    }
    const { groups, total } = await distinctReach(tx, period, query.by, filter)
    // A body reads its own records whole. Those who lead read trainings, which count professionals, as they are.
    const open = !leadsPrevention(tx.actor) || query.kind === 'training' || query.by === 'sector'
    const place = query.municipality
    // Quarters of one place: what stands in other places cannot be asked by quarter, so it could give a figure away.
    if (!open && place !== undefined && query.by === 'quarter')
      throw invalid({ field: 'query.by', code: 'unknown_code' })
    const among =
      open || place === undefined
        ? null
        : {
            groups: await reachByPlace(
              tx,
              period,
              query.by,
              groups.map((row) => row.key),
              filter,
            ),
            whole: await reachByPlace(tx, period, query.by, [null], filter),
          }
    const shown = (values: readonly number[], measure: Measured, which: 'groups' | 'whole') => {
      if (open) return values
      const here = hide(values)
      if (among === null || place === undefined) return here
      const everywhere = hideAmong(among[which](measure), place)
      return here.map((value, i) => (everywhere[i] === null ? null : value))
    }
    const column = (measure: Measured) =>
      shown(
        groups.map((row) => row[measure]),
        measure,
        'groups',
      )
    const [persons, attendances, heads] = [column('persons'), column('attendances'), column('heads')]
    const one = (measure: Measured) => shown([total[measure]], measure, 'whole')[0] ?? null
    const whole = {
      ...total,
      persons: one('persons'),
      attendances: one('attendances'),
      heads: one('heads'),
    }
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
      total: whole,
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
    const figures = (by: string, filter: object) =>
      tx.sql<Figure>('select key, measure, records, total from prevention_figures($1, $2, $3, $4)', [
        period.from,
        period.until,
        by,
        JSON.stringify(filter),
      ])
    const place = query.municipality
    const rows = await figures('kind', place === undefined ? {} : { municipality: place })
    const open = !leadsPrevention(tx.actor)
    const kinds = [...new Set(rows.flatMap((row) => (row.key === null ? [] : [row.key])))]
    const byPlace =
      open || place === undefined
        ? null
        : new Map(
            await Promise.all(
              [...kinds, null].map(
                async (kind) => [kind, await figures('municipality', kind === null ? {} : { kind })] as const,
              ),
            ),
          )
    /** Of these kinds (null: all together), what stands hidden at the place because of other places. */
    const elsewhere = (measure: string, of: readonly (string | null)[]): readonly (number | null)[] | null =>
      byPlace === null || place === undefined
        ? null
        : hideAmong(
            of.map(
              (kind) =>
                new Map(
                  (byPlace.get(kind) ?? []).flatMap((row) =>
                    row.measure === measure && row.key !== null ? [[row.key, row.total] as const] : [],
                  ),
                ),
            ),
            place,
          )
    const child = (row: Figure): boolean =>
      row.measure === 'heads' || (row.measure !== '' && countsChildren(row.measure as MeasureName, 'child'))
    // Each measure is a table of its own: its kinds, and its whole.
    const items = [...new Set(rows.map((row) => row.measure))].flatMap((measure) => {
      const of = rows.filter((row) => row.measure === measure)
      if (open || !of.some(child)) return of
      const veiled = (part: readonly Figure[]) => {
        const here = hide(part.map((row) => row.total))
        const there = elsewhere(
          measure,
          part.map((row) => row.key),
        )
        return part.map((row, i) => ({ ...row, total: there?.[i] === null ? null : (here[i] ?? null) }))
      }
      return [
        ...veiled(of.filter((row) => row.key !== null)),
        ...veiled(of.filter((row) => row.key === null)),
      ]
    })
    return { ...period, hiddenUpTo: upTo, items }
  },
})
