/**
 * What the data protection officer keeps: requests of persons about their data (D36), breaches (D35), holds and erasures (domain
 * specification, section 12; GDPR articles 15 to 21 and 33, to which law 124/2024 is aligned).
 */
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
import { isOfficer, type PrivacyLaw } from './access.ts'

export const requestKinds = ['access', 'rectification', 'erasure', 'objection'] as const
export const requesters = ['self', 'guardian', 'representative'] as const
export const requestChannels = ['in_person', 'letter', 'e_mail', 'e_albania', 'phone'] as const
export const identityMeans = ['identity_card', 'court_decision', 'known_to_worker', 'e_albania'] as const
export const requestOutcomes = ['granted', 'partly', 'refused'] as const
export type RequestOutcome = (typeof requestOutcomes)[number]
export const refusalGrounds = [
  'identity_not_proven',
  'rights_of_others',
  'safety_of_child',
  'criminal_proceedings',
  'legal_duty_to_keep',
  'legal_hold',
  'no_data',
] as const
export type RequestState = 'RECEIVED' | 'IDENTIFIED' | 'ANSWERED' | 'WITHDRAWN'

export type RequestRegistered = DomainEvent<
  'RequestRegistered',
  {
    readonly code: string
    readonly kind: (typeof requestKinds)[number]
    readonly requester: (typeof requesters)[number]
    readonly channel: (typeof requestChannels)[number]
    readonly caseCode: string | null
    readonly receivedOn: Day
    readonly dueAt: Instant | null
  }
>
export type IdentityChecked = DomainEvent<
  'IdentityChecked',
  { readonly means: (typeof identityMeans)[number] }
>
export type RequestAnswered = DomainEvent<
  'RequestAnswered',
  { readonly outcome: RequestOutcome; readonly ground: string | null; readonly complaintTold: boolean }
>
export type RequestWithdrawn = DomainEvent<'RequestWithdrawn', { readonly at: Instant }>

export interface RequestBody {
  readonly kind: (typeof requestKinds)[number]
  readonly requester: (typeof requesters)[number]
  readonly channel: (typeof requestChannels)[number]
  readonly receivedOn: Day
  readonly who: string
  readonly text: string
}
export function decideRegister(
  body: RequestBody,
  known: {
    readonly code: string
    readonly caseCode: string | null
    readonly dueAt: Instant | null
    readonly today: Day
  },
  stamp: Stamp,
): Decision<RequestRegistered> {
  if (!isOfficer(stamp.actor)) return refuse('not_allowed')
  if (body.receivedOn > known.today) return refuse('in_future', 'receivedOn')
  return accept({
    type: 'RequestRegistered',
    v: 1,
    facts: {
      code: known.code,
      kind: body.kind,
      requester: body.requester,
      channel: body.channel,
      caseCode: known.caseCode,
      receivedOn: body.receivedOn,
      dueAt: known.dueAt,
    },
    parts: [
      { tier: 'T3', name: 'who', body: body.who },
      { tier: 'T3', name: 'asked', body: body.text },
    ],
  })
}

const open = (state: RequestState): boolean => state === 'RECEIVED' || state === 'IDENTIFIED'

export function decideIdentify(
  state: RequestState,
  body: { readonly means: (typeof identityMeans)[number] },
  stamp: Stamp,
): Decision<IdentityChecked> {
  if (!isOfficer(stamp.actor)) return refuse('not_allowed')
  if (!open(state)) return refuse('request_answered')
  return accept({ type: 'IdentityChecked', v: 1, facts: { means: body.means }, touches: ['identity'] })
}

/** Nothing is given to somebody who did not prove who they are; every no says why and where to complain. */
export function decideAnswerRequest(
  state: RequestState,
  body: {
    readonly outcome: RequestOutcome
    readonly ground: string | null
    readonly complaintTold: boolean
    readonly text: string
  },
  stamp: Stamp,
): Decision<RequestAnswered> {
  if (!isOfficer(stamp.actor)) return refuse('not_allowed')
  if (!open(state)) return refuse('request_answered')
  if (state === 'RECEIVED' && !(body.outcome === 'refused' && body.ground === 'identity_not_proven'))
    return refuse('request_identity_first', 'outcome')
  if (body.outcome !== 'granted') {
    if (body.ground === null) return refuse('request_ground', 'ground')
    if (!body.complaintTold) return refuse('request_complaint_right', 'complaintTold')
  }
  return accept({
    type: 'RequestAnswered',
    v: 1,
    facts: {
      outcome: body.outcome,
      ground: body.outcome === 'granted' ? null : body.ground,
      complaintTold: body.complaintTold,
    },
    parts: [{ tier: 'T3', name: 'answer', body: body.text }],
    touches: ['outcome'],
  })
}

export function decideWithdraw(
  state: RequestState,
  body: { readonly text: string },
  stamp: Stamp,
): Decision<RequestWithdrawn> {
  if (!isOfficer(stamp.actor)) return refuse('not_allowed')
  if (!open(state)) return refuse('request_answered')
  return accept({
    type: 'RequestWithdrawn',
    v: 1,
    facts: { at: stamp.now },
    parts: [{ tier: 'T3', name: 'withdrawn', body: body.text }],
    touches: ['outcome'],
  })
}

