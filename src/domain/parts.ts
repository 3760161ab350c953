/**
 * Free text of an event: it may hold somebody's name, so it stands in parts, which lawful erasure takes away, and never in the facts, which
 * the chain keeps for ever (decision 1).
 */
import type { Json, Part } from './core.ts'

/** One T3 part for each text that is there. */
export const textParts = (texts: Readonly<Record<string, Json | undefined>>): readonly Part[] =>
  Object.entries(texts).flatMap(([name, body]) =>
    body === undefined || body === null ? [] : [{ tier: 'T3' as const, name, body }],
  )
