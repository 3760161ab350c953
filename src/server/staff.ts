/**
 * The staff application: the files that Vite built, under /app. Every address that is no file opens the same page,
 * which finds its own way. Files are sent as they were packed at build time; hashed names may be kept for ever.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { firstPage } from './staff-page.ts'

const built = fileURLToPath(new URL('../../dist/web', import.meta.url))

export const mountStaff = async (app: FastifyInstance, directory = built): Promise<void> => {
  const pageFor = firstPage(directory)
  if (existsSync(directory))
    await app.register(fastifyStatic, {
      root: directory,
      serve: false,
      preCompressed: true,
      cacheControl: false,
    })

  app.get('/app', { schema: { hide: true } }, (_request, reply) => reply.redirect('/app/', 308))
  app.get<{ Params: { '*': string } }>('/app/*', { schema: { hide: true } }, (request, reply) => {
    const path = request.params['*']
    // A name that climbs out of the folder is no name of ours.
    if (path.startsWith('assets/') && !/^assets(?:\/[\w-][\w.-]*)+$/.test(path)) return reply.callNotFound()
    if (path.startsWith('assets/') || /^([\w-]+\.(svg|ico|webmanifest|txt)|push-worker\.js)$/.test(path))
      return reply
        .header(
          'cache-control',
          path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
        .sendFile(path)
    const page = pageFor(path, request.headers)
    if (page === undefined)
      return reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The staff application is not built in this copy: npm start builds it.\n')
    return reply
      .header('cache-control', 'no-cache')
      .header('vary', 'cookie, accept-language')
      .type('text/html; charset=utf-8')
      .send(page)
  })
}
