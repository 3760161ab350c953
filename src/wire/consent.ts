/** Consents on the wire (domain specification 6; decision 12). */
import { z } from 'zod'
import { capacities, consentPurposes } from '#domain/consent.ts'
import { type PacketField, packetFieldNames, recipientKinds } from '#domain/referral/packet.ts'
import { instant, uuid } from './envelope.ts'
import { moment, trimmedText } from './text.ts'

const field = z.enum(packetFieldNames as [PacketField, ...PacketField[]])

export const RecordConsent = z.strictObject({
  caseId: uuid,
  purpose: z.enum(consentPurposes),
  recipients: z.array(z.enum(recipientKinds)).min(1).max(15),
  fields: z.array(field).min(1),
  capacity: z.enum(capacities),
  givenBy: trimmedText(200),
  /** BCP 47 tag, e.g. `sq`, `rom`, `en`. */
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  explainedBy: trimmedText(200),
  conflictOfInterest: z.boolean().default(false),
  validUntil: moment.optional(),
})
export type RecordConsent = z.infer<typeof RecordConsent>

export const WithdrawConsent = z.strictObject({
  capacity: z.enum(capacities),
  note: trimmedText(2000).optional(),
})

export const ConsentView = z.object({
  id: uuid,
  version: z.int(),
  number: z.int(),
  caseId: uuid.nullable(),
  purpose: z.enum(consentPurposes),
  recipients: z.array(z.enum(recipientKinds)),
  fields: z.array(field),
  capacity: z.enum(capacities),
  language: z.string(),
  givenAt: instant,
  validUntil: instant.nullable(),
  withdrawnAt: instant.nullable(),
  /** Null for readers of the pseudonymous row alone. */
  givenBy: z.string().nullable(),
  explainedBy: z.string().nullable(),
})
export type ConsentView = z.infer<typeof ConsentView>

export const CaseConsents = {
  summary: 'Consents recorded in a case',
  params: z.object({ id: uuid }),
  reply: z.object({ items: z.array(ConsentView), next: z.null() }),
}
