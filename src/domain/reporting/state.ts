/**
 * The life of a report (domain specification 3.8): due, drafted, handed in, returned or accepted by somebody else, gathered
 * into the national one, approved, published. What is published is frozen; a correction is a new edition.
 */
import { accept, type Day, type Decision, type DomainEvent, refuse, type Uuid } from '../core.ts'

export const reportStatuses = [
  'DUE',
  'DRAFT',
  'SUBMITTED',
  'RETURNED',
  'ACCEPTED',
  'CONSOLIDATED',
  'APPROVED',
  'PUBLISHED',
] as const
export type ReportStatus = (typeof reportStatuses)[number]

/** What each report tells and to whom (domain specification 10; deadlines D26–D30, D40–D43, D45–D51). */
export const reportKinds = [
  'institution_progress',
  'agency_half_year',
  'work_plan',
  'costing',
  'plan_monitoring',
  'midterm',
  'evaluation',
  'ap_register',
  'county_assessment',
  'county_annual',
  'national_assessment',
  'sop_monitoring',
  'nrm_monitoring',
  'mobile_unit_evaluation',
  'closed_cases',
  'office_annual',
  'protection_exchange',
  'prime_minister',
] as const
export type ReportKind = (typeof reportKinds)[number]

export interface ProgressReport {
  readonly status: ReportStatus
  readonly periodTo: Day
  /** Grows with each correction of what was published. */
  readonly edition: number
  readonly submittedBy: Uuid | null
  readonly said: boolean
}

/** What the actor is to the report: its author's institution, the National Coordinator's office, or both. */
export interface ReportFacts {
  readonly author: boolean
  readonly office: boolean
  readonly actor: Uuid
  readonly today: Day
  /** The national report of the period is published: single reports of it take no more changes. */
  readonly periodClosed: boolean
}

export const reportActs = [
  'save',
  'submit',
  'return',
  'accept',
  'consolidate',
  'approve',
  'publish',
  'correct',
] as const
export type ReportAct = (typeof reportActs)[number]

const steps: Readonly<
  Record<ReportAct, { readonly from: readonly ReportStatus[]; readonly to: ReportStatus }>
> = {
  save: { from: ['DUE', 'DRAFT', 'RETURNED'], to: 'DRAFT' },
  submit: { from: ['DRAFT'], to: 'SUBMITTED' },
  return: { from: ['SUBMITTED'], to: 'RETURNED' },
  accept: { from: ['SUBMITTED'], to: 'ACCEPTED' },
  consolidate: { from: ['ACCEPTED'], to: 'CONSOLIDATED' },
  approve: { from: ['CONSOLIDATED'], to: 'APPROVED' },
  publish: { from: ['APPROVED'], to: 'PUBLISHED' },
  correct: { from: ['PUBLISHED'], to: 'DRAFT' },
}
const authorsActs: ReadonlySet<ReportAct> = new Set(['save', 'submit'])
/** Acts that a second person must do: never whoever handed the report in. */
const secondPerson: ReadonlySet<ReportAct> = new Set(['return', 'accept', 'approve'])

/** The first day from which reports are asked for was set. */
export type ReportingStartSet = DomainEvent<'ReportingStartSet', { readonly since: string }>
export type ReportMoved = DomainEvent<
  'ReportMoved',
  {
    readonly act: ReportAct
    readonly from: ReportStatus
    readonly to: ReportStatus
    readonly edition: number
  }
>

/** Why the act is not open now, or null. */
const fault = (now: ProgressReport, act: ReportAct, facts: ReportFacts) => {
  if (!steps[act].from.includes(now.status)) return refuse('wrong_state')
  if (authorsActs.has(act) && !facts.author) return refuse('reporting_own_only')
  if (!authorsActs.has(act) && !facts.office) return refuse('reporting_office_only')
  if (secondPerson.has(act) && now.submittedBy === facts.actor) return refuse('needs_second_person')
  if (authorsActs.has(act) && facts.periodClosed && now.edition === 1)
    return refuse('reporting_period_closed')
  return null
}

/** Acts open to the reader now; what the body still lacks is said when it is tried. */
export const openActs = (now: ProgressReport, facts: ReportFacts): readonly ReportAct[] =>
  reportActs.filter((act) => fault(now, act, facts) === null)

export const decideReport = (
  now: ProgressReport,
  act: ReportAct,
  body: { readonly reason?: string | undefined },
  facts: ReportFacts,
): Decision<ReportMoved> => {
  const why = fault(now, act, facts)
  if (why !== null) return why
  if (act === 'submit' && now.periodTo >= facts.today)
    return refuse('reporting_period_running', undefined, { day: now.periodTo })
  if (act === 'submit' && !now.said) return refuse('reporting_nothing_said')
  if ((act === 'return' || act === 'correct') && (body.reason ?? '').trim() === '')
    return refuse('reason_required', 'reason')
  return accept({
    type: 'ReportMoved',
    v: 1,
    facts: {
      act,
      from: now.status,
      to: steps[act].to,
      edition: act === 'correct' ? now.edition + 1 : now.edition,
    },
    parts: body.reason === undefined ? [] : [{ tier: 'T3', name: 'reason', body: body.reason }],
    touches: act === 'save' ? ['content'] : ['status'],
  })
}

/** Late as of a day: the due day passed and it is not in anybody else's hands yet. */
export const reportLate = (status: ReportStatus, dueOn: Day, asOf: Day): boolean =>
  dueOn < asOf && (status === 'DUE' || status === 'DRAFT' || status === 'RETURNED')
