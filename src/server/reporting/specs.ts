/** Which reports there are, how often and by whom: `reference/al/reporting.json`. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { reportRhythms } from '#domain/reporting/calendar.ts'
import { type ReportKind, reportKinds } from '#domain/reporting/state.ts'
import { referencePath } from '../reference/files.ts'

const Spec = z.strictObject({
  kind: z.enum(reportKinds),
  rule: z.string().regex(/^D[0-9]{2}$/),
  every: z.enum(reportRhythms),
  of: z.enum(['plan', 'country']),
  /** Every body that an activity of the plan names, or these. */
  authors: z.union([z.literal('responsible'), z.array(z.string()).min(1)]),
})
export type ReportSpec = z.output<typeof Spec>

let kept: readonly ReportSpec[] | undefined
export const reportSpecs = (): readonly ReportSpec[] => {
  kept ??= z.array(Spec).parse(JSON.parse(readFileSync(referencePath('reporting.json'), 'utf8')))
  return kept
}
export const specOf = (kind: ReportKind): ReportSpec => {
  const found = reportSpecs().find((spec) => spec.kind === kind)
  if (found === undefined) throw new Error(`reporting.json says nothing of ${kind}`)
  return found
}
