/** The country's lists for intake and screening, as shipped in reference/al: read once, checked, never constants. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { IntakeRules } from '#domain/report/body.ts'
import { type ScreeningSet, screeningSetCodes, subjects } from '#domain/screening.ts'
import { referencePath } from '../reference/files.ts'

const Labelled = z.object({ code: z.string(), sq: z.string(), en: z.string() })
const Period = z.object({ value: z.int().positive(), status: z.string(), note: z.string() })
const Concerns = z.object({
  version: z.string(),
  groups: z.array(Labelled),
  concerns: z.array(Labelled.extend({ group: z.string(), source: z.string() })),
  activities: z.array(Labelled),
  periods: z.object({ reviewDays: Period, receiptDays: Period, ownReportDays: Period }),
})
const ScreeningSetFile = z.object({
  code: z.enum(screeningSetCodes),
  version: z.string(),
  effectiveFrom: z.iso.date(),
  effectiveTo: z.iso.date().nullable(),
  threshold: z.int().positive(),
  status: z.string(),
  sq: z.string(),
  en: z.string(),
  source: z.string(),
  dimensions: z.array(Labelled),
  forms: z.array(Labelled),
  items: z.array(
    Labelled.extend({
      dimension: z.string(),
      appliesTo: z.array(z.enum(subjects)),
      forms: z.array(z.string()),
      source: z.string(),
    }),
  ),
})
export type ShippedSet = z.output<typeof ScreeningSetFile>

const read = <S extends z.ZodType>(file: string, schema: S): z.output<S> =>
  schema.parse(JSON.parse(readFileSync(referencePath(file), 'utf8')))

export const intakeLists = read('concerns.json', Concerns)
export const screeningSets: readonly ShippedSet[] = ['trafficking', 'economic_exploitation'].map((code) =>
  read(`screening/${code}.json`, ScreeningSetFile),
)

export const intakeRules: IntakeRules = {
  concerns: intakeLists.concerns.map(({ code }) => code),
  activities: intakeLists.activities.map(({ code }) => code),
  reviewDays: intakeLists.periods.reviewDays.value,
  receiptDays: intakeLists.periods.receiptDays.value,
  ownReportDays: intakeLists.periods.ownReportDays.value,
}

/** The sets as the domain counts them: without labels. */
export const domainSets: readonly ScreeningSet[] = screeningSets.map((set) => ({
  code: set.code,
  version: set.version,
  effectiveFrom: set.effectiveFrom,
  effectiveTo: set.effectiveTo,
  threshold: set.threshold,
  forms: set.forms.map(({ code }) => code),
  items: set.items,
}))
