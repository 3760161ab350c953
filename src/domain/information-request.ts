/**
 * A written request of police, a prosecutor or a court (domain specification 12): registered with its reference, article
 * and what is asked; checked for lawfulness by one named person; answered by another with the least that was allowed, or
 * refused with the reason. RECEIVED → LAWFUL → ANSWERED; RECEIVED → UNLAWFUL → REFUSED; any open one can be refused.
 */
import { gate, isHead } from './case/policy.ts'
import type { CaseState } from './case/state.ts'
import { tiranaDay } from './clock/tirana.ts'
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
} from './core.ts'
import { type DisclosureMade, disclosure } from './disclosure.ts'
import type { Refusal } from './refusal.ts'

export const requestAuthorities = ['police', 'prosecution', 'court', 'other_authority'] as const
export type RequestAuthority = (typeof requestAuthorities)[number]

/** What can be asked of a case, with the tier in which it lies. */
export const extractParts = {
  identity: 'T3',
  birth: 'T3',
  address: 'T3',
  family: 'T3',
  case_manager: 'T3',
  open_since: 'T3',
  risk_level: 'T3',
  measures: 'T3',
  services: 'T3',
  school: 'T3',
  facts_observed: 'T3',
  indicators: 'T4',
  health: 'T4',
  psychological: 'T4',
  interview: 'T4',
  shelter_place: 'T4',
} as const satisfies Record<string, 'T3' | 'T4'>
export type ExtractPart = keyof typeof extractParts
export const extractPartNames = Object.keys(extractParts) as ExtractPart[]
/** Interview recordings and the place of a shelter leave only when a court orders it. */
export const onlyByOrder: ReadonlySet<ExtractPart> = new Set(['interview', 'shelter_place'])

export const requestStates = ['received', 'lawful', 'unlawful', 'answered', 'refused'] as const
export type RequestState = (typeof requestStates)[number]
/** Answered or refused: only then is there a letter of answer. */
export const isClosed = (state: string): boolean => state === 'answered' || state === 'refused'

export interface InformationRequest {
  readonly id: Uuid
  readonly authority: RequestAuthority
  readonly reference: string
  readonly article: string
  readonly asked: readonly ExtractPart[]
  readonly courtOrder: string | null
  readonly state: RequestState
  readonly allowed: readonly ExtractPart[]
  readonly checkedBy: Uuid | null
}

type At = { readonly at: string; readonly by: Uuid }
export type RequestReceived = DomainEvent<
  'RequestReceived',
  At & {
    readonly requestId: Uuid
    readonly authority: RequestAuthority
    readonly reference: string
    readonly article: string
    readonly asked: readonly ExtractPart[]
    readonly receivedOn: Day
    readonly courtOrder: string | null
  }
>
export type RequestChecked = DomainEvent<
  'RequestChecked',
  At & { readonly requestId: Uuid; readonly lawful: boolean; readonly allowed: readonly ExtractPart[] }
>
export type RequestAnswered = DomainEvent<
  'RequestAnswered',
  At & { readonly requestId: Uuid; readonly given: readonly ExtractPart[]; readonly checkedBy: Uuid }
>
export type RequestRefused = DomainEvent<'RequestRefused', At & { readonly requestId: Uuid }>
export type RequestEvent = RequestReceived | RequestChecked | RequestAnswered | RequestRefused

export interface ReceiveRequest {
  readonly authority: RequestAuthority
  readonly reference: string
  readonly article: string
  readonly asked: readonly ExtractPart[]
  readonly receivedOn: Day
  readonly courtOrder?: string | undefined
  /** Name and post of who asks, and the words of the request (T3). */
  readonly officer: string
  readonly words: string
}
export interface CheckRequest {
  readonly lawful: boolean
  readonly allowed: readonly ExtractPart[]
  readonly opinion: string
}
export interface AnswerRequest {
  readonly parts: readonly { readonly part: ExtractPart; readonly text: string }[]
}

const when = (stamp: Stamp) => ({ at: stamp.occurredAt, by: stamp.actor.userId })
const text = (name: string, body: string): Part => ({ tier: 'T3', name, body })
const touches = (id: Uuid) => [`request_${id}`]
const director = (a: Actor, s: CaseState) =>
  a.role === 'municipal_director' && a.municipality === s.municipality

/** Who checks: whoever works on the case, its head, or the director who sees it. */
const checkBar = (s: CaseState, stamp: Stamp): Refusal | null =>
  director(stamp.actor, s) || isHead(stamp.actor, s) ? null : gate('add_note', stamp.actor, s)

