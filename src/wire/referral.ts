/**
 * Referrals on the wire: what is sent, what each side reads. A recipient is shown its packet and what it does not see;
 * no reply ever carries more than `packetFor` allows.
 */
import { z } from 'zod'
import {
  type PacketField,
  packetFieldNames,
  recipientKinds,
  referralServices,
  withheldReasons,
  withheldThings,
} from '#domain/referral/packet.ts'
import {
  declineReasons,
  groundKinds,
  objections,
  referralOutcomes,
  referralStates,
  withdrawReasons,
} from '#domain/referral.ts'
import { ClockView } from './clock.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { ChildAnswer } from './rights.ts'
import { day, freeText, keptPartialDate, trimmedText } from './text.ts'

const text = trimmedText(2000)
const field = z.enum(packetFieldNames as [PacketField, ...PacketField[]])
const partialDate = z.strictObject({ from: day, to: day, said: freeText(80) })

/** What the sender writes; what the case already holds (name, birth, identity) is taken from the case, not from here. */
export const SaidFields = z.strictObject({
  allergies: text.optional(),
  birth: partialDate.optional(),
  birth_facts: text.optional(),
  contact: text.optional(),
  danger: text.optional(),
  cover_need: text.optional(),
  day_need: text.optional(),
  employer: text.optional(),
  enrolment_need: text.optional(),
  housing_need: text.optional(),
  health_need: text.optional(),
  indicators: z.array(freeText(300)).max(60).optional(),
  name: trimmedText(200).optional(),
  needs: text.optional(),
  place: text.optional(),
  return_need: text.optional(),
  risks: text.optional(),
  skills: text.optional(),
  work_place: text.optional(),
  zone: trimmedText(200).optional(),
})

export const SendReferral = z.strictObject({
  /** The case it is sent from; absent when a professional asks a Child Protection Unit to act. */
  caseId: uuid.optional(),
  toUnitId: uuid,
  service: z.enum(referralServices),
  /** The action of the plan that it carries out; only from a case. */
  actionId: uuid.optional(),
  /** The entry of the service directory by which the recipient was found. */
  entryId: uuid.optional(),
  said: SaidFields,
  grounds: z
    .array(
      z.strictObject({
        kind: z.enum(groundKinds),
        /** Article of law, reason of safety, or the id of the consent. */
        ref: trimmedText(200),
        scope: z.array(field).min(1).optional(),
      }),
    )
    .max(6),
  /** Who objects to it being sent, as far as known. */
  objection: z.enum(objections).default('none'),
  overrideReason: text.optional(),
  /** What the child answered when asked now; an earlier answer need not be said again. */
  child: ChildAnswer.optional(),
})
export type SendReferral = z.infer<typeof SendReferral>

export const AcknowledgeReferral = z.strictObject({ reply: text.optional() })
export const AcceptReferral = z.strictObject({ reply: text.optional() })
export const DeclineReferral = z.strictObject({ reason: z.enum(declineReasons), reply: text.optional() })
export const StartService = z.strictObject({})
export const CompleteReferral = z.strictObject({ outcome: z.enum(referralOutcomes), reply: text.optional() })
export const WithdrawReferral = z.strictObject({ reason: z.enum(withdrawReasons) })

const Unit = z.object({
  id: uuid,
  kind: z.string(),
  nameSq: z.string(),
  nameEn: z.string(),
  municipality: z.string().nullable(),
  county: z.string().nullable(),
  phone: z.string().nullable(),
})
export type DirectoryUnit = z.infer<typeof Unit>

export const referralActs = [
  'acknowledge',
  'accept',
  'decline',
  'start_service',
  'complete',
  'withdraw',
] as const

/** A row of a list: no name, no words of either side. */
export const ReferralRow = z.object({
  id: uuid,
  code: z.string(),
  version: z.int(),
  state: z.enum(referralStates),
  /** Which side the reader stands on. */
  side: z.enum(['in', 'out']),
  service: z.enum(referralServices),
  recipientKind: z.enum(recipientKinds),
  from: Unit,
  to: Unit,
  /** Only for the sending side. */
  caseId: uuid.nullable(),
  /** Only for the sending side: the action of the plan that it carries out. */
  actionId: uuid.nullable(),
  sentAt: instant,
  ackDueAt: instant.nullable(),
  answerDueAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  decidedAt: instant.nullable(),
  serviceStartedAt: instant.nullable(),
  closedAt: instant.nullable(),
  accessEndedAt: instant.nullable(),
  escalatedAt: instant.nullable(),
  declineReason: z.enum(declineReasons).nullable(),
  outcome: z.enum(referralOutcomes).nullable(),
  /** Minutes from sending to the start of the service. */
  waitingMinutes: z.int().nullable(),
  allowedActions: z.array(z.enum(referralActs)),
})
export type ReferralRow = z.infer<typeof ReferralRow>

const Identity = z.object({
  name: z.string().nullable(),
  birth: keptPartialDate.nullable(),
  sex: z.string().nullable(),
})
export const PacketValue = z.union([z.string(), z.array(z.string()), keptPartialDate, Identity])
export type PacketValue = z.infer<typeof PacketValue>

export const ReferralView = ReferralRow.extend({
  /** Receipt (D24) and answer (D25), in this order. */
  clocks: z.array(ClockView),
  grounds: z.array(
    z.object({
      kind: z.enum(groundKinds),
      ref: z.string(),
      scope: z.array(field),
      version: z.int(),
      endedAt: instant.nullable(),
    }),
  ),
  /** Empty once access has ended, and for readers of the row alone. */
  packet: z.array(z.object({ field, tier: z.enum(['T3', 'T4']), value: PacketValue })),
  withheld: z.array(
    z.object({
      what: z.union([z.enum(withheldThings), field]),
      why: z.enum(withheldReasons),
    }),
  ),
  replies: z.array(z.object({ at: instant, act: z.enum(referralActs), unitId: uuid, body: z.string() })),
})
export type ReferralView = z.infer<typeof ReferralView>

export const ListReferrals = {
  summary: 'Referrals received (in), sent (out), or unanswered and said to those above (escalated)',
  query: z.strictObject({
    box: z.enum(['in', 'out', 'escalated']).default('in'),
    open: z.enum(['true', 'false']).optional(),
    ...PageQuery,
  }),
  reply: z.object({ items: z.array(ReferralRow), next: z.string().nullable() }),
}
export const GetReferral = {
  summary: 'One referral: packet, clocks, what the reader does not see, what it may do',
  params: z.object({ id: uuid }),
  reply: ReferralView,
}
export const CaseReferrals = {
  summary: 'The referrals sent from a case, with their replies',
  params: z.object({ id: uuid }),
  reply: z.object({ items: z.array(ReferralView), next: z.null() }),
}
export const ListInstitutions = {
  summary: 'The directory: units to which one may refer, by kind and place, with what each kind is given',
  query: z.strictObject({
    kind: z.enum(recipientKinds).optional(),
    municipality: z
      .string()
      .regex(/^[0-9]{2}$/)
      .optional(),
  }),
  reply: z.object({
    items: z.array(
      Unit.extend({
        institutionId: uuid,
        recipientKind: z.enum(recipientKinds),
        services: z.array(z.enum(referralServices)),
        /** The least data this kind of recipient is given. */
        fields: z.array(field),
      }),
    ),
    next: z.null(),
  }),
}
