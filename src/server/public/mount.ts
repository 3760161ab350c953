/** The public pages over the register: what the plugin is given where it runs for real. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { complaintStore } from '../complaint/public.ts'
import type { Context } from '../context.ts'
import { publicStore } from '../report/public-store.ts'
import { isDemo } from '../session/account.ts'
import { publicActor, withTx } from '../tx.ts'
import { mountDirectoryPages } from './directory-pages.ts'
import { mountFiguresPages } from './figures-page.ts'
import { publicPages, sendMissing } from './index.ts'
import { mountPublishedPages } from './published-pages.ts'
import type { PublicStore } from './store.ts'

/** Milliseconds for which an answer that hardly ever changes is taken from memory. */
const patience = 30_000

/** One question to the database, asked again only after a while; a failed one is asked again at once. */
const remembered = <T>(ask: () => Promise<T>, now: () => number): (() => Promise<T>) => {
  let held: { readonly until: number; readonly answer: Promise<T> } | undefined
  return () => {
    if (held === undefined || held.until <= now()) {
      const answer = ask()
      const holding = { until: now() + patience, answer }
      held = holding
      answer.catch(() => {
        if (held === holding) held = undefined
      })
    }
    return held.answer
  }
}

const alphabetical = new Intl.Collator('sq')

export interface PublicMount {
  /** For the application's own not-found: true where a person, not a program, asked for a page. */
  readonly missing: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> | null
}

const forPrograms = /^\/(?:api|app|health|pages)(?:[/?]|$)/

export const mountPublicPages = async (
  app: FastifyInstance,
  ctx: Context,
  exitUrl: string | undefined,
): Promise<PublicMount> => {
  const now = (): number => Date.parse(ctx.clock())
  const register = publicStore(ctx)
  const store: PublicStore = {
    ...register,
    municipalities: remembered(
      async () => [...(await register.municipalities())].sort((a, b) => alphabetical.compare(a.name, b.name)),
      Date.now,
    ),
  }
  const demo = remembered(() => withTx(ctx, publicActor, isDemo), Date.now)
  const options = {
    store,
    complaints: complaintStore(ctx),
    now,
    demo,
    ...(exitUrl === undefined ? {} : { exitUrl }),
  }
  await app.register(publicPages, options)
  mountDirectoryPages(app, ctx, options)
  mountFiguresPages(app, ctx, options)
  mountPublishedPages(app, ctx, options)
  return {
    missing: (request, reply) =>
      forPrograms.test(request.url) || !/\btext\/html\b/.test(request.headers.accept ?? '')
        ? null
        : sendMissing(options, request, reply),
  }
}
