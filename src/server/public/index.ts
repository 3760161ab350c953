/** The public pages as one plugin: their addresses, and how a posted form walks on. No cookie, no session, no draft. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Language, languages } from '#wire/words/index.ts'
import {
  type Answers,
  type Fault,
  faultsOf,
  maxStory,
  readAnswers,
  type Step,
  steps,
  textOf,
} from './answers.ts'
import { assets } from './assets.ts'
import type { Child, Html } from './html.ts'
import type { Frame } from './layout.ts'
import { defaultLimits, type Limits, limiter } from './limits.ts'
import {
  clearPage,
  codePage,
  dataPage,
  kidsDonePage,
  kidsPage,
  kidsWritePage,
  startPage,
  statusPage,
  trouble,
  troublePage,
} from './pages.ts'
import { sendAsset, sendPage } from './reply.ts'
import { donePage, reportPage, type Screen, screensOf } from './report-pages.ts'
import { languageOfPath, paths } from './routes.ts'
import { speak } from './speak.ts'
import type { PublicStore } from './store.ts'
import { kidsReport, publicReport } from './telling.ts'

export interface PublicOptions {
  readonly store: PublicStore
  /** Milliseconds since 1970, from the server's injected clock. */
  readonly now: () => number
  /** True in a demo country, where nobody answers: the pages then say so. */
  readonly demo: () => Promise<boolean>
  /** An everyday page of the web to leave to; by default the first page of Wikipedia in the reader's language. */
  readonly exitUrl?: string | undefined
  readonly limits?: Limits
}

/** A long report in six languages' worth of bytes, percent-encoded, still fits. */
const bodyLimit = 131_072

export const publicFrame = async (
  { exitUrl, demo }: Pick<PublicOptions, 'exitUrl' | 'demo'>,
  language: Language,
): Promise<Frame> => ({
  language,
  exitUrl: exitUrl ?? `https://${language}.wikipedia.org/`,
  demo: await demo(),
})

/** The page for an address that does not exist, where a person (not a program) asks. */
export const sendMissing = async (
  options: Pick<PublicOptions, 'exitUrl' | 'demo'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const frame = await publicFrame(options, languageOfPath(request.url))
  const t = speak(frame.language)
  return sendPage(request, reply, troublePage(frame, t('missing_title'), [t('missing_lead')]), 404)
}

