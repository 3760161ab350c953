/** The few rules of calendar files (RFC 5545) that every one of ours keeps. */
import type { Instant } from './core.ts'

export const icsStamp = (at: Instant): string => at.replaceAll(/[-:]|\.\d+/g, '')
export const icsText = (text: string): string =>
  text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n|\r/g, '\\n')

const octets = (sign: string): number => {
  const point = sign.codePointAt(0) ?? 0
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
}
/** Lines of at most 75 octets, never cut within a letter. */
const folded = (line: string): string => {
  let out = ''
  let width = 0
  for (const sign of line) {
    const wide = octets(sign)
    if (width + wide > 75) {
      out += '\r\n '
      width = 1
    }
    out += sign
    width += wide
  }
  return out
}

export const icsFile = (lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].map(folded).join('\r\n')
