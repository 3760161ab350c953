/** Who is asking: a program by its token, a person by their cookie, nobody otherwise. */
import type { FastifyRequest } from 'fastify'
import type { Context, Identity } from '../context.ts'
import { Problem } from '../problem.ts'
import { changesSomething, mustCarryCsrf, sessionToken } from './cookie.ts'
import { findSession, touch } from './sessions.ts'
import { identifyToken } from './tokens.ts'

const bearer = (request: FastifyRequest): string | null => {
  const header = request.headers.authorization
  if (header === undefined) return null
  const [scheme, token] = header.split(' ', 2)
  return scheme?.toLowerCase() === 'bearer' && token !== undefined ? token : ''
}

/**
 * Throws `locked` where a session waits for its password, and `forbidden` where a change under a cookie does not prove
 * that our page asked for it. Requests marked `x-background` are answered but are no sign of somebody at work.
 */
export const identify = async (ctx: Context, request: FastifyRequest): Promise<Identity | null> => {
  const token = bearer(request)
  if (token !== null) return identifyToken(ctx, token)
  const cookie = sessionToken(ctx, request)
  if (cookie === null) return null
  const found = await findSession(ctx, cookie)
  if (found === null || found.session.stage !== 'full') return null
  if (found.state === 'locked') throw new Problem('locked')
  if (changesSomething(request)) mustCarryCsrf(ctx, request, found.session.id)
  if (request.headers['x-background'] === undefined) touch(ctx, found.session)
  return { actor: found.session.actor, language: found.session.language, scopes: null }
}
