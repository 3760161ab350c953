/**
 * A form out of the three sheets of an XLSForm workbook (xlsform.org), as Kobo and ODK use them. Either all of it could be read, or
 * there is a list of faults by sheet and row and no form. What this register cannot do as the workbook says is a fault, never dropped.
 */
import { checkForm } from './check.ts'
import {
  type Bilingual,
  bounds,
  type FormContent,
  type Option,
  type Question,
  type QuestionTier,
  questionTiers,
} from './definition.ts'
import { boundsFrom, conditionFrom } from './expression.ts'

export interface XlsRow {
  /** As the sheet numbers it. */
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
}
export const xlsSheets = ['survey', 'choices', 'settings'] as const
export type XlsSheet = (typeof xlsSheets)[number]
export type XlsBook = Readonly<Record<XlsSheet, readonly XlsRow[]>>
export const xlsFaults = [
  'xlsform_type',
  'xlsform_name',
  'xlsform_list',
  'xlsform_relevant',
  'xlsform_constraint',
  'xlsform_calculation',
  'xlsform_group',
  'xlsform_column',
  'xlsform_number',
  'xlsform_required',
  'xlsform_text',
  'xlsform_tier',
  'xlsform_too_many',
] as const
export interface XlsFault {
  readonly sheet: XlsSheet
  readonly row: number
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}
export type XlsResult =
  | { readonly ok: true; readonly form: string; readonly content: FormContent }
  | { readonly ok: false; readonly faults: readonly XlsFault[] }

/** What devices note by themselves; nobody is asked. */
const silent = [
  'start',
  'end',
  'today',
  'deviceid',
  'username',
  'simserial',
  'subscriberid',
  'phonenumber',
  'audit',
]
const known = [
  'type',
  'name',
  'label',
  'hint',
  'guidance_hint',
  'required',
  'relevant',
  'constraint',
  'constraint_message',
  'required_message',
  'calculation',
  'appearance',
  'parameters',
  'read_only',
  'mburoja_tier',
  'list_name',
  'score',
  'form_title',
  'form_id',
  'default_language',
  'version',
  'style',
  'instance_name',
  'order',
  '$given_name',
]
/** Older names of columns that Kobo and ODK still read. */
const otherwise: Readonly<Record<string, string>> = {
  'list name': 'list_name',
  relevance: 'relevant',
  readonly: 'read_only',
  'read only': 'read_only',
  calculate: 'calculation',
  caption: 'label',
  id_string: 'form_id',
  title: 'form_title',
}
const renamed = ({ row, cells }: XlsRow): XlsRow => ({
  row,
  cells: Object.fromEntries(
    Object.entries(cells).map(([head, text]) => {
      const [column = '', ...language] = head.split(/\s*::\s*/)
      return [[otherwise[column] ?? column, ...language].join('::'), text]
    }),
  ),
})
/** A language as a column's head names it: «Shqip (sq)», «sq», «Shqip», «Albanian». */
const languages = {
  sq: /\(sq\)\s*$|^(sq|shqip|albanian)$/i,
  en: /\(en\)\s*$|^(en|english|anglisht)$/i,
} as const
const yes = /^(yes|true|true\(\)|1)$/i
const no = /^(no|false|false\(\)|0|)$/i
const key = /^[a-z][a-z0-9_]{0,39}$/
const value = /^[a-z0-9_]{1,40}$/

interface Asking {
  readonly row: number
  readonly question: Question
  readonly relevant: string
}
interface Part {
  readonly row: number
  readonly title: Bilingual
  /** Of a group; questions outside of groups stand under the form's own title. */
  readonly grouped: boolean
  readonly relevants: readonly { readonly row: number; readonly text: string }[]
  readonly asked: Asking[]
}

