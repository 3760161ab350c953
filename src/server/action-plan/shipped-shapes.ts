/** The shipped files as they lie in `reference/al/plans`: each extraction has its own fields. */
import { z } from 'zod'
import { NumberCheck, PlanContent as PlanContentShape } from '#wire/action-plan/content.ts'

const text = z.string().nullish()
const texts = z.array(z.string()).default([])
const lines = z.array(z.number()).default([])
/** Rows keep the fields that are not named here: they go into `printed`. */
export const Activity = z.looseObject({
  uid: z.string(),
  code: z.string(),
  code_normalized: text,
  title: z.string(),
  title_en: text,
  text_full: text,
  sub_items: texts,
  sub_items_en: texts,
  responsible: texts,
  responsible_text: text,
  deadline_text: text,
  deadline_start: text,
  deadline_end: text,
  ongoing: z.boolean().default(false),
  deadline_parts: z.array(z.looseObject({ approx: text, recurrence: text })).default([]),
  indicators: texts,
  indicators_en: texts,
  indicator_kinds: texts,
  expected_results: texts,
  resources_text: text,
  cost_kLEK: z.number().nullish(),
  state_kLEK: z.number().nullish(),
  donors_kLEK: z.number().nullish(),
  gap_kLEK: z.number().nullish(),
  cost_cells_raw: texts,
  source_lines: lines,
  source_line: z.number().optional(),
  line_range: lines,
  doubt: text,
})
export type Activity = z.output<typeof Activity>
const Objective = z.looseObject({
  code: z.string(),
  code_normalized: text,
  title: text,
  title_en: text,
  line: z.number(),
  indicators: texts,
  indicators_en: texts,
  targets: texts,
  targets_en: texts,
  activities: z.array(Activity),
  doubt: text,
})
const Goal = z.looseObject({
  code: z.string(),
  title: text,
  title_en: text,
  line: z.number().optional(),
  lines,
  indicators: texts,
  indicators_en: texts,
  header_missing: z.boolean().default(false),
  specific_objectives: z.array(Objective),
  doubt: text,
})
const Pillar = z.looseObject({
  code: z.string(),
  title: z.string(),
  title_en: text,
  line: z.number(),
  strategic_goals: z.array(Goal),
})
const Period = z.object({ start: z.string(), end: z.string(), text: z.string() }).nullable()
export const BudgetTable = z.object({
  rows: z.array(z.looseObject({ line: z.number(), name: z.string() })),
  percent_row: z.looseObject({ line: z.number(), name: z.string() }),
  statements: z.array(z.looseObject({ line: z.number(), text: z.string() })),
})
export const Tabled = z.looseObject({
  document: z.looseObject({ title: z.string(), title_en: text, period: Period, source_file: z.string() }),
  pillars: z.array(Pillar),
  budget_table_1: BudgetTable.optional(),
})
export const Framework = z.looseObject({
  document: z.looseObject({ title: z.string(), source_file: z.string() }),
  objectives: z.array(
    z.looseObject({
      code: z.string(),
      title: z.string(),
      line: z.number(),
      sub_objectives: z.array(
        z.looseObject({
          code: z.string(),
          title: z.string(),
          line: z.number(),
          implementing_bodies: texts,
          activities: z.array(Activity),
          doubt: text,
        }),
      ),
    }),
  ),
})
export const Native = z.strictObject({
  slug: z.string(),
  kind: z.literal('programme'),
  sourceFile: z.string(),
  conventions: z.record(z.string(), z.string()),
  background: z.strictObject({ lines: z.array(z.number()), text: z.string() }),
  content: PlanContentShape,
})
export const Checks = z.array(NumberCheck.extend({ plan: z.string() }))
