import type { FaultLine } from '#web/design/Field.tsx'
import { say, sayIfKnown } from '#web/design/words.tsx'

/** RFC 9457 problem as the server writes it; `detail` is a sentence in the reader's language. */
export interface ProblemDocument {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly field?: string
  readonly params?: Readonly<Record<string, string | number>>
  readonly errors?: readonly { field: string; code: string; message: string }[]
  readonly changed?: readonly {
    field: string
    at: string
    by: string
    byName?: string | null
  }[]
}

export class ServerProblem extends Error {
  readonly problem: ProblemDocument
  readonly retryAfter: number | null
  constructor(problem: ProblemDocument, retryAfter: number | null = null) {
    super(problem.code)
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

/** No answer came: the network or the server is away. What was written is kept. */
export class Unreachable extends Error {}

export const codeOf = (error: unknown): string =>
  error instanceof ServerProblem
    ? error.problem.code
    : error instanceof Unreachable
      ? 'unreachable'
      : 'internal'

export const sentenceOf = (error: unknown): string => {
  if (error instanceof ServerProblem) return error.problem.detail || error.problem.title
  if (error instanceof Unreachable) return say('web', 'unreachable')
  return sayIfKnown('web', 'failed') ?? ''
}

/** `body.children.0.birth` → `f-children.0.birth`, the id that forms give their controls. */
export const fieldId = (path: string): string => `f-${path.replace(/^((body|query|path)\.)+/, '')}`

/** Faults as lines for the summary, each pointing at its control when that control is on the page. */
export const faultsOf = (error: unknown): FaultLine[] => {
  if (!(error instanceof ServerProblem)) return error ? [{ message: sentenceOf(error) }] : []
  const { errors, field, detail, title } = error.problem
  if (errors?.length) return errors.map((e) => ({ field: fieldId(e.field), message: e.message || detail }))
  return [{ field: field ? fieldId(field) : undefined, message: detail || title }]
}

/** The sentence that stands beside one field, if it is at fault. */
export const faultAt = (faults: readonly FaultLine[], path: string): string | undefined =>
  faults.find((f) => f.field === fieldId(path) || f.field?.startsWith(`${fieldId(path)}.`))?.message
