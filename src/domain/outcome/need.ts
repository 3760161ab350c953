/** A need on a case: found, asked for elsewhere, served, and what became of it. Lives on the case's chain. */
import { gate } from '../case/policy.ts'
import type { Beneficiary } from '../case/record.ts'
import type { CaseState } from '../case/state.ts'
import { tiranaDay } from '../clock/tirana.ts'
import { type Consent, covers } from '../consent.ts'
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Instant,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { minimumDataSet, type RecipientKind } from '../referral/packet.ts'
import type { Refusal } from '../refusal.ts'
import { certificateKinds, isThere, misfit, type NeedKind, type Outcome, thingItself } from './kinds.ts'

export const needStates = [
  'OPEN',
  'REFERRED',
  'IN_SERVICE',
  'MET',
  'PARTLY_MET',
  'NOT_MET',
  'REFUSED',
] as const
export type NeedState = (typeof needStates)[number]
export const endStates = ['MET', 'PARTLY_MET', 'NOT_MET', 'REFUSED'] as const satisfies readonly NeedState[]
export type EndState = (typeof endStates)[number]
export const isEnded = (state: NeedState): state is EndState =>
  (endStates as readonly string[]).includes(state)

/** Why a need is not met, counted where the services that a country lacks are counted. */
export const notMetReasons = [
  'no_service',
  'no_place',
  'no_money',
  'documents_missing',
  'provider_declined',
  'not_entitled',
  'moved_away',
  'untraceable',
  'no_longer_needed',
  'other',
] as const
export type NotMetReason = (typeof notMetReasons)[number]
export const refusedBy = ['child', 'parent', 'family', 'adult'] as const
/** What meets a need without a service of the register. */
export const metWithout = ['own_means', 'relatives', 'elsewhere'] as const
export const linkKinds = ['service', 'action', 'referral'] as const
export type LinkKind = (typeof linkKinds)[number]

export interface Need {
  readonly id: Uuid
  readonly kind: NeedKind
  readonly beneficiary: Beneficiary
  readonly state: NeedState
  readonly foundOn: Day
  readonly links: readonly { readonly what: LinkKind; readonly id: Uuid }[]
}

type Moment = { readonly by: Uuid; readonly at: Instant }
export type NeedFound = DomainEvent<
  'NeedFound',
  Moment & { needId: Uuid; kind: NeedKind; beneficiary: Beneficiary; foundOn: Day; actionId: Uuid | null }
>
export type NeedLinked = DomainEvent<
  'NeedLinked',
  Moment & { needId: Uuid; what: LinkKind; id: Uuid; state: NeedState }
>
export type NeedMoved = DomainEvent<
  'NeedMoved',
  Moment & {
    needId: Uuid
    kind: NeedKind
    from: NeedState
    to: NeedState
    on: Day
    reason: string | null
    without: string | null
    outcome: Outcome
  }
>
export type NeedCertificateGiven = DomainEvent<
  'NeedCertificateGiven',
  Moment & { needId: Uuid; consentId: Uuid; recipient: RecipientKind; on: Day }
>
export type NeedEvent = NeedFound | NeedLinked | NeedMoved | NeedCertificateGiven

const moment = (stamp: Stamp) => ({ by: stamp.actor.userId, at: stamp.occurredAt })
const words = (name: string, text: string | undefined) =>
  text === undefined || text.trim() === '' ? {} : { parts: [{ tier: 'T3' as const, name, body: text }] }

/** Whoever records services records needs: the worker, the deputy, the head, also after closure. */
export const needBar = (s: CaseState, actor: Actor): Refusal | null => gate('record_service', actor, s)

