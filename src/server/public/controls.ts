/** Fields of the public forms: label, hint, fault, control, always tied together by id. */
import type { Fault } from './answers.ts'
import { type Child, type Html, html } from './html.ts'
import { icon } from './icons.ts'
import type { Speak } from './speak.ts'

export interface Field {
  readonly t: Speak
  readonly faults: readonly Fault[]
  readonly id: string
  readonly label: string
  readonly value: string
  readonly hint?: string
  readonly optional?: boolean
  readonly kind?: 'line' | 'text' | 'code'
  /** Characters the control takes; the server checks again. */
  readonly max: number
}

export const faultLine = (t: Speak, fault: Fault | undefined): Child =>
  fault !== undefined &&
  html`<p class="fault" id="${fault.at}-fault">${icon.fault}<span><span class="vh">${t('fault')} </span>${t(fault.word, fault.params)}</span></p>`

export const faultAt = (faults: readonly Fault[], id: string): Fault | undefined =>
  faults.find((fault) => fault.at === id)

const describedBy = (id: string, hint: boolean, fault: boolean): Child => {
  const ids = [hint && `${id}-hint`, fault && `${id}-fault`].filter((part) => part !== false)
  return ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`
}

const optionalMark = (t: Speak): Html => html` <span class="optional">(${t('optional')})</span>`

export const field = ({ t, faults, id, label, value, hint, optional, kind = 'line', max }: Field): Html => {
  const fault = faultAt(faults, id)
  const described = describedBy(id, hint !== undefined, fault !== undefined)
  const invalid = fault !== undefined && html` aria-invalid="true"`
  return html`<div class="field${fault !== undefined && ' faulty'}">
<label for="${id}">${label}${optional && optionalMark(t)}</label>
${hint !== undefined && html`<p class="hint-text" id="${id}-hint">${hint}</p>`}
${faultLine(t, fault)}
${
  kind === 'text'
    ? html`<textarea id="${id}" name="${id}" rows="5" maxlength="${max}" spellcheck="false"${described}${invalid}>
${value}</textarea>`
    : html`<input type="text" id="${id}" name="${id}" value="${value}" maxlength="${max}"${kind === 'code' && html` class="code-field" autocapitalize="characters" inputmode="text"`} autocomplete="off" spellcheck="false"${described}${invalid}>`
}
</div>`
}

export interface Select {
  readonly t: Speak
  readonly faults: readonly Fault[]
  readonly id: string
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

export const select = ({ t, faults, id, label, value, options }: Select): Html => {
  const fault = faultAt(faults, id)
  return html`<div class="field narrow${fault !== undefined && ' faulty'}">
<label for="${id}">${label}</label>
${faultLine(t, fault)}
<select id="${id}" name="${id}"${describedBy(id, false, fault !== undefined)}${fault !== undefined && html` aria-invalid="true"`}>${options.map(
    (option) =>
      html`<option value="${option.value}"${option.value === value && html` selected`}>${option.label}</option>`,
  )}</select>
</div>`
}

export interface Tick {
  readonly type: 'checkbox' | 'radio'
  readonly id: string
  readonly name: string
  readonly value: string
  readonly label: string
  readonly more?: string
  readonly checked: boolean
}

export const tick = ({ type, id, name, value, label, more, checked }: Tick): Html =>
  html`<div class="tick"><input type="${type}" id="${id}" name="${name}" value="${value}"${checked && html` checked`}><label for="${id}">${label}${more !== undefined && html`<small>${more}</small>`}</label></div>`

/** What must be corrected, on top, with the keyboard moved to it: no script needed. */
export const faultSummary = (t: Speak, faults: readonly Fault[]): Child =>
  faults.length > 0 &&
  html`<div class="faults" role="alert" tabindex="-1" autofocus aria-labelledby="faults-title">
<h2 id="faults-title">${t('errors', { count: faults.length })}</h2>
<ul>${faults.map((fault) => html`<li><a href="#${fault.at}">${t(fault.word, fault.params)}</a></li>`)}</ul>
</div>`

/** A form that keeps nothing in the browser: no completion, no validation bubbles of its own. */
export const form = (action: string, ...children: readonly Child[]): Html =>
  html`<form id="f" method="post" action="${action}" novalidate autocomplete="off">${children}</form>`
