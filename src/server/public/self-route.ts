/** One short page for somebody to whom it happens: under 18 it leads to the children's page, else it is answered by the social service. */
import { carriedIds, type Fault, faultsOf, maxPlace, maxShort, maxStory } from './answers.ts'
import { faultSummary, field, form, tick } from './controls.ts'
import { type House, kept, tooMany } from './house.ts'
import { type Child, type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { type Frame, layout } from './layout.ts'
import { sendPage } from './reply.ts'
import { municipalityField, type ReportView, spaced } from './report-pages.ts'
import { paths } from './routes.ts'
import { speak } from './speak.ts'
import { selfReport } from './telling.ts'

const selfPage = (view: ReportView, notice?: Child): Html => {
  const { frame, answers, faults } = view
  const t = speak(frame.language)
  const here = paths[frame.language]
  return layout(frame, {
    place: 'self',
    carries: true,
    enter: 'here',
    faulty: faults.length > 0,
    main: html`<div class="question">${notice}${faultSummary(t, faults)}<h1>${t('me_title')}</h1>
<p>${t('me_lead')}</p>
<p>${t('me_child')} <a href="${here.kidsWrite}">${t('me_child_link')}</a></p>
<a class="call" href="tel:112">${icon.call}<span><strong>112</strong>${t('danger_call_more')}</span></a>
${form(
  here.self,
  carriedIds(answers),
  field({
    t,
    faults,
    id: 'story',
    label: t('me_story'),
    hint: t('me_story_hint'),
    kind: 'text',
    value: answers.story,
    max: maxStory,
  }),
  html`<fieldset class="field"><legend class="label">${t('me_danger')}</legend><div class="across">${(
    [
      ['yes', 'yes'],
      ['no', 'danger_no'],
      ['unknown', 'danger_unknown'],
    ] as const
  ).map(([value, word]) =>
    tick({
      type: 'radio',
      id: `danger-${value}`,
      name: 'danger',
      value,
      label: t(word),
      checked: answers.danger === value,
    }),
  )}</div></fieldset>`,
  municipalityField(view, t, 'me_where', 'kids_choose'),
  field({
    t,
    faults,
    id: 'where',
    label: t('me_place'),
    optional: true,
    value: answers.where,
    max: maxPlace,
  }),
  field({
    t,
    faults,
    id: 'contact',
    label: t('me_contact'),
    hint: t('me_contact_hint'),
    optional: true,
    value: answers.contact,
    max: maxShort,
  }),
  field({
    t,
    faults,
    id: 'safe',
    label: t('me_safe'),
    hint: t('me_safe_hint'),
    optional: true,
    value: answers.safe,
    max: maxShort,
  }),
  field({ t, faults, id: 'name', label: t('me_name'), optional: true, value: answers.name, max: maxShort }),
  html`<p class="quiet">${t('me_after')}</p><div class="acts"><button class="button" name="go" value="send">${t('send')}</button></div>`,
)}</div>`,
  })
}

const selfDonePage = (frame: Frame, code: string): Html => {
  const t = speak(frame.language)
  return layout(frame, {
    place: null,
    main: html`<div class="question"><h1 tabindex="-1" autofocus>${t('me_done')}</h1><p>${t('me_done_more')}</p>
<div class="receipt"><p>${t('done_code')}</p><output>${spaced(code)}</output>
<p><strong>${t('done_keep')}</strong></p><p class="hint-text">${t('done_keep_more')}</p></div>
<p class="quiet">${t('done_leave')} <a href="${paths[frame.language].clear}">${t('watched_link')}</a></p></div>`,
  })
}

export const selfRoute = (house: House): void => {
  const { here, store, limit, language, fresh, read } = house

  house.get(here.self, async (request, reply) => {
    const [frame, municipalities] = [await house.frame(), await store.municipalities()]
    return sendPage(request, reply, selfPage({ frame, answers: fresh(), faults: [], municipalities }))
  })

  house.post(here.self, async (told, request, reply) => {
    const [frame, municipalities] = [await house.frame(), await store.municipalities()]
    const answers = read(told)
    const page = (faults: readonly Fault[], notice?: Child) =>
      selfPage({ frame, answers, faults, municipalities }, notice)
    if (told.get('go') === 'here') return sendPage(request, reply, page([]))
    const codes = new Set(['', ...municipalities.map(({ code }) => code)])
    const faults: readonly Fault[] = [
      ...(answers.story === '' ? [{ at: 'story', word: 'me_needed' } as const] : []),
      ...(['worry', 'place', 'you'] as const)
        .flatMap((step) => faultsOf(step, answers, codes))
        .filter(({ word }) => word !== 'worry_needed'),
    ]
    if (faults.length > 0) return sendPage(request, reply, page(faults), 422)
    const again = (notice: Child) => page([], notice)
    const minutes = limit.wait('send', request.ip)
    if (minutes !== null) return tooMany(house, minutes, request, reply, again)
    const { code } = await store
      .receiveSelf(selfReport(answers, language))
      .catch(kept(house, frame, again, 'broken_lead'))
    return sendPage(request, reply, selfDonePage(frame, code))
  })
}
