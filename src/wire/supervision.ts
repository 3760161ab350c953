/** Load, standing in, handing over, talks of supervision and reviews of files on the wire. */
import { z } from 'zod'
import { absenceKinds } from '#domain/supervision/absence.ts'
import { fileItems } from '#domain/supervision/completeness.ts'
import { mendKinds } from '#domain/supervision/review.ts'
import { talkTopics } from '#domain/supervision/talk.ts'
import { RecordAssessment } from './case/commands.ts'
import { uuid } from './envelope.ts'
import { formVersion } from './form.ts'
import { day, freeText, keptDay, saidText } from './text.ts'

/** Several cases to others in one act; the record id is minted for the act. Who leaves leaves nothing behind. */
export const ReassignMany = z.strictObject({
  moves: z
    .array(
      z.strictObject({
        caseId: uuid,
        /** Who worked the case when the head looked. */
        fromId: uuid.nullable(),
        managerId: uuid,
      }),
    )
    .max(200),
  reason: saidText(2000),
  leaverId: uuid.nullable().default(null),
})

export const NameAbsence = z.strictObject({
  workerId: uuid,
  deputyId: uuid,
  from: day,
  until: day,
  kind: z.enum(absenceKinds),
})
export const EndAbsence = z.strictObject({})

const Who = z.object({ id: uuid, name: z.string() })
export const AbsenceView = z.object({
  id: uuid,
  version: z.int(),
  worker: Who,
  deputy: Who,
  from: keptDay,
  until: keptDay,
  kind: z.enum(absenceKinds),
  endedOn: keptDay.nullable(),
  /** Holds today. */
  now: z.boolean(),
  /** The stand-in still works in the unit; else nobody stands in. */
  stands: z.boolean(),
  mayEnd: z.boolean(),
})
export type AbsenceView = z.infer<typeof AbsenceView>
export const ListAbsences = {
  summary: 'Who of the unit is out of office, from today on, and who stands in',
  reply: z.object({
    items: z.array(AbsenceView),
    /** Whoever could stand in: the unit’s workers and head. */
    colleagues: z.array(Who),
  }),
}

export const WorkerLoad = z.object({
  id: uuid,
  name: z.string(),
  role: z.string(),
  open: z.int(),
  byRisk: z.object({ none: z.int(), low: z.int(), medium: z.int(), high: z.int(), immediate: z.int() }),
  followUp: z.int(),
  load: z.number(),
  over: z.boolean(),
  late: z.int(),
  /** Mean completeness of the open files in percent; null without any. */
  complete: z.int().nullable(),
  /** Open cases more (or fewer) than thirty days ago, by what was opened to and closed by this worker since. */
  trend: z.int(),
  away: z.object({ until: keptDay, deputy: z.string() }).nullable(),
  /** Last talk of supervision with the head who asks; null where there was none. */
  lastTalk: keptDay.nullable(),
})
export type WorkerLoad = z.infer<typeof WorkerLoad>
export const ReadLoads = {
  summary: 'Load of each worker of the unit against the ceiling, weighed by risk',
  reply: z.object({
    ceiling: z.number(),
    verification: z.string(),
    source: z.string(),
    workers: z.array(WorkerLoad),
  }),
}

export const HandOverCase = z.object({
  id: uuid,
  code: z.string(),
  status: z.string(),
  risk: z.string().nullable(),
  weight: z.number(),
  late: z.int(),
  to: uuid.nullable(),
})
export const ReadHandOver = {
  summary: 'What rests with a worker who leaves, with a proposed receiver for each case and the loads',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    worker: Who,
    ceiling: z.number(),
    cases: z.array(HandOverCase),
    /** Cases in which the worker only stands in: they lose their deputy. */
    standsIn: z.int(),
    receivers: z.array(Who.extend({ load: z.number() })),
  }),
}
export type HandOver = z.infer<typeof ReadHandOver.reply>

export const ReadCompleteness = {
  summary:
    'Which of the things that must be in a file are in it, each with its source; texts are not looked at',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    percent: z.int(),
    met: z.int(),
    asked: z.int(),
    items: z.array(
      z.object({
        key: z.enum(fileItems),
        state: z.enum(['met', 'missing', 'not_asked']),
        source: z.string(),
        verification: z.enum(['V', 'U', 'D']),
      }),
    ),
  }),
}
export type Completeness = z.infer<typeof ReadCompleteness.reply>

