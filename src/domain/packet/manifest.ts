/**
 * What stands on the outside of a packet between countries, and whether a packet may be opened. Names no person: a file that is
 * lost tells only which two countries wrote to each other, and when.
 */
import type { Instant } from '../core.ts'

/** Public halves of a country's two keys, base64url as in RFC 8037. */
export type KeyCard = {
  /** ISO 3166-1 alpha-2; XK for Kosovo. */
  readonly country: string
  readonly sign: string
  readonly open: string
}

export interface Manifest {
  /** Made by chance, version 4: its hash tells nothing. */
  readonly id: string
  readonly from: { readonly country: string; readonly key: string }
  readonly to: { readonly country: string; readonly key: string }
  readonly madeAt: Instant
  readonly expiresAt: Instant
}

/** In the order in which they are asked; the first that holds is the answer. */
export const packetFaults = [
  'packet_too_large',
  'packet_truncated',
  'packet_unreadable',
  'packet_version',
  'packet_issuer_unknown',
  'packet_forged',
  'packet_issuer_unconfirmed',
  'packet_issuer_ended',
  'packet_altered',
  'packet_not_for_us',
  'packet_not_yet',
  'packet_expired',
  'packet_revoked',
  'packet_content',
] as const
export type PacketFault = (typeof packetFaults)[number]

/** What is known here of whoever signed. */
export interface Issuer {
  readonly country: string
  /** Two people compared the fingerprint. */
  readonly confirmed: boolean
  readonly validFrom: string
  readonly validTo: string | null
}

export interface World {
  readonly now: Instant
  readonly today: string
  /** Own country and the name of the own opening key. */
  readonly own: { readonly country: string; readonly key: string }
  readonly issuer: Issuer
  /** Revoked by the freshest list known, and when; null otherwise. */
  readonly revokedAt: Instant | null
}

/** How far a clock abroad may run ahead of ours. */
const ahead = 10 * 60_000

export const issuerFault = (issuer: Issuer, today: string): PacketFault | null => {
  if (!issuer.confirmed) return 'packet_issuer_unconfirmed'
  if (issuer.validFrom > today || (issuer.validTo !== null && issuer.validTo < today))
    return 'packet_issuer_ended'
  return null
}

/** Whether a packet whose signature holds may be opened here and now. */
export const mayOpen = (manifest: Manifest, world: World): PacketFault | null => {
  const of = issuerFault(world.issuer, world.today)
  if (of !== null) return of
  if (manifest.from.country !== world.issuer.country) return 'packet_forged'
  if (manifest.to.country !== world.own.country || manifest.to.key !== world.own.key)
    return 'packet_not_for_us'
  const now = Date.parse(world.now)
  if (Date.parse(manifest.madeAt) > now + ahead) return 'packet_not_yet'
  if (Date.parse(manifest.expiresAt) <= now) return 'packet_expired'
  return world.revokedAt === null ? null : 'packet_revoked'
}

/** A list is taken only when it is newer than the one known: an old one would hide what was revoked since. */
export const listIsNewer = (madeAt: Instant, known: Instant | null): boolean =>
  known === null || Date.parse(madeAt) > Date.parse(known)

/** Hours since the issuer made its list; null where none is known. */
export const listAge = (madeAt: Instant | null, now: Instant): number | null =>
  madeAt === null ? null : Math.max(0, Math.floor((Date.parse(now) - Date.parse(madeAt)) / 3_600_000))
