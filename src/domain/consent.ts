/**
 * Consent (pëlqimi): what somebody agreed to, in which capacity, after which explanation, and until when it holds.
 * Public bodies rest on law and safety first (domain specification 12); consent is the third ground, never the only
 * way to help a child. Withdrawing it ends, at once, what rests on it alone (decision 12).
 */
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
import type { PacketField, RecipientKind } from './referral/packet.ts'
import type { Ground } from './referral/state.ts'
import type { Refusal } from './refusal.ts'

export const consentPurposes = ['sharing', 'shelter', 'interview', 'recording'] as const
export type ConsentPurpose = (typeof consentPurposes)[number]

/** Who speaks: the child or adult concerned, or somebody for them. */
export const capacities = ['own', 'parent', 'guardian', 'procedural_representative'] as const
export type Capacity = (typeof capacities)[number]

export interface ConsentScope {
  /** Kinds of recipient it names; sharing with any other is not covered. */
  readonly recipients: readonly RecipientKind[]
  readonly fields: readonly PacketField[]
}

export interface Consent {
  readonly id: Uuid
  readonly version: number
  readonly caseId: Uuid | null
  /** Unit that recorded it. */
  readonly unitId: Uuid
  readonly purpose: ConsentPurpose
  readonly scope: ConsentScope
  readonly capacity: Capacity
  /** First, second, … consent for the same case and purpose; a referral names the one it rests on. */
  readonly number: number
  readonly givenAt: Instant
  /** Last instant at which it holds, or null for "until withdrawn". */
  readonly validUntil: Instant | null
  readonly withdrawnAt: Instant | null
}

export type ConsentRecorded = DomainEvent<
  'ConsentRecorded',
  {
    readonly caseId: Uuid | null
    readonly unitId: Uuid
    readonly purpose: ConsentPurpose
    readonly recipients: readonly RecipientKind[]
    readonly fields: readonly PacketField[]
    readonly capacity: Capacity
    readonly language: string
    readonly number: number
    readonly validUntil: Instant | null
    readonly at: Instant
  }
>
export type ConsentWithdrawn = DomainEvent<
  'ConsentWithdrawn',
  { readonly capacity: Capacity; readonly at: Instant }
>
export type ConsentEvent = ConsentRecorded | ConsentWithdrawn

export interface RecordConsent {
  readonly purpose: ConsentPurpose
  readonly recipients: readonly RecipientKind[]
  readonly fields: readonly PacketField[]
  readonly capacity: Capacity
  /** Name of the person who agreed (T3). */
  readonly givenBy: string
  /** BCP 47 tag of the language it was explained in, e.g. `sq`, `rom`. */
  readonly language: string
  /** Name and post of whoever explained it (T3). */
  readonly explainedBy: string
  /** The representative is suspected, or gains from it (domain specification 6). */
  readonly conflictOfInterest: boolean
  readonly validUntil?: Instant | undefined
}

/** What the world knows besides the body: the case, the person's age, how many consents came before. */
export interface ConsentContext {
  readonly id: Uuid
  readonly caseId: Uuid | null
  readonly unitId: Uuid
  /** Whole years of the person concerned, or null when unknown. */
  readonly age: number | null
  /** Age from which one consents alone; configuration (unconfirmed: 16, domain specification 12). */
  readonly ownConsentFrom: number
  readonly earlier: number
  /** Why the family may not be asked now, or null. */
  readonly familyBar: Refusal | null
  /** The name given is that of somebody suspected in this case. */
  readonly nameOfSuspect: boolean
}

