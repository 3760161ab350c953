/** Procedures, courses and questions that the product ships. What a body of the country has adopted is left alone. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { topics } from '#domain/prevention/kinds.ts'
import { referencePath } from '../reference/files.ts'
import type { Table } from '../reference/upsert.ts'

const read = <S extends z.ZodType>(file: string, schema: S): z.output<S> =>
  schema.parse(JSON.parse(readFileSync(referencePath(`learning/${file}`), 'utf8')))

const text = z.string().min(1)
const Library = z.array(
  z.strictObject({
    id: z.guid(),
    slug: text,
    number: z.int(),
    titleSq: text,
    titleEn: text,
    bodySq: text,
    bodyEn: text,
    effectiveFrom: z.iso.date(),
  }),
)
const Courses = z.array(
  z.strictObject({
    id: z.guid(),
    slug: text,
    number: z.int(),
    topic: z.enum(topics),
    titleSq: text,
    titleEn: text,
    summarySq: text,
    summaryEn: text,
    modules: z.array(z.strictObject({ titleSq: text, titleEn: text, bodySq: text, bodyEn: text })).min(1),
    passPercent: z.int(),
    drawn: z.int(),
    attempts: z.int(),
    waitHours: z.int(),
    questions: z.array(
      z.strictObject({
        id: z.guid(),
        ordinal: z.int(),
        textSq: text,
        textEn: text,
        many: z.boolean(),
        options: z.array(z.strictObject({ key: text, sq: text, en: text })).min(2),
        right: z.array(text).min(1),
        whySq: text,
        whyEn: text,
      }),
    ),
  }),
)

export const readCourses = () => read('courses.json', Courses)

export const learningTables = (): Table[] => {
  const courses = readCourses()
  const questions = courses.flatMap((course) =>
    course.questions.map((one) => ({ ...one, course_id: course.id })),
  )
  return [
    {
      table: 'guidance',
      key: ['id'],
      columns: {
        id: 'uuid',
        slug: 'text',
        number: 'integer',
        title_sq: 'text',
        title_en: 'text',
        body_sq: 'text',
        body_en: 'text',
        effective_from: 'date',
        state: 'text',
      },
      when: { until: "guidance.state = 'shipped'" },
      only: 'not exists (select 1 from guidance g where g.slug = r.slug and g.number = r.number and g.id <> r.id)',
      rows: read('library.json', Library).map((one) => ({
        ...one,
        title_sq: one.titleSq,
        title_en: one.titleEn,
        body_sq: one.bodySq,
        body_en: one.bodyEn,
        effective_from: one.effectiveFrom,
        state: 'shipped',
      })),
    },
    {
      table: 'course',
      key: ['id'],
      columns: {
        id: 'uuid',
        slug: 'text',
        number: 'integer',
        topic: 'text',
        title_sq: 'text',
        title_en: 'text',
        summary_sq: 'text',
        summary_en: 'text',
        modules: 'jsonb',
        pass_percent: 'smallint',
        drawn: 'smallint',
        attempts: 'smallint',
        wait_hours: 'smallint',
        state: 'text',
      },
      when: { until: "course.state = 'shipped'" },
      only: 'not exists (select 1 from course c where c.slug = r.slug and c.number = r.number and c.id <> r.id)',
      rows: courses.map((one) => ({
        ...one,
        title_sq: one.titleSq,
        title_en: one.titleEn,
        summary_sq: one.summarySq,
        summary_en: one.summaryEn,
        pass_percent: one.passPercent,
        wait_hours: one.waitHours,
        state: 'shipped',
      })),
    },
    {
      table: 'course_question',
      key: ['id'],
      columns: {
        id: 'uuid',
        course_id: 'uuid',
        ordinal: 'integer',
        text_sq: 'text',
        text_en: 'text',
        options: 'jsonb',
        many: 'boolean',
      },
      when: 'follow',
      only: 'exists (select 1 from course c where c.id = r.course_id)',
      rows: questions.map((one) => ({ ...one, text_sq: one.textSq, text_en: one.textEn })),
    },
    {
      table: 'course_answer',
      key: ['question_id'],
      columns: { question_id: 'uuid', keys: 'text[]', why_sq: 'text', why_en: 'text' },
      when: 'follow',
      only: 'exists (select 1 from course_question q where q.id = r.question_id)',
      rows: questions.map((one) => ({
        question_id: one.id,
        keys: one.right,
        why_sq: one.whySq,
        why_en: one.whyEn,
      })),
    },
  ]
}
