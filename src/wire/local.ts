/** A municipality's plan, money and quality of data, beneath the national plan. */
import { z } from 'zod'
import { accountGroups, moneySources, sides, type Topic, topics } from '#domain/local/budget.ts'
import { PageQuery, uuid } from './envelope.ts'
import { saidText, trimmedText } from './text.ts'

const Municipality = z.string().regex(/^[0-9]{2}$/)
/** Whole lek; a municipality's line of a billion dollars is a slip of the pen. */
const Lek = z.int().min(0).max(1_000_000_000_000)
const Uid = trimmedText(120)

export const SetLine = z.strictObject({
  municipality: Municipality,
  year: z.int().min(2000).max(2100),
  side: z.enum(sides),
  topic: z.enum(topics as readonly [Topic, ...Topic[]]),
  source: z.enum(moneySources),
  accountGroup: z.enum(accountGroups).optional(),
  planId: uuid.optional(),
  activityUid: Uid.optional(),
  planned: Lek,
  executed: Lek.optional(),
  note: trimmedText(500).optional(),
})
export const StrikeLine = z.strictObject({ reason: saidText(300) })
export const Serve = z.strictObject({ planId: uuid, activityUid: Uid, servesPlan: uuid, servesUid: Uid })
export const StrikeServe = z.strictObject({})

/** Money over the wire is a decimal string of whole lek. */
const lek = z.string()
export const LocalLine = z.object({
  id: uuid,
  version: z.int(),
  year: z.int(),
  side: z.enum(sides),
  topic: z.enum(topics as readonly [Topic, ...Topic[]]),
  source: z.enum(moneySources),
  accountGroup: z.enum(accountGroups).nullable(),
  planId: uuid.nullable(),
  activityUid: z.string().nullable(),
  activityTitleSq: z.string().nullable(),
  activityTitleEn: z.string().nullable(),
  planned: lek,
  executed: lek.nullable(),
  note: z.string().nullable(),
  updatedOn: z.string(),
})
export type LocalLine = z.infer<typeof LocalLine>

const Titles = { titleSq: z.string().nullable(), titleEn: z.string().nullable() }
export const LocalPlace = {
  params: z.object({ municipality: Municipality }),
  reply: z.object({
    municipality: z.string(),
    name: z.string(),
    county: z.string(),
    lines: z.array(LocalLine),
    years: z.array(
      z.object({
        year: z.int(),
        planned: lek,
        executed: lek,
        income: lek,
        received: lek,
        miningShort: lek,
      }),
    ),
    plans: z.array(
      z.object({
        id: uuid,
        slug: z.string(),
        ...Titles,
        status: z.string(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        activities: z.array(
          z.object({
            uid: z.string(),
            code: z.string().nullable(),
            ...Titles,
            status: z.string(),
            planned: lek,
            executed: lek,
            serves: z.array(
              z.object({
                id: uuid,
                plan: uuid,
                planSlug: z.string(),
                uid: z.string(),
                code: z.string().nullable(),
                ...Titles,
              }),
            ),
          }),
        ),
      }),
    ),
    mayKeep: z.boolean(),
    mayMend: z.boolean(),
  }),
}
export type LocalPlace = z.infer<typeof LocalPlace.reply>

/** Local activities that serve activities of one plan above, by that activity. */
export const LocalRollup = {
  params: z.object({ slug: z.string().regex(/^[a-z0-9](-?[a-z0-9]){1,79}$/) }),
  reply: z.object({
    items: z.array(
      z.object({
        uid: z.string(),
        code: z.string().nullable(),
        ...Titles,
        municipalities: z.int(),
        activities: z.int(),
        completed: z.int(),
        inProgress: z.int(),
        planned: lek,
        executed: lek,
      }),
    ),
  }),
}
export type LocalRollup = z.infer<typeof LocalRollup.reply>

const hidden = z.int().nullable()
export const QualityRow = z.object({
  municipality: z.string(),
  name: z.string(),
  county: z.string(),
  /** Null: 1 to 4, or what would give such a figure away. */
  open: hidden,
  complete: hidden,
  /** Complete of open, in per cent without decimals; null where either is hidden or nothing is open. */
  completeShare: z.int().nullable(),
  unassessed: hidden,
  childUnknown: hidden,
  twice: hidden,
  late: hidden,
  /** Structures are no people: counted exactly. */
  structures: z.int(),
  staleStructures: z.int(),
})
export type QualityRow = z.infer<typeof QualityRow>
export const DataQuality = {
  query: z.strictObject({ municipality: Municipality.optional() }),
  reply: z.object({
    countedAt: z.string(),
    hiddenUpTo: z.int(),
    items: z.array(QualityRow),
    /** The nation's, exact; null for readers of a part of it. */
    totals: z
      .object({
        open: z.int(),
        complete: z.int(),
        unassessed: z.int(),
        childUnknown: z.int(),
        twice: z.int(),
        late: z.int(),
        structures: z.int(),
        staleStructures: z.int(),
      })
      .nullable(),
  }),
}
export type DataQuality = z.infer<typeof DataQuality.reply>

export const ToMend = {
  params: z.object({ municipality: Municipality }),
  query: z.strictObject(PageQuery),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        code: z.string(),
        openedAt: z.string(),
        faults: z.array(
          z.enum(['no_risk', 'no_manager', 'no_plan', 'unassessed', 'child_unknown', 'twice', 'late']),
        ),
      }),
    ),
    next: z.string().nullable(),
  }),
}
export type ToMend = z.infer<typeof ToMend.reply>