export const breachKinds = ['confidentiality', 'integrity', 'availability'] as const
export const breachRisks = ['none', 'some', 'high'] as const
export const breachTiers = ['T1', 'T2', 'T3', 'T4', 'T5'] as const
export const notNotifiedReasons = ['no_risk', 'not_personal_data', 'already_known'] as const
export const informedKinds = ['all', 'some', 'none'] as const

export interface Breach {
  readonly state: 'OPEN' | 'CLOSED'
  readonly knownAt: Instant
  readonly risk: (typeof breachRisks)[number]
  readonly measures: number
  readonly notifiedAt: Instant | null
  readonly notNotified: string | null
  readonly informed: (typeof informedKinds)[number] | null
}
export type BreachRecorded = DomainEvent<
  'BreachRecorded',
  {
    readonly code: string
    readonly kinds: readonly string[]
    readonly tiers: readonly string[]
    readonly persons: number | null
    readonly children: boolean
    readonly knownAt: Instant
    readonly happenedAt: Instant | null
    readonly risk: string
    readonly dueAt: Instant | null
  }
>
export type BreachMeasureTaken = DomainEvent<'BreachMeasureTaken', { readonly at: Instant }>
export type CommissionerNotified = DomainEvent<
  'CommissionerNotified',
  { readonly at: Instant; readonly reference: string | null }
>
export type CommissionerNotNotified = DomainEvent<'CommissionerNotNotified', { readonly why: string }>
export type PersonsInformed = DomainEvent<
  'PersonsInformed',
  { readonly informed: string; readonly on: Day | null }
>
export type BreachClosed = DomainEvent<'BreachClosed', { readonly at: Instant }>

export interface BreachBody {
  readonly kinds: readonly (typeof breachKinds)[number][]
  readonly tiers: readonly (typeof breachTiers)[number][]
  readonly persons: number | null
  readonly children: boolean
  readonly knownAt: Instant
  readonly happenedAt: Instant | null
  readonly risk: (typeof breachRisks)[number]
  readonly text: string
  readonly records: string | null
}
export function decideRecordBreach(
  body: BreachBody,
  known: { readonly code: string; readonly dueAt: Instant | null },
  stamp: Stamp,
): Decision<BreachRecorded> {
  if (!isOfficer(stamp.actor)) return refuse('not_allowed')
  if (Date.parse(body.knownAt) > Date.parse(stamp.now)) return refuse('in_future', 'knownAt')
  if (body.happenedAt !== null && Date.parse(body.happenedAt) > Date.parse(body.knownAt))
    return refuse('breach_before_known', 'happenedAt')
  return accept({
    type: 'BreachRecorded',
    v: 1,
    facts: {
      code: known.code,
      kinds: [...body.kinds],
      tiers: [...body.tiers],
      persons: body.persons,
      children: body.children,
      knownAt: body.knownAt,
      happenedAt: body.happenedAt,
      risk: body.risk,
      dueAt: known.dueAt,
    },
    parts: [
      { tier: 'T3', name: 'what', body: body.text },
      ...(body.records === null ? [] : [{ tier: 'T3' as const, name: 'records', body: body.records }]),
    ],
  })
}

const stillOpen = (breach: Breach, stamp: Stamp) => {
  if (!isOfficer(stamp.actor)) return refuse('not_allowed')
  return breach.state === 'CLOSED' ? refuse('breach_closed') : null
}

export function decideBreachMeasure(
  breach: Breach,
  body: { readonly text: string },
  stamp: Stamp,
): Decision<BreachMeasureTaken> {
  return (
    stillOpen(breach, stamp) ??
    accept({
      type: 'BreachMeasureTaken',
      v: 1,
      facts: { at: stamp.now },
      parts: [{ tier: 'T3', name: 'measure', body: body.text }],
    })
  )
}

export type CommissionerBody =
  | { readonly told: true; readonly at: Instant; readonly reference: string | null }
  | { readonly told: false; readonly why: (typeof notNotifiedReasons)[number]; readonly text: string }
export function decideCommissioner(
  breach: Breach,
  body: CommissionerBody,
  stamp: Stamp,
): Decision<CommissionerNotified | CommissionerNotNotified> {
  const no = stillOpen(breach, stamp)
  if (no !== null) return no
  if (!body.told)
    return accept({
      type: 'CommissionerNotNotified',
      v: 1,
      facts: { why: body.why },
      parts: [{ tier: 'T3', name: 'not_notified', body: body.text }],
      touches: ['commissioner'],
    })
  if (Date.parse(body.at) > Date.parse(stamp.now)) return refuse('in_future', 'at')
  if (Date.parse(body.at) < Date.parse(breach.knownAt)) return refuse('breach_before_known', 'at')
  return accept({
    type: 'CommissionerNotified',
    v: 1,
    facts: { at: body.at, reference: body.reference },
    touches: ['commissioner'],
  })
}

