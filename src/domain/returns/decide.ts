/**
 * Each step of a return (domain specification 3.7). Nobody travels without a risk assessment and an active safety plan (S004
 * PROT-2.b.2); a child travels only when a panel of several professions has determined, in minutes signed by two, that it serves the
 * child. None of it holds back protection: no act of protection asks whether a determination is pending.
 */
import { addDays, tiranaDay } from '../clock/tirana.ts'
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type Json,
  type Part,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import {
  beforeTravel,
  type Consent,
  type DeterminationOutcome,
  type Direction,
  type EscortRole,
  type Mode,
  type NoticeSource,
  type PanelMember,
  type Return,
  type ReturnAssessed,
  type ReturnConsented,
  type ReturnConsentWithdrawn,
  type ReturnDetermined,
  type ReturnMinutesSigned,
  type ReturnNotified,
  type ReturnPlanned,
  type ReturnRefused,
  type Risk,
} from './state.ts'

/** The authority, the case's own unit, the regional social service; whether they reach this file is asked of its rows. */
export const worksOnReturns = (actor: Pick<Actor, 'role'>): boolean =>
  ['responsible_authority', 'cpw', 'cpu_head', 'social_service'].includes(actor.role)
export const part = (tier: 'T3' | 'T4', name: string, body: Json | undefined): readonly Part[] =>
  body === undefined || body === '' ? [] : [{ tier, name, body }]

export interface NotifyReturn {
  readonly direction: Direction
  readonly country: string
  readonly source: NoticeSource
  readonly noticeOn: Day
  readonly expectedOn: Day
  readonly consulateId: Uuid | null
  readonly counterpartId: Uuid | null
  /** Who returns, and what is needed: all that a consulate is given. */
  readonly identity: string
  readonly need: string
}
export interface NotifyContext {
  readonly nrmId: Uuid
  readonly subject: 'child' | 'adult'
  readonly exited: boolean
  /** A return of this file is under way. */
  readonly open: boolean
  readonly own: string
  /** Days before the return by which the notice is to be there (D19); null while the rule is off. */
  readonly noticeDays: number | null
}

export function decideNotify(
  body: NotifyReturn,
  world: NotifyContext,
  stamp: Stamp,
): Decision<ReturnNotified> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  if (world.exited) return refuse('return_file_ended')
  if (world.open) return refuse('return_open')
  if (body.country === world.own) return refuse('return_own_country', 'country')
  if (body.noticeOn > tiranaDay(stamp.now)) return refuse('in_future', 'noticeOn')
  if (body.expectedOn < body.noticeOn) return refuse('return_before_notice', 'expectedOn')
  const wanted = world.noticeDays === null ? null : addDays(body.expectedOn, -world.noticeDays)
  return accept({
    type: 'ReturnNotified',
    v: 1,
    facts: {
      nrmId: world.nrmId,
      subject: world.subject,
      direction: body.direction,
      country: body.country,
      source: body.source,
      noticeOn: body.noticeOn,
      expectedOn: body.expectedOn,
      planDue: wanted === null ? null : wanted < body.noticeOn ? body.noticeOn : wanted,
      late: wanted !== null && body.noticeOn > wanted,
      consulateId: body.consulateId,
      counterpartId: body.counterpartId,
      by: stamp.actor.userId,
    },
    parts: [...part('T3', 'identity', body.identity), ...part('T3', 'need', body.need)],
  })
}

export interface AssessReturn {
  readonly risk: Risk
  readonly on: Day
  readonly hazards: string
  /** Of a child: what speaks for and against, and what the child says. */
  readonly interests?: string | undefined
}
export function decideAssess(r: Return, body: AssessReturn, stamp: Stamp): Decision<ReturnAssessed> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  if (!beforeTravel.includes(r.state)) return refuse('wrong_state')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (r.subject === 'child' && (body.interests ?? '').trim() === '')
    return refuse('return_needs_interests', 'interests')
  return accept({
    type: 'ReturnAssessed',
    v: 1,
    facts: { risk: body.risk, on: body.on, by: stamp.actor.userId },
    parts: [...part('T4', 'hazards', body.hazards), ...part('T3', 'interests', body.interests)],
    touches: ['state', 'assessment'],
  })
}

