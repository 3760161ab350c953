/**
 * Builds the staff application into dist/web when its sources changed since the last build (a digest of them lies
 * beside it). Made aside and renamed into place: a server that is reading the old one is never shown half a new one.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { takeLock } from '../src/server/lock.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'dist', 'web')
const stamp = join(root, 'dist', 'web.built-from')
const sources = ['src/web', 'src/wire', 'src/domain', 'vite.config.ts', 'package-lock.json']

const filesOf = (path: string): string[] => {
  const full = join(root, path)
  if (!existsSync(full)) return []
  try {
    return readdirSync(full, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  } catch {
    return [full]
  }
}

const digest = (): string => {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesOf))
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file))
  return hash.digest('hex')
}

const isBuilt = (wanted: string): boolean =>
  existsSync(join(target, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted

/** Packed once here, so that no request pays for it. */
const pack = (directory: string): void => {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|html|svg|json|topojson|txt|webmanifest)$/.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const body = readFileSync(file)
    writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }))
    writeFileSync(`${file}.br`, brotliCompressSync(body))
  }
}

/** Always what people are served: a test's own NODE_ENV would build React's double-weight development version. */
const buildInto = async (directory: string): Promise<void> => {
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    const { build } = await import('vite')
    await build({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: directory, emptyOutDir: true },
    })
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
}

export const ensureWeb = async (say: (line: string) => void): Promise<void> => {
  if (!existsSync(join(root, 'src/web/index.html'))) return
  const wanted = digest()
  if (isBuilt(wanted)) return
  const free = await takeLock(join(root, '.cache', 'web.lock'), (pid) =>
    say(`another start (process ${pid}) is building the web application: waiting for it`),
  )
  const aside = `${target}.${process.pid}`
  try {
    if (isBuilt(wanted)) return
    say('building the web application (only when its sources change)')
    await buildInto(aside)
    pack(aside)
    rmSync(`${target}.old`, { recursive: true, force: true })
    if (existsSync(target)) renameSync(target, `${target}.old`)
    renameSync(aside, target)
    rmSync(`${target}.old`, { recursive: true, force: true })
    writeFileSync(stamp, wanted)
  } finally {
    rmSync(aside, { recursive: true, force: true })
    free()
  }
}
