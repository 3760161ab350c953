/**
 * Weighs the built staff application: the script that the first signed-in page loads, compressed, in all. The page is
 * the entry, the program that it asks for, everything they import, one language and the heaviest first route. Limit: 200 KB (gzip), from the issue.
 * `node scripts/budget.ts` prints the table and exits 1 when it is too heavy.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

interface Chunk {
  file: string
  name?: string
  imports?: string[]
}

export const scriptBudget = 200 * 1024
const firstRoutes = ['WorkPage', 'NationalPage', 'AdminPage', 'AccessPage']
const program = ['early', 'base']
const languages = ['book-sq', 'book-en']
const out = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist/web')

/** Compressed bytes of script of the first signed-in page, for the heaviest language and first route. */
export const weigh = (directory = out): { file: string; bytes: number }[] => {
  const manifest = JSON.parse(readFileSync(join(directory, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >
  const size = (file: string): number => gzipSync(readFileSync(join(directory, file)), { level: 9 }).length
  const closure = (chunk: Chunk | undefined, seen = new Set<string>()): Set<string> => {
    if (chunk === undefined || seen.has(chunk.file)) return seen
    seen.add(chunk.file)
    for (const next of chunk.imports ?? []) closure(manifest[next], seen)
    return seen
  }
  const named = (name: string): Chunk => {
    const chunk = Object.values(manifest).find((one) => one.name === name)
    if (chunk === undefined) throw new Error(`dist/web has no ${name}: build it first (npx vite build)`)
    return chunk
  }
  const total = (files: Iterable<string>): number => [...files].reduce((sum, f) => sum + size(f), 0)
  const heaviest = (names: readonly string[], base: ReadonlySet<string>): Set<string> =>
    names
      .map((name) => new Set([...closure(named(name))].filter((f) => !base.has(f))))
      .sort((a, b) => total(b) - total(a))[0] ?? new Set()
  const first = program.reduce((seen, name) => closure(named(name), seen), new Set<string>())
  const files = new Set([...first, ...heaviest(languages, first), ...heaviest(firstRoutes, first)])
  return [...files].map((file) => ({ file, bytes: size(file) })).sort((a, b) => b.bytes - a.bytes)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const parts = weigh()
  const sum = parts.reduce((s, p) => s + p.bytes, 0)
  for (const { file, bytes } of parts)
    process.stdout.write(`${(bytes / 1024).toFixed(1).padStart(8)} KB  ${file}\n`)
  process.stdout.write(
    `${(sum / 1024).toFixed(1).padStart(8)} KB  first signed-in page; limit ${scriptBudget / 1024} KB\n`,
  )
  if (sum > scriptBudget) process.exitCode = 1
}
