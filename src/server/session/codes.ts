/** Random things that people copy or programs send, and how they are written. */
import { randomBytes } from 'node:crypto'

/** Crockford's alphabet: no I, L, O, U, so a code can be read out over the telephone. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function letters(count: number): string {
  let text = ''
  for (const byte of randomBytes(count)) text += alphabet[byte & 31]
  return text
}

const inGroups = (text: string, size: number): string => text.match(new RegExp(`.{${size}}`, 'g'))!.join('-')

/** 80 bits, handed over by an administrator once: `XXXX-XXXX-XXXX-XXXX`. */
export const newSetupCode = (): string => inGroups(letters(16), 4)
/** 50 bits each, ten to an account: `XXXXX-XXXXX`. */
export const newRecoveryCodes = (): string[] => Array.from({ length: 10 }, () => inGroups(letters(10), 5))

/** What was meant by a typed code: case, spaces, hyphens and look-alike letters do not matter. */
export const normalCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1').replace(/U/g, 'V')

/** 256 bits for a cookie. */
export const newSessionToken = (): string => randomBytes(32).toString('base64url')
/** 256 bits with a prefix that secret scanners can find in a repository. */
export const tokenPrefix = 'mbt_'
export const newAccessToken = (): string => tokenPrefix + randomBytes(32).toString('base64url')