export interface DetermineReturn {
  readonly determinationId: Uuid
  readonly heldOn: Day
  readonly outcome: DeterminationOutcome
  readonly members: readonly { readonly profession: PanelMember; readonly name: string }[]
  readonly minutes: string
  readonly childWords: string
}
export function decideDetermine(r: Return, body: DetermineReturn, stamp: Stamp): Decision<ReturnDetermined> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  if (r.subject !== 'child') return refuse('return_adult_decides')
  if (r.state === 'NOTIFIED') return refuse('return_needs_assessment')
  if (!beforeTravel.includes(r.state)) return refuse('wrong_state')
  if (body.heldOn > tiranaDay(stamp.now)) return refuse('in_future', 'heldOn')
  const professions = body.members.map((one) => one.profession)
  if (new Set(professions).size < 3) return refuse('return_panel', 'members')
  return accept({
    type: 'ReturnDetermined',
    v: 1,
    facts: {
      determinationId: body.determinationId,
      heldOn: body.heldOn,
      outcome: body.outcome,
      members: professions,
      by: stamp.actor.userId,
    },
    parts: [
      ...part('T3', 'minutes', body.minutes),
      ...part('T3', 'childWords', body.childWords),
      ...part(
        'T3',
        'members',
        body.members.map((one) => ({ ...one })),
      ),
    ],
    touches: ['determination'],
  })
}

/** The second signature: another person of another unit. Minutes that say the child stays end the return. */
export function decideSignMinutes(
  r: Return,
  body: { readonly determinationId: Uuid },
  stamp: Stamp,
): Decision<ReturnMinutesSigned | ReturnRefused> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  const last = r.determinations.at(-1)
  if (!beforeTravel.includes(r.state) || last === undefined || last.id !== body.determinationId)
    return refuse('wrong_state')
  if (last.signedBy !== null) return refuse('return_signed')
  if (last.by === stamp.actor.userId || last.byUnit === stamp.actor.unitId)
    return refuse('return_second_unit')
  const by = stamp.actor.userId
  const signed: ReturnMinutesSigned = {
    type: 'ReturnMinutesSigned',
    v: 1,
    facts: { determinationId: last.id, by },
    touches: ['determination'],
  }
  if (last.outcome !== 'stay') return accept(signed)
  return accept<ReturnMinutesSigned | ReturnRefused>(signed, {
    type: 'ReturnRefused',
    v: 1,
    facts: { why: 'best_interests', by },
    touches: ['state'],
  })
}

export interface ConsentToReturn {
  readonly consentId: Uuid
  readonly who: Consent['who']
  readonly answer: Consent['answer']
  readonly covers: readonly Consent['covers'][number][]
  readonly on: Day
  readonly representativeId: Uuid | null
  readonly words: string
}
/** `representative`: it is one of the child's that is in force today. Conflicts ended it when they became known. */
export function decideConsent(
  r: Return,
  body: ConsentToReturn,
  world: { readonly representative: boolean },
  stamp: Stamp,
): Decision<ReturnConsented> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  if (r.state === 'REFUSED' || r.state === 'MONITORED') return refuse('wrong_state')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if ((r.subject === 'adult') !== (body.who === 'adult')) return refuse('return_who_consents', 'who')
  if (body.answer === 'too_young' && body.who !== 'child') return refuse('return_who_consents', 'answer')
  if (body.who === 'representative' && !world.representative)
    return refuse('return_needs_representative', 'representativeId')
  return accept({
    type: 'ReturnConsented',
    v: 1,
    facts: {
      consentId: body.consentId,
      who: body.who,
      answer: body.answer,
      covers: [...body.covers],
      on: body.on,
      representativeId: body.who === 'representative' ? body.representativeId : null,
      by: stamp.actor.userId,
    },
    parts: part('T3', 'words', body.words),
    touches: ['consent'],
  })
}

