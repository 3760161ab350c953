/** The five questions, the stop at 112, looking over, and the receipt. */
import { type TipInstitution, tipInstitutions } from '#domain/report/body.ts'
import {
  type Answers,
  carried,
  type Fault,
  maxChildren,
  maxPlace,
  maxShort,
  maxStory,
  type Step,
  steps,
  worries,
} from './answers.ts'
import { faultAt, faultLine, faultSummary, field, form, select, tick } from './controls.ts'
import { type Child, type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { type Frame, layout } from './layout.ts'
import { paths } from './routes.ts'
import { type Speak, speak, type Word } from './speak.ts'

export type Screen = Step | 'stop' | 'check'

export interface ReportView {
  readonly frame: Frame
  readonly answers: Answers
  readonly faults: readonly Fault[]
  readonly municipalities: readonly { readonly code: string; readonly name: string }[]
}

/** The order of the screens; who is in danger now passes 112 first. */
export const screensOf = (answers: Answers): readonly Screen[] => [
  'danger',
  ...(answers.danger === 'yes' ? (['stop'] as const) : []),
  'worry',
  'place',
  'child',
  'you',
  'check',
]

const progress = (t: Speak, step: Step): Html => {
  const at = steps.indexOf(step) + 1
  return html`<ol class="steps" aria-hidden="true">${steps.map((_, i) => html`<li${i < at && html` class="past"`}></li>`)}</ol>
<p class="count">${t('step_of', { step: at })}</p>`
}

const call112 = (t: Speak): Html =>
  html`<a class="call" href="tel:112">${icon.call}<span><strong>${t('danger_call')}</strong>${t('danger_call_more')}</span></a>`

const acts = (t: Speak, next: Child): Html =>
  html`<div class="acts">${next}<button class="button second" name="go" value="back">${t('back')}</button></div>`

const nextButton = (t: Speak, word: Word = 'next'): Html =>
  html`<button class="button" name="go" value="next">${t(word)}</button>`

const danger = ({ frame, answers, faults }: ReportView, t: Speak): Child => {
  const choice = (value: 'yes' | 'no' | 'unknown', sign: Html): Html =>
    html`<button class="choice" id="danger-${value}" name="danger" value="${value}">${sign}<span><strong>${t(`danger_${value}`)}</strong>${t(`danger_${value}_more`)}</span>${answers.danger === value && html`<em>${t('danger_chosen')}</em>`}</button>`
  return html`${progress(t, 'danger')}
<h1>${t('danger_title')}</h1>
<p class="hint-text">${t('danger_lead')}</p>
${call112(t)}
${faultLine(t, faults[0])}
<p class="quiet">${t('me_start')} <a href="${paths[frame.language].self}">${t('me_link')}</a></p>
<div class="choices">${choice('yes', icon.warning)}${choice('no', icon.eye)}${choice('unknown', icon.question)}</div>
<p class="quiet">${t('leave_warning')}</p>`
}

const stop = (_: ReportView, t: Speak): Child => html`<h1>${t('danger_stop_title')}</h1>
<p>${t('danger_stop_lead')}</p>
${call112(t)}
<ul class="plain"><li>${t('danger_stop_safe')}</li><li>${t('danger_stop_quiet')}</li></ul>
${acts(t, nextButton(t, 'danger_stop_next'))}`

const worry = ({ answers, faults }: ReportView, t: Speak): Child => {
  const fault = faultAt(faults, 'worry-violence')
  return html`${progress(t, 'worry')}
<fieldset${fault !== undefined && html` class="faulty"`} aria-describedby="worry-hint">
<legend><h1>${t('worry_title')}</h1></legend>
<p class="hint-text" id="worry-hint">${t('worry_lead')}</p>
${faultLine(t, fault)}
<div class="ticks">${worries.map((value) =>
    tick({
      type: 'checkbox',
      id: `worry-${value}`,
      name: 'worry',
      value,
      label: t(`worry_${value}`),
      ...(value === 'work' ? { more: t('worry_work_more') } : {}),
      checked: answers.worry.includes(value),
    }),
  )}${tick({
    type: 'checkbox',
    id: 'worry-unknown',
    name: 'worry',
    value: 'unknown',
    label: t('worry_unknown'),
    checked: answers.worryUnknown,
  })}</div>
</fieldset>
${field({ t, faults, id: 'story', label: t('story_label'), hint: t('story_hint'), optional: true, kind: 'text', value: answers.story, max: maxStory })}
${acts(t, nextButton(t))}`
}

export const municipalityField = (
  view: ReportView,
  t: Speak,
  label: Word,
  choose: 'municipality_choose' | 'kids_choose' = 'municipality_choose',
): Html =>
  select({
    t,
    faults: view.faults,
    id: 'municipality',
    label: t(label),
    value: view.answers.municipality,
    options: [
      { value: '', label: t(choose) },
      { value: 'unknown', label: t('unknown') },
      ...view.municipalities.map(({ code, name }) => ({ value: code, label: name })),
    ],
  })

const place = (view: ReportView, t: Speak): Child => html`${progress(t, 'place')}
<h1>${t('place_title')}</h1>
<p class="hint-text">${t('place_lead')}</p>
${municipalityField(view, t, 'municipality_label')}
${field({ t, faults: view.faults, id: 'where', label: t('place_label'), hint: t('place_hint'), optional: true, value: view.answers.where, max: maxPlace })}
${acts(t, nextButton(t))}`

export const ageOptions = (t: Speak): readonly { value: string; label: string }[] => [
  { value: '', label: t('unknown') },
  ...Array.from({ length: 18 }, (_, age) => ({
    value: String(age),
    label: age === 0 ? t('age_under') : t('age', { count: age }),
  })),
]

const sexRadios = (t: Speak, n: number, chosen: string): Html =>
  html`<fieldset class="field"><legend class="label">${t('sex_label')}</legend><div class="across">${(
    [
      ['female', 'sex_girl'],
      ['male', 'sex_boy'],
      ['unknown', 'unknown'],
    ] as const
  ).map(([value, word]) =>
    tick({
      type: 'radio',
      id: `sex${n}-${value}`,
      name: `sex${n}`,
      value,
      label: t(word),
      checked: chosen === value,
    }),
  )}</div></fieldset>`

const child = ({ answers, faults }: ReportView, t: Speak): Child => {
  const one = (kid: Answers['kids'][number], i: number): Html => {
    const n = i + 1
    const asked = html`${select({ t, faults, id: `age${n}`, label: t('age_label'), value: kid.age, options: ageOptions(t) })}
${sexRadios(t, n, kid.sex)}
${field({ t, faults, id: `name${n}`, label: t('name_label'), hint: t('name_hint'), optional: true, value: kid.name, max: maxShort })}`
    return answers.kids.length === 1
      ? asked
      : html`<fieldset class="kid"><legend>${t('child_n', { n })}</legend><div>${asked}</div></fieldset>`
  }
  return html`${progress(t, 'child')}
<h1>${t('child_step_title')}</h1>
<p class="hint-text">${t('child_step_lead')}</p>
${answers.kids.map(one)}
<p class="quiet">${answers.kids.length < maxChildren ? html`<button class="link" name="go" value="more">${t('child_more')}</button>` : t('child_limit', { max: maxChildren })}
${answers.kids.length > 1 && html` · <button class="link" name="go" value="less">${t('child_less')}</button>`}</p>
<input type="hidden" name="kids" value="${answers.kids.length}">
${acts(t, nextButton(t))}`
}

const you = ({ answers, faults }: ReportView, t: Speak): Child => html`${progress(t, 'you')}
<h1>${t('you_title')}</h1>
<p class="hint-text">${t('you_lead')}</p>
${field({ t, faults, id: 'name', label: t('your_name'), optional: true, value: answers.name, max: maxShort })}
${field({ t, faults, id: 'contact', label: t('contact_label'), hint: t('contact_hint'), optional: true, value: answers.contact, max: maxShort })}
${field({ t, faults, id: 'safe', label: t('contact_safe_label'), optional: true, value: answers.safe, max: maxShort })}
<fieldset class="field"><legend class="label">${t('who_title')}</legend><div class="across">${(
  [
    ['person', 'who_person'],
    ['business', 'who_business'],
  ] as const
).map(([value, word]) =>
  tick({
    type: 'radio',
    id: `who-${value}`,
    name: 'who',
    value,
    label: t(word),
    checked: answers.who === value,
  }),
)}</div></fieldset>
<section class="part">
<fieldset aria-describedby="official-hint"><legend><h2>${t('official_title')}</h2></legend>
<p class="hint-text" id="official-hint">${t('official_lead')}</p>
<div class="across">${(
  [
    ['yes', 'official_yes'],
    ['no', 'official_no'],
    ['unknown', 'unknown'],
  ] as const
).map(([value, word]) =>
  tick({
    type: 'radio',
    id: `official-${value}`,
    name: 'official',
    value,
    label: t(word),
    checked: answers.official === value,
  }),
)}</div></fieldset>
${select({
  t,
  faults,
  id: 'office',
  label: t('official_where'),
  value: answers.office,
  options: [
    { value: '', label: t('unknown') },
    ...tipInstitutions.map((code) => ({ value: code, label: t(`office_${code}`) })),
  ],
})}
${field({ t, faults, id: 'tip', label: t('official_what'), hint: t('official_what_hint'), kind: 'text', value: answers.tip, max: maxStory })}
<p class="sealed">${icon.lock}<span>${t('official_sealed')} ${t('official_phone')} <a href="tel:08009090">0800 9090</a>.</span></p>
</section>
${acts(t, nextButton(t))}`

/** What is sealed is sent only where the visitor said yes, or left the question open but wrote. */
export const tipOf = (answers: Answers): string =>
  answers.official === 'no' || answers.official === 'unknown' ? '' : answers.tip

const check = ({ answers: a, municipalities }: ReportView, t: Speak): Child => {
  const row = (step: Step, word: Word, lines: readonly Child[]): Html => {
    const said = lines.filter((line) => line !== '' && line !== false && line !== undefined)
    return html`<div><dt>${t(word)}</dt><dd class="said${said.length === 0 && ' none'}">${
      said.length === 0 ? t('check_none') : said.map((line, i) => html`${i > 0 && '\n'}${line}`)
    }</dd><dd class="change"><button class="link" name="go" value="change-${step}">${t('check_change')}<span class="vh">: ${t(word)}</span></button></dd></div>`
  }
  const municipality = municipalities.find(({ code }) => code === a.municipality)?.name ?? t('unknown')
  const kids = a.kids.map((kid) =>
    [
      kid.name,
      kid.sex === 'female' ? t('sex_girl') : kid.sex === 'male' ? t('sex_boy') : '',
      kid.age === '' ? '' : kid.age === '0' ? t('age_under') : t('age', { count: Number(kid.age) }),
    ]
      .filter((part) => part !== '')
      .join(', '),
  )
  const several = kids.length > 1
  const tip = tipOf(a)
  return html`<h1>${t('check_title')}</h1>
<p class="hint-text">${t('check_lead')}</p>
<dl class="answers">
${row('danger', 'check_danger', [a.danger === '' ? '' : t(a.danger === 'yes' ? 'yes' : a.danger === 'no' ? 'danger_no' : 'danger_unknown')])}
${row('worry', 'check_worry', [...a.worry.map((w) => t(`worry_${w}`)), a.worryUnknown && t('worry_unknown')])}
${row('worry', 'check_story', [a.story])}
${row('place', 'check_place', [municipality, a.where])}
${row('child', 'check_child', several ? kids.map((kid, i) => `${t('child_n', { n: i + 1 })}: ${kid || t('unknown')}`) : kids)}
${row('you', 'check_you', [a.name, a.contact, a.safe, a.who === 'business' && t('who_business')])}
${row('you', 'check_official', [tip !== '' && a.office !== '' && t(`office_${a.office as TipInstitution}`), tip, tip !== '' && html`<span class="hint-text">${t('check_sealed')}</span>`])}
</dl>
${acts(t, html`<button class="button" name="go" value="send">${t('send')}</button>`)}
<p class="quiet">${t('leave_warning')}</p>`
}

const screens: Readonly<Record<Screen, (view: ReportView, t: Speak) => Child>> = {
  danger,
  stop,
  worry,
  place,
  child,
  you,
  check,
}

const asked = (screen: Screen): Step | null => (screen === 'stop' || screen === 'check' ? null : screen)

/** One screen of the report, with everything said so far carried in hidden fields. */
export const reportPage = (view: ReportView, screen: Screen, notice?: Child): Html => {
  const { frame, answers, faults } = view
  const t = speak(frame.language)
  const step = asked(screen)
  return layout(frame, {
    place: 'report',
    carries: true,
    faulty: faults.length > 0,
    ...(step === null ? {} : { tab: t('tab_step', { step: steps.indexOf(step) + 1 }) }),
    main: html`<div class="question">${notice}${faultSummary(t, faults)}${form(
      paths[frame.language].report,
      carried(answers, step),
      html`<input type="hidden" name="at" value="${screen}">`,
      screens[screen](view, t),
    )}</div>`,
  })
}

/** In groups of four, as people read and write codes. */
export const spaced = (code: string): string =>
  code.replaceAll(/[^0-9A-Za-z]/g, '').replaceAll(/(.{4})(?=.)/g, '$1 ')

export const donePage = (frame: Frame, code: string, dangerNow: boolean): Html => {
  const t = speak(frame.language)
  return layout(frame, {
    place: null,
    main: html`<div class="question">
<h1 tabindex="-1" autofocus>${t('done_title')}</h1>
<p>${t('done_thanks')}</p>
${dangerNow && call112(t)}
<div class="receipt"><p>${t('done_code')}</p><output>${spaced(code)}</output>
<p><strong>${t('done_keep')}</strong></p><p class="hint-text">${t('done_keep_more')}</p></div>
<section><h2>${t('done_next')}</h2><ul class="plain">
<li>${t('done_next_read')}</li><li>${t('done_next_code')}</li><li>${t('done_next_quiet')}</li><li>${t('done_next_danger')}</li></ul></section>
<p class="quiet">${t('done_leave')} <a href="${paths[frame.language].clear}">${t('watched_link')}</a></p>
</div>`,
  })
}
