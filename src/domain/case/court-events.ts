/**
 * Matters of a case before a court, as the programme of 2022–2024 (S003) wants them watched: protection orders, custody,
 * placement. Facts are pseudonymous; the name of the court, reasons and the psycho-social report travel in parts.
 */
import type { Day, DomainEvent, Instant, Uuid } from '../core.ts'

type Moment = { readonly by: Uuid; readonly at: Instant }

export const courtMatters = [
  'protection_order',
  'custody',
  'placement',
  'emergency_measure',
  'supervision',
  'other',
] as const
export type CourtMatter = (typeof courtMatters)[number]
export const courtStages = ['prepared', 'filed', 'decided', 'appealed', 'final', 'withdrawn'] as const
export type CourtStage = (typeof courtStages)[number]
export const courtOutcomes = ['granted', 'partly', 'refused'] as const
export type CourtOutcome = (typeof courtOutcomes)[number]
export const appealOutcomes = ['upheld', 'changed', 'returned'] as const
export type AppealOutcome = (typeof appealOutcomes)[number]
export const appellants = ['unit', 'parent', 'representative', 'prosecutor', 'other'] as const
export const executions = ['carried_out', 'under_way', 'hindered', 'not_begun'] as const
export type Execution = (typeof executions)[number]
export const hindrances = [
  'parent_resists',
  'no_place',
  'no_service',
  'no_money',
  'child_untraceable',
  'authority_slow',
  'other',
] as const
export const childHearings = ['heard', 'through_psychologist', 'too_young', 'declined', 'not_heard'] as const
export const reviewOutcomes = ['stands', 'change_asked', 'end_asked'] as const

export type CourtCaseOpened = DomainEvent<
  'CourtCaseOpened',
  Moment & { courtId: Uuid; matter: CourtMatter; measureId: Uuid | null }
>
/** The psycho-social report that goes with the file lies sealed. */
export type CourtReportWritten = DomainEvent<'CourtReportWritten', Moment & { courtId: Uuid; writtenOn: Day }>
export type CourtFiled = DomainEvent<'CourtFiled', Moment & { courtId: Uuid; filedOn: Day; courtRef: string }>
export type HearingSet = DomainEvent<
  'HearingSet',
  Moment & { courtId: Uuid; hearingId: Uuid; hearingAt: Instant }
>
export type HearingHeld = DomainEvent<
  'HearingHeld',
  Moment & {
    courtId: Uuid
    hearingId: Uuid
    held: boolean
    workerAttended: boolean
    childHeard: (typeof childHearings)[number]
  }
>
export type CourtDecided = DomainEvent<
  'CourtDecided',
  Moment & {
    courtId: Uuid
    outcome: CourtOutcome
    decidedOn: Day
    until: Day | null
    appealUntil: Day
    reviewOn: Day | null
    checkOn: Day | null
  }
>
export type CourtAppealed = DomainEvent<
  'CourtAppealed',
  Moment & { courtId: Uuid; appellant: string; appealedOn: Day }
>
export type AppealDecided = DomainEvent<
  'AppealDecided',
  Moment & { courtId: Uuid; outcome: AppealOutcome; decidedOn: Day }
>
export type CourtClosed = DomainEvent<
  'CourtClosed',
  Moment & { courtId: Uuid; how: 'final' | 'withdrawn'; closedOn: Day }
>
export type ExecutionChecked = DomainEvent<
  'ExecutionChecked',
  Moment & {
    courtId: Uuid
    checkId: Uuid
    checkedOn: Day
    execution: Execution
    hindrance: string | null
    nextOn: Day | null
  }
>
export type CourtReviewed = DomainEvent<
  'CourtReviewed',
  Moment & {
    courtId: Uuid
    reviewedOn: Day
    outcome: (typeof reviewOutcomes)[number]
    nextOn: Day | null
  }
>
export type CourtEvent =
  | CourtCaseOpened
  | CourtReportWritten
  | CourtFiled
  | HearingSet
  | HearingHeld
  | CourtDecided
  | CourtAppealed
  | AppealDecided
  | CourtClosed
  | ExecutionChecked
  | CourtReviewed

export interface CourtCase {
  readonly id: Uuid
  readonly matter: CourtMatter
  readonly measureId: Uuid | null
  readonly stage: CourtStage
  readonly reportOn: Day | null
  readonly filedOn: Day | null
  readonly hearing: { readonly id: Uuid; readonly at: Instant } | null
  readonly outcome: CourtOutcome | null
  readonly decidedOn: Day | null
  readonly appealUntil: Day | null
  readonly appeals: number
  /** The next look at whether the decision is carried out; null when nothing is left to look at. */
  readonly checkOn: Day | null
  readonly reviewOn: Day | null
}

const opened = ({ facts }: CourtCaseOpened): CourtCase => ({
  id: facts.courtId,
  matter: facts.matter,
  measureId: facts.measureId,
  stage: 'prepared',
  reportOn: null,
  filedOn: null,
  hearing: null,
  outcome: null,
  decidedOn: null,
  appealUntil: null,
  appeals: 0,
  checkOn: null,
  reviewOn: null,
})

const change = (c: CourtCase, e: Exclude<CourtEvent, CourtCaseOpened>): Partial<CourtCase> => {
  switch (e.type) {
    case 'CourtReportWritten':
      return { reportOn: e.facts.writtenOn }
    case 'CourtFiled':
      return { stage: 'filed', filedOn: e.facts.filedOn }
    case 'HearingSet':
      return { hearing: { id: e.facts.hearingId, at: e.facts.hearingAt } }
    case 'HearingHeld':
      return { hearing: null }
    case 'CourtDecided': {
      const { outcome, decidedOn, appealUntil, checkOn, reviewOn } = e.facts
      return { stage: 'decided', hearing: null, outcome, decidedOn, appealUntil, checkOn, reviewOn }
    }
    case 'CourtAppealed':
      return { stage: 'appealed', appeals: c.appeals + 1 }
    case 'AppealDecided':
      // Sent back, the first court decides anew; otherwise nothing more can be brought here.
      return e.facts.outcome === 'returned' ? { stage: 'filed', outcome: null } : { stage: 'final' }
    case 'CourtClosed':
      return { stage: e.facts.how, hearing: null, ...(e.facts.how === 'withdrawn' ? { checkOn: null } : {}) }
    case 'ExecutionChecked':
      return { checkOn: e.facts.nextOn }
    case 'CourtReviewed':
      return { reviewOn: e.facts.nextOn }
  }
}

export const foldCourts = (courts: readonly CourtCase[], e: CourtEvent): readonly CourtCase[] =>
  e.type === 'CourtCaseOpened'
    ? [...courts, opened(e)]
    : courts.map((c) => (c.id === e.facts.courtId ? { ...c, ...change(c, e) } : c))

/** The court has still to speak; until it has, a case is not closed. */
export const courtPending = (c: Pick<CourtCase, 'stage'>): boolean =>
  c.stage === 'filed' || c.stage === 'appealed'
