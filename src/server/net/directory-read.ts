/** The list of actors, projects and measures, for everybody: the same answer with and without signing in. */
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import {
  type ActorEntry,
  ActorList,
  DirectoryQuery,
  type ProjectEntry,
  ProjectList,
} from '#wire/directory.ts'
import { Problem as ProblemShape } from '#wire/envelope.ts'
import type { Context } from '../context.ts'
import { endpoint } from '../endpoint.ts'
import { parse } from '../shape.ts'
import { publicActor, type Tx, withTx } from '../tx.ts'
import { nameCursor, readNameCursor } from './lists.ts'

type Query = z.output<typeof DirectoryQuery>

const shared = `e.id, e.version, e.kind, e.name_sq as "nameSq", e.name_en as "nameEn", e.does_sq as "doesSq", e.does_en as "doesEn",
  e.areas, array(select coalesce(m.name, c.name) from unnest(e.areas) with ordinality a (code, n) left join municipality m on m.code = a.code
    left join county c on c.code = a.code order by a.n) as "areaNames", e.source, e.listed, e.updated_on as "updatedOn"`
const page = `($1::text is null or e.name_sq ilike $1 or e.name_en ilike $1)
  and ($2::text is null or $2 = any (e.areas) or cardinality(e.areas) = 0
    or exists (select 1 from municipality m where m.code = $2 and m.county = any (e.areas)))
  and ($3::text is null or (e.name_sq, e.id) > ($3, $4::uuid)) order by e.name_sq, e.id limit $5`

const values = (query: Query) => [
  query.q === undefined ? null : `%${query.q.replaceAll(/[\\%_]/g, '\\$&')}%`,
  query.area ?? null,
  ...readNameCursor(query.cursor),
  query.limit + 1,
]
const paged = <Row extends { id: string; nameSq: string }>(rows: Row[], limit: number) => {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit), next: last === undefined ? null : nameCursor(last.nameSq, last.id) }
}

export const listActors = async (tx: Tx, query: Query): Promise<z.input<typeof ActorList>> =>
  paged(
    await tx.sql<ActorEntry>(`select ${shared}, e.website from net_actor e where ${page}`, values(query)),
    query.limit,
  )

export const listProjects = async (tx: Tx, query: Query): Promise<z.input<typeof ProjectList>> =>
  paged(
    await tx.sql<ProjectEntry>(
      `select ${shared}, e.period_from as "from", e.period_to as "to", e.lek::text as lek, e.plan_slug as "planSlug",
         e.activity_uid as "activityUid", coalesce((select jsonb_agg(jsonb_build_object('actorId', a.id, 'part', l.part, 'nameSq', a.name_sq,
           'nameEn', a.name_en) order by array_position(array['lead', 'partner', 'funder'], l.part), a.name_sq)
           from net_project_actor l join net_actor a on a.id = l.actor_id where l.project_id = e.id), '[]') as actors
       from net_project e where ${page}`,
      values(query),
    ),
    query.limit,
  )

/** For the staff: the keepers also see what was taken off the page. */
export const directoryEndpoints = [
  endpoint({
    method: 'GET',
    url: '/api/directory/actors',
    wire: { summary: 'Actors: who does what and where', query: DirectoryQuery, reply: ActorList },
    handle: (tx, { query }) => listActors(tx, query),
  }),
  endpoint({
    method: 'GET',
    url: '/api/directory/projects',
    wire: {
      summary: 'Projects and measures: who, where, funded by whom',
      query: DirectoryQuery,
      reply: ProjectList,
    },
    handle: (tx, { query }) => listProjects(tx, query),
  }),
]

export const mountPublicDirectory = (app: FastifyInstance, ctx: Context): void => {
  app.get(
    '/api/public/actors',
    {
      schema: {
        summary: 'Actors of child protection and against trafficking; no sign-in',
        querystring: DirectoryQuery,
        response: { 200: ActorList, '4xx': ProblemShape },
      },
    },
    async (request) => {
      const query = parse(DirectoryQuery, request.query, 'query')
      return withTx(ctx, publicActor, (tx) => listActors(tx, query))
    },
  )
  app.get(
    '/api/public/projects',
    {
      schema: {
        summary: 'Projects and measures: who does what, where, funded by whom; no sign-in',
        querystring: DirectoryQuery,
        response: { 200: ProjectList, '4xx': ProblemShape },
      },
    },
    async (request) => {
      const query = parse(DirectoryQuery, request.query, 'query')
      return withTx(ctx, publicActor, (tx) => listProjects(tx, query))
    },
  )
}
