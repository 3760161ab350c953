/** Trainings as their readers see them. */
import type { Instant } from '#domain/core.ts'
import { ListTrainings, ReadTraining, type TrainingRow, type TrainingView } from '#wire/prevention.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { dayCursor } from './place.ts'

/** Participants are counted by the table's own policy: readers of another body find none and are told null. */
export const rowSql = `t.id, t.version, t.title, t.topic, t.mode, t.from_day::text as "from", t.to_day::text as "to", t.sessions,
  t.municipality, t.organiser, jsonb_build_object('id', i.id, 'nameSq', i.name_sq, 'nameEn', i.name_en) as institution,
  t.institution_id = me_institution() as own, t.struck_at is not null as struck,
  case when t.institution_id = me_institution() then
    (select count(*) from training_participation a where a.training_id = t.id)::int end as participants`

export const listTrainings = endpoint({
  method: 'GET',
  url: '/api/trainings',
  wire: ListTrainings,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<TrainingRow>(
      `select ${rowSql} from training t join institution i on i.id = t.institution_id
       where ($1::text is null or t.topic = $1) and ($2::date is null or (t.from_day, t.id) < ($2, $3::uuid))
       order by t.from_day desc, t.id desc limit $4`,
      [query.topic ?? null, after?.at.slice(0, 10) ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items,
      next:
        rows.length > query.limit && last !== undefined
          ? cursorOf(dayCursor(last.from) as Instant, last.id)
          : null,
    }
  },
})

export const readTraining = endpoint({
  method: 'GET',
  url: '/api/trainings/{id}',
  wire: ReadTraining,
  handle: async (tx, { params, identity }) => {
    const [row] = await tx.sql<Omit<TrainingView, 'people'>>(
      `select ${rowSql}, t.curriculum, t.venue, t.funder,
         case when t.plan_id is not null then jsonb_build_object('planId', t.plan_id, 'uid', t.activity_uid) end as plan
       from training t join institution i on i.id = t.institution_id where t.id = $1`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    const people = await tx.sql<TrainingView['people'][number]>(
      `select p.id as "professionalId", concat_ws(' ', n.given_name, n.family_name) as name, p.sector, p.sex,
         coalesce(p.employer, case when $2 = 'sq' then i.name_sq else i.name_en end) as employer,
         a.role, a.attended, a.before, a.after
       from training_participation a join professional p on p.id = a.professional_id join professional_named n on n.id = p.id
         left join institution i on i.id = p.institution_id
       where a.training_id = $1 order by n.family_name, n.given_name, p.id limit 1000`,
      [params.id, identity.language],
    )
    if (people.length > 0) recordAccess(tx, { act: 'read', kind: 'training', ids: [params.id], tier: 'T2' })
    return { ...row, people }
  },
})
