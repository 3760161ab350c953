/** Labour inspections on the wire. */
import { z } from 'zod'
import { inspectionMeasures, inspectionPartners } from '#domain/inspection/inspection.ts'
import { workSectors } from '#domain/prevention/kinds.ts'
import { immediacies } from '#domain/report/body.ts'
import { PageQuery, uuid } from './envelope.ts'
import { ReportedChild } from './report.ts'
import { day, freeText, listCode, saidText, trimmedText } from './text.ts'

const nipt = z.string().regex(/^[A-Z][0-9]{8}[A-Z]$/)
const municipality = z.string().regex(/^\d{2}$/)

/** Body of `inspection.record`; the record id is the client's. Minors become one report to the unit of that municipality. */
export const RecordInspection = z.strictObject({
  jointWith: z.array(z.enum(inspectionPartners)).max(2),
  sector: z.enum(workSectors),
  employer: trimmedText(200),
  nipt: nipt.optional(),
  businessId: uuid.optional(),
  municipality,
  place: saidText(400),
  on: day,
  workersChecked: z.int().min(0).max(100_000),
  adults: z.int().min(0).max(200),
  measures: z.array(z.enum(inspectionMeasures)).min(1).max(7),
  notes: freeText(4000).optional(),
  /** Where a child lives and how to reach it is the unit’s to ask: the inspector writes who and how old. */
  minors: z.array(ReportedChild.omit({ address: true, contact: true })).max(20),
  /** Needed where minors were found. */
  report: z
    .strictObject({
      reportId: uuid,
      immediacy: z.enum(immediacies),
      concerns: z.array(listCode).max(20),
      narrative: freeText(20_000).optional(),
    })
    .optional(),
})
export type RecordInspection = z.infer<typeof RecordInspection>

const Row = z.object({
  id: uuid,
  on: z.string(),
  municipality: z.string(),
  sector: z.enum(workSectors),
  jointWith: z.array(z.enum(inspectionPartners)),
  workersChecked: z.int(),
  minors: z.int(),
  adults: z.int(),
  measures: z.array(z.enum(inspectionMeasures)),
  /** Whether minors were told to the unit; which child became what is never said. */
  told: z.boolean(),
  employer: z.string().nullable(),
  businessId: uuid.nullable(),
})
export type InspectionRow = z.infer<typeof Row>
export const InspectionList = {
  summary: 'Inspections of one’s own inspectorate; the State Agency and the Responsible Authority see all',
  query: z.strictObject(PageQuery),
  reply: z.object({ items: z.array(Row), next: z.string().nullable(), mayRecord: z.boolean() }),
}
export const ReadInspection = {
  summary: 'One inspection; nothing of a child',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    ...Row.shape,
    nipt: z.string().nullable(),
    place: z.string().nullable(),
    notes: z.string().nullable(),
  }),
}
export const InspectionFigures = {
  summary: 'Inspections, minors and suspected adults by sector; small figures of people hidden',
  query: z.strictObject({ from: day.optional(), until: day.optional() }),
  reply: z.object({
    from: z.string(),
    until: z.string(),
    rows: z.array(
      z.object({
        sector: z.enum(workSectors),
        inspections: z.int(),
        joint: z.int(),
        minors: z.int().nullable(),
        adults: z.int().nullable(),
      }),
    ),
    totals: z.object({ inspections: z.int(), joint: z.int(), minors: z.int(), adults: z.int() }),
  }),
}
