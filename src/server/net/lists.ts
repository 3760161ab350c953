/** The net as it is read: the list on a day, one structure with its posts, the coverage of the country. */
import { z } from 'zod'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { structureKinds } from '#domain/net/kinds.ts'
import { kindsKeptBy, mayKeep, mayReadNames } from '#domain/net/policy.ts'
import { uuid } from '#wire/envelope.ts'
import {
  ListStructures,
  NetCoverage,
  ReadStructure,
  type StructureDetail,
  type StructureRow,
} from '#wire/net.ts'
import { recordAccess } from '../access.ts'
import { endpoint } from '../endpoint.ts'
import { invalid, notFound } from '../problem.ts'
import { netAsOf } from './as-of.ts'
import { readPrinted } from './printed.ts'

const NameCursor = z.tuple([z.string(), uuid])
export const nameCursor = (name: string, id: Uuid): string =>
  Buffer.from(JSON.stringify([name, id])).toString('base64url')
export const readNameCursor = (
  cursor: string | undefined,
): readonly [string, string] | readonly [null, null] => {
  if (cursor === undefined) return [null, null]
  try {
    return NameCursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw invalid({ field: 'query.cursor', code: 'bad_format' })
  }
}

export const listStructures = endpoint({
  method: 'GET',
  url: '/api/net/structures',
  wire: {
    summary: 'Structures of the net that stood on a day, by name, with their posts',
    query: ListStructures.query,
    reply: ListStructures.reply,
  },
  handle: async (tx, { query }) => {
    const day = query.day ?? tiranaDay(tx.now)
    const [afterName, afterId] = readNameCursor(query.cursor)
    const rows = await tx.sql<StructureRow>(
      `select s.id, s.kind, n.name_sq as "nameSq", n.name_en as "nameEn", s.municipality, s.county, s.crossing,
         s.valid_from as "from", s.valid_to as "to", s.confirmed_on as "confirmedOn",
         coalesce(p.posts, 0) as posts, coalesce(p.filled, 0) as filled, coalesce(p.full_time, 0) as "fullTime"
       from net_structure s
       join lateral (select name_sq, name_en from net_name where structure_id = s.id and from_day <= greatest($1::date, s.valid_from)
         order by from_day desc limit 1) n on true
       left join lateral (
         select count(*)::integer as posts, count(t.id)::integer as filled, (count(t.id) filter (where o.full_time))::integer as full_time
         from net_position o left join net_tenure t on t.position_id = o.id and t.from_day <= $1 and (t.to_day is null or t.to_day >= $1)
         where o.structure_id = s.id and o.valid_from <= $1 and (o.valid_to is null or o.valid_to >= $1)) p on true
       where s.valid_from <= $1 and (s.valid_to is null or s.valid_to >= $1)
         and ($2::text is null or s.kind = $2) and ($3::text is null or s.municipality = $3) and ($4::text is null or s.county = $4)
         and ($5::text is null or n.name_sq ilike $5 or n.name_en ilike $5)
         and ($6::text is null or (n.name_sq, s.id) > ($6, $7::uuid))
       order by n.name_sq, s.id limit $8`,
      [
        day,
        query.kind ?? null,
        query.municipality ?? null,
        query.county ?? null,
        query.q === undefined ? null : `%${query.q.replaceAll(/[\\%_]/g, '\\$&')}%`,
        afterName,
        afterId,
        query.limit + 1,
      ],
    )
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined
    return {
      items: rows.slice(0, query.limit),
      next: last === undefined ? null : nameCursor(last.nameSq, last.id),
    }
  },
})

type Head = Omit<StructureDetail, 'names' | 'positions' | 'mayKeep'>
type PositionRow = Omit<StructureDetail['positions'][number], 'tenures'>
type TenureRow = StructureDetail['positions'][number]['tenures'][number] & { positionId: Uuid }

export const readStructure = endpoint({
  method: 'GET',
  url: '/api/net/structures/{id}',
  wire: {
    summary: 'One structure with its names, posts and appointments; names of officials for its keepers',
    params: ReadStructure.params,
    reply: ReadStructure.reply,
  },
  handle: async (tx, { params }) => {
    const [[head], names, positions, tenures] = await Promise.all([
      tx.sql<Head>(
        `select id, version, kind, municipality, county, crossing, unit_id as "unitId", valid_from as "from", valid_to as "to",
           act_number as act, act_date as "actDate", confirmed_on as "confirmedOn" from net_structure where id = $1`,
        [params.id],
      ),
      tx.sql<StructureDetail['names'][number]>(
        `select from_day as "from", name_sq as "nameSq", name_en as "nameEn", act_number as act, act_date as "actDate"
         from net_name where structure_id = $1 order by from_day desc`,
        [params.id],
      ),
      tx.sql<PositionRow>(
        `select id, duty, full_time as "fullTime", in_job_description as "inJobDescription", valid_from as "from", valid_to as "to"
         from net_position where structure_id = $1 order by valid_to nulls first, valid_from, id limit 500`,
        [params.id],
      ),
      tx.sql<TenureRow>(
        `select t.id, t.position_id as "positionId", t.from_day as "from", t.to_day as "to", t.sex, t.qualification, n.name,
           t.act_number as act, t.act_date as "actDate"
         from net_tenure t left join net_tenure_named n on n.id = t.id where t.structure_id = $1 order by t.from_day desc limit 2000`,
        [params.id],
      ),
    ])
    if (head === undefined) throw notFound()
    if (mayReadNames(tx.actor, head) && tenures.some((one) => one.name !== null))
      recordAccess(tx, { act: 'read', kind: 'net_structure', ids: [head.id], tier: 'T2' })
    return {
      ...head,
      names,
      positions: positions.map((one) => ({
        ...one,
        tenures: tenures
          .filter((tenure) => tenure.positionId === one.id)
          .map(({ positionId: _, ...tenure }) => tenure),
      })),
      mayKeep: mayKeep(tx.actor, head),
    }
  },
})

export const readCoverage = endpoint({
  method: 'GET',
  url: '/api/net/coverage',
  wire: {
    summary: 'How far the net covers municipalities, crossings and counties on a day',
    query: NetCoverage.query,
    reply: NetCoverage.reply,
  },
  handle: async (tx, { query }) => {
    const { groups: _, ...net } = await netAsOf(tx, query.day ?? tiranaDay(tx.now))
    return {
      ...net,
      municipalities: [...net.municipalities],
      crossings: [...net.crossings],
      counties: [...net.counties],
      shares: [...net.shares],
      printed: readPrinted(),
      mayAdd: kindsKeptBy(tx.actor, structureKinds),
    }
  },
})
