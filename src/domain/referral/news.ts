/** What the case it was sent from is told of a referral. */
import type { DomainEvent, Instant, Uuid } from '../core.ts'
import type { ReferralService } from './packet.ts'
import type { Referral, ReferralEvent, ReferralState } from './state.ts'

/** The same, as the case it was sent from tells it: one entry of the case's own history, with what was written back. */
export type CaseReferralMoved = DomainEvent<
  'CaseReferralMoved',
  {
    readonly referralId: Uuid
    readonly code: string
    readonly toUnitId: Uuid
    readonly service: ReferralService
    readonly what: ReferralEvent['type']
    readonly state: ReferralState
    readonly reason: string | null
    readonly at: Instant
  }
>

/** @param after the referral as it stands with the event folded in. */
export const caseNews = (after: Referral, event: ReferralEvent): CaseReferralMoved => {
  const reply = event.parts?.filter((part) => part.name === 'reply') ?? []
  return {
    type: 'CaseReferralMoved',
    v: 1,
    facts: {
      referralId: after.id,
      code: after.code,
      toUnitId: after.toUnitId,
      service: after.service,
      what: event.type,
      state: after.state,
      reason: 'reason' in event.facts ? event.facts.reason : null,
      at: event.facts.at,
    },
    ...(reply.length > 0 ? { parts: reply } : {}),
  }
}
