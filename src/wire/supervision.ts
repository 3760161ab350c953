/** Load, standing in, handing over, talks of supervision and reviews of files on the wire. */
import { z } from 'zod'
import { absenceKinds } from '#domain/supervision/absence.ts'
import { uuid } from './envelope.ts'
import { day, saidText } from './text.ts'

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
  from: day,
  until: day,
  kind: z.enum(absenceKinds),
  endedOn: day.nullable(),
  /** Holds today. */
  now: z.boolean(),
  mayEnd: z.boolean(),
})
export type AbsenceView = z.infer<typeof AbsenceView>
export const ListAbsences = {
  summary: 'Who of the unit is out of office, from today on, and who stands in',
  reply: z.object({ items: z.array(AbsenceView) }),
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
  away: z.object({ until: day, deputy: z.string() }).nullable(),
  /** Last talk of supervision with the head who asks; null where there was none. */
  lastTalk: day.nullable(),
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
