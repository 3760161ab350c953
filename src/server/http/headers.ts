/**
 * What every answer tells the browser: nothing from elsewhere runs or is shown here, nothing of ours is framed,
 * named to other sites, or kept on a shared computer.
 */
import type { FastifyInstance } from 'fastify'

/** No inline script or style anywhere, and no other origin at all. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const always: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'permissions-policy':
    'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()',
}

/** For an answer given before any hook runs: to an address that is none. */
export const bareHeaders: Readonly<Record<string, string>> = { ...always, 'cache-control': 'no-store' }

/** `secure`: the outside address is https, so browsers may be told to never use anything else. */
export const mountHeaders = (
  app: FastifyInstance,
  options: { secure: boolean; clock: () => string },
): void => {
  const headers = options.secure
    ? { ...always, 'strict-transport-security': 'max-age=63072000; includeSubDomains' }
    : always
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    reply.header('x-request-id', request.id)
    // Deadlines on the screen follow the server's clock, not that of a computer whose clock is wrong.
    if (request.url.startsWith('/api/')) reply.header('x-now', options.clock())
  })
  // Whoever has a reason to let an answer be kept (a hashed asset, the map) says so; all else is kept nowhere.
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
}
