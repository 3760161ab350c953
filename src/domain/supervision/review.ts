/**
 * Reviews of sampled files. The head of a unit draws from its files, the State Agency from any; nobody reviews a file that they
 * work on. Items are the form `case_review`; what is to be mended has an owner and a day.
 */
import { answersFault, assessmentRecorded } from '../case/assess.ts'
import type { AssessmentRecorded } from '../case/events.ts'
import { isManager } from '../case/policy.ts'
import type { CaseState } from '../case/state.ts'
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Part,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { type Answer, type FormDefinition, questionsOf } from '../form/definition.ts'
import { byKey, evaluate } from '../form/evaluate.ts'
import { type Drawable, drawSample } from './sampling.ts'

export const reviewForm = 'case_review'
export const mendKinds = [
  'assessment',
  'plan',
  'child_heard',
  'family',
  'services',
  'safety',
  'deadlines',
  'writing',
  'other',
] as const
export type MendKind = (typeof mendKinds)[number]

export type ReviewsDrawn = DomainEvent<
  'ReviewsDrawn',
  {
    readonly unitId: Uuid | null
    readonly municipality: string | null
    readonly seed: string
    readonly size: number
    readonly population: number
    readonly strata: number
    readonly dueOn: Day
    readonly reviews: readonly { readonly reviewId: Uuid; readonly caseId: Uuid }[]
  }
>
export type FileReviewed = DomainEvent<
  'FileReviewed',
  {
    readonly reviewId: Uuid
    readonly assessmentId: Uuid
    readonly met: number
    readonly asked: number
    readonly actions: readonly {
      readonly actionId: Uuid
      readonly kind: MendKind
      readonly ownerId: Uuid
      readonly dueOn: Day
    }[]
  }
>
export type ReviewActionDone = DomainEvent<'ReviewActionDone', { readonly actionId: Uuid; readonly on: Day }>

export const mayDraw = (actor: Actor): boolean => actor.role === 'cpu_head' || actor.role === 'state_agency'

export interface Drawn {
  readonly id: Uuid
  readonly caseId: Uuid
  readonly stratum: string
}

/** `population`: open files that the drawer sees and does not work on. The seed is the register's, so that nobody shops for a sample. */
export function decideDraw(
  given: {
    readonly population: readonly Drawable[]
    readonly unitId: Uuid | null
    readonly municipality: string | null
    readonly size: number
    readonly dueOn: Day
    readonly today: Day
    readonly seed: string
  },
  stamp: Stamp,
): Decision<ReviewsDrawn> & { readonly drawn?: readonly Drawn[] } {
  if (!mayDraw(stamp.actor)) return refuse('not_allowed')
  if (given.dueOn < given.today) return refuse('review_action_past', 'dueOn')
  if (given.population.length === 0) return refuse('review_no_cases', 'size')
  const drawn = drawSample(given.population, given.size, given.seed).map((one) => ({
    id: stamp.newId(),
    caseId: one.id,
    stratum: one.stratum,
  }))
  const event: ReviewsDrawn = {
    type: 'ReviewsDrawn',
    v: 1,
    facts: {
      unitId: given.unitId,
      municipality: given.municipality,
      seed: given.seed,
      size: drawn.length,
      population: given.population.length,
      strata: new Set(given.population.map((one) => one.stratum)).size,
      dueOn: given.dueOn,
      reviews: drawn.map((one) => ({ reviewId: one.id, caseId: one.caseId })),
    },
  }
  return { ok: true, events: [event], drawn }
}

const isYes = (answer: Answer | undefined): boolean =>
  answer !== undefined && 'value' in answer && answer.value === true

export interface Mend {
  readonly kind: MendKind
  readonly dueOn: Day
  readonly text: string
}

/** What the reviewer found: the whole checklist, and what is to be mended by the file's manager. */
export function decideReview(
  s: CaseState,
  review: { readonly id: Uuid; readonly reviewerId: Uuid; readonly done: boolean },
  body: { readonly answers: readonly Answer[]; readonly mends: readonly Mend[]; readonly today: Day },
  form: FormDefinition,
  stamp: Stamp,
):
  | { readonly ok: true; readonly assessment: AssessmentRecorded; readonly reviewed: FileReviewed }
  | ReturnType<typeof refuse> {
  if (stamp.actor.userId !== review.reviewerId || !mayDraw(stamp.actor)) return refuse('not_allowed')
  if (isManager(stamp.actor, s)) return refuse('review_own_case')
  if (review.done) return refuse('review_done')
  const fault = answersFault(form, body.answers, true)
  if (fault !== null) return { ok: false, refusal: fault }
  const past = body.mends.findIndex((one) => one.dueOn < body.today)
  if (past >= 0) return refuse('review_action_past', `mends.${past}.dueOn`)
  const given = byKey(body.answers)
  const shown = evaluate(form, given).shown
  const items = questionsOf(form).filter((one) => one.kind === 'yes_no' && shown.has(one.key))
  const met = items.filter((one) => isYes(given.get(one.key))).length
  const assessment = assessmentRecorded(form, { answers: body.answers, childSeenAt: null }, stamp)
  const actions = body.mends.map((one) => ({
    actionId: stamp.newId(),
    kind: one.kind,
    ownerId: s.managerId ?? stamp.actor.userId,
    dueOn: one.dueOn,
  }))
  const parts: Part[] = body.mends.map((one, n) => ({ tier: 'T3', name: `mend${n}`, body: one.text }))
  return {
    ok: true,
    assessment,
    reviewed: {
      type: 'FileReviewed',
      v: 1,
      facts: {
        reviewId: review.id,
        assessmentId: assessment.facts.assessmentId,
        met,
        asked: items.length,
        actions,
      },
      ...(parts.length === 0 ? {} : { parts }),
      touches: [],
    },
  }
}

/** Whoever works the file, or the head, says that it is mended. */
export function decideMended(
  s: CaseState,
  action: { readonly id: Uuid; readonly done: boolean },
  today: Day,
  stamp: Stamp,
): Decision<ReviewActionDone> {
  const { actor } = stamp
  if (!isManager(actor, s) && !(actor.role === 'cpu_head' && actor.unitId === s.unitId))
    return refuse('case_not_yours')
  if (action.done) return refuse('review_action_done')
  return accept({ type: 'ReviewActionDone', v: 1, facts: { actionId: action.id, on: today }, touches: [] })
}
