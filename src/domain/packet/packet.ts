/**
 * What may leave for another country (decisions 5 and 12; law on the protection of personal data): chosen item by item, each
 * sensitive one with its reason, on consent or on the law. Consent withdrawn recalls what rests on it alone.
 */
import {
  accept,
  type Decision,
  type DomainEvent,
  type Instant,
  refuse,
  type Stamp,
  type Tier,
  type Uuid,
} from '../core.ts'
import { newestConsent } from '../returns/decide.ts'
import type { Consent } from '../returns/state.ts'

/** Every item a packet may hold, with its tier. */
export const crossFields = {
  name: 'T3',
  birth: 'T3',
  sex: 'T3',
  citizenship: 'T3',
  languages: 'T3',
  document: 'T3',
  return_need: 'T3',
  travel: 'T3',
  escort: 'T3',
  representative: 'T3',
  case_manager: 'T3',
  family_contact: 'T3',
  schooling: 'T3',
  services: 'T3',
  trafficking_status: 'T4',
  health: 'T4',
  risks: 'T4',
  safety_plan: 'T4',
  family_risk: 'T4',
} as const satisfies Record<string, Extract<Tier, 'T3' | 'T4'>>
export type CrossField = keyof typeof crossFields
export const crossFieldNames = Object.keys(crossFields) as CrossField[]

export const packetPurposes = ['return_notice', 'handover', 'assistance', 'tracing'] as const
export type PacketPurpose = (typeof packetPurposes)[number]
/** What each purpose needs at most: the rest is not offered. */
export const purposeFields: Readonly<Record<PacketPurpose, readonly CrossField[]>> = {
  return_notice: [
    'name',
    'birth',
    'sex',
    'citizenship',
    'languages',
    'document',
    'return_need',
    'travel',
    'escort',
    'case_manager',
    'risks',
  ],
  handover: crossFieldNames,
  assistance: [
    'name',
    'birth',
    'sex',
    'languages',
    'services',
    'schooling',
    'case_manager',
    'health',
    'risks',
    'safety_plan',
    'trafficking_status',
  ],
  tracing: [
    'name',
    'birth',
    'sex',
    'citizenship',
    'document',
    'family_contact',
    'family_risk',
    'case_manager',
  ],
}

export const packetGrounds = ['consent', 'law', 'safety'] as const
export type PacketGround = (typeof packetGrounds)[number]
export const revokeReasons = [
  'consent_withdrawn',
  'wrong_recipient',
  'wrong_content',
  'not_needed',
  'key_lost',
] as const
export type RevokeReason = (typeof revokeReasons)[number]

export interface PacketItem {
  readonly field: CrossField
  readonly value: string
  /** Why this sensitive item has to go. */
  readonly reason?: string | undefined
}
export interface MakePacket {
  readonly purpose: PacketPurpose
  readonly items: readonly PacketItem[]
  readonly ground: PacketGround
  /** The article, the act, or what the danger is. */
  readonly groundRef: string
  readonly days: number
}

export type PacketMade = DomainEvent<
  'PacketMade',
  {
    readonly packetId: Uuid
    readonly nrmId: Uuid
    readonly returnId: Uuid | null
    readonly counterpartId: Uuid
    readonly country: string
    readonly purpose: PacketPurpose
    readonly fields: readonly CrossField[]
    readonly tier: 'T3' | 'T4'
    readonly ground: PacketGround
    readonly consentIds: readonly Uuid[]
    readonly expiresAt: Instant
    /** SHA-256 of the file, base64url. */
    readonly digest: string
    readonly by: Uuid
  }
>
export type PacketRevoked = DomainEvent<
  'PacketRevoked',
  { readonly why: RevokeReason; readonly by: Uuid | null }
>
export type PacketReceived = DomainEvent<
  'PacketReceived',
  {
    readonly packetId: Uuid
    readonly counterpartId: Uuid
    readonly country: string
    readonly purpose: PacketPurpose
    readonly fields: readonly string[]
    readonly madeAt: Instant
    readonly expiresAt: Instant
  }
