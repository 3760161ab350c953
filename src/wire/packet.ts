/** Contacts abroad, and packets between countries: what may be asked, what is answered, and what stands inside a packet. */
import { z } from 'zod'
import { agreementStates, checkWays, counterpartKinds } from '#domain/packet/counterpart.ts'
import {
  type CrossField,
  crossFieldNames,
  packetGrounds,
  packetPurposes,
  revokeReasons,
} from '#domain/packet/packet.ts'
import { immediacies } from '#domain/report/body.ts'
import { instant, NamePageCursor, PageQuery, uuid } from './envelope.ts'
import { day, keptDay, saidText, trimmedText } from './text.ts'

export const countryCode = z.string().regex(/^[A-Z]{2}$/)
const field = z.enum(crossFieldNames as [CrossField, ...CrossField[]])
const nullable = <S extends z.ZodType>(shape: S) => shape.nullable().default(null)

// Contacts

/** A public address by name, over TLS, with nothing asked and nobody signed in. */
const listsUrl = z
  .string()
  .max(300)
  .regex(/^https:\/\/([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}(:\d{2,5})?(\/[A-Za-z0-9._~/-]*)?$/)

/** Record id: the contact's; the first time it makes it. */
export const SetCounterpart = z.strictObject({
  country: countryCode,
  kind: z.enum(counterpartKinds),
  institution: trimmedText(200),
  contactName: nullable(trimmedText(200)),
  contactPost: nullable(trimmedText(200)),
  email: nullable(z.email().max(200)),
  phone: nullable(z.string().regex(/^[+0-9 ()/-]{3,60}$/)),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .max(12)
    .default([]),
  validFrom: day,
  validTo: nullable(day),
  listsUrl: nullable(listsUrl),
})
/** The text of a key card, as the other country gave it. */
export const SetCounterpartKeys = z.strictObject({ card: saidText(2000) })
export const CheckCounterpartKeys = z.strictObject({ fingerprint: trimmedText(80), way: z.enum(checkWays) })
export const SetAgreement = z.strictObject({
  country: countryCode,
  title: trimmedText(300),
  parties: trimmedText(600),
  document: nullable(trimmedText(300)),
  signedOn: day,
  validFrom: day,
  validTo: nullable(day),
  counterpartId: nullable(uuid),
  ownUnitId: nullable(uuid),
  endedOn: nullable(day),
})

const CounterpartView = z.object({
  id: uuid,
  version: z.int(),
  country: countryCode,
  kind: z.enum(counterpartKinds),
  institution: z.string(),
  contactName: z.string().nullable(),
  contactPost: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  languages: z.array(z.string()),
  validFrom: keptDay,
  validTo: keptDay.nullable(),
  /** Where the register asks for their list by itself; null where it comes as a file. */
  listsUrl: z.string().nullable(),
  fingerprint: z.string().nullable(),
  keysBy: z.string().nullable(),
  checkedBy: z.string().nullable(),
  checkedAt: instant.nullable(),
  /** The newest list of recalled packets that they signed; null where none is known. */
  list: z
    .object({ madeAt: instant, takenAt: instant, revoked: z.int(), hours: z.int(), old: z.boolean() })
    .nullable(),
  inForce: z.boolean(),
  may: z.array(z.enum(['change', 'set_keys', 'check_keys', 'take_list'])),
})
export type CounterpartView = z.infer<typeof CounterpartView>
export const ListCounterparts = {
  summary: 'Institutions abroad, their contact persons and keys, by country',
  query: z.strictObject({ ...PageQuery, cursor: NamePageCursor, country: countryCode.optional() }),
  reply: z.object({ items: z.array(CounterpartView), next: z.string().nullable() }),
}
const AgreementView = z.object({
  id: uuid,
  version: z.int(),
  country: countryCode,
  title: z.string(),
  parties: z.string(),
  document: z.string().nullable(),
  signedOn: keptDay,
  validFrom: keptDay,
  validTo: keptDay.nullable(),
  counterpartId: uuid.nullable(),
  counterpart: z.string().nullable(),
  ownUnitId: uuid.nullable(),
  endedOn: keptDay.nullable(),
  state: z.enum(agreementStates),
  mayChange: z.boolean(),
})
export type AgreementView = z.infer<typeof AgreementView>
export const ListAgreements = {
  summary: 'Agreements with other countries, those that end soon first',
  query: z.strictObject({ ...PageQuery, cursor: NamePageCursor }),
  reply: z.object({ items: z.array(AgreementView), next: z.string().nullable() }),
}
export const OwnKeys = {
  summary: 'This country’s own key card and its fingerprint, to be given to other countries',
  reply: z.object({ country: countryCode, card: z.string(), fingerprint: z.string() }),
}

// Packets that leave

/** Record id: the new packet's. */
export const MakePacket = z.strictObject({
  nrmId: uuid,
  returnId: nullable(uuid),
  counterpartId: uuid,
  purpose: z.enum(packetPurposes),
  items: z
    .array(z.strictObject({ field, value: saidText(4000), reason: saidText(1000).optional() }))
    .min(1)
    .max(crossFieldNames.length),
  ground: z.enum(packetGrounds),
  groundRef: trimmedText(200),
  days: z.int().min(1).max(365),
  /** Language of the paper inside. */
  language: z.enum(['sq', 'en']).default('en'),
})
export const RevokePacket = z.strictObject({ why: z.enum(revokeReasons), words: saidText(2000).optional() })

const PacketView = z.object({
  id: uuid,
  version: z.int(),
  /** By which the other country knows it. */
  packetId: uuid,
  nrmId: uuid,
  returnId: uuid.nullable(),
  code: z.string(),
  country: countryCode,
  institution: z.string().nullable(),
  purpose: z.enum(packetPurposes),
  fields: z.array(field),
  tier: z.enum(['T3', 'T4']),
  ground: z.enum(packetGrounds),
  groundRef: z.string(),
  madeAt: instant,
  madeBy: z.string().nullable(),
  expiresAt: instant,
  revokedAt: instant.nullable(),
  revokedWhy: z.enum(revokeReasons).nullable(),
  state: z.enum(['valid', 'expired', 'revoked']),
  may: z.array(z.enum(['take', 'revoke'])),
})
export type PacketView = z.infer<typeof PacketView>
export const ListPackets = {
  summary: 'Packets made for other countries, newest first',
  query: z.strictObject({ ...PageQuery, nrm: uuid.optional() }),
  reply: z.object({ items: z.array(PacketView), next: z.string().nullable() }),
}
export const PacketDraftOf = {
  summary:
    'What a packet about a file of the trafficking track may begin from: values that the reader sees, contacts, consents',
  params: z.strictObject({ id: uuid }),
  query: z.strictObject({ returnId: uuid.optional() }),
  reply: z.object({
    subject: z.enum(['child', 'adult']),
    /** Known values by field; the maker may shorten them. */
    values: z.record(z.string(), z.string()),
    fields: z.record(z.enum(packetPurposes), z.array(field)),
    counterparts: z.array(
      z.object({ id: uuid, country: countryCode, institution: z.string(), usable: z.boolean() }),
    ),
    /** Whether consent covers what leaves now. */
    consent: z.boolean(),
    days: z.int(),
  }),
}
export const TakePacketFile = {
  summary: 'The packet as a file for the other country; nobody else opens it',
  params: z.strictObject({ id: uuid }),
}
export const RevocationsOf =
  'Packets that this country has recalled: hashes only, signed with its key; nobody’s data'

// Packets that come

/** Text of base64, bounded like the file itself. */
export const ReceivePacket = z.strictObject({ file: z.base64().max(5_800_000) })
export const TakeRevocations = z.strictObject({ list: z.string().min(1).max(4_194_304) })
/** A report of a child, to the unit of that municipality, from what the packet says. */
export const ReportFromPacket = z.strictObject({
  reportId: uuid,
  municipality: z.string().regex(/^\d{2}$/),
  immediacy: z.enum(immediacies),
  narrative: saidText(8000),
})

const Consent = z.strictObject({
  who: z.enum(['adult', 'child', 'representative']),
  answer: z.enum(['given', 'too_young']),
  on: day,
  words: z.string().max(8000),
})
/** Version 1 of what stands inside. Described in docs/packets.md; a test holds the two together. */
export const PacketContent = z.strictObject({
  schema: z.literal('mburoja packet content 1'),
  id: uuid,
  from: z.strictObject({
    country: countryCode,
    institution: z.string().min(1).max(200),
    contact: z.string().max(400),
  }),
  to: z.strictObject({ country: countryCode, institution: z.string().min(1).max(200) }),
  purpose: z.enum(packetPurposes),
  subject: z.enum(['child', 'adult']),
  reference: z.string().max(60),
  basis: z.strictObject({
    ground: z.enum(packetGrounds),
    reference: z.string().min(1).max(200),
    consents: z.array(Consent).max(4),
  }),
  items: z
    .array(z.strictObject({ field, value: z.string().max(4000), reason: z.string().max(1000).optional() }))
    .max(40),
  paper: z.strictObject({
    media: z.literal('application/pdf'),
    name: z.string().max(120),
    base64: z.base64(),
  }),
})
export type PacketContent = z.infer<typeof PacketContent>

const ReceivedView = z.object({
  id: uuid,
  version: z.int(),
  packetId: uuid,
  country: countryCode,
  institution: z.string().nullable(),
  purpose: z.enum(packetPurposes),
  subject: z.enum(['child', 'adult']),
  fields: z.array(z.string()),
  ground: z.enum(packetGrounds),
  madeAt: instant,
  expiresAt: instant,
  receivedAt: instant,
  receivedBy: z.string().nullable(),
  revokedAt: instant.nullable(),
  state: z.enum(['valid', 'expired', 'revoked']),
  reportId: uuid.nullable(),
})
export type ReceivedView = z.infer<typeof ReceivedView>
export const ListReceived = {
  summary: 'Packets of other countries opened here, newest first',
  query: z.strictObject({ ...PageQuery }),
  reply: z.object({ items: z.array(ReceivedView), next: z.string().nullable() }),
}
export const ReadReceived = {
  summary: 'What an opened packet says, while it is neither run out nor recalled',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    packet: ReceivedView,
    content: PacketContent.omit({ paper: true }).extend({
      basis: PacketContent.shape.basis.extend({ consents: z.array(Consent.extend({ on: keptDay })) }),
    }),
    list: z.object({ madeAt: instant, hours: z.int(), old: z.boolean() }).nullable(),
  }),
}
export const TakeReceivedPaper = {
  summary: 'The paper inside an opened packet',
  params: z.strictObject({ id: uuid }),
}
