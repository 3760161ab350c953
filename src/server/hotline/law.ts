/** What the rules of the lines leave open, as shipped in `reference/al/hotline.json`. Read once, at start. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ShiftLaw } from '#domain/hotline/decide.ts'
import { referencePath } from '../reference/files.ts'

const File = z.strictObject({
  numbers: z.strictObject({
    value: z
      .array(z.string().regex(/^[0-9]{3,8}$/))
      .min(1)
      .max(20),
    verification: z.enum(['V', 'U', 'D']),
    source: z.string().min(1),
  }),
  longestShiftHours: z.strictObject({
    value: z.int().min(1).max(48),
    verification: z.enum(['V', 'U', 'D']),
    source: z.string().min(1),
  }),
})
const file = File.parse(JSON.parse(readFileSync(referencePath('hotline.json'), 'utf8')))
export const hotlineLaw: ShiftLaw = { longestShiftHours: file.longestShiftHours.value }
/** Telephone numbers of the lines that keep their hours here. */
export const lineNumbers: readonly string[] = file.numbers.value
