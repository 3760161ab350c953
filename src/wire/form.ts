/** Forms as data: the published shape of a definition, its commands, and what is read of it. */
import { z } from 'zod'
import { formFaults } from '#domain/form/check.ts'
import { bounds, type Condition, formUses, questionKinds, questionTiers } from '#domain/form/definition.ts'
import { formStatuses } from '#domain/form/life.ts'
import { uuid } from './envelope.ts'
import { day, freeText, listCode, saidText } from './text.ts'

/** Both languages are there; that neither is empty is `checkForm`'s to say, with the place. */
const words = (max: number) => z.strictObject({ sq: freeText(max), en: freeText(max) })
const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
const points = z.int().min(-1000).max(1000)
/** A number that a question may ask for or be answered with. */
export const amount = z.int().min(-1_000_000_000).max(1_000_000_000)
/** Which version of a form: as many as its column can count. */
export const formVersion = z.int().min(1).max(32_767)

const Plain = z.union([
  z.strictObject({ question: key, is: z.union([z.boolean(), listCode]) }),
  z.strictObject({ question: key, atLeast: amount }),
  z.strictObject({ question: key, atMost: amount }),
  z.strictObject({ question: key, answered: z.boolean() }),
  z.strictObject({ score: key, atLeast: amount }),
  z.strictObject({ score: key, atMost: amount }),
])
/** Nested so deep and no deeper: whatever comes in has an end. «Not» stands before one comparison. */
const conditionOf = (depth: number): z.ZodType<Condition> => {
  const single = [z.strictObject({ not: Plain }), Plain] as const
  if (depth <= 1) return z.union(single)
  const parts = z
    .array(conditionOf(depth - 1))
    .min(1)
    .max(bounds.parts)
  return z.union([z.strictObject({ all: parts }), z.strictObject({ any: parts }), ...single])
}
const FormCondition = conditionOf(bounds.depth)

const Option = z.strictObject({ value: listCode, label: words(300), score: points.optional() })
const Question = z.strictObject({
  key,
  tier: z.enum(questionTiers),
  kind: z.enum(questionKinds),
  label: words(600),
  hint: words(600).optional(),
  help: words(4000).optional(),
  required: z.boolean().optional(),
  options: z.array(Option).max(bounds.options).optional(),
  when: FormCondition.optional(),
  min: amount.optional(),
  max: amount.optional(),
  points: z.strictObject({ yes: points, no: points }).optional(),
})
export const FormContent = z.strictObject({
  title: words(200),
  help: words(4000).optional(),
  sections: z
    .array(
      z.strictObject({
        title: words(200),
        help: words(4000).optional(),
        when: FormCondition.optional(),
        questions: z.array(Question).max(bounds.questions),
      }),
    )
    .max(bounds.sections)
    .refine((sections) => sections.reduce((n, s) => n + s.questions.length, 0) <= bounds.questions, {
      error: 'too many',
      params: { code: 'too_big' },
    }),
  scores: z
    .array(
      z.strictObject({
        key,
        label: words(300),
        of: z.array(key).max(bounds.questions),
        bands: z.array(z.strictObject({ from: points, label: words(300) })).max(bounds.bands),
      }),
    )
    .max(bounds.scores)
    .optional(),
})
export type FormContent = z.infer<typeof FormContent>

/** A shipped definition as its file says it. */
export const ShippedForm = FormContent.extend({
  form: key,
  version: formVersion,
  use: z.enum(formUses),
  verified: z.boolean(),
  effectiveFrom: day,
  source: saidText(2000),
})

const why = saidText(2000)
/** `/api/forms/schema` is the published schema's address. */
const ownKey = key.refine((form) => form !== 'schema', { error: 'reserved', params: { code: 'bad_format' } })
export const DraftForm = z.strictObject({ form: ownKey, use: z.enum(formUses), content: FormContent })
export const SaveForm = z.strictObject({ content: FormContent })
export const ProposeForm = z.strictObject({ effectiveFrom: day, why })
export const ReturnForm = z.strictObject({ why })
export const ApproveForm = z.strictObject({})
export const DiscardForm = z.strictObject({})

const at = z.string().nullable()
export const FormRow = z.object({
  id: uuid,
  /** Of the record, for the next command; 0 for what the product ships. */
  recordVersion: z.int(),
  form: z.string(),
  version: z.int(),
  use: z.enum(formUses),
  title: z.object({ sq: z.string(), en: z.string() }),
  status: z.enum(formStatuses),
  effectiveFrom: z.string().nullable(),
  /** Day from which the next version holds. */
  effectiveUntil: z.string().nullable(),
  /** False while no lawyer has confirmed the wording. */
  verified: z.boolean(),
  shipped: z.boolean(),
  questions: z.int(),
})
export type FormRow = z.infer<typeof FormRow>
const path = z.strictObject({ form: key })
const pathVersion = z.strictObject({ form: key, version: z.coerce.number().int().min(1).max(32_000) })

export const ListForms = {
  summary: 'Versions of forms: the newest first of each; drafts and proposals only for the State Agency',
  query: z.strictObject({
    form: key.optional(),
    status: z.enum(formStatuses).optional(),
    /** `form/version` of the last row. */
    cursor: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,39}\/\d{1,5}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  reply: z.object({ items: z.array(FormRow), next: z.string().nullable() }),
}
const who = z.object({ id: uuid, name: z.string() }).nullable()
export const FormView = FormRow.extend({
  source: z.string(),
  content: FormContent,
  /** Of the content, SHA-256; the ledger holds the same. */
  digest: z.string(),
  why: z.string().nullable(),
  createdBy: who,
  createdAt: at,
  proposedBy: who,
  proposedAt: at,
  approvedBy: who,
  approvedAt: at,
  returnedWhy: z.string().nullable(),
  /** What stands in the way of a proposal, with the place. */
  faults: z.array(
    z.object({
      code: z.enum(formFaults),
      path: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  allowed: z.array(z.enum(['draft', 'save', 'propose', 'return', 'approve', 'discard'])),
})
export type FormView = z.infer<typeof FormView>
export const ReadForm = {
  summary: 'The version of a form that is in force today, whole',
  params: path,
  reply: FormView,
}
export const ReadFormVersion = {
  summary: 'One version of a form, whole: an answered form keeps its version for ever',
  params: pathVersion,
  reply: FormView,
}
export const ReadFormSchema = {
  summary: 'The published JSON Schema (2020-12) of a form’s content',
  reply: z.record(z.string(), z.unknown()),
}
/** What an XLSForm workbook says, checked; nothing is kept. */
export const FormWorkbook = z.object({
  form: key,
  title: z.object({ sq: z.string(), en: z.string() }),
  content: FormContent,
})
export type FormWorkbook = z.infer<typeof FormWorkbook>
