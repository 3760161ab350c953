/** Screening and identification on the wire. */
import { z } from 'zod'
import { identificationStatuses } from '#domain/identification.ts'
import { screeningResults, screeningSetCodes, settings, subjects, territories } from '#domain/screening.ts'
import { uuid } from './envelope.ts'
import { day, freeText, listCode, saidText } from './text.ts'

const forms = z.array(listCode).min(1).max(8)

/** Body of `screening.record`; the record id is the client's. Inside a case, or at a border or in a raid on one's own report. */
export const RecordScreening = z.strictObject({
  set: z.enum(screeningSetCodes),
  version: z.string().min(1).max(20),
  caseId: uuid.optional(),
  reportId: uuid.optional(),
  childId: uuid.optional(),
  subject: z.enum(subjects),
  forms,
  territory: z.enum(territories),
  setting: z.enum(settings),
  items: z
    .array(z.strictObject({ code: z.string().regex(/^[A-Z]{2}\d{1,2}$/), evidence: freeText(2000) }))
    .max(80),
  result: z.enum(screeningResults).optional(),
  reason: freeText(4000).optional(),
})
export type RecordScreening = z.infer<typeof RecordScreening>

/** Body of `screening.decide`: the supervisor's word on a lower result. */
export const DecideScreening = z.strictObject({ agree: z.boolean(), reason: saidText(4000) })

const Labelled = z.object({ code: z.string(), sq: z.string(), en: z.string() })

export const ScreeningSets = {
  summary: 'Screening sets in force on a day (today when none is named), with their sources',
  query: z.strictObject({ on: day.optional() }),
  reply: z.object({
    items: z.array(
      z.object({
        code: z.enum(screeningSetCodes),
        version: z.string(),
        effectiveFrom: z.string(),
        effectiveTo: z.string().nullable(),
        threshold: z.int(),
        /** `unverified` until a legal officer has confirmed the wording. */
        status: z.string(),
        sq: z.string(),
        en: z.string(),
        source: z.string(),
        dimensions: z.array(Labelled),
        forms: z.array(Labelled),
        items: z.array(
          Labelled.extend({
            dimension: z.string(),
            appliesTo: z.array(z.enum(subjects)),
            forms: z.array(z.string()),
            source: z.string(),
          }),
        ),
      }),
    ),
  }),
}

const ScreeningRow = z.object({
  id: uuid,
  set: z.enum(screeningSetCodes),
  version: z.string(),
  subject: z.enum(subjects),
  forms: z.array(z.string()),
  territory: z.enum(territories),
  setting: z.enum(settings),
  met: z.int(),
  dimensions: z.array(z.string()),
  advised: z.enum(screeningResults),
  result: z.enum(screeningResults),
  /** A lower result that waits for a supervisor. */
  proposedResult: z.enum(screeningResults).nullable(),
  screenerId: uuid,
  at: z.string(),
  recordVersion: z.int(),
  mayDecide: z.boolean(),
  /** Elements with what shows them, for those who may read the identified core. */
  items: z.array(z.object({ code: z.string(), evidence: z.string().nullable() })),
})

export const CaseScreenings = {
  summary: 'Screenings of a case, newest first',
  params: z.strictObject({ id: uuid }),
  reply: z.object({ items: z.array(ScreeningRow) }),
}

export const CaseIdentification = {
  summary: 'Trafficking status of a case as an append-only history, newest first',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    status: z.enum(identificationStatuses),
    items: z.array(
      z.object({
        id: uuid,
        status: z.enum(identificationStatuses),
        on: z.string(),
        structure: z.string(),
        forms: z.array(z.string()),
        territory: z.enum(territories),
        priorTrafficking: z.boolean(),
        signatories: z.array(z.string()),
        screeningId: uuid.nullable(),
        recordedAt: z.string(),
      }),
    ),
  }),
}
