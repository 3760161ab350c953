/** Commands that keep the directory of services. */
import { dueAt } from '#domain/clock/due.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import {
  decideServiceStatus,
  decideSetProvider,
  decideSetService,
  decideVerifyService,
  type Provider,
  type ServiceStatus,
} from '#domain/services/provider.ts'
import { SetProvider, SetService, SetServiceStatus, VerifyService } from '#wire/services.ts'
import { append } from '../append.ts'
import { getRule } from '../clock/law.ts'
import { type Command, command, done, mustBeFresh, mustBeFreshOrNew, refused } from '../command.ts'
import { invalid, notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

interface Known extends Provider {
  /** 0 before its first profile. */
  readonly version: number
  readonly places: readonly { readonly id: Uuid; readonly municipality: string; readonly used: boolean }[]
}
interface Service {
  readonly version: number
  readonly providerId: Uuid
  readonly status: ServiceStatus
}

const hold = (tx: WriteTx, id: Uuid) =>
  tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 32))', [id.toLowerCase()])

const readProvider = async (tx: Tx, id: Uuid): Promise<Known | undefined> => {
  const [row] = await tx.sql<Omit<Known, 'municipalities'>>(
    `select i.id, i.kind, coalesce(p.version, 0) as version, coalesce((select jsonb_agg(jsonb_build_object('id', l.id,
       'municipality', l.municipality, 'used', l.used)) from provider_place l where l.provider_id = i.id), '[]') as places
     from institution i left join provider p on p.id = i.id where i.id = $1 and i.active`,
    [id],
  )
  return row && { ...row, municipalities: row.places.map((place) => place.municipality) }
}

/** Until when an entry found right today is to be checked again; null while the rule is off. */
const nextCheck = async (tx: WriteTx): Promise<Day | null> => {
  const { rule, holidays } = await getRule(tx, 'D37', tiranaDay(tx.now))
  const due = rule.enabled ? dueAt(rule, tx.now, holidays) : null
  return due === null ? null : tiranaDay(due)
}

const mustBeKnown = async (tx: Tx, sql: string, values: readonly unknown[], field: string): Promise<void> => {
  const [row] = await tx.sql<{ unknown: number | null }>(sql, [values])
  const at = row?.unknown ?? null
  if (at !== null) throw invalid({ field: field.replace('*', String(at - 1)), code: 'unknown_code' })
}
const first = (from: string, known: string) =>
  `select min(n)::integer as unknown from unnest($1::${from}[]) with ordinality a (code, n) where code is not null and not (${known})`

