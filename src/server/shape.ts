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

/** Parse or throw an `invalid` problem that names each faulty field (at most 50). Values are never repeated back. */
export const parse = <S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> => {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  throw new Problem('invalid', {
    errors: result.error.issues.flatMap((issue) => errorsOf(where, issue)).slice(0, 50),
  })
}
