/** The work list: what is mine, by what is due. Codes, and first name with initial where the reader may know it. */
import { z } from 'zod'
import { workGroups } from '#domain/clock/state.ts'
import { ClockView } from './clock.ts'
import { instant, PageQuery, uuid } from './envelope.ts'

/** Reports, cases and referrals by their clocks, actions of plans by their day; the others by their sources (src/server/worklist/sources.ts). */
export const workKinds = [
  'report',
  'case',
  'referral',
  'plan_action',
  'invitation',
  'gtn_task',
  'hearing',
  'court_follow',
  'written_request',
  'plan_report',
  'bed',
  'care_check',
  'complaint',
  'privacy',
  'file_review',
  'supervision_talk',
  'form',
  'nrm',
  'interview',
  'proceeding',
  'same_person',
] as const
export type WorkKind = (typeof workKinds)[number]
/** `none`: waits for the reader, without a deadline. */
export const workListGroups = [...workGroups, 'none'] as const

export const WorkQuery = z.strictObject({ ...PageQuery, kind: z.enum(workKinds).optional() })

export const WorkItem = z.object({
  id: uuid,
  kind: z.enum(workKinds),
  recordId: uuid,
  /** The case behind a referral or action, where the reader may see it. */
  caseId: uuid.nullable(),
  /** Printed code of the record. */
  code: z.string(),
  group: z.enum(workListGroups),
  clock: ClockView.nullable(),
  /** What to do, in the reader's language, where no rule says it. */
  title: z.string().nullable(),
  /** First name and initial; null where the reader may not know it. */
  name: z.string().nullable(),
  /** Whole years, from the earliest birth that is possible. */
  age: z.int().nullable(),
  sex: z.enum(['female', 'male', 'unknown']).nullable(),
  risk: z.string().nullable(),
  /** The page on which it is done, under /app; null where the kind says it. */
  path: z.string().nullable(),
  /** Whose it is; null for nobody's, and where it hangs on no case. */
  worker: z.object({ id: uuid, name: z.string() }).nullable(),
})
export type WorkItem = z.infer<typeof WorkItem>

/** A supervisor is told of a deadline that somebody else missed. */
export const Escalated = z.object({
  id: uuid,
  rule: z.string(),
  recordKind: z.string(),
  recordId: uuid,
  code: z.string(),
  at: instant,
})

export const WorkList = z.object({
  items: z.array(WorkItem),
  next: z.string().nullable(),
  /** All that waits, counted up to 1 000. */
  total: z.int(),
  counts: z.object({
    breached: z.int(),
    overdue: z.int(),
    today: z.int(),
    week: z.int(),
    later: z.int(),
    none: z.int(),
  }),
  /** Newest first, at most 50, of the last 30 days, while the deadline still runs. */
  escalated: z.array(Escalated),
  caseload: z.object({ open: z.int(), ceiling: z.int() }).nullable(),
  /** How many of each kind are in the list, counted up to 1 000 each, with the kind's name in the reader's language. */
  kinds: z.array(z.object({ kind: z.enum(workKinds), label: z.string(), count: z.int() })),
})

const codes = (longest: number, most: number) => z.array(z.string().min(1).max(longest)).max(most).default([])

/** Each list is an "or", the lists together an "and"; an empty list chooses everything. */
export const WorkCriteria = z.strictObject({
  /** `unit`: everybody's work of the unit, for its head alone. */
  scope: z.enum(['mine', 'unit']).default('mine'),
  due: z.array(z.enum(workListGroups)).max(6).default([]),
  kinds: z.array(z.enum(workKinds)).max(workKinds.length).default([]),
  risks: z
    .array(z.enum(['low', 'medium', 'high', 'immediate', 'none']))
    .max(5)
    .default([]),
  concerns: codes(60, 40),
  municipalities: z
    .array(z.string().regex(/^[0-9]{2}$/))
    .max(61)
    .default([]),
  workers: z
    .array(z.union([uuid, z.literal('nobody')]))
    .max(60)
    .default([]),
  /** Part of a code or of a task; no names are searched here. */
  text: z.string().max(40).default(''),
})
export type WorkCriteria = z.output<typeof WorkCriteria>

export const FindWork = {
  summary:
    'What is mine, or my unit’s for its head, as a filter chooses; asked in a body, so that nothing of it stands in an address',
  body: z.strictObject({
    criteria: WorkCriteria,
    cursor: z.string().max(200).optional(),
    limit: z.int().min(1).max(100).default(50),
  }),
  reply: WorkList,
}

export const SaveWorkFilter = z.strictObject({
  name: z.string().trim().min(1).max(60),
  shared: z.boolean().default(false),
  criteria: WorkCriteria,
})
export const RemoveWorkFilter = z.strictObject({})

export const ListWorkFilters = {
  summary:
    'My filters of the work list and those that the head shares with the unit; for the head also who works in it',
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        version: z.int(),
        name: z.string(),
        shared: z.boolean(),
        mine: z.boolean(),
        criteria: WorkCriteria,
      }),
    ),
    /** Those to whom the head can give cases, with the load that each carries. */
    workers: z.array(z.object({ id: uuid, name: z.string(), open: z.number() })),
    /** Load above which a worker should be given no more. */
    ceiling: z.number(),
    kinds: z.array(z.object({ kind: z.enum(workKinds), label: z.string() })),
  }),
}
