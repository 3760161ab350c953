/** The country's configuration of the border, with its sources, and the short questions in their languages. Read once, checked. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Question } from '#domain/border/screen.ts'
import { subjects } from '#domain/screening.ts'
import { referencePath } from '../reference/files.ts'
import { domainSets } from '../report/options.ts'

const Figure = (most: number) =>
  z.strictObject({
    value: z.int().min(1).max(most),
    verification: z.enum(['V', 'U', 'D']),
    source: z.string().min(10),
  })
const BorderFile = z.strictObject({
  keepDays: Figure(366),
  lookUpsAnHour: Figure(10_000),
  alertMostDays: Figure(3660),
})
const said = z.string().min(1).max(400)
const QuestionFile = z.strictObject({
  version: z.string(),
  set: z.literal('trafficking'),
  status: z.string(),
  source: z.string(),
  languages: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z]{2,3}$/),
        name: said,
        dir: z.enum(['ltr', 'rtl']),
        intro: said,
        yes: said,
        no: said,
        unclear: said,
      }),
    )
    .min(2),
  questions: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z_]{2,40}$/),
      element: z.string(),
      means: z.enum(['yes', 'no']),
      of: z.array(z.enum(subjects)).min(1),
      text: z.record(z.string(), said),
    }),
  ),
})
const read = <S extends z.ZodType>(file: string, schema: S): z.output<S> =>
  schema.parse(JSON.parse(readFileSync(referencePath(file), 'utf8')))

const file = read('border.json', BorderFile)
export const borderLaw = {
  keepDays: file.keepDays.value,
  lookUpsAnHour: file.lookUpsAnHour.value,
  alertMostDays: file.alertMostDays.value,
} as const

export const borderQuestions = read('screening/border.json', QuestionFile)
for (const { code, element, of, text } of borderQuestions.questions) {
  const item = domainSets
    .find((set) => set.code === borderQuestions.set)
    ?.items.find((one) => one.code === element)
  if (!of.every((subject) => item?.appliesTo.includes(subject)))
    throw new Error(`the question ${code} means an element that is not asked of everybody it is put to`)
  if (!borderQuestions.languages.every((one) => text[one.code] !== undefined))
    throw new Error(`the question ${code} is not said in every language`)
}
export const questions: readonly Question[] = borderQuestions.questions
export const spokenAtBorder: readonly string[] = borderQuestions.languages.map(({ code }) => code)
