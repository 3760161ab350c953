/** What every public route needs at hand, in one language; and what happens to a visitor's words when things fail. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '#wire/words/index.ts'
import type { ComplaintStore } from '../complaint/public.ts'
import { Problem } from '../problem.ts'
import { type Answers, readAnswers } from './answers.ts'
import type { Child, Html } from './html.ts'
import type { Frame } from './layout.ts'
import type { Limiter, Limits } from './limits.ts'
import { trouble, troublePage } from './pages.ts'
import { sendPage } from './reply.ts'
import { paths } from './routes.ts'
import { type Speak, speak } from './speak.ts'
import type { PublicStore } from './store.ts'

export interface PublicOptions {
  readonly store: PublicStore
  /** Without it there are no pages for complaints. */
  readonly complaints?: ComplaintStore
  /** Milliseconds since 1970, from the server's injected clock. */
  readonly now: () => number
  /** True in a demo country, where nobody answers: the pages then say so. */
  readonly demo: () => Promise<boolean>
  /** An everyday page of the web to leave to; by default the first page of Wikipedia in the reader's language. */
  readonly exitUrl?: string | undefined
  readonly limits?: Limits
}

export type Framing = Pick<PublicOptions, 'exitUrl' | 'demo'>

/** Pages stand even when the database does not: the numbers to phone are on them. */
export const frameOf = async ({ exitUrl, demo }: Framing, language: Language): Promise<Frame> => ({
  language,
  exitUrl: exitUrl ?? `https://${language}.wikipedia.org/`,
  demo: await demo().catch(() => false),
})

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>
type FormHandler = (
  form: URLSearchParams,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>

export interface House {
  readonly language: Language
  readonly here: (typeof paths)[Language]
  readonly t: Speak
  readonly store: PublicStore
  readonly limit: Limiter
  readonly frame: () => Promise<Frame>
  readonly fresh: () => Answers
  readonly read: (form: URLSearchParams) => Answers
  readonly get: (path: string, handler: Handler) => void
  readonly post: (path: string, handler: FormHandler) => void
}

export const furnish = (
  options: PublicOptions,
  limit: Limiter,
  language: Language,
  doors: Pick<House, 'get' | 'post'>,
): House => ({
  ...doors,
  language,
  here: paths[language],
  t: speak(language),
  store: options.store,
  limit,
  frame: () => frameOf(options, language),
  fresh: () => readAnswers(new URLSearchParams(), options.now()),
  read: (form) => readAnswers(form, options.now()),
})

/** An accident on the way to the register, with the page that still holds what the visitor wrote. */
export class Unsent extends Error {
  readonly page: Html
  readonly status: number
  constructor(cause: unknown, page: Html, status: number) {
    super('a public report was not stored', { cause })
    this.page = page
    this.status = status
    if (cause instanceof Error && cause.stack !== undefined) this.stack = cause.stack
  }
}

/** These words, or others under the same id, are in the register already. */
export const isSentBefore = (error: unknown): boolean =>
  error instanceof Problem && error.code === 'command_reused'

/** Nothing is lost: the accident is told to the log, the visitor gets the page back. */
export const kept =
  ({ t, here }: House, frame: Frame, again: (notice: Child) => Html, sorry: 'broken_lead' | 'kids_broken') =>
  (error: unknown): never => {
    // Sent before, then changed and sent again: the first one stands.
    if (isSentBefore(error)) {
      const act = [
        { path: here.code, word: 'sent_code' },
        { path: here.report, word: 'sent_anew' },
      ] as const
      throw new Unsent(
        error,
        troublePage(
          frame,
          t('sent_title'),
          [t('sent_lead')],
          act.map((one) => ({ href: one.path, text: t(one.word) })),
        ),
        409,
      )
    }
    // The id of somebody else's record: no accident of ours, and the words stay on the page.
    const status = error instanceof Problem && error.code === 'stale' ? 409 : 500
    throw new Unsent(error, again(trouble(t('broken_title'), [t(sorry)])), status)
  }

/** Too many from one place: the same page again, with kind words and the telephone. */
export const tooMany = (
  { t }: House,
  minutes: number,
  request: FastifyRequest,
  reply: FastifyReply,
  page: (notice: Child) => Html,
  said: 'busy' | 'kids_busy' = 'busy',
): FastifyReply => {
  reply.header('retry-after', String(minutes * 60))
  const notice = trouble(t(`${said}_title`), [t(`${said}_lead`), t(`${said}_when`, { count: minutes })])
  return sendPage(request, reply, page(notice), 429)
}
