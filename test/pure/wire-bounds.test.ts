/**
 * Whatever may enter has bounds: each day, instant, number and text of each command's body and of each address that is asked with
 * values. The shapes themselves are walked, so that a new one cannot forget.
 */
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { commands, downloads, endpoints } from '#server/app.ts'

interface Leaf {
  readonly at: string
  readonly shape: z.core.$ZodType
  readonly kind: string
}

const leavesOf = (shape: z.core.$ZodType, at: string, seen: ReadonlySet<unknown> = new Set()): Leaf[] => {
  if (seen.has(shape)) return []
  const within = new Set([...seen, shape])
  const go = (inner: z.core.$ZodType, key = '') => leavesOf(inner, key === '' ? at : `${at}.${key}`, within)
  const def = (shape as z.core.$ZodTypes)._zod.def
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).flatMap(([key, inner]) => go(inner, key))
    case 'array':
      return go(def.element, '[]')
    case 'record':
      return [...go(def.keyType, '{key}'), ...go(def.valueType, '{}')]
    case 'tuple':
      return def.items.flatMap((inner, n) => go(inner, String(n)))
    case 'union':
      return def.options.flatMap((inner) => go(inner))
    case 'intersection':
      return [...go(def.left), ...go(def.right)]
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return go(def.innerType)
    case 'lazy':
      return go(def.getter())
    case 'pipe':
      return go(def.in)
    case 'string':
    case 'number':
      return [{ at, shape, kind: 'format' in def ? String(def.format) : def.type }]
    default:
      return [{ at, shape, kind: def.type }]
  }
}

const entering: Leaf[] = [
  ...[...commands].flatMap(([type, { schema }]) => leavesOf(schema, type)),
  ...[...endpoints, ...downloads].flatMap(({ url, wire }) =>
    [wire.params, wire.query, 'body' in wire ? wire.body : undefined].flatMap((shape) =>
      shape === undefined ? [] : leavesOf(shape as z.core.$ZodType, url),
    ),
  ),
]
/** What was kept before a bound was drawn must stay readable, or the whole record with it is not. */
const leaving: Leaf[] = endpoints.flatMap(({ url, wire }) => leavesOf(wire.reply as z.core.$ZodType, url))
const takes = ({ shape }: Leaf, value: unknown) => (shape as z.ZodType).safeParse(value).success
const those = (kinds: readonly string[]) => entering.filter(({ kind }) => kinds.includes(kind))
const takers = (kinds: readonly string[], value: unknown) =>
  those(kinds)
    .filter((leaf) => takes(leaf, value))
    .map(({ at }) => at)

describe('what may enter', () => {
  it('is days of an age that somebody living, or a plan, can have', () => {
    expect(those(['date']).length).toBeGreaterThan(150)
    for (const day of ['0001-01-01', '1899-12-31', '2200-01-01', '9999-12-31', '2026-02-30'])
      expect(takers(['date'], day), day).toEqual([])
    expect(takers(['date'], '2018-02-28').length).toBe(those(['date']).length)
  })
  it('is instants of the same age', () => {
    expect(those(['datetime']).length).toBeGreaterThan(10)
    for (const at of ['0001-01-01T00:00:00Z', '1899-12-30T00:00:00Z', '2200-01-01T12:00:00Z'])
      expect(takers(['datetime'], at), at).toEqual([])
  })
  it('is numbers that a column can hold', () => {
    expect(those(['safeint']).length).toBeGreaterThan(100)
    for (const number of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 1e300, -1e300])
      expect(takers(['number', 'safeint', 'int32', 'float64'], number), String(number)).toEqual([])
  })
  it('is texts of some length', () => {
    const texts = ['string', 'regex', 'url', 'guid', 'uuid']
    expect(those(texts).length).toBeGreaterThan(500)
    for (const sign of ['a', '1']) expect(takers(texts, sign.repeat(10_000_000)), sign).toEqual([])
  })
})

describe('what is read', () => {
  it('is any day that was ever kept, so that no slip of a finger shuts the record that it stands in', () => {
    const days = leaving.filter(({ kind }) => kind === 'date')
    expect(days.length).toBeGreaterThan(200)
    for (const day of ['0001-01-01', '0018-11-24', '1899-12-31', '2199-12-31'])
      expect(
        days.filter((leaf) => !takes(leaf, day)).map(({ at }) => at),
        day,
      ).toEqual([])
  })
})
