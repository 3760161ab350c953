/** Registers of businesses, private employment agencies and tourism operators. */
import type { Instant, Uuid } from '#domain/core.ts'
import {
  type Business,
  decideAdoptCode,
  decideCorrectBusiness,
  decideEnterBusiness,
  decidePostContact,
  decideSanction,
  licenceAfter,
} from '#domain/prevention/business.ts'
import { keepsBusiness, sanctionsBusiness } from '#domain/prevention/policy.ts'
import {
  AdoptCode,
  type BusinessRow,
  type BusinessView,
  CorrectBusiness,
  EnterBusiness,
  ListBusinesses,
  PostContact,
  ReadBusiness,
  SanctionBusiness,
} from '#wire/prevention.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { invalid, notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'

const businessFor = async (tx: WriteTx, id: Uuid): Promise<Business> => {
  const read = `select id, version, kind, municipality, licence, code_adopted_on::text as "codeAdoptedOn",
      contact_posted_on::text as "contactPostedOn",
      (select count(*) from business_sanction s where s.business_id = business.id)::int as sanctions
    from business where id = $1`
  // Who may not change it may not lock it either: they are told so by the decision.
  const [locked] = await tx.sql<Business>(`${read} for update`, [id])
  const row = locked ?? (await tx.sql<Business>(read, [id]))[0]
  if (row === undefined) throw notFound()
  return row
}

export const enterBusiness = command('business.enter', EnterBusiness, async (tx, cmd) => {
  const [place] = await tx.sql('select 1 from municipality where code = $1', [cmd.body.municipality])
  if (place === undefined) throw invalid({ field: 'body.body.municipality', code: 'unknown_code' })
  const [twin] = await tx.sql<{ known: boolean }>('select business_known($1, $2) as known', [
    cmd.body.nipt,
    cmd.recordId,
  ])
  const decision = decideEnterBusiness(cmd.body, twin?.known === true, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'business', id: cmd.recordId, version: 0 }, decision.events)
  const { kind, name, nipt, sector, municipality, licence } = cmd.body
  await tx.sql(
    `insert into business (id, version, kind, name, nipt, sector, municipality, licence, institution_id, entered_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [cmd.recordId, version, kind, name, nipt, sector, municipality, licence, tx.actor.institutionId, tx.now],
  )
  return done({ recordId: cmd.recordId, version })
})

export const correctBusiness = command('business.correct', CorrectBusiness, async (tx, cmd) => {
  const business = await businessFor(tx, cmd.recordId)
  await mustBeFresh(tx, 'business', cmd, ['record'])
  const decision = decideCorrectBusiness(business, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'business', id: business.id, version: business.version },
    decision.events,
  )
  await tx.sql('update business set name = $2, sector = $3, version = $4 where id = $1', [
    business.id,
    cmd.body.name,
    cmd.body.sector,
    version,
  ])
  return done({ recordId: business.id, version })
})

export const adoptCode = command('business.adopt_code', AdoptCode, async (tx, cmd) => {
  const business = await businessFor(tx, cmd.recordId)
  const decision = decideAdoptCode(business, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'business', id: business.id, version: business.version },
    decision.events,
  )
  await tx.sql('update business set code_adopted_on = $2, code_measures = $3, version = $4 where id = $1', [
    business.id,
    cmd.body.on,
    cmd.body.measures,
    version,
  ])
  return done({ recordId: business.id, version })
})

export const postContact = command('business.post_contact', PostContact, async (tx, cmd) => {
  const business = await businessFor(tx, cmd.recordId)
  const decision = decidePostContact(business, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'business', id: business.id, version: business.version },
    decision.events,
  )
  await tx.sql('update business set contact_posted_on = $2, version = $3 where id = $1', [
    business.id,
    cmd.body.seen ? cmd.body.on : null,
    version,
  ])
  return done({ recordId: business.id, version })
})

/** The sanction is minted by the client; the business is named in the body, and its chain carries the event. */
export const sanctionBusiness = command('business.sanction', SanctionBusiness, async (tx, cmd) => {
  const { businessId, ...sanction } = cmd.body
  const business = await businessFor(tx, businessId)
  const [inspection] = await tx.sql(
    "select 1 from activity_record where id = $1 and business_id = $2 and kind = 'inspection' and struck_at is null",
    [sanction.inspectionId, business.id],
  )
  const decision = decideSanction(business, sanction, inspection !== undefined, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'business', id: business.id, version: business.version },
    decision.events,
  )
  await tx.sql(
    `insert into business_sanction (id, business_id, inspection_id, kind, on_day, ground, amount, institution_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      cmd.recordId,
      business.id,
      sanction.inspectionId,
      sanction.kind,
      sanction.on,
      sanction.ground,
      sanction.amount,
      tx.actor.institutionId,
      tx.now,
    ],
  )
  await tx.sql('update business set licence = $2, version = $3 where id = $1', [
    business.id,
    licenceAfter(business.licence, sanction.kind),
    version,
  ])
  return done({ recordId: cmd.recordId, version, reply: { businessId: business.id } })
})

/** Inspections a reader may not open are not counted for them: the record's own policy answers. */
export const rowSql = `b.id, b.version, b.kind, b.name, b.nipt, b.sector, b.municipality, b.licence,
  b.code_adopted_on::text as "codeAdoptedOn", b.contact_posted_on::text as "contactPostedOn",
  (select count(*) from activity_record r where r.business_id = b.id and r.struck_at is null)::int as inspections,
  (select count(*) from business_sanction s where s.business_id = b.id)::int as sanctions`

export const listBusinesses = endpoint({
  method: 'GET',
  url: '/api/businesses',
  wire: ListBusinesses,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<BusinessRow & { at: Instant }>(
      `select ${rowSql}, b.entered_at as at from business b
       where ($1::text is null or b.kind = $1) and ($2::timestamptz is null or (b.entered_at, b.id) < ($2, $3::uuid))
       order by b.entered_at desc, b.id desc limit $4`,
      [query.kind ?? null, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      items: page.map(({ at: _, ...row }) => row),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.at, last.id) : null,
    }
  },
})

export const readBusiness = endpoint({
  method: 'GET',
  url: '/api/businesses/{id}',
  wire: ReadBusiness,
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<BusinessRow & { codeMeasures: string | null }>(
      `select ${rowSql}, b.code_measures as "codeMeasures" from business b where b.id = $1`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    const [history, inspected] = await Promise.all([
      tx.sql<BusinessView['history'][number]>(
        `select id, kind, on_day::text as "on", ground, amount, inspection_id as "inspectionId" from business_sanction
         where business_id = $1 order by on_day desc, id desc limit 200`,
        [params.id],
      ),
      tx.sql<BusinessView['inspected'][number]>(
        `select id, title, from_day::text as "on" from activity_record where business_id = $1 and struck_at is null
         order by from_day desc, id desc limit 200`,
        [params.id],
      ),
    ])
    return {
      ...row,
      mayChange: keepsBusiness(tx.actor, row.municipality),
      maySanction: sanctionsBusiness(tx.actor),
      history,
      inspected,
    }
  },
})
