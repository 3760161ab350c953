/**
 * Money of plans: printed in thousand lekë with up to three decimals, kept as whole lekë. Text in and text out, because
 * a sum of printed amounts must be exact. `445.680` thousand is 445,680 lekë and never 445,680 thousand.
 */
import type { Lek } from './content.ts'

/** Thousand lekë as plans print them: comma between thousands, point before decimals. */
const printedShape = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,3}))?$/

/** Whole lekë of a printed amount in thousands, or null when it is no such amount. */
export const lekOfThousands = (printed: string): Lek | null => {
  const found = printedShape.exec(printed.trim())
  if (found === null) return null
  const whole = found[1]!.replaceAll(',', '')
  return BigInt(`${whole}${(found[2] ?? '').padEnd(3, '0')}`).toString()
}

/** Thousand lekë as exact decimal text without idle noughts: `488677164` → `488677.164`, `190000` → `190`. */
export const thousandsOfLek = (lek: Lek | bigint): string => {
  const value = BigInt(lek)
  const sign = value < 0n ? '-' : ''
  const digits = (value < 0n ? -value : value).toString().padStart(4, '0')
  const decimals = digits.slice(-3).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -3)}${decimals === '' ? '' : `.${decimals}`}`
}

export const sumLek = (amounts: readonly (Lek | null)[]): bigint =>
  amounts.reduce((sum, amount) => sum + (amount === null ? 0n : BigInt(amount)), 0n)

/** Hundredths of a unit from decimal text with at most two decimals: Table 1 prints lekë with decimals. */
export const hundredths = (decimal: string): bigint => {
  const [whole = '0', part = ''] = decimal.replace(/^-/, '').split('.')
  const value = BigInt(`${whole}${part.slice(0, 2).padEnd(2, '0')}`)
  return decimal.startsWith('-') ? -value : value
}

/** Decimal text of hundredths without idle noughts: `-36000` → `-360`, `5` → `0.05`, `80` → `0.8`. */
export const decimalOfHundredths = (value: bigint): string => {
  const sign = value < 0n ? '-' : ''
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0')
  const decimals = digits.slice(-2).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -2)}${decimals === '' ? '' : `.${decimals}`}`
}
