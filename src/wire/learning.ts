/** The library, short courses and their knowledge tests on the wire. Right answers travel only after a pass. */
import { z } from 'zod'
import { guidanceStates } from '#domain/learning/guidance.ts'
import { topics } from '#domain/prevention/kinds.ts'
import { instant, uuid } from './envelope.ts'
import { day, saidText, trimmedText } from './text.ts'

const slug = z.string().regex(/^[a-z0-9-]{3,60}$/)
export const ProposeGuidance = z.strictObject({
  slug,
  titleSq: trimmedText(200),
  titleEn: trimmedText(200),
  bodySq: saidText(20_000),
  bodyEn: saidText(20_000),
  effectiveFrom: day,
})
export const AdoptGuidance = z.strictObject({})
/** Shape of a written course; what makes sense of it, the domain says (`learning/writing.ts`). */
const optionKey = z.string().regex(/^[a-z]$/)
const CourseText = z.strictObject({
  slug,
  topic: z.enum(topics),
  titleSq: trimmedText(200),
  titleEn: trimmedText(200),
  summarySq: trimmedText(500),
  summaryEn: trimmedText(500),
  modules: z
    .array(
      z.strictObject({
        titleSq: trimmedText(200),
        titleEn: trimmedText(200),
        bodySq: saidText(8000),
        bodyEn: saidText(8000),
      }),
    )
    .min(1)
    .max(12),
  passPercent: z.int().min(1).max(100),
  drawn: z.int().min(1).max(50),
  attempts: z.int().min(1).max(20),
  waitHours: z.int().min(1).max(720),
  questions: z
    .array(
      z.strictObject({
        textSq: trimmedText(500),
        textEn: trimmedText(500),
        options: z
          .array(z.strictObject({ key: optionKey, sq: trimmedText(300), en: trimmedText(300) }))
          .min(2)
          .max(8),
        right: z.array(optionKey).min(1).max(7),
        whySq: trimmedText(1000),
        whyEn: trimmedText(1000),
      }),
    )
    .min(1)
    .max(50),
})
export type CourseDraft = z.infer<typeof CourseText>
export const ProposeCourse = CourseText
export const AdoptCourse = z.strictObject({})
export const WithdrawProposal = z.strictObject({})
export const ReadCourseText = {
  summary: 'A course with its questions and right answers, for those who write courses',
  params: z.object({ id: uuid }),
  reply: CourseText,
}
export const AcknowledgeGuidance = z.strictObject({ guidanceId: uuid })
export const StartAttempt = z.strictObject({ courseId: uuid })
export const SubmitAttempt = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        questionId: uuid,
        keys: z
          .array(z.string().regex(/^[a-z]$/))
          .min(1)
          .max(10),
      }),
    )
    .min(1)
    .max(50),
})

export const GuidanceRow = z.object({
  id: uuid,
  version: z.int(),
  slug,
  number: z.int(),
  state: z.enum(guidanceStates),
  titleSq: z.string(),
  titleEn: z.string(),
  effectiveFrom: z.string(),
  /** When the reader acknowledged this version. */
  readAt: instant.nullable(),
  /** How many users acknowledged it: for those who write the library. */
  readers: z.int().nullable(),
})
export type GuidanceRow = z.infer<typeof GuidanceRow>
export const CourseRow = z.object({
  id: uuid,
  version: z.int(),
  slug,
  number: z.int(),
  state: z.enum(guidanceStates),
  topic: z.enum(topics),
  titleSq: z.string(),
  titleEn: z.string(),
  summarySq: z.string(),
  summaryEn: z.string(),
  passedAt: instant.nullable(),
  /** How many users passed: for those who write the library. */
  passed: z.int().nullable(),
})
export type CourseRow = z.infer<typeof CourseRow>
export const ReadLibrary = {
  summary: 'Procedures and courses, with what the reader has read and passed',
  reply: z.object({
    guidance: z.array(GuidanceRow),
    courses: z.array(CourseRow),
    /** The reader may propose and adopt versions. */
    writes: z.boolean(),
  }),
}
export type Library = z.infer<typeof ReadLibrary.reply>

export const GuidanceView = GuidanceRow.extend({
  bodySq: z.string(),
  bodyEn: z.string(),
  proposedBy: z.string().nullable(),
  proposedAt: instant.nullable(),
  adoptedBy: z.string().nullable(),
  adoptedAt: instant.nullable(),
  /** The reader may adopt: somebody else proposed it. */
  mayAdopt: z.boolean(),
  mayPropose: z.boolean(),
  mayWithdraw: z.boolean(),
  versions: z.array(z.object({ id: uuid, number: z.int(), state: z.enum(guidanceStates) })),
})
export type GuidanceView = z.infer<typeof GuidanceView>
export const ReadGuidance = {
  summary: 'One version of a procedure',
  params: z.object({ id: uuid }),
  reply: GuidanceView,
}

export const Question = z.object({
  id: uuid,
  textSq: z.string(),
  textEn: z.string(),
  /** More than one option is right. */
  many: z.boolean(),
  options: z.array(z.object({ key: z.string(), sq: z.string(), en: z.string() })),
})
export type Question = z.infer<typeof Question>
export const AttemptView = z.object({
  id: uuid,
  version: z.int(),
  number: z.int(),
  startedAt: instant,
  submittedAt: instant.nullable(),
  percent: z.int().nullable(),
  passed: z.boolean().nullable(),
})
export const CourseView = CourseRow.extend({
  modules: z.array(
    z.object({ titleSq: z.string(), titleEn: z.string(), bodySq: z.string(), bodyEn: z.string() }),
  ),
  passPercent: z.int(),
  drawn: z.int(),
  attempts: z.int(),
  waitHours: z.int(),
  /** The reader has said who they are among the professionals. */
  linked: z.boolean(),
  proposedBy: z.string().nullable(),
  adoptedBy: z.string().nullable(),
  adoptedAt: instant.nullable(),
  versions: z.array(z.object({ id: uuid, number: z.int(), state: z.enum(guidanceStates) })),
  /** The reader may publish it: somebody else proposed it. */
  mayAdopt: z.boolean(),
  /** The reader may write the next version. */
  mayPropose: z.boolean(),
  /** The reader may take back what waits. */
  mayWithdraw: z.boolean(),
  open: AttemptView.extend({ questions: z.array(Question) }).nullable(),
  history: z.array(AttemptView),
})
export type CourseView = z.infer<typeof CourseView>
export const ReadCourse = {
  summary:
    'One course with its modules, the reader’s attempts, and the questions of an open one without answers',
  params: z.object({ id: uuid }),
  reply: CourseView,
}

export const ReadAttempt = {
  summary: 'The result of one’s own attempt; right answers and why only after a pass',
  params: z.object({ id: uuid }),
  reply: AttemptView.extend({
    courseId: uuid,
    answers: z.array(
      z.object({
        question: Question,
        keys: z.array(z.string()),
        whySq: z.string(),
        whyEn: z.string(),
      }),
    ),
  }),
}
export type AttemptResult = z.infer<typeof ReadAttempt.reply>