export const FileRow = z.object({
  id: uuid,
  code: z.string(),
  status: z.string(),
  risk: z.string().nullable(),
  managerId: uuid.nullable(),
  managerName: z.string().nullable(),
  openedAt: z.string(),
  percent: z.int(),
  late: z.int(),
  missing: z.array(z.enum(fileItems)),
})
export type FileRow = z.infer<typeof FileRow>
export const ListFiles = {
  summary: 'Files of the unit by completeness, the least whole first; a worker gets the own ones',
  reply: z.object({ items: z.array(FileRow) }),
}

export const UnitLoad = z.object({
  id: uuid,
  nameSq: z.string(),
  nameEn: z.string(),
  municipality: z.string().nullable(),
  workers: z.int(),
  open: z.int(),
  load: z.number(),
  /** Workers above the ceiling. */
  over: z.int(),
  late: z.int(),
  /** Talks of supervision in the last ninety days, and with how many workers. */
  talks: z.int(),
  talkedWith: z.int(),
})
export type UnitLoad = z.infer<typeof UnitLoad>
export const ListUnitLoads = {
  summary: 'Load of the units against the ceiling, and how often supervision took place',
  reply: z.object({ ceiling: z.number(), items: z.array(UnitLoad) }),
}

export const DrawReviews = z.strictObject({
  size: z.int().min(1).max(200),
  dueOn: day,
  /** State Agency: only files of this municipality. A head draws from the own unit. */
  municipality: z
    .string()
    .regex(/^[0-9]{2}$/)
    .nullable()
    .default(null),
})
export const ReviewFile = z.strictObject({
  formVersion,
  answers: RecordAssessment.shape.answers,
  mends: z
    .array(z.strictObject({ kind: z.enum(mendKinds), dueOn: day, text: saidText(2000) }))
    .max(20)
    .default([]),
})
export const Mended = z.strictObject({})

export const MendView = z.object({
  id: uuid,
  kind: z.enum(mendKinds),
  ownerId: uuid,
  ownerName: z.string().nullable(),
  dueOn: keptDay,
  doneOn: keptDay.nullable(),
  /** Null where the reader's tier does not reach the words. */
  text: z.string().nullable(),
})
export const ReviewView = z.object({
  id: uuid,
  drawId: uuid,
  caseId: uuid,
  code: z.string(),
  status: z.string(),
  risk: z.string().nullable(),
  managerName: z.string().nullable(),
  reviewerId: uuid,
  reviewerName: z.string().nullable(),
  dueOn: keptDay.nullable(),
  doneAt: z.string().nullable(),
  assessmentId: uuid.nullable(),
  met: z.int().nullable(),
  asked: z.int().nullable(),
  mends: z.array(MendView),
})
export type ReviewView = z.infer<typeof ReviewView>
export const DrawView = z.object({
  id: uuid,
  unitId: uuid.nullable(),
  municipality: z.string().nullable(),
  drawnBy: z.string().nullable(),
  drawnAt: z.string(),
  seed: z.string(),
  size: z.int(),
  population: z.int(),
  strata: z.int(),
  dueOn: keptDay,
  done: z.int(),
  /** Share of items met in what is reviewed so far, in percent. */
  percent: z.int().nullable(),
})
export type DrawView = z.infer<typeof DrawView>
export const ListDraws = {
  summary:
    'Samples of files drawn for review, newest first: the head those of the unit, the State Agency all',
  reply: z.object({ items: z.array(DrawView) }),
}
export const ListReviews = {
  summary: 'Reviewed files: of one sample, or of one case',
  query: z.strictObject({ draw: uuid.optional(), case: uuid.optional(), review: uuid.optional() }),
  reply: z.object({ items: z.array(ReviewView) }),
}

export const HoldTalk = z.strictObject({
  workerId: uuid,
  heldOn: day,
  topics: z.array(z.enum(talkTopics)).min(1).max(10),
  caseIds: z.array(uuid).max(40).default([]),
  agreements: saidText(8000),
  remarks: freeText(8000).nullable().default(null),
  nextOn: day.nullable().default(null),
})
export const ConfirmTalk = z.strictObject({})
export const TalkView = z.object({
  id: uuid,
  version: z.int(),
  supervisor: Who,
  worker: Who,
  heldOn: keptDay,
  topics: z.array(z.enum(talkTopics)),
  cases: z.array(z.object({ id: uuid, code: z.string() })),
  agreements: z.string(),
  remarks: z.string().nullable(),
  nextOn: keptDay.nullable(),
  /** The next talk was to have been and nobody wrote one down. */
  late: z.boolean(),
  confirmedAt: z.string().nullable(),
})
export type TalkView = z.infer<typeof TalkView>
export const ListTalks = {
  summary: 'Talks of supervision in which one took part, newest first; nobody else reads them',
  reply: z.object({ items: z.array(TalkView) }),
}