/** @returns `ConsentRecorded`; names and language as T3 parts. */
export function decideRecordConsent(
  body: RecordConsent,
  context: ConsentContext,
  stamp: Stamp,
): Decision<ConsentRecorded> {
  // To ask a parent is to tell the family.
  if (body.capacity === 'parent' && context.familyBar !== null)
    return { ok: false, refusal: { ...context.familyBar, field: 'capacity' } }
  if (body.capacity !== 'own' && (body.conflictOfInterest || context.nameOfSuspect))
    return refuse('consent_conflict_of_interest', 'capacity')
  if (body.capacity === 'own' && context.age !== null && context.age < context.ownConsentFrom)
    return refuse('consent_needs_guardian', 'capacity', { age: context.ownConsentFrom })
  if (body.validUntil !== undefined && body.validUntil <= stamp.now)
    return refuse('consent_withdrawn', 'validUntil')
  const parts: Part[] = [
    { tier: 'T3', name: 'givenBy', body: body.givenBy },
    { tier: 'T3', name: 'explainedBy', body: body.explainedBy },
  ]
  return accept<ConsentRecorded>({
    type: 'ConsentRecorded',
    v: 1,
    facts: {
      caseId: context.caseId,
      unitId: context.unitId,
      purpose: body.purpose,
      recipients: [...body.recipients],
      fields: [...body.fields],
      capacity: body.capacity,
      language: body.language,
      number: context.earlier + 1,
      validUntil: body.validUntil ?? null,
      at: stamp.occurredAt,
    },
    parts,
    touches: ['consent'],
  })
}

export interface WithdrawConsent {
  /** In which capacity the person who withdraws speaks. */
  readonly capacity: Capacity
  readonly note?: string | undefined
}

/** Whoever gave it may take it back, and so may the person concerned; a parent cannot take back what a child gave. */
export function decideWithdrawConsent(
  consent: Consent,
  body: WithdrawConsent,
  stamp: Stamp,
): Decision<ConsentWithdrawn> {
  if (consent.withdrawnAt !== null) return refuse('consent_withdrawn')
  if (consent.capacity === 'own' && body.capacity !== 'own') return refuse('consent_not_theirs', 'capacity')
  return accept<ConsentWithdrawn>({
    type: 'ConsentWithdrawn',
    v: 1,
    facts: { capacity: body.capacity, at: stamp.now },
    ...(body.note ? { parts: [{ tier: 'T3' as const, name: 'note', body: body.note }] } : {}),
    touches: ['consent'],
  })
}

/**
 * What a withdrawal does to one referral (domain specification 16.2): the fields that end, none where law or safety covers them
 * all; null where nothing of it rests on this consent.
 */
export const effectsOfWithdrawal = (
  grounds: readonly Ground[],
  fields: readonly PacketField[],
  consentId: Uuid,
): { readonly lost: readonly PacketField[] } | null => {
  const rests = (ground: Ground) =>
    ground.kind === 'consent' && ground.ref === consentId && ground.endedAt === null
  if (!grounds.some(rests)) return null
  const left = new Set(
    grounds.filter((ground) => ground.endedAt === null && !rests(ground)).flatMap((ground) => ground.scope),
  )
  return { lost: fields.filter((field) => !left.has(field)) }
}

/** Does this consent, now, allow giving these fields to this kind of recipient? */
export const isLive = (consent: Consent, now: Instant): boolean =>
  consent.withdrawnAt === null && (consent.validUntil === null || now <= consent.validUntil)
export const covers = (
  consent: Consent,
  kind: RecipientKind,
  fields: readonly PacketField[],
  now: Instant,
): boolean =>
  isLive(consent, now) &&
  (consent.purpose === 'sharing' || (consent.purpose === 'shelter' && kind === 'shelter')) &&
  consent.scope.recipients.includes(kind) &&
  fields.every((field) => consent.scope.fields.includes(field))

/** Folds one event; `null` before the first. */
export function applyConsent(consent: Consent | null, id: Uuid, event: ConsentEvent): Consent {
  switch (event.type) {
    case 'ConsentRecorded': {
      const { recipients, fields, at, language: _, ...facts } = event.facts
      return { ...facts, id, version: 1, scope: { recipients, fields }, givenAt: at, withdrawnAt: null }
    }
    case 'ConsentWithdrawn':
      return { ...consent!, version: consent!.version + 1, withdrawnAt: event.facts.at }
  }
}
