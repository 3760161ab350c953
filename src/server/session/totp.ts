/** The second factor: six digits, thirty seconds, SHA-1, as every authenticator app has it (RFC 6238). */
import { generateSecret, generateURI, verifySync } from 'otplib'

export const newTotpSecret = (): string => generateSecret({ length: 20 })

/** What the QR code says. The account is named by its login, the issuer by the product. */
export const totpUri = (login: string, secret: string): string =>
  generateURI({ issuer: 'Mburoja', label: login, secret })

/**
 * The time step of a right code, or null. One step of clock drift either way; a code of a step at or before
 * `lastStep` was used already and is refused.
 */
export function checkTotp(secret: string, code: string, at: number, lastStep: number): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const result = verifySync({ secret, token, epoch: Math.floor(at / 1000), epochTolerance: 30 })
  return result.valid && 'timeStep' in result && result.timeStep > lastStep ? result.timeStep : null
}
