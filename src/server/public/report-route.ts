/** The five questions as a walk: each posted form shows the next screen; the last one is sent. */
import { type Answers, type Fault, faultsOf, maxChildren, type Step, steps } from './answers.ts'
import { type House, kept, tooMany } from './house.ts'
import type { Child } from './html.ts'
import { sendPage } from './reply.ts'
import { donePage, reportPage, type Screen, screensOf } from './report-pages.ts'
import { publicReport } from './telling.ts'

export const reportRoute = (house: House): void => {
  const { here, store, limit, language, fresh, read } = house

  house.get(here.report, async (request, reply) => {
    const [frame, municipalities] = [await house.frame(), await store.municipalities()]
    return sendPage(
      request,
      reply,
      reportPage({ frame, answers: fresh(), faults: [], municipalities }, 'danger'),
    )
  })

  house.post(here.report, async (form, request, reply) => {
    const [frame, municipalities] = [await house.frame(), await store.municipalities()]
    const answers = read(form)
    const page = (
      screen: Screen,
      over: Partial<Answers> = {},
      faults: readonly Fault[] = [],
      notice?: Child,
    ) => reportPage({ frame, answers: { ...answers, ...over }, faults, municipalities }, screen, notice)
    const show = (screen: Screen, over?: Partial<Answers>) => sendPage(request, reply, page(screen, over))
    const correct = ({ step, faults }: Faulty, over?: Partial<Answers>) =>
      sendPage(request, reply, page(step, over, faults), 422)
    const codes = new Set(municipalities.map(({ code }) => code))
    const faultyAmong = (wanted: readonly Step[]): Faulty | undefined =>
      wanted
        .map((step) => ({ step, faults: faultsOf(step, answers, codes) }))
        .find(({ faults }) => faults.length > 0)

    const order = screensOf(answers)
    const at = order.find((screen) => screen === form.get('at')) ?? 'danger'
    const go = form.get('go') ?? 'next'
    const { kids, seen } = answers
    if (go === 'here') return show(at)
    if (go === 'more')
      return show('child', { kids: [...kids, { age: '', sex: '', name: '' }].slice(0, maxChildren) })
    if (go === 'less') return show('child', { kids: kids.slice(0, Math.max(1, kids.length - 1)) })
    const change = steps.find((step) => go === `change-${step}`)
    if (change !== undefined) return show(change, { seen: true })
    if (go === 'back') {
      if (at === 'danger') return reply.redirect(here.home, 303)
      return show(seen && at !== 'check' ? 'check' : (order[order.indexOf(at) - 1] ?? 'danger'))
    }
    if (go !== 'send') {
      const faulty = faultyAmong(steps.filter((step) => step === at))
      if (faulty !== undefined) return correct(faulty)
      const next = order[order.indexOf(at) + 1] ?? 'check'
      return show(seen && next !== 'stop' ? 'check' : next)
    }

    const faulty = faultyAmong(steps)
    if (faulty !== undefined) return correct(faulty, { seen: true })
    const again = (notice: Child) => page('check', {}, [], notice)
    const minutes = limit.wait('send', request.ip)
    if (minutes !== null) return tooMany(house, minutes, request, reply, again)
    const { code } = await store
      .receive(publicReport(answers, language))
      .catch(kept(house, frame, again, 'broken_lead'))
    return sendPage(request, reply, donePage(frame, code, answers.danger === 'yes'))
  })
}

interface Faulty {
  readonly step: Step
  readonly faults: readonly Fault[]
}
