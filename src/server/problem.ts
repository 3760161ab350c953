/**
 * Everything that can go wrong, with its status and its words: RFC 9457 problem documents in Albanian or English.
 * Sentences and params never carry a personal value.
 */
import type { Refusal } from '#domain/refusal.ts'
import type { Language } from '#wire/words/index.ts'
import { say } from './words.ts'

export const problemStatus = {
  invalid: 400,
  unauthenticated: 401,
  locked: 401,
  forbidden: 403,
  not_found: 404,
  stale: 409,
  command_reused: 409,
  too_large: 413,
  unsupported_media_type: 415,
  refused: 422,
  too_many_requests: 429,
  internal: 500,
  unopened: 500,
  no_key: 503,
  unavailable: 503,
} as const
export type ProblemCode = keyof typeof problemStatus

export interface FieldError {
  /** Where in the request: `body.children.0.birth`. */
  readonly field: string
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

export interface Changed {
  readonly field: string
  readonly at: string
  readonly by: string
  readonly byName?: string | null
}

/** Thrown where a request cannot go on; the endpoint rolls back and answers with it. Refusals of the domain are returned instead. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly errors: readonly FieldError[]
  readonly changed: readonly Changed[]
  readonly refusal: Refusal | null
  readonly retryAfter: number | null
  /** Where in the request the id or version stands that it is about: `path.id`, `body.baseVersion`. */
  readonly field: string | undefined

  constructor(
    code: ProblemCode,
    details: {
      errors?: readonly FieldError[]
      changed?: readonly Changed[]
      refusal?: Refusal
      retryAfter?: number
      field?: string | undefined
    } = {},
  ) {
    super(code)
    this.code = code
    this.errors = details.errors ?? []
    this.changed = details.changed ?? []
    this.refusal = details.refusal ?? null
    this.retryAfter = details.retryAfter ?? null
    this.field = details.field
  }
}

/** Absent and out of reach are one answer. `field` is named where another id than the request's own is meant. */
export const notFound = (field?: string): Problem => new Problem('not_found', { field })
/** The same answer, which says which id of the request it is about where nobody has said it yet. */
export const notFoundAt = (field: string, problem: Problem): Problem =>
  problem.field === undefined ? notFound(field) : problem
export const forbidden = (): Problem => new Problem('forbidden')
export const stale = (changed: readonly Changed[], field = 'body.baseVersion'): Problem =>
  new Problem('stale', { changed, field })
export const invalid = (...errors: FieldError[]): Problem => new Problem('invalid', { errors })

export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly field?: string
  readonly params?: Readonly<Record<string, string | number>>
  readonly errors?: readonly { field: string; code: string; message: string }[]
  readonly changed?: readonly Changed[]
}

/** The refusal's own code stands in `code`, its sentence in `detail`; `type` says only that the domain said no. */
export const problemDocument = (problem: Problem, language: Language): ProblemDocument => {
  const { code, refusal } = problem
  const field = refusal === null ? problem.field : refusal.field
  return {
    type: `/problems/${code}`,
    title: say(language, `problem.${code}_title`),
    status: problemStatus[code],
    code: refusal === null ? code : refusal.code,
    detail:
      refusal === null
        ? say(language, `problem.${code}`)
        : say(language, `refusal.${refusal.code}`, refusal.params),
    ...(field === undefined ? {} : { field }),
    ...(refusal?.params === undefined ? {} : { params: refusal.params }),
    ...(problem.errors.length === 0
      ? {}
      : {
          errors: problem.errors.map(({ field, code: errorCode, params }) => ({
            field,
            code: errorCode,
            message: say(language, `invalid.${errorCode}`, params),
          })),
        }),
    ...(code === 'stale' ? { changed: problem.changed } : {}),
  }
}
