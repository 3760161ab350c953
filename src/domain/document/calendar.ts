/** Appointments as a calendar file without names: a code, what kind of thing it is, the day. Phones show this to whoever looks. */
import type { Day, Instant, Uuid } from '../core.ts'
import { icsFile, icsStamp, icsText } from '../ics.ts'

export const appointmentKinds = ['visit', 'conference', 'review', 'court', 'plan_action', 'deadline'] as const
export type AppointmentKind = (typeof appointmentKinds)[number]

/** What kind of appointment a running clock stands for; the rule itself may tell of trafficking, so it is not written. */
const ofRule: Readonly<Record<string, AppointmentKind>> = {
  D05: 'conference',
  D06: 'conference',
  D09: 'review',
  D10: 'review',
  D11: 'court',
  D12: 'court',
  D14: 'review',
  D20: 'visit',
  D21: 'visit',
  D22: 'visit',
  D23: 'visit',
}
export const appointmentOf = (rule: string): AppointmentKind => ofRule[rule] ?? 'deadline'

export interface Appointment {
  readonly id: Uuid
  readonly code: string
  readonly kind: AppointmentKind
  readonly day: Day
}

const bare = (day: Day): string => day.replaceAll('-', '')
const next = (day: Day): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** @param say words of a kind, e.g. `Visit`. Whole days, free rather than busy: a deadline takes nobody's time. */
export const appointmentsFile = (
  list: readonly Appointment[],
  now: Instant,
  say: (kind: AppointmentKind) => string,
): string =>
  icsFile([
    'PRODID:-//Mburoja//Appointments//SQ',
    'METHOD:PUBLISH',
    ...list.flatMap((one) => [
      'BEGIN:VEVENT',
      `UID:${one.id}@mburoja`,
      `DTSTAMP:${icsStamp(now)}`,
      `DTSTART;VALUE=DATE:${bare(one.day)}`,
      `DTEND;VALUE=DATE:${bare(next(one.day))}`,
      `SUMMARY:${icsText(`${one.code}: ${say(one.kind)}`)}`,
      'TRANSP:TRANSPARENT',
      'CLASS:PRIVATE',
      'END:VEVENT',
    ]),
  ])
