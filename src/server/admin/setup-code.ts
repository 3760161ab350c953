/**
 * A one-time code for somebody's first sign-in. Not a command: replies of commands are kept, and this one must be
 * seen once, by the administrator who hands it over. The event says that a code was issued, never which.
 */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { decideIssueSetupCode } from '#domain/admin.ts'
import { setupLifetime } from '#domain/session.ts'
import { SetupCode } from '#wire/admin.ts'
import { Problem as ProblemShape, uuid } from '#wire/envelope.ts'
import { append } from '../append.ts'
import type { Context } from '../context.ts'
import { requireIdentity } from '../endpoint.ts'
import { uuidv7 } from '../ids.ts'
import { forbidden, Problem } from '../problem.ts'
import { newSetupCode } from '../session/codes.ts'
import { codeHash } from '../session/sign-in.ts'
import { parse } from '../shape.ts'
import { withWriteTx } from '../tx.ts'
import { chainVersion, lockUser } from './store.ts'

const Params = z.strictObject({ id: uuid })

export const mountSetupCode = (app: FastifyInstance, ctx: Context): void => {
  app.route({
    method: 'POST',
    url: '/api/admin/users/:id/setup-code',
    schema: {
      tags: ['admin'],
      summary: 'A one-time code with which a new or reset account sets its password; shown once',
      params: Params,
      response: { 200: SetupCode, '4xx': ProblemShape },
    },
    validatorCompiler: () => (value) => ({ value }),
    handler: async (request) => {
      const { actor } = await requireIdentity(ctx, request)
      const { id } = parse(Params, request.params, 'path')
      if (actor.role !== 'admin') throw forbidden()
      return withWriteTx(ctx, actor, { commandId: uuidv7() }, async (tx) => {
        const user = await lockUser(tx, id)
        const expiresAt = new Date(Date.parse(tx.now) + setupLifetime).toISOString()
        const decision = decideIssueSetupCode(user, expiresAt, tx.stamp)
        if (!decision.ok) throw new Problem('refused', { refusal: decision.refusal })
        const code = newSetupCode()
        const [issued] = await tx.sql<{ ok: boolean }>('select issue_setup_code($1, $2, $3) as ok', [
          id,
          codeHash(ctx, id, code),
          expiresAt,
        ])
        if (issued?.ok !== true) throw new Problem('refused', { refusal: { code: 'admin_has_password' } })
        const record = { kind: 'app_user', id, version: await chainVersion(tx, id) }
        const version = await append(tx, record, decision.events)
        await tx.sql('update app_user set version = $2 where id = $1', [id, version])
        return { login: user.login, code, expiresAt }
      })
    },
  })
}
