/** A complaint by anybody: two pages and the receipt; and the answer, opened by code and secret together. */
import { randomUUID } from 'node:crypto'
import { bodyOfUnit, complainants, complaintBodies, discriminationGrounds } from '#domain/complaint/model.ts'
import type { ComplaintStore } from '../complaint/public.ts'
import { type Fault, maxShort, maxStory, textOf } from './answers.ts'
import {
  type ComplaintAnswers,
  complaintDonePage,
  complaintLookPage,
  complaintPage,
  complaintStatusPage,
} from './complaint-pages.ts'
import { type House, isSentBefore, tooMany, Unsent } from './house.ts'
import type { Child, Html } from './html.ts'
import { trouble, troublePage } from './pages.ts'
import { sendPage } from './reply.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const oneOf = <T extends string>(value: string | null, known: readonly T[]): T | '' =>
  known.find((item) => item === value) ?? ''

const readComplaintAnswers = (form: URLSearchParams, now: () => string): ComplaintAnswers => {
  const id = (field: string, fresh: () => string): string => {
    const given = form.get(field) ?? ''
    return uuid.test(given) ? given : fresh()
  }
  return {
    command: id('command', randomUUID),
    record: id('record', now),
    body: oneOf(form.get('body'), complaintBodies),
    municipality: textOf(form, 'municipality'),
    unit: textOf(form, 'unit'),
    bodySaid: textOf(form, 'said'),
    story: textOf(form, 'story'),
    unfair: oneOf(form.get('unfair'), ['yes', 'no', 'unknown'] as const),
    ground: oneOf(form.get('ground'), discriminationGrounds),
    by: oneOf(form.get('by'), complainants),
    name: textOf(form, 'name'),
    contact: textOf(form, 'contact'),
    safe: textOf(form, 'safe'),
  }
}

const tooLong = (at: string, value: string, max: number): readonly Fault[] =>
  value.length > max ? [{ at, word: 'too_long', params: { max, count: value.length } }] : []

const faultsOfTelling = (a: ComplaintAnswers): readonly Fault[] => [
  ...tooLong('said', a.bodySaid, maxShort),
  ...(a.story === '' ? [{ at: 'story', word: 'complain_story_needed' } as const] : []),
  ...tooLong('story', a.story, maxStory),
  ...(a.by === '' ? [{ at: 'by-child', word: 'complain_by_needed' } as const] : []),
  ...tooLong('name', a.name, maxShort),
  ...tooLong('contact', a.contact, maxShort),
  ...tooLong('safe', a.safe, maxShort),
]

const given = (value: string): string | undefined => (value === '' ? undefined : value)
const bodyOf = (a: ComplaintAnswers, unitId: string | null, language: 'sq' | 'en'): unknown => ({
  by: a.by,
  body: a.body,
  unitId,
  municipality: a.municipality === '' ? null : a.municipality,
  bodySaid: given(a.bodySaid),
  narrative: a.story,
  discrimination: a.unfair === '' ? (a.ground === '' ? 'unknown' : 'yes') : a.unfair,
  // A reason is only asked for where it was unequal; a forgotten choice says nothing.
  ground: a.unfair === 'no' ? undefined : given(a.ground),
  language,
  who: { name: given(a.name), contact: given(a.contact), safeWay: given(a.safe) },
})

export const complaintRoute = (house: House, complaints: ComplaintStore): void => {
  const { here, store, limit, language, t } = house
  const freshRecord = (): string => house.fresh().record

  house.get(here.complain, async (request, reply) => {
    const [frame, municipalities] = [await house.frame(), await store.municipalities()]
    const answers = readComplaintAnswers(new URLSearchParams(), freshRecord)
    return sendPage(
      request,
      reply,
      complaintPage({ frame, answers, faults: [], municipalities, units: [], step: 'about' }),
    )
  })

  house.post(here.complain, async (posted, request, reply) => {
    const [frame, municipalities] = [await house.frame(), await store.municipalities()]
    const read = readComplaintAnswers(posted, freshRecord)
    const answers = municipalities.some(({ code }) => code === read.municipality)
      ? read
      : { ...read, municipality: '' }
    const units = (await complaints.units(given(answers.municipality) ?? null)).filter(
      ({ kind }) => bodyOfUnit(kind) === answers.body,
    )
    const page = (step: 'about' | 'tell', faults: readonly Fault[] = [], notice?: Child): Html =>
      complaintPage({ frame, answers, faults, municipalities, units, step }, notice)
    const at = posted.get('step') === 'tell' ? 'tell' : 'about'
    const go = posted.get('go') ?? 'next'
    if (go === 'here') return sendPage(request, reply, page(at))
    if (go === 'back') return sendPage(request, reply, page('about'))
    if (answers.body === '')
      return sendPage(
        request,
        reply,
        page('about', [{ at: 'body-child_protection', word: 'complain_body_needed' }]),
        422,
      )
    if (at === 'about' || go !== 'send') return sendPage(request, reply, page('tell'))
    const faults = faultsOfTelling(answers)
    if (faults.length > 0) return sendPage(request, reply, page('tell', faults), 422)
    const again = (notice: Child): Html => page('tell', [], notice)
    const minutes = limit.wait('complain', request.ip)
    if (minutes !== null) return tooMany(house, minutes, request, reply, again, 'kids_busy')
    const unit = units.find(({ id }) => id === answers.unit)
    const receipt = await complaints
      .leave({
        commandId: answers.command,
        recordId: answers.record,
        body: bodyOf(answers, unit?.id ?? null, language),
      })
      .catch((error: unknown): never => {
        // Sent before, then changed and sent again: the first one stands.
        if (isSentBefore(error)) {
          const way = { href: here.complainLook, text: t('complain_look_title') }
          throw new Unsent(error, troublePage(frame, t('sent_title'), [t('sent_lead')], [way]), 409)
        }
        throw new Unsent(error, again(trouble(t('broken_title'), [t('complain_broken')])), 500)
      })
    return sendPage(request, reply, complaintDonePage(frame, receipt))
  })

  house.get(here.complainLook, async (request, reply) =>
    sendPage(request, reply, complaintLookPage(await house.frame(), { code: '', secret: '' }, [])),
  )

  house.post(here.complainLook, async (posted, request, reply) => {
    const [code, secret] = [textOf(posted, 'code').slice(0, 40), textOf(posted, 'secret').slice(0, 40)]
    const frame = await house.frame()
    const wrong = (word: 'complain_receipt_needed' | 'complain_receipt_wrong') =>
      sendPage(request, reply, complaintLookPage(frame, { code, secret }, [{ at: 'code', word }]), 422)
    if (code === '' || secret === '') return wrong('complain_receipt_needed')
    const minutes = limit.wait('look', request.ip)
    if (minutes !== null) {
      reply.header('retry-after', String(minutes * 60))
      const lead = [t('busy_look'), t('busy_when', { count: minutes })]
      return sendPage(request, reply, troublePage(frame, t('busy_title'), lead), 429)
    }
    const answer = await complaints.read({ code, secret })
    return answer === null
      ? wrong('complain_receipt_wrong')
      : sendPage(request, reply, complaintStatusPage(frame, answer))
  })
}
