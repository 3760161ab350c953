/** What left a case, and written requests for it, on the wire. */
import { z } from 'zod'
import { disclosureKinds, handedTo } from '#domain/disclosure.ts'
import {
  type ExtractPart,
  extractPartNames,
  requestAuthorities,
  requestStates,
} from '#domain/information-request.ts'
import { groundKinds, objections } from '#domain/referral.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { day, keptDay, listCode, saidText, trimmedText } from './text.ts'

const part = z.enum(extractPartNames as [ExtractPart, ...ExtractPart[]])
const parts = z
  .array(part)
  .max(20)
  .refine((items) => new Set(items).size === items.length)

/** Record id: the case's, of all of these. */
export const RecordDisclosure = z.strictObject({
  kind: z.enum(['document', 'spoken']),
  toKind: z.enum(handedTo),
  ground: z.enum(groundKinds),
  ref: trimmedText(200),
  what: z.array(listCode).min(1).max(30),
  sensitive: z.boolean(),
  document: listCode.optional(),
  reason: saidText(2000),
})
export const ReceiveRequest = z.strictObject({
  authority: z.enum(requestAuthorities),
  reference: trimmedText(80),
  article: trimmedText(200),
  asked: parts.min(1),
  receivedOn: day,
  courtOrder: trimmedText(80).optional(),
  officer: trimmedText(200),
  words: saidText(8000),
})
export const CheckRequest = z.strictObject({
  requestId: uuid,
  lawful: z.boolean(),
  allowed: parts.default([]),
  opinion: saidText(4000),
})
export const AnswerRequest = z.strictObject({
  requestId: uuid,
  parts: z
    .array(z.strictObject({ part, text: saidText(8000) }))
    .min(1)
    .max(20)
    .refine((items) => new Set(items.map((one) => one.part)).size === items.length),
})
export const RefuseRequest = z.strictObject({ requestId: uuid, reason: saidText(4000) })

const said = z.string().nullable()
const bilingual = z.object({ sq: z.string(), en: z.string() })
export const CaseDisclosures = {
  summary: 'What left a case, newest first: which fields, to whom, on what basis, when',
  params: z.strictObject({ id: uuid }),
  query: z.strictObject(PageQuery),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        at: instant,
        kind: z.enum(disclosureKinds),
        toKind: z.string(),
        toUnit: bilingual.nullable(),
        grounds: z.array(z.object({ kind: z.string(), ref: z.string() })),
        fields: z.array(z.string()),
        tier: z.enum(['T2', 'T3', 'T4']),
        overrides: z.enum(objections),
        childAsked: z.string(),
        referralId: uuid.nullable(),
        requestId: uuid.nullable(),
        document: said,
        by: said,
        reason: said,
      }),
    ),
    next: z.string().nullable(),
  }),
}
export const CaseRequests = {
  summary:
    'Written requests for information of a case, newest first, with what was given where the tier is open',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        authority: z.enum(requestAuthorities),
        reference: z.string(),
        article: z.string(),
        asked: z.array(part),
        receivedOn: keptDay,
        courtOrder: said,
        state: z.enum(requestStates),
        allowed: z.array(part),
        given: z.array(part),
        checkedBy: uuid.nullable(),
        checkedByName: said,
        closedByName: said,
        officer: said,
        words: said,
        opinion: said,
        refusal: said,
        extract: z.array(z.object({ part, tier: z.enum(['T3', 'T4']), text: said })),
        /** What this reader may do next. */
        may: z.array(z.enum(['check', 'answer', 'refuse'])),
      }),
    ),
  }),
}
