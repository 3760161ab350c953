/** Complaints: whom about, what happened, the receipt with its secret, and the answer. Two short pages, said to a child. */
import {
  type Complainant,
  type ComplaintBody,
  complainants,
  complaintBodies,
  type DiscriminationGround,
  discriminationGrounds,
} from '#domain/complaint/model.ts'
import type { ComplaintAnswer } from '../complaint/public.ts'
import type { ComplaintReceipt, DirectoryUnit } from '../complaint/store.ts'
import { type Fault, maxShort, maxStory } from './answers.ts'
import { faultAt, faultLine, faultSummary, field, form, select, tick } from './controls.ts'
import { type Child, type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { type Frame, layout, numbers, phones } from './layout.ts'
import { spaced } from './report-pages.ts'
import { paths } from './routes.ts'
import { type Speak, speak } from './speak.ts'

export interface ComplaintAnswers {
  readonly command: string
  readonly record: string
  readonly body: ComplaintBody | ''
  readonly municipality: string
  readonly unit: string
  readonly bodySaid: string
  readonly story: string
  readonly unfair: '' | 'yes' | 'no' | 'unknown'
  readonly ground: DiscriminationGround | ''
  readonly by: Complainant | ''
  readonly name: string
  readonly contact: string
  readonly safe: string
}

export interface ComplaintPageView {
  readonly frame: Frame
  readonly answers: ComplaintAnswers
  readonly faults: readonly Fault[]
  readonly municipalities: readonly { readonly code: string; readonly name: string }[]
  /** Of the kind and place chosen on the first page. */
  readonly units: readonly DirectoryUnit[]
  readonly step: 'about' | 'tell'
}

const hidden = (name: string, value: string): Child =>
  value !== '' && html`<input type="hidden" name="${name}" value="${value}">`

const [danger, helpline] = [numbers[0], numbers[1]]

const about = ({ frame, answers, faults, municipalities }: ComplaintPageView, t: Speak): Child => {
  const fault = faultAt(faults, 'body-child_protection')
  return html`<h1>${t('complain_title')}</h1>
<p class="lead">${t('complain_lead')}</p>
<p class="sealed">${icon.check}<span>${t('complain_path')}</span></p>
<p class="quiet">${t('complain_urgent')} <a href="tel:${danger.tel}">${danger.number}</a>, <a href="tel:${helpline.tel}">${helpline.number}</a></p>
<fieldset class="field${fault !== undefined && ' faulty'}"><legend><h2>${t('complain_about')}</h2></legend>
${faultLine(t, fault)}
<div class="ticks">${complaintBodies.map((value) =>
    tick({
      type: 'radio',
      id: `body-${value}`,
      name: 'body',
      value,
      label: t(`complain_body_${value}`),
      checked: answers.body === value,
    }),
  )}</div></fieldset>
${select({
  t,
  faults,
  id: 'municipality',
  label: t('complain_where'),
  value: answers.municipality,
  options: [
    { value: '', label: t('unknown') },
    ...municipalities.map(({ code, name }) => ({ value: code, label: name })),
  ],
})}
<div class="acts"><button class="button" name="go" value="next">${t('next')}</button></div>
<p class="quiet"><a href="${paths[frame.language].complainLook}">${t('complain_look_title')}</a></p>`
}

const choice = (
  t: Speak,
  name: string,
  legend: string,
  options: readonly { readonly value: string; readonly label: string }[],
  chosen: string,
  faults: readonly Fault[],
): Html => {
  const fault = faultAt(faults, `${name}-${options[0]?.value ?? ''}`)
  return html`<fieldset class="field${fault !== undefined && ' faulty'}"><legend class="label">${legend}</legend>${faultLine(t, fault)}<div class="ticks">${options.map(
    ({ value, label }) =>
      tick({ type: 'radio', id: `${name}-${value}`, name, value, label, checked: chosen === value }),
  )}</div></fieldset>`
}

const tell = ({ frame, answers, faults, units }: ComplaintPageView, t: Speak): Child =>
  html`<h1>${t('complain_tell')}</h1>
<p class="hint-text">${answers.body !== '' && t(`complain_body_${answers.body}`)}</p>
${hidden('body', answers.body)}${hidden('municipality', answers.municipality)}
${
  units.length > 0 &&
  select({
    t,
    faults,
    id: 'unit',
    label: t('complain_which'),
    value: answers.unit,
    options: [
      { value: '', label: t('complain_which_unknown') },
      ...units.map(({ id, nameSq, nameEn }) => ({
        value: id,
        label: frame.language === 'sq' ? nameSq : nameEn,
      })),
    ],
  })
}
${
  answers.body !== 'state_agency' &&
  field({
    t,
    faults,
    id: 'said',
    label: t('complain_which_said'),
    ...(units.length > 0 ? { hint: t('complain_which_hint') } : {}),
    optional: true,
    value: answers.bodySaid,
    max: maxShort,
  })
}
${field({ t, faults, id: 'story', label: t('complain_story'), hint: t('complain_story_hint'), kind: 'text', value: answers.story, max: maxStory })}
${choice(
  t,
  'unfair',
  t('complain_unfair'),
  [
    { value: 'yes', label: t('complain_yes') },
    { value: 'no', label: t('complain_no') },
    { value: 'unknown', label: t('unknown') },
  ],
  answers.unfair,
  faults,
)}
${select({
  t,
  faults,
  id: 'ground',
  label: t('complain_ground'),
  value: answers.ground,
  options: [
    { value: '', label: t('unknown') },
    ...discriminationGrounds.map((value) => ({ value, label: t(`complain_ground_${value}`) })),
  ],
})}
${choice(
  t,
  'by',
  t('complain_by'),
  complainants.map((value) => ({ value, label: t(`complain_by_${value}`) })),
  answers.by,
  faults,
)}
<p class="sealed">${icon.check}<span>${t('complain_sealed')}</span></p>
${field({ t, faults, id: 'name', label: t('complain_name'), optional: true, value: answers.name, max: maxShort })}
${field({ t, faults, id: 'contact', label: t('complain_contact'), hint: t('complain_contact_hint'), optional: true, value: answers.contact, max: maxShort })}
${field({ t, faults, id: 'safe', label: t('complain_safe'), optional: true, value: answers.safe, max: maxShort })}
<div class="acts"><button class="button" name="go" value="send">${t('complain_send')}</button><button class="button second" name="go" value="back">${t('back')}</button></div>`

/** What the second page asks, carried through the first when somebody goes back to it. */
const carriedBack = (a: ComplaintAnswers): Child => [
  hidden('unit', a.unit),
  hidden('said', a.bodySaid),
  hidden('story', a.story),
  hidden('unfair', a.unfair),
  hidden('ground', a.ground),
  hidden('by', a.by),
  hidden('name', a.name),
  hidden('contact', a.contact),
  hidden('safe', a.safe),
]

export const complaintPage = (view: ComplaintPageView, notice?: Child): Html => {
  const { frame, answers, faults, step } = view
  const t = speak(frame.language)
  return layout(frame, {
    place: 'complain',
    carries: true,
    enter: step === 'about' ? 'next' : 'here',
    faulty: faults.length > 0,
    main: html`<div class="question">${notice}${faultSummary(t, faults)}${form(
      paths[frame.language].complain,
      html`<input type="hidden" name="step" value="${step}">`,
      hidden('command', answers.command),
      hidden('record', answers.record),
      step === 'about' ? [carriedBack(answers), about(view, t)] : tell(view, t),
    )}</div>`,
  })
}

export const complaintDonePage = (frame: Frame, { code, secret }: ComplaintReceipt): Html => {
  const t = speak(frame.language)
  return layout(frame, {
    place: null,
    main: html`<div class="question"><h1 tabindex="-1" autofocus>${t('complain_done')}</h1><p>${t('complain_done_more')}</p>
<div class="receipt"><p id="code-name">${t('complain_code')}</p><output aria-labelledby="code-name">${spaced(`${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`)}</output><p id="secret-name">${t('complain_secret')}</p><output aria-labelledby="secret-name">${spaced(`${secret.slice(0, 4)}-${secret.slice(4)}`)}</output><p class="hint-text">${t('complain_keep')}</p></div>
<section><h2>${t('kids_call')}</h2><div class="rule">${phones(t, [helpline, danger])}</div></section></div>`,
  })
}

export const complaintLookPage = (frame: Frame, given: ComplaintReceipt, faults: readonly Fault[]): Html => {
  const t = speak(frame.language)
  return layout(frame, {
    place: 'complainLook',
    faulty: faults.length > 0,
    main: html`<div class="question">${faultSummary(t, faults)}<h1>${t('complain_look_title')}</h1>
<p class="hint-text">${t('complain_look_lead')}</p>
${form(
  paths[frame.language].complainLook,
  field({
    t,
    faults,
    id: 'code',
    label: t('complain_code'),
    hint: t('complain_code_hint'),
    kind: 'code',
    value: given.code,
    max: 40,
  }),
  field({
    t,
    faults,
    id: 'secret',
    label: t('complain_secret'),
    hint: t('complain_secret_hint'),
    kind: 'code',
    value: given.secret,
    max: 40,
  }),
  html`<div class="acts"><button class="button">${t('complain_look')}</button></div>`,
)}
<p class="quiet"><a href="${paths[frame.language].complain}">${t('complain_again')}</a></p></div>`,
  })
}

const dayOf = (day: string): string => day.split('-').reverse().map(Number).join('.')

export const complaintStatusPage = (frame: Frame, answer: ComplaintAnswer): Html => {
  const t = speak(frame.language)
  const { status, outcome } = answer
  const decided = status === 'decided'
  const title = decided
    ? outcome !== null && t(`complain_outcome_${outcome}`)
    : t(`complain_status_${status}`)
  return layout(frame, {
    place: 'complainLook',
    main: html`<div class="question"><h1>${t('complain_status_title')}</h1>
<div class="status"><strong>${decided ? icon.check : icon.clock}${title}</strong>${!decided && html`<p>${t(`complain_status_${status}_more`)}</p>`}${!decided && answer.decideBy !== null && html`<p>${t('complain_by_day', { day: dayOf(answer.decideBy) })}</p>`}</div>
${answer.answer !== null && decided && answer.answer.split(/\n+/).map((line) => html`<p>${line}</p>`)}
${decided && answer.passedTo !== null && html`<p>${t('complain_passed', { whom: answer.passedTo })}</p>`}
${answer.advocate === 'open' && html`<p class="sealed">${icon.eye}<span>${t('complain_advocate')}</span></p>`}
${decided && html`<p class="quiet">${t('complain_not_happy')}</p>`}
<div class="rule">${phones(t, [helpline, danger])}</div></div>`,
  })
}
