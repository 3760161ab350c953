import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cut } from '#domain/cut.ts'

const letters = fc
  .array(fc.constantFrom('a', 'ß', 'e\u0301', '😀', '\ud800', '\udc00'))
  .map((all) => all.join(''))

it('a text is cut between its letters', () => {
  expect(cut('a😀', 2)).toBe('a')
  expect(cut('a😀', 3)).toBe('a😀')
  expect(cut('\ud800', 5)).toBe('\ufffd')
  fc.assert(
    fc.property(letters, fc.nat(40), (text, most) => {
      const part = cut(text, most)
      expect(part.isWellFormed()).toBe(true)
      expect(part.length).toBeLessThanOrEqual(most)
      expect(part.length).toBeGreaterThanOrEqual(Math.min(text.length, most) - 1)
      if (text.isWellFormed()) expect(text.startsWith(part)).toBe(true)
    }),
  )
})
