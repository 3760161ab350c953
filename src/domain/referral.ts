/**
 * Referral (referimi): one institution asks another to do something for a child and gives it the least data needed.
 * DRAFT → SENT → ACKNOWLEDGED → ACCEPTED → IN_SERVICE → COMPLETED, or DECLINED, EXPIRED, WITHDRAWN (domain
 * specification 3.5). A draft lives only with its author. Whatever a consent does, a referral can always be closed.
 */
import { accept, type Decision, type Instant, type Part, refuse, type Stamp, type Uuid } from './core.ts'
import {
  coveredFields,
  type DeclineReason,
  type Ground,
  openStates,
  type Referral,
  type ReferralConsentEnded,
  type ReferralEvent,
  type ReferralOutcome,
  type ReferralState,
  type WithdrawReason,
} from './referral/state.ts'

export * from './referral/state.ts'

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
      actionId: facts.actionId ?? null,
      entryId: facts.entryId ?? null,
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

/** Time from sending to the start of the service, in whole minutes (indicator "waiting time", S004), or null. */
export const waitingMinutes = (referral: Pick<Referral, 'sentAt' | 'serviceStartedAt'>): number | null =>
  referral.serviceStartedAt === null
    ? null
    : Math.max(0, Math.floor((Date.parse(referral.serviceStartedAt) - Date.parse(referral.sentAt)) / 60_000))
