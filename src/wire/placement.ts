/** Placements of a child: what may be asked, what is answered, and the monitoring of alternative care. */
import { z } from 'zod'
import { seenBy } from '#domain/case/closure.ts'
import { childViews, measureKinds } from '#domain/case/state.ts'
import {
  bases,
  careBodies,
  careSteps,
  careTracks,
  endReasons,
  leavingGoals,
  leavingOutcomes,
  leavingStepStatuses,
  placementKinds,
  placementReviewOutcomes,
  placementStatuses,
  safeties,
  siblingWays,
  visitSights,
} from '#domain/placement/events.ts'
import { instant, uuid } from './envelope.ts'
import { day, freeText, keptDay, moment, saidText, trimmedText } from './text.ts'

const said = saidText(8000)
const words = freeText(4000).optional()
const month = z.union([z.literal(1), z.literal(3), z.literal(6), z.literal(12)])
const placementId = uuid

export const PlanPlacement = z.strictObject({
  kind: z.enum(placementKinds),
  basis: z.enum(bases),
  /** The measure, the matter before the court, or the consent. */
  basisId: uuid.nullable().default(null),
  from: day,
  until: day.nullable().default(null),
  childView: z.enum(childViews),
  childWords: words,
  siblings: z.enum(siblingWays),
  siblingsWhy: words,
  familyTold: z.boolean(),
  purpose: said,
  /** A bed that was held in the register of facilities and foster families. */
  holdId: uuid.nullable().default(null),
  /** Of whoever is in no register: a grandmother, an aunt. */
  carer: trimmedText(200).optional(),
  address: freeText(400).optional(),
})
export const BeginPlacement = z.strictObject({ placementId, startedAt: moment })
export const MovePlacement = z.strictObject({ toId: uuid, movedAt: moment, reason: said })
export const CancelPlacement = z.strictObject({ placementId, reason: said })
export const EndPlacement = z.strictObject({
  placementId,
  reason: z.enum(endReasons),
  endedAt: moment,
  explanation: said,
})
export const ReviewPlacement = z.strictObject({
  placementId,
  reviewedOn: day,
  outcome: z.enum(placementReviewOutcomes),
  childView: z.enum(childViews),
  childWords: words,
  findings: said,
  nextOn: day.nullable().default(null),
})
export const VisitPlacement = z.strictObject({
  placementId,
  visitedOn: day,
  seen: z.enum(visitSights),
  concern: z.boolean(),
  childWords: words,
  findings: said,
  nextOn: day.nullable().default(null),
})
export const VisitExit = z.strictObject({
  month,
  seenOn: day,
  seen: z.enum(seenBy),
  safe: z.enum(safeties),
  findings: said,
})
export const TakeCareStep = z.strictObject({
  track: z.enum(careTracks),
  step: z.enum(careSteps),
  on: day,
  matterId: uuid.nullable().default(null),
  act: freeText(160).optional(),
  representativeId: uuid.nullable().default(null),
  childView: z.enum(childViews).nullable().default(null),
  childWords: words,
  remark: words,
})
const step = z.strictObject({ text: trimmedText(1000), due: day })
export const MakeLeavingPlan = z.strictObject({
  goal: z.enum(leavingGoals),
  targetOn: day,
  why: said,
  steps: z.array(step).min(1).max(20),
})
export const AddLeavingStep = step
export const SetLeavingStep = z.strictObject({
  leavingStepId: uuid,
  status: z.enum(leavingStepStatuses),
  doneOn: day.nullable().default(null),
  remark: words,
})
export const EndLeavingPlan = z.strictObject({ outcome: z.enum(['changed', 'stopped']), reason: said })

