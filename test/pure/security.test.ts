import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** docs/security.md claims where each threat is answered: each place it names is there. */
const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')
const named = [...page.matchAll(/`((?:src|test|migrations)\/[\w./-]+\.(?:ts|sql))`/g)].map((m) => m[1]!)

test('the page names places', () => expect(named.length).toBeGreaterThan(20))
test.each([...new Set(named)])('%s is there', (path) => {
  expect(existsSync(new URL(`../../${path}`, import.meta.url))).toBe(true)
})
