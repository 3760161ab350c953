/**
 * Referral (referimi): one institution asks another to do something for a child and gives it the least data needed.
 * DRAFT → SENT → ACKNOWLEDGED → ACCEPTED → IN_SERVICE → COMPLETED, or DECLINED, EXPIRED, WITHDRAWN (domain
 * specification 3.5). A draft lives only with its author. Whatever a consent does, a referral can always be closed.
 */
import { type Consent, covers } from './consent.ts'
import {
  accept,
  type Decision,
  type DomainEvent,
  type Instant,
  type Part,
  refuse,
  type Stamp,
  type Uuid,
} from './core.ts'
import {
  labelledField,
  minimumDataSet,
  type PacketField,
  type PacketSource,
  packetFor,
  type RecipientKind,
  type ReferralService,
  servicesOf,
} from './referral/packet.ts'

export const referralStates = [
  'DRAFT',
  'SENT',
  'ACKNOWLEDGED',
  'ACCEPTED',
  'IN_SERVICE',
  'COMPLETED',
  'DECLINED',
  'EXPIRED',
  'WITHDRAWN',
] as const
export type ReferralState = (typeof referralStates)[number]
export const openStates = [
  'SENT',
  'ACKNOWLEDGED',
  'ACCEPTED',
  'IN_SERVICE',
] as const satisfies ReferralState[]
export const isOpen = (state: ReferralState): boolean => (openStates as readonly string[]).includes(state)

export const declineReasons = [
  'no_place',
  'cannot_meet_need',
  'not_safe',
  'not_our_area',
  'needs_more_information',
  'other',
] as const
export type DeclineReason = (typeof declineReasons)[number]

export const referralOutcomes = ['met', 'partly_met', 'not_met', 'did_not_come', 'stopped'] as const
export type ReferralOutcome = (typeof referralOutcomes)[number]

export const withdrawReasons = [
  'no_longer_needed',
  'other_service_found',
  'sent_by_mistake',
  'not_safe',
  'asked_by_child',
  'asked_by_guardian',
] as const
export type WithdrawReason = (typeof withdrawReasons)[number]

/** Why a field may be given. `scope` names the fields it covers, `version` what it was when the packet left:
 * of the consent, its number; of a law or a safety reason, 1. `ref` is the article, the reason code or the consent. */
export type Ground = {
  readonly kind: 'law' | 'safety' | 'consent'
  readonly ref: string
  readonly scope: readonly PacketField[]
  readonly version: number
  readonly endedAt: Instant | null
}
export const groundKinds = ['law', 'safety', 'consent'] as const

export interface Referral {
  readonly id: Uuid
  readonly version: number
  readonly code: string
  readonly state: ReferralState
  readonly caseId: Uuid | null
  readonly fromUnitId: Uuid
  readonly toUnitId: Uuid
  readonly recipientKind: RecipientKind
  readonly service: ReferralService
  readonly grounds: readonly Ground[]
  /** Fields the recipient may still read. */
  readonly fields: readonly PacketField[]
  readonly sentAt: Instant
  /** D24 and D25: when receipt and answer were due, as the clocks stood at sending. */
  readonly ackDueAt: Instant | null
  readonly answerDueAt: Instant | null
  readonly acknowledgedAt: Instant | null
  readonly decidedAt: Instant | null
  readonly serviceStartedAt: Instant | null
  readonly closedAt: Instant | null
  readonly accessEndedAt: Instant | null
  readonly escalatedAt: Instant | null
  readonly declineReason: DeclineReason | null
  readonly outcome: ReferralOutcome | null
}

type At = { readonly at: Instant }
export type ReferralSent = DomainEvent<
  'ReferralSent',
  {
    readonly code: string
    readonly caseId: Uuid | null
    readonly fromUnitId: Uuid
    readonly toUnitId: Uuid
    readonly recipientKind: RecipientKind
    readonly service: ReferralService
    readonly grounds: readonly Ground[]
    readonly fields: readonly PacketField[]
    /** Whose objection was set aside for law or safety; kept for ever, reason among the parts. */
    readonly overrides: Objection
    readonly ackDueAt: Instant | null
    readonly answerDueAt: Instant | null
  } & At
