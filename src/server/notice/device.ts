/**
 * A browser asks to be pushed to. Outside the command pipeline: its address and keys must not be kept with a stored
 * reply, and it belongs to the session that asks, with which it ends.
 */
import type { FastifyInstance } from 'fastify'
import { mayPushTo } from '#domain/notice/address.ts'
import { Problem as ProblemShape } from '#wire/envelope.ts'
import { DeviceMade, NewDevice } from '#wire/notice.ts'
import type { Context } from '../context.ts'
import { requireIdentity } from '../endpoint.ts'
import { uuidv7 } from '../ids.ts'
import { Problem } from '../problem.ts'
import { sessionToken } from '../session/cookie.ts'
import { agentFamily, findSession } from '../session/sessions.ts'
import { parse } from '../shape.ts'
import { withWriteTx } from '../tx.ts'
import { waysNow } from './outbound.ts'

const refusal = (code: 'notice_push_off' | 'notice_push_host' | 'notice_device_many'): Problem =>
  new Problem('refused', { refusal: { code } })

export const mountDevices = (app: FastifyInstance, ctx: Context): void => {
  app.route({
    method: 'POST',
    url: '/api/notices/devices',
    schema: {
      tags: ['notices'],
      summary: 'Push notices to this browser until its session ends',
      body: NewDevice,
      response: { 200: DeviceMade, '4xx': ProblemShape },
    },
    validatorCompiler: () => (value) => ({ value }),
    handler: async (request) => {
      const { actor } = await requireIdentity(ctx, request)
      const token = sessionToken(ctx, request)
      const found = token === null ? null : await findSession(ctx, token)
      if (found === null || found.session.userId !== actor.userId)
        throw new Problem('forbidden', { refusal: { code: 'session_only' } })
      const given = parse(NewDevice, request.body, 'body')
      return withWriteTx(ctx, actor, { commandId: uuidv7() }, async (tx) => {
        const { push } = await waysNow(tx)
        if (push === null) throw refusal('notice_push_off')
        if (!mayPushTo(new URL(given.endpoint), push.hosts)) throw refusal('notice_push_host')
        const id = uuidv7()
        const [row] = await tx.sql<{ ok: boolean }>('select add_device($1, $2, $3, $4, $5, $6, $7) as ok', [
          id,
          found.session.id,
          agentFamily(request.headers['user-agent']),
          given.endpoint,
          Buffer.from(given.p256dh, 'base64url'),
          Buffer.from(given.auth, 'base64url'),
          tx.now,
        ])
        if (row?.ok !== true) throw refusal('notice_device_many')
        return { id }
      })
    },
  })
}
