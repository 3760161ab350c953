/**
 * The library: procedures in versions, proposed by one person and adopted by another, read and acknowledged by each user
 * (S004:412). What the product ships stands there as its own guidance, not law, until a body of the country adopts it. Pure.
 */
import {
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Json,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'

export const guidanceStates = ['shipped', 'proposed', 'adopted', 'superseded'] as const
export type GuidanceState = (typeof guidanceStates)[number]

export interface Guidance {
  readonly id: Uuid
  readonly version: number
  readonly slug: string
  readonly number: number
  readonly state: GuidanceState
  readonly proposedBy: Uuid | null
}
export interface GuidanceBody {
  readonly slug: string
  readonly titleSq: string
  readonly titleEn: string
  readonly bodySq: string
  readonly bodyEn: string
  readonly effectiveFrom: Day
}
export type GuidanceProposed = DomainEvent<'GuidanceProposed', Readonly<Record<string, Json>>>
export type GuidanceAdopted = DomainEvent<'GuidanceAdopted', { readonly number: number }>
export type GuidanceRead = DomainEvent<'GuidanceRead', { readonly guidanceId: Uuid; readonly number: number }>

/** Who writes the library and who adopts: the two bodies that set procedures for all. */
export const writesLibrary = (actor: Stamp['actor']): boolean =>
  actor.role === 'state_agency' || actor.role === 'coordinator'

/** Everybody reads what is shipped or adopted; what is only proposed, those who write. */
export const readsGuidance = (actor: Stamp['actor'], state: GuidanceState): boolean =>
  actor.role !== 'public' && actor.role !== 'system' && (state !== 'proposed' || writesLibrary(actor))

/** A new version of a procedure, or the shipped one put up for adoption as it stands. */
export function decideProposeGuidance(
  latest: Guidance | null,
  body: GuidanceBody,
  stamp: Stamp,
): Decision<GuidanceProposed> {
  if (!writesLibrary(stamp.actor)) return refuse('not_allowed')
  if (latest?.state === 'proposed') return refuse('learning_proposed_already', 'slug')
  return accept<GuidanceProposed>({
    type: 'GuidanceProposed',
    v: 1,
    facts: { ...body, number: (latest?.number ?? 0) + 1 },
    touches: ['state'],
  })
}

/** Adopted by somebody else than whoever proposed it. */
export function decideAdoptGuidance(guidance: Guidance, stamp: Stamp): Decision<GuidanceAdopted> {
  if (!writesLibrary(stamp.actor)) return refuse('not_allowed')
  if (guidance.state !== 'proposed') return refuse('wrong_state', undefined, { state: guidance.state })
  if (guidance.proposedBy === stamp.actor.userId) return refuse('needs_second_person')
  return accept<GuidanceAdopted>({
    type: 'GuidanceAdopted',
    v: 1,
    facts: { number: guidance.number },
    touches: ['state'],
  })
}

/** "I have read this version": once a user and version. */
export function decideAcknowledge(
  guidance: Guidance,
  readAlready: boolean,
  stamp: Stamp,
): Decision<GuidanceRead> {
  if (!readsGuidance(stamp.actor, guidance.state)) return refuse('not_allowed')
  if (guidance.state === 'superseded' || guidance.state === 'proposed')
    return refuse('wrong_state', undefined, { state: guidance.state })
  if (readAlready) return refuse('learning_read_already')
  return accept<GuidanceRead>({
    type: 'GuidanceRead',
    v: 1,
    facts: { guidanceId: guidance.id, number: guidance.number },
  })
}
