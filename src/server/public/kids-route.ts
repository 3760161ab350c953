/** One short page on which a child writes for itself. */
import { type Fault, faultsOf } from './answers.ts'
import { type House, kept, tooMany } from './house.ts'
import type { Child } from './html.ts'
import { kidsDonePage, kidsWritePage } from './pages.ts'
import { sendPage } from './reply.ts'
import { kidsReport } from './telling.ts'

export const kidsRoute = (house: House): void => {
  const { here, store, limit, language, fresh, read } = house

  house.get(here.kidsWrite, async (request, reply) => {
    const [frame, municipalities] = [await house.frame(), await store.municipalities()]
    return sendPage(request, reply, kidsWritePage({ frame, answers: fresh(), faults: [], municipalities }))
  })

  house.post(here.kidsWrite, async (form, request, reply) => {
    const [frame, municipalities] = [await house.frame(), await store.municipalities()]
    const answers = read(form)
    const page = (faults: readonly Fault[], notice?: Child) =>
      kidsWritePage({ frame, answers, faults, municipalities }, notice)
    if (form.get('go') === 'here') return sendPage(request, reply, page([]))

    // A child need not choose a municipality: an empty choice is an answer.
    const codes = new Set(['', ...municipalities.map(({ code }) => code)])
    const faults: readonly Fault[] = [
      ...(answers.story === '' ? [{ at: 'story', word: 'kids_needed' } as const] : []),
      ...(['worry', 'place', 'child', 'you'] as const)
        .flatMap((step) => faultsOf(step, answers, codes))
        .filter(({ word }) => word !== 'worry_needed'),
    ]
    if (faults.length > 0) return sendPage(request, reply, page(faults), 422)
    const again = (notice: Child) => page([], notice)
    const minutes = limit.wait('send', request.ip)
    if (minutes !== null) return tooMany(house, minutes, request, reply, again, 'kids_busy')
    const { code } = await store
      .receive(kidsReport(answers, language))
      .catch(kept(house, frame, again, 'kids_broken'))
    return sendPage(request, reply, kidsDonePage(frame, code))
  })
}
