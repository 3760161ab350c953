/** Opening a packet of another country, here and now: the one walk that the browser, the command line and a re-reading share. */

import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { listAge, type Manifest, mayOpen, type PacketFault } from '#domain/packet/manifest.ts'
import { PacketContent } from '#wire/packet.ts'
import type { Tx } from '../tx.ts'
import { openSealed, packetHash, provePacket, readPacket } from './container.ts'
import { cardOf, openName } from './keys.ts'
import { packetLaw } from './law.ts'

export interface ListState {
  readonly madeAt: Instant
  readonly takenAt: Instant
  readonly revoked: number
  readonly hours: number
  /** Older than the country's own rule asks for: get a newer one. */
  readonly old: boolean
}
export interface Opened {
  readonly manifest: Manifest
  readonly issuer: { readonly id: Uuid; readonly country: string; readonly institution: string }
  readonly content: PacketContent
  /** What is known of recalled packets; null where this country has given no list yet. */
  readonly list: ListState | null
}
export type Opening =
  | { readonly ok: true; readonly value: Opened }
  | {
      readonly ok: false
      readonly fault: PacketFault
      readonly list?: ListState | null
      readonly at?: Instant
    }

export const ownCountry = async (tx: Pick<Tx, 'sql'>): Promise<string> => {
  const [row] = await tx.sql<{ value: string }>(
    "select value #>> '{}' as value from country_setting where key = 'country'",
  )
  return row?.value ?? 'AL'
}

export const listState = (
  row: { readonly made_at: Instant; readonly taken_at: Instant; readonly revoked: number } | undefined,
  now: Instant,
): ListState | null => {
  if (row === undefined) return null
  const hours = listAge(row.made_at, now) ?? 0
  return {
    madeAt: row.made_at,
    takenAt: row.taken_at,
    revoked: row.revoked,
    hours,
    old: hours >= packetLaw.freshListHours,
  }
}
export const listOf = async (tx: Pick<Tx, 'sql' | 'now'>, issuer: string): Promise<ListState | null> => {
  const [row] = await tx.sql<{ made_at: Instant; taken_at: Instant; revoked: number }>(
    'select made_at, taken_at, revoked from revocation_list where issuer = $1',
    [issuer],
  )
  return listState(row, tx.now)
}

interface IssuerRow {
  readonly id: Uuid
  readonly country: string
  readonly institution: string
  readonly sign_key: string
  readonly checked_by: Uuid | null
  readonly valid_from: string
  readonly valid_to: string | null
}

/** Only reads. Each fault has its own name; what a file says of itself is believed no earlier than its signature. */
export const openPacket = async (
  tx: Pick<Tx, 'sql' | 'now' | 'keys'>,
  bytes: Uint8Array,
): Promise<Opening> => {
  const read = readPacket(bytes)
  if (!read.ok) return read
  const { manifest } = read.value
  const [issuer] = await tx.sql<IssuerRow>(
    `select id, country, institution, sign_key, checked_by, valid_from, valid_to from counterpart where sign_name = $1`,
    [manifest.from.key],
  )
  if (issuer === undefined) return { ok: false, fault: 'packet_issuer_unknown' }
  const unproved = provePacket(read.value, issuer.sign_key)
  if (unproved !== null) return { ok: false, fault: unproved }
  const country = await ownCountry(tx)
  const [recalled] = await tx.sql<{ at: Instant }>(
    'select at from revocation where counterpart_id = $1 and packet = $2 order by at limit 1',
    [issuer.id, packetHash(manifest.id)],
  )
  const list = await listOf(tx, manifest.from.key)
  const fault = mayOpen(manifest, {
    now: tx.now,
    today: tiranaDay(tx.now),
    own: { country, key: openName(cardOf(country, tx.keys.country)) },
    issuer: {
      country: issuer.country,
      confirmed: issuer.checked_by !== null,
      validFrom: issuer.valid_from,
      validTo: issuer.valid_to,
    },
    revokedAt: recalled?.at ?? null,
  })
  if (fault !== null)
    return { ok: false, fault, list, ...(recalled === undefined ? {} : { at: recalled.at }) }
  const text = openSealed(read.value, tx.keys.country)
  if (text === null) return { ok: false, fault: 'packet_altered', list }
  const content = contentOf(text)
  const agrees =
    content !== null &&
    content.id === manifest.id &&
    content.from.country === manifest.from.country &&
    content.to.country === manifest.to.country
  if (!agrees) return { ok: false, fault: 'packet_content', list }
  const { id, institution } = issuer
  return {
    ok: true,
    value: { manifest, issuer: { id, country: issuer.country, institution }, content, list },
  }
}

const contentOf = (text: string): PacketContent | null => {
  try {
    return PacketContent.parse(JSON.parse(text))
  } catch {
    return null
  }
}
