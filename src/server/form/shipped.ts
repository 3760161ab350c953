/** The forms that the product ships, `reference/al/forms`. A version once loaded is never rewritten: answers were given to it. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { checkForm } from '#domain/form/check.ts'
import { type FormContent, type FormDefinition, questionsOf } from '#domain/form/definition.ts'
import { ShippedForm } from '#wire/form.ts'
import { derivedId } from '../ids.ts'
import { referencePath } from '../reference/files.ts'
import type { Table } from '../reference/upsert.ts'

/** SHA-256 over the content with its keys in order, so that the same content has one digest wherever it was written. */
export const digestOf = (content: FormContent): string => {
  const ordered = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(ordered)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, inner]) => [key, ordered(inner)]),
          )
        : value
  return createHash('sha256')
    .update(JSON.stringify(ordered(content)))
    .digest('hex')
}

const read = (file: string): FormDefinition => {
  const form = ShippedForm.parse(
    JSON.parse(readFileSync(referencePath(`forms/${file}`), 'utf8')),
  ) as FormDefinition
  const [fault] = checkForm(form)
  if (fault !== undefined) throw new Error(`reference/al/forms/${file}: ${fault.code} at ${fault.path}`)
  return form
}
let known: readonly FormDefinition[] | undefined
export const shippedForms = (): readonly FormDefinition[] => {
  known ??= readdirSync(referencePath('forms'))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map(read)
  return known
}
export const shippedForm = (form: string, version: number): FormDefinition => {
  const found = shippedForms().find((one) => one.form === form && one.version === version)
  if (found === undefined) throw new Error(`there is no form ${form} ${version} in reference/al/forms`)
  return found
}

/** The same id in every database: made from the form and its version. */
const idOf = (form: FormDefinition): string => derivedId(`form_definition/${form.form}/${form.version}`, 4)

export const formTables = (): Table[] => [
  {
    table: 'form_definition',
    key: ['form', 'number'],
    columns: {
      id: 'uuid',
      form: 'text',
      number: 'smallint',
      use: 'text',
      state: 'text',
      shipped: 'boolean',
      verified: 'boolean',
      source: 'text',
      content: 'jsonb',
      digest: 'text',
      questions: 'smallint',
      effective_from: 'date',
    },
    when: 'keep',
    rows: shippedForms().map((one) => {
      const { form, version, use, verified, effectiveFrom, source, ...content } = one
      return {
        id: idOf(one),
        form,
        number: version,
        use,
        state: 'approved',
        shipped: true,
        verified,
        source,
        content,
        digest: digestOf(content),
        questions: questionsOf(content).length,
        effective_from: effectiveFrom,
      }
    }),
  },
]
