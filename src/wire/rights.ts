/** Rights explained, and the child's own permission, on the wire. */
import { z } from 'zod'
import { type PacketField, packetFieldNames, recipientKinds } from '#domain/referral/packet.ts'
import { audiences, rightsFormats, rightsTopics, understandings } from '#domain/rights/information.ts'
import { notAskedWhy, permissionAnswers } from '#domain/rights/permission.ts'
import { instant, uuid } from './envelope.ts'
import { day, freeText, keptDay, trimmedText } from './text.ts'

const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
const field = z.enum(packetFieldNames as [PacketField, ...PacketField[]])
const distinct = (items: readonly unknown[]): boolean => new Set(items).size === items.length

/** Record id: the case's. */
export const ExplainRights = z.strictObject({
  on: day,
  audience: z.enum(audiences),
  topics: z.array(z.enum(rightsTopics)).min(1).max(20).refine(distinct),
  language,
  format: z.enum(rightsFormats),
  interpreter: z.boolean(),
  understood: z.enum(understandings),
  explainedBy: trimmedText(200),
  questions: freeText(4000).optional(),
})
/** What the child answered; also part of a referral, where it is asked at sending. */
export const ChildAnswer = z.strictObject({
  answer: z.enum(permissionAnswers),
  why: z.enum(notAskedWhy).optional(),
  words: freeText(2000).optional(),
})
export const AskPermission = z.strictObject({
  on: day,
  recipients: z.array(z.enum(recipientKinds)).min(1).max(15).refine(distinct),
  fields: z.array(field).min(1).max(30),
  ...ChildAnswer.shape,
})
export const WithdrawPermission = z.strictObject({ permissionId: uuid })

const said = z.string().nullable()
export const CaseRights = {
  summary:
    'Rights explained in a case, what the child answered about sensitive information, and from which age it is asked',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    rights: z.array(
      z.object({
        id: uuid,
        on: keptDay,
        audience: z.enum(audiences),
        topics: z.array(z.enum(rightsTopics)),
        language: z.string(),
        format: z.enum(rightsFormats),
        interpreter: z.boolean(),
        understood: z.enum(understandings),
        explainedBy: said,
        questions: said,
      }),
    ),
    permissions: z.array(
      z.object({
        id: uuid,
        on: keptDay,
        recipients: z.array(z.enum(recipientKinds)),
        fields: z.array(field),
        answer: z.enum(permissionAnswers),
        why: z.enum(notAskedWhy).nullable(),
        words: said,
        withdrawnAt: instant.nullable(),
      }),
    ),
    /** Whole years; unconfirmed. */
    askedFrom: z.int(),
  }),
}
