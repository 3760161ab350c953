/** The journey itself and what follows it: setting off, arrival, handover, the visits of a year; and the ways in which there is none. */
import { type SafetyPlan, safetyPlanReady } from '../assistance/safety.ts'
import { addMonths, tiranaDay } from '../clock/tirana.ts'
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type Instant,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { consentFault, determinationFault, part, worksOnReturns } from './decide.ts'
import {
  beforeTravel,
  type documentKinds,
  type FollowUpMonth,
  followUpMonths,
  type Known,
  type Return,
  type ReturnDocumented,
  type ReturnFollowedUp,
  type ReturnHandedOver,
  type ReturnReceived,
  type ReturnRefusal,
  type ReturnRefused,
  type ReturnSetOff,
  type seenKinds,
} from './state.ts'

const consulateOf = (actor: Actor, r: Return): boolean =>
  actor.role === 'consulate' && r.consulateId === actor.unitId

/** Everything is asked again at the door: what was agreed may have been withdrawn since. */
export function decideSetOff(
  r: Return,
  body: { readonly at: Instant },
  plan: Pick<SafetyPlan, 'on' | 'reviewOn'> | null,
  stamp: Stamp,
): Decision<ReturnSetOff> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  if (r.state !== 'PLAN_AGREED')
    return refuse(r.state === 'ASSESSED' || r.state === 'NOTIFIED' ? 'return_needs_plan' : 'wrong_state')
  if (Date.parse(body.at) > Date.parse(stamp.now)) return refuse('in_future', 'at')
  if (tiranaDay(body.at) < r.noticeOn) return refuse('return_before_notice', 'at')
  const undetermined = determinationFault(r)
  if (undetermined !== null) return refuse(undetermined)
  const unwilling = consentFault(r)
  if (unwilling !== null) return refuse(unwilling)
  if (r.subject === 'child' && r.escorts === 0) return refuse('return_child_alone')
  const unsafe = safetyPlanReady(plan, tiranaDay(body.at))
  if (unsafe !== null) return { ok: false, refusal: unsafe }
  return accept({
    type: 'ReturnSetOff',
    v: 1,
    facts: { at: body.at, by: stamp.actor.userId },
    touches: ['state'],
  })
}

export function decideArrive(
  r: Return,
  body: { readonly on: Day; readonly receivedBy: string },
  stamp: Stamp,
): Decision<ReturnReceived> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  if (r.state !== 'TRAVEL') return refuse('wrong_state')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (r.setOffOn !== null && body.on < r.setOffOn) return refuse('return_before_travel', 'on')
  return accept({
    type: 'ReturnReceived',
    v: 1,
    facts: {
      on: body.on,
      followUps: followUpMonths.map((month) => ({ month, due: addMonths(body.on, month) })),
      by: stamp.actor.userId,
    },
    parts: part('T3', 'receivedBy', body.receivedBy),
    touches: ['state'],
  })
}

export interface HandOverContext {
  /** Kind of the unit that takes an adult over; null where none is named or it is gone. */
  readonly unitKind: string | null
  /** The child's case stands open. */
  readonly caseOpen: boolean
  /** A report to the unit of the child's place of origin, when that is not the case's own. */
  readonly reportId: Uuid | null
}
/** Here a child goes to a case, an adult to the regional social service or a shelter; abroad to the institution that was named. */
export function decideHandOver(
  r: Return,
  body: {
    readonly on: Day
    readonly unitId: Uuid | null
    readonly counterpartId: Uuid | null
    readonly words: string
  },
  world: HandOverContext,
  stamp: Stamp,
): Decision<ReturnHandedOver> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  if (r.state !== 'RECEIVED') return refuse('wrong_state')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (r.receivedOn !== null && body.on < r.receivedOn) return refuse('return_before_arrival', 'on')
  if (r.direction === 'outgoing' && body.counterpartId === null)
    return refuse('return_nobody_there', 'counterpartId')
  if (r.direction === 'incoming' && r.subject === 'child' && !world.caseOpen && world.reportId === null)
    return refuse('return_needs_case')
  if (
    r.direction === 'incoming' &&
    r.subject === 'adult' &&
    !['social_service', 'shelter'].includes(world.unitKind ?? '')
  )
    return refuse('return_needs_office', 'unitId')
  const incoming = r.direction === 'incoming'
  return accept({
    type: 'ReturnHandedOver',
    v: 1,
    facts: {
      on: body.on,
      unitId: incoming ? body.unitId : null,
      counterpartId: incoming ? null : body.counterpartId,
      caseId: incoming && world.caseOpen ? r.caseId : null,
      reportId: incoming ? world.reportId : null,
      by: stamp.actor.userId,
    },
    parts: part('T3', 'handover', body.words),
    touches: ['state'],
  })
}

export interface FollowUpReturn {
  readonly month: FollowUpMonth
  readonly seenOn: Day
  readonly seen: (typeof seenKinds)[number]
  readonly safe: Known
  readonly home: Known
  readonly school: Known
  readonly job: Known
  readonly network: Known
  readonly findings: string
}
export function decideFollowUp(r: Return, body: FollowUpReturn, stamp: Stamp): Decision<ReturnFollowedUp> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  if (r.state !== 'HANDED_TO_CASE') return refuse('wrong_state')
  const due = r.followUps.find((one) => one.month === body.month)
  if (due === undefined || due.seenOn !== null) return refuse('return_visited', 'month')
  if (body.seenOn > tiranaDay(stamp.now)) return refuse('in_future', 'seenOn')
  if (r.receivedOn !== null && body.seenOn < r.receivedOn) return refuse('return_before_arrival', 'seenOn')
  // A year is a year: its outcome is not written down in the spring.
  if (body.month === 12 && body.seenOn < addMonths(r.receivedOn ?? body.seenOn, 11))
    return refuse('return_too_early', 'seenOn')
  const { findings, ...facts } = body
  return accept({
    type: 'ReturnFollowedUp',
    v: 1,
    facts: { ...facts, last: body.month === 12, by: stamp.actor.userId },
    parts: part('T3', 'findings', findings),
    touches: ['follow_up', ...(body.month === 12 ? ['state'] : [])],
  })
}

export function decideRefuse(
  r: Return,
  body: { readonly why: ReturnRefusal; readonly words: string },
  stamp: Stamp,
): Decision<ReturnRefused> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  if (!beforeTravel.includes(r.state)) return refuse('wrong_state')
  if (body.why === 'best_interests' && r.subject === 'adult') return refuse('return_adult_decides', 'why')
  return accept({
    type: 'ReturnRefused',
    v: 1,
    facts: { why: body.why, by: stamp.actor.userId },
    parts: part('T3', 'refusal', body.words),
    touches: ['state'],
  })
}

/** What the consulate does for the journey: a document, on a day. */
export function decideDocument(
  r: Return,
  body: { readonly documentId: Uuid; readonly kind: (typeof documentKinds)[number]; readonly on: Day },
  stamp: Stamp,
): Decision<ReturnDocumented> {
  if (!worksOnReturns(stamp.actor) && !consulateOf(stamp.actor, r)) return refuse('not_allowed')
  if (!beforeTravel.includes(r.state)) return refuse('wrong_state')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  return accept({
    type: 'ReturnDocumented',
    v: 1,
    facts: { documentId: body.documentId, kind: body.kind, on: body.on, by: stamp.actor.userId },
  })
}
