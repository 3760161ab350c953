/** How one person is told: which groups by which channel and when; and from it the moment at which a notice goes out. */
import { addDays, fromTirana, tiranaDay, tiranaOffset, toInstant, toMs } from '../clock/tirana.ts'
import type { Instant } from '../core.ts'
import { kindOf, type NoticeGroup, noticeGroups } from './kinds.ts'

/** Channels that leave the application. */
export const channels = ['mail', 'push'] as const
export type Channel = (typeof channels)[number]

export const mailTimings = ['off', 'now', 'hourly', 'daily'] as const
export const pushTimings = ['off', 'now'] as const
export type Timing = (typeof mailTimings)[number]

export interface Preferences {
  readonly language: 'sq' | 'en'
  /** Groups not shown in the application; urgent kinds of theirs are shown all the same. */
  readonly muted: readonly NoticeGroup[]
  readonly mail: Readonly<Record<NoticeGroup, Timing>>
  readonly push: Readonly<Record<NoticeGroup, (typeof pushTimings)[number]>>
  /** Minutes after midnight in Tirana; the same twice: no quiet hours. */
  readonly quietFrom: number
  readonly quietTo: number
  /** The hour of the daily digest, in Tirana. */
  readonly dailyAt: number
  /** What a locked screen may show: «you have a task», or the code and what is to be done. */
  readonly pushWords: 'safe' | 'code'
  /** Nothing leaves the application since. */
  readonly stoppedAt: Instant | null
}

const each = <T>(value: (group: NoticeGroup) => T): Record<NoticeGroup, T> =>
  Object.fromEntries(noticeGroups.map((group) => [group, value(group)])) as Record<NoticeGroup, T>

/** Before anybody sets anything: one mail a day, what is urgent at once, nights quiet, nothing on a locked screen. */
export const standard = (language: Preferences['language']): Preferences => ({
  language,
  muted: [],
  mail: each((group) => (group === 'deadlines' ? 'now' : 'daily')),
  push: each(() => 'now'),
  quietFrom: 20 * 60,
  quietTo: 7 * 60,
  dailyAt: 8,
  pushWords: 'safe',
  stoppedAt: null,
})

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const minuteOfDay = (ms: number): number => Math.floor(ms / MINUTE + tiranaOffset(ms)) % 1440

/** The moment itself, or the end of the quiet hours that it falls into. */
const afterQuiet = ({ quietFrom, quietTo }: Preferences, at: Instant): Instant => {
  const ms = toMs(at)
  const minute = minuteOfDay(ms)
  const overNight = quietFrom > quietTo
  const quiet = overNight ? minute >= quietFrom || minute < quietTo : minute >= quietFrom && minute < quietTo
  if (!quiet) return at
  const day = tiranaDay(at)
  const ends = overNight && minute >= quietFrom ? addDays(day, 1) : day
  return fromTirana(ends, Math.floor(quietTo / 60), quietTo % 60)
}

const nextHour = (at: Instant): Instant => toInstant((Math.floor(toMs(at) / HOUR) + 1) * HOUR)

const nextDaily = (at: Instant, hour: number): Instant => {
  const day = tiranaDay(at)
  const today = fromTirana(day, hour)
  return toMs(today) > toMs(at) ? today : fromTirana(addDays(day, 1), hour)
}

/**
 * When a notice of this kind leaves by this channel; null: not at all. Urgent kinds wait for no digest and no morning.
 * Those that leave at one moment, later than now, go together.
 */
export const leavesAt = (
  preferences: Preferences,
  channel: Channel,
  code: string,
  now: Instant,
): Instant | null => {
  const { group, urgent } = kindOf(code)
  const timing: Timing = preferences[channel][group]
  if (preferences.stoppedAt !== null || timing === 'off') return null
  if (urgent === true) return now
  if (timing === 'hourly') return afterQuiet(preferences, nextHour(now))
  if (timing === 'daily') return afterQuiet(preferences, nextDaily(now, preferences.dailyAt))
  return afterQuiet(preferences, now)
}

/** Hidden from the person's own list: muted, and not urgent. */
export const isMuted = ({ muted }: Pick<Preferences, 'muted'>, code: string): boolean => {
  const { group, urgent } = kindOf(code)
  return urgent !== true && muted.includes(group)
}