>
export type PacketReported = DomainEvent<'PacketReported', { readonly reportId: Uuid; readonly by: Uuid }>

/** Consent that stands and covers what leaves: of the adult, or of the child (asked, by its age) and its representative. */
export const packetConsents = (
  subject: 'child' | 'adult',
  consents: readonly Consent[],
):
  | { readonly ok: true; readonly ids: readonly Uuid[] }
  | { readonly ok: false; readonly code: 'packet_no_consent' | 'packet_child_refused' } => {
  const last = (who: Consent['who']) => newestConsent(consents, who, 'packet')
  if (subject === 'adult') {
    const own = last('adult')
    return own?.answer === 'given' ? { ok: true, ids: [own.id] } : { ok: false, code: 'packet_no_consent' }
  }
  const child = last('child')
  const representative = last('representative')
  if (child?.answer === 'refused') return { ok: false, code: 'packet_child_refused' }
  return child !== undefined && representative?.answer === 'given'
    ? { ok: true, ids: [child.id, representative.id] }
    : { ok: false, code: 'packet_no_consent' }
}

export interface MakeContext {
  readonly subject: 'child' | 'adult'
  /** Of the return that the packet is made for; none without one. */
  readonly consents: readonly Consent[]
  readonly counterpart: { readonly usable: boolean; readonly keyed: boolean; readonly checked: boolean }
  readonly mostDays: number
}

/** Whether it may be made, and on which consents it rests. */
export function mayMake(
  body: MakePacket,
  world: MakeContext,
): Decision<{ readonly tier: 'T3' | 'T4'; readonly consentIds: readonly Uuid[] }> {
  if (!world.counterpart.keyed) return refuse('packet_no_key', 'counterpartId')
  if (!world.counterpart.checked) return refuse('packet_key_unconfirmed', 'counterpartId')
  if (!world.counterpart.usable) return refuse('packet_contact_ended', 'counterpartId')
  if (body.days > world.mostDays) return refuse('packet_too_long', 'days', { days: world.mostDays })
  const seen = new Set<string>()
  for (const [n, { field, reason }] of body.items.entries()) {
    if (seen.has(field)) return refuse('packet_field_twice', `items.${n}.field`)
    seen.add(field)
    if (!purposeFields[body.purpose].includes(field))
      return refuse('packet_field_not_needed', `items.${n}.field`)
    if (crossFields[field] === 'T4' && (reason === undefined || reason.trim() === ''))
      return refuse('packet_reason', `items.${n}.reason`)
  }
  const tier = body.items.some(({ field }) => crossFields[field] === 'T4') ? 'T4' : 'T3'
  if (body.ground !== 'consent') return accept({ tier, consentIds: [] })
  const given = packetConsents(world.subject, world.consents)
  return given.ok ? accept({ tier, consentIds: given.ids }) : refuse(given.code, 'ground')
}

export interface MadePacket {
  readonly ground: PacketGround
  readonly consentIds: readonly Uuid[]
  readonly revokedAt: Instant | null
  readonly expiresAt: Instant
}
export function decideRevoke(
  made: MadePacket,
  why: RevokeReason,
  words: string | undefined,
  stamp: Stamp,
): Decision<PacketRevoked> {
  if (made.revokedAt !== null) return refuse('packet_revoked_before')
  if (Date.parse(made.expiresAt) <= Date.parse(stamp.now)) return refuse('packet_over')
  return accept({
    type: 'PacketRevoked',
    v: 1,
    facts: { why, by: stamp.actor.userId },
    ...(words ? { parts: [{ tier: 'T3' as const, name: 'words', body: words }] } : {}),
    touches: ['revoked'],
  })
}

/** Decision 12: what rests on the withdrawn consent ends with it; what rests on the law stays. */
export const endsWithConsent = (made: MadePacket, consentId: Uuid, now: Instant): boolean =>
  made.revokedAt === null &&
  made.ground === 'consent' &&
  made.consentIds.includes(consentId) &&
  Date.parse(made.expiresAt) > Date.parse(now)
