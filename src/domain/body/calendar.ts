/** An invitation as a calendar file (RFC 5545): when, where, which body. No agenda, no name of a person. */
import { toInstant, toMs } from '../clock/tirana.ts'
import type { Instant, Uuid } from '../core.ts'
import { icsFile, icsStamp, icsText } from '../ics.ts'

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

export const calendarFile = (entry: CalendarEntry): string =>
  icsFile([
    'PRODID:-//Mburoja//Meetings//SQ',
    `METHOD:${entry.cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${entry.id}@mburoja`,
    `SEQUENCE:${entry.version}`,
    `DTSTAMP:${icsStamp(entry.now)}`,
    `DTSTART:${icsStamp(entry.startsAt)}`,
    `DTEND:${icsStamp(toInstant(toMs(entry.startsAt) + LENGTH_MS))}`,
    `SUMMARY:${icsText(`${entry.bodyName} (${entry.code})`)}`,
    `LOCATION:${icsText(entry.place)}`,
    `STATUS:${entry.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
  ])
