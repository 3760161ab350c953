/** What a program's token must carry for a request, and the refusal when it does not. People have every scope. */
import type { FastifyRequest } from 'fastify'
import type { Scope } from '#domain/session.ts'
import type { Identity } from '../context.ts'
import { Problem } from '../problem.ts'

/** By address and, for writes, by the command's type. Signing in and one's own sessions are never a program's. */
export const scopeFor = (method: string, url: string, body: unknown): Scope => {
  // A question whose words belong in no address is a read all the same.
  if (method === 'POST' && url === '/api/search') return 'read'
  if (method !== 'GET' && method !== 'HEAD') {
    const type = (body as { type?: unknown } | null | undefined)?.type
    return url.startsWith('/api/admin/') || (typeof type === 'string' && type.startsWith('admin.'))
      ? 'admin'
      : 'write'
  }
  if (url.startsWith('/api/statistics')) return 'statistics'
  if (url.startsWith('/api/admin/')) return 'admin'
  if (/\/export([./]|$)/.test(url)) return 'export'
  return 'read'
}

export const mustHaveScope = (identity: Identity, request: FastifyRequest): void => {
  if (identity.scopes === null) return
  const scope = scopeFor(request.method, request.routeOptions.url ?? request.url, request.body)
  if (!identity.scopes.includes(scope))
    throw new Problem('forbidden', { refusal: { code: 'scope_missing', params: { scope } } })
}
