import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { referencePath } from '../reference/files.ts'

const Concerns = z.object({ concerns: z.array(z.object({ code: z.string(), group: z.string() })) })

let codes: readonly string[] | undefined
/** Concerns that the shipped list groups as economic exploitation. */
export const economicConcerns = (): readonly string[] => {
  codes ??= Concerns.parse(JSON.parse(readFileSync(referencePath('concerns.json'), 'utf8')))
    .concerns.filter((concern) => concern.group === 'economic_exploitation')
    .map((concern) => concern.code)
  return codes
}
