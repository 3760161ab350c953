/** What is configured of formal identification, as shipped in `reference/al/interview.json`. Read once, at start. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { checkConditions } from '#domain/interview/checklist.ts'
import type { InterviewLaw } from '#domain/interview/decide.ts'
import { referencePath } from '../reference/files.ts'

const verification = z.enum(['V', 'U', 'D'])
const Configured = <S extends z.ZodType>(value: S) =>
  z.strictObject({ value, verification, source: z.string().min(1) })
const Item = z.strictObject({
  code: z.string().regex(/^[a-z0-9_]{2,40}$/),
  for: z.enum(['child', 'adult', 'all']),
  when: z.enum(checkConditions).optional(),
  mandatory: z.boolean(),
  from: z.string().regex(/^(answer|room|recorded|audio_video|once|role:[a-z_]{2,40})$/),
  verification,
  source: z.string().min(1),
})
const File = z.strictObject({
  rooms: Configured(z.int().min(1).max(1000)),
  articles: Configured(z.array(z.string()).min(1)),
  sexualForms: Configured(z.array(z.string()).min(1)),
  childAge: Configured(z.int().min(1).max(18)),
  checklists: z
    .array(
      z.strictObject({
        version: z.string().min(1).max(40),
        effectiveFrom: z.iso.date(),
        items: z.array(Item).min(1).max(60),
      }),
    )
    .min(1),
})
const file = File.parse(JSON.parse(readFileSync(referencePath('interview.json'), 'utf8')))

export const interviewLaw: InterviewLaw = {
  childAge: file.childAge.value,
  sexualForms: file.sexualForms.value,
  articles: file.articles.value,
}
export const checklists = file.checklists
export const roomsWanted = { value: file.rooms.value, source: file.rooms.source }
