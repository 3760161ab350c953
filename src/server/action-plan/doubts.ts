/** What is doubtful in the printed plans, in Albanian: `reference/al/plans/doubts-sq.json`, by the sentence of the plan's file. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { referencePath } from '../reference/files.ts'

const albanian = new Map(
  Object.entries(
    z
      .record(z.string(), z.string().min(1))
      .parse(JSON.parse(readFileSync(referencePath('plans/doubts-sq.json'), 'utf8'))),
  ),
)

/** What somebody wrote in a plan of their own stays as they wrote it. */
export const doubtSq = (doubt: string | null): string | null =>
  doubt === null ? null : (albanian.get(doubt) ?? doubt)
