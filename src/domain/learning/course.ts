/**
 * Short courses and their knowledge tests. Questions are drawn from a bank and marked on the server; right answers never travel
 * before the test is handed in. Attempts are bounded. A pass is a participation in a training (S004:412). Pure.
 */
import {
  accept,
  type Decision,
  type DomainEvent,
  type Instant,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'

export interface Course {
  readonly id: Uuid
  readonly state: 'shipped' | 'proposed' | 'adopted' | 'superseded'
  readonly passPercent: number
  /** Questions drawn for one attempt. */
  readonly drawn: number
  /** Attempts within the window of `waitHours`. */
  readonly attempts: number
  readonly waitHours: number
}
export interface Attempt {
  readonly id: Uuid
  readonly userId: Uuid
  readonly questions: readonly Uuid[]
  readonly startedAt: Instant
  readonly submittedAt: Instant | null
}
export interface Answer {
  readonly questionId: Uuid
  readonly keys: readonly string[]
}

export type AttemptStarted = DomainEvent<
  'AttemptStarted',
  { readonly courseId: Uuid; readonly number: number; readonly questions: readonly Uuid[] }
>
export type AttemptSubmitted = DomainEvent<
  'AttemptSubmitted',
  { readonly percent: number; readonly passed: boolean }
>

const hour = 3_600_000
/** An attempt left open longer than this is over; it still counts. */
export const openHours = 24
export const isOpen = (attempt: Pick<Attempt, 'startedAt' | 'submittedAt'>, now: Instant): boolean =>
  attempt.submittedAt === null && Date.parse(now) - Date.parse(attempt.startedAt) < openHours * hour

/** The same seed draws the same questions, in the same order. Seed: any text; ids of the bank in any order. */
export const draw = (bank: readonly Uuid[], count: number, seed: string): Uuid[] => {
  let state = 2166136261
  const next = (): number => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 374761393
    return (state >>> 0) / 4294967296
  }
  for (const sign of seed) state = Math.imul(state ^ sign.codePointAt(0)!, 16777619)
  return [...bank]
    .sort()
    .map((id) => ({ id, at: next() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ id }) => id)
}

export function decideStartAttempt(
  course: Course,
  bank: readonly Uuid[],
  earlier: readonly Attempt[],
  linked: boolean,
  stamp: Stamp,
): Decision<AttemptStarted> {
  if (course.state === 'proposed' || course.state === 'superseded')
    return refuse('wrong_state', undefined, { state: course.state })
  if (!linked) return refuse('learning_not_linked')
  if (earlier.some((one) => isOpen(one, stamp.now))) return refuse('learning_attempt_open')
  const recent = earlier.filter(
    (one) => Date.parse(stamp.now) - Date.parse(one.startedAt) < course.waitHours * hour,
  )
  if (recent.length >= course.attempts)
    return refuse('learning_wait', undefined, { count: course.attempts, hours: course.waitHours })
  return accept<AttemptStarted>({
    type: 'AttemptStarted',
    v: 1,
    facts: {
      courseId: course.id,
      number: earlier.length + 1,
      questions: draw(bank, course.drawn, stamp.newId()),
    },
  })
}

/** Every drawn question has one answer, and no other question has. */
export const refuseAnswers = (attempt: Attempt, answers: readonly Answer[], stamp: Stamp) => {
  if (attempt.userId !== stamp.actor.userId) return refuse('not_allowed')
  if (attempt.submittedAt !== null) return refuse('learning_attempt_done')
  if (!isOpen(attempt, stamp.now)) return refuse('learning_attempt_over', undefined, { hours: openHours })
  const said = new Set(answers.map((one) => one.questionId))
  if (said.size !== answers.length || answers.some((one) => !attempt.questions.includes(one.questionId)))
    return refuse('learning_answers_wrong', 'answers')
  const missing = attempt.questions.findIndex((id) => !said.has(id))
  return missing === -1 ? null : refuse('learning_answers_incomplete', `answers.${missing}`)
}

/** @returns whole per cent of right answers, rounded down, and whether the pass mark is reached. */
export const markOf = (course: Pick<Course, 'passPercent'>, right: number, asked: number) => {
  const percent = asked === 0 ? 0 : Math.floor((right * 100) / asked)
  return { percent, passed: percent >= course.passPercent }
}

export function decideSubmitAttempt(
  course: Course,
  attempt: Attempt,
  answers: readonly Answer[],
  right: number,
  stamp: Stamp,
): Decision<AttemptSubmitted> {
  const wrong = refuseAnswers(attempt, answers, stamp)
  if (wrong !== null) return wrong
  return accept<AttemptSubmitted>({
    type: 'AttemptSubmitted',
    v: 1,
    facts: markOf(course, right, attempt.questions.length),
    parts: [
      {
        tier: 'T3',
        name: 'answers',
        body: answers.map(({ questionId, keys }) => ({ questionId, keys: [...keys] })),
      },
    ],
  })
}
