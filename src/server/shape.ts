import type { z } from 'zod'
import { type FieldError, Problem } from './problem.ts'

const fieldOf = (where: string, path: readonly PropertyKey[]): string =>
  [where, ...path.map(String)].join('.')

const errorsOf = (where: string, issue: z.core.$ZodIssue): FieldError[] => {
  const field = fieldOf(where, issue.path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, 20)
        .map((key) => ({ field: fieldOf(field, [key.slice(0, 80)]), code: 'unknown_field' }))
    case 'invalid_type':
      return [{ field, code: issue.input === undefined ? 'required' : 'wrong_type' }]
    case 'invalid_value':
      return [{ field, code: 'unknown_code' }]
    case 'too_small':
      return [{ field, code: 'too_small' }]
    case 'too_big':
      return [{ field, code: 'too_big' }]
    case 'invalid_format':
      return [
        {
          field,
          code: issue.format === 'date' || issue.format === 'datetime' ? 'impossible_date' : 'bad_format',
        },
      ]
    case 'invalid_union':
      return issue.errors.length === 1
        ? issue.errors[0]!.flatMap((inner) =>
            errorsOf(where, { ...inner, path: [...issue.path, ...inner.path] }),
          )
        : [{ field, code: issue.errors.length === 0 ? 'unknown_code' : 'wrong_type' }]
    case 'custom': {
      const code = typeof issue.params?.code === 'string' ? issue.params.code : 'custom'
      return [{ field, code }]
    }
    default:
      return [{ field, code: 'custom' }]
  }
}

/** No shape of ours is half as deep; whoever walks deeper (to hash it, to keep it) would run out of stack. */
const deepest = 60

const fieldAt = (where: string, path: readonly string[]): string =>
  fieldOf(
    where,
    path.map((key) => key.slice(0, 80)),
  )

/** PostgreSQL keeps neither a NUL nor half a surrogate pair. */
const unkeepable = (text: string): boolean => text.includes('\u0000') || !text.isWellFormed()

/** What no shape may let in, wherever it stands: text that cannot be kept, and bottomless nesting. */
const unkept = (value: unknown, where: string): FieldError[] => {
  const faults: FieldError[] = []
  const left: { value: unknown; path: readonly string[] }[] = [{ value, path: [] }]
  for (let one = left.pop(); one !== undefined && faults.length < 50; one = left.pop()) {
    const { value: held, path } = one
    if (typeof held === 'string') {
      if (unkeepable(held)) faults.push({ field: fieldAt(where, path), code: 'bad_format' })
    } else if (held !== null && typeof held === 'object' && !ArrayBuffer.isView(held)) {
      if (path.length >= deepest) return [{ field: fieldAt(where, path.slice(0, 3)), code: 'too_big' }]
      for (const [key, inner] of Object.entries(held))
        if (unkeepable(key)) faults.push({ field: fieldAt(where, path), code: 'bad_format' })
        else left.push({ value: inner, path: [...path, key] })
    }
  }
  return faults
}

/** Parse or throw an `invalid` problem that names each faulty field (at most 50). Values are never repeated back. */
export const parse = <S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> => {
  const faults = unkept(value, where)
  if (faults.length > 0) throw new Problem('invalid', { errors: faults })
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  throw new Problem('invalid', {
    errors: result.error.issues.flatMap((issue) => errorsOf(where, issue)).slice(0, 50),
  })
}
