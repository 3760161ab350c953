/** The trafficking track on the wire: files of potential and confirmed victims. */
import { z } from 'zod'
import { exitReasons } from '#domain/nrm/decide.ts'
import { nrmActions } from '#domain/nrm/policy.ts'
import { nrmDoors, nrmPhases, nrmStatuses } from '#domain/nrm/state.ts'
import { sexes } from '#domain/report/body.ts'
import { screeningSetCodes, subjects, territories } from '#domain/screening.ts'
import { PageQuery, uuid } from './envelope.ts'
import { day, freeText, keptPartialDate, listCode, partialDate, saidText } from './text.ts'

const county = z.string().regex(/^AL-\d{2}$/)
const municipality = z.string().regex(/^\d{2}$/)
const name = freeText(120).nullable()

/** Body of `nrm.open`: an adult. Either who it is (names optional), or the same person's earlier file. */
export const OpenNrm = z.strictObject({
  person: z
    .strictObject({
      givenName: name,
      familyName: name,
      otherNames: freeText(240).nullable(),
      sex: z.enum(sexes),
      birth: partialDate.nullable(),
      citizenship: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .nullable(),
    })
    .nullable(),
  /** Trafficked again: the person's earlier file. */
  priorId: uuid.nullable(),
  adult: z.boolean(),
  door: z.enum(nrmDoors),
  set: z.enum(screeningSetCodes),
  version: z.string().min(1).max(20),
  forms: z.array(listCode).min(1).max(8),
  territory: z.enum(territories),
  items: z
    .array(z.strictObject({ code: z.string().regex(/^[A-Z]{2}\d{1,2}$/), evidence: freeText(2000) }))
    .max(80),
  upward: freeText(4000),
  county: county.nullable(),
  municipality: municipality.nullable(),
  summary: freeText(8000),
  contact: freeText(2000),
})
export type OpenNrm = z.infer<typeof OpenNrm>

/** Body of `nrm.take`. */
export const TakeNrm = z.strictObject({})

/** Body of `nrm.correct`: what the file tells in words, as it is to read now. */
export const CorrectNrm = z.strictObject({
  summary: freeText(8000),
  contact: freeText(2000),
  reason: saidText(2000),
})

/** Body of `nrm.hand_over`. */
export const HandOverNrm = z.strictObject({ unitId: uuid, reason: saidText(2000) })

const decidedBy = z.enum(['self', 'representative'])
/** Body of `nrm.decline_formal`. */
export const DeclineNrm = z.strictObject({
  on: day,
  by: decidedBy,
  conflictOfInterest: z.boolean(),
  informed: z.boolean(),
  consentId: uuid.nullable(),
  basis: saidText(4000),
})
/** Body of `nrm.exit`. */
export const ExitNrm = z.strictObject({
  on: day,
  reason: z.enum(exitReasons),
  by: decidedBy.nullable(),
  basis: saidText(4000),
})

const text = z.string().nullable()
const Unit = z.object({ id: uuid, nameSq: z.string(), nameEn: z.string(), kind: z.string(), county: text })
const Due = z.object({ rule: z.string(), dueAt: z.string(), overdue: z.boolean() })
const Row = z.object({
  id: uuid,
  code: z.string(),
  version: z.int(),
  subject: z.enum(subjects),
  status: z.enum(nrmStatuses),
  statusAt: z.string(),
  phase: z.enum(nrmPhases).nullable(),
  unit: Unit,
  /** Display name of whoever manages; null while nobody does. */
  manager: text,
  structure: z.string(),
  door: z.enum(nrmDoors),
  forms: z.array(z.string()),
  territory: z.enum(territories),
  county: text,
  municipality: text,
  caseId: uuid.nullable(),
  /** Trafficked before: the earlier file, in sight or not. */
  priorId: uuid.nullable(),
  openedAt: z.string(),
  lowered: z.boolean(),
  /** Last event of the file, or of the child's case. */
  lastActAt: z.string(),
  due: Due.nullable(),
  /** For those who read the identified core; empty for an unnamed person. */
  name: text,
})
export type NrmListRow = z.infer<typeof Row>

export const ListNrm = {
  summary: 'Files of the trafficking track that the caller manages or oversees, newest first',
  query: z.strictObject({
    ...PageQuery,
    status: z.enum(nrmStatuses).optional(),
    subject: z.enum(subjects).optional(),
    county: county.optional(),
    /** Only with a clock that has run out. */
    overdue: z.enum(['yes']).optional(),
    /** Only where nothing has happened for so many days, and which are not ended. */
    idleDays: z.coerce.number().int().min(1).max(3650).optional(),
    caseId: uuid.optional(),
    personId: uuid.optional(),
  }),
  reply: z.object({ items: z.array(Row), next: z.string().nullable() }),
}

const Step = z.object({
  id: uuid,
  status: z.string(),
  on: z.string(),
  structure: z.string(),
  signatories: z.array(z.string()),
  priorTrafficking: z.boolean(),
  recordedAt: z.string(),
  by: text,
  /** Why, for those who read the identified core. */
  basis: text,
})
const Other = z.object({ id: uuid, code: z.string(), status: z.enum(nrmStatuses), openedAt: z.string() })
export const ReadNrm = {
  summary: 'One file of the trafficking track with its history',
  params: z.strictObject({ id: uuid }),
  reply: Row.extend({
    personId: uuid,
    caseCode: text,
    /** T2 to T4: how far the caller reads. */
    tier: z.enum(['T2', 'T3', 'T4']),
    person: z
      .object({
        givenName: text,
        familyName: text,
        otherNames: text,
        sex: z.enum(sexes),
        citizenship: text,
        birth: keptPartialDate.nullable(),
      })
      .nullable(),
    summaryText: text,
    contact: text,
    history: z.array(Step),
    /** Statuses that may follow this one. */
    nextSteps: z.array(z.enum(nrmStatuses)),
    actions: z.array(z.enum(nrmActions)),
    /** Trafficked again: a new file may go on from this one, the person's newest. */
    again: z.boolean(),
    /** The same person's other files that the caller sees. */
    others: z.array(Other),
    screening: z
      .object({
        set: z.string(),
        version: z.string(),
        met: z.int(),
        advised: z.string(),
        items: z.array(z.object({ code: z.string(), evidence: text })),
      })
      .nullable(),
  }),
}
export type NrmView = z.infer<typeof ReadNrm.reply>

export const ListNrmFilings = {
  summary: 'Adults whom the caller identified in the last thirty days: filed, and taken or not',
  reply: z.object({
    items: z.array(
      z.object({ id: uuid, code: z.string(), openedAt: z.string(), taken: z.boolean(), unit: Unit }),
    ),
  }),
}

export const ListNrmUnits = {
  summary: 'Regional social services and shelters: to whom an adult’s file can be handed over',
  reply: z.object({ items: z.array(Unit) }),
}
