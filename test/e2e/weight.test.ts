/** What the staff application weighs before its first use: 200 KB of compressed script in all. */
import { beforeAll, expect, test } from 'vitest'
import { scriptBudget, weigh } from '../../scripts/budget.ts'
import { ensureWeb } from '../../scripts/web.ts'

beforeAll(() => ensureWeb(() => undefined))

test('the first signed-in page loads at most 200 KB of script', () => {
  const parts = weigh()
  const sum = parts.reduce((bytes, part) => bytes + part.bytes, 0)
  expect(sum, parts.map((part) => `${part.file} ${part.bytes}`).join('\n')).toBeLessThanOrEqual(scriptBudget)
})
