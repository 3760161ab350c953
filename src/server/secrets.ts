/**
 * What is kept outside the database, so that a stolen copy of it alone opens nothing: the server's secret and the
 * key that seals the ledger. Made at the first start, readable by the server's user only.
 */
import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, Fault } from './fault.ts'
import type { CountryKeys } from './packet/keys.ts'

export interface Secrets {
  /** 32 bytes. */
  readonly secret: Buffer
  /** Ed25519, signs the checkpoints. */
  readonly seal: KeyObject
  /** Ed25519 and X25519: towards other countries. */
  readonly country: CountryKeys
  /** Tells one set of secrets from another without telling anything about them. */
  readonly fingerprint: string
}

/** Written aside and renamed: a start that is cut off leaves the whole file or none. */
const readOrMake = (file: string, make: () => string): string => {
  try {
    if (!existsSync(file)) {
      const aside = `${file}.${process.pid}`
      writeFileSync(aside, make(), { mode: 0o600, flush: true })
      renameSync(aside, file)
    }
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Fault(`The key ${file} cannot be read or written (${codeOf(error)}): give this user the right.`)
  }
}

export const openSecrets = (directory: string): Secrets => {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const secret = Buffer.from(
    readOrMake(join(directory, 'secret'), () => `${randomBytes(32).toString('hex')}\n`).trim(),
    'hex',
  )
  if (secret.length !== 32)
    throw new Fault(`${join(directory, 'secret')} does not hold 64 hexadecimal digits.`)
  const privateKey = (file: string, make: () => { readonly privateKey: KeyObject }): KeyObject => {
    const pem = readOrMake(join(directory, file), () =>
      make().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    )
    try {
      return createPrivateKey(pem)
    } catch {
      throw new Fault(`${join(directory, file)} is not a private key.`)
    }
  }
  const fingerprint = createHash('sha256').update('fingerprint').update(secret).digest('hex').slice(0, 16)
  return {
    secret,
    seal: privateKey('seal.pem', () => generateKeyPairSync('ed25519')),
    country: {
      sign: privateKey('packet-sign.pem', () => generateKeyPairSync('ed25519')),
      open: privateKey('packet-open.pem', () => generateKeyPairSync('x25519')),
    },
    fingerprint,
  }
}