>
export type ReferralAcknowledged = DomainEvent<'ReferralAcknowledged', At>
export type ReferralAccepted = DomainEvent<'ReferralAccepted', At>
export type ReferralDeclined = DomainEvent<'ReferralDeclined', { readonly reason: DeclineReason } & At>
export type ReferralServiceStarted = DomainEvent<'ReferralServiceStarted', At>
export type ReferralCompleted = DomainEvent<'ReferralCompleted', { readonly outcome: ReferralOutcome } & At>
export type ReferralWithdrawn = DomainEvent<'ReferralWithdrawn', { readonly reason: WithdrawReason } & At>
export type ReferralExpired = DomainEvent<'ReferralExpired', At>
/** The clock of receipt ran out: said to those above, nothing else changes (decision 17). */
export type ReferralEscalated = DomainEvent<'ReferralEscalated', { readonly rule: string } & At>
export type ReferralConsentEnded = DomainEvent<
  'ReferralConsentEnded',
  { readonly consentId: Uuid; readonly lost: readonly PacketField[] } & At
>
export type ReferralEvent =
  | ReferralSent
  | ReferralAcknowledged
  | ReferralAccepted
  | ReferralDeclined
  | ReferralServiceStarted
  | ReferralCompleted
  | ReferralWithdrawn
  | ReferralExpired
  | ReferralEscalated
  | ReferralConsentEnded

export const objections = ['none', 'child', 'guardian', 'both'] as const
export type Objection = (typeof objections)[number]

export interface SendReferral {
  readonly toUnitId: Uuid
  readonly service: ReferralService
  readonly grounds: readonly {
    readonly kind: Ground['kind']
    readonly ref: string
    /** Absent: the whole packet of this kind of recipient. */
    readonly scope?: readonly PacketField[] | undefined
  }[]
  readonly objection: Objection
  readonly overrideReason?: string | undefined
}

/** What the world knows besides the body. `source` is whatever the sender holds; the packet is cut out of it here. */
export interface SendContext {
  readonly code: string
  readonly caseId: Uuid | null
  readonly recipientKind: RecipientKind
  readonly source: PacketSource
  readonly consents: readonly Consent[]
  readonly ackDueAt: Instant | null
  readonly answerDueAt: Instant | null
}

/** @returns `ReferralSent`, its packet as one part per field (T3 or T4). */
export function decideSend(body: SendReferral, context: SendContext, stamp: Stamp): Decision<ReferralSent> {
  const kind = context.recipientKind
  const whole = minimumDataSet[kind]
  if (body.toUnitId === stamp.actor.unitId) return refuse('referral_to_itself', 'toUnitId')
  if (!servicesOf[kind].includes(body.service)) return refuse('referral_wrong_service', 'service')
  if (body.grounds.length === 0) return refuse('referral_without_ground', 'grounds')
  const grounds: Ground[] = []
  for (const [index, asked] of body.grounds.entries()) {
    const scope = asked.scope ?? whole
    const outside = scope.find((field) => !whole.includes(field))
    if (outside !== undefined)
      return refuse('referral_outside_packet', `grounds.${index}.scope`, { field: outside })
    let version = 1
    if (asked.kind === 'consent') {
      const consent = context.consents.find((one) => one.id === asked.ref)
      if (consent === undefined || !covers(consent, kind, scope, stamp.now))
        return refuse('consent_does_not_cover', `grounds.${index}.ref`)
      version = consent.number
    }
    grounds.push({ kind: asked.kind, ref: asked.ref, scope, version, endedAt: null })
  }
  const aboveConsent = grounds.some((ground) => ground.kind !== 'consent')
  if (body.objection !== 'none' && !aboveConsent) return refuse('consent_does_not_cover', 'objection')
  if (body.objection !== 'none' && !body.overrideReason)
    return refuse('referral_override_reason', 'overrideReason')
  const labelled = labelledField(kind, context.source)
  if (labelled !== undefined) return refuse('referral_label_in_text', `source.${labelled}`)
  const packet = packetFor(kind, context.source, coveredFields(grounds))
  if (packet.parts.length === 0) return refuse('referral_nothing_to_send', 'source')
  const parts: Part[] = packet.parts.map(({ field, tier, value }) => ({ tier, name: field, body: value }))
  if (body.objection !== 'none' && body.overrideReason)
    parts.push({ tier: 'T3', name: 'overrideReason', body: body.overrideReason })
  return accept<ReferralSent>({
    type: 'ReferralSent',
    v: 1,
    facts: {
      code: context.code,
      caseId: context.caseId,
      fromUnitId: stamp.actor.unitId,
      toUnitId: body.toUnitId,
      recipientKind: kind,
      service: body.service,
      grounds,
      fields: packet.parts.map((part) => part.field),
      overrides: body.objection,
      ackDueAt: context.ackDueAt,
      answerDueAt: context.answerDueAt,
      at: stamp.now,
    },
    parts,
    touches: ['state'],
  })
}

