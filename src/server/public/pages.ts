/** The pages that only say something, the receipt, and the page for children. */
import { carriedIds, type Fault, maxPlace, maxShort, maxStory } from './answers.ts'
import { faultSummary, field, form, select } from './controls.ts'
import { type Child, type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { type Frame, layout, numbers, phones } from './layout.ts'
import { ageOptions, municipalityField, type ReportView, spaced } from './report-pages.ts'
import { paths } from './routes.ts'
import { speak } from './speak.ts'
import type { Receipt } from './store.ts'

export const startPage = (frame: Frame): Html => {
  const t = speak(frame.language)
  const here = paths[frame.language]
  return layout(frame, {
    place: 'home',
    main: html`<div class="start"><div>
<h1>${t('start_title')}</h1>
<p class="lead">${t('start_lead')}</p>
<div class="rule">${phones(t)}</div>
<section class="tell">
<h2>${t('write_title')}</h2>
<ul class="points"><li>${icon.write}<span>${t('write_short')}</span></li><li>${icon.person}<span>${t('write_nameless')}</span></li><li>${icon.clock}<span>${t('write_read')}</span></li></ul>
<a class="button" href="${here.report}">${t('write_start')}${icon.next}</a>
</section></div>
<div class="aside">
<section><h2>${t('code_title')}</h2><p>${t('code_lead')}</p>
<form method="post" action="${here.code}" autocomplete="off"><div class="field"><label for="code">${t('code_label')}</label>
<div class="lookup"><input type="text" class="code-field" id="code" name="code" maxlength="40" autocapitalize="characters" autocomplete="off" spellcheck="false"><button class="button second">${t('code_see')}</button></div></div></form></section>
<section><h2>${t('watched_title')}</h2><p>${t('watched_lead')} <a href="${here.clear}">${t('watched_link')}</a></p></section>
<section><h2>${t('me_title')}</h2><p>${t('me_start')} <a href="${here.self}">${t('me_link')}</a></p></section>
<section><h2>${t('child_title')}</h2><p>${t('child_lead')} <a href="${here.kids}">${t('child_link')}</a></p></section>
</div></div>`,
  })
}

export const codePage = (frame: Frame, code: string, faults: readonly Fault[]): Html => {
  const t = speak(frame.language)
  return layout(frame, {
    place: 'code',
    faulty: faults.length > 0,
    main: html`<div class="question">${faultSummary(t, faults)}<h1>${t('code_title')}</h1>
<p class="hint-text">${t('code_lead')}</p>
${form(
  paths[frame.language].code,
  field({
    t,
    faults,
    id: 'code',
    label: t('code_label'),
    hint: t('code_hint'),
    kind: 'code',
    value: code,
    max: 40,
  }),
  html`<div class="acts"><button class="button">${t('code_see')}</button></div>`,
)}</div>`,
  })
}

export interface StatusView {
  readonly frame: Frame
  readonly code: string
  readonly receipt: Receipt
  /** Id of the next addition, so that sending it twice adds it once. */
  readonly command: string
  readonly text: string
  readonly faults: readonly Fault[]
  readonly added: boolean
}

export const statusPage = ({ frame, code, receipt, command, text, faults, added }: StatusView): Html => {
  const t = speak(frame.language)
  return layout(frame, {
    place: 'code',
    carries: true,
    faulty: faults.length > 0,
    main: html`<div class="question">${faultSummary(t, faults)}<h1>${t('status_title')}</h1>
${added && html`<p class="sealed" role="status" tabindex="-1" autofocus>${icon.check}<span>${t('add_done')}</span></p>`}
<div class="status"><strong>${receipt.status === 'closed' ? icon.check : icon.clock}${t(`status_${receipt.status}`)}</strong><p>${t(`status_${receipt.status}_more`)}</p></div>
<p class="quiet">${t('status_why')}</p>
<section><h2>${t('add_title')}</h2>
${form(
  paths[frame.language].add,
  html`<input type="hidden" name="code" value="${code}"><input type="hidden" name="command" value="${command}">`,
  field({
    t,
    faults,
    id: 'text',
    label: t('add_label'),
    hint: t('add_hint'),
    kind: 'text',
    value: text,
    max: maxStory,
  }),
  html`<div class="acts"><button class="button">${t('add_send')}</button></div>`,
)}</section></div>`,
  })
}

const [now, helpline] = [numbers[0], numbers[1]]

export const kidsPage = (frame: Frame): Html => {
  const t = speak(frame.language)
  const number = ({ number: shown, tel }: (typeof numbers)[number], more: string): Html =>
    html`<li><a href="tel:${tel}"><span class="number">${shown}</span><span class="line"><strong>${more}</strong></span>${icon.phone}</a></li>`
  return layout(frame, {
    place: 'kids',
    main: html`<div class="question">
<h1>${t('kids_title')}</h1>
<p class="lead">${t('kids_lead')}</p>
<section><h2>${t('kids_call')}</h2><p>${t('kids_call_more')} ${t('kids_language')}</p>
<div class="rule"><ul class="phones">${number(helpline, t('kids_116111'))}${number(now, t('kids_112'))}</ul></div></section>
<section><h2>${t('kids_say')}</h2><ul class="said-list"><li>${t('kids_say_1')}</li><li>${t('kids_say_2')}</li><li>${t('kids_say_3')}</li></ul>
<p>${t('kids_adult')} <a href="${paths[frame.language].complain}">${t('complain_link')}</a></p></section>
<section><h2>${t('kids_write')}</h2><p>${t('kids_write_more')}</p>
<div class="acts"><a class="button" href="${paths[frame.language].kidsWrite}">${t('kids_write')}${icon.next}</a></div></section>
</div>`,
  })
}

export const kidsWritePage = (view: ReportView, notice?: Child): Html => {
  const { frame, answers, faults } = view
  const t = speak(frame.language)
  const kid = answers.kids[0]
  return layout(frame, {
    place: 'kidsWrite',
    carries: true,
    enter: 'here',
    faulty: faults.length > 0,
    main: html`<div class="question">${notice}${faultSummary(t, faults)}<h1>${t('kids_write')}</h1>
<p>${t('kids_write_more')}</p>
<a class="call" href="tel:112">${icon.call}<span><strong>112</strong>${t('kids_112')}</span></a>
${form(
  paths[frame.language].kidsWrite,
  carriedIds(answers),
  field({
    t,
    faults,
    id: 'story',
    label: t('kids_write_label'),
    hint: t('kids_write_hint'),
    kind: 'text',
    value: answers.story,
    max: maxStory,
  }),
  municipalityField(view, t, 'kids_where', 'kids_choose'),
  field({
    t,
    faults,
    id: 'where',
    label: t('kids_place'),
    hint: t('kids_place_hint'),
    value: answers.where,
    max: maxPlace,
  }),
  select({ t, faults, id: 'age1', label: t('kids_age'), value: kid?.age ?? '', options: ageOptions(t) }),
  field({ t, faults, id: 'name1', label: t('kids_name'), value: kid?.name ?? '', max: maxShort }),
  field({
    t,
    faults,
    id: 'contact',
    label: t('kids_contact'),
    hint: t('kids_contact_hint'),
    value: answers.contact,
    max: maxShort,
  }),
  html`<p class="quiet">${t('kids_after')}</p><div class="acts"><button class="button" name="go" value="send">${t('kids_send')}</button></div>`,
)}</div>`,
  })
}

export const kidsDonePage = (frame: Frame, code: string): Html => {
  const t = speak(frame.language)
  return layout(frame, {
    place: null,
    main: html`<div class="question"><h1 tabindex="-1" autofocus>${t('kids_done')}</h1><p>${t('kids_done_more')}</p>
<div class="receipt"><p>${t('kids_code')}</p><output>${spaced(code)}</output><p class="hint-text">${t('kids_code_more')}</p></div>
<section><h2>${t('kids_call')}</h2><div class="rule">${phones(t, [helpline, now])}</div></section></div>`,
  })
}

const said = (frame: Frame, place: 'clear' | 'data', main: Html): Html =>
  layout(frame, { place, main: html`<div class="question">${main}</div>` })

export const clearPage = (frame: Frame): Html => {
  const t = speak(frame.language)
  return said(
    frame,
    'clear',
    html`<h1>${t('clear_title')}</h1><p>${t('clear_lead')}</p>
<section><h2>${t('clear_first')}</h2><p>${t('clear_first_more')}</p></section>
<section><h2>${t('clear_phone')}</h2><ul class="plain"><li>${t('clear_phone_chrome')}</li><li>${t('clear_phone_safari')}</li><li>${t('clear_calls')}</li></ul></section>
<section><h2>${t('clear_computer')}</h2><ul class="plain"><li>${t('clear_computer_keys')}</li><li>${t('clear_one')}</li><li>${t('clear_private')}</li></ul></section>
<p class="sealed">${icon.warning}<span>${t('clear_warning')}</span></p>`,
  )
}

export const dataPage = (frame: Frame): Html => {
  const t = speak(frame.language)
  return said(
    frame,
    'data',
    html`<h1>${t('data_title')}</h1><p>${t('data_lead')}</p>
<section><h2>${t('data_who')}</h2><p>${t('data_who_report')}</p><p>${t('data_who_you')}</p><p>${t('data_who_official')}</p></section>
<section><h2>${t('data_receipt')}</h2><p>${t('data_receipt_more')}</p></section>
<section><h2>${t('data_device')}</h2><p>${t('data_device_none')} <a href="${paths[frame.language].clear}">${t('watched_link')}</a></p></section>
<section><h2>${t('data_address')}</h2><p>${t('data_address_more')}</p></section>
<section><h2>${t('data_law')}</h2><p>${t('data_law_more')}</p></section>`,
  )
}

/** A page that says what went wrong and, always, whom to phone. */
export const troublePage = (
  frame: Frame,
  title: string,
  lead: readonly string[],
  ways?: readonly { readonly href: string; readonly text: string }[],
): Html => {
  const t = speak(frame.language)
  const on = ways ?? [{ href: paths[frame.language].home, text: t('missing_home') }]
  return layout(frame, {
    place: 'home',
    main: html`<div class="question"><h1>${title}</h1>${lead.map((line) => html`<p>${line}</p>`)}
<div class="rule">${phones(t)}</div>
<div class="acts">${on.map(({ href, text }) => html`<a class="button second" href="${href}">${text}</a>`)}</div></div>`,
  })
}

/** What cannot go on now, said above the page that still holds the visitor's words. */
export const trouble = (title: string, lead: readonly string[]): Child =>
  html`<div class="faults" role="alert" tabindex="-1" autofocus><h2>${title}</h2>${lead.map((line) => html`<p>${line}</p>`)}<p class="calls">${numbers.map(({ number, tel }) => html`<a href="tel:${tel}">${icon.phone}${number}</a> `)}</p></div>`
