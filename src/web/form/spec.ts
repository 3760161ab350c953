import type { Option } from '#web/design/Field.tsx'

export type Values = Readonly<Record<string, string | readonly string[]>>

/** One question of a command's form. Its name is the field of the command's body, so that faults find it. */
export interface FieldSpec {
  readonly name: string
  readonly kind:
    | 'text'
    | 'area'
    | 'day'
    | 'time'
    | 'lek'
    | 'number'
    | 'select'
    | 'radio'
    | 'yes_no'
    | 'checks'
    | 'note'
  readonly label: string
  readonly hint?: string
  readonly options?: readonly Option[]
  readonly optional?: boolean
  readonly initial?: string | readonly string[]
  /** Shown (and sent) only then. */
  readonly when?: (values: Values) => boolean
}

export const text = (values: Values, name: string): string => {
  const value = values[name]
  return typeof value === 'string' ? value : ''
}
export const list = (values: Values, name: string): readonly string[] => {
  const value = values[name]
  return value === undefined || typeof value === 'string' ? [] : value
}
export const initialValues = (fields: readonly FieldSpec[]): Record<string, string | readonly string[]> =>
  Object.fromEntries(fields.map((f) => [f.name, f.initial ?? (f.kind === 'checks' ? [] : '')]))

const answerOf = (field: FieldSpec, values: Values): unknown => {
  if (field.kind === 'checks') return list(values, field.name)
  const said = text(values, field.name).trim()
  if (field.kind === 'yes_no') return said === '' ? undefined : said === 'yes'
  if (said === '') return undefined
  // Whole numbers only; anything else goes as written and is refused by name, never read as another number.
  if (field.kind === 'number') return /^\d{1,15}$/.test(said) ? Number(said) : said
  if (field.kind === 'lek') return Number(said.replaceAll(/\D/g, ''))
  if (field.kind === 'time') return new Date(said).toISOString()
  return said
}

/** The command's body as the fields say it; what was left empty is left out. */
export const bodyOf = (fields: readonly FieldSpec[], values: Values): Record<string, unknown> =>
  Object.fromEntries(
    fields
      .filter((f) => f.kind !== 'note' && (f.when?.(values) ?? true))
      .map((f) => [f.name, answerOf(f, values)])
      .filter(([, value]) => value !== undefined),
  )

/** Names of the questions that still need an answer. */
export const unanswered = (fields: readonly FieldSpec[], values: Values): readonly FieldSpec[] =>
  fields.filter(
    (f) =>
      f.kind !== 'note' &&
      !f.optional &&
      (f.when?.(values) ?? true) &&
      (f.kind === 'checks' ? list(values, f.name).length === 0 : text(values, f.name).trim() === ''),
  )
