/** What the law of the case leaves open, as shipped in `reference/al`. Read once, at start. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { CaseLaw } from '#domain/case/state.ts'
import { referencePath } from '../reference/files.ts'

const Unconfirmed = <S extends z.ZodType>(value: S) =>
  z.strictObject({ value, verification: z.enum(['V', 'U', 'D']), source: z.string().min(1) })
const CaseLawFile = z.strictObject({
  conferenceAtMedium: Unconfirmed(z.boolean()),
  conferenceQuorum: Unconfirmed(z.int().min(1)),
  conferenceClockEnds: Unconfirmed(z.enum(['called', 'held'])),
  emergencyHours: Unconfirmed(z.int().min(1)),
  appealDays: Unconfirmed(z.int().min(1)),
  executionCheckDays: Unconfirmed(z.int().min(1)),
})
const read = (file: string): unknown => JSON.parse(readFileSync(referencePath(file), 'utf8'))

const file = CaseLawFile.parse(read('case-law.json'))
export const caseLaw: CaseLaw = {
  conferenceAtMedium: file.conferenceAtMedium.value,
  conferenceQuorum: file.conferenceQuorum.value,
  conferenceClockEnds: file.conferenceClockEnds.value,
  emergencyHours: file.emergencyHours.value,
  appealDays: file.appealDays.value,
  executionCheckDays: file.executionCheckDays.value,
}
