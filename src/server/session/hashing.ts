/**
 * Argon2id, 64 MiB and three passes (about 0.1 s of one core), at most two at once: signing in must not starve the
 * rest of the server nor take its memory. Who waits too long in too long a queue is told to come back.
 */
import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { normalPassword } from '#domain/password.ts'

/** Argon2id; the package's enum is declared `const`, which stripped types cannot import. */
const argon2id: Algorithm.Argon2id = 2
const cost = { algorithm: argon2id, memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const
const atOnce = 2
const longestQueue = 64

/** Thrown when so many are signing in that waiting is worse than coming back. Becomes 503 with Retry-After. */
export class TooManySignIns extends Error {}

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= longestQueue) throw new TooManySignIns()
    await new Promise<void>((go) => waiting.push(go))
  } else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(normalPassword(password), cost))

let nobody: Promise<string> | undefined

/**
 * Whether the password is the one behind the hash. For an unknown account (`null`) it takes the same time over the
 * hash of nobody and says no, so that the time tells nothing.
 */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(crypto.randomUUID() + crypto.randomUUID())
  const against = stored ?? (await nobody)
  const right = await inTurn(() => verify(against, normalPassword(password)))
  return right && stored !== null
}