export interface FindNeed {
  readonly kind: NeedKind
  readonly beneficiary: Beneficiary
  readonly foundOn: Day
  readonly actionId: Uuid | null
  readonly remark?: string | undefined
}
/** One open need of a kind for whom it is: a second would count the same lack twice. */
export function decideFindNeed(
  s: CaseState,
  needs: readonly Need[],
  body: FindNeed,
  stamp: Stamp,
): Decision<NeedFound> {
  const no = needBar(s, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (body.foundOn > tiranaDay(stamp.now)) return refuse('in_future', 'foundOn')
  if (body.actionId !== null && !s.plan?.actions.some((a) => a.id === body.actionId))
    return refuse('case_action_unknown', 'actionId')
  const same = needs.some(
    (one) => one.kind === body.kind && one.beneficiary === body.beneficiary && !isEnded(one.state),
  )
  if (same) return refuse('need_known', 'kind')
  const { remark, ...facts } = body
  const needId = stamp.newId()
  return accept<NeedFound>({
    type: 'NeedFound',
    v: 1,
    facts: { needId, ...facts, ...moment(stamp) },
    ...words('need', remark),
    touches: [needId],
  })
}

const after: Readonly<Record<LinkKind, (state: NeedState) => NeedState>> = {
  action: (state) => state,
  referral: (state) => (state === 'OPEN' ? 'REFERRED' : state),
  service: (state) => (state === 'OPEN' || state === 'REFERRED' ? 'IN_SERVICE' : state),
}
/** What serves the need. `exists`: the server found it in this very case. */
export function decideLinkNeed(
  s: CaseState,
  need: Need | undefined,
  body: { readonly what: LinkKind; readonly id: Uuid },
  exists: boolean,
  stamp: Stamp,
): Decision<NeedLinked> {
  const no = needBar(s, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (need === undefined) return refuse('need_unknown', 'needId')
  if (!exists) return refuse('need_link_unknown', 'id')
  if (isEnded(need.state)) return refuse('need_ended', 'needId', { state: need.state })
  if (need.links.some((one) => one.what === body.what && one.id === body.id))
    return refuse('need_linked', 'id')
  return accept<NeedLinked>({
    type: 'NeedLinked',
    v: 1,
    facts: { needId: need.id, ...body, state: after[body.what](need.state), ...moment(stamp) },
    touches: [need.id],
  })
}

export interface MoveNeed {
  /** `OPEN` takes up again what was not, or only partly, met. */
  readonly to: EndState | 'OPEN'
  readonly on: Day
  readonly reason: string | null
  readonly without: (typeof metWithout)[number] | null
  readonly outcome: Outcome
  readonly remark?: string | undefined
}
const takenUpAgain: readonly NeedState[] = ['PARTLY_MET', 'NOT_MET', 'REFUSED']
/**
 * Met needs the thing itself and what gave it: a recorded service, or how else it came. Not met says why, refused by whom;
 * «other» says it in words.
 */
export function decideMoveNeed(
  s: CaseState,
  need: Need | undefined,
  body: MoveNeed,
  stamp: Stamp,
): Decision<NeedMoved> {
  const no = needBar(s, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (need === undefined) return refuse('need_unknown', 'needId')
  const again = body.to === 'OPEN'
  if (again ? !takenUpAgain.includes(need.state) : isEnded(need.state))
    return refuse('need_ended', 'to', { state: need.state })
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (body.on < need.foundOn) return refuse('need_before_found', 'on', { day: need.foundOn })
  const wrong = misfit(need.kind, body.outcome)
  if (wrong !== undefined) return refuse('need_outcome_field', `outcome.${wrong}`, { field: wrong })
  const late = Object.entries(body.outcome).find(
    ([, value]) => typeof value === 'string' && /^\d{4}-/.test(value) && value > tiranaDay(stamp.now),
  )
  if (late !== undefined) return refuse('in_future', `outcome.${late[0]}`)
  const met = body.to === 'MET' || body.to === 'PARTLY_MET'
  if (body.to === 'MET' && !isThere(need.kind, body.outcome))
    return refuse('need_outcome_missing', `outcome.${thingItself(need.kind)}`)
  if (met && body.without === null && !need.links.some((one) => one.what === 'service'))
    return refuse('need_without_service', 'without')
  const reasons: readonly string[] =
    body.to === 'NOT_MET' ? notMetReasons : body.to === 'REFUSED' ? refusedBy : []
  if (reasons.length > 0 && (body.reason === null || !reasons.includes(body.reason)))
    return refuse('reason_required', 'reason')
  if (body.reason === 'other' && (body.remark ?? '').trim() === '') return refuse('reason_required', 'remark')
  return accept<NeedMoved>({
    type: 'NeedMoved',
    v: 1,
    facts: {
      needId: need.id,
      kind: need.kind,
      from: need.state,
      to: body.to,
      on: body.on,
      reason: reasons.length > 0 ? body.reason : null,
      without: met ? body.without : null,
      outcome: again ? {} : body.outcome,
      ...moment(stamp),
    },
    ...words('outcome', body.remark),
    touches: [need.id],
  })
}

/** The paper names the status, so nothing but a consent that covers this body lets it go. */
export function decideGiveCertificate(
  s: CaseState,
  need: Need | undefined,
  body: { readonly consentId: Uuid; readonly recipient: RecipientKind; readonly on: Day },
  consents: readonly Consent[],
  stamp: Stamp,
): Decision<NeedCertificateGiven> {
  const no = needBar(s, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (need === undefined) return refuse('need_unknown', 'needId')
  if (!(certificateKinds as readonly string[]).includes(need.kind))
    return refuse('need_no_certificate', 'needId')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  const consent = consents.find((one) => one.id === body.consentId)
  if (
    consent === undefined ||
    consent.caseId !== s.id ||
    consent.purpose !== 'sharing' ||
    !covers(consent, body.recipient, minimumDataSet[body.recipient], stamp.now)
  )
    return refuse('need_certificate_consent', 'consentId')
  return accept<NeedCertificateGiven>({
    type: 'NeedCertificateGiven',
    v: 1,
    facts: { needId: need.id, ...body, ...moment(stamp) },
    touches: [need.id],
  })
}

/** One event; `undefined` before the first. */
export const applyNeed = (need: Need | undefined, e: NeedEvent): Need => {
  switch (e.type) {
    case 'NeedFound': {
      const { needId: id, kind, beneficiary, foundOn, actionId } = e.facts
      const links = actionId === null ? [] : [{ what: 'action' as const, id: actionId }]
      return { id, kind, beneficiary, foundOn, state: 'OPEN', links }
    }
    case 'NeedLinked':
      return {
        ...need!,
        state: e.facts.state,
        links: [...need!.links, { what: e.facts.what, id: e.facts.id }],
      }
    case 'NeedMoved':
      return { ...need!, state: e.facts.to }
    case 'NeedCertificateGiven':
      return need!
  }
}
