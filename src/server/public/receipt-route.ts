/** The receipt: what its code says, and adding to the report it stands for. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Uuid } from '#domain/core.ts'
import { derivedId } from '../ids.ts'
import { type Fault, maxStory, textOf } from './answers.ts'
import { type House, isSentBefore } from './house.ts'
import { codePage, statusPage, troublePage } from './pages.ts'
import { sendPage } from './reply.ts'

const codeOf = (form: URLSearchParams): string => textOf(form, 'code').slice(0, 40)

export const receiptRoute = (house: House): void => {
  const { here, store, t, limit, fresh, read } = house

  /** Trying codes is slowed down; true when the answer was already given. */
  const busy = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    const minutes = limit.wait('look', request.ip)
    if (minutes === null) return false
    reply.header('retry-after', String(minutes * 60))
    const lead = [t('busy_look'), t('busy_when', { count: minutes })]
    sendPage(request, reply, troublePage(await house.frame(), t('busy_title'), lead), 429)
    return true
  }
  const wrong = async (request: FastifyRequest, reply: FastifyReply, code: string, word: Fault['word']) =>
    sendPage(request, reply, codePage(await house.frame(), code, [{ at: 'code', word }]), 422)

  house.get(here.code, async (request, reply) =>
    sendPage(request, reply, codePage(await house.frame(), '', [])),
  )
  house.get(here.add, async (_request, reply) => reply.redirect(here.code, 303))

  house.post(here.code, async (form, request, reply) => {
    const code = codeOf(form)
    if (code === '') return wrong(request, reply, code, 'code_needed')
    if (await busy(request, reply)) return reply
    const receipt = await store.read(code)
    if (receipt === null) return wrong(request, reply, code, 'code_wrong')
    const { command } = fresh()
    const frame = await house.frame()
    return sendPage(
      request,
      reply,
      statusPage({ frame, code, receipt, command, text: '', faults: [], added: false }),
    )
  })

  house.post(here.add, async (form, request, reply) => {
    const [code, text, { command }] = [codeOf(form), textOf(form, 'text'), read(form)]
    if (await busy(request, reply)) return reply
    const stay = form.get('go') === 'here'
    const faults = stay ? [] : faultsIn(text)
    const asks = stay || faults.length > 0
    const add = (commandId: Uuid) => store.add({ commandId, code, text })
    const receipt = asks
      ? await store.read(code)
      : await add(command).catch((error: unknown) => {
          // Gone back to, changed and sent again: that is something more to add, and the first one stands.
          if (isSentBefore(error)) return add(derivedId(`${command}\n${text}`))
          throw error
        })
    if (receipt === null) return wrong(request, reply, code, 'code_wrong')
    const frame = await house.frame()
    const view = asks
      ? { frame, code, receipt, command, text, faults, added: false }
      : { frame, code, receipt, command: fresh().command, text: '', faults, added: true }
    return sendPage(request, reply, statusPage(view), faults.length > 0 ? 422 : 200)
  })
}

const faultsIn = (text: string): readonly Fault[] => {
  if (text === '') return [{ at: 'text', word: 'add_needed' }]
  if (text.length > maxStory)
    return [{ at: 'text', word: 'too_long', params: { max: maxStory, count: text.length } }]
  return []
}