export function decideReceiveRequest(
  s: CaseState,
  body: ReceiveRequest,
  stamp: Stamp,
): Decision<RequestReceived> {
  const no = gate('add_note', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.receivedOn > tiranaDay(stamp.now)) return refuse('in_future', 'receivedOn')
  const { officer, words, courtOrder, ...facts } = body
  const requestId = stamp.newId()
  return accept<RequestReceived>({
    type: 'RequestReceived',
    v: 1,
    facts: { requestId, ...facts, courtOrder: courtOrder ?? null, ...when(stamp) },
    parts: [text('officer', officer), text('asked', words)],
    touches: touches(requestId),
  })
}

export function decideCheckRequest(
  s: CaseState,
  request: InformationRequest | undefined,
  body: CheckRequest,
  stamp: Stamp,
): Decision<RequestChecked> {
  const no = checkBar(s, stamp)
  if (no) return { ok: false, refusal: no }
  if (request === undefined) return refuse('request_unknown', 'requestId')
  if (request.state !== 'received') return refuse('request_not_open', undefined, { state: request.state })
  const allowed = body.lawful ? body.allowed : []
  if (body.lawful && allowed.length === 0) return refuse('request_outside_asked', 'allowed')
  if (allowed.some((part) => !request.asked.includes(part))) return refuse('request_outside_asked', 'allowed')
  if (request.courtOrder === null && allowed.some((part) => onlyByOrder.has(part)))
    return refuse('request_only_by_order', 'allowed')
  return accept<RequestChecked>({
    type: 'RequestChecked',
    v: 1,
    facts: { requestId: request.id, lawful: body.lawful, allowed: [...allowed], ...when(stamp) },
    parts: [text('opinion', body.opinion)],
    touches: touches(request.id),
  })
}

/** The extract leaves and the log says so, in one act. */
export function decideAnswerRequest(
  s: CaseState,
  request: InformationRequest | undefined,
  body: AnswerRequest,
  stamp: Stamp,
): Decision<RequestAnswered | DisclosureMade> {
  const no = gate('add_note', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (request === undefined) return refuse('request_unknown', 'requestId')
  if (request.state === 'unlawful') return refuse('request_unlawful')
  if (request.state === 'received') return refuse('request_not_checked')
  if (request.state !== 'lawful') return refuse('request_not_open', undefined, { state: request.state })
  if (request.checkedBy === stamp.actor.userId || request.checkedBy === null)
    return refuse('request_checker_answers')
  const given = [...new Set(body.parts.map((one) => one.part))]
  if (given.length === 0) return refuse('referral_nothing_to_send', 'parts')
  if (given.some((part) => !request.allowed.includes(part))) return refuse('request_outside_allowed', 'parts')
  const parts = body.parts.map(
    (one): Part => ({
      tier: extractParts[one.part],
      name: `extract_${one.part}`,
      body: one.text,
    }),
  )
  return accept<RequestAnswered | DisclosureMade>(
    {
      type: 'RequestAnswered',
      v: 1,
      facts: { requestId: request.id, given, checkedBy: request.checkedBy, ...when(stamp) },
      parts,
      touches: touches(request.id),
    },
    disclosure(
      {
        kind: 'written_request',
        toUnitId: null,
        toKind: request.authority,
        grounds: [{ kind: 'request', ref: `${request.reference} · ${request.article}` }],
        fields: given,
        tier: parts.some((part) => part.tier === 'T4') ? 'T4' : 'T3',
        overrides: 'none',
        childAsked: 'not_needed',
        referralId: null,
        requestId: request.id,
        document: null,
      },
      stamp,
    ),
  )
}

export function decideRefuseRequest(
  s: CaseState,
  request: InformationRequest | undefined,
  body: { readonly reason: string },
  stamp: Stamp,
): Decision<RequestRefused> {
  const no = gate('add_note', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (request === undefined) return refuse('request_unknown', 'requestId')
  if (isClosed(request.state)) return refuse('request_not_open', undefined, { state: request.state })
  if (body.reason.trim() === '') return refuse('reason_required', 'reason')
  return accept<RequestRefused>({
    type: 'RequestRefused',
    v: 1,
    facts: { requestId: request.id, ...when(stamp) },
    parts: [text('refusal', body.reason)],
    touches: touches(request.id),
  })
}

/** One event folded; null before the first. */
export function applyRequest(before: InformationRequest | null, event: RequestEvent): InformationRequest {
  switch (event.type) {
    case 'RequestReceived': {
      const { requestId, authority, reference, article, asked, courtOrder } = event.facts
      return {
        id: requestId,
        authority,
        reference,
        article,
        asked,
        courtOrder,
        state: 'received',
        allowed: [],
        checkedBy: null,
      }
    }
    case 'RequestChecked':
      return {
        ...before!,
        state: event.facts.lawful ? 'lawful' : 'unlawful',
        allowed: event.facts.allowed,
        checkedBy: event.facts.by,
      }
    case 'RequestAnswered':
      return { ...before!, state: 'answered' }
    case 'RequestRefused':
      return { ...before!, state: 'refused' }
  }
}
