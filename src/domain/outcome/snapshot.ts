/**
 * How a child or adult lives at one moment (OutcomeStatus of the domain specification): taken at opening, review, closure and
 * in the months of follow-up, so that it can be compared with itself. Codes only (T2).
 */
import { isHead, isManager } from '../case/policy.ts'
import { type CaseState, isOpen } from '../case/state.ts'
import { tiranaDay } from '../clock/tirana.ts'
import {
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Instant,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { schoolLevels, sectors } from './kinds.ts'

export const occasions = [
  'opening',
  'review',
  'closure',
  'month_1',
  'month_3',
  'month_6',
  'month_12',
] as const
export type Occasion = (typeof occasions)[number]
export const livings = [
  'both_parents',
  'one_parent',
  'kinship',
  'guardian',
  'foster',
  'residential',
  'shelter',
  'independent',
  'partner',
  'street',
  'exploiter',
  'not_known',
] as const
export const schools = [...schoolLevels, 'finished', 'not_yet', 'none', 'not_known'] as const
export const yesNo = ['yes', 'no', 'not_known'] as const
export const jobs = [...sectors, 'none', 'not_of_age', 'not_known'] as const
export const parentWorks = ['both', 'one', 'casual', 'none', 'no_parent', 'not_known'] as const
export const incomes = ['none', 'below_minimum', 'around_minimum', 'above_minimum', 'not_known'] as const

export type OutcomeStatus = {
  readonly living: (typeof livings)[number]
  readonly school: (typeof schools)[number]
  /** Per cent of school days of the last three months, or null where there is no school or it is not known. */
  readonly attendance: number | null
  readonly vaccinated: (typeof yesNo)[number]
  readonly healthCard: (typeof yesNo)[number]
  readonly job: (typeof jobs)[number]
  /** A contract and contributions; null without a job. */
  readonly jobSecure: boolean | null
  readonly parentWork: (typeof parentWorks)[number]
  /** Somebody to turn to besides the institutions. */
  readonly network: (typeof yesNo)[number]
  readonly income: (typeof incomes)[number]
}
export const statusFields = [
  'living',
  'school',
  'attendance',
  'vaccinated',
  'healthCard',
  'job',
  'jobSecure',
  'parentWork',
  'network',
  'income',
] as const satisfies readonly (keyof OutcomeStatus)[]

type Moment = { readonly by: Uuid; readonly at: Instant }
export type OutcomeTaken = DomainEvent<
  'OutcomeTaken',
  Moment &
    OutcomeStatus & {
      outcomeId: Uuid
      occasion: Occasion
      takenOn: Day
      episode: number
      /** The snapshot of the same occasion that this one sets right. */
      corrects: Uuid | null
    }
>
/** What a reopening was: the worker says it, on what, and it is counted. */
export type ReopeningJudged = DomainEvent<
  'ReopeningJudged',
  Moment & {
    judgementId: Uuid
    episode: number
    reexploited: (typeof yesNo)[number]
    evidence: readonly string[]
  }
>

export interface Snapshot {
  readonly id: Uuid
  readonly occasion: Occasion
  readonly episode: number
  readonly takenOn: Day
}
export interface TakeOutcome extends OutcomeStatus {
  readonly occasion: Occasion
  readonly takenOn: Day
  readonly corrects: Uuid | null
  readonly remark?: string | undefined
}

const works = (s: CaseState, stamp: Stamp) => isManager(stamp.actor, s) || isHead(stamp.actor, s)
const monthOf = (occasion: Occasion): number | null =>
  occasion.startsWith('month_') ? Number(occasion.slice('month_'.length)) : null

/** Contradictions that no counting could mend later. */
export const contradiction = (o: OutcomeStatus): keyof OutcomeStatus | null => {
  const inSchool = (schoolLevels as readonly string[]).includes(o.school)
  if (o.attendance !== null && !inSchool) return 'attendance'
  const works = (sectors as readonly string[]).includes(o.job)
  if (o.jobSecure !== null && !works) return 'jobSecure'
  return null
}

/** Once an occasion in each opening, except reviews; what was taken wrongly is set right by a later one that names it. */
export function decideTakeOutcome(
  s: CaseState,
  taken: readonly Snapshot[],
  body: TakeOutcome,
  stamp: Stamp,
): Decision<OutcomeTaken> {
  if (!works(s, stamp)) return refuse(s.unitId === stamp.actor.unitId ? 'case_not_yours' : 'not_allowed')
  const month = monthOf(body.occasion)
  if (
    month === null ? !isOpen(s) && body.occasion !== 'closure' : s.followUps.every((f) => f.month !== month)
  )
    return refuse('outcome_not_now', 'occasion')
  if (body.takenOn > tiranaDay(stamp.now)) return refuse('in_future', 'takenOn')
  if (body.takenOn < tiranaDay(s.episodeAt)) return refuse('outcome_too_early', 'takenOn')
  if (month !== null && s.closedAt !== null && body.takenOn < tiranaDay(s.closedAt))
    return refuse('outcome_too_early', 'takenOn')
  const wrong = contradiction(body)
  if (wrong !== null) return refuse('outcome_contradiction', wrong)
  const same = taken.filter((one) => one.episode === s.episode && one.occasion === body.occasion)
  if (body.corrects !== null && !same.some((one) => one.id === body.corrects))
    return refuse('outcome_unknown', 'corrects')
  const again =
    body.occasion === 'review' ? same.some((one) => one.takenOn === body.takenOn) : same.length > 0
  if (body.corrects === null && again) return refuse('outcome_taken', 'occasion')
  const { remark, ...facts } = body
  return accept<OutcomeTaken>({
    type: 'OutcomeTaken',
    v: 1,
    facts: {
      ...facts,
      outcomeId: stamp.newId(),
      episode: s.episode,
      by: stamp.actor.userId,
      at: stamp.occurredAt,
    },
    ...(remark === undefined || remark.trim() === ''
      ? {}
      : { parts: [{ tier: 'T3' as const, name: 'remark', body: remark }] }),
    touches: [`outcome_${body.occasion}`],
  })
}

export const evidences = [
  'child_told',
  'family',
  'field_team',
  'police',
  'labour_inspection',
  'school',
  'health',
  'provider',
  'follow_up',
  'other',
] as const
export interface JudgeReopening {
  readonly reexploited: (typeof yesNo)[number]
  readonly evidence: readonly (typeof evidences)[number][]
  readonly words?: string | undefined
}
/** «Yes» rests on evidence that is named and told; a later judgement takes the place of an earlier one. */
export function decideJudgeReopening(
  s: CaseState,
  body: JudgeReopening,
  stamp: Stamp,
): Decision<ReopeningJudged> {
  if (!works(s, stamp)) return refuse(s.unitId === stamp.actor.unitId ? 'case_not_yours' : 'not_allowed')
  if (s.episode < 2) return refuse('outcome_not_reopened')
  if (body.reexploited === 'yes' && body.evidence.length === 0) return refuse('outcome_evidence', 'evidence')
  if (body.reexploited !== 'not_known' && (body.words ?? '').trim() === '')
    return refuse('reason_required', 'words')
  return accept<ReopeningJudged>({
    type: 'ReopeningJudged',
    v: 1,
    facts: {
      judgementId: stamp.newId(),
      episode: s.episode,
      reexploited: body.reexploited,
      evidence: [...new Set(body.evidence)],
      by: stamp.actor.userId,
      at: stamp.occurredAt,
    },
    ...((body.words ?? '').trim() === ''
      ? {}
      : { parts: [{ tier: 'T3' as const, name: 'words', body: body.words! }] }),
    touches: ['reopening'],
  })
}

const safeHomes: readonly string[] = [
  'both_parents',
  'one_parent',
  'kinship',
  'guardian',
  'foster',
  'residential',
  'shelter',
]
/**
 * The twelve-month outcome (core formula, S004 and S002): of an adult a job or a network; of a child a family, a protected
 * setting or school.
 */
export const goodAfterAYear = (o: OutcomeStatus, child: boolean): boolean =>
  child
    ? safeHomes.includes(o.living) || (schoolLevels as readonly string[]).includes(o.school)
    : (sectors as readonly string[]).includes(o.job) || o.network === 'yes'

/** What is otherwise than before, field by field. */
export const changedFields = (before: OutcomeStatus, now: OutcomeStatus): readonly (keyof OutcomeStatus)[] =>
  statusFields.filter((field) => before[field] !== now[field])