/** The fields some ground still covers. */
export const coveredFields = (grounds: readonly Ground[]): ReadonlySet<PacketField> =>
  new Set(grounds.filter((ground) => ground.endedAt === null).flatMap((ground) => ground.scope))

const wrongState = (referral: Referral) => refuse('wrong_state', undefined, { state: referral.state })
const reply = (text: string | undefined): { parts?: readonly Part[] } =>
  text ? { parts: [{ tier: 'T3', name: 'reply', body: text }] } : {}
const touches = ['state'] as const

/** An answer after D25 needs a new referral, whether or not the worker has marked this one expired yet. */
const tooLate = (referral: Referral, stamp: Stamp): boolean =>
  referral.state === 'EXPIRED' ||
  ((referral.state === 'SENT' || referral.state === 'ACKNOWLEDGED') &&
    referral.answerDueAt !== null &&
    stamp.now > referral.answerDueAt)

export type ReferralAct =
  | { readonly act: 'acknowledge'; readonly reply?: string | undefined }
  | { readonly act: 'accept'; readonly reply?: string | undefined }
  | { readonly act: 'decline'; readonly reason: DeclineReason; readonly reply?: string | undefined }
  | { readonly act: 'start_service' }
  | { readonly act: 'complete'; readonly outcome: ReferralOutcome; readonly reply?: string | undefined }
  | { readonly act: 'withdraw'; readonly reason: WithdrawReason }
export type ReferralActName = ReferralAct['act']

/** From which states each act is possible; the interface shows no other. */
export const actStates: Readonly<Record<ReferralActName, readonly ReferralState[]>> = {
  acknowledge: ['SENT'],
  accept: ['SENT', 'ACKNOWLEDGED'],
  decline: ['SENT', 'ACKNOWLEDGED'],
  start_service: ['ACCEPTED'],
  complete: ['ACCEPTED', 'IN_SERVICE'],
  withdraw: openStates,
}

/** What either side does with a sent referral. Consent is not asked here: no withdrawal may jam a referral. */
export function decideReferral(referral: Referral, body: ReferralAct, stamp: Stamp): Decision<ReferralEvent> {
  const at = stamp.now
  if (['acknowledge', 'accept', 'decline'].includes(body.act) && tooLate(referral, stamp))
    return refuse('referral_expired')
  if (!actStates[body.act].includes(referral.state)) return wrongState(referral)
  switch (body.act) {
    case 'acknowledge':
      return accept<ReferralEvent>({
        type: 'ReferralAcknowledged',
        v: 1,
        facts: { at },
        touches,
        ...reply(body.reply),
      })
    case 'accept':
      return accept<ReferralEvent>({
        type: 'ReferralAccepted',
        v: 1,
        facts: { at },
        touches,
        ...reply(body.reply),
      })
    case 'decline':
      if (body.reason === 'other' && !body.reply) return refuse('reason_required', 'reply')
      return accept<ReferralEvent>({
        type: 'ReferralDeclined',
        v: 1,
        facts: { reason: body.reason, at },
        touches,
        ...reply(body.reply),
      })
    case 'start_service':
      return accept<ReferralEvent>({
        type: 'ReferralServiceStarted',
        v: 1,
        facts: { at: stamp.occurredAt },
        touches,
      })
    case 'complete':
      return accept<ReferralEvent>({
        type: 'ReferralCompleted',
        v: 1,
        facts: { outcome: body.outcome, at },
        touches,
        ...reply(body.reply),
      })
    case 'withdraw':
      if (body.reason === 'asked_by_guardian' && protects(referral))
        return refuse('referral_guardian_cannot_withdraw', 'reason')
      return accept<ReferralEvent>({
        type: 'ReferralWithdrawn',
        v: 1,
        facts: { reason: body.reason, at },
        touches,
      })
  }
}

/** Made by law or for safety: no guardian takes it back (domain specification 16.2). */
export const protects = (referral: Referral): boolean =>
  referral.grounds.some((ground) => ground.kind !== 'consent')