export const setProvider = command('service.set_provider', SetProvider, async (tx, cmd) => {
  const { body, recordId: id } = cmd
  await hold(tx, id)
  const provider = await readProvider(tx, id)
  if (provider === undefined) throw notFound()
  const places = body.places.map((place) => ({ ...place, id: place.id.toLowerCase() }))
  await mustBeKnown(
    tx,
    first('text', 'exists (select 1 from municipality m where m.code = a.code)'),
    places.map((place) => place.municipality),
    'body.body.places.*.municipality',
  )
  await mustBeKnown(
    tx,
    first('uuid', 'exists (select 1 from unit u where u.id = a.code and u.active)'),
    places.map((place) => place.unitId),
    'body.body.places.*.unitId',
  )
  const decision = decideSetProvider(provider, { ...body, places }, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (provider.version > 0) await mustBeFreshOrNew(tx, 'provider', cmd, ['entry'])
  const version = await append(tx, { kind: 'provider', id, version: provider.version }, decision.events)
  await tx.sql(
    `insert into provider (id, version, description_sq, description_en, website, email, phone, licence, licence_until, listed, updated_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (id) do update set version = excluded.version, description_sq = excluded.description_sq,
       description_en = excluded.description_en, website = excluded.website, email = excluded.email, phone = excluded.phone,
       licence = excluded.licence, licence_until = excluded.licence_until, listed = excluded.listed, updated_on = excluded.updated_on`,
    [
      id,
      version,
      body.descriptionSq,
      body.descriptionEn,
      body.website,
      body.email,
      body.phone,
      body.licence,
      body.licenceUntil,
      body.listed,
      tiranaDay(tx.now),
    ],
  )
  await tx.sql(
    `insert into provider_place (id, provider_id, name_sq, name_en, municipality, unit_id, withheld, address, postal_code, latitude, longitude)
     select r.id, $1, r."nameSq", r."nameEn", r.municipality, r."unitId", r.withheld, r.address, r."postalCode", r.latitude, r.longitude
     from jsonb_to_recordset($2::jsonb) as r (id uuid, "nameSq" text, "nameEn" text, municipality text, "unitId" uuid, withheld boolean,
       address text, "postalCode" text, latitude double precision, longitude double precision)
     on conflict (id) do update set name_sq = excluded.name_sq, name_en = excluded.name_en, municipality = excluded.municipality,
       unit_id = excluded.unit_id, withheld = excluded.withheld, address = excluded.address, postal_code = excluded.postal_code,
       latitude = excluded.latitude, longitude = excluded.longitude, used = true`,
    [id, JSON.stringify(places)],
  )
  await tx.sql(
    'update provider_place set used = false where provider_id = $1 and used and id <> all ($2::uuid[])',
    [id, places.map((place) => place.id)],
  )
  return done({ recordId: id, version })
})

const readService = async (tx: WriteTx, id: Uuid): Promise<Service | undefined> => {
  await hold(tx, id)
  const [row] = await tx.sql<Service>(
    'select version, provider_id as "providerId", status from provider_service where id = $1',
    [id],
  )
  return row
}

export const setService = command('service.set', SetService, async (tx, cmd) => {
  const { body } = cmd
  const known = await readService(tx, cmd.recordId)
  const provider = await readProvider(tx, known?.providerId ?? body.providerId)
  if (provider === undefined || provider.version === 0)
    throw invalid({ field: 'body.body.providerId', code: 'unknown_code' })
  if (known !== undefined && known.providerId !== body.providerId.toLowerCase())
    throw invalid({ field: 'body.body.providerId', code: 'unknown_code' })
  await mustBeKnown(
    tx,
    first(
      'text',
      'exists (select 1 from municipality m where m.code = a.code) or exists (select 1 from county c where c.code = a.code)',
    ),
    body.areas,
    'body.body.areas.*',
  )
  const offered = { ...body, places: body.places.map((id) => id.toLowerCase()) }
  const checkDue = await nextCheck(tx)
  const decision = decideSetService(provider, offered, checkDue, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (known !== undefined) await mustBeFreshOrNew(tx, 'provider_service', cmd, ['entry'])
  const version = await append(
    tx,
    { kind: 'provider_service', id: cmd.recordId, version: known?.version ?? 0 },
    decision.events,
  )
  await tx.sql(
    `insert into provider_service (id, version, provider_id, service, name_sq, name_en, description_sq, description_en, how_sq, how_en,
       min_age, max_age, free, fees, languages, areas, places, phone, days, opens_at, closes_at, status, verified_on, check_due, updated_at)
     select $1, $2, r."providerId", r.service, r."nameSq", r."nameEn", r."descriptionSq", r."descriptionEn", r."howSq", r."howEn",
       r."minAge", r."maxAge", r.free, r.fees, r.languages, r.areas, r.places, r.phone, r.days, r."opensAt", r."closesAt", 'active', $4, $5, $6
     from jsonb_to_record($3::jsonb) as r ("providerId" uuid, service text, "nameSq" text, "nameEn" text, "descriptionSq" text,
       "descriptionEn" text, "howSq" text, "howEn" text, "minAge" smallint, "maxAge" smallint, free boolean, fees text,
       languages text[], areas text[], places uuid[], phone text, days text[], "opensAt" time, "closesAt" time)
     on conflict (id) do update set version = excluded.version, service = excluded.service, name_sq = excluded.name_sq,
       name_en = excluded.name_en, description_sq = excluded.description_sq, description_en = excluded.description_en,
       how_sq = excluded.how_sq, how_en = excluded.how_en, min_age = excluded.min_age, max_age = excluded.max_age,
       free = excluded.free, fees = excluded.fees, languages = excluded.languages, areas = excluded.areas, places = excluded.places,
       phone = excluded.phone, days = excluded.days, opens_at = excluded.opens_at, closes_at = excluded.closes_at,
       verified_on = excluded.verified_on, check_due = excluded.check_due, updated_at = excluded.updated_at`,
    [cmd.recordId, version, JSON.stringify(offered), tiranaDay(tx.now), checkDue, tx.now],
  )
  return done({ recordId: cmd.recordId, version })
})

/** The entry and its keeper's institution, for an act on an entry that exists. */
const kept = async (tx: WriteTx, cmd: Command<unknown>) => {
  const service = await readService(tx, cmd.recordId)
  const provider = service && (await readProvider(tx, service.providerId))
  if (service === undefined || provider === undefined) throw notFound()
  return { service, provider }
}

export const verifyService = command('service.verify', VerifyService, async (tx, cmd) => {
  const { service, provider } = await kept(tx, cmd)
  const checkDue = await nextCheck(tx)
  const decision = decideVerifyService(provider, service.status, checkDue, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await mustBeFresh(tx, 'provider_service', cmd, ['entry'])
  const { recordId: id } = cmd
  const version = await append(
    tx,
    { kind: 'provider_service', id, version: service.version },
    decision.events,
  )
  await tx.sql(
    'update provider_service set version = $2, verified_on = $3, check_due = $4, updated_at = $5 where id = $1',
    [id, version, tiranaDay(tx.now), checkDue, tx.now],
  )
  return done({ recordId: id, version })
})

export const setServiceStatus = command('service.set_status', SetServiceStatus, async (tx, cmd) => {
  const { service, provider } = await kept(tx, cmd)
  const decision = decideServiceStatus(provider, service.status, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await mustBeFresh(tx, 'provider_service', cmd, ['entry'])
  const { recordId: id } = cmd
  const version = await append(
    tx,
    { kind: 'provider_service', id, version: service.version },
    decision.events,
  )
  await tx.sql('update provider_service set version = $2, status = $3, updated_at = $4 where id = $1', [
    id,
    version,
    cmd.body.status,
    tx.now,
  ])
  return done({ recordId: id, version })
})

export const serviceCommands = [setProvider, setService, verifyService, setServiceStatus]
