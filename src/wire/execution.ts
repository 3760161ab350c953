/** Activities of plans as they are carried out: acts that enter, and the pages that show them. Money in whole lek. */
import { z } from 'zod'
import { deliverableKinds, fileKinds, fileLimit } from '#domain/execution/deliverable.ts'
import { absurdAmount, accountGroups, entryKinds, moneySources } from '#domain/execution/money.ts'
import { activityStatuses, latenesses } from '#domain/execution/status.ts'
import { uuid } from './envelope.ts'
import { day, trimmedText } from './text.ts'

const Source = z.enum(moneySources)
const Group = z.enum(accountGroups)
/** Whole lek; what lies beyond ten plans is a slip of the hand. */
const Amount = z.int().min(1).max(absurdAmount)
const Reason = trimmedText(2000)
const Slug = z.string().regex(/^[a-z0-9](-?[a-z0-9]){1,79}$/)

export const SetStatus = z.strictObject({ to: z.enum(activityStatuses), on: day, reason: Reason.optional() })
export const AddDeliverable = z.strictObject({
  kind: z.enum(deliverableKinds),
  title: trimmedText(500),
  number: trimmedText(120).optional(),
  approvedOn: day.optional(),
  inForceOn: day.optional(),
})
export const DateDeliverable = z.strictObject({
  deliverable: uuid,
  approvedOn: day.optional(),
  inForceOn: day.optional(),
})
export const FileDeliverable = z.strictObject({
  deliverable: uuid,
  name: trimmedText(200),
  /** The file itself, base64. */
  content: z
    .base64()
    .min(8)
    .max(Math.ceil(fileLimit / 3) * 4),
})
export const SetBudgetLine = z.strictObject({
  source: Source,
  group: Group,
  year: z.int().min(1990).max(2200),
  amount: z.int().min(0).max(absurdAmount),
})
export const EnterSpending = z.strictObject({
  kind: z.enum(entryKinds),
  source: Source,
  group: Group,
  on: day,
  amount: Amount,
  document: trimmedText(200),
  payer: trimmedText(200).optional(),
  overBudget: z.boolean().optional(),
})
export const ReverseSpending = z.strictObject({ entry: uuid, reason: Reason })
export const PlanTranche = z.strictObject({
  source: Source,
  payer: trimmedText(200),
  dueOn: day,
  amount: Amount,
})
export const ReceiveTranche = z.strictObject({
  tranche: uuid,
  on: day,
  amount: z.int().min(0).max(absurdAmount),
})

const Lek = z.int().nullable()
const MoneyRow = z.object({
  source: z.enum([...moneySources, 'gap']),
  planned: Lek,
  split: z.int(),
  committed: z.int(),
  paid: z.int(),
  left: Lek,
})
const Head = z.object({
  id: uuid,
  uid: z.string(),
  code: z.string().nullable(),
  titleSq: z.string().nullable(),
  titleEn: z.string().nullable(),
  pillar: z.string(),
  lead: z.string().nullable(),
  deadlineText: z.string().nullable(),
  dueEarliest: z.iso.date().nullable(),
  dueLatest: z.iso.date().nullable(),
  status: z.enum(activityStatuses),
  since: z.iso.date().nullable(),
  lateness: z.enum(latenesses),
})
export type ActivityHead = z.output<typeof Head>

export const PlanExecution = {
  summary:
    'Where every activity of a plan stands as of a day, with what was planned, promised, paid and is missing',
  params: z.strictObject({ slug: Slug }),
  query: z.strictObject({ asOf: day.optional() }),
  reply: z.object({
    asOf: z.iso.date(),
    items: z.array(
      Head.extend({
        planned: z.int(),
        committed: z.int(),
        paid: z.int(),
        gap: z.int(),
        responsible: z.array(z.string()),
      }),
    ),
    pillars: z.array(
      z.object({
        uid: z.string(),
        titleSq: z.string().nullable(),
        titleEn: z.string().nullable(),
        activities: z.int(),
        completed: z.int(),
        late: z.int(),
        planned: z.int(),
        committed: z.int(),
        paid: z.int(),
        gap: z.int(),
      }),
    ),
  }),
}
export type PlanExecution = z.output<typeof PlanExecution.reply>

export const ActivityExecution = {
  summary: 'One activity of a plan as it is carried out',
  params: z.strictObject({ id: uuid }),
  query: z.strictObject({ asOf: day.optional() }),
  reply: Head.extend({
    version: z.int(),
    planSlug: z.string(),
    planTitleSq: z.string().nullable(),
    planTitleEn: z.string().nullable(),
    asOf: z.iso.date(),
    standing: z.enum(['owner', 'responsible']).nullable(),
    /** Steps that the reader may take now. */
    next: z.array(z.enum(activityStatuses)),
    responsible: z.array(z.object({ code: z.string(), nameSq: z.string(), nameEn: z.string() })),
    money: z.array(MoneyRow),
    history: z.array(
      z.object({
        /** The order in which the steps were taken. */
        seq: z.int(),
        to: z.enum(activityStatuses),
        on: z.iso.date(),
        reason: z.string().nullable(),
        by: z.string(),
      }),
    ),
    deliverables: z.array(
      z.object({
        id: uuid,
        kind: z.enum(deliverableKinds),
        title: z.string(),
        number: z.string().nullable(),
        approvedOn: z.iso.date().nullable(),
        inForceOn: z.iso.date().nullable(),
        files: z.array(z.object({ id: uuid, name: z.string(), media: z.enum(fileKinds), size: z.int() })),
      }),
    ),
    budget: z.array(z.object({ id: uuid, source: Source, group: Group, year: z.int(), amount: z.int() })),
    spending: z.array(
      z.object({
        id: uuid,
        kind: z.enum(entryKinds),
        source: Source,
        group: Group,
        on: z.iso.date(),
        amount: z.int(),
        document: z.string(),
        payer: z.string().nullable(),
        reversedWhy: z.string().nullable(),
      }),
    ),
    tranches: z.array(
      z.object({
        id: uuid,
        source: Source,
        payer: z.string(),
        dueOn: z.iso.date(),
        amount: z.int(),
        receivedOn: z.iso.date().nullable(),
        received: z.int().nullable(),
        late: z.boolean(),
      }),
    ),
  }),
}
export type ActivityExecution = z.output<typeof ActivityExecution.reply>

export const DeliverableFile = {
  summary: 'A file of a deliverable',
  params: z.strictObject({ id: uuid }),
}
