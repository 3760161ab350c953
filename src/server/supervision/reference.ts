/** What is configured about load and files, as shipped in `reference/al/supervision.json`. Read once, at start. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { fileItems } from '#domain/supervision/completeness.ts'
import type { SupervisionLaw } from '#domain/supervision/law.ts'
import { referencePath } from '../reference/files.ts'

const Configured = <S extends z.ZodType>(value: S) =>
  z.strictObject({ value, verification: z.enum(['V', 'U', 'D']), source: z.string().min(1) })
const weight = z.number().min(0).max(10).multipleOf(0.25)
const days = Configured(z.int().min(1))
const File = z.strictObject({
  ceiling: Configured(z.number().min(1)),
  weights: Configured(
    z.strictObject({
      none: weight,
      low: weight,
      medium: weight,
      high: weight,
      immediate: weight,
      followUp: weight,
    }),
  ),
  settleDays: days,
  comprehensiveDays: days,
  serviceDays: days,
  contactDays: days,
  supervisionDays: days,
  items: z.record(
    z.enum(fileItems),
    z.strictObject({ source: z.string().min(1), verification: z.enum(['V', 'U', 'D']) }),
  ),
})

const file = File.parse(JSON.parse(readFileSync(referencePath('supervision.json'), 'utf8')))
export const ceilingSource = {
  verification: file.ceiling.verification,
  source: file.ceiling.source,
} as const
export const supervisionLaw: SupervisionLaw = {
  ceiling: file.ceiling.value,
  weights: file.weights.value,
  settleDays: file.settleDays.value,
  comprehensiveDays: file.comprehensiveDays.value,
  serviceDays: file.serviceDays.value,
  contactDays: file.contactDays.value,
  supervisionDays: file.supervisionDays.value,
}
/** Why each thing must be in a file. */
export const itemSources = file.items
