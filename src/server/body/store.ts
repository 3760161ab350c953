/** Bodies, meetings and recommendations as the domain sees them. What the reader may not see is not found. */

import type { Institution } from '#domain/body/members.ts'
import { runs } from '#domain/body/policy.ts'
import type { Body, Meeting, Recommendation, Seat } from '#domain/body/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import type { NoticeCode } from '#wire/notice.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

const seatColumns = `m.id, m.institution_code as institution, m.seat, i.role, i.code = any ((select answered_codes())::text[]) as answered, m.county, m.municipality, m.valid_from as "from", m.valid_to as "to"`
const seatsFrom = 'from body_member m join body_institution i on i.code = m.institution_code'

type BodyRow = Omit<Body, 'seats'> & { readonly code: string }
export interface LoadedBody extends Body {
  readonly code: string
}

export const loadBody = async (tx: Tx, id: Uuid): Promise<LoadedBody> => {
  const [rows, seats] = await Promise.all([
    tx.sql<BodyRow>(
      'select id, code, version, kind, county, municipality, anonymous from body where id = $1',
      [id],
    ),
    tx.sql<Seat>(`select ${seatColumns} ${seatsFrom} where m.body_id = $1 order by m.id`, [id]),
  ])
  const [row] = rows
  if (row === undefined) throw notFound()
  return { ...row, seats }
}

/** Whoever runs the body waits for others who do; its version and the numbers of its meetings go on from there. */
export const lockBody = async (tx: WriteTx, id: Uuid): Promise<LoadedBody> => {
  const seen = await loadBody(tx, id)
  if (!runs(tx.actor, seen.seats, tiranaDay(tx.now))) return seen
  await tx.sql('select 1 from body where id = $1 for update', [id])
  return loadBody(tx, id)
}

export const findInstitution = async (tx: Tx, code: string): Promise<Institution | null> => {
  const [row] = await tx.sql<Institution>('select code, role, level from body_institution where code = $1', [
    code,
  ])
  return row ?? null
}

/** The chain refuses whoever decided on an older version, so the row itself needs no lock. */
export const loadMeeting = async (tx: Tx, id: Uuid): Promise<Meeting & { readonly code: string }> => {
  const [row] = await tx.sql<Meeting & { readonly code: string }>(
    `select m.id, m.code, m.version, m.body_id as "bodyId", m.state, m.starts_at as "startsAt", m.held_on as "heldOn", m.minutes,
       m.minutes_by as "minutesBy",
       array(select member_id from body_meeting_seat s where s.meeting_id = m.id) as invited,
       array(select member_id from body_distribution d where d.meeting_id = m.id) as "distributedTo"
     from body_meeting m where m.id = $1`,
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}

export const loadRecommendation = async (tx: Tx, id: Uuid): Promise<Recommendation> => {
  const [row] = await tx.sql<Omit<Recommendation, 'owner'> & { owner: Recommendation['owner'] }>(
    `select r.id, r.version, r.body_id as "bodyId", r.made_on as "madeOn", r.due_on as "dueOn", r.status, r.done_on as "doneOn",
       jsonb_build_object('code', r.owner_code, 'role', i.role, 'answered', i.code = any ((select answered_codes())::text[]), 'county', r.owner_county, 'municipality', r.owner_municipality) as owner
     from body_recommendation r join body_institution i on i.code = r.owner_code where r.id = $1`,
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}

/** The body of a recommendation, where it is the reader's to see. */
export const loadBodyIfSeen = async (tx: Tx, id: Uuid): Promise<Body | null> => {
  const [seen] = await tx.sql('select 1 from body where id = $1', [id])
  return seen === undefined ? null : loadBody(tx, id)
}

interface Told {
  readonly code: NoticeCode
  readonly recordKind: 'body' | 'body_meeting' | 'body_recommendation'
  readonly recordId: Uuid
  readonly label: string
}
const notices = (
  places: string,
) => `insert into notice (id, at, unit_id, role, code, record_kind, record_id, label)
  select gen_random_uuid(), $1, x.unit_id, x.role, $2, $3, $4, $5 from (
    select distinct u.unit_id, u.role from (${places}) p
      join app_user u on u.active and u.role in (p.role, 'plan_officer') join unit n on n.id = u.unit_id and n.active
     where u.role = p.role and (p.county is null or p.county = n.county)
         and (p.municipality is null or p.municipality = n.municipality)
       or u.role = 'plan_officer' and exists (select 1 from plan_body b join institution o on o.id = n.institution_id
         where b.code = p.plan_body and (b.institution_id = o.id or o.kind = any (b.institution_kinds)))
     limit 500) x`

/** A notice to each unit that acts for one of these seats: a code, never a name. */
export const tellSeats = async (tx: WriteTx, told: Told, seatIds: readonly Uuid[]): Promise<void> => {
  await tx.sql(
    notices(
      `select i.plan_body, i.role, m.county, m.municipality ${seatsFrom} where m.id = any ($6::uuid[])`,
    ),
    [tx.now, told.code, told.recordKind, told.recordId, told.label, seatIds],
  )
}

/** To those who act for the owner of a recommendation. */
export const tellOwner = async (
  tx: WriteTx,
  told: Told,
  owner: { readonly code: string; readonly county: string | null; readonly municipality: string | null },
): Promise<void> => {
  await tx.sql(
    notices(
      'select i.plan_body, i.role, $7::text as county, $8::text as municipality from body_institution i where i.code = $6',
    ),
    [
      tx.now,
      told.code,
      told.recordKind,
      told.recordId,
      told.label,
      owner.code,
      owner.county,
      owner.municipality,
    ],
  )
}
