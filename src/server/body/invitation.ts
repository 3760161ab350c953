/** The invitation as a calendar file: a door of its own, because its answer is no JSON. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { calendarFile } from '#domain/body/calendar.ts'
import { Problem as ProblemShape, uuid } from '#wire/envelope.ts'
import type { Context } from '../context.ts'
import { requireIdentity } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { parse } from '../shape.ts'
import { withTx } from '../tx.ts'

const Params = z.strictObject({ id: uuid })

interface Row {
  readonly id: string
  readonly version: number
  readonly code: string
  readonly nameSq: string
  readonly nameEn: string
  readonly startsAt: string
  readonly place: string
  readonly state: string
}

export const mountInvitation = (app: FastifyInstance, ctx: Context): void => {
  app.route({
    method: 'GET',
    url: '/api/meetings/:id/invitation.ics',
    schema: {
      summary: 'The meeting as a calendar file (RFC 5545): when, where, which body; no agenda, no names',
      params: Params,
      produces: ['text/calendar'],
      response: { '4xx': ProblemShape },
    },
    validatorCompiler: () => (value) => ({ value }),
    handler: async (request, reply) => {
      const { actor, language } = await requireIdentity(ctx, request)
      const { id } = parse(Params, request.params, 'path')
      const row = await withTx(ctx, actor, async (tx) => {
        const [found] = await tx.sql<Row>(
          `select m.id, m.version, m.code, b.name_sq as "nameSq", b.name_en as "nameEn", m.starts_at as "startsAt", m.place, m.state
           from body_meeting m join body b on b.id = m.body_id where m.id = $1`,
          [id],
        )
        if (found === undefined) throw notFound()
        return found
      })
      const file = calendarFile({
        ...row,
        bodyName: language === 'sq' ? row.nameSq : row.nameEn,
        cancelled: row.state === 'CANCELLED',
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
