/** The content of a plan as it crosses the wire: from a read workbook to the command that keeps it. Every text is bounded. */
import { z } from 'zod'
import {
  budgetColumns,
  type PlanContent as Content,
  figureKinds,
  lineKinds,
  nodeKinds,
  partyRoles,
} from '#domain/action-plan/content.ts'
import { day as anyDay, saidText } from '../text.ts'

const text = saidText
const maybe = (most: number) => text(most).nullable()
const day = anyDay.nullable()
/** Whole lekë, below a thousand milliard: no plan of this country is larger. */
const lek = z
  .string()
  .regex(/^\d{1,12}$/)
  .nullable()
const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/)
const line = z.int().min(1).max(1_000_000).nullable()
const amount = z.strictObject({ lek, printed: maybe(60) })
const uid = text(120)

export const PlanHead = z.strictObject({
  titleSq: maybe(1000),
  titleEn: maybe(1000),
  periodFrom: day,
  periodTo: day,
  periodSaid: maybe(200),
  euroRate: z
    .string()
    .regex(/^\d{1,6}(\.\d{1,4})?$/)
    .nullable(),
})

export const PlanNode = z.strictObject({
  uid,
  parent: uid.nullable(),
  kind: z.enum(nodeKinds),
  codePrinted: maybe(60),
  code: maybe(60),
  titleSq: maybe(4000),
  titleEn: maybe(4000),
  textSq: maybe(8000),
  subItemsSq: z.array(text(4000)).max(60),
  subItemsEn: z.array(text(4000)).max(60),
  headerMissing: z.boolean(),
  sourceLine: line,
  doubt: maybe(2000),
  indicators: z
    .array(
      z
        .strictObject({ kind: z.enum(lineKinds), sq: maybe(4000), en: maybe(4000) })
        // A line says something in one language at least.
        .refine((one) => one.sq !== null || one.en !== null, {
          path: ['sq'],
          params: { code: 'required' },
        }),
    )
    .max(60),
  responsible: z.array(z.strictObject({ code: text(120), asPrinted: text(300) })).max(60),
  activity: z
    .strictObject({
      deadline: z.strictObject({
        text: maybe(500),
        from: day,
        to: day,
        ongoing: z.boolean(),
        approx: z.boolean(),
        recurrence: maybe(200),
      }),
      responsibleText: maybe(2000),
      amounts: z.strictObject({ cost: amount, state: amount, donors: amount, gap: amount }),
      resources: maybe(2000),
    })
    .nullable(),
})

const BudgetRow = z.strictObject({
  kind: z.enum(['pillar', 'total', 'percent']),
  node: uid.nullable(),
  name: text(200),
  cells: z.partialRecord(z.enum(budgetColumns), decimal),
  sourceLine: line,
})
const Figure = z.strictObject({
  code: z.string().regex(/^[a-z0-9_]{1,60}$/),
  kind: z.enum(figureKinds),
  labelSq: text(300),
  labelEn: text(300),
  value: decimal,
  unit: text(40),
  printedAs: maybe(500),
  node: uid.nullable(),
  sourceLine: line,
})
const Party = z.strictObject({
  role: z.enum(partyRoles),
  name: text(300),
  municipality: z
    .string()
    .regex(/^\d{2}$/)
    .nullable(),
  body: maybe(120),
  sourceLine: line,
})
export const NumberCheck = z.strictObject({
  kind: z.enum(['sum', 'product']),
  node: uid.nullable(),
  parts: z
    .array(z.strictObject({ sq: text(200), en: text(200), value: decimal }))
    .min(2)
    .max(20),
  printed: decimal,
  printedAs: text(500),
  noteSq: maybe(1000),
  noteEn: maybe(1000),
  sourceLine: line,
})

/** At most 1,000 rows: the largest national plan has 190. */
export const PlanContent = z.strictObject({
  head: PlanHead,
  nodes: z.array(PlanNode).min(1).max(1000),
  budget: z.array(BudgetRow).max(60),
  figures: z.array(Figure).max(200),
  parties: z.array(Party).max(200),
  checks: z.array(NumberCheck).max(100),
}) satisfies z.ZodType<Content>
