/**
 * The entities of Open Referral HSDS 3.0 made from the directory's rows: what each column becomes, and what is left out because the
 * standard has no nulls.
 */

import type { Language } from '#wire/words/index.ts'
import { derivedId } from '../ids.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'

export type Made = { id: string } & Record<string, unknown>

/** Parts that have no row of their own here have an id by what they are, always the same. */
const idOf = (...what: readonly string[]): string => derivedId(what.join(' '))
export const termId = (service: string) => idOf('term', service)

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

export interface OrganizationRow {
  id: string
  nameSq: string
  nameEn: string
  descriptionSq: string
  descriptionEn: string
  website: string | null
  email: string | null
  phone: string | null
}
export const organizationColumns = `p.id, i.name_sq as "nameSq", i.name_en as "nameEn", p.description_sq as "descriptionSq",
  p.description_en as "descriptionEn", p.website, p.email, p.phone`
export const organization = (lang: Language, row: OrganizationRow): Made =>
  given({
    id: row.id,
    ...named(lang, row),
    ...described(lang, row),
    email: row.email,
    website: row.website,
    phones: phones(row.id, row.phone),
  })

export interface PlaceRow {
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
export const placeColumns = `l.id, l.provider_id as "providerId", l.name_sq as "nameSq", l.name_en as "nameEn", m.name as town,
  c.name as county, l.address, l.postal_code as "postalCode", l.latitude, l.longitude`
export const placeTables =
  'provider_place l join municipality m on m.code = l.municipality join county c on c.code = m.county join provider p on p.id = l.provider_id'
export const location = (lang: Language, row: PlaceRow): Made =>
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

export interface ServiceRow {
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
export const serviceColumns = `s.id, s.provider_id as "providerId", s.service, s.name_sq as "nameSq", s.name_en as "nameEn",
  s.description_sq as "descriptionSq", s.description_en as "descriptionEn", s.how_sq as "howSq", s.how_en as "howEn",
  s.min_age as "minAge", s.max_age as "maxAge", s.free, s.fees, s.languages, s.phone, s.days,
  to_char(s.opens_at, 'HH24:MI') as "opensAt", to_char(s.closes_at, 'HH24:MI') as "closesAt", s.status, s.verified_on as "verifiedOn",
  s.updated_at as "updatedAt",
  coalesce((select jsonb_agg(jsonb_build_object('code', a.code, 'name', coalesce(m.name, c.name)) order by a.n)
    from unnest(s.areas) with ordinality a (code, n) left join municipality m on m.code = a.code left join county c on c.code = a.code), '[]') as areas,
  coalesce((select jsonb_agg(to_jsonb(one)) from (select ${placeColumns} from ${placeTables} where l.id = any (s.places) order by l.name_sq) one), '[]') as places,
  s.places as "placeIds", (select to_jsonb(one) from (select ${organizationColumns}) one) as organization`
export const serviceTables =
  'provider_service s join provider p on p.id = s.provider_id join institution i on i.id = p.id'

const YEAR = 365 * 86_400_000
/** How long one waits there, by the last year: reckoned once for all of a page. */
export const withWaits = async (tx: Tx, rows: readonly ServiceRow[]): Promise<readonly ServiceRow[]> => {
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
    fees_description: row.free ? say(lang, 'publicPages.service_free') : row.fees,
    minimum_age: row.minAge,
    maximum_age: row.maxAge,
    wait_time:
      row.waitDays === null || row.waitDays === undefined
        ? null
        : say(lang, 'publicPages.service_wait', { count: row.waitDays }),
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
export const whole = (lang: Language, row: ServiceRow): Made => ({
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
export const term = (lang: Language, code: string): Made => ({
  id: termId(code),
  code,
  name: say(lang, `casePage.service_${code}`),
  description: say(lang, `casePage.service_${code}`),
  taxonomy: 'mburoja-services',
  language: lang,
})
