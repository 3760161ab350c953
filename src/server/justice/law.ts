/** What no source says of proceedings and hearings, as shipped in `reference/al/justice.json`. Read once, at start. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { referencePath } from '../reference/files.ts'

const Value = (most: number) =>
  z.strictObject({
    value: z.int().min(1).max(most),
    verification: z.enum(['V', 'U', 'D']),
    source: z.string().min(1),
  })
const file = z
  .strictObject({ codeMissesADay: Value(100), hearingReminderDays: Value(60) })
  .parse(JSON.parse(readFileSync(referencePath('justice.json'), 'utf8')))

export const justiceLaw = {
  codeMissesADay: file.codeMissesADay.value,
  hearingReminderDays: file.hearingReminderDays.value,
} as const
