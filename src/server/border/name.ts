/** A name as the border compares it: its parts as filed, each once, and how each sounds. */
import type { NamePart } from '#domain/border/match.ts'
import { nameTokens, phoneticKey } from '#linkage/name.ts'

export const partsOf = (name: string): readonly NamePart[] =>
  [...new Set(nameTokens(name))].slice(0, 20).map((word) => ({ word, sound: phoneticKey(word) }))
