/** Whatever an access record may be about has a word in both languages: the officer reads no code of the program. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { says } from '#server/words.ts'

const server = join(import.meta.dirname, '..', '..', 'src', 'server')
const sources = globSync('**/*.ts', { cwd: server })
  .filter((file) => !file.startsWith('demo'))
  .map((file) => readFileSync(join(server, file), 'utf8'))
const found = (pattern: RegExp): string[] => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map((hit) => hit[1] ?? ''))),
]

test.each([
  ['commands', found(/\bcommand\w*\(\s*['`]([a-z_]+)\./g)],
  ['reads', found(/recordAccess\([^;]{0,160}?kind: '([a-z_]+)'/g)],
])('%s', (_, kinds) => {
  expect(kinds.length).toBeGreaterThan(20)
  for (const kind of kinds)
    for (const language of ['sq', 'en'] as const)
      expect(says(language, `logPage.kind_${kind}`) || says(language, `admin.kind_${kind}`), kind).toBe(true)
})
