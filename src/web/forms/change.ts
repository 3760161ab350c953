/** Changes to a definition in the making. Content is never changed in place, so that what stayed the same is drawn once. */
import type { Condition, FormContent, Question, Section } from '#domain/form/definition.ts'

export const at = <T>(list: readonly T[], index: number, change: (one: T) => T): readonly T[] =>
  list.map((one, i) => (i === index ? change(one) : one))
export const without = <T>(list: readonly T[], index: number): readonly T[] =>
  list.filter((_, i) => i !== index)
export const moved = <T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] => {
  const other = list[index + by]
  const one = list[index]
  if (one === undefined || other === undefined) return list
  return list.map((x, i) => (i === index ? other : i === index + by ? one : x))
}
export const onSection = (form: FormContent, s: number, change: (one: Section) => Section): FormContent => ({
  ...form,
  sections: at(form.sections, s, change),
})
export const onQuestion = (
  form: FormContent,
  s: number,
  q: number,
  change: (one: Question) => Question,
): FormContent =>
  onSection(form, s, (section) => ({ ...section, questions: at(section.questions, q, change) }))

const blank = { sq: '', en: '' }
const keysOf = (form: FormContent): ReadonlySet<string> =>
  new Set([
    ...form.sections.flatMap((section) => section.questions.map((question) => question.key)),
    ...(form.scores ?? []).map((score) => score.key),
  ])
const freeKey = (form: FormContent, stem: string): string => {
  const taken = keysOf(form)
  for (let n = 1; ; n += 1) if (!taken.has(`${stem}_${n}`)) return `${stem}_${n}`
}
export const withQuestion = (form: FormContent, s: number): FormContent =>
  onSection(form, s, (section) => ({
    ...section,
    questions: [
      ...section.questions,
      { key: freeKey(form, 'question'), tier: 'T3', kind: 'text', label: blank },
    ],
  }))
export const withSection = (form: FormContent): FormContent => ({
  ...form,
  sections: [...form.sections, { title: blank, questions: [] }],
})
export const withScore = (form: FormContent): FormContent => ({
  ...form,
  scores: [...(form.scores ?? []), { key: freeKey(form, 'score'), label: blank, of: [], bands: [] }],
})
/** The first form of somebody who starts from nothing. */
export const emptyForm: FormContent = { title: blank, sections: [{ title: blank, questions: [] }] }

type Group = { readonly join: 'all' | 'any'; readonly parts: readonly Condition[] }
/** A condition as its list: alone it is a list of one. */
export const groupOf = (condition: Condition | undefined): Group => {
  if (condition === undefined) return { join: 'all', parts: [] }
  if ('all' in condition) return { join: 'all', parts: condition.all }
  return 'any' in condition ? { join: 'any', parts: condition.any } : { join: 'all', parts: [condition] }
}
export const conditionOf = ({ join, parts }: Group): Condition | undefined => {
  const [first] = parts
  if (first === undefined) return undefined
  if (parts.length === 1) return first
  return join === 'all' ? { all: parts } : { any: parts }
}
/** Sets a part of a question or section, or leaves it out where there is none. */
export const set = <T extends object, K extends keyof T>(one: T, key: K, value: T[K] | undefined): T => {
  const { [key]: _, ...rest } = one
  return (value === undefined ? rest : { ...rest, [key]: value }) as T
}
