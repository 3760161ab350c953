/** Indicators of the plans: catalogue, figures, where each comes from. Aggregates only (T0, T1). */
import { z } from 'zod'
import { spans } from '#domain/indicator/period.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { day, keptDay, saidText, trimmedText } from './text.ts'

export const indicatorKinds = ['counted', 'collected', 'external'] as const
/** `live`: counted from records now; `waiting`: its records do not exist yet; `entered`: institutions bring it. */
export const indicatorStates = ['live', 'waiting', 'entered'] as const
const indicatorId = z.string().regex(/^S[0-9]{3}-[A-Za-z0-9.-]{2,40}$/)

export const ListIndicators = z.strictObject({
  /** Address name of a plan, or `core`. */
  plan: z
    .string()
    .regex(/^[a-z0-9-]{2,80}$/)
    .optional(),
  pillar: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,20}$/)
    .optional(),
  kind: z.enum(indicatorKinds).optional(),
  state: z.enum(indicatorStates).optional(),
  /** Words of the indicator, its code or its activity. */
  q: z.string().trim().max(100).optional(),
  ...PageQuery,
})

export const IndicatorRow = z.object({
  id: z.string(),
  plan: z.string(),
  pillar: z.string(),
  level: z.string(),
  nodeRef: z.string(),
  /** Key of the plan's row, where it has one. */
  nodeUid: z.string().nullable(),
  wording: z.string(),
  /** Language in which the wording stands: English where the plan's Albanian does not print it. */
  wordingIn: z.enum(['sq', 'en']),
  unit: z.string(),
  frequency: z.string(),
  reporters: z.array(z.string()),
  kind: z.enum(indicatorKinds),
  state: z.enum(indicatorStates),
  /** Kinds of record that must exist before it can be counted; empty when it is. */
  waitsFor: z.array(z.string()),
  operational: z.boolean(),
})
export type IndicatorRow = z.infer<typeof IndicatorRow>

export const IndicatorList = z.object({
  items: z.array(IndicatorRow),
  next: z.string().nullable(),
  /** Of all that the filter by plan, pillar and words leaves. */
  counts: z.object({ all: z.int(), live: z.int(), waiting: z.int(), entered: z.int() }),
})
export type IndicatorList = z.infer<typeof IndicatorList>

export const IndicatorPath = z.strictObject({ id: indicatorId })

export const Baseline = z.object({
  kind: z.enum(['baseline', 'target']),
  value: z.number(),
  bound: z.enum(['exactly', 'at_least', 'at_most', 'change']),
  unit: z.string(),
  period: z.string(),
  subject: z.string(),
  source: z.string(),
})
export const EnteredValue = z.object({
  id: uuid,
  version: z.int(),
  kind: z.enum(['collected', 'external']),
  from: keptDay,
  to: keptDay,
  value: z.number(),
  unit: z.string(),
  breakdown: z.array(z.object({ key: z.string(), value: z.number() })),
  evidence: z.string(),
  reason: z.string().nullable(),
  institution: z.string(),
  recordedBy: z.string(),
  recordedAt: instant,
  /** The wave of a survey that brought it; null where somebody entered it. */
  survey: z.object({ id: uuid, wave: z.int(), answered: z.int() }).nullable(),
  /** May the reader correct it? */
  mine: z.boolean(),
})
export const FrozenValue = z.object({
  reportId: uuid,
  /** Which edition of the report published it. */
  edition: z.int(),
  from: keptDay,
  to: keptDay,
  value: z.number().nullable(),
  kind: z.enum(indicatorKinds),
  query: z.string().nullable(),
  queryVersion: z.int().nullable(),
  records: z.int(),
  operational: z.boolean(),
  frozenBy: z.string(),
  frozenAt: instant,
})
export const IndicatorPage = IndicatorRow.extend({
  wordingEn: z.string(),
  disaggregations: z.array(z.string()),
  source: z.string(),
  computation: z.string(),
  note: z.string(),
  mode: z.string(),
  query: z
    .object({
      code: z.string(),
      version: z.int(),
      unit: z.enum(['n', '%', 'days']),
      definition: z.string(),
      restsOn: z.array(z.string()),
      splits: z.array(z.string()),
      spans: z.array(z.enum(spans)),
    })
    .nullable(),
  baselines: z.array(Baseline),
  values: z.array(EnteredValue),
  frozen: z.array(FrozenValue),
  surveys: z.array(z.object({ id: uuid, title: z.string() })),
  /** May the reader's institution bring a figure? */
  mayCollect: z.boolean(),
  /** Where a reader with cases of their own finds them: the ordinary list, which shows what they may see. */
  cases: z.literal('/cases').nullable(),
})
export type IndicatorPage = z.infer<typeof IndicatorPage>

export const FigureQuery = z.strictObject({
  from: day,
  to: day,
  by: z
    .string()
    .regex(/^[a-z_]{2,30}$/)
    .optional(),
})
const figure = {
  from: keptDay,
  to: keptDay,
  span: z.enum(spans),
  value: z.number().nullable(),
  /** Of how many, where the value is a share or a mean. */
  numerator: z.number(),
  denominator: z.number().nullable(),
  records: z.int(),
}
export const IndicatorFigure = z.object({
  id: z.string(),
  ...figure,
  unit: z.enum(['n', '%', 'days']),
  median: z.number().nullable(),
  p90: z.number().nullable(),
  operational: z.boolean(),
  query: z.string(),
  queryVersion: z.int(),
  countedAt: instant,
  by: z.string().nullable(),
  /** Null: 1 to `hiddenUpTo`, or what would give such a figure away. */
  cells: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      value: z.number().nullable(),
      n: z.number().nullable(),
      of: z.number().nullable(),
    }),
  ),
  hiddenUpTo: z.int(),
})
export type IndicatorFigure = z.infer<typeof IndicatorFigure>

export const SeriesQuery = z.strictObject({
  span: z.enum(spans).default('quarter'),
  count: z.coerce.number().int().min(1).max(24).default(12),
})
export const IndicatorSeries = z.object({
  id: z.string(),
  unit: z.enum(['n', '%', 'days']),
  operational: z.boolean(),
  items: z.array(z.object(figure)),
})
export type IndicatorSeries = z.infer<typeof IndicatorSeries>

export const FiguresQuery = z.strictObject({
  plan: z
    .string()
    .regex(/^[a-z0-9-]{2,80}$/)
    .optional(),
  from: day,
  to: day,
})
export const IndicatorFigures = z.object({
  from: keptDay,
  to: keptDay,
  countedAt: instant,
  items: z.array(
    z.object({
      id: z.string(),
      unit: z.enum(['n', '%', 'days']),
      value: z.number().nullable(),
      numerator: z.number(),
      denominator: z.number().nullable(),
      records: z.int(),
      operational: z.boolean(),
      query: z.string(),
      queryVersion: z.int(),
    }),
  ),
})
export type IndicatorFigures = z.infer<typeof IndicatorFigures>

/** The record id is the figure's own; a correction names it again with the version that was read. */
export const CollectFigure = z.strictObject({
  indicatorId,
  from: day,
  to: day,
  value: z.number().min(-1e12).max(1e12),
  breakdown: z
    .array(z.strictObject({ key: trimmedText(60), value: z.number().min(-1e12).max(1e12) }))
    .max(61)
    .default([]),
  evidence: saidText(1000),
  reason: saidText(500).optional(),
})
