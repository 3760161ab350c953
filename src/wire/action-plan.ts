/** Plans as read: lists, one plan with its sums, its tree, and its numbers held against each other. */
import { z } from 'zod'
import { nodeKinds, planKinds } from '#domain/action-plan/content.ts'
import { reconciliationSources } from '#domain/action-plan/reconciliation.ts'
import { PlanContent } from './action-plan/content.ts'
import { uuid } from './envelope.ts'
import { trimmedText } from './text.ts'

export const planStatuses = ['draft', 'approved', 'superseded'] as const

/** Thousand lekë as exact decimal text, e.g. `488677.164`; null where nothing is printed. */
const thousands = z.string().nullable()
const Money = { cost: thousands, state: thousands, donors: thousands, gap: thousands }
const text = z.string().nullable()

export const PlanParams = z.strictObject({ slug: z.string().min(1).max(80) })
export const PlanQuery = z.strictObject({
  /** Version of the content; the approved one unless named. */
  version: z.coerce.number().int().min(1).max(100_000).optional(),
})

const Counts = {
  pillars: z.int(),
  goals: z.int(),
  objectives: z.int(),
  subObjectives: z.int(),
  activities: z.int(),
}
const Head = {
  id: uuid,
  slug: z.string(),
  kind: z.enum(planKinds),
  titleSq: text,
  titleEn: text,
  periodFrom: text,
  periodTo: text,
  periodSaid: text,
  municipality: text,
  county: text,
  institution: z.object({ id: uuid, nameSq: z.string(), nameEn: z.string() }).nullable(),
  /** The plan beneath which this one stands. */
  parent: text,
  status: z.enum(planStatuses),
  /** The approved version; 0 while none is. */
  currentVersion: z.int(),
  /** A newer version waits for approval, and the asker may see it. */
  draftVersion: z.int().nullable(),
}

