/** Courses and their tests: start, hand in, read. Marking happens in the database, where the right answers stay. */

import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import {
  type Attempt,
  type Course,
  decideStartAttempt,
  decideSubmitAttempt,
  isOpen,
  refuseAnswers,
} from '#domain/learning/course.ts'
import { writesLibrary } from '#domain/learning/guidance.ts'
import {
  type AttemptResult,
  type CourseView,
  type Question,
  ReadAttempt,
  ReadCourse,
  StartAttempt,
  SubmitAttempt,
} from '#wire/learning.ts'
import { append } from '../append.ts'
import { command, done, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { derivedId } from '../ids.ts'
import { putParticipants } from '../prevention/training.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { courseRowSql } from './guidance.ts'

interface Taught extends Course {
  readonly topic: string
  readonly titleSq: string
}
const courseFor = async (tx: Tx, id: Uuid): Promise<Taught> => {
  const [row] = await tx.sql<Taught>(
    `select id, state, topic, title_sq as "titleSq", pass_percent as "passPercent", drawn, attempts, wait_hours as "waitHours"
     from course where id = $1`,
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}
const attemptSql = `id, version, course_id as "courseId", user_id as "userId", number, questions, started_at as "startedAt",
  submitted_at as "submittedAt", percent, passed`
type AttemptRow = Attempt & {
  readonly courseId: Uuid
  readonly version: number
  readonly number: number
  readonly percent: number | null
  readonly passed: boolean | null
}
const attemptsAt = (tx: Tx, course: Uuid): Promise<AttemptRow[]> =>
  tx.sql<AttemptRow>(
    `select ${attemptSql} from course_attempt where course_id = $1 and user_id = me_user() order by number desc limit 200`,
    [course],
  )
const linkedTo = async (tx: Tx): Promise<Uuid | null> =>
  (await tx.sql<{ id: Uuid }>('select id from professional where user_id = me_user() limit 1'))[0]?.id ?? null

export const startAttempt = command('course.start', StartAttempt, async (tx, cmd) => {
  const course = await courseFor(tx, cmd.body.courseId)
  // Two taps on "begin" make one attempt: the second waits and finds the first open.
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 19))', [`${course.id} ${tx.actor.userId}`])
  const [bank, earlier, linked] = await Promise.all([
    tx.sql<{ id: Uuid }>('select id from course_question where course_id = $1', [course.id]),
    attemptsAt(tx, course.id),
    linkedTo(tx),
  ])
  const decision = decideStartAttempt(
    course,
    bank.map((row) => row.id),
    earlier,
    linked !== null,
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const { number, questions } = decision.events[0]!.facts
  const version = await append(tx, { kind: 'course_attempt', id: cmd.recordId, version: 0 }, decision.events)
  await tx.sql(
    `insert into course_attempt (id, version, course_id, user_id, institution_id, number, questions, started_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [cmd.recordId, version, course.id, tx.actor.userId, tx.actor.institutionId, number, questions, tx.now],
  )
  return done({ recordId: cmd.recordId, version, reply: { number } })
})

/** The same course, body and year is one record of a training, whoever passes first. */
const trainingIdOf = (course: Uuid, institution: Uuid, year: string): Uuid =>
  derivedId(
    `course training
${course}
${institution}
${year}`,
    5,
  )

/** A pass is a participation: with the percentage reached, and that of the first attempt where it was another. */
const joinTraining = async (
  tx: WriteTx,
  course: Taught,
  professionalId: Uuid,
  percent: { readonly before: number | null; readonly after: number },
): Promise<void> => {
  const today = tiranaDay(tx.now)
  const year = today.slice(0, 4)
  const id = trainingIdOf(course.id, tx.actor.institutionId, year)
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 19))', [id])
  const [known] = await tx.sql<{ version: number }>('select version from training where id = $1', [id])
  const organiser = 'Mburoja'
  const participant = { professionalId, role: 'participant' as const, attended: 1, ...percent }
  const version = await append(tx, { kind: 'training', id, version: known?.version ?? 0 }, [
    ...(known === undefined
      ? [
          {
            type: 'TrainingRecorded',
            v: 1,
            facts: { courseId: course.id, topic: course.topic, mode: 'course', organiser },
          },
        ]
      : []),
    { type: 'ParticipantsSet', v: 1, facts: { participants: [participant] } },
  ])
  if (known === undefined)
    await tx.sql(
      `insert into training (id, version, institution_id, unit_id, municipality, county, title, topic, mode, from_day, to_day, sessions,
         organiser, course_id, entered_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'course', $9, $10, 1, $11, $12, $13)`,
      [
        id,
        version,
        tx.actor.institutionId,
        tx.actor.unitId,
        tx.actor.municipality,
        tx.actor.county,
        course.titleSq,
        course.topic,
        today,
        `${year}-12-31`,
        organiser,
        course.id,
        tx.now,
      ],
    )
  else await tx.sql('update training set version = $2 where id = $1', [id, version])
  await putParticipants(tx, id, [participant])
}

export const submitAttempt = command('course.submit', SubmitAttempt, async (tx, cmd) => {
  const [attempt] = await tx.sql<AttemptRow>(
    `select ${attemptSql} from course_attempt where id = $1 and submitted_at is null for update`,
    [cmd.recordId],
  )
  const seen =
    attempt ??
    (await tx.sql<AttemptRow>(`select ${attemptSql} from course_attempt where id = $1`, [cmd.recordId]))[0]
  if (seen === undefined) throw notFound()
  const wrong = refuseAnswers(seen, cmd.body.answers, tx.stamp)
  if (wrong !== null) return refused(wrong.refusal)
  const course = await courseFor(tx, seen.courseId)
  const [marked] = await tx.sql<{ right: number }>('select mark_attempt($1, $2) as right', [
    seen.id,
    JSON.stringify(cmd.body.answers),
  ])
  const decision = decideSubmitAttempt(course, seen, cmd.body.answers, marked?.right ?? 0, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { percent, passed } = decision.events[0]!.facts
  const version = await append(
    tx,
    { kind: 'course_attempt', id: seen.id, version: seen.version },
    decision.events,
  )
  await tx.sql(
    'update course_attempt set submitted_at = $2, percent = $3, passed = $4, version = $5 where id = $1',
    [seen.id, tx.now, percent, passed, version],
  )
  const professionalId = passed ? await linkedTo(tx) : null
  if (professionalId !== null) {
    const earlier = (await attemptsAt(tx, course.id)).filter(
      (one) => one.id !== seen.id && one.percent !== null,
    )
    await joinTraining(tx, course, professionalId, {
      before: earlier.at(-1)?.percent ?? null,
      after: percent,
    })
  }
  return done({ recordId: seen.id, version, reply: { percent, passed } })
})

const questionsOf = (tx: Tx, ids: readonly Uuid[]): Promise<Question[]> =>
  tx.sql<Question>(
    `select id, text_sq as "textSq", text_en as "textEn", many, options from course_question where id = any ($1::uuid[])
     order by array_position($1::uuid[], id)`,
    [ids],
  )

export const readCourse = endpoint({
  method: 'GET',
  url: '/api/learning/courses/{id}',
  wire: ReadCourse,
  handle: async (tx, { params }) => {
    type Row = Omit<
      CourseView,
      'linked' | 'open' | 'history' | 'passed' | 'versions' | 'mayAdopt' | 'mayPropose' | 'mayWithdraw'
    > & { readonly proposer: Uuid | null }
    const [row] = await tx.sql<Row>(
      `select ${courseRowSql}, c.modules, c.pass_percent as "passPercent", c.drawn, c.attempts, c.wait_hours as "waitHours",
         p.display_name as "proposedBy", a.display_name as "adoptedBy", c.adopted_at as "adoptedAt", c.proposed_by as proposer
       from course c left join app_user p on p.id = c.proposed_by left join app_user a on a.id = c.adopted_by where c.id = $1`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    const { proposer, ...view } = row
    const [attempts, linked, versions] = await Promise.all([
      attemptsAt(tx, row.id),
      linkedTo(tx),
      tx.sql<CourseView['versions'][number]>(
        'select id, number, state from course where slug = $1 order by number desc limit 100',
        [row.slug],
      ),
    ])
    const writes = writesLibrary(tx.actor)
    const open = attempts.find((one) => isOpen(one, tx.now))
    return {
      ...view,
      passed: null,
      versions,
      mayAdopt: writes && row.state === 'proposed' && proposer !== tx.actor.userId,
      mayPropose: writes && !versions.some((one) => one.state === 'proposed'),
      mayWithdraw: writes && row.state === 'proposed',
      linked: linked !== null,
      open: open === undefined ? null : { ...open, questions: await questionsOf(tx, open.questions) },
      history: attempts.filter((one) => one !== open),
    }
  },
})

export const readAttempt = endpoint({
  method: 'GET',
  url: '/api/learning/attempts/{id}',
  wire: ReadAttempt,
  handle: async (tx, { params }) => {
    const [attempt] = await tx.sql<AttemptRow>(`select ${attemptSql} from course_attempt where id = $1`, [
      params.id,
    ])
    if (attempt === undefined) throw notFound()
    type Right = Omit<AttemptResult['answers'][number], 'question'> & { readonly questionId: Uuid }
    const right = await tx.sql<Right>(
      'select question_id as "questionId", keys, why_sq as "whySq", why_en as "whyEn" from answers_of_attempt($1)',
      [attempt.id],
    )
    const questions = await questionsOf(
      tx,
      right.map((one) => one.questionId),
    )
    return {
      ...attempt,
      answers: right.flatMap(({ questionId, ...rest }) => {
        const question = questions.find((one) => one.id === questionId)
        return question === undefined ? [] : [{ question, ...rest }]
      }),
    }
  },
})
