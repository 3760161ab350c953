/**
 * Known devices. A browser from which somebody has signed in keeps a mark that says so, good for that login alone.
 * Attempts from there are counted apart, so that a stranger who locks an account by guessing locks out strangers,
 * not its owner at the usual desk. The mark opens nothing: it only chooses the count.
 */
import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { cookieNamed, isSecure } from './cookie.ts'
import { keyedHash, keysOf, sameBytes } from './keys.ts'

const nameFor = (secure: boolean): string => (secure ? '__Host-mburoja-device' : 'mburoja-device')
const keptFor = 180 * 86_400

const sign = (ctx: Pick<Context, 'secret'>, id: string, login: string): string =>
  keyedHash(keysOf(ctx).device, `${id}\n${login}`).toString('base64url')

/** The device's id where its mark was made for this login; null otherwise. */
export const knownDevice = (ctx: Context, request: FastifyRequest, login: string): string | null => {
  const [id, signature] = (cookieNamed(request, nameFor(isSecure(ctx, request))) ?? '').split('.', 2)
  if (id === undefined || signature === undefined) return null
  const right = sign(ctx, id, login)
  return sameBytes(Buffer.from(signature), Buffer.from(right)) ? id : null
}

/** After a whole sign-in; the mark it had, if any, is made anew for this login. */
export const markDevice = (
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  login: string,
): void => {
  const secure = isSecure(ctx, request)
  const id = knownDevice(ctx, request, login) ?? randomBytes(16).toString('base64url')
  reply.header(
    'set-cookie',
    `${nameFor(secure)}=${id}.${sign(ctx, id, login)}; Path=/; Max-Age=${keptFor}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`,
  )
}
