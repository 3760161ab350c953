/** Ages of consent and of being asked: configuration of the country (unconfirmed), never constants of the code. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { referencePath } from '../reference/files.ts'

const age = z.int().min(0).max(18)
const Rule = z.object({ ownConsentFrom: age, childAskedFrom: age })
let kept: z.infer<typeof Rule> | undefined
const rule = (): z.infer<typeof Rule> => {
  kept ??= Rule.parse(JSON.parse(readFileSync(referencePath('consent.json'), 'utf8')))
  return kept
}

/** Whole years from which one consents alone; read once from `reference/al/consent.json`. */
export const ownConsentFrom = (): number => rule().ownConsentFrom
/** Whole years from which the child itself is asked before sensitive information leaves. */
export const askedFrom = (): number => rule().childAskedFrom
