/** How a public page leaves the house: packed, kept by nobody, allowed to load nothing but our own three files. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Packed, pack } from './assets.ts'
import type { Html } from './html.ts'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const sendPacked = (request: FastifyRequest, reply: FastifyReply, body: Packed): FastifyReply => {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  const coding = (['br', 'gzip'] as const).find((name) => accepted.includes(name) && body[name] !== undefined)
  reply.header('vary', 'accept-encoding')
  if (coding !== undefined) reply.header('content-encoding', coding)
  return reply.send(coding === undefined ? body.plain : body[coding])
}

export const sendPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  page: Html,
  status = 200,
): FastifyReply => {
  reply.status(status).type('text/html; charset=utf-8').headers({
    'content-security-policy': policy,
    // Nothing of it stays on a shared computer, and Back shows nothing after leaving.
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  })
  return sendPacked(request, reply, pack(Buffer.from(page.text), 5))
}

export const sendAsset = (
  request: FastifyRequest,
  reply: FastifyReply,
  { type, body }: { readonly type: string; readonly body: Packed },
): FastifyReply => {
  reply.type(type).headers({
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  })
  return sendPacked(request, reply, body)
}
