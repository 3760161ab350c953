/** Courses as they are written: proposed, published by a second person, or withdrawn; and what a writer begins from. */
import type { Uuid } from '#domain/core.ts'
import { writesLibrary } from '#domain/learning/guidance.ts'
import {
  decideAdoptCourse,
  decideProposeCourse,
  decideWithdrawProposal,
  type Written,
} from '#domain/learning/writing.ts'
import {
  AdoptCourse,
  type CourseDraft,
  ProposeCourse,
  ReadCourseText,
  WithdrawProposal,
} from '#wire/learning.ts'
import { append } from '../append.ts'
import { command, done, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'

const columns = 'id, version, number, state, proposed_by as "proposedBy"'
const heldFor = async (tx: WriteTx, table: 'course' | 'guidance', id: Uuid): Promise<Written> => {
  const [row] = writesLibrary(tx.actor)
    ? await tx.sql<Written>(`select ${columns} from ${table} where id = $1 for update`, [id])
    : await tx.sql<Written>(`select ${columns} from ${table} where id = $1`, [id])
  if (row === undefined) throw notFound()
  return row
}

export const proposeCourse = command('course.propose', ProposeCourse, async (tx, cmd) => {
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 19))', [`course ${cmd.body.slug}`])
  const [latest] = await tx.sql<Written>(
    `select ${columns} from course where slug = $1 order by number desc limit 1`,
    [cmd.body.slug],
  )
  const decision = decideProposeCourse(latest ?? null, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'course', id: cmd.recordId, version: 0 }, decision.events)
  const { questions, ...text } = cmd.body
  const number = (latest?.number ?? 0) + 1
  await tx.sql(
    `insert into course (id, version, slug, number, state, topic, title_sq, title_en, summary_sq, summary_en, modules, pass_percent, drawn,
       attempts, wait_hours, proposed_by, proposed_at)
     values ($1, $2, $3, $4, 'proposed', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      cmd.recordId,
      version,
      text.slug,
      number,
      text.topic,
      text.titleSq,
      text.titleEn,
      text.summarySq,
      text.summaryEn,
      JSON.stringify(text.modules),
      text.passPercent,
      text.drawn,
      text.attempts,
      text.waitHours,
      tx.actor.userId,
      tx.now,
    ],
  )
  const rows = JSON.stringify(
    questions.map((one, at) => ({
      ...one,
      id: tx.stamp.newId(),
      ordinal: at + 1,
      many: one.right.length > 1,
    })),
  )
  await tx.sql(
    `insert into course_question (id, course_id, ordinal, text_sq, text_en, options, many)
     select q.id, $2, q.ordinal, q."textSq", q."textEn", q.options, q.many
     from jsonb_to_recordset($1::jsonb) as q (id uuid, ordinal int, "textSq" text, "textEn" text, options jsonb, many boolean)`,
    [rows, cmd.recordId],
  )
  await tx.sql(
    `insert into course_answer (question_id, keys, why_sq, why_en)
     select q.id, q."right", q."whySq", q."whyEn"
     from jsonb_to_recordset($1::jsonb) as q (id uuid, "right" text[], "whySq" text, "whyEn" text)`,
    [rows],
  )
  return done({ recordId: cmd.recordId, version, reply: { number } })
})

export const adoptCourse = command('course.adopt', AdoptCourse, async (tx, cmd) => {
  const course = await heldFor(tx, 'course', cmd.recordId)
  const decision = decideAdoptCourse(course, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'course', id: course.id, version: course.version },
    decision.events,
  )
  await tx.sql(
    `update course set state = 'superseded' where state in ('shipped', 'adopted')
       and slug = (select c.slug from course c where c.id = $1)`,
    [course.id],
  )
  await tx.sql(
    "update course set state = 'adopted', adopted_by = $2, adopted_at = $3, version = $4 where id = $1",
    [course.id, tx.actor.userId, tx.now, version],
  )
  return done({ recordId: course.id, version })
})

const withdrawing = (kind: 'course' | 'guidance') =>
  command(`${kind}.withdraw`, WithdrawProposal, async (tx, cmd) => {
    const proposed = await heldFor(tx, kind, cmd.recordId)
    const decision = decideWithdrawProposal(proposed, tx.stamp)
    if (!decision.ok) return refused(decision.refusal)
    const version = await append(tx, { kind, id: proposed.id, version: proposed.version }, decision.events)
    await tx.sql(`update ${kind} set state = 'superseded', version = $2 where id = $1`, [
      proposed.id,
      version,
    ])
    return done({ recordId: proposed.id, version })
  })
export const withdrawCourse = withdrawing('course')
export const withdrawGuidance = withdrawing('guidance')

export const readCourseText = endpoint({
  method: 'GET',
  url: '/api/learning/courses/{id}/text',
  wire: ReadCourseText,
  handle: async (tx, { params }) => {
    if (!writesLibrary(tx.actor)) throw notFound()
    const [course] = await tx.sql<Omit<CourseDraft, 'questions'>>(
      `select slug, topic, title_sq as "titleSq", title_en as "titleEn", summary_sq as "summarySq", summary_en as "summaryEn", modules,
         pass_percent as "passPercent", drawn, attempts, wait_hours as "waitHours" from course where id = $1`,
      [params.id],
    )
    if (course === undefined) throw notFound()
    const questions = await tx.sql<CourseDraft['questions'][number]>(
      `select text_sq as "textSq", text_en as "textEn", options, keys as "right", why_sq as "whySq", why_en as "whyEn"
       from written_questions($1)`,
      [params.id],
    )
    return { ...course, questions }
  },
})
