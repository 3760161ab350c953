/** From a visitor's answers to the report that is stored: what was left open stays open, nothing is guessed. */
import { tipInstitutions } from '#domain/report/body.ts'
import type { Language } from '#wire/words/index.ts'
import type { Answers, ChildAnswer, Worry } from './answers.ts'
import { tipOf } from './report-pages.ts'
import { speak } from './speak.ts'
import type { PublicChild, PublicReport, PublicSelf } from './store.ts'

/** The plain words beside the concern codes of the register (reference/al/concerns.json); triage says them exactly. */
export const concernOf: Readonly<Record<Worry, string>> = {
  violence: 'physical_violence',
  sexual: 'sexual_abuse',
  neglect: 'neglect',
  begging: 'begging',
  work: 'other_work',
  street: 'street_situation',
  trafficking: 'trafficking',
  marriage: 'child_marriage',
  online: 'online_abuse',
  school: 'out_of_school',
  missing: 'missing',
  alone: 'unaccompanied_foreign',
  self: 'self_harm',
  other: 'other',
}

const given = <K extends string>(key: K, value: string): { readonly [k in K]?: string } =>
  (value === '' ? {} : { [key]: value }) as { readonly [k in K]?: string }

const childOf = ({ age, sex, name }: ChildAnswer): PublicChild => ({
  ...(age === '' ? {} : { age: Number(age) }),
  sex: sex === 'female' || sex === 'male' ? sex : 'unknown',
  ...given('name', name),
})

const reporterOf = ({ name, contact, safe }: Answers): Pick<PublicReport, 'reporter'> =>
  name === '' && contact === '' && safe === ''
    ? {}
    : { reporter: { ...given('name', name), ...given('contact', contact), ...given('safeTime', safe) } }

const common = (a: Answers, language: Language) => ({
  commandId: a.command,
  recordId: a.record,
  language,
  municipality: a.municipality === '' || a.municipality === 'unknown' ? null : a.municipality,
  ...given('narrative', a.story),
  // The register asks for a place or a contact; «I do not know where» is an answer too, in the reporter's language.
  place: a.where === '' ? speak(language)('place_unsaid') : a.where,
  children: a.kids.map(childOf),
  ...reporterOf(a),
})

const tipFrom = (a: Answers): Pick<PublicReport, 'officialTip'> => {
  const text = tipOf(a)
  const institution = tipInstitutions.find((code) => code === a.office) ?? 'other'
  return text === '' ? {} : { officialTip: { institution, text } }
}

export const publicReport = (a: Answers, language: Language): PublicReport => ({
  ...common(a, language),
  self: false,
  business: a.who === 'business',
  danger: a.danger === '' ? 'unknown' : a.danger,
  concerns: [...new Set(a.worry.map((worry) => concernOf[worry]))],
  ...tipFrom(a),
})

/** A child writing about itself: what the child calls itself is the child's name, not a reporter's. */
export const kidsReport = (a: Answers, language: Language): PublicReport => ({
  ...common({ ...a, name: '', safe: '' }, language),
  self: true,
  business: false,
  danger: 'unknown',
  concerns: [],
})

/** An adult writing for themselves: nothing is a report of a child. */
export const selfReport = (a: Answers, language: Language): PublicSelf => ({
  commandId: a.command,
  recordId: a.record,
  language,
  danger: a.danger === '' ? 'unknown' : a.danger,
  municipality: a.municipality === '' || a.municipality === 'unknown' ? null : a.municipality,
  story: a.story,
  name: a.name,
  place: a.where,
  contact: a.contact,
  safe: a.safe,
})
