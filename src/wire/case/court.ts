/** Matters of a case before a court: what may be asked, what is answered, and the yearly monitoring. */
import { z } from 'zod'
import {
  appealOutcomes,
  appellants,
  childHearings,
  courtMatters,
  courtOutcomes,
  courtStages,
  executions,
  hindrances,
  reviewOutcomes,
} from '#domain/case/court-events.ts'
import { cooperation } from '#domain/case/measure.ts'
import { instant, PageQuery, uuid } from '../envelope.ts'
import { day, freeText, keptDay, moment, saidText, trimmedText } from '../text.ts'

const said = saidText(8000)
const courtId = uuid

export const ReviewMeasure = z.strictObject({
  measureId: uuid,
  outcome: z.enum(['begin', 'continue', 'extend']),
  reviewedOn: day,
  until: day.nullable().default(null),
  parentsCooperate: z.enum(cooperation).nullable().default(null),
  findings: said,
})
export const OpenCourtCase = z.strictObject({
  matter: z.enum(courtMatters),
  measureId: uuid.nullable().default(null),
  court: trimmedText(160),
  claim: said,
})
export const WriteCourtReport = z.strictObject({ courtId, report: saidText(20_000) })
export const FileCourtCase = z.strictObject({ courtId, filedOn: day, courtRef: trimmedText(80) })
export const SetHearing = z.strictObject({ courtId, hearingAt: moment })
export const HoldHearing = z.strictObject({
  courtId,
  held: z.boolean(),
  workerAttended: z.boolean(),
  childHeard: z.enum(childHearings),
  notes: freeText(4000).optional(),
})
export const DecideCourtCase = z.strictObject({
  courtId,
  outcome: z.enum(courtOutcomes),
  decidedOn: day,
  from: day.nullable().default(null),
  until: day.nullable().default(null),
  reviewOn: day.nullable().default(null),
  reasons: said,
})
export const AppealCourtCase = z.strictObject({ courtId, appellant: z.enum(appellants), appealedOn: day })
export const DecideAppeal = z.strictObject({
  courtId,
  outcome: z.enum(appealOutcomes),
  decidedOn: day,
  reasons: said,
})
export const CloseCourtCase = z.strictObject({
  courtId,
  how: z.enum(['final', 'withdrawn']),
  reason: freeText(2000).optional(),
})
export const CheckExecution = z.strictObject({
  courtId,
  checkedOn: day,
  execution: z.enum(executions),
  hindrance: z.enum(hindrances).nullable().default(null),
  findings: said,
})
export const ReviewCourtCase = z.strictObject({
  courtId,
  reviewedOn: day,
  outcome: z.enum(reviewOutcomes),
  nextOn: day.nullable().default(null),
  findings: said,
})

const CourtRow = z.object({
  id: uuid,
  caseId: uuid,
  code: z.string(),
  matter: z.enum(courtMatters),
  stage: z.enum(courtStages),
  court: z.string(),
  courtRef: z.string().nullable(),
  measureId: uuid.nullable(),
  reportOn: keptDay.nullable(),
  filedOn: keptDay.nullable(),
  nextHearingAt: instant.nullable(),
  outcome: z.enum(courtOutcomes).nullable(),
  decidedOn: keptDay.nullable(),
  until: keptDay.nullable(),
  appealUntil: keptDay.nullable(),
  appealedOn: keptDay.nullable(),
  appealOutcome: z.enum(appealOutcomes).nullable(),
  execution: z.enum(executions).nullable(),
  hindrance: z.enum(hindrances).nullable(),
  checkOn: keptDay.nullable(),
  reviewOn: keptDay.nullable(),
})
export type CourtRow = z.infer<typeof CourtRow>
const text = z.string().nullable()
export const ReadCourtCases = {
  summary:
    'Matters of one case before courts, with hearings and looks at execution; texts where the tier reaches',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    items: z.array(
      CourtRow.extend({
        claim: text,
        report: text,
        reasons: text,
        hearings: z.array(
          z.object({
            id: uuid,
            hearingAt: instant,
            held: z.boolean().nullable(),
            workerAttended: z.boolean().nullable(),
            childHeard: z.enum(childHearings).nullable(),
            notes: text,
          }),
        ),
        checks: z.array(
          z.object({
            id: uuid,
            checkedOn: keptDay,
            execution: z.enum(executions),
            hindrance: z.enum(hindrances).nullable(),
            findings: text,
          }),
        ),
      }),
    ),
  }),
}
export type CourtCaseView = z.infer<typeof ReadCourtCases.reply>['items'][number]

export const courtTasks = ['report', 'file', 'hearing', 'appeal', 'check', 'review'] as const
export const ListCourtDue = {
  summary: 'What is due in matters before courts, over the cases the caller may see: soonest first',
  query: z.strictObject(PageQuery),
  reply: z.object({
    items: z.array(CourtRow.extend({ task: z.enum(courtTasks), dueAt: instant })),
    next: z.string().nullable(),
  }),
}

const year = z.coerce.number().int().min(2000).max(2199)
export const CourtReportOf = {
  summary:
    'Monitoring of court decisions in one year: the caller’s unit, municipality or the country; 1 to 4 hidden',
  query: z.strictObject({ year, lang: z.enum(['sq', 'en']).default('sq') }),
}
