/**
 * Writing a course: proposed by one of the two bodies that set procedures, published by a second person. A published one changes
 * by a further version; results stay with the version they were taken against (S004:412, the platform it orders). Pure.
 */
import { accept, type Decision, type DomainEvent, type Json, refuse, type Stamp, type Uuid } from '../core.ts'
import { type GuidanceState, writesLibrary } from './guidance.ts'

export interface WrittenQuestion {
  readonly textSq: string
  readonly textEn: string
  readonly options: readonly { readonly key: string; readonly sq: string; readonly en: string }[]
  /** Keys of the right options. */
  readonly right: readonly string[]
  readonly whySq: string
  readonly whyEn: string
}
export interface CourseText {
  readonly slug: string
  readonly topic: string
  readonly titleSq: string
  readonly titleEn: string
  readonly summarySq: string
  readonly summaryEn: string
  readonly modules: readonly {
    readonly titleSq: string
    readonly titleEn: string
    readonly bodySq: string
    readonly bodyEn: string
  }[]
  readonly passPercent: number
  readonly drawn: number
  readonly attempts: number
  readonly waitHours: number
  readonly questions: readonly WrittenQuestion[]
}
/** The newest version of a course or procedure, whatever its state. */
export interface Written {
  readonly id: Uuid
  readonly version: number
  readonly number: number
  readonly state: GuidanceState
  readonly proposedBy: Uuid | null
}
export type CourseProposed = DomainEvent<'CourseProposed', Readonly<Record<string, Json>>>
export type CourseAdopted = DomainEvent<'CourseAdopted', { readonly number: number }>
export type ProposalWithdrawn = DomainEvent<'ProposalWithdrawn', { readonly number: number }>

const faultOf = (question: WrittenQuestion): string | null => {
  const keys = question.options.map((one) => one.key)
  if (new Set(keys).size !== keys.length) return 'options'
  if (new Set(question.right).size !== question.right.length) return 'right'
  return question.right.every((key) => keys.includes(key)) && question.right.length < keys.length
    ? null
    : 'right'
}

/** A new course, or the next version of one. Each question has at least one right option and one that is not. */
export function decideProposeCourse(
  latest: Written | null,
  text: CourseText,
  stamp: Stamp,
): Decision<CourseProposed> {
  if (!writesLibrary(stamp.actor)) return refuse('not_allowed')
  if (latest?.state === 'proposed') return refuse('learning_proposed_already', 'slug')
  if (text.drawn > text.questions.length)
    return refuse('learning_too_few_questions', 'drawn', { count: text.questions.length })
  const wrong = text.questions.findIndex((question) => faultOf(question) !== null)
  if (wrong !== -1) return refuse('learning_right_unclear', `questions.${wrong}.right`, { number: wrong + 1 })
  const { questions, modules, ...head } = text
  return accept<CourseProposed>({
    type: 'CourseProposed',
    v: 1,
    facts: {
      ...head,
      number: (latest?.number ?? 0) + 1,
      modules: modules.map((module) => ({ ...module })),
      questions: questions.length,
    },
    // Right answers stand apart from what everybody may read of the chain.
    parts: [
      {
        tier: 'T3',
        name: 'questions',
        body: questions.map(({ options, right, ...question }) => ({
          ...question,
          options: options.map((option) => ({ ...option })),
          right: [...right],
        })),
      },
    ],
    touches: ['state'],
  })
}

/** Published by somebody else than whoever proposed it. */
export function decideAdoptCourse(course: Written, stamp: Stamp): Decision<CourseAdopted> {
  if (!writesLibrary(stamp.actor)) return refuse('not_allowed')
  if (course.state !== 'proposed') return refuse('wrong_state', undefined, { state: course.state })
  if (course.proposedBy === stamp.actor.userId) return refuse('needs_second_person')
  return accept<CourseAdopted>({
    type: 'CourseAdopted',
    v: 1,
    facts: { number: course.number },
    touches: ['state'],
  })
}

/** What waits is taken back, by whoever wrote it or by the second person who will not publish it; a better one may follow. */
export function decideWithdrawProposal(proposed: Written, stamp: Stamp): Decision<ProposalWithdrawn> {
  if (!writesLibrary(stamp.actor)) return refuse('not_allowed')
  if (proposed.state !== 'proposed') return refuse('wrong_state', undefined, { state: proposed.state })
  return accept<ProposalWithdrawn>({
    type: 'ProposalWithdrawn',
    v: 1,
    facts: { number: proposed.number },
    touches: ['state'],
  })
}
