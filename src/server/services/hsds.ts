/**
 * The public part of the directory as Open Referral HSDS 3.0 (`reference/hsds/schema`), without sign-in. What is not public is not in
 * it at all: withheld places do not appear, nor do services that are closed or whose provider is not listed. Names and
 * descriptions in Albanian, the English as the alternate name; `?lang=en` turns them round.
 */
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { serviceTypes } from '#domain/case/record.ts'
import { Problem as ProblemShape, uuid } from '#wire/envelope.ts'
import { trimmedText } from '#wire/text.ts'
import type { Language } from '#wire/words/index.ts'
import type { Context } from '../context.ts'
import { notFound } from '../problem.ts'
import { publicActor } from '../report/public.ts'
import { parse } from '../shape.ts'
import { type Tx, withTx } from '../tx.ts'
import { say } from '../words.ts'

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
type Made = { id: string } & Record<string, unknown>

/** Parts that have no row of their own here have an id by what they are, always the same. */
const idOf = (...what: readonly string[]): string => {
  const hex = createHash('sha256').update(what.join(' ')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
const termId = (service: string) => idOf('term', service)

/** The standard has no nulls: what is unknown is left out. */
const given = (row: Record<string, unknown>): Made =>
  Object.fromEntries(
    Object.entries(row).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as Made
const named = (lang: Language, row: { nameSq: string; nameEn: string }) => ({
  name: lang === 'sq' ? row.nameSq : row.nameEn,
  alternate_name: lang === 'sq' ? row.nameEn : row.nameSq,
})
const described = (lang: Language, row: { descriptionSq: string; descriptionEn: string }) => ({
  description: lang === 'sq' ? row.descriptionSq : row.descriptionEn,
})
const phones = (id: string, number: string | null) => (number === null ? [] : [{ id, number, type: 'voice' }])

interface OrganizationRow {
  id: string
  nameSq: string
  nameEn: string
  descriptionSq: string
  descriptionEn: string
  website: string | null
  email: string | null
  phone: string | null
}
const organizationColumns = `p.id, i.name_sq as "nameSq", i.name_en as "nameEn", p.description_sq as "descriptionSq",
  p.description_en as "descriptionEn", p.website, p.email, p.phone`
const organization = (lang: Language, row: OrganizationRow): Made =>
  given({
    id: row.id,
    ...named(lang, row),
    ...described(lang, row),
    email: row.email,
    website: row.website,
    phones: phones(row.id, row.phone),
  })

interface PlaceRow {
  id: string
  providerId: string
  nameSq: string
  nameEn: string
  town: string
  county: string
  address: string | null
  postalCode: string | null
  latitude: number | null
  longitude: number | null
}
const placeColumns = `l.id, l.provider_id as "providerId", l.name_sq as "nameSq", l.name_en as "nameEn", m.name as town,
  c.name as county, l.address, l.postal_code as "postalCode", l.latitude, l.longitude`
const placeTables =
  'provider_place l join municipality m on m.code = l.municipality join county c on c.code = m.county join provider p on p.id = l.provider_id'
const location = (lang: Language, row: PlaceRow): Made =>
  given({
    id: row.id,
    location_type: 'physical',
    organization_id: row.providerId,
    ...named(lang, row),
    latitude: row.latitude,
    longitude: row.longitude,
    // The standard wants a postal code and a street in an address; a place without them says only its town.
    addresses:
      row.address === null
        ? []
        : [
            {
              id: row.id,
              location_id: row.id,
              address_1: row.address,
              city: row.town,
              state_province: row.county,
              postal_code: row.postalCode ?? '',
              country: 'AL',
              address_type: 'physical',
            },
          ],
    ...(row.address === null ? { description: row.town } : {}),
  })

interface ServiceRow {
  id: string
  providerId: string
  service: string
  nameSq: string
  nameEn: string
  descriptionSq: string
  descriptionEn: string
  howSq: string | null
  howEn: string | null
  minAge: number | null
  maxAge: number | null
  free: boolean
  fees: string | null
  languages: string[]
  areas: { code: string; name: string }[]
  phone: string | null
  days: string[]
  opensAt: string | null
  closesAt: string | null
  status: 'active' | 'paused'
  verifiedOn: string
  updatedAt: string
  /** Every place of it, withheld ones too: only their wait is told. */
  placeIds: string[]
  waitDays?: number | null
  places: PlaceRow[]
  organization: OrganizationRow
}
const serviceColumns = `s.id, s.provider_id as "providerId", s.service, s.name_sq as "nameSq", s.name_en as "nameEn",
  s.description_sq as "descriptionSq", s.description_en as "descriptionEn", s.how_sq as "howSq", s.how_en as "howEn",
  s.min_age as "minAge", s.max_age as "maxAge", s.free, s.fees, s.languages, s.phone, s.days,
  to_char(s.opens_at, 'HH24:MI') as "opensAt", to_char(s.closes_at, 'HH24:MI') as "closesAt", s.status, s.verified_on as "verifiedOn",
  s.updated_at as "updatedAt",
  coalesce((select jsonb_agg(jsonb_build_object('code', a.code, 'name', coalesce(m.name, c.name)) order by a.n)
    from unnest(s.areas) with ordinality a (code, n) left join municipality m on m.code = a.code left join county c on c.code = a.code), '[]') as areas,
  coalesce((select jsonb_agg(to_jsonb(one)) from (select ${placeColumns} from ${placeTables} where l.id = any (s.places) order by l.name_sq) one), '[]') as places,
  s.places as "placeIds", (select to_jsonb(one) from (select ${organizationColumns}) one) as organization`
const serviceTables =
  'provider_service s join provider p on p.id = s.provider_id join institution i on i.id = p.id'

const YEAR = 365 * 86_400_000
/** How long one waits there, by the last year: reckoned once for all of a page. */
const withWaits = async (tx: Tx, rows: readonly ServiceRow[]): Promise<readonly ServiceRow[]> => {
  const ids = rows.flatMap((row) => row.placeIds)
  const waits = new Map(
    (ids.length === 0
      ? []
      : await tx.sql<{ id: string; days: string }>(
          `select l.id, w.median_days as days from unit_waiting($1) w join provider_place l on l.unit_id = w.unit_id where l.id = any ($2)`,
          [new Date(Date.parse(tx.now) - YEAR).toISOString(), ids],
        )
    ).map((one) => [one.id, Number(one.days)]),
  )
  return rows.map((row) => {
    const known = row.placeIds.flatMap((id) => waits.get(id) ?? [])
    return { ...row, waitDays: known.length === 0 ? null : Math.max(...known) }
  })
}

const service = (lang: Language, row: ServiceRow): Made =>
  given({
    id: row.id,
    organization_id: row.providerId,
    ...named(lang, row),
    ...described(lang, row),
    status: row.status === 'active' ? 'active' : 'temporarily closed',
    application_process: lang === 'sq' ? row.howSq : row.howEn,
    fees_description: row.free ? say(lang, 'public.service_free') : row.fees,
    minimum_age: row.minAge,
    maximum_age: row.maxAge,
    wait_time:
      row.waitDays === null || row.waitDays === undefined
        ? null
        : say(lang, 'public.service_wait', { count: row.waitDays }),
    assured_date: row.verifiedOn,
    last_modified: row.updatedAt,
    phones: phones(row.id, row.phone),
    languages: row.languages.map((code) => ({ id: idOf(row.id, code), service_id: row.id, code })),
    schedules:
      row.days.length === 0
        ? []
        : [
            given({
              id: row.id,
              service_id: row.id,
              freq: 'WEEKLY',
              byday: row.days.join(','),
              opens_at: row.opensAt,
              closes_at: row.closesAt,
            }),
          ],
    service_areas: row.areas.map(({ code, name }) => ({ id: idOf(row.id, code), service_id: row.id, name })),
    attributes: [
      {
        id: row.id,
        link_id: row.id,
        link_entity: 'service',
        taxonomy_term: term(lang, row.service),
      },
    ],
  })
const whole = (lang: Language, row: ServiceRow): Made => ({
  ...service(lang, row),
  organization: organization(lang, row.organization),
  ...(row.places.length === 0
    ? {}
    : {
        service_at_locations: row.places.map((place) => ({
          id: idOf(row.id, place.id),
          service_id: row.id,
          location_id: place.id,
          location: location(lang, place),
        })),
      }),
})
const term = (lang: Language, code: string): Made => ({
  id: termId(code),
  code,
  name: say(lang, `caseActs.service_${code}`),
  description: say(lang, `caseActs.service_${code}`),
  taxonomy: 'mburoja-services',
  language: lang,
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
}