export const publicPages = async (app: FastifyInstance, options: PublicOptions): Promise<void> => {
  const { store, now } = options
  const limit = limiter(options.limits ?? defaultLimits, now)
  const frameOf = (language: Language): Promise<Frame> => publicFrame(options, language)

  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const frame = await publicFrame({ ...options, demo: async () => false }, languageOfPath(request.url))
    const t = speak(frame.language)
    const big = error.statusCode === 413
    const [title, lead] = big
      ? (['big_title', 'big_lead'] as const)
      : (['broken_title', 'broken_plain'] as const)
    const status = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500
    return sendPage(request, reply, troublePage(frame, t(title), [t(lead)]), status)
  })

  for (const [path, asset] of Object.entries(assets))
    app.get(path, { schema: { hide: true } }, (request, reply) => sendAsset(request, reply, asset))

  type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>
  const get = (path: string, handler: Handler): void => {
    app.get(path, { schema: { hide: true } }, handler)
  }
  /** A form sent from another site's page is not the visitor's own act: it only opens ours. */
  const post = (
    path: string,
    handler: (form: URLSearchParams, ...rest: Parameters<Handler>) => Promise<FastifyReply>,
  ) =>
    app.post(path, { schema: { hide: true }, bodyLimit }, async (request, reply) => {
      if (request.headers['sec-fetch-site'] === 'cross-site') return reply.redirect(path, 303)
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
      return handler(form, request, reply)
    })

  for (const language of languages) {
    const here = paths[language]
    const t = speak(language)
    const waiting = (minutes: number): Child =>
      trouble(t('busy_title'), [t('busy_lead'), t('busy_when', { count: minutes })])
    const plain = (path: string, page: (frame: Frame) => Html): void =>
      get(path, async (request, reply) => sendPage(request, reply, page(await frameOf(language))))

    plain(here.home, startPage)
    if (here.home !== '/') plain(`${here.home}/`, startPage)
    plain(here.kids, kidsPage)
    plain(here.clear, clearPage)
    plain(here.data, dataPage)
    plain(here.code, (frame) => codePage(frame, '', []))
    get(here.add, async (_request, reply) => reply.redirect(here.code, 303))

    const municipalities = store.municipalities
    const fresh = (): Answers => readAnswers(new URLSearchParams(), now())

    get(here.report, async (request, reply) => {
      const view = {
        frame: await frameOf(language),
        answers: fresh(),
        faults: [],
        municipalities: await municipalities(),
      }
      return sendPage(request, reply, reportPage(view, 'danger'))
    })

    post(here.report, async (form, request, reply) => {
      const frame = await frameOf(language)
      const known = await municipalities()
      const codes = new Set(known.map(({ code }) => code))
      const answers = readAnswers(form, now())
      const show = (screen: Screen, faults: readonly Fault[] = [], over: Partial<Answers> = {}) =>
        sendPage(
          request,
          reply,
          reportPage({ frame, answers: { ...answers, ...over }, faults, municipalities: known }, screen),
          faults.length > 0 ? 422 : 200,
        )
      const order = screensOf(answers)
      const at = order.find((screen) => screen === form.get('at')) ?? 'danger'
      const go = form.get('go') ?? 'next'
      const kids = answers.kids
      if (go === 'here') return show(at)
      if (go === 'back')
        return at === 'danger'
          ? reply.redirect(here.home, 303)
          : show(answers.seen && at !== 'check' ? 'check' : (order[order.indexOf(at) - 1] ?? 'danger'))
      if (go === 'more')
        return show('child', [], { kids: [...kids, { age: '', sex: '', name: '' }].slice(0, 6) })
      if (go === 'less') return show('child', [], { kids: kids.slice(0, Math.max(1, kids.length - 1)) })
      const change = steps.find((step) => go === `change-${step}`)
      if (change !== undefined) return show(change, [], { seen: true })

      const firstFault = (wanted: readonly Step[]): { step: Step; faults: readonly Fault[] } | undefined =>
        wanted
          .map((step) => ({ step, faults: faultsOf(step, answers, codes) }))
          .find(({ faults }) => faults.length > 0)
      if (go !== 'send') {
        const wrong = firstFault(steps.filter((step) => step === at))
        if (wrong !== undefined) return show(wrong.step, wrong.faults)
        const next = order[order.indexOf(at) + 1] ?? 'check'
        return show(answers.seen && next !== 'stop' ? 'check' : next)
      }

      const wrong = firstFault(steps)
      if (wrong !== undefined) return show(wrong.step, wrong.faults, { seen: true })
      const again = (notice: Child, status: number) =>
        sendPage(
          request,
          reply,
          reportPage({ frame, answers, faults: [], municipalities: known }, 'check', notice),
          status,
        )
      const minutes = limit.wait('send', request.ip)
      if (minutes !== null) {
        reply.header('retry-after', String(minutes * 60))
        return again(waiting(minutes), 429)
      }
      try {
        const { code } = await store.receive(publicReport(answers, language))
        return sendPage(request, reply, donePage(frame, code, answers.danger === 'yes'))
      } catch (error) {
        request.log.error({ err: error }, 'public report not stored')
        return again(trouble(t('broken_title'), [t('broken_lead')]), 500)
      }
    })

    get(here.kidsWrite, async (request, reply) => {
      const view = {
        frame: await frameOf(language),
        answers: fresh(),
        faults: [],
        municipalities: await municipalities(),
      }
      return sendPage(request, reply, kidsWritePage(view))
    })

    post(here.kidsWrite, async (form, request, reply) => {
      const frame = await frameOf(language)
      const known = await municipalities()
      const answers = readAnswers(form, now())
      const show = (status: number, faults: readonly Fault[] = [], notice?: Child) =>
        sendPage(
          request,
          reply,
          kidsWritePage({ frame, answers, faults, municipalities: known }, notice),
          status,
        )
      if (form.get('go') === 'here') return show(200)
      const codes = new Set(['', ...known.map(({ code }) => code)])
      const faults: readonly Fault[] = [
        ...(answers.story === '' ? [{ at: 'story', word: 'kids_needed' } as const] : []),
        ...(['worry', 'place', 'child', 'you'] as const)
          .flatMap((step) => faultsOf(step, answers, codes))
          .filter(({ word }) => word !== 'worry_needed'),
      ]
      if (faults.length > 0) return show(422, faults)
      const minutes = limit.wait('send', request.ip)
      if (minutes !== null) {
        reply.header('retry-after', String(minutes * 60))
        return show(429, [], waiting(minutes))
      }
      try {
        const { code } = await store.receive(kidsReport(answers, language))
        return sendPage(request, reply, kidsDonePage(frame, code))
      } catch (error) {
        request.log.error({ err: error }, 'child report not stored')
        return show(500, [], trouble(t('broken_title'), [t('broken_plain')]))
      }
    })

    const busyLooking = (frame: Frame, minutes: number, request: FastifyRequest, reply: FastifyReply) => {
      reply.header('retry-after', String(minutes * 60))
      const lead = [t('busy_look'), t('busy_when', { count: minutes })]
      return sendPage(request, reply, troublePage(frame, t('busy_title'), lead), 429)
    }

    post(here.code, async (form, request, reply) => {
      const frame = await frameOf(language)
      const code = (form.get('code') ?? '').slice(0, 40)
      const wrong = (word: 'code_needed' | 'code_wrong') =>
        sendPage(request, reply, codePage(frame, code, [{ at: 'code', word }]), 422)
      if (code.trim() === '') return wrong('code_needed')
      const minutes = limit.wait('look', request.ip)
      if (minutes !== null) return busyLooking(frame, minutes, request, reply)
      const receipt = await store.read(code)
      if (receipt === null) return wrong('code_wrong')
      const { command } = fresh()
      const view = { frame, code, receipt, command, text: '', faults: [], added: false }
      return sendPage(request, reply, statusPage(view))
    })

    post(here.add, async (form, request, reply) => {
      const frame = await frameOf(language)
      const code = (form.get('code') ?? '').slice(0, 40)
      const text = textOf(form, 'text')
      const minutes = limit.wait('look', request.ip)
      if (minutes !== null) return busyLooking(frame, minutes, request, reply)
      const lost = () =>
        sendPage(request, reply, codePage(frame, code, [{ at: 'code', word: 'code_wrong' }]), 422)
      const { command } = readAnswers(form, now())
      const faults: readonly Fault[] =
        text === ''
          ? [{ at: 'text', word: 'add_needed' }]
          : text.length > maxStory
            ? [{ at: 'text', word: 'too_long', params: { max: maxStory, count: text.length } }]
            : []
      if (faults.length > 0 || form.get('go') === 'here') {
        const receipt = await store.read(code)
        if (receipt === null) return lost()
        const shown = form.get('go') === 'here' ? [] : faults
        const view = { frame, code, receipt, command, text, faults: shown, added: false }
        return sendPage(request, reply, statusPage(view), shown.length > 0 ? 422 : 200)
      }
      const receipt = await store.add({ commandId: command, code, text })
      if (receipt === null) return lost()
      const view = { frame, code, receipt, command: fresh().command, text: '', faults: [], added: true }
      return sendPage(request, reply, statusPage(view))
    })
  }
}