export function decideInform(
  breach: Breach,
  body: {
    readonly informed: (typeof informedKinds)[number]
    readonly on: Day | null
    readonly text: string
  },
  today: Day,
  stamp: Stamp,
): Decision<PersonsInformed> {
  const no = stillOpen(breach, stamp)
  if (no !== null) return no
  if (body.informed !== 'none' && body.on === null) return refuse('reason_required', 'on')
  if (body.on !== null && body.on > today) return refuse('in_future', 'on')
  return accept({
    type: 'PersonsInformed',
    v: 1,
    facts: { informed: body.informed, on: body.informed === 'none' ? null : body.on },
    parts: [{ tier: 'T3', name: 'informed', body: body.text }],
    touches: ['informed'],
  })
}

/** Closed only with the notification or a reason why not, with what was done and who was told. */
export function decideCloseBreach(breach: Breach, stamp: Stamp): Decision<BreachClosed> {
  const no = stillOpen(breach, stamp)
  if (no !== null) return no
  if (breach.notifiedAt === null && breach.notNotified === null) return refuse('breach_needs_commissioner')
  if (breach.informed === null) return refuse('breach_needs_informing')
  if (breach.measures === 0) return refuse('breach_needs_measure')
  return accept({ type: 'BreachClosed', v: 1, facts: { at: stamp.now }, touches: ['state'] })
}

export const holdGrounds = ['court_case', 'criminal_inquiry', 'complaint', 'data_request', 'audit'] as const
export const heldKinds = ['case_file', 'report', 'nrm_file'] as const
export type HoldPlaced = DomainEvent<
  'HoldPlaced',
  {
    readonly recordKind: string
    readonly recordId: Uuid
    readonly label: string
    readonly ground: string
    readonly until: Day | null
  }
>
export type HoldLifted = DomainEvent<'HoldLifted', { readonly at: Instant }>

export function decidePlaceHold(
  on: { readonly recordKind: (typeof heldKinds)[number]; readonly recordId: Uuid; readonly label: string },
  body: {
    readonly ground: (typeof holdGrounds)[number]
    readonly until: Day | null
    readonly text: string
  },
  today: Day,
  stamp: Stamp,
): Decision<HoldPlaced> {
  if (!isOfficer(stamp.actor)) return refuse('not_allowed')
  if (body.until !== null && body.until < today) return refuse('access_not_live', 'until')
  return accept({
    type: 'HoldPlaced',
    v: 1,
    facts: { ...on, ground: body.ground, until: body.until },
    parts: [{ tier: 'T3', name: 'why', body: body.text }],
  })
}

export function decideLiftHold(
  hold: { readonly liftedAt: Instant | null },
  body: { readonly text: string },
  stamp: Stamp,
): Decision<HoldLifted> {
  if (!isOfficer(stamp.actor)) return refuse('not_allowed')
  if (hold.liftedAt !== null) return refuse('hold_lifted')
  return accept({
    type: 'HoldLifted',
    v: 1,
    facts: { at: stamp.now },
    parts: [{ tier: 'T3', name: 'lifted', body: body.text }],
  })
}

export type ErasureOrdered = DomainEvent<
  'ErasureOrdered',
  {
    readonly recordKind: string
    readonly recordId: Uuid
    readonly rule: string
    readonly dueOn: Day
    readonly executeAfter: Instant
  }
>
export type ErasureWithdrawn = DomainEvent<'ErasureWithdrawn', { readonly at: Instant }>

export interface DueRecord {
  readonly rule: string
  readonly kind: string
  readonly id: Uuid
  readonly dueOn: Day
  readonly hold: boolean
  readonly ordered: boolean
}
export function decideOrderErasure(
  due: DueRecord | null,
  law: PrivacyLaw,
  stamp: Stamp,
): Decision<ErasureOrdered> {
  if (!isOfficer(stamp.actor)) return refuse('not_allowed')
  if (due === null) return refuse('erasure_not_due')
  if (due.hold) return refuse('erasure_held')
  if (due.ordered) return refuse('wrong_state', undefined, { state: 'ORDERED' })
  return accept({
    type: 'ErasureOrdered',
    v: 1,
    facts: {
      recordKind: due.kind,
      recordId: due.id,
      rule: due.rule,
      dueOn: due.dueOn,
      executeAfter: new Date(Date.parse(stamp.now) + law.waitingDays * 86_400_000).toISOString(),
    },
  })
}
export function decideWithdrawErasure(
  order: { readonly state: string },
  body: { readonly text: string },
  stamp: Stamp,
): Decision<ErasureWithdrawn> {
  if (!isOfficer(stamp.actor)) return refuse('not_allowed')
  if (order.state !== 'ORDERED') return refuse('wrong_state', undefined, { state: order.state })
  return accept({
    type: 'ErasureWithdrawn',
    v: 1,
    facts: { at: stamp.now },
    parts: [{ tier: 'T3', name: 'withdrawn', body: body.text }],
  })
}
