/** An invitation as a calendar file (RFC 5545): when, where, which body. No agenda, no name of a person. */
import { toInstant, toMs } from '../clock/tirana.ts'
import type { Instant, Uuid } from '../core.ts'

export interface CalendarEntry {
  readonly id: Uuid
  readonly version: number
  readonly code: string
  readonly bodyName: string
  readonly startsAt: Instant
  readonly place: string
  readonly cancelled: boolean
  /** When this file was made. */
  readonly now: Instant
}

/** Meetings are entered with a beginning; two hours are kept free. */
const LENGTH_MS = 2 * 3_600_000

const stampOf = (at: Instant): string => at.replaceAll(/[-:]|\.\d+/g, '')
const escaped = (text: string): string =>
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

export const calendarFile = (entry: CalendarEntry): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Mburoja//Meetings//SQ',
    `METHOD:${entry.cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${entry.id}@mburoja`,
    `SEQUENCE:${entry.version}`,
    `DTSTAMP:${stampOf(entry.now)}`,
    `DTSTART:${stampOf(entry.startsAt)}`,
    `DTEND:${stampOf(toInstant(toMs(entry.startsAt) + LENGTH_MS))}`,
    `SUMMARY:${escaped(`${entry.bodyName} (${entry.code})`)}`,
    `LOCATION:${escaped(entry.place)}`,
    `STATUS:${entry.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n')
