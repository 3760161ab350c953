/**
 * The national lines 116 006 and 116 111: who is at the line, what comes in, what nobody answered (domain specification,
 * sections 2 and 11; seed 004 PREV-1.a.3, seed 000 activity 4.1.4). Nothing here says who called: what is told of a child
 * goes into a report, and a call that led to none leaves codes alone.
 */
import type { DomainEvent, Instant, Uuid } from '../core.ts'

export const callChannels = ['phone', 'app', 'chat', 'message', 'letter', 'in_person'] as const
export type CallChannel = (typeof callChannels)[number]

export const callers = [
  'child',
  'person_concerned',
  'relative',
  'citizen',
  'professional',
  'silent',
  'not_serious',
  'not_said',
] as const
export type Caller = (typeof callers)[number]

export const callTopics = [
  'trafficking',
  'child_in_danger',
  'violence',
  'missing_person',
  'migration',
  'advice',
  'services',
  'nothing',
] as const
export type CallTopic = (typeof callTopics)[number]

/** What came of it; several may be true. */
export const callOutcomes = [
  'report',
  'emergency_112',
  'other_line',
  'service',
  'advice',
  'call_back',
  'ended_early',
  'none',
] as const
export type CallOutcome = (typeof callOutcomes)[number]

export interface Shift {
  readonly id: Uuid
  readonly version: number
  readonly unitId: Uuid
  readonly operatorId: Uuid
  readonly trained: boolean
  readonly from: Instant
  readonly to: Instant | null
  /** Until when it counts while nobody has ended it. */
  readonly atMost: Instant
}

export type ShiftBegun = DomainEvent<
  'ShiftBegun',
  { readonly unitId: Uuid; readonly trained: boolean; readonly from: Instant; readonly atMost: Instant }
>
export type ShiftEnded = DomainEvent<
  'ShiftEnded',
  { readonly to: Instant; readonly by: 'operator' | 'colleague' }
>
export type CallBody = {
  readonly at: Instant
  readonly minutes: number
  readonly channel: CallChannel
  readonly caller: Caller
  readonly topic: CallTopic
  readonly anonymous: boolean
  /** ISO 639 code of the language spoken. */
  readonly language: string
  /** ISO 3166-2 code of the county the call was about, where it was said. */
  readonly county: string | null
  readonly outcomes: readonly CallOutcome[]
  readonly reportId: Uuid | null
}
export type CallRecorded = DomainEvent<'CallRecorded', CallBody & { readonly unitId: Uuid }>
export type CallLinked = DomainEvent<'CallLinked', { readonly reportId: Uuid }>
export type MissedBody = { readonly hour: Instant; readonly missed: number; readonly calledBack: number }
export type MissedCounted = DomainEvent<'MissedCounted', MissedBody & { readonly unitId: Uuid }>