/** What a withdrawn (or lapsed) consent does to a referral that rests on it: those fields end that nothing else covers. */
export function decideConsentEnded(
  referral: Referral,
  consentId: Uuid,
  stamp: Stamp,
): Decision<ReferralConsentEnded> {
  const rests = (ground: Ground) => ground.kind === 'consent' && ground.ref === consentId
  if (!referral.grounds.some((ground) => rests(ground) && ground.endedAt === null)) return accept()
  const left = coveredFields(referral.grounds.filter((ground) => !rests(ground)))
  const lost = referral.fields.filter((field) => !left.has(field))
  return accept<ReferralConsentEnded>({
    type: 'ReferralConsentEnded',
    v: 1,
    facts: { consentId, lost, at: stamp.now },
    touches: ['grounds'],
  })
}

/** The clocks' side: no receipt by D24 is said to those above; no answer by D25 ends the referral. */
export function decideOverdue(referral: Referral, stamp: Stamp): Decision<ReferralEvent> {
  if (referral.state !== 'SENT' && referral.state !== 'ACKNOWLEDGED') return accept()
  const at = stamp.now
  if (tooLate(referral, stamp))
    return accept<ReferralEvent>({ type: 'ReferralExpired', v: 1, facts: { at }, touches })
  const unseen = referral.state === 'SENT' && referral.ackDueAt !== null && at > referral.ackDueAt
  if (unseen && referral.escalatedAt === null)
    return accept<ReferralEvent>({ type: 'ReferralEscalated', v: 1, facts: { rule: 'D24', at } })
  return accept()
}

const closed = (at: Instant) => ({ closedAt: at, accessEndedAt: at, fields: [] })

/** Folds one event; `null` before the first. */
export function applyReferral(before: Referral | null, id: Uuid, event: ReferralEvent): Referral {
  if (event.type === 'ReferralSent') {
    const { at, overrides: _, ...facts } = event.facts
    return {
      ...facts,
      id,
      version: 1,
      state: 'SENT',
      sentAt: at,
      acknowledgedAt: null,
      decidedAt: null,
      serviceStartedAt: null,
      closedAt: null,
      accessEndedAt: null,
      escalatedAt: null,
      declineReason: null,
      outcome: null,
    }
  }
  const was = { ...before!, version: before!.version + 1 }
  const { at } = event.facts
  switch (event.type) {
    case 'ReferralAcknowledged':
      return { ...was, state: 'ACKNOWLEDGED', acknowledgedAt: at }
    case 'ReferralAccepted':
      return { ...was, state: 'ACCEPTED', acknowledgedAt: was.acknowledgedAt ?? at, decidedAt: at }
    case 'ReferralDeclined':
      return {
        ...was,
        ...closed(at),
        state: 'DECLINED',
        acknowledgedAt: was.acknowledgedAt ?? at,
        decidedAt: at,
        escalatedAt: was.escalatedAt ?? at,
        declineReason: event.facts.reason,
      }
    case 'ReferralServiceStarted':
      return { ...was, state: 'IN_SERVICE', serviceStartedAt: at }
    case 'ReferralCompleted':
      return { ...was, ...closed(at), state: 'COMPLETED', outcome: event.facts.outcome }
    case 'ReferralWithdrawn':
      return { ...was, ...closed(at), state: 'WITHDRAWN' }
    case 'ReferralExpired':
      return { ...was, ...closed(at), state: 'EXPIRED', escalatedAt: was.escalatedAt ?? at }
    case 'ReferralEscalated':
      return { ...was, escalatedAt: at }
    case 'ReferralConsentEnded': {
      const fields = was.fields.filter((field) => !event.facts.lost.includes(field))
      return {
        ...was,
        fields,
        grounds: was.grounds.map((ground) =>
          ground.ref === event.facts.consentId ? { ...ground, endedAt: ground.endedAt ?? at } : ground,
        ),
        accessEndedAt: was.accessEndedAt ?? (fields.length === 0 ? at : null),
      }
    }
  }
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** The printed code, e.g. `RF-2026-7K3M9QXA`: the last 40 bits of the id in Crockford's letters. Tells nothing. */
export const referralCode = (id: Uuid, sentAt: Instant): string => {
  const bits = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`)
  const text = Array.from({ length: 8 }, (_, at) => letters[Number((bits >> BigInt(35 - 5 * at)) & 31n)])
  return `RF-${sentAt.slice(0, 4)}-${text.join('')}`
}

/** Time from sending to the start of the service, in whole minutes (indicator "waiting time", S004), or null. */
export const waitingMinutes = (referral: Pick<Referral, 'sentAt' | 'serviceStartedAt'>): number | null =>
  referral.serviceStartedAt === null
    ? null
    : Math.max(0, Math.floor((Date.parse(referral.serviceStartedAt) - Date.parse(referral.sentAt)) / 60_000))
