/**
 * The public part of the directory as Open Referral HSDS 3.0 (`reference/hsds/schema`), without sign-in. What is not public is not in
 * it at all: withheld places do not appear, nor do services that are closed or whose provider is not listed. Names and
 * descriptions in Albanian, the English as the alternate name; `?lang=en` turns them round.
 */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { serviceTypes } from '#domain/case/record.ts'
import { Problem as ProblemShape, uuid } from '#wire/envelope.ts'
import { trimmedText } from '#wire/text.ts'
import type { Language } from '#wire/words/index.ts'
import type { Context } from '../context.ts'
import { notFound } from '../problem.ts'
import { parse } from '../shape.ts'
import { publicActor, type Tx, withTx } from '../tx.ts'
import {
  location,
  type Made,
  type OrganizationRow,
  organization,
  organizationColumns,
  type PlaceRow,
  placeColumns,
  placeTables,
  type ServiceRow,
  serviceColumns,
  serviceTables,
  term,
  termId,
  whole,
  withWaits,
} from './hsds-entities.ts'

const HsdsQuery = z.strictObject({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  per_page: z.coerce.number().int().min(1).max(100).default(25),
  search: trimmedText(80).optional(),
  organization_id: uuid.optional(),
  /** A municipality's code, 01–61: a parameter of this register's own. */
  municipality: z
    .string()
    .regex(/^[0-9]{2}$/)
    .optional(),
  taxonomy_term_id: uuid.optional(),
  modified_after: z.iso.datetime({ offset: true }).optional(),
  lang: z.enum(['sq', 'en']).default('sq'),
})
type Query = z.output<typeof HsdsQuery>
const OneQuery = HsdsQuery.pick({ lang: true })

/** An entity of the standard: its own schema says what is in it. */
const Entity = z.looseObject({ id: z.string() })
const Page = z.object({
  total_items: z.int(),
  total_pages: z.int(),
  page_number: z.int(),
  size: z.int(),
  first_page: z.boolean(),
  last_page: z.boolean(),
  empty: z.boolean(),
  contents: z.array(Entity),
})
const like = (q: string | undefined) => (q === undefined ? null : `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`)
const paged = async <Row>(
  tx: Tx,
  query: Query,
  columns: string,
  from: string,
  order: string,
  values: readonly unknown[],
  make: (row: Row) => Made,
  further: (tx: Tx, rows: readonly Row[]) => Promise<readonly Row[]> = async (_, rows) => rows,
): Promise<z.input<typeof Page>> => {
  const n = values.length
  const [[count], rows] = await Promise.all([
    tx.sql<{ n: number }>(`select count(*)::integer as n from ${from}`, values),
    tx.sql<Row>(`select ${columns} from ${from} order by ${order} limit $${n + 1} offset $${n + 2}`, [
      ...values,
      query.per_page,
      (query.page - 1) * query.per_page,
    ]),
  ])
  const total = count?.n ?? 0
  const pages = Math.ceil(total / query.per_page)
  return {
    total_items: total,
    total_pages: pages,
    page_number: query.page,
    size: rows.length,
    first_page: query.page === 1,
    last_page: query.page >= pages,
    empty: rows.length === 0,
    contents: (await further(tx, rows)).map(make),
  }
}

const organizationFrom = `provider p join institution i on i.id = p.id where p.listed and ($1::text is null or i.name_sq ilike $1 or i.name_en ilike $1)`
const serviceFrom = `${serviceTables} where p.listed and s.status <> 'closed'
  and ($1::text is null or s.name_sq ilike $1 or s.name_en ilike $1 or i.name_sq ilike $1 or i.name_en ilike $1)
  and ($2::uuid is null or s.provider_id = $2) and ($3::text is null or s.service = $3) and ($4::timestamptz is null or s.updated_at > $4)
  and ($5::text is null or $5 = any (s.areas) or cardinality(s.areas) = 0
    or exists (select 1 from municipality m where m.code = $5 and m.county = any (s.areas))
    or exists (select 1 from provider_place l where l.id = any (s.places) and l.municipality = $5))`
const locationFrom = `${placeTables} where p.listed and l.used and not l.withheld
  and ($1::text is null or l.name_sq ilike $1 or l.name_en ilike $1) and ($2::uuid is null or l.provider_id = $2)
  and ($3::text is null or l.municipality = $3)`

export const listPublicServices = (tx: Tx, query: Query) =>
  paged<ServiceRow>(
    tx,
    query,
    serviceColumns,
    serviceFrom,
    's.name_sq, s.id',
    [
      like(query.search),
      query.organization_id ?? null,
      query.taxonomy_term_id === undefined
        ? null
        : (serviceTypes.find((code) => termId(code) === query.taxonomy_term_id) ?? 'none'),
      query.modified_after ?? null,
      query.municipality ?? null,
    ],
    (row) => whole(query.lang, row),
    withWaits,
  )