const text = z.string().nullable()
const bilingual = z.object({ sq: z.string(), en: z.string() })
const PlacementView = z.object({
  id: uuid,
  kind: z.enum(placementKinds),
  status: z.enum(placementStatuses),
  basis: z.enum(bases),
  from: keptDay,
  until: keptDay.nullable(),
  childView: z.enum(childViews),
  siblings: z.enum(siblingWays),
  familyTold: z.boolean(),
  registered: z.boolean(),
  hidden: z.boolean(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  endReason: z.enum(endReasons).nullable(),
  movedTo: uuid.nullable(),
  reviewOn: keptDay.nullable(),
  visitOn: keptDay.nullable(),
  purpose: text,
  childWords: text,
  siblingsWhy: text,
  ending: text,
  /** Null beyond the reader's reach. */
  place: z.object({ name: text, address: text }).nullable(),
  reviews: z.array(
    z.object({
      id: uuid,
      reviewedOn: keptDay,
      outcome: z.enum(placementReviewOutcomes),
      childView: z.enum(childViews),
      nextOn: keptDay.nullable(),
      findings: text,
      childWords: text,
    }),
  ),
  visits: z.array(
    z.object({
      id: uuid,
      visitedOn: keptDay,
      seen: z.enum(visitSights),
      concern: z.boolean(),
      nextOn: keptDay.nullable(),
      findings: text,
      childWords: text,
    }),
  ),
})
export type PlacementView = z.infer<typeof PlacementView>

export const ReadPlacements = {
  summary:
    'Where the child of a case lives and lived, reviews, visits, the way out of care; texts and places where the tier reaches',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    placements: z.array(PlacementView),
    exits: z.array(
      z.object({
        month: z.int(),
        due: keptDay,
        doneAt: instant.nullable(),
        seenOn: keptDay.nullable(),
        safe: z.enum(safeties).nullable(),
      }),
    ),
    steps: z.array(
      z.object({
        id: uuid,
        track: z.enum(careTracks),
        step: z.enum(careSteps),
        on: keptDay,
        body: z.enum(careBodies),
        act: text,
        remark: text,
        childWords: text,
      }),
    ),
    /** What may follow, by track. */
    next: z.object({ guardianship: z.array(z.enum(careSteps)), adoption: z.array(z.enum(careSteps)) }),
    leaving: z.array(
      z.object({
        id: uuid,
        goal: z.enum(leavingGoals),
        targetOn: keptDay,
        madeOn: keptDay,
        outcome: z.enum(leavingOutcomes).nullable(),
        endedOn: keptDay.nullable(),
        why: text,
        steps: z.array(
          z.object({
            id: uuid,
            due: keptDay,
            status: z.enum(leavingStepStatuses),
            doneOn: keptDay.nullable(),
            text,
            remark: text,
          }),
        ),
      }),
    ),
    /** What a new placement may rest on, and the beds that wait for a child; empty for those who may not plan one. */
    choices: z.object({
      measures: z.array(z.object({ id: uuid, kind: z.enum(measureKinds), until: keptDay.nullable() })),
      courts: z.array(z.object({ id: uuid, matter: z.string(), decidedOn: keptDay.nullable() })),
      consents: z.array(z.object({ id: uuid, capacity: z.string(), givenAt: instant })),
      beds: z.array(
        z.object({
          id: uuid,
          code: z.string(),
          name: bilingual.nullable(),
          sort: z.enum(['facility', 'foster_family']),
          takes: z.array(z.enum(placementKinds)),
          sex: z.string(),
          ageBand: z.string(),
          confirmed: z.boolean(),
          expiresAt: instant.nullable(),
        }),
      ),
      representatives: z.array(z.object({ id: uuid, name: z.string() })),
      siblings: z.int(),
    }),
  }),
}
export type CasePlacements = z.infer<typeof ReadPlacements.reply>

const year = z.coerce.number().int().min(2000).max(2199)
export const PlacementMonitoringOf = {
  summary:
    'Monitoring of alternative care and of leaving institutions in one year: the caller’s unit, municipality or the country; 1 to 4 hidden',
  query: z.strictObject({ year, lang: z.enum(['sq', 'en']).default('sq') }),
}
