/** The work list: what is mine, by what is due. Codes, and first name with initial where the reader may know it. */
import { z } from 'zod'
import { workGroups } from '#domain/clock/state.ts'
import { ClockView } from './clock.ts'
import { instant, PageQuery, uuid } from './envelope.ts'

export const workKinds = ['report', 'case', 'referral', 'plan_action'] as const
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
})
