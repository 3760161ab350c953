/** The staff application, built into dist/web when its sources changed since the last build. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensure, type Product, root } from './built.ts'

/** Packed once here, so that no request pays for it. */
const pack = async (directory: string): Promise<void> => {
  const { brotliCompressSync, gzipSync } = await import('node:zlib')
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
    await pack(directory)
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
}

const web: Product = {
  name: 'web',
  what: 'the web application',
  sources: ['src/web', 'src/wire', 'src/domain', 'vite.config.ts', 'package-lock.json'],
  first: 'src/web/index.html',
  whole: 'index.html',
  buildInto,
}

export const ensureWeb = async (say: (line: string) => void): Promise<void> => {
  await ensure(web, say)
}