/** `packets`: those that rest on this consent alone; they are recalled in the same moment (decision 12). */
export function decideWithdraw(
  r: Return,
  body: { readonly consentId: Uuid; readonly words: string },
  packets: readonly Uuid[],
  stamp: Stamp,
): Decision<ReturnConsentWithdrawn> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  const given = r.consents.find((one) => one.id === body.consentId)
  if (given === undefined || given.answer !== 'given' || given.withdrawnAt !== null)
    return refuse('return_no_such_consent')
  // Whoever has not left need not: the plan has to be agreed anew.
  const to = r.state === 'PLAN_AGREED' && given.covers.includes('return') ? 'ASSESSED' : r.state
  return accept({
    type: 'ReturnConsentWithdrawn',
    v: 1,
    facts: { consentId: given.id, to, packets: [...packets], by: stamp.actor.userId },
    parts: part('T3', 'words', body.words),
    touches: ['consent', 'state'],
  })
}

type ConsentFault = 'return_no_consent' | 'return_child_refused' | 'return_needs_representative'
/** The newest word of each counts: once it is withdrawn, an older yes does not come back to life. */
export const newestConsent = <C extends Consent>(
  consents: readonly C[],
  who: Consent['who'],
  covers: Consent['covers'][number],
): C | undefined => {
  const newest = consents.findLast((one) => one.who === who && one.covers.includes(covers))
  return newest?.withdrawnAt === null ? newest : undefined
}
/** An adult's own; of a child its permission, by its age, and its representative's. */
export const consentFault = (r: Pick<Return, 'subject' | 'consents'>): ConsentFault | null => {
  const last = (who: Consent['who']) => newestConsent(r.consents, who, 'return')
  if (r.subject === 'adult') return last('adult')?.answer === 'given' ? null : 'return_no_consent'
  const child = last('child')
  if (child === undefined) return 'return_no_consent'
  if (child.answer === 'refused') return 'return_child_refused'
  return last('representative')?.answer === 'given' ? null : 'return_needs_representative'
}
/** The newest determination counts, signed by two. */
export const determinationFault = (
  r: Pick<Return, 'subject' | 'determinations'>,
): 'return_needs_determination' | 'return_unsigned' | 'return_not_determined' | null => {
  if (r.subject === 'adult') return null
  const last = r.determinations.at(-1)
  if (last === undefined) return 'return_needs_determination'
  if (last.signedBy === null) return 'return_unsigned'
  return last.outcome === 'return' ? null : 'return_not_determined'
}

export interface PlanReturn {
  readonly travelOn: Day
  readonly mode: Mode
  readonly borderId: Uuid | null
  readonly counterpartId: Uuid | null
  readonly plan: string
  readonly escorts: readonly { readonly role: EscortRole; readonly name: string }[]
  readonly costs: readonly { readonly what: string; readonly source: string; readonly amountLek: number }[]
}
export function decidePlan(r: Return, body: PlanReturn, stamp: Stamp): Decision<ReturnPlanned> {
  if (!worksOnReturns(stamp.actor)) return refuse('not_allowed')
  if (r.state === 'NOTIFIED') return refuse('return_needs_assessment')
  if (r.state !== 'ASSESSED' && r.state !== 'PLAN_AGREED') return refuse('wrong_state')
  const undetermined = determinationFault(r)
  if (undetermined !== null) return refuse(undetermined)
  const unwilling = consentFault(r)
  if (unwilling !== null) return refuse(unwilling)
  if (body.travelOn < tiranaDay(stamp.now)) return refuse('return_past', 'travelOn')
  if (r.subject === 'child' && body.escorts.length === 0) return refuse('return_child_alone', 'escorts')
  if (r.direction === 'outgoing' && body.counterpartId === null)
    return refuse('return_nobody_there', 'counterpartId')
  const escorts = body.escorts.map((one) => ({ id: stamp.newId(), ...one }))
  return accept({
    type: 'ReturnPlanned',
    v: 1,
    facts: {
      travelOn: body.travelOn,
      mode: body.mode,
      borderId: body.borderId,
      counterpartId: body.counterpartId,
      escorts: escorts.map(({ id, role }) => ({ id, role })),
      costs: body.costs.map((one) => ({ ...one })),
      by: stamp.actor.userId,
    },
    parts: [
      ...part('T3', 'plan', body.plan),
      ...part(
        'T3',
        'escorts',
        escorts.map(({ id, name }) => ({ id, name })),
      ),
    ],
    touches: ['state', 'plan'],
  })
}