export const readXlsForm = (read: XlsBook): XlsResult => {
  const book: XlsBook = {
    survey: read.survey.map(renamed),
    choices: read.choices.map(renamed),
    settings: read.settings.map(renamed),
  }
  const faults: XlsFault[] = []
  const fault = (sheet: XlsSheet, row: number, code: string, params: XlsFault['params'] = {}) => {
    const same = (f: XlsFault) =>
      f.sheet === sheet && f.row === row && f.code === code && f.params.said === params.said
    if (faults.length < 200 && !faults.some(same)) faults.push({ sheet, row, code, params })
  }
  // A column that nothing is known of is named once, by the first row that uses it.
  for (const sheet of xlsSheets) {
    const named = new Set(known)
    for (const { row, cells } of book[sheet])
      for (const column of Object.keys(cells)) {
        const bare = column.split('::')[0] ?? ''
        if (named.has(bare)) continue
        named.add(bare)
        fault(sheet, row, 'xlsform_column', { said: column.slice(0, 60) })
      }
  }

  /** `label::Shqip (sq)`, `label::English (en)`; a bare column is in the form's default language, else Albanian. */
  const said = (book.settings[0]?.cells.default_language ?? '').trim()
  const bareIn = languages.en.test(said) ? 'en' : 'sq'
  const words = (cells: XlsRow['cells'], column: string): Bilingual => {
    const of = (code: 'sq' | 'en') => {
      const found = Object.keys(cells).find((head) => {
        const [name, language] = head.split('::')
        return name === column && language !== undefined && languages[code].test(language)
      })
      return (
        (found === undefined ? undefined : cells[found]) ?? (code === bareIn ? (cells[column] ?? '') : '')
      )
    }
    return { sq: of('sq'), en: of('en') }
  }
  /** An answer inside a text (`How old is #{name}?`) would be shown as it is written. */
  const plain = (sheet: XlsSheet, row: number, cells: XlsRow['cells']) => {
    for (const [head, text] of Object.entries(cells))
      if (/^(label|hint|guidance_hint|form_title)(::|$)/.test(head) && /\$\{/.test(text))
        fault(sheet, row, 'xlsform_text', { said: text.slice(0, 60) })
  }
  const maybe = (both: Bilingual): Bilingual | undefined =>
    both.sq === '' && both.en === '' ? undefined : both
  const whole = (sheet: XlsSheet, row: number, text: string | undefined): number | undefined => {
    if (text === undefined || text === '') return undefined
    if (/^-?\d{1,9}(\.0+)?$/.test(text)) return Math.trunc(Number(text))
    fault(sheet, row, 'xlsform_number', { said: text.slice(0, 40) })
    return undefined
  }

  const lists = new Map<string, Option[]>()
  for (const { row, cells } of book.choices) {
    const list = (cells.list_name ?? '').toLowerCase()
    const name = (cells.name ?? '').replace(/\.0$/, '').toLowerCase()
    if (list === '' || !value.test(name)) {
      fault('choices', row, 'xlsform_name', { said: name.slice(0, 60) })
      continue
    }
    const score = whole('choices', row, cells.score)
    const options = lists.get(list) ?? []
    lists.set(list, [
      ...options,
      { value: name, label: words(cells, 'label'), ...(score === undefined ? {} : { score }) },
    ])
    plain('choices', row, cells)
    for (const [language, text] of Object.entries(words(cells, 'label')))
      if (text === '') fault('choices', row, 'fault_missing_translation', { language })
  }

  const settings = book.settings[0]
  if (settings !== undefined) plain('settings', settings.row, settings.cells)
  const title = words(settings?.cells ?? {}, 'form_title')
  const parts: Part[] = []
  const open: { row: number; title: Bilingual; relevant: string }[] = []
  let inPart = false
  const partNow = (row: number): Part => {
    const last = parts.at(-1)
    if (inPart && last !== undefined) return last
    const part: Part = {
      row: open.at(-1)?.row ?? row,
      title: open.at(-1)?.title ?? title,
      grouped: open.length > 0,
      relevants: open.filter((g) => g.relevant !== '').map((g) => ({ row: g.row, text: g.relevant })),
      asked: [],
    }
    parts.push(part)
    inPart = true
    return part
  }
  const sums: { row: number; key: string; label: Bilingual; of: readonly string[] }[] = []

  const kindOf = (
    type: string,
    list: string,
    row: number,
  ): Pick<Question, 'kind' | 'options' | 'points'> | null => {
    const options = lists.get(list)
    switch (type) {
      case 'text':
        return { kind: 'text' }
      case 'integer':
        return { kind: 'number' }
      case 'date':
        return { kind: 'day' }
      case 'note':
        return { kind: 'note' }
      case 'range':
        return { kind: 'scale' }
      case 'select_one':
      case 'select_multiple': {
        if (options === undefined) {
          fault('survey', row, 'xlsform_list', { said: list.slice(0, 60) })
          return null
        }
        const names = options.map((o) => o.value).sort()
        // Only where the list says no more than yes and no: other words would be lost.
        const asYesNo = ({ label }: Option) => /^(po|jo)$/i.test(label.sq) && /^(yes|no)$/i.test(label.en)
        if (type === 'select_one' && names.join() === 'no,yes' && options.every(asYesNo)) {
          const of = (name: string) => options.find((o) => o.value === name)?.score
          const points = { yes: of('yes') ?? 0, no: of('no') ?? 0 }
          return { kind: 'yes_no', ...(of('yes') === undefined && of('no') === undefined ? {} : { points }) }
        }
        return { kind: type === 'select_one' ? 'choice' : 'choices', options }
      }
      default:
        fault('survey', row, 'xlsform_type', { said: type.slice(0, 60) })
        return null
    }
  }

  for (const { row, cells } of book.survey) {
    const [type = '', list = '', ...more] = (cells.type ?? '')
      .trim()
      .toLowerCase()
      .replace(/^(begin|end)[ _]/, '$1_')
      .split(/\s+/)
    const name = (cells.name ?? '').toLowerCase()
    if (silent.includes(type) || type === 'end_repeat') continue
    plain('survey', row, cells)
    if (type === '') {
      // A row of remarks has neither; a question whose kind was forgotten is not dropped.
      if (name !== '' || maybe(words(cells, 'label')) !== undefined)
        fault('survey', row, 'xlsform_type', { said: '' })
      continue
    }
    if (type === 'begin_repeat' || more.length > 0) {
      fault('survey', row, 'xlsform_type', { said: (cells.type ?? '').slice(0, 60) })
      continue
    }
    if (type === 'begin_group') {
      open.push({ row, title: maybe(words(cells, 'label')) ?? title, relevant: cells.relevant ?? '' })
      inPart = false
      continue
    }
    if (type === 'end_group') {
      if (open.pop() === undefined) fault('survey', row, 'xlsform_group', {})
      inPart = false
      continue
    }
    if (!key.test(name)) {
      fault('survey', row, 'xlsform_name', { said: name.slice(0, 60) })
      continue
    }
    if (type === 'calculate') {
      const of = [...(cells.calculation ?? '').matchAll(/\$\{([A-Za-z_]\w*)\}/g)].map((m) =>
        (m[1] ?? '').toLowerCase(),
      )
      if (!/^\s*\$\{\w+\}(\s*\+\s*\$\{\w+\})*\s*$/.test(cells.calculation ?? ''))
        fault('survey', row, 'xlsform_calculation', { said: (cells.calculation ?? '').slice(0, 60) })
      if (cells.relevant) fault('survey', row, 'xlsform_relevant', { said: cells.relevant.slice(0, 80) })
      const label = maybe(words(cells, 'label')) ?? { sq: name, en: name }
      sums.push({ row, key: name, label, of })
      continue
    }
    if (
      type === 'range' &&
      !/start=1\b.*end=5\b/.test((cells.parameters ?? 'start=1 end=5').replaceAll(';', ' '))
    ) {
      fault('survey', row, 'xlsform_type', { said: `range ${cells.parameters ?? ''}`.slice(0, 60) })
      continue
    }
    const kind = kindOf(type, list, row)
    if (kind === null) continue
    const limit = cells.constraint ? boundsFrom(cells.constraint) : {}
    if (limit === null || (cells.constraint && kind.kind !== 'number'))
      fault('survey', row, 'xlsform_constraint', { said: (cells.constraint ?? '').slice(0, 60) })
    const tier = questionTiers.find((one) => one === (cells.mburoja_tier ?? 'T3').toUpperCase())
    if (tier === undefined)
      fault('survey', row, 'xlsform_tier', { said: (cells.mburoja_tier ?? '').slice(0, 20) })
    const must = (cells.required ?? '').trim()
    if (!yes.test(must) && !no.test(must))
      fault('survey', row, 'xlsform_required', { said: must.slice(0, 60) })
    if (!no.test((cells.read_only ?? '').trim()))
      fault('survey', row, 'xlsform_column', { said: 'read_only' })
    const [hint, help] = [maybe(words(cells, 'hint')), maybe(words(cells, 'guidance_hint'))]
    partNow(row).asked.push({
      row,
      relevant: cells.relevant ?? '',
      question: {
        key: name,
        tier: tier ?? ('T3' satisfies QuestionTier),
        ...kind,
        label: words(cells, 'label'),
        ...(hint === undefined ? {} : { hint }),
        ...(help === undefined ? {} : { help }),
        ...(yes.test(must) ? { required: true } : {}),
        ...limit,
      },
    })
  }
  for (const { row } of open) fault('survey', row, 'xlsform_group', {})
  const count = parts.reduce((n, part) => n + part.asked.length, 0)
  if (count > bounds.questions || parts.length > bounds.sections)
    fault('survey', 1, 'xlsform_too_many', { most: bounds.questions })

  const scores = sums.map(({ key: own, label, of }) => ({ key: own, label, of, bands: [] }))
  const bare: FormContent = {
    title,
    sections: parts.map((part) => ({ title: part.title, questions: part.asked.map((one) => one.question) })),
    ...(scores.length === 0 ? {} : { scores }),
  }
  const conditionAt = (row: number, texts: readonly string[]) => {
    const said = texts.filter((text) => text.trim() !== '')
    if (said.length === 0) return {}
    const when = conditionFrom(said.map((text) => `(${text})`).join(' and '), bare)
    if (when === null) fault('survey', row, 'xlsform_relevant', { said: said.join(' and ').slice(0, 80) })
    return when === null ? {} : { when }
  }
  const content: FormContent = {
    ...bare,
    sections: parts.map((part) => ({
      title: part.title,
      ...conditionAt(
        part.row,
        part.relevants.map((one) => one.text),
      ),
      questions: part.asked.map((one) => ({ ...one.question, ...conditionAt(one.row, [one.relevant]) })),
    })),
  }
  for (const { code, path, params } of checkForm(content)) {
    const [, s, q] = /^sections\.(\d+)(?:\.questions\.(\d+))?/.exec(path) ?? []
    const [, n] = /^scores\.(\d+)/.exec(path) ?? []
    const part = s === undefined ? undefined : parts[Number(s)]
    const row =
      n !== undefined ? sums[Number(n)]?.row : q === undefined ? part?.row : part?.asked[Number(q)]?.row
    // Options carry their own row; what is missing there has been said of the choices.
    if (/\.options\.\d+\.label/.test(path)) continue
    if (part?.grouped === false && path.startsWith(`sections.${s}.title`)) continue
    if (row === undefined) fault('settings', settings?.row ?? 1, `fault_${code}`, params)
    else fault('survey', row, `fault_${code}`, params)
  }
  const form = (settings?.cells.form_id ?? '').toLowerCase().replaceAll(/[^a-z0-9_]+/g, '_')
  if (!key.test(form)) fault('settings', settings?.row ?? 1, 'xlsform_name', { said: form.slice(0, 60) })
  return faults.length > 0 ? { ok: false, faults } : { ok: true, form, content }
}
