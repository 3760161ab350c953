/** How long an opening lasts, how long records are kept: the country's configuration with its sources. Read once, at start. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { PrivacyLaw } from '#domain/privacy/access.ts'
import { referencePath } from '../reference/files.ts'

const mark = { verification: z.enum(['V', 'U', 'D']), source: z.string().min(10) }
const PrivacyFile = z.strictObject({
  // Beyond a day it would no longer be an emergency: the table refuses it.
  breakGlass: z.strictObject({
    hours: z.int().min(1).max(24),
    reviewDays: z.int().min(1).max(60),
    // More than ten the table refuses.
    mostADay: z.int().min(1).max(10),
    ...mark,
  }),
  grants: z.strictObject({
    mostDays: z.int().min(1).max(366),
    mostWaiting: z.int().min(1).max(10),
    ...mark,
  }),
  erasure: z.strictObject({ waitingDays: z.int().min(1).max(366), ...mark }),
  retention: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z_]{2,40}$/),
      years: z.int().min(0).max(100),
      age: z.int().min(18).max(100).nullable(),
      automatic: z.boolean(),
      ...mark,
    }),
  ),
})

const file = PrivacyFile.parse(JSON.parse(readFileSync(referencePath('privacy.json'), 'utf8')))
export const privacyLaw: PrivacyLaw = {
  glassHours: file.breakGlass.hours,
  reviewDays: file.breakGlass.reviewDays,
  glassADay: file.breakGlass.mostADay,
  asksWaiting: file.grants.mostWaiting,
  grantDays: file.grants.mostDays,
  waitingDays: file.erasure.waitingDays,
}
export const retentionRules = file.retention