const Params = z.strictObject({ id: uuid })

export const mountHsds = (app: FastifyInstance, ctx: Context): void => {
  const door = <Q extends z.ZodType>(
    url: string,
    summary: string,
    Wanted: Q,
    Reply: z.ZodType,
    answer: (tx: Tx, query: z.output<Q>, id: string) => Promise<unknown>,
    byId = false,
  ) =>
    app.get(
      url,
      {
        schema: {
          summary,
          querystring: Wanted,
          ...(byId ? { params: Params } : {}),
          response: { 200: Reply, '4xx': ProblemShape },
        },
      },
      async (request) => {
        const query = parse(Wanted, request.query, 'query')
        const id = byId ? parse(Params, request.params, 'params').id : ''
        return withTx(ctx, publicActor, (tx) => answer(tx, query, id))
      },
    )
  const one = <Row>(
    url: string,
    summary: string,
    columns: string,
    from: string,
    make: (lang: Language, row: Row) => Made,
    further: (tx: Tx, rows: readonly Row[]) => Promise<readonly Row[]> = async (_, rows) => rows,
  ) =>
    door(
      url,
      summary,
      OneQuery,
      Entity,
      async (tx, query, id) => {
        const [row] = await further(tx, await tx.sql<Row>(`select ${columns} from ${from}`, [id]))
        if (row === undefined) throw notFound()
        return make(query.lang, row)
      },
      true,
    )
  door(
    '/api/hsds',
    'Open Referral HSDS 3.0: what this address offers',
    OneQuery,
    z.looseObject({}),
    async () => ({
      version: '3.0',
      profile: 'https://docs.openreferral.org/en/v3.0.0/hsds/',
      openapi_url: '/api/openapi.json',
    }),
  )
  door('/api/hsds/services', 'Public services, HSDS 3.0; no sign-in', HsdsQuery, Page, listPublicServices)
  one<ServiceRow>(
    '/api/hsds/services/:id',
    'One public service with its provider and public places, HSDS 3.0',
    serviceColumns,
    `${serviceTables} where p.listed and s.status <> 'closed' and s.id = $1`,
    whole,
    withWaits,
  )
  door(
    '/api/hsds/organizations',
    'Providers of services, HSDS 3.0; no sign-in',
    HsdsQuery,
    Page,
    (tx, query) =>
      paged<OrganizationRow>(
        tx,
        query,
        organizationColumns,
        organizationFrom,
        'i.name_sq, p.id',
        [like(query.search)],
        (row) => organization(query.lang, row),
      ),
  )
  one<OrganizationRow>(
    '/api/hsds/organizations/:id',
    'One provider, HSDS 3.0',
    organizationColumns,
    'provider p join institution i on i.id = p.id where p.listed and p.id = $1',
    organization,
  )
  door(
    '/api/hsds/locations',
    'Public places of providers, HSDS 3.0; shelters have none',
    HsdsQuery,
    Page,
    (tx, query) =>
      paged<PlaceRow>(
        tx,
        query,
        placeColumns,
        locationFrom,
        'l.name_sq, l.id',
        [like(query.search), query.organization_id ?? null, query.municipality ?? null],
        (row) => location(query.lang, row),
      ),
  )
  one<PlaceRow>(
    '/api/hsds/locations/:id',
    'One public place, HSDS 3.0',
    placeColumns,
    `${placeTables} where p.listed and l.used and not l.withheld and l.id = $1`,
    location,
  )
  door('/api/hsds/taxonomy_terms', 'Kinds of service, HSDS 3.0', HsdsQuery, Page, async (_, query) => {
    const terms = serviceTypes.map((code) => term(query.lang, code))
    const contents = terms.slice((query.page - 1) * query.per_page, query.page * query.per_page)
    const pages = Math.ceil(terms.length / query.per_page)
    return {
      total_items: terms.length,
      total_pages: pages,
      page_number: query.page,
      size: contents.length,
      first_page: query.page === 1,
      last_page: query.page >= pages,
      empty: contents.length === 0,
      contents,
    }
  })
  door(
    '/api/hsds/taxonomy_terms/:id',
    'One kind of service, HSDS 3.0',
    OneQuery,
    Entity,
    async (_, query, id) => {
      const code = serviceTypes.find((one) => termId(one) === id)
      if (code === undefined) throw notFound()
      return term(query.lang, code)
    },
    true,
  )
}
