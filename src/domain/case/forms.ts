/** Assessment forms as data: the definitions ship in reference/al/forms, the domain only reads them. */
import type { Json } from '../core.ts'
import type { AssessmentForm } from './state.ts'

export type Bilingual = { readonly sq: string; readonly en: string }
export type QuestionKind = 'text' | 'choice' | 'choices' | 'yes_no' | 'day' | 'scale'
export interface Question {
  readonly key: string
  readonly tier: 'T2' | 'T3' | 'T4'
  readonly kind: QuestionKind
  readonly label: Bilingual
  readonly hint?: Bilingual
  readonly required?: boolean
  readonly options?: readonly { readonly value: string; readonly label: Bilingual }[]
}
export interface FormDefinition {
  readonly form: AssessmentForm
  readonly version: number
  /** Official form names and wording are unconfirmed [U] until a lawyer has read DCM 578/2018. */
  readonly verified: boolean
  readonly effectiveFrom: string
  readonly source: string
  readonly title: Bilingual
  readonly sections: readonly { readonly title: Bilingual; readonly questions: readonly Question[] }[]
}

/** A question may stay without answer, but says why; "no answer" is an answer of its own. */
export const noAnswers = ['not_known', 'not_asked', 'prefers_not'] as const
export type NoAnswer = (typeof noAnswers)[number]
export type Answer =
  | { readonly key: string; readonly value: string | boolean | number | readonly string[] }
  | { readonly key: string; readonly none: NoAnswer }

export const questionsOf = (form: FormDefinition): readonly Question[] =>
  form.sections.flatMap((section) => section.questions)

const day = /^\d{4}-\d{2}-\d{2}$/

/** Whether the value is one that the question can have. */
export function fits(question: Question, answer: Answer): boolean {
  if ('none' in answer) return true
  const { value } = answer
  const known = (v: unknown) => question.options?.some((o) => o.value === v) === true
  switch (question.kind) {
    case 'text':
      return typeof value === 'string' && value.trim() !== ''
    case 'yes_no':
      return typeof value === 'boolean'
    case 'choice':
      return known(value)
    case 'choices':
      return Array.isArray(value) && value.every(known)
    case 'day':
      return typeof value === 'string' && day.test(value)
    case 'scale':
      return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5
  }
}

export const answersOf = (
  form: FormDefinition,
  answers: readonly Answer[],
  tier: Question['tier'],
): { readonly [key: string]: Json } => {
  const of = new Map(questionsOf(form).map((q) => [q.key, q.tier]))
  return Object.fromEntries(
    answers
      .filter((a) => of.get(a.key) === tier)
      .map((a): [string, Json] => [a.key, 'none' in a ? { none: a.none } : (a.value as Json)]),
  )
}
