/**
 * The hash of a password as if it had been set, at the least cost that argon2 knows: a hash carries its own cost, so
 * who signs in with it does not wait, and no setting of the product grows weaker. What the product itself writes costs
 * what it must (test/http/session.test.ts).
 */
import { type Algorithm, hash } from '@node-rs/argon2'
import { normalPassword } from '#domain/password.ts'

const argon2id: Algorithm.Argon2id = 2

export const lightHash = (password: string): Promise<string> =>
  hash(normalPassword(password), { algorithm: argon2id, memoryCost: 8, timeCost: 1, parallelism: 1 })