export const ListPlansQuery = z.strictObject({
  kind: z.enum(planKinds).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export const PlanListItem = z.object({ ...Head, ...Counts, ...Money })
export type PlanListItem = z.infer<typeof PlanListItem>
export const ListPlans = z.object({
  items: z.array(PlanListItem),
  next: z.string().nullable(),
  /** Kinds of plan that the asker may bring in. */
  mayImport: z.array(z.enum(planKinds)),
})
export type ListPlans = z.infer<typeof ListPlans>

export const PlanVersionLine = z.object({
  version: z.int(),
  status: z.enum(planStatuses),
  why: text,
  author: text,
  createdAt: z.string(),
  approvedBy: text,
  approvedAt: text,
})
export const Plan = z.object({
  ...Head,
  /** The content version shown. */
  planVersion: z.int(),
  /** The record's own version: what commands are based on. */
  version: z.int(),
  ...Counts,
  ...Money,
  euroRate: text,
  sourceFile: text,
  versions: z.array(PlanVersionLine),
  figures: PlanContent.shape.figures,
  parties: PlanContent.shape.parties,
  /** What the asker may do with it now. */
  actions: z.array(z.enum(['amend', 'approve', 'discard'])),
})
export type Plan = z.infer<typeof Plan>

const Body = z.object({ code: z.string(), nameSq: z.string(), nameEn: z.string(), asPrinted: z.string() })
const TreeRow = z.object({
  uid: z.string(),
  kind: z.enum(nodeKinds),
  code: text,
  codePrinted: text,
  titleSq: text,
  titleEn: text,
  textSq: text,
  subItemsSq: z.array(z.string()),
  subItemsEn: z.array(z.string()),
  /** The printed document lacks this heading: what stands beneath it has no title of its own. */
  headerMissing: z.boolean(),
  sourceLine: z.int().nullable(),
  doubt: text,
  /** The same in Albanian, where it belongs to a plan that is shipped; else as written. */
  doubtSq: text,
  indicators: z.array(z.object({ kind: z.enum(['indicator', 'target', 'result']), sq: text, en: text })),
  /** The first one leads. */
  responsible: z.array(Body),
  /** Of an activity as printed; of whatever is above, the sum of its activities. */
  cost: thousands,
  state: thousands,
  donors: thousands,
  gap: thousands,
  activities: z.int(),
  deadline: z
    .object({
      text,
      from: text,
      to: text,
      ongoing: z.boolean(),
      approx: z.boolean(),
      recurrence: text,
      dueEarliest: text,
      dueLatest: text,
    })
    .nullable(),
  resources: text,
})
export type PlanTreeNode = z.infer<typeof TreeRow> & { readonly children: PlanTreeNode[] }
/** Named in the description of the API, where only what has a name can hold itself. */
export const PlanTreeNode: z.ZodType<PlanTreeNode> = z
  .object({
    ...TreeRow.shape,
    children: z.lazy(() => z.array(PlanTreeNode)),
  })
  .meta({ id: 'PlanTreeNode' })
export const PlanTree = z.object({
  id: uuid,
  slug: z.string(),
  planVersion: z.int(),
  nodes: z.array(PlanTreeNode),
})
export type PlanTree = z.infer<typeof PlanTree>

const Row = z.object({
  /** As the plan prints it. */
  pillar: z.string(),
  source: z.enum(reconciliationSources),
  /** Lekë as decimal text; `difference` = printed − activities. */
  printed: z.string(),
  activities: z.string(),
  difference: z.string(),
})
const line = z.int().nullable()
export const PlanReconciliation = z.object({
  slug: z.string(),
  planVersion: z.int(),
  rows: z.array(Row),
  totals: z.array(Row),
  suspicions: z.array(
    z.object({
      pillar: z.string(),
      uid: z.string(),
      sourceLine: line,
      how: z.enum(['transposition', 'digit']),
      printed: z.string(),
      perhaps: z.string(),
      change: z.string(),
      elsewhere: z.int(),
      explains: z.string(),
      together: z.array(z.string()),
    }),
  ),
  tableSums: z.array(
    z.object({
      row: z.string(),
      column: z.string(),
      parts: z.array(z.string()),
      printed: z.string(),
      computed: z.string(),
      difference: z.string(),
      sourceLine: line,
    }),
  ),
  shares: z.array(
    z.object({
      of: z.string(),
      printed: z.string(),
      computed: z.string(),
      wrong: z.boolean(),
      sourceLine: line,
    }),
  ),
  unbalanced: z.array(z.object({ uid: z.string(), cost: z.string(), sources: z.string() })),
  numbers: z.array(
    z.object({
      kind: z.enum(['sum', 'product']),
      node: text,
      parts: z.array(z.object({ sq: z.string(), en: z.string(), value: z.string() })),
      computed: z.string(),
      printed: z.string(),
      printedAs: z.string(),
      agrees: z.boolean(),
      noteSq: text,
      noteEn: text,
      sourceLine: line,
    }),
  ),
  euro: z
    .object({
      rate: z.string(),
      total: z.string(),
      activities: z.string(),
      printedMillion: text,
      computedMillion: z.string(),
    })
    .nullable(),
})
export type PlanReconciliation = z.infer<typeof PlanReconciliation>

// Writes -------------------------------------------------------------------------------------------------------------

const Slug = z.string().regex(/^[a-z0-9](-?[a-z0-9]){1,79}$/)
/** A new plan, or a new text of one's own draft. The record id is minted by the client. */
export const ImportPlan = z.strictObject({
  slug: Slug,
  kind: z.enum(planKinds),
  /** Slug of the plan above it: a municipality's plan under the national one. */
  parent: Slug.optional(),
  sourceFile: trimmedText(200).optional(),
  content: PlanContent,
})
export const AmendPlan = z.strictObject({ why: trimmedText(2000), content: PlanContent })
export const ApprovePlan = z.strictObject({ planVersion: z.int().min(1).max(100_000) })
export const DiscardPlan = z.strictObject({ planVersion: z.int().min(1).max(100_000) })

// Workbooks ----------------------------------------------------------------------------------------------------------

export const PlanChange = z.object({
  uid: z.string(),
  kind: z.enum(nodeKinds),
  change: z.enum(['added', 'removed', 'changed', 'moved']),
  code: text,
  titleSq: text,
  titleEn: text,
  fields: z.array(z.object({ field: z.string(), before: text, after: text })),
})
export type PlanChange = z.infer<typeof PlanChange>
/** What a workbook without faults would do (a faulty one is a 400 that names each sheet and cell). Reading keeps nothing: the content goes back in a command once the person has seen this. */
export const WorkbookRead = z.object({
  /** The plan that this workbook names, if it exists and may be seen. */
  plan: z.object({ id: uuid, slug: z.string(), status: z.enum(planStatuses), version: z.int() }).nullable(),
  import: ImportPlan,
  counts: z.object({ ...Counts, ...Money }),
  changes: z.array(PlanChange),
  moreChanges: z.int(),
  /** Parts other than rows that differ: title, period, table of costs… */
  headChanges: z.array(z.string()),
})
export type WorkbookRead = z.infer<typeof WorkbookRead>
