/** The report's states, its events and the fold that turns one into the other (domain specification, section 3.1). */
import type { DomainEvent, Instant, Uuid } from '../core.ts'
import type { Immediacy, SourceType } from './body.ts'

export const reportStates = [
  'RECEIVED',
  'TRIAGED',
  'ACCEPTED',
  'REFERRED_ON',
  'INFO_ONLY',
  'SCREENED_OUT',
] as const
export type ReportState = (typeof reportStates)[number]

export const triageDecisions = ['accept', 'refer_on', 'info_only', 'screen_out'] as const
export type TriageDecision = (typeof triageDecisions)[number]

/**
 * `TRIAGED` is held only while a second person looks at a proposal to screen out; every other decision passes
 * through it within one act. Immediate protection is a side field: it may come in any state and ends none.
 */
export interface Report {
  readonly id: Uuid
  readonly version: number
  readonly state: ReportState
  readonly unitId: Uuid
  readonly municipality: string | null
  readonly source: SourceType
  readonly immediacy: Immediacy
  readonly createdBy: Uuid | null
  readonly receivedAt: Instant
  /** First triage ever; a report that moved to another unit keeps it. */
  readonly triagedAt: Instant | null
  readonly screenOutProposedBy: Uuid | null
  readonly screenedOutAt: Instant | null
  readonly protectedAt: Instant | null
  readonly childIds: readonly Uuid[]
}

export type CaseLink = {
  readonly childId: Uuid
  readonly personId: Uuid
  readonly caseId: Uuid
  readonly attached: boolean
}

export type ReportReceived = DomainEvent<
  'ReportReceived',
  {
    readonly source: SourceType
    readonly channel: string
    readonly municipality: string | null
    readonly unitId: Uuid
    readonly immediacy: Immediacy
    readonly concerns: readonly string[]
    readonly activity: string | null
    readonly hotspotId: Uuid | null
    readonly childIds: readonly Uuid[]
    readonly signedIn: boolean
  }
>
export type ReportAdded = DomainEvent<'ReportAdded', { readonly by: 'reporter' | 'staff' }>
export type ReportTriaged = DomainEvent<
  'ReportTriaged',
  { readonly immediacy: Immediacy; readonly candidates: number }
>
export type ReportAccepted = DomainEvent<'ReportAccepted', { readonly cases: readonly CaseLink[] }>
export type ReportRerouted = DomainEvent<
  'ReportRerouted',
  { readonly fromUnitId: Uuid; readonly unitId: Uuid; readonly municipality: string }
>
export type ReportReferredOn = DomainEvent<'ReportReferredOn', { readonly toUnitId: Uuid | null }>
export type ReportKeptForInformation = DomainEvent<'ReportKeptForInformation', Record<never, never>>
export type ScreenOutProposed = DomainEvent<'ScreenOutProposed', { readonly by: Uuid }>
export type ScreenOutRejected = DomainEvent<'ScreenOutRejected', { readonly by: Uuid }>
export type ReportScreenedOut = DomainEvent<
  'ReportScreenedOut',
  { readonly proposedBy: Uuid; readonly confirmedBy: Uuid }
>
export type ReportTakenUpAgain = DomainEvent<'ReportTakenUpAgain', { readonly by: Uuid }>
export type ImmediateProtectionTaken = DomainEvent<'ImmediateProtectionTaken', { readonly at: Instant }>

export type ReportEvent =
  | ReportReceived
  | ReportAdded
  | ReportTriaged
  | ReportAccepted
  | ReportRerouted
  | ReportReferredOn
  | ReportKeptForInformation
  | ScreenOutProposed
  | ScreenOutRejected
  | ReportScreenedOut
  | ReportTakenUpAgain
  | ImmediateProtectionTaken

/** Folds one event recorded at `now`; a new event does not compile until it is folded here. */
export const apply = (report: Report, event: ReportEvent, now: Instant): Report => {
  switch (event.type) {
    case 'ReportReceived':
      return { ...report, state: 'RECEIVED', receivedAt: now }
    case 'ReportAdded':
      return report
    case 'ReportTriaged':
      return {
        ...report,
        state: 'TRIAGED',
        immediacy: event.facts.immediacy,
        triagedAt: report.triagedAt ?? now,
        screenOutProposedBy: null,
      }
    case 'ReportAccepted':
      return { ...report, state: 'ACCEPTED', screenedOutAt: null }
    case 'ReportRerouted':
      return {
        ...report,
        state: 'RECEIVED',
        unitId: event.facts.unitId,
        municipality: event.facts.municipality,
      }
    case 'ReportReferredOn':
      return { ...report, state: 'REFERRED_ON' }
    case 'ReportKeptForInformation':
      return { ...report, state: 'INFO_ONLY' }
    case 'ScreenOutProposed':
      return { ...report, state: 'TRIAGED', screenOutProposedBy: event.facts.by }
    case 'ScreenOutRejected':
      return { ...report, state: 'TRIAGED', screenOutProposedBy: null }
    case 'ReportScreenedOut':
      return { ...report, state: 'SCREENED_OUT', screenedOutAt: now, screenOutProposedBy: null }
    case 'ReportTakenUpAgain':
      return { ...report, state: 'TRIAGED', screenedOutAt: null }
    case 'ImmediateProtectionTaken':
      return { ...report, protectedAt: event.facts.at, immediacy: 'immediate' }
  }
}

export const applyAll = (report: Report, events: readonly ReportEvent[], now: Instant): Report =>
  events.reduce((state, event) => apply(state, event, now), report)
