/**
 * What is built from sources, once for each state of them: a digest of them lies beside it. Made aside and renamed into
 * place: a server that is reading the old one is never shown half a new one.
 */
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { takeLock } from '../src/server/lock.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))
const home = join(root, 'dist')

export interface Product {
  /** Its directory below `dist`. */
  readonly name: string
  /** As whoever waits reads it. */
  readonly what: string
  /** Files and directories, below the root. */
  readonly sources: readonly string[]
  /** One of them without which there is nothing to build from. */
  readonly first: string
  /** A file of it without which it is not whole. */
  readonly whole: string
  /** Each state has a directory of its own, so that a server that began with an older one goes on finding its parts. */
  readonly kept?: true
  /** It names places below the root, and is built again where that was moved. */
  readonly rooted?: true
  readonly buildInto: (directory: string) => Promise<void>
}

const filesBelow = (path: string): string[] => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  if (!found.isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

const digest = (files: readonly string[], of: (file: string) => string | Buffer): string => {
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(of(file))
      .update('\0')
  return hash.digest('hex')
}

/** Size and time of change of each source: cheap enough to ask at every start, which reading them all is not. */
const stateOf = (files: readonly string[]): string =>
  digest(files, (file) => {
    const { size, mtimeMs } = lstatSync(file)
    return `${size} ${mtimeMs}`
  })

interface Wanted {
  readonly base: string
  readonly directory: string
  /** What stands beside what was built: a digest of its sources, and of a rooted product the root. */
  readonly mark: string
  readonly fresh: () => boolean
}

/** What is wanted. Sources that were only touched or copied are read once, and known by their state from then on. */
const look = (product: Product): Wanted | undefined => {
  const files = product.sources.flatMap((path) => filesBelow(join(root, path)))
  if (!files.some((file) => file.endsWith(product.first))) return undefined
  const base = join(home, product.name)
  const known = `${base}.sources`
  const state = stateOf(files)
  const [before, knownContent] = existsSync(known) ? readFileSync(known, 'utf8').split('\n') : []
  const content =
    before === state && knownContent !== undefined
      ? knownContent
      : digest(files, (file) => readFileSync(file))
  const mark = product.rooted === true ? `${content} ${root}` : content
  const directory = product.kept === true ? join(base, content.slice(0, 16)) : base
  const stamp = `${directory}.built-from`
  const fresh = () =>
    existsSync(join(directory, product.whole)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === mark
  if (before !== state && fresh()) remember(known, `${state}\n${content}`)
  return { base, directory, mark, fresh }
}

/** An installation that may not write into its own folder reads its sources each time. */
const remember = (file: string, text: string): void => {
  try {
    writeFileSync(file, text)
  } catch {}
}

/** Where it lies if it is of these very sources. */
export const built = (product: Product): string | undefined => {
  const wanted = look(product)
  return wanted?.fresh() === true ? wanted.directory : undefined
}

const WEEK = 7 * 86_400_000

/** Those that no running server can be reading any more. */
const removeOld = (base: string): void => {
  for (const name of readdirSync(base)) {
    const path = join(base, name)
    if (Date.now() - lstatSync(path).mtimeMs > WEEK) rmSync(path, { recursive: true, force: true })
  }
}

/** Built first where it is not of these very sources; nothing where there are no sources to build from. */
export const ensure = async (product: Product, say: (line: string) => void): Promise<string | undefined> => {
  const wanted = look(product)
  if (wanted === undefined) return undefined
  const { base, directory, mark, fresh } = wanted
  if (fresh()) return directory
  const free = await takeLock(join(root, '.cache', `${product.name}.lock`), (pid) =>
    say(`another start (process ${pid}) is building ${product.what}: waiting for it`),
  )
  const aside = `${directory}.${process.pid}`
  const old = `${directory}.old`
  try {
    if (fresh()) return directory
    say(`building ${product.what} (only when its sources change)`)
    mkdirSync(aside, { recursive: true })
    await product.buildInto(aside)
    rmSync(old, { recursive: true, force: true })
    if (existsSync(directory)) renameSync(directory, old)
    renameSync(aside, directory)
    rmSync(old, { recursive: true, force: true })
    writeFileSync(`${directory}.built-from`, mark)
    look(product)
    if (product.kept === true) removeOld(base)
    return directory
  } finally {
    rmSync(aside, { recursive: true, force: true })
    free()
  }
}
