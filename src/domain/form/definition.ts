/**
 * Forms as data (decision 6): what is asked, of whom nothing more is known than the answers. A definition is content in both
 * languages plus its place in a line of versions; an answered form keeps its version for ever. Pure: the browser, the server
 * and the importer all read these types and ask the same functions beside this file.
 */
import type { Day, Json } from '../core.ts'

export type Bilingual = { readonly sq: string; readonly en: string }
export const questionKinds = [
  'text',
  'choice',
  'choices',
  'yes_no',
  'day',
  'scale',
  'number',
  'note',
] as const
export type QuestionKind = (typeof questionKinds)[number]
/** Where the answer lies: T2 tells nothing of the person, T3 child and family, T4 health, mind, abuse. */
export const questionTiers = ['T2', 'T3', 'T4'] as const
export type QuestionTier = (typeof questionTiers)[number]

/** When a question or section is asked. A hidden or unanswered question satisfies nothing but `answered: false`. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** The chosen option (one of several, for `choices`), or yes/no. */
  | { readonly question: string; readonly is: string | boolean }
  | { readonly question: string; readonly atLeast: number }
  | { readonly question: string; readonly atMost: number }
  | { readonly question: string; readonly answered: boolean }
  | { readonly score: string; readonly atLeast: number }
  | { readonly score: string; readonly atMost: number }

export interface Option {
  readonly value: string
  readonly label: Bilingual
  /** What choosing it adds to the scores that count this question. */
  readonly score?: number
}
export interface Question {
  readonly key: string
  readonly tier: QuestionTier
  readonly kind: QuestionKind
  readonly label: Bilingual
  readonly hint?: Bilingual
  /** Longer help, folded away until asked for. */
  readonly help?: Bilingual
  /** Answered, or left with one of the honest reasons of `noAnswers`. */
  readonly required?: boolean
  readonly options?: readonly Option[]
  readonly when?: Condition
  /** Bounds of a number. */
  readonly min?: number
  readonly max?: number
  /** What «yes» and «no» add to the scores. */
  readonly points?: { readonly yes: number; readonly no: number }
}
export interface Section {
  readonly title: Bilingual
  readonly help?: Bilingual
  readonly when?: Condition
  readonly questions: readonly Question[]
}
/** A sum over answers. It is kept beside them under its own key, in the highest tier of what it counts. */
export interface Score {
  readonly key: string
  readonly label: Bilingual
  readonly of: readonly string[]
  /** What a sum means, from `from` upwards to the next band. */
  readonly bands: readonly { readonly from: number; readonly label: Bilingual }[]
}
export interface FormContent {
  readonly title: Bilingual
  readonly help?: Bilingual
  readonly sections: readonly Section[]
  readonly scores?: readonly Score[]
}

/** An assessment moves a case on and is its worker's; a checklist looks at it, also after closing, by worker or head. */
export const formUses = ['assessment', 'checklist'] as const
export type FormUse = (typeof formUses)[number]

export interface FormDefinition extends FormContent {
  readonly form: string
  readonly version: number
  readonly use: FormUse
  /** Official form names and wording are unconfirmed [U] until a lawyer has read DCM 578/2018. */
  readonly verified: boolean
  readonly effectiveFrom: Day
  readonly source: string
}

/** A question may stay without answer, but says why; "no answer" is an answer of its own. */
export const noAnswers = ['not_known', 'not_asked', 'prefers_not'] as const
export type NoAnswer = (typeof noAnswers)[number]
export type AnswerValue = string | boolean | number | readonly string[]
export type Answer =
  | { readonly key: string; readonly value: AnswerValue }
  | { readonly key: string; readonly none: NoAnswer }

/** Forms that the rules of the case know by name: finishing the first two moves it on, the third stands before plans. */
export const caseForms = ['initial', 'comprehensive', 'best_interests'] as const

export const bounds = {
  sections: 40,
  questions: 200,
  options: 80,
  scores: 20,
  bands: 10,
  depth: 3,
  parts: 12,
} as const

type Asked = Pick<FormContent, 'sections'>
export const questionsOf = (form: Asked): readonly Question[] =>
  form.sections.flatMap((section) => section.questions)

const rank = (tier: QuestionTier): number => Number(tier[1])
export const highest = (tiers: readonly QuestionTier[]): QuestionTier =>
  tiers.reduce((top, tier) => (rank(tier) > rank(top) ? tier : top), 'T2')
export const above = (tier: QuestionTier, other: QuestionTier): boolean => rank(tier) > rank(other)

export const tierOfScore = (form: FormContent, score: Score): QuestionTier =>
  highest(questionsOf(form).flatMap((question) => (score.of.includes(question.key) ? [question.tier] : [])))

/** What is kept of one tier: question key → value, or why there is none; scores under their own keys. */
export const keptOf = (
  form: FormContent,
  answers: readonly Answer[],
  scores: Readonly<Record<string, number>>,
  tier: QuestionTier,
): { readonly [key: string]: Json } => {
  const tiers = new Map(questionsOf(form).map((question) => [question.key, question.tier]))
  return Object.fromEntries([
    ...answers
      .filter((answer) => tiers.get(answer.key) === tier)
      .map((answer): [string, Json] => [
        answer.key,
        'none' in answer ? { none: answer.none } : (answer.value as Json),
      ]),
    ...(form.scores ?? [])
      .filter((score) => score.key in scores && tierOfScore(form, score) === tier)
      .map((score): [string, Json] => [score.key, scores[score.key] ?? 0]),
  ])
}
