/** What the person has written into a form, as its questions take it. */
import { type Answer, type FormContent, noAnswers, questionsOf } from '#domain/form/definition.ts'

/** As the controls hold it: text, a chosen value, or several. */
export type Said = string | readonly string[]
export interface Kept {
  readonly answers: Readonly<Record<string, Said>>
  readonly none: Readonly<Record<string, string>>
}
export const nothing: Kept = { answers: {}, none: {} }

export const answered = (kept: Kept, key: string, value: Said): Kept => ({
  answers: { ...kept.answers, [key]: value },
  none: kept.none[key] ? { ...kept.none, [key]: '' } : kept.none,
})
export const left = (kept: Kept, key: string, why: string): Kept => ({
  none: { ...kept.none, [key]: why },
  answers: why ? { ...kept.answers, [key]: '' } : kept.answers,
})

/** Answers in the order of the form; what was left empty is left out. */
export const givenIn = (form: FormContent, kept: Kept): readonly Answer[] =>
  questionsOf(form).flatMap((q): readonly Answer[] => {
    const why = noAnswers.find((one) => one === kept.none[q.key])
    if (why !== undefined) return [{ key: q.key, none: why }]
    const said = kept.answers[q.key]
    if (said === undefined || said.length === 0) return []
    if (q.kind === 'yes_no') return [{ key: q.key, value: said === 'yes' }]
    // Whole numbers only; anything else goes as written and is refused by name, never read as another number.
    if (
      (q.kind === 'scale' || q.kind === 'number') &&
      typeof said === 'string' &&
      /^-?\d{1,12}$/.test(said.trim())
    )
      return [{ key: q.key, value: Number(said) }]
    return typeof said === 'string' && said.trim() === '' ? [] : [{ key: q.key, value: said }]
  })
