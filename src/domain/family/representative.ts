/**
 * Who speaks for the child: its legal guardian, or a procedural representative where no safe parent does (domain
 * specification 6; S002:452–455). Whoever is alleged to have harmed or exploited the child, or is employed by the other
 * side, never does, and stops at the moment it becomes known.
 */
import { gate } from '../case/policy.ts'
import type { CaseState } from '../case/state.ts'
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'
import { type Family, inConflict } from './state.ts'

export const representativeKinds = ['legal_guardian', 'procedural_representative'] as const
export type RepresentativeKind = (typeof representativeKinds)[number]
export const representativeBases = [
  'parent',
  'court',
  'procedural_act',
  'guardianship_authority',
  'state_social_worker',
] as const
export type RepresentativeBasis = (typeof representativeBases)[number]
export const representativeEnds = ['conflict', 'replaced', 'term', 'at_request', 'other'] as const
export type RepresentativeEnd = (typeof representativeEnds)[number]

export interface Representative {
  readonly id: Uuid
  readonly kind: RepresentativeKind
  readonly memberId: Uuid | null
  readonly from: Day
  readonly until: Day | null
  readonly endedOn: Day | null
}

type At = { readonly at: string; readonly by: Uuid }
export type RepresentativeAssigned = DomainEvent<
  'RepresentativeAssigned',
  At & {
    readonly representativeId: Uuid
    readonly kind: RepresentativeKind
    readonly basis: RepresentativeBasis
    readonly memberId: Uuid | null
    readonly from: Day
    readonly until: Day | null
  }
>
export type RepresentativeEnded = DomainEvent<
  'RepresentativeEnded',
  At & { readonly representativeId: Uuid; readonly reason: RepresentativeEnd; readonly on: Day }
>

export interface AssignRepresentative {
  readonly kind: RepresentativeKind
  readonly basis: RepresentativeBasis
  /** A member of the household, or nobody of it. */
  readonly memberId?: Uuid | undefined
  readonly name: string
  readonly phone?: string | undefined
  /** Number of the act that appoints. */
  readonly act?: string | undefined
  readonly from: Day
  readonly until?: Day | undefined
  /** Both are asked each time and answered by the worker; the register looks itself, too. */
  readonly allegedPerpetrator: 'yes' | 'no' | 'not_known'
  readonly employedByOtherSide: 'yes' | 'no' | 'not_known'
}

export interface RepresentativeContext {
  readonly representatives: readonly Representative[]
  readonly family: Family | null
  /** The same name stands in this case as that of a suspected exploiter or an alleged perpetrator. */
  readonly nameOfSuspect: boolean
}

export const inForce = (one: Representative, today: Day): boolean =>
  one.endedOn === null && one.from <= today && (one.until === null || today <= one.until)

/** «Not known» is no «no»: it is found out first. */
export function decideAssignRepresentative(
  s: CaseState,
  body: AssignRepresentative,
  context: RepresentativeContext,
  stamp: Stamp,
): Decision<RepresentativeAssigned> {
  const no = gate('add_person_near', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.allegedPerpetrator !== 'no') return refuse('representative_in_conflict', 'allegedPerpetrator')
  if (body.employedByOtherSide !== 'no') return refuse('representative_in_conflict', 'employedByOtherSide')
  if (context.nameOfSuspect) return refuse('representative_in_conflict', 'name')
  if (body.memberId !== undefined) {
    const member = context.family?.members.find((one) => one.id === body.memberId)
    if (member === undefined) return refuse('family_member_unknown', 'memberId')
    if (member.personId !== null) return refuse('representative_not_child', 'memberId')
    if (inConflict(context.family, body.memberId)) return refuse('representative_in_conflict', 'memberId')
  }
  if (body.until !== undefined && body.until < body.from) return refuse('impossible_date', 'until')
  const open = context.representatives.some(
    (one) => one.kind === body.kind && one.endedOn === null && (one.until === null || one.until >= body.from),
  )
  if (open) return refuse('representative_has_one', 'kind')
  return accept<RepresentativeAssigned>({
    type: 'RepresentativeAssigned',
    v: 1,
    facts: {
      representativeId: stamp.newId(),
      kind: body.kind,
      basis: body.basis,
      memberId: body.memberId ?? null,
      from: body.from,
      until: body.until ?? null,
      at: stamp.occurredAt,
      by: stamp.actor.userId,
    },
    parts: [
      {
        tier: 'T3',
        name: 'representative',
        body: { name: body.name, phone: body.phone ?? null, act: body.act ?? null },
      },
    ],
    touches: [`representative_${body.kind}`],
  })
}

export function decideEndRepresentative(
  s: CaseState,
  one: Representative | undefined,
  body: { readonly reason: RepresentativeEnd; readonly note?: string | undefined },
  stamp: Stamp,
): Decision<RepresentativeEnded> {
  const no = gate('add_person_near', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (one === undefined) return refuse('representative_unknown', 'representativeId')
  if (one.endedOn !== null) return refuse('representative_ended')
  if (body.reason === 'other' && (body.note ?? '').trim() === '') return refuse('reason_required', 'note')
  return accept(ended(one, body.reason, stamp, body.note))
}

/** Also what a member's marking as alleged perpetrator does to the cases that it speaks in. */
export const ended = (
  one: Pick<Representative, 'id' | 'kind'>,
  reason: RepresentativeEnd,
  stamp: Stamp,
  note?: string,
): RepresentativeEnded => ({
  type: 'RepresentativeEnded',
  v: 1,
  facts: {
    representativeId: one.id,
    reason,
    on: tiranaDay(stamp.now),
    at: stamp.occurredAt,
    by: stamp.actor.userId,
  },
  ...(note ? { parts: [{ tier: 'T3' as const, name: 'endNote', body: note }] } : {}),
  touches: [`representative_${one.kind}`],
})

/** One event folded into the list of a case. */
export const applyRepresentative = (
  all: readonly Representative[],
  event: RepresentativeAssigned | RepresentativeEnded,
): readonly Representative[] => {
  if (event.type === 'RepresentativeEnded')
    return all.map((one) =>
      one.id === event.facts.representativeId ? { ...one, endedOn: event.facts.on } : one,
    )
  const { representativeId, kind, memberId, from, until } = event.facts
  return [...all, { id: representativeId, kind, memberId, from, until, endedOn: null }]
}
