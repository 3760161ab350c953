/** Coordinating bodies on the wire: seats, obligations to meet, meetings. Nothing here names a child or a survivor. */
import { z } from 'zod'
import { dutyStates } from '#domain/body/duty.ts'
import { bodyKinds, dutyPeriods, dutyProofs, seats } from '#domain/body/state.ts'
import { PageQuery, uuid } from './envelope.ts'
import { day, trimmedText } from './text.ts'

export const placeCode = {
  county: z
    .string()
    .regex(/^[A-Z]{2}-[0-9]{2}$/)
    .optional(),
  municipality: z
    .string()
    .regex(/^[0-9]{2}$/)
    .optional(),
}
export const institutionCode = z.string().regex(/^[A-ZÇË0-9-]{2,16}$/)
/** Lateness and obligations as they stood at the end of this day; today where left out. */
export const asOf = day.optional()

export const AddMember = z.strictObject({
  institution: institutionCode,
  seat: z.enum(seats),
  ...placeCode,
  /** The post, in both languages; never for survivors and children. */
  officeSq: trimmedText(200).optional(),
  officeEn: trimmedText(200).optional(),
  /** Of an official only. */
  officialName: trimmedText(120).optional(),
  from: day,
})
export const EndMember = z.strictObject({ memberId: uuid, to: day })
export const CountPeople = z.strictObject({ people: z.int().min(0).max(500), day })

export const InstitutionView = z.object({
  code: z.string(),
  nameSq: z.string(),
  nameEn: z.string(),
  level: z.enum(['national', 'county', 'municipality']),
  /** Somebody in this register acts for it. */
  acts: z.boolean(),
})
export type InstitutionView = z.infer<typeof InstitutionView>
export const ListInstitutions = {
  summary: 'Institutions that sit in bodies and own recommendations',
  reply: z.object({ items: z.array(InstitutionView), next: z.null() }),
}

const named = { code: z.string(), nameSq: z.string(), nameEn: z.string() }
export const BodySummary = z.object({
  id: uuid,
  ...named,
  kind: z.enum(bodyKinds),
  parentId: uuid.nullable(),
  county: z.string().nullable(),
  municipality: z.string().nullable(),
  anonymous: z.boolean(),
  /** The reader is its chair or secretariat. */
  mayRun: z.boolean(),
  /** The reader's institution sits in it; otherwise it lies below one in which it does. */
  sits: z.boolean(),
  nextMeeting: z.object({ id: uuid, startsAt: z.string() }).nullable(),
  lastHeldOn: z.string().nullable(),
  overdue: z.int(),
  /** Counted when the day passed; never fewer. */
  missed: z.int(),
  openRecommendations: z.int(),
  lateRecommendations: z.int(),
})
export type BodySummary = z.infer<typeof BodySummary>
export const ListBodies = {
  summary: 'The bodies that you sit in and those below them, with their next meeting and what is overdue',
  query: z.strictObject({ asOf }),
  reply: z.object({ items: z.array(BodySummary), asOf: z.string(), next: z.null() }),
}

export const ObligationView = z.object({
  id: uuid,
  body: z.object({ id: uuid, ...named }),
  rule: z.string(),
  periodFrom: z.string(),
  periodTo: z.string(),
  dueOn: z.string(),
  needed: z.int(),
  done: z.int(),
  proof: z.enum(dutyProofs),
  state: z.enum(dutyStates),
  metOn: z.string().nullable(),
  daysLate: z.int(),
  missed: z.boolean(),
  /** U, or D where the days of grace were decided here: shown as unconfirmed. */
  verification: z.enum(['V', 'U', 'D']),
  legalSource: z.string(),
})
export type ObligationView = z.infer<typeof ObligationView>
export const ListObligations = {
  summary: 'Obligations to meet, of your bodies and those below, the earliest due first',
  query: z.strictObject({
    asOf,
    bodyId: uuid.optional(),
    /** `open`: all that are not met, overdue or not. */
    state: z.enum(['overdue', 'open', 'all']).default('overdue'),
    ...PageQuery,
  }),
  reply: z.object({ items: z.array(ObligationView), total: z.int(), next: z.string().nullable() }),
}

export const MemberView = z.object({
  id: uuid,
  institution: InstitutionView,
  county: z.string().nullable(),
  municipality: z.string().nullable(),
  placeName: z.string().nullable(),
  seat: z.enum(seats),
  officeSq: z.string().nullable(),
  officeEn: z.string().nullable(),
  officialName: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
})
export type MemberView = z.infer<typeof MemberView>
export const GetBody = {
  summary: 'One body: its seats, what it must do, who stands above',
  params: z.object({ id: uuid }),
  query: z.strictObject({ asOf }),
  reply: z.object({
    id: uuid,
    version: z.int(),
    ...named,
    kind: z.enum(bodyKinds),
    /** Null at the top, and where the body above is not the reader's to see. */
    parent: z.object({ id: uuid, ...named }).nullable(),
    below: z.array(z.object({ id: uuid, ...named })),
    county: z.string().nullable(),
    municipality: z.string().nullable(),
    anonymous: z.boolean(),
    people: z.int().nullable(),
    countedOn: z.string().nullable(),
    validFrom: z.string().nullable(),
    validTo: z.string().nullable(),
    source: z.string(),
    mayRun: z.boolean(),
    members: z.array(MemberView),
    duties: z.array(
      z.object({
        rule: z.string(),
        period: z.enum(dutyPeriods),
        proof: z.enum(dutyProofs),
        since: z.string(),
      }),
    ),
    obligations: z.array(ObligationView),
  }),
}
export type BodyView = z.infer<typeof GetBody.reply>
