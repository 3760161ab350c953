/** What no source says of assistance, as shipped in `reference/al/assistance.json`. Read once, at start. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { AssistanceLaw } from '#domain/assistance/file.ts'
import { referencePath } from '../reference/files.ts'

const Unconfirmed = (most: number) =>
  z.strictObject({
    value: z.int().min(1).max(most),
    verification: z.enum(['V', 'U', 'D']),
    source: z.string().min(1),
  })
const AssistanceFile = z.strictObject({
  reportDays: Unconfirmed(366),
  safetyReviewDays: Unconfirmed(366),
  contactAttempts: Unconfirmed(20),
})
const file = AssistanceFile.parse(JSON.parse(readFileSync(referencePath('assistance.json'), 'utf8')))

export const assistanceLaw: AssistanceLaw = {
  reportDays: file.reportDays.value,
  safetyReviewDays: file.safetyReviewDays.value,
  contactAttempts: file.contactAttempts.value,
}
