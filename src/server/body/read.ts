/** Bodies as they are read: what the reader sits in, and all below. */
import { runs, sits } from '#domain/body/policy.ts'
import type { Seat } from '#domain/body/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import {
  type BodySummary,
  type BodyView,
  GetBody,
  type InstitutionView,
  ListBodies,
  ListInstitutions,
  ListObligations,
  type MemberView,
} from '#wire/body.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { heldBy, obligationRows, standing, viewObligation } from './duties.ts'

type Row = Omit<BodySummary, 'mayRun' | 'sits' | 'overdue' | 'missed'>
/** Somebody in this register speaks for the institution: by role, or as its reporting officer. */
const acts = `(i.role is not null or exists (select from plan_body b where b.code = i.code and (b.institution_id is not null
  or exists (select from institution o where o.kind = any (b.institution_kinds)))))`
const seatsOf = 'from body_member m join body_institution i on i.code = m.institution_code'

export const listBodies = endpoint({
  method: 'GET',
  url: '/api/bodies',
  wire: ListBodies,
  handle: async (tx, { query }) => {
    const today = tiranaDay(tx.now)
    const asOf = query.asOf ?? today
    const [rows, taken, obligations, held] = await Promise.all([
      tx.sql<Row>(
        `select b.id, b.code, b.name_sq as "nameSq", b.name_en as "nameEn", b.kind, b.parent_id as "parentId", b.county,
           b.municipality, b.anonymous,
           (select jsonb_build_object('id', m.id, 'startsAt', to_char(m.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
              from body_meeting m where m.body_id = b.id and m.state = 'CONVENED' and m.starts_at >= $2 order by m.starts_at limit 1)
             as "nextMeeting",
           (select max(m.held_on) from body_meeting m where m.body_id = b.id and m.held_on <= $1) as "lastHeldOn",
           coalesce(r.open, 0)::int as "openRecommendations", coalesce(r.late, 0)::int as "lateRecommendations"
         from body b left join (
           select body_id, count(*) as open, count(*) filter (where due_on < $1) as late from body_recommendation
           where made_on <= $1 and (status in ('OPEN', 'IN_PROGRESS') or done_on > $1) group by body_id) r on r.body_id = b.id
         order by b.code limit 500`,
        [asOf, tx.now],
      ),
      tx.sql<Seat & { bodyId: Uuid }>(
        `select m.body_id as "bodyId", m.seat, i.role, i.code = any ((select answered_codes())::text[]) as answered, m.county, m.municipality, m.valid_from as "from", m.valid_to as "to"
         ${seatsOf} where i.role = (select me_role()) or i.code = any ((select answered_codes())::text[])`,
      ),
      obligationRows(tx, asOf, null),
      heldBy(tx, null),
    ])
    const mine = Map.groupBy(taken, (seat) => seat.bodyId)
    const counts = new Map<Uuid, { overdue: number; missed: number }>()
    for (const row of obligations) {
      const { state, missed } = standing(row, held, asOf)
      const count = counts.get(row.bodyId) ?? { overdue: 0, missed: 0 }
      counts.set(row.bodyId, {
        overdue: count.overdue + (state === 'overdue' ? 1 : 0),
        missed: count.missed + (missed ? 1 : 0),
      })
    }
    return {
      items: rows.map((row) => ({
        ...row,
        ...(counts.get(row.id) ?? { overdue: 0, missed: 0 }),
        mayRun: runs(tx.actor, mine.get(row.id) ?? [], today),
        sits: sits(tx.actor, mine.get(row.id) ?? [], today),
      })),
      asOf,
      next: null,
    }
  },
})

export const listInstitutions = endpoint({
  method: 'GET',
  url: '/api/body-institutions',
  wire: ListInstitutions,
  handle: async (tx) => ({
    items: await tx.sql<InstitutionView>(
      `select code, name_sq as "nameSq", name_en as "nameEn", level, ${acts} as acts from body_institution i order by code`,
    ),
    next: null,
  }),
})

