import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/** The walls of the house, read from the sources themselves: who may import whom (docs/adr and README draw the same map). */

const root = fileURLToPath(new URL('..', import.meta.url))
const rooms = ['domain', 'wire', 'server', 'web', 'linkage', 'disclosure'] as const
type Room = (typeof rooms)[number]

/** Rooms that a room may import, and whether it may use packages and Node. */
const may: Record<Room, { rooms: readonly Room[]; packages: 'none' | 'zod' | 'any'; node: boolean }> = {
  domain: { rooms: [], packages: 'none', node: false },
  linkage: { rooms: ['domain'], packages: 'none', node: false },
  disclosure: { rooms: ['domain'], packages: 'none', node: false },
  wire: { rooms: ['domain'], packages: 'zod', node: false },
  server: { rooms: ['domain', 'wire', 'linkage', 'disclosure'], packages: 'any', node: true },
  web: { rooms: ['domain', 'wire'], packages: 'any', node: false },
}

interface Source {
  readonly file: string
  readonly room: Room
  readonly text: string
  /** As written, without `import type` and `import` told apart: a type ties two rooms together as well. */
  readonly imports: readonly string[]
}

const under = (directory: string): string[] =>
  readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|css)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))

const importsOf = (text: string): string[] =>
  [
    ...text.matchAll(
      /^(?:import|export)\s+[\w$*\s{},]+?\s+from\s+['"]([^'"\n]+)['"]|^import\s+['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/gm,
    ),
  ].map((found) => (found[1] ?? found[2] ?? found[3])!)

const sources: Source[] = rooms.flatMap((room) =>
  under(`src/${room}`)
    .filter((file) => !file.endsWith('.css'))
    .map((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      return { file, room, text, imports: importsOf(text) }
    }),
)

/** Room that an import leads to, `node`, or the name of a package. */
const leadsTo = (source: Source, specifier: string): string => {
  const alias = /^#([a-z]+)\//.exec(specifier)?.[1]
  if (alias !== undefined) return `room:${alias}`
  if (specifier.startsWith('.')) {
    const path = relative(root, resolve(root, dirname(source.file), specifier)).split('/')
    // What the product ships as data is everybody's.
    return path[0] === 'reference' ? 'data' : `room:${path[1]}`
  }
  if (specifier.startsWith('node:')) return 'node'
  return `package:${specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0]}`
}

const isAllowed = (source: Source, specifier: string): boolean => {
  const rule = may[source.room]
  const target = leadsTo(source, specifier)
  if (target === 'node') return rule.node
  if (target === 'data') return true
  if (target.startsWith('room:')) {
    const room = target.slice(5)
    return room === source.room || rule.rooms.some((one) => one === room)
  }
  return rule.packages === 'any' || (rule.packages === 'zod' && target === 'package:zod')
}

describe('walls', () => {
  test('the sources are really read', () => {
    expect(sources.length).toBeGreaterThan(30)
    expect(sources.flatMap((one) => one.imports).length).toBeGreaterThan(60)
  })

  test.each(rooms)('%s imports only what its room may', (room) => {
    const through = sources
      .filter((one) => one.room === room)
      .flatMap((one) =>
        one.imports
          .filter((specifier) => !isAllowed(one, specifier))
          .map((specifier) => `${one.file} imports ${specifier}`),
      )
    expect(through).toEqual([])
  })

  test('no wall is broken in this test’s own eyes: a planted breach is seen', () => {
    const planted: Source = { file: 'src/web/x.ts', room: 'web', text: '', imports: [] }
    expect(isAllowed(planted, '#server/tx.ts')).toBe(false)
    expect(isAllowed(planted, '../server/tx.ts')).toBe(false)
    expect(isAllowed({ ...planted, file: 'src/domain/x.ts', room: 'domain' }, 'pg')).toBe(false)
    expect(
      importsOf("import {\n  a,\n  b,\n} from '#server/x.ts'\nexport * from './y.ts'\nimport 'z'"),
    ).toEqual(['#server/x.ts', './y.ts', 'z'])
  })

  test('files import no file that imports them', () => {
    const target = (source: Source, specifier: string): string | undefined => {
      const alias = /^#([a-z]+)\/(.+)$/.exec(specifier)
      if (alias !== null) return join('src', alias[1]!, alias[2]!)
      return specifier.startsWith('.')
        ? relative(root, resolve(root, dirname(source.file), specifier))
        : undefined
    }
    // Types leave no trace at run time: only imports that load something can go in circles.
    const loading = (source: Source): string[] =>
      importsOf(source.text.replaceAll(/^import type [^;]*?from ['"][^'"]+['"]/gm, '')).flatMap(
        (one) => target(source, one) ?? [],
      )
    const graph = new Map(sources.map((one) => [one.file, loading(one)]))
    const done = new Set<string>()
    const circles: string[] = []
    const walk = (file: string, way: readonly string[]): void => {
      if (way.includes(file)) {
        circles.push([...way.slice(way.indexOf(file)), file].join(' → '))
        return
      }
      if (done.has(file)) return
      for (const next of graph.get(file) ?? []) walk(next, [...way, file])
      done.add(file)
    }
    for (const file of graph.keys()) walk(file, [])
    expect(circles).toEqual([])
  })
})

describe('what the domain does not know', () => {
  const pure = sources.filter(
    (one) => one.room === 'domain' || one.room === 'linkage' || one.room === 'disclosure',
  )
  test.each([
    ['the time', /\bDate\.now\(|\bnew Date\(\)|performance\.now\(/],
    ['chance', /Math\.random\(|crypto\.randomUUID|getRandomValues/],
    ['the network or the process', /\bfetch\(|\bprocess\.|\bglobalThis\./],
  ])('%s', (_what, pattern) => {
    expect(pure.filter((one) => pattern.test(one.text)).map((one) => one.file)).toEqual([])
  })
})

describe('order in the rooms', () => {
  const all = [...rooms.map((room) => `src/${room}`), 'test', 'scripts', 'bench']
    .flatMap(under)
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

  test('no file is longer than 450 lines', () => {
    // Words are tables, a line each.
    const code = all.filter((one) => !one.file.endsWith('.css') && !one.file.startsWith('src/wire/words/'))
    expect(code.filter((one) => one.text.split('\n').length > 451).map((one) => one.file)).toEqual([])
  })

  test('nothing is promised for later, silenced or skipped', () => {
    const words = [
      'TO' + 'DO',
      'FIX' + 'ME',
      'biome-' + 'ignore',
      '@ts-' + 'ignore',
      '@ts-' + 'expect-error',
      '@ts-' + 'nocheck',
    ]
    expect(all.filter((one) => words.some((word) => one.text.includes(word))).map((one) => one.file)).toEqual(
      [],
    )
    const skipping = /\b(?:test|it|describe)\.(?:skip|only|todo|fails)\(/
    expect(
      all
        .filter((one) => skipping.test(one.text) && !one.file.endsWith('rooms.test.ts'))
        .map((one) => one.file),
    ).toEqual([])
  })
})
