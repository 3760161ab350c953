/** The age from which one consents alone: configuration of the country (unconfirmed), never a constant of the code. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { referencePath } from '../reference/files.ts'

const Rule = z.object({ ownConsentFrom: z.int().min(0).max(18) })
let kept: number | undefined

/** Whole years; read once from `reference/al/consent.json`. */
export const ownConsentFrom = (): number => {
  kept ??= Rule.parse(JSON.parse(readFileSync(referencePath('consent.json'), 'utf8'))).ownConsentFrom
  return kept
}