export const listObligations = endpoint({
  method: 'GET',
  url: '/api/obligations-to-meet',
  wire: ListObligations,
  handle: async (tx, { query }) => {
    const asOf = query.asOf ?? tiranaDay(tx.now)
    const after = readCursor(query.cursor)
    const [rows, held] = await Promise.all([
      obligationRows(tx, asOf, query.bodyId ?? null),
      heldBy(tx, query.bodyId ?? null),
    ])
    const wanted = rows
      .map((row) => viewObligation(row, held, asOf))
      .filter(({ state }) => {
        if (query.state === 'all') return true
        return query.state === 'overdue' ? state === 'overdue' : state !== 'met' && state !== 'met_late'
      })
    const from = wanted.findIndex(
      (one) => after === null || `${one.dueOn} ${one.id}` > `${after.at.slice(0, 10)} ${after.id}`,
    )
    const items = from < 0 ? [] : wanted.slice(from, from + query.limit)
    const last = items.at(-1)
    const more = last !== undefined && from + items.length < wanted.length
    return {
      items,
      total: wanted.length,
      next: more ? cursorOf(`${last.dueOn}T00:00:00Z`, last.id) : null,
    }
  },
})

const memberColumns = `m.id, m.county, m.municipality, coalesce(t.name, c.name) as "placeName", m.seat, m.office_sq as "officeSq",
  m.office_en as "officeEn", n.official_name as "officialName", m.valid_from as "from", m.valid_to as "to",
  jsonb_build_object('code', i.code, 'nameSq', i.name_sq, 'nameEn', i.name_en, 'level', i.level, 'acts', ${acts}) as institution`
const membersFrom = `${seatsOf} left join body_member_named n on n.member_id = m.id
  left join county c on c.code = m.county left join municipality t on t.code = m.municipality`
const seatOrder = `array_position(array['chair', 'secretary', 'member', 'observer'], m.seat), i.name_sq, m.municipality, m.id`

/** Seats of one body, those that ended last. */
export const membersOf = (tx: Tx, bodyId: Uuid): Promise<MemberView[]> =>
  tx.sql<MemberView>(
    `select ${memberColumns} ${membersFrom} where m.body_id = $1 order by m.valid_to is not null, ${seatOrder} limit 300`,
    [bodyId],
  )

type BodyRow = Omit<BodyView, 'mayRun' | 'members' | 'duties' | 'obligations'>

export const getBody = endpoint({
  method: 'GET',
  url: '/api/bodies/{id}',
  wire: GetBody,
  handle: async (tx, { params, query }) => {
    const today = tiranaDay(tx.now)
    const asOf = query.asOf ?? today
    const [rows, taken, members, duties, obligations, held] = await Promise.all([
      tx.sql<BodyRow>(
        `select b.id, b.version, b.code, b.name_sq as "nameSq", b.name_en as "nameEn", b.kind, b.county, b.municipality, b.anonymous,
           b.people_counted as people, b.counted_on as "countedOn", b.valid_from as "validFrom", b.valid_to as "validTo", b.source,
           case when p.id is not null then jsonb_build_object('id', p.id, 'code', p.code, 'nameSq', p.name_sq, 'nameEn', p.name_en) end
             as parent,
           coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'code', d.code, 'nameSq', d.name_sq, 'nameEn', d.name_en)
             order by d.code) from body d where d.parent_id = b.id), '[]') as below
         from body b left join body p on p.id = b.parent_id where b.id = $1`,
        [params.id],
      ),
      tx.sql<Seat>(
        `select m.seat, i.role, i.code = any ((select answered_codes())::text[]) as answered, m.county, m.municipality, m.valid_from as "from", m.valid_to as "to" ${seatsOf}
         where m.body_id = $1 and (i.role = (select me_role()) or i.code = any ((select answered_codes())::text[]))`,
        [params.id],
      ),
      membersOf(tx, params.id),
      tx.sql<BodyView['duties'][number]>(
        'select rule, period, proof, since from body_duty where body_id = $1 order by rule',
        [params.id],
      ),
      obligationRows(tx, asOf, params.id),
      heldBy(tx, params.id),
    ])
    const [row] = rows
    if (row === undefined) throw notFound()
    recordAccess(tx, { act: 'read', kind: 'body', ids: [row.id], tier: 'T2' })
    return {
      ...row,
      mayRun: runs(tx.actor, taken, today),
      members,
      duties,
      obligations: obligations
        .map((one) => viewObligation(one, held, asOf))
        .reverse()
        .slice(0, 40),
    }
  },
})
