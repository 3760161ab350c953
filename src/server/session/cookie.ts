/**
 * The one cookie: http-only, same-site strict, for this host alone, secure where the outside address is https.
 * And the proof that a change was asked for by our own page: a token in a header, which no other site can set.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'
import { keyedHash, keysOf, sameBytes } from './keys.ts'

export const isSecure = (ctx: Pick<Context, 'secure'>, request: FastifyRequest): boolean =>
  ctx.secure === true || request.protocol === 'https'

/** With the prefix `__Host-` a browser itself refuses the cookie unless it is secure, for `/` and for one host. */
const nameFor = (secure: boolean): string => (secure ? '__Host-mburoja' : 'mburoja')

export const cookieNamed = (request: FastifyRequest, wanted: string): string | null => {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === wanted) return pair.slice(at + 1).trim()
  }
  return null
}

export const sessionToken = (ctx: Pick<Context, 'secure'>, request: FastifyRequest): string | null => {
  if (request.headers.cookie === undefined) return null
  const value = cookieNamed(request, nameFor(isSecure(ctx, request)))
  return value !== null && /^[\w-]{43}$/.test(value) ? value : null
}

/** Without an age: the browser forgets it when it closes; the server's own limits hold anyway. */
export const setSessionCookie = (
  ctx: Pick<Context, 'secure'>,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string | null,
): void => {
  const secure = isSecure(ctx, request)
  reply.header(
    'set-cookie',
    `${nameFor(secure)}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}${token === null ? '; Max-Age=0' : ''}`,
  )
}

/** Bound to the session, so it outlives a renewed cookie and dies with the session. */
export const csrfFor = (ctx: Pick<Context, 'secret'>, sessionId: string): string =>
  keyedHash(keysOf(ctx).csrf, sessionId).toString('base64url')

const csrfMissing = (): Problem => new Problem('forbidden', { refusal: { code: 'csrf_missing' } })

/** For requests that change something under a cookie. */
export const mustCarryCsrf = (ctx: Context, request: FastifyRequest, sessionId: string): void => {
  const given = request.headers['x-csrf']
  const right = csrfFor(ctx, sessionId)
  if (typeof given !== 'string' || !sameBytes(Buffer.from(given), Buffer.from(right))) throw csrfMissing()
}

/** For signing in, where no session exists yet: the browser says whose page asks. Programs send neither header. */
export const mustBeOurPage = (request: FastifyRequest): void => {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw csrfMissing()
  const origin = request.headers.origin
  if (origin !== undefined && URL.parse(origin)?.host !== request.headers.host) throw csrfMissing()
}

export const changesSomething = (request: FastifyRequest): boolean =>
  request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'OPTIONS'
