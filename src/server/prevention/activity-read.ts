/** Acts of prevention as their readers see them. */
import type { Instant, Uuid } from '#domain/core.ts'
import {
  type ActivityRow,
  type ActivityView,
  BodyList,
  ListActivities,
  ListMembers,
  type MemberBatch,
  ReadActivity,
} from '#wire/prevention.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { dayCursor } from './place.ts'

export const rowSql = `r.id, r.version, r.kind, r.title, r.topic, r.from_day::text as "from", r.to_day::text as "to", r.municipality,
  jsonb_build_object('id', i.id, 'nameSq', i.name_sq, 'nameEn', i.name_en) as institution,
  r.institution_id = me_institution() as own, r.struck_at is not null as struck, r.details,
  case when r.institution_id = me_institution() then
    (select count(*) from activity_attendance a where a.record_id = r.id)::int end as present`

export type Bare = Omit<ActivityRow, 'counts'>
export const withCounts = async <R extends Bare>(
  tx: Tx,
  rows: readonly R[],
): Promise<(R & Pick<ActivityRow, 'counts'>)[]> => {
  const counts = await tx.sql<{ id: Uuid } & ActivityRow['counts'][number]>(
    `select record_id as id, measure, sex, band, value from activity_count where record_id = any ($1::uuid[])
     order by record_id, measure, band, sex`,
    [rows.map((row) => row.id)],
  )
  return rows.map((row) => ({
    ...row,
    counts: counts.filter((one) => one.id === row.id).map(({ id: _, ...count }) => count),
  }))
}

export const listActivities = endpoint({
  method: 'GET',
  url: '/api/activities',
  wire: ListActivities,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Bare>(
      `select ${rowSql} from activity_record r join institution i on i.id = r.institution_id
       where ($1::text is null or r.kind = $1) and ($2::date is null or (r.from_day, r.id) < ($2, $3::uuid))
       order by r.from_day desc, r.id desc limit $4`,
      [query.kind ?? null, after?.at.slice(0, 10) ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      items: await withCounts(tx, page),
      next:
        rows.length > query.limit && last !== undefined
          ? cursorOf(dayCursor(last.from) as Instant, last.id)
          : null,
    }
  },
})

export const readActivity = endpoint({
  method: 'GET',
  url: '/api/activities/{id}',
  wire: ReadActivity,
  handle: async (tx, { params, identity }) => {
    const rows = await tx.sql<Omit<ActivityView, 'counts' | 'members'>>(
      `select ${rowSql}, r.funder, r.group_id as "groupId", r.business_id as "businessId",
         case when r.plan_id is not null then jsonb_build_object('planId', r.plan_id, 'uid', r.activity_uid) end as plan,
         coalesce((select jsonb_agg(jsonb_build_object('institutionId', p -> 'institutionId', 'said', p -> 'said', 'name',
             coalesce(p ->> 'said', case when $2 = 'sq' then b.name_sq else b.name_en end)) order by n)
           from jsonb_array_elements(r.parties) with ordinality q(p, n)
             left join institution b on b.id = (p ->> 'institutionId')::uuid), '[]') as parties
       from activity_record r join institution i on i.id = r.institution_id where r.id = $1`,
      [params.id, identity.language],
    )
    const [row] = await withCounts(tx, rows)
    if (row === undefined) throw notFound()
    const members = await tx.sql<{ code: string }>(
      'select m.code from activity_attendance a join reach_member m on m.id = a.member_id where a.record_id = $1 order by m.code',
      [params.id],
    )
    return { ...row, members: members.map((one) => one.code) }
  },
})

export const listMembers = endpoint({
  method: 'GET',
  url: '/api/members',
  wire: ListMembers,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<MemberBatch>(
      `select b.id, b.audience, b.sex, b.at, array(select m.code from reach_member m where m.batch_id = b.id order by m.code) as codes
       from member_batch b where $1::timestamptz is null or (b.at, b.id) < ($1, $2::uuid) order by b.at desc, b.id desc limit $3`,
      [after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.at, last.id) : null,
    }
  },
})

/** Names of the directory's bodies (T0), for saying who took part. */
export const listBodies = endpoint({
  method: 'GET',
  url: '/api/prevention/bodies',
  wire: BodyList,
  handle: async (tx) => ({
    items: await tx.sql<{ id: Uuid; nameSq: string; nameEn: string }>(
      `select id, name_sq as "nameSq", name_en as "nameEn" from institution where active order by name_sq, id limit 500`,
    ),
  }),
})
