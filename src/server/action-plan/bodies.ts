/** The bodies that plans name, as shipped. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { referencePath } from '../reference/files.ts'

const Body = z.strictObject({
  code: z.string(),
  nameSq: z.string(),
  nameEn: z.string(),
  kind: z.string(),
  aliases: z.array(z.string()),
  /** Kinds of institutions of the register that are this body. */
  institutionKinds: z.array(z.string()),
})
export type Body = z.output<typeof Body>

export const readBodies = (): Body[] =>
  z.array(Body).parse(JSON.parse(readFileSync(referencePath('plans/bodies.json'), 'utf8')))
