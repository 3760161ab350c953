/** The public pages as one plugin: their addresses and what happens when something fails. No cookie, no draft. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { languages } from '#wire/words/index.ts'
import { assets } from './assets.ts'
import { complaintRoute } from './complaint-route.ts'
import { type Framing, frameOf, furnish, type House, type PublicOptions, Unsent } from './house.ts'
import type { Html } from './html.ts'
import { kidsRoute } from './kids-route.ts'
import type { Frame } from './layout.ts'
import { defaultLimits, limiter } from './limits.ts'
import { clearPage, dataPage, kidsPage, startPage, troublePage } from './pages.ts'
import { receiptRoute } from './receipt-route.ts'
import { sendAsset, sendPage } from './reply.ts'
import { reportRoute } from './report-route.ts'
import { languageOfPath } from './routes.ts'
import { selfRoute } from './self-route.ts'
import { speak } from './speak.ts'

export type { PublicOptions } from './house.ts'

/** The longest report, percent-encoded in any alphabet, still fits. */
const bodyLimit = 131_072

/** The page for an address that does not exist, where a person (not a program) asks. */
export const sendMissing = async (
  framing: Framing,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const frame = await frameOf(framing, languageOfPath(request.url))
  const t = speak(frame.language)
  return sendPage(request, reply, troublePage(frame, t('missing_title'), [t('missing_lead')]), 404)
}

const sendTrouble =
  (framing: Framing) =>
  async (error: FastifyError, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (error instanceof Unsent) return sendPage(request, reply, error.page, error.status)
    const frame = await frameOf(framing, languageOfPath(request.url))
    const t = speak(frame.language)
    const status = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500
    const page =
      status === 413
        ? troublePage(frame, t('big_title'), [t('big_lead')])
        : troublePage(frame, t('broken_title'), [t('broken_plain')])
    return sendPage(request, reply, page, status)
  }

export const publicPages = async (app: FastifyInstance, options: PublicOptions): Promise<void> => {
  const limit = limiter(options.limits ?? defaultLimits, options.now)
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  app.setErrorHandler<FastifyError>(sendTrouble(options))

  for (const [path, asset] of Object.entries(assets))
    app.get(path, { schema: { hide: true } }, (request, reply) => sendAsset(request, reply, asset))

  const doors: Pick<House, 'get' | 'post'> = {
    get: (path, handler) => {
      app.get(path, { schema: { hide: true } }, handler)
    },
    /** A form sent from another site's page is not the visitor's own act: it only opens ours. */
    post: (path, handler) => {
      app.post(path, { schema: { hide: true }, bodyLimit }, async (request, reply) => {
        if (request.headers['sec-fetch-site'] === 'cross-site') return reply.redirect(path, 303)
        const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
        return handler(form, request, reply)
      })
    },
  }

  for (const language of languages) {
    const house = furnish(options, limit, language, doors)
    const { here } = house
    const plain = (path: string, page: (frame: Frame) => Html): void =>
      house.get(path, async (request, reply) => sendPage(request, reply, page(await house.frame())))
    plain(here.home, startPage)
    if (here.home !== '/') plain(`${here.home}/`, startPage)
    plain(here.kids, kidsPage)
    plain(here.clear, clearPage)
    plain(here.data, dataPage)
    reportRoute(house)
    kidsRoute(house)
    selfRoute(house)
    receiptRoute(house)
    if (options.complaints !== undefined) complaintRoute(house, options.complaints)
  }
}
