/** Meetings and recommendations as they are read. */

import { runs, votes } from '#domain/body/policy.ts'
import { lateness } from '#domain/body/recommendation.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import {
  GetMeeting,
  ListMeetings,
  ListRecommendations,
  type MeetingSummary,
  type MeetingView,
  type RecommendationView,
} from '#wire/meeting.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { membersOf } from './read.ts'
import { loadBody } from './store.ts'

const summary = `m.id, m.code, m.body_id as "bodyId", m.state, m.starts_at as "startsAt", m.place, m.joint_with as "jointWith",
  m.held_on as "heldOn", m.minutes, m.distributed_at as "distributedAt",
  (select count(*) from body_meeting_seat s where s.meeting_id = m.id)::int as invited,
  (select count(*) from body_meeting_seat s where s.meeting_id = m.id and s.outcome = 'present')::int as present,
  (select count(*) from body_meeting_seat s where s.meeting_id = m.id and s.outcome = 'absent')::int as absent,
  (select count(*) from body_meeting_seat s where s.meeting_id = m.id and s.outcome = 'excused')::int as excused`

export const listMeetings = endpoint({
  method: 'GET',
  url: '/api/bodies/{id}/meetings',
  wire: ListMeetings,
  handle: async (tx, { params, query }) => {
    const after = readCursor(query.cursor)
    await loadBody(tx, params.id)
    const rows = await tx.sql<MeetingSummary>(
      `select ${summary} from body_meeting m where m.body_id = $1 and ($2::timestamptz is null or (m.starts_at, m.id) < ($2, $3::uuid))
       order by m.starts_at desc, m.id desc limit $4`,
      [params.id, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items,
      next: last !== undefined && rows.length > query.limit ? cursorOf(last.startsAt, last.id) : null,
    }
  },
})

type MeetingRow = Omit<MeetingView, 'body' | 'seats' | 'text' | 'decisions' | 'mayRun' | 'mayApprove'> & {
  readonly minutesBy: string | null
  readonly body: MeetingView['body']
}
type SeatRow = Omit<MeetingView['seats'][number], 'member'> & { readonly memberId: string }

export const getMeeting = endpoint({
  method: 'GET',
  url: '/api/meetings/{id}',
  wire: GetMeeting,
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<MeetingRow>(
      `select ${summary}, m.version, m.agenda, m.reason, m.nothing_to_correct as "nothingToCorrect", m.minutes_by as "minutesBy",
         case when m.people_present is not null then jsonb_build_object('present', m.people_present, 'absent', m.people_absent,
           'excused', m.people_excused) end as people,
         (select display_name from app_user where id = m.minutes_by) as "minutesByName",
         (select display_name from app_user where id = m.approved_by) as "approvedByName", m.approved_at as "approvedAt",
         jsonb_build_object('id', b.id, 'code', b.code, 'nameSq', b.name_sq, 'nameEn', b.name_en, 'anonymous', b.anonymous,
           'county', b.county, 'municipality', b.municipality) as body
       from body_meeting m join body b on b.id = m.body_id where m.id = $1`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    const [body, members, seats, minutes] = await Promise.all([
      loadBody(tx, row.bodyId),
      membersOf(tx, row.bodyId),
      tx.sql<SeatRow>(
        `select s.member_id as "memberId", s.outcome, s.persons, d.at as "sentAt" from body_meeting_seat s
         left join body_distribution d on d.meeting_id = s.meeting_id and d.member_id = s.member_id where s.meeting_id = $1`,
        [params.id],
      ),
      tx.sql<{ text: string; decisions: string[] }>(
        'select text, decisions from body_minutes where meeting_id = $1',
        [params.id],
      ),
    ])
    const { minutesBy, ...shown } = row
    const today = tiranaDay(tx.now)
    recordAccess(tx, { act: 'read', kind: 'body_meeting', ids: [row.id], tier: 'T2' })
    return {
      ...shown,
      seats: members.flatMap((member) => {
        const seat = seats.find((one) => one.memberId === member.id)
        return seat === undefined
          ? []
          : [{ member, outcome: seat.outcome, persons: seat.persons, sentAt: seat.sentAt }]
      }),
      text: minutes[0]?.text ?? null,
      decisions: minutes[0]?.decisions ?? [],
      mayRun: runs(tx.actor, body.seats, today),
      mayApprove:
        row.minutes === 'draft' && minutesBy !== tx.actor.userId && votes(tx.actor, body.seats, today),
    }
  },
})

type RecommendationRow = Omit<RecommendationView, 'daysLate' | 'mayRun'> & { readonly runs: boolean }

export const listRecommendations = endpoint({
  method: 'GET',
  url: '/api/recommendations',
  wire: ListRecommendations,
  handle: async (tx, { query }) => {
    const asOf = query.asOf ?? tiranaDay(tx.now)
    const after = readCursor(query.cursor)
    const rows = await tx.sql<RecommendationRow>(
      `select r.id, r.version, r.code, r.kind, r.text, r.meeting_id as "meetingId", r.made_on as "madeOn", r.due_on as "dueOn", r.status,
         r.note, r.done_on as "doneOn",
         case when b.id is not null then jsonb_build_object('id', b.id, 'code', b.code, 'nameSq', b.name_sq, 'nameEn', b.name_en) end as body,
         jsonb_build_object('code', i.code, 'nameSq', i.name_sq, 'nameEn', i.name_en, 'placeName', coalesce(t.name, c.name)) as owner,
         owns_recommendation(r.owner_code, r.owner_county, r.owner_municipality) as mine,
         r.body_id = any ((select sat_bodies(array['chair', 'secretary']))::uuid[]) as runs
       from body_recommendation r join body_institution i on i.code = r.owner_code left join body b on b.id = r.body_id
         left join county c on c.code = r.owner_county left join municipality t on t.code = r.owner_municipality
       where r.made_on <= $1 and ($2::uuid is null or r.body_id = $2) and ($3::uuid is null or r.meeting_id = $3)
         and ($4::boolean is null or owns_recommendation(r.owner_code, r.owner_county, r.owner_municipality) = $4)
         and ($5 = 'all' or (r.status in ('OPEN', 'IN_PROGRESS') or r.done_on > $1) and ($5 = 'open' or r.due_on < $1))
         and ($6::date is null or (r.due_on, r.id) > ($6, $7::uuid))
       order by r.due_on, r.id limit $8`,
      [
        asOf,
        query.bodyId ?? null,
        query.meetingId ?? null,
        query.mine === undefined ? null : query.mine === 'true',
        query.status,
        after === null ? null : after.at.slice(0, 10),
        after?.id ?? null,
        query.limit + 1,
      ],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items: items.map(({ runs: mayRun, ...row }) => ({ ...row, mayRun, daysLate: lateness(row, asOf) })),
      next:
        last !== undefined && rows.length > query.limit ? cursorOf(`${last.dueOn}T00:00:00Z`, last.id) : null,
    }
  },
})
