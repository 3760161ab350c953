/** Surveys: what was asked, of whom, when, and how many gave which answer (T1). */
import { z } from 'zod'
import { surveyKinds } from '#domain/survey.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { day, keptDay, trimmedText } from './text.ts'

const code = z.string().regex(/^[a-z0-9_]{1,40}$/)
const Question = z.strictObject({
  key: code,
  textSq: trimmedText(300),
  textEn: trimmedText(300),
  answers: z
    .array(
      z.strictObject({
        code,
        textSq: trimmedText(200),
        textEn: trimmedText(200),
        /** The indicator counts the share of these answers. */
        counts: z.boolean().default(false),
      }),
    )
    .min(2)
    .max(12),
  measures: z
    .string()
    .regex(/^S[0-9]{3}-[A-Za-z0-9.-]{2,40}$/)
    .optional(),
})

export const CreateSurvey = z.strictObject({
  kind: z.enum(surveyKinds),
  titleSq: trimmedText(200),
  titleEn: trimmedText(200),
  instrument: trimmedText(200),
  instrumentVersion: trimmedText(40),
  population: trimmedText(300),
  indicatorIds: z
    .array(z.string().regex(/^S[0-9]{3}-[A-Za-z0-9.-]{2,40}$/))
    .max(20)
    .default([]),
  questions: z.array(Question).min(1).max(40),
})

export const AddWave = z.strictObject({
  from: day,
  to: day,
  method: trimmedText(300),
  sample: z.int().min(1).max(1_000_000),
  answered: z.int().min(0).max(1_000_000),
  counts: z
    .array(z.strictObject({ question: code, answer: code, n: z.int().min(0).max(1_000_000) }))
    .min(1)
    .max(480),
})

export const ListSurveys = z.strictObject({ ...PageQuery })
const row = {
  id: uuid,
  version: z.int(),
  kind: z.enum(surveyKinds),
  title: z.string(),
  instrument: z.string(),
  instrumentVersion: z.string(),
  population: z.string(),
  institution: z.string(),
  waves: z.int(),
  lastDay: keptDay.nullable(),
}
export const SurveyList = z.object({
  items: z.array(z.object(row)),
  next: z.string().nullable(),
  mayAsk: z.boolean(),
})
export type SurveyList = z.infer<typeof SurveyList>

const share = z.number().nullable()
export const SurveyPage = z.object({
  ...row,
  createdAt: instant,
  indicators: z.array(
    z.object({
      id: z.string(),
      wording: z.string(),
      /** What the waves brought it, oldest first. */
      figures: z.array(z.object({ wave: z.int(), value: z.number(), unit: z.string() })),
    }),
  ),
  waveList: z.array(
    z.object({
      ordinal: z.int(),
      from: keptDay,
      to: keptDay,
      method: z.string(),
      sample: z.int(),
      answered: z.int(),
      recordedBy: z.string(),
      recordedAt: instant,
    }),
  ),
  questions: z.array(
    z.object({
      key: z.string(),
      text: z.string(),
      /** Share of the answers that the indicator counts, for each wave; null where a count is hidden. */
      counted: z.array(share),
      answers: z.array(
        z.object({
          code: z.string(),
          text: z.string(),
          counts: z.boolean(),
          /** For each wave, oldest first: how many, in per cent of those who answered, and the change since the wave before. */
          waves: z.array(z.object({ n: z.int().nullable(), share, change: share })),
        }),
      ),
    }),
  ),
  hiddenUpTo: z.int(),
  mayAsk: z.boolean(),
})
export type SurveyPage = z.infer<typeof SurveyPage>
