/** Meetings of the technical group as each reader may see them. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { calendarFile } from '#domain/body/calendar.ts'
import {
  type Conferences,
  type Invitation,
  ListInvitations,
  ReadAttendance,
  ReadConferences,
} from '#wire/case.ts'
import { Problem as ProblemShape, uuid } from '#wire/envelope.ts'
import { recordAccess } from '../access.ts'
import type { Context } from '../context.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint, requireIdentity } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { parse } from '../shape.ts'
import { withTx } from '../tx.ts'
import { say } from '../words.ts'
import { tierOf } from './opened.ts'
import { getCase } from './store.ts'
import { textsOf } from './texts.ts'

const bilingual = (alias: string) => `json_build_object('sq', ${alias}.name_sq, 'en', ${alias}.name_en)`
const placeSql = (alias: string) => `json_build_object('id', ${alias}.id, 'name', ${bilingual(alias)})`

/** A case meets seldom; this many are shown, the newest. */
const MEETINGS = 100

const readConferences = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/conferences',
  wire: ReadConferences,
  handle: async (tx, { params }) => {
    const s = await getCase(tx, params.id)
    const [calls, held, resolutions] = await Promise.all([
      tx.sql<NonNullable<Conferences['call']>>(
        `select c.id, c.planned_at as "plannedAt", c.place, c.postponed, (
           select json_agg(json_build_object('id', i.id, 'unit', ${placeSql('u')}, 'institutionId', i.institution_id,
             'answer', i.answer, 'answeredAt', to_char(i.answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
             order by u.name_sq) from conference_invitation i join unit u on u.id = i.unit_id where i.conference_id = c.id
         ) as invitations from conference_call c where c.case_id = $1 and c.state = 'open'`,
        [s.id],
      ),
      tx.sql<Omit<Conferences['held'][number], 'minutes' | 'childWords'>>(
        `select k.id, k.held_on as "heldOn", k.quorate, k.sealed, k.child_part as "childPart", k.child_why_not as "childWhyNot",
           k.family_part as "familyPart", k.family_why_not as "familyWhyNot", k.decisions, coalesce((
             select json_agg(json_build_object('institution', ${placeSql('i')}, 'present', a.present, 'deputy', a.deputy,
               'absence', a.absence) order by a.present desc, i.name_sq)
             from case_attendance a join institution i on i.id = a.institution_id where a.conference_id = k.id), '[]') as attendance,
           exists (select 1 from plan p where p.conference_id = k.id) as "approvedPlan"
         from case_conference k where k.case_id = $1 order by k.held_on desc, k.at desc limit $2`,
        [s.id, MEETINGS],
      ),
      tx.sql<Omit<Conferences['resolutions'][number], 'text'>>(
        `select r.id, r.conference_id as "conferenceId", r.service, r.due, r.action_id as "actionId", ${placeSql('i')} as institution
         from conference_resolution r join institution i on i.id = r.institution_id where r.case_id = $1 order by r.due, r.id limit 300`,
        [s.id],
      ),
    ])
    const text = await textsOf(
      tx,
      s.id,
      [...held, ...resolutions].map((row) => row.id),
    )
    const tier = await tierOf(tx, s)
    recordAccess(tx, {
      act: 'read',
      kind: 'case_file',
      ids: [s.id],
      tier: `T${tier || 2}` as 'T2' | 'T3' | 'T4',
    })
    return {
      call: calls[0] ?? null,
      held: held.map((row) => ({
        ...row,
        minutes: text(row.id, 'minutes'),
        childWords: text(row.id, 'childWords'),
      })),
      resolutions: resolutions.map((row) => ({ ...row, text: text(row.id, 'text') })),
    }
  },
})

const invitationSql = `select i.id, i.version, i.case_code as code, i.planned_at as "plannedAt", i.place, ${bilingual('u')} as "from",
  i.state, i.answer from conference_invitation i join unit u on u.id = i.from_unit_id`

const listInvitations = endpoint({
  method: 'GET',
  url: '/api/invitations',
  wire: ListInvitations,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Invitation>(
      `${invitationSql} where i.unit_id = (select me_unit()) and ($1::boolean or (i.state = 'open' and i.planned_at >= $2))
         and ($3::timestamptz is null or (i.planned_at, i.id) < ($3, $4::uuid))
       order by i.planned_at desc, i.id desc limit $5`,
      [query.when === 'all', tx.now, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return { items, next: rows.length > query.limit && last ? cursorOf(last.plannedAt, last.id) : null }
  },
})

/** Heads and the State Agency watch who stays away; nobody else is given the count. */
const watchers = ['cpu_head', 'state_agency', 'municipal_director'] as const

const readAttendance = endpoint({
  method: 'GET',
  url: '/api/conferences/attendance',
  wire: ReadAttendance,
  handle: async (tx, { query }) => {
    const items = watchers.some((role) => role === tx.actor.role)
      ? await tx.sql<z.infer<typeof ReadAttendance.reply>['items'][number]>(
          `select ${placeSql('i')} as institution, n.called, n.present, n.deputies, n.absent, n.silent as "noReply",
             n.last as "lastAbsent" from (
             select a.institution_id, count(*)::int as called, (count(*) filter (where a.present))::int as present,
               (count(*) filter (where a.deputy))::int as deputies, (count(*) filter (where not a.present))::int as absent,
               (count(*) filter (where a.absence = 'no_reply'))::int as silent, max(k.held_on) filter (where not a.present) as last
             from case_attendance a join case_conference k on k.id = a.conference_id
             where k.held_on between $1 and $2 group by a.institution_id) n join institution i on i.id = n.institution_id
           order by n.absent desc, n.called desc, i.name_sq limit 500`,
          [query.from, query.until],
        )
      : []
    return { from: query.from, until: query.until, items }
  },
})

export const gtnEndpoints: readonly Endpoint[] = [readConferences, listInvitations, readAttendance]

const Params = z.strictObject({ id: uuid })

/** The invitation as a calendar file: the case's code, place and time, nothing else. */
export const mountConferenceInvitation = (app: FastifyInstance, ctx: Context): void => {
  app.route({
    method: 'GET',
    url: '/api/invitations/:id/invitation.ics',
    schema: {
      summary:
        'A meeting of the technical group as a calendar file (RFC 5545): case code, place, time; no names',
      params: Params,
      produces: ['text/calendar'],
      response: { '4xx': ProblemShape },
    },
    validatorCompiler: () => (value) => ({ value }),
    handler: async (request, reply) => {
      const { actor, language } = await requireIdentity(ctx, request)
      const { id } = parse(Params, request.params, 'path')
      const row = await withTx(ctx, actor, async (tx) => {
        const [found] = await tx.sql<Invitation>(`${invitationSql} where i.id = $1`, [id])
        if (found === undefined) throw notFound()
        return found
      })
      const file = calendarFile({
        id: row.id,
        version: row.version,
        code: row.code,
        bodyName: say(language, 'gtnPage.short'),
        startsAt: row.plannedAt,
        place: row.place,
        cancelled: row.state === 'cancelled',
        now: ctx.clock(),
      })
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', `attachment; filename="${row.code}.ics"`)
        .serializer((text: string) => text)
        .send(file)
    },
  })
}
