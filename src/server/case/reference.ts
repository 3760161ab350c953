/** What the law leaves open and the assessment forms, as shipped in `reference/al`. Read once, at start. */
import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { FormDefinition } from '#domain/case/forms.ts'
import type { AssessmentForm, CaseLaw } from '#domain/case/state.ts'
import { FormShape } from '#wire/case.ts'
import { referencePath } from '../reference/files.ts'

const Unconfirmed = <S extends z.ZodType>(value: S) =>
  z.strictObject({ value, verification: z.enum(['V', 'U', 'D']), source: z.string().min(1) })
const CaseLawFile = z.strictObject({
  conferenceAtMedium: Unconfirmed(z.boolean()),
  conferenceQuorum: Unconfirmed(z.int().min(1)),
  conferenceClockEnds: Unconfirmed(z.enum(['called', 'held'])),
})
const read = (file: string): unknown => JSON.parse(readFileSync(referencePath(file), 'utf8'))

const file = CaseLawFile.parse(read('case-law.json'))
export const caseLaw: CaseLaw = {
  conferenceAtMedium: file.conferenceAtMedium.value,
  conferenceQuorum: file.conferenceQuorum.value,
  conferenceClockEnds: file.conferenceClockEnds.value,
}

/** Every version of every form; a record keeps the version it was written under. */
export const forms: readonly FormDefinition[] = readdirSync(referencePath('forms'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => FormShape.strict().parse(read(`forms/${name}`)) as FormDefinition)

export const findForm = (form: AssessmentForm, version: number): FormDefinition | undefined =>
  forms.find((known) => known.form === form && known.version === version)
