/** What the law of alternative care leaves open, as shipped in `reference/al/care.json`. Read once, at start. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { referencePath } from '../reference/files.ts'

const Unconfirmed = <S extends z.ZodType>(value: S) =>
  z.strictObject({ value, verification: z.enum(['V', 'U', 'D']), source: z.string().min(1) })
const Hours = Unconfirmed(z.int().min(1).max(8784))
const Standards = Unconfirmed(
  z.strictObject({
    version: z.string().min(1).max(60),
    codes: z.array(z.string().regex(/^[a-z_]{2,40}$/)).min(1),
  }),
)
const CareFile = z.strictObject({
  holdHours: Hours,
  confirmedHours: Hours,
  holdsAtOnce: Unconfirmed(z.int().min(1).max(5)),
  trainingHours: Hours,
  reviewMonths: Hours,
  inspectionMonths: Hours,
  standards: Standards,
  emergencyStandards: Standards,
})
const file = CareFile.parse(JSON.parse(readFileSync(referencePath('care.json'), 'utf8')))

export const careLaw = {
  holdHours: file.holdHours.value,
  confirmedHours: file.confirmedHours.value,
  holdsAtOnce: file.holdsAtOnce.value,
  trainingHours: file.trainingHours.value,
  reviewMonths: file.reviewMonths.value,
  inspectionMonths: file.inspectionMonths.value,
  standards: file.standards.value,
  emergencyStandards: file.emergencyStandards.value,
} as const
export type CareLaw = typeof careLaw
