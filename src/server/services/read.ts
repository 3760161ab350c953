/** The directory as the staff reads it: by what is offered, where, and whether somebody has lately said that it is right. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import { mayKeepProvider } from '#domain/services/provider.ts'
import {
  ProviderEntry,
  ProviderList,
  ProviderParams,
  ProviderQuery,
  type ServiceEntry,
  ServiceList,
  ServiceQuery,
} from '#wire/services.ts'
import { endpoint } from '../endpoint.ts'
import { nameCursor, readNameCursor } from '../net/lists.ts'
import { notFound } from '../problem.ts'

export const YEAR = 365 * 86_400_000
const like = (q: string | undefined) => (q === undefined ? null : `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`)
const paged = <Row extends { id: string; nameSq: string }>(rows: Row[], limit: number) => {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit), next: last === undefined ? null : nameCursor(last.nameSq, last.id) }
}

type Row = Omit<ServiceEntry, 'mayKeep'> & { readonly towns: readonly string[] }

export const listServices = endpoint({
  method: 'GET',
  url: '/api/services',
  wire: {
    summary: 'Services: who offers what to whom, where, how one gets it and how long one waited lately',
    query: ServiceQuery,
    reply: ServiceList,
  },
  handle: async (tx, { query }) => {
    const rows = await tx.sql<Row>(
      `with waiting as materialized (select * from unit_waiting($9))
       select s.id, s.version, jsonb_build_object('id', i.id, 'nameSq', i.name_sq, 'nameEn', i.name_en, 'kind', i.kind) as provider,
         s.service, s.name_sq as "nameSq", s.name_en as "nameEn", s.description_sq as "descriptionSq", s.description_en as "descriptionEn",
         s.how_sq as "howSq", s.how_en as "howEn", s.min_age as "minAge", s.max_age as "maxAge", s.free, s.fees, s.languages, s.areas,
         array(select coalesce(m.name, c.name) from unnest(s.areas) with ordinality a (code, n) left join municipality m on m.code = a.code
           left join county c on c.code = a.code order by a.n) as "areaNames",
         coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'nameSq', l.name_sq, 'nameEn', l.name_en, 'municipality', l.municipality,
           'town', m.name, 'address', l.address, 'withheld', l.withheld, 'unitId', l.unit_id, 'waitDays', w.median_days) order by l.name_sq)
           from provider_place l join municipality m on m.code = l.municipality left join waiting w on w.unit_id = l.unit_id
           where l.id = any (s.places)), '[]') as places,
         s.phone, s.days, to_char(s.opens_at, 'HH24:MI') as "opensAt", to_char(s.closes_at, 'HH24:MI') as "closesAt", s.status,
         s.verified_on as "verifiedOn", s.check_due as "checkDue", (s.status <> 'closed' and s.check_due < $8) as stale,
         array(select l.municipality from provider_place l where l.provider_id = s.provider_id) as towns
       from provider_service s join institution i on i.id = s.provider_id
       where ($1::text is null or s.name_sq ilike $1 or s.name_en ilike $1 or i.name_sq ilike $1 or i.name_en ilike $1)
         and ($2::text is null or $2 = any (s.areas) or cardinality(s.areas) = 0
           or exists (select 1 from municipality m where m.code = $2 and m.county = any (s.areas))
           or exists (select 1 from provider_place l where l.id = any (s.places) and l.municipality = $2))
         and ($3::text is null or s.service = $3) and ($4::boolean is null or (s.status <> 'closed' and s.check_due < $8))
         and ($5::text is null or (s.name_sq, s.id) > ($5, $6::uuid))
       order by s.name_sq, s.id limit $7`,
      [
        like(query.q),
        query.municipality ?? null,
        query.service ?? null,
        query.stale === undefined ? null : true,
        ...readNameCursor(query.cursor),
        query.limit + 1,
        tiranaDay(tx.now),
        new Date(Date.parse(tx.now) - YEAR).toISOString(),
      ],
    )
    return paged(
      rows.map(({ towns, ...row }) => ({
        ...row,
        stale: row.stale ?? false,
        mayKeep: mayKeepProvider(tx.actor, {
          id: row.provider.id,
          kind: row.provider.kind,
          municipalities: towns,
        }),
      })),
      query.limit,
    )
  },
})

const places = `coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'nameSq', l.name_sq, 'nameEn', l.name_en, 'municipality',
  l.municipality, 'unitId', l.unit_id, 'withheld', l.withheld, 'address', l.address, 'postalCode', l.postal_code, 'latitude', l.latitude,
  'longitude', l.longitude, 'used', l.used) order by l.name_sq) from provider_place l where l.provider_id = i.id), '[]')`
type ProviderRow = Omit<ProviderEntry, 'mayKeep' | 'profile'> & { readonly towns: readonly string[] }
const provider = `i.id, coalesce(p.version, 0) as version, i.name_sq as "nameSq", i.name_en as "nameEn", i.kind,
  array(select l.municipality from provider_place l where l.provider_id = i.id) as towns`

export const listProviders = endpoint({
  method: 'GET',
  url: '/api/providers',
  wire: {
    summary: 'Institutions that offer services or may be entered as offering them',
    query: ProviderQuery,
    reply: ProviderList,
  },
  handle: async (tx, { query }) => {
    const rows = await tx.sql<ProviderRow>(
      `select ${provider} from institution i left join provider p on p.id = i.id
       where i.active and ($1::text is null or i.name_sq ilike $1 or i.name_en ilike $1) and ($2::boolean is null or keeps_provider(i.id))
         and ($3::text is null or (i.name_sq, i.id) > ($3, $4::uuid)) order by i.name_sq, i.id limit $5`,
      [
        like(query.q),
        query.kept === undefined ? null : true,
        ...readNameCursor(query.cursor),
        query.limit + 1,
      ],
    )
    return paged(
      rows.map(({ towns, ...row }) => ({
        ...row,
        mayKeep: mayKeepProvider(tx.actor, { id: row.id, kind: row.kind, municipalities: towns }),
      })),
      query.limit,
    )
  },
})

export const readProviderEntry = endpoint({
  method: 'GET',
  url: '/api/providers/{id}',
  wire: {
    summary: 'One provider with its places; withheld places without any address',
    params: ProviderParams,
    reply: ProviderEntry,
  },
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<ProviderRow & { profile: ProviderEntry['profile'] }>(
      `select ${provider}, case when p.id is not null then jsonb_build_object('descriptionSq', p.description_sq, 'descriptionEn',
         p.description_en, 'website', p.website, 'email', p.email, 'phone', p.phone, 'licence', p.licence, 'licenceUntil', p.licence_until,
         'listed', p.listed, 'places', ${places}) end as profile
       from institution i left join provider p on p.id = i.id where i.id = $1 and i.active`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    const { towns, ...entry } = row
    return {
      ...entry,
      mayKeep: mayKeepProvider(tx.actor, { id: entry.id, kind: entry.kind, municipalities: towns }),
    }
  },
})

export const serviceEndpoints = [listServices, listProviders, readProviderEntry]
