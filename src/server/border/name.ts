/** A name as the border compares it: its parts as filed, a repeated one (Ali Ali) as often as it is said, and how each sounds. */
import type { NamePart } from '#domain/border/match.ts'
import { nameTokens, phoneticKey } from '#linkage/name.ts'

export const partsOf = (name: string): readonly NamePart[] =>
  nameTokens(name)
    .slice(0, 20)
    .map((word) => ({ word, sound: phoneticKey(word) }))
