/** What a form asks once some of it is answered: which questions are shown, what the scores are, what is still missing. */
import { isRecordDay } from '../day.ts'
import {
  type Answer,
  type AnswerValue,
  type Condition,
  type FormContent,
  type Question,
  questionsOf,
  type Score,
} from './definition.ts'

export type Answers = ReadonlyMap<string, Answer>
export const byKey = (answers: readonly Answer[]): Answers =>
  new Map(answers.map((answer) => [answer.key, answer]))

export interface Outcome {
  readonly shown: ReadonlySet<string>
  /** By place in `form.sections`. */
  readonly sections: readonly boolean[]
  /** Sums of the scores of which at least one shown question is answered. */
  readonly scores: Readonly<Record<string, number>>
}

/** Whether the value is one that the question can have. */
export function fits(question: Question, answer: Answer): boolean {
  if (question.kind === 'note') return false
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
      return Array.isArray(value) && value.every(known) && new Set(value).size === value.length
    case 'day':
      return typeof value === 'string' && isRecordDay(value)
    case 'scale':
      return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5
    case 'number':
      return (
        typeof value === 'number' &&
        Number.isInteger(value) &&
        value >= (question.min ?? Number.MIN_SAFE_INTEGER) &&
        value <= (question.max ?? Number.MAX_SAFE_INTEGER)
      )
  }
}

/** What one answer adds to a score. */
export const pointsOf = (question: Question, value: AnswerValue): number => {
  const of = (v: unknown) => question.options?.find((o) => o.value === v)?.score ?? 0
  if (typeof value === 'boolean') return (value ? question.points?.yes : question.points?.no) ?? 0
  if (typeof value === 'number') return value
  return typeof value === 'string' ? of(value) : value.reduce((sum, v) => sum + of(v), 0)
}

const holdsFor = (
  condition: Condition,
  value: (key: string) => AnswerValue | undefined,
  sum: (key: string) => number | undefined,
): boolean => {
  const holds = (c: Condition): boolean => {
    if ('all' in c) return c.all.every(holds)
    if ('any' in c) return c.any.some(holds)
    if ('not' in c) return !holds(c.not)
    if ('score' in c) {
      const n = sum(c.score)
      return n !== undefined && ('atLeast' in c ? n >= c.atLeast : n <= c.atMost)
    }
    const said = value(c.question)
    if ('answered' in c) return (said !== undefined) === c.answered
    if ('is' in c) return Array.isArray(said) ? said.includes(c.is) : said === c.is
    return typeof said === 'number' && ('atLeast' in c ? said >= c.atLeast : said <= c.atMost)
  }
  return holds(condition)
}

/**
 * One pass over the form. Conditions of an accepted definition have no cycle; should one come all the same, what waits for
 * itself counts as hidden. Answers of hidden questions are as good as not given.
 */
export const evaluate = (form: FormContent, answers: Answers): Outcome => {
  const placed = new Map<string, { question: Question; section: number }>()
  form.sections.forEach((section, at) => {
    for (const question of section.questions) placed.set(question.key, { question, section: at })
  })
  const known = new Map<string, boolean>()
  const open = new Map<number, boolean>()
  const sums = new Map<string, number | undefined>()
  const once = <K, V>(memo: Map<K, V>, key: K, meanwhile: V, make: () => V): V => {
    const kept = memo.get(key)
    if (kept !== undefined || memo.has(key)) return kept as V
    memo.set(key, meanwhile)
    const made = make()
    memo.set(key, made)
    return made
  }
  const holds = (condition: Condition | undefined): boolean =>
    condition === undefined || holdsFor(condition, value, sum)
  const sectionShown = (at: number): boolean => once(open, at, false, () => holds(form.sections[at]?.when))
  const isShown = (key: string): boolean =>
    once(known, key, false, () => {
      const place = placed.get(key)
      return place !== undefined && sectionShown(place.section) && holds(place.question.when)
    })
  const value = (key: string): AnswerValue | undefined => {
    const answer = answers.get(key)
    return answer !== undefined && 'value' in answer && isShown(key) ? answer.value : undefined
  }
  const total = (score: Score): number | undefined => {
    let result: number | undefined
    for (const key of score.of) {
      const said = value(key)
      const question = placed.get(key)?.question
      if (said !== undefined && question !== undefined) result = (result ?? 0) + pointsOf(question, said)
    }
    return result
  }
  const sum = (key: string): number | undefined =>
    once(sums, key, undefined, () => {
      const score = form.scores?.find((one) => one.key === key)
      return score === undefined ? undefined : total(score)
    })
  return {
    shown: new Set([...placed.keys()].filter(isShown)),
    sections: form.sections.map((_, at) => sectionShown(at)),
    scores: Object.fromEntries(
      (form.scores ?? []).flatMap((score) => {
        const n = sum(score.key)
        return n === undefined ? [] : [[score.key, n]]
      }),
    ),
  }
}

/** The answers that may be kept: those of questions that are asked. */
export const ofShown = (answers: readonly Answer[], outcome: Outcome): readonly Answer[] =>
  answers.filter((answer) => outcome.shown.has(answer.key))

/** Questions asked, required, and neither answered nor left with a reason. */
export const missingOf = (form: FormContent, answers: Answers, outcome: Outcome): readonly Question[] =>
  questionsOf(form).filter(
    (question) => question.required === true && outcome.shown.has(question.key) && !answers.has(question.key),
  )

/** The band that a sum falls into, if the score names any. */
export const bandOf = (score: Score, sum: number): Score['bands'][number] | undefined =>
  score.bands.findLast((band) => sum >= band.from)
