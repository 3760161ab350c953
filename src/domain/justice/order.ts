/**
 * What a proceeding asks of a victim's file (domain specification 12): a written request with authority, article, scope and
 * reason; a second person checks that it is lawful; a third gives the least that was allowed, and the log says so. Interview
 * content and the place of a shelter leave only when a court orders it.
 */
import { tiranaDay } from '../clock/tirana.ts'
import {
  type Actor,
  accept,
  type Decision,
  type DomainEvent,
  type Part,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { type DisclosureMade, disclosure } from '../disclosure.ts'
import { type ExtractPart, extractParts, onlyByOrder, type RequestState } from '../information-request.ts'
import { actBar } from './stages.ts'
import type { Proceeding } from './state.ts'

export interface Order {
  readonly id: Uuid
  readonly version: number
  readonly code: string
  readonly proceedingId: Uuid
  readonly nrmId: Uuid | null
  readonly caseId: Uuid | null
  readonly authority: 'police' | 'prosecution'
  readonly article: string
  readonly asked: readonly ExtractPart[]
  readonly allowed: readonly ExtractPart[]
  readonly courtOrder: string | null
  readonly state: RequestState
  readonly askedBy: Uuid
  readonly checkedBy: Uuid | null
}

export type OrderAsked = DomainEvent<
  'ProceedingOrderAsked',
  {
    readonly code: string
    readonly proceedingId: Uuid
    readonly victimId: Uuid
    readonly authority: 'police' | 'prosecution'
    readonly article: string
    readonly asked: readonly ExtractPart[]
    readonly courtOrder: string | null
  }
>
export type OrderChecked = DomainEvent<
  'ProceedingOrderChecked',
  { readonly lawful: boolean; readonly allowed: readonly ExtractPart[] }
>
export type OrderAnswered = DomainEvent<'ProceedingOrderAnswered', { readonly given: readonly ExtractPart[] }>
export type OrderRefused = DomainEvent<'ProceedingOrderRefused', Record<string, never>>

/** How it is called in lists and notices: by the end of its id. */
export const orderCode = (id: Uuid): string => `KI-${id.replaceAll('-', '').slice(-8).toUpperCase()}`

export interface AskOrder {
  readonly victimId: Uuid
  readonly article: string
  readonly asked: readonly ExtractPart[]
  readonly courtOrder?: string | undefined
  /** Why it is needed (T3). */
  readonly words: string
}

export const decideAskOrder = (
  p: Proceeding,
  orderId: Uuid,
  body: AskOrder,
  stamp: Stamp,
): Decision<OrderAsked> => {
  const bar = actBar(p, 'ask_order', stamp)
  if (bar) return { ok: false, refusal: bar }
  if (p.stage === 'closed') return refuse('wrong_state', undefined, { state: p.stage })
  const victim = p.victims.find((one) => one.id === body.victimId)
  if (victim === undefined || (victim.nrmId === null && victim.caseId === null))
    return refuse('proceeding_row_unknown', 'victimId')
  // Asked without the court's order, it would only wait to be refused.
  if (body.courtOrder === undefined && body.asked.some((part) => onlyByOrder.has(part)))
    return refuse('request_only_by_order', 'courtOrder')
  return accept({
    type: 'ProceedingOrderAsked',
    v: 1,
    facts: {
      code: orderCode(orderId),
      proceedingId: p.id,
      victimId: victim.id,
      authority: stamp.actor.role === 'prosecutor' ? 'prosecution' : 'police',
      article: body.article,
      asked: [...new Set(body.asked)],
      courtOrder: body.courtOrder ?? null,
    },
    parts: [{ tier: 'T3', name: 'words', body: body.words }],
  })
}

const checkers: readonly string[] = ['responsible_authority', 'cpu_head', 'social_service']
const keepers: readonly string[] = [...checkers, 'cpw', 'shelter']
/** `keeps`: the row policies' word on whether this person keeps the victim's file. */
export const mayCheckOrder = (actor: Actor, order: Order, keeps: boolean): boolean =>
  keeps && checkers.includes(actor.role) && order.askedBy !== actor.userId
/** A child's extract is given by those who keep its case: it goes into the case's own log. */
export const mayAnswerOrder = (actor: Actor, order: Order, keeps: boolean): boolean =>
  keeps &&
  (order.caseId === null ? keepers.includes(actor.role) : actor.role === 'cpw' || actor.role === 'cpu_head')

export const orderActions = ['check_order', 'answer_order', 'refuse_order'] as const
export type OrderAction = (typeof orderActions)[number]
export const orderActionsOf = (actor: Actor, order: Order, keeps: boolean): readonly OrderAction[] => {
  const some: OrderAction[] = []
  if (order.state === 'received' && mayCheckOrder(actor, order, keeps)) some.push('check_order')
  if (order.state === 'lawful' && order.checkedBy !== actor.userId && mayAnswerOrder(actor, order, keeps))
    some.push('answer_order')
  if (['received', 'lawful', 'unlawful'].includes(order.state) && mayAnswerOrder(actor, order, keeps))
    some.push('refuse_order')
  return some
}

export const decideCheckOrder = (
  order: Order,
  body: { readonly lawful: boolean; readonly allowed: readonly ExtractPart[]; readonly opinion: string },
  keeps: boolean,
  stamp: Stamp,
): Decision<OrderChecked> => {
  if (!mayCheckOrder(stamp.actor, order, keeps)) return refuse('not_allowed')
  if (order.state !== 'received') return refuse('request_not_open', undefined, { state: order.state })
  const allowed = body.lawful ? [...new Set(body.allowed)] : []
  if (body.lawful && allowed.length === 0) return refuse('request_outside_asked', 'allowed')
  if (allowed.some((part) => !order.asked.includes(part))) return refuse('request_outside_asked', 'allowed')
  if (order.courtOrder === null && allowed.some((part) => onlyByOrder.has(part)))
    return refuse('request_only_by_order', 'allowed')
  return accept({
    type: 'ProceedingOrderChecked',
    v: 1,
    facts: { lawful: body.lawful, allowed },
    parts: [{ tier: 'T3', name: 'opinion', body: body.opinion }],
    touches: ['state'],
  })
}

/** The extract leaves and the log says so, in one act. */
export const decideAnswerOrder = (
  order: Order,
  body: { readonly parts: readonly { readonly part: ExtractPart; readonly text: string }[] },
  toUnit: Uuid,
  keeps: boolean,
  stamp: Stamp,
):
  | { readonly ok: true; readonly answered: OrderAnswered; readonly disclosed: DisclosureMade }
  | ReturnType<typeof refuse> => {
  if (!mayAnswerOrder(stamp.actor, order, keeps)) return refuse('not_allowed')
  if (order.state === 'unlawful') return refuse('request_unlawful')
  if (order.state === 'received') return refuse('request_not_checked')
  if (order.state !== 'lawful') return refuse('request_not_open', undefined, { state: order.state })
  if (order.checkedBy === null || order.checkedBy === stamp.actor.userId)
    return refuse('request_checker_answers')
  const given = [...new Set(body.parts.map((one) => one.part))]
  if (given.length === 0) return refuse('referral_nothing_to_send', 'parts')
  if (given.some((part) => !order.allowed.includes(part))) return refuse('request_outside_allowed', 'parts')
  const parts: Part[] = body.parts.map((one) => ({ tier: 'T4', name: `extract_${one.part}`, body: one.text }))
  return {
    ok: true,
    answered: { type: 'ProceedingOrderAnswered', v: 1, facts: { given }, parts, touches: ['state'] },
    disclosed: disclosure(
      {
        kind: 'written_request',
        toUnitId: toUnit,
        toKind: order.authority,
        grounds: [{ kind: 'request', ref: `${order.code} · ${order.article}` }],
        fields: given,
        tier: given.some((part) => extractParts[part] === 'T4') ? 'T4' : 'T3',
        overrides: 'none',
        childAsked: 'not_needed',
        referralId: null,
        requestId: null,
        document: null,
      },
      stamp,
    ),
  }
}

export const decideRefuseOrder = (
  order: Order,
  body: { readonly reason: string },
  keeps: boolean,
  stamp: Stamp,
): Decision<OrderRefused> => {
  if (!mayAnswerOrder(stamp.actor, order, keeps)) return refuse('not_allowed')
  if (order.state === 'answered' || order.state === 'refused')
    return refuse('request_not_open', undefined, { state: order.state })
  return accept({
    type: 'ProceedingOrderRefused',
    v: 1,
    facts: {},
    parts: [{ tier: 'T3', name: 'refusal', body: body.reason }],
    touches: ['state'],
  })
}

/** What the Responsible Authority finds about a charge of somebody with a file of the track. */
export const flagFindings = ['linked', 'not_linked', 'not_same'] as const
export type FlagFinding = (typeof flagFindings)[number]
export type FlagReviewed = DomainEvent<'NonPunishmentReviewed', { readonly state: FlagFinding }>
export const decideReviewFlag = (
  flag: { readonly state: 'open' | FlagFinding },
  body: { readonly state: FlagFinding; readonly words: string },
  stamp: Stamp,
): Decision<FlagReviewed> => {
  if (stamp.actor.role !== 'responsible_authority') return refuse('not_allowed')
  if (flag.state !== 'open') return refuse('wrong_state', 'state', { state: flag.state })
  return accept({
    type: 'NonPunishmentReviewed',
    v: 1,
    facts: { state: body.state },
    parts: [{ tier: 'T3', name: 'words', body: body.words }],
  })
}

export const witnessStates = ['proposed', 'admitted', 'refused', 'ended'] as const
export type WitnessState = (typeof witnessStates)[number]
export type WitnessProtectionSet = DomainEvent<
  'WitnessProtectionSet',
  { readonly victimId: Uuid; readonly state: WitnessState; readonly on: string }
>
const stepsOfWitness: Record<WitnessState, readonly WitnessState[]> = {
  proposed: ['admitted', 'refused'],
  admitted: ['ended'],
  refused: ['proposed'],
  ended: ['proposed'],
}
export const witnessSteps = (before: WitnessState | null): readonly WitnessState[] =>
  before === null ? ['proposed'] : stepsOfWitness[before]
/** On a chain of its own, so that nothing of the proceeding tells that there is one. */
export const decideProtectWitness = (
  p: Proceeding,
  before: WitnessState | null,
  body: {
    readonly victimId: Uuid
    readonly state: WitnessState
    readonly on: string
    readonly words: string
  },
  stamp: Stamp,
): Decision<WitnessProtectionSet> => {
  const bar = actBar(p, 'protect_witness', stamp)
  if (bar) return { ok: false, refusal: bar }
  if (!p.victims.some((one) => one.id === body.victimId)) return refuse('proceeding_row_unknown', 'victimId')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (!witnessSteps(before).includes(body.state))
    return refuse('wrong_state', 'state', { state: before ?? 'none' })
  return accept({
    type: 'WitnessProtectionSet',
    v: 1,
    facts: { victimId: body.victimId, state: body.state, on: body.on },
    parts: [{ tier: 'T5', name: 'words', body: body.words }],
  })
}
