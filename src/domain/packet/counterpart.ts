/**
 * Whom one writes to abroad, and on which agreement (S004, Mbrojtja: contact points in countries of destination). A key is used only
 * after a second person has compared its fingerprint with the other country over another line than the one it came by.
 */

import { tiranaDay } from '../clock/tirana.ts'
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'

export const counterpartKinds = [
  'anti_trafficking',
  'child_protection',
  'police',
  'prosecution',
  'consulate',
  'shelter',
  'organisation',
] as const
export type CounterpartKind = (typeof counterpartKinds)[number]

export type CounterpartEntry = {
  readonly country: string
  readonly kind: CounterpartKind
  readonly institution: string
  readonly contactName: string | null
  readonly contactPost: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly languages: readonly string[]
  readonly validFrom: Day
  readonly validTo: Day | null
  /** Where they publish which packets they have recalled; the register asks there by itself. */
  readonly listsUrl: string | null
}
export interface Counterpart {
  readonly id: Uuid
  readonly version: number
  readonly country: string
  readonly validFrom: Day
  readonly validTo: Day | null
  /** Null until a card has come. */
  readonly fingerprint: string | null
  readonly keysBy: Uuid | null
  readonly checkedBy: Uuid | null
}

/** Contact persons are in the words of the entry; the event holds what is no person. */
export type CounterpartSet = DomainEvent<
  'CounterpartSet',
  Pick<CounterpartEntry, 'country' | 'kind' | 'institution' | 'validFrom' | 'validTo' | 'listsUrl'> & {
    readonly languages: readonly string[]
  }
>
export type CounterpartKeyed = DomainEvent<
  'CounterpartKeyed',
  { readonly fingerprint: string; readonly by: Uuid }
>
export type CounterpartChecked = DomainEvent<
  'CounterpartChecked',
  { readonly fingerprint: string; readonly by: Uuid; readonly way: CheckWay }
>
export type RevocationsTaken = DomainEvent<
  'RevocationsTaken',
  { readonly madeAt: string; readonly revoked: number; readonly added: number }
>
/** The other line over which the fingerprint was compared. */
export const checkWays = ['telephone', 'video', 'meeting', 'diplomatic_note'] as const
export type CheckWay = (typeof checkWays)[number]

export const keepsContacts = (actor: Pick<Actor, 'role'>): boolean =>
  actor.role === 'responsible_authority' || actor.role === 'coordinator'
/** Lists come by the web, by mail, or on a stick to whoever runs the server. */
export const takesRevocations = (actor: Pick<Actor, 'role'>): boolean =>
  keepsContacts(actor) || actor.role === 'system'

export function decideSetCounterpart(
  body: CounterpartEntry,
  own: string,
  stamp: Stamp,
): Decision<CounterpartSet> {
  if (!keepsContacts(stamp.actor)) return refuse('not_allowed')
  if (body.country === own) return refuse('packet_own_country', 'country')
  if (body.validTo !== null && body.validTo < body.validFrom) return refuse('packet_dates', 'validTo')
  if (body.email === null && body.phone === null) return refuse('packet_no_way', 'email')
  const { country, kind, institution, validFrom, validTo, listsUrl } = body
  const parts = {
    contactName: body.contactName,
    contactPost: body.contactPost,
    email: body.email,
    phone: body.phone,
  }
  return accept({
    type: 'CounterpartSet',
    v: 1,
    facts: { country, kind, institution, validFrom, validTo, listsUrl, languages: [...body.languages] },
    parts: [{ tier: 'T3', name: 'contact', body: parts }],
    touches: ['entry'],
  })
}

/** A new key has to be compared anew, whoever compared the old one. */
export function decideSetKeys(
  known: Counterpart,
  card: { readonly country: string; readonly fingerprint: string },
  own: string,
  stamp: Stamp,
): Decision<CounterpartKeyed> {
  if (!keepsContacts(stamp.actor)) return refuse('not_allowed')
  if (card.fingerprint === own) return refuse('packet_own_key', 'card')
  if (card.country !== known.country) return refuse('packet_card_country', 'card')
  if (card.fingerprint === known.fingerprint) return refuse('packet_key_known', 'card')
  return accept({
    type: 'CounterpartKeyed',
    v: 1,
    facts: { fingerprint: card.fingerprint, by: stamp.actor.userId },
    touches: ['keys'],
  })
}

/** Typed anew by the second person, from what they heard: not ticked. */
export function decideCheckKeys(
  known: Counterpart,
  body: { readonly fingerprint: string; readonly way: CheckWay },
  stamp: Stamp,
): Decision<CounterpartChecked> {
  if (!keepsContacts(stamp.actor)) return refuse('not_allowed')
  if (known.fingerprint === null || known.checkedBy !== null) return refuse('wrong_state')
  if (known.keysBy === stamp.actor.userId) return refuse('needs_second_person')
  const plain = (text: string): string => text.toUpperCase().replaceAll(/[^0-9A-F]/g, '')
  if (plain(body.fingerprint) !== plain(known.fingerprint)) return refuse('packet_fingerprint', 'fingerprint')
  return accept({
    type: 'CounterpartChecked',
    v: 1,
    facts: { fingerprint: known.fingerprint, by: stamp.actor.userId, way: body.way },
    touches: ['keys'],
  })
}

/** Whether something may be sealed to them today. */
export const usable = (one: Counterpart, today: Day): boolean =>
  one.checkedBy !== null && one.validFrom <= today && (one.validTo === null || today <= one.validTo)

export type AgreementEntry = {
  readonly country: string
  readonly title: string
  readonly parties: string
  readonly document: string | null
  readonly signedOn: Day
  readonly validFrom: Day
  readonly validTo: Day | null
  readonly counterpartId: Uuid | null
  readonly ownUnitId: Uuid | null
  readonly endedOn: Day | null
}
export type AgreementSet = DomainEvent<'AgreementSet', AgreementEntry>
export function decideSetAgreement(body: AgreementEntry, own: string, stamp: Stamp): Decision<AgreementSet> {
  if (!keepsContacts(stamp.actor)) return refuse('not_allowed')
  if (body.country === own) return refuse('packet_own_country', 'country')
  if (body.signedOn > tiranaDay(stamp.now)) return refuse('in_future', 'signedOn')
  if (body.validTo !== null && body.validTo < body.validFrom) return refuse('packet_dates', 'validTo')
  if (body.endedOn !== null && body.endedOn > tiranaDay(stamp.now)) return refuse('in_future', 'endedOn')
  return accept({ type: 'AgreementSet', v: 1, facts: { ...body }, touches: ['entry'] })
}

export const agreementStates = ['in_force', 'expiring', 'expired', 'not_yet'] as const
export type AgreementState = (typeof agreementStates)[number]
/** `warnDays` before its last day somebody has to see to it (reference/al/returns.json). */
export const agreementState = (
  one: { readonly validFrom: Day; readonly validTo: Day | null; readonly endedOn: Day | null },
  today: Day,
  warnUntil: Day,
): AgreementState => {
  if (one.endedOn !== null || (one.validTo !== null && one.validTo < today)) return 'expired'
  if (one.validFrom > today) return 'not_yet'
  return one.validTo !== null && one.validTo <= warnUntil ? 'expiring' : 'in_force'
}
