/**
 * The wrapping keys: the only keys that open the data keys in the database, and never in it. Each is derived (HKDF-SHA-256)
 * from the server's secret and 32 random bytes in a file of its own, so that removing the file ends the key.
 */
import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, Fault } from '../fault.ts'
import { Problem } from '../problem.ts'
import { seal, unseal } from '../session/keys.ts'

export interface Wrapped {
  /** Name of the key it is wrapped under. */
  readonly wrapping: string
  readonly wrapped: Buffer
}

export interface Ring {
  /** Under the newest key. @throws Problem `no_key` when it is missing: nothing is kept plain instead. */
  wrap(owner: string, key: Buffer): Wrapped
  /** @throws Problem `unopened` when its key is not here, or the bytes are not those that were wrapped for `owner`. */
  unwrap(owner: string, given: Wrapped): Buffer
}

/** The ring of a running installation: one file a key, the newest last. */
export interface FileRing extends Ring {
  readonly directory: string
  /** Names of the keys found, newest last. */
  names(): readonly string[]
  /** The file that holds a key, or undefined. */
  fileOf(name: string): string | undefined
  /** Makes the next key; from then on it is the one that wraps. Returns its name. */
  add(): string
  /** The newest key that the database knows is missing: wrap nothing until a key is added, or the next start. */
  close(): void
}

const nameOf = (key: Buffer): string =>
  createHash('sha256').update('wrapping key').update(key).digest('hex').slice(0, 16)

const derive = (secret: Buffer, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, 'mburoja wrapping key', 32))

const wrapWith = (name: string, wrapping: Buffer, owner: string, key: Buffer): Wrapped => ({
  wrapping: name,
  wrapped: seal(wrapping, `record key\n${owner}`, key.toString('base64')),
})

const unwrapWith = (wrapping: Buffer | undefined, owner: string, given: Wrapped): Buffer => {
  if (wrapping === undefined) throw new Problem('unopened')
  try {
    return Buffer.from(unseal(wrapping, `record key\n${owner}`, given.wrapped), 'base64')
  } catch {
    throw new Problem('unopened')
  }
}

const memory = new WeakMap<Buffer, Ring>()
/** A ring of one key that follows from the secret alone: for an application that has no directory of keys. */
export const ringOf = (secret: Buffer): Ring => {
  const known = memory.get(secret)
  if (known !== undefined) return known
  const key = derive(secret, Buffer.alloc(0))
  const name = nameOf(key)
  const ring: Ring = {
    wrap: (owner, data) => wrapWith(name, key, owner, data),
    unwrap: (owner, given) => unwrapWith(given.wrapping === name ? key : undefined, owner, given),
  }
  memory.set(secret, ring)
  return ring
}

const named = /^wrap-(\d{4})$/
/** A key that another process has just made is found within this time (ms). */
export const refreshEvery = 2000

export const openRing = (directory: string, secret: Buffer): FileRing => {
  const keys = new Map<string, { readonly key: Buffer; readonly file: string }>()
  const seen = new Set<string>()
  let last = 0
  let lookedAt = Number.NEGATIVE_INFINITY
  let closed = false
  const load = (entry: string): void => {
    const file = join(directory, entry)
    const salt = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
    last = Number(named.exec(entry)![1])
    seen.add(entry)
    // A file that is cut short is no key; the start says that the one it held is missing.
    if (salt.length !== 32) return
    const key = derive(secret, salt)
    keys.set(nameOf(key), { key, file })
  }
  const look = (): void => {
    lookedAt = performance.now()
    try {
      for (const entry of readdirSync(directory).sort())
        if (named.test(entry) && !seen.has(entry)) load(entry)
    } catch (error) {
      if (error instanceof Fault) throw error
      throw new Fault(`The keys in ${directory} cannot be read (${codeOf(error)}): give this user the right.`)
    }
  }
  const newest = () => [...keys].at(-1)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  look()
  return {
    directory,
    names: () => [...keys.keys()],
    fileOf: (name) => keys.get(name)?.file,
    add: () => {
      look()
      const entry = `wrap-${String(last + 1).padStart(4, '0')}`
      const aside = join(directory, `${entry}.${process.pid}`)
      writeFileSync(aside, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true })
      try {
        // Linked, not renamed: two at once make one key, never two under one name.
        if (!existsSync(join(directory, entry))) linkSync(aside, join(directory, entry))
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error
      } finally {
        rmSync(aside, { force: true })
      }
      look()
      closed = false
      return newest()![0]
    },
    close: () => {
      closed = true
    },
    wrap: (owner, data) => {
      if (performance.now() - lookedAt > refreshEvery) look()
      const [name, held] = newest() ?? []
      if (closed || name === undefined || held === undefined) throw new Problem('no_key')
      return wrapWith(name, held.key, owner, data)
    },
    unwrap: (owner, given) => {
      if (!keys.has(given.wrapping)) look()
      return unwrapWith(keys.get(given.wrapping)?.key, owner, given)
    },
  }
}
