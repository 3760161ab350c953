/**
 * The three-minute screening at a crossing: short questions in a language that the person reads, answered yes or no, each of which
 * may mean one element of the screening set. Protection comes first: a child's report is there before. Pure.
 */
import { accept, type Decision, type DomainEvent, type Part, refuse, type Stamp, type Uuid } from '../core.ts'
import { advise, type ScreeningResult, type Subject } from '../screening.ts'
import type { Absence } from './kinds.ts'
import { mayCheck } from './policy.ts'

export const answers = ['yes', 'no', 'unclear'] as const
export type Answer = (typeof answers)[number]

export interface Question {
  readonly code: string
  /** Element of the trafficking set that the telling answer means. */
  readonly element: string
  readonly means: 'yes' | 'no'
  readonly of: readonly Subject[]
}

/** There, by name; or not there, and why. */
export type Presence = {
  readonly present: boolean
  readonly name?: string | undefined
  readonly role?: string | undefined
  readonly absence?: Absence | undefined
}
export type BorderScreenBody = {
  readonly subject: Subject
  readonly language: string
  readonly womanOfficer: Presence
  readonly socialWorker: Presence
  readonly answers: readonly { readonly code: string; readonly answer: Answer }[]
}

/** Elements that the answers show, each once, in the order of the questions, with the question that showed it first. */
export const elementsOf = (
  given: BorderScreenBody['answers'],
  questions: readonly Question[],
  subject: Subject,
): readonly { readonly element: string; readonly question: string; readonly answer: Answer }[] => {
  const found = new Map<string, { element: string; question: string; answer: Answer }>()
  for (const question of questions.filter((one) => one.of.includes(subject))) {
    const said = given.find((one) => one.code === question.code)?.answer
    if (said === question.means && !found.has(question.element))
      found.set(question.element, { element: question.element, question: question.code, answer: said })
  }
  return [...found.values()]
}

export type BorderScreened = DomainEvent<
  'BorderScreened',
  {
    readonly subject: Subject
    readonly language: string
    readonly reportId: Uuid | null
    readonly elements: readonly string[]
    readonly result: ScreeningResult
    readonly womanOfficer: boolean
    readonly womanOfficerWhy: Absence | null
    readonly socialWorker: boolean
    readonly socialWorkerWhy: Absence | null
  }
>

const presenceFault = (presence: Presence, field: string) => {
  if (presence.present)
    return (presence.name ?? '').trim() === '' ? refuse('border_presence_name', `${field}.name`) : null
  return presence.absence === undefined ? refuse('border_absence_reason', `${field}.absence`) : null
}

export interface ScreenKnown {
  readonly questions: readonly Question[]
  readonly languages: readonly string[]
  readonly threshold: number
  /** The report that protects the child; null of an adult. */
  readonly reportId: Uuid | null
}

export const decideBorderScreen = (
  body: BorderScreenBody,
  known: ScreenKnown,
  stamp: Stamp,
): Decision<BorderScreened> => {
  if (!mayCheck(stamp.actor)) return refuse('not_allowed')
  if (body.subject === 'child' && known.reportId === null) return refuse('screening_before_protection')
  if (!known.languages.includes(body.language)) return refuse('unknown_code', 'language')
  const absent =
    presenceFault(body.womanOfficer, 'womanOfficer') ?? presenceFault(body.socialWorker, 'socialWorker')
  if (absent !== null) return absent
  const asked = known.questions.filter((one) => one.of.includes(body.subject))
  for (const [at, { code }] of body.answers.entries()) {
    if (!asked.some((one) => one.code === code)) return refuse('unknown_code', `answers.${at}.code`)
    if (body.answers.findIndex((one) => one.code === code) !== at)
      return refuse('screening_item_twice', `answers.${at}.code`)
  }
  const left = asked.find((one) => !body.answers.some(({ code }) => code === one.code))
  if (left !== undefined) return refuse('border_question_left', 'answers')
  const elements = elementsOf(body.answers, asked, body.subject).map((one) => one.element)
  const { womanOfficer, socialWorker } = body
  const parts: Part[] = [
    ...(womanOfficer.present
      ? [{ tier: 'T3' as const, name: 'womanOfficer', body: womanOfficer.name ?? '' }]
      : []),
    ...(socialWorker.present
      ? [
          {
            tier: 'T3' as const,
            name: 'socialWorker',
            body: { name: socialWorker.name ?? '', role: socialWorker.role ?? null },
          },
        ]
      : []),
  ]
  return accept<BorderScreened>({
    type: 'BorderScreened',
    v: 1,
    facts: {
      subject: body.subject,
      language: body.language,
      reportId: known.reportId,
      elements,
      result: advise(elements.length, known.threshold),
      womanOfficer: womanOfficer.present,
      womanOfficerWhy: womanOfficer.present ? null : (womanOfficer.absence ?? null),
      socialWorker: socialWorker.present,
      socialWorkerWhy: socialWorker.present ? null : (socialWorker.absence ?? null),
    },
    parts,
  })
}
