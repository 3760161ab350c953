/** What a writer has typed of a course, and the body that the server asks for. */
import type { CourseDraft } from '#wire/learning.ts'

export interface OptionText {
  readonly sq: string
  readonly en: string
  readonly right: boolean
}
export interface QuestionText {
  readonly textSq: string
  readonly textEn: string
  readonly options: readonly OptionText[]
  readonly whySq: string
  readonly whyEn: string
}
export type ModuleText = CourseDraft['modules'][number]
export interface CourseForm {
  readonly slug: string
  readonly topic: string
  readonly titleSq: string
  readonly titleEn: string
  readonly summarySq: string
  readonly summaryEn: string
  readonly passPercent: string
  readonly drawn: string
  readonly attempts: string
  readonly waitHours: string
  readonly modules: readonly ModuleText[]
  readonly questions: readonly QuestionText[]
}

export const emptyModule: ModuleText = { titleSq: '', titleEn: '', bodySq: '', bodyEn: '' }
export const emptyOption: OptionText = { sq: '', en: '', right: false }
export const emptyQuestion: QuestionText = {
  textSq: '',
  textEn: '',
  options: [emptyOption, emptyOption],
  whySq: '',
  whyEn: '',
}
export const emptyCourse: CourseForm = {
  slug: '',
  topic: '',
  titleSq: '',
  titleEn: '',
  summarySq: '',
  summaryEn: '',
  passPercent: '70',
  drawn: '5',
  attempts: '3',
  waitHours: '24',
  modules: [emptyModule],
  questions: [emptyQuestion],
}

export const formOf = (was: CourseDraft): CourseForm => ({
  ...was,
  passPercent: String(was.passPercent),
  drawn: String(was.drawn),
  attempts: String(was.attempts),
  waitHours: String(was.waitHours),
  questions: was.questions.map(({ right, options, ...question }) => ({
    ...question,
    options: options.map(({ key, sq, en }) => ({ sq, en, right: right.includes(key) })),
  })),
})

const letters = 'abcdefgh'
const whole = (said: string): number | null => (/^\d{1,4}$/.test(said.trim()) ? Number(said.trim()) : null)

export const bodyOfCourse = ({ questions, ...form }: CourseForm): unknown => ({
  ...form,
  passPercent: whole(form.passPercent),
  drawn: whole(form.drawn),
  attempts: whole(form.attempts),
  waitHours: whole(form.waitHours),
  questions: questions.map(({ options, ...question }) => ({
    ...question,
    options: options.map(({ sq, en }, at) => ({ key: letters[at], sq, en })),
    right: options.flatMap((option, at) => (option.right ? [letters[at]] : [])),
  })),
})

/** The list with one entry changed, taken out, or one more. */
export const changed = <T>(list: readonly T[], at: number, change: Partial<T>): T[] =>
  list.map((one, i) => (i === at ? { ...one, ...change } : one))
export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at)
