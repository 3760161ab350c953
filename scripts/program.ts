/**
 * The program itself, put together into a few files in dist/program: reading some nine hundred modules one by one is half of
 * a start (`docs/adr/0016`). Packages stay where they are, and so do files that a module reads beside itself. Where it cannot
 * be built (no right to write, no bundler), the program runs from its sources.
 */
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { built, ensure, type Product, root } from './built.ts'

const entry = 'src/server/cli/main.ts'

/** A module goes on finding what lies beside it: its own place is written into it. */
const places = {
  name: 'own-places',
  transform: (code: string, id: string): string | null =>
    code.includes('import.meta.')
      ? code
          .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
          .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      : null,
}

/** Packages of many small modules that read nothing beside themselves: put together with the program. */
const packed = ['kysely']

const buildInto = async (directory: string): Promise<void> => {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [places],
    ssr: { noExternal: packed },
    build: { ssr: entry, outDir: directory, emptyOutDir: true, target: 'esnext', minify: false },
  })
}

const program: Product = {
  name: 'program',
  what: 'the program',
  sources: [
    'src/server',
    'src/wire',
    'src/domain',
    'src/linkage',
    'src/disclosure',
    'scripts/program.ts',
    'package-lock.json',
  ],
  first: entry,
  whole: 'main.js',
  kept: true,
  rooted: true,
  buildInto,
}

const fromSources = pathToFileURL(join(root, entry)).href
const together = (directory: string): string => pathToFileURL(join(directory, program.whole)).href

/** Where to begin, without building anything: put together where that is of these very sources. */
export const freshProgram = (): string => {
  const directory = built(program)
  return directory === undefined ? fromSources : together(directory)
}

/** Where to begin, built first where it must be. */
export const ensureProgram = async (say: (line: string) => void): Promise<string> => {
  try {
    const directory = await ensure(program, say)
    return directory === undefined ? fromSources : together(directory)
  } catch (error) {
    say(`the program runs from its sources: ${error instanceof Error ? error.message : String(error)}`)
    return fromSources
  }
}
