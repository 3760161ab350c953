import { tiranaOffset, toInstant, toMs } from '#domain/clock/tirana.ts'
import { language, say } from './words.tsx'

/** Everything on screen is Tirana's wall time; instants travel in UTC. */
const sqMonths = 'janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor'.split(' ')
const enMonths =
  'January February March April May June July August September October November December'.split(' ')
const sqDays = 'e diel,e hënë,e martë,e mërkurë,e enjte,e premte,e shtunë'.split(',')
const enDays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

/** Tirana's calendar day of an instant, `YYYY-MM-DD`; a day is returned as it is. */
export const dayOf = (at: string): string => (at.length === 10 ? at : local(at).day)
const local = (at: string) => {
  const ms = toMs(at)
  const wall = toInstant(ms + tiranaOffset(ms) * 60_000)
  return { day: wall.slice(0, 10), time: wall.slice(11, 16) }
}
const split = (day: string): [number, number, number] => {
  const [y, m, d] = day.split('-').map(Number)
  return [y ?? 0, m ?? 1, d ?? 1]
}
const monthName = (m: number): string => (language() === 'sq' ? sqMonths : enMonths)[m - 1] ?? ''
const shortMonth = (m: number): string => monthName(m).slice(0, 3)
const weekday = (day: string): string =>
  (language() === 'sq' ? sqDays : enDays)[new Date(`${day}T12:00:00Z`).getUTCDay()] ?? ''

/** 13:35 */
export const clockTime = (at: string): string => local(at).time
/** 24 nëntor, with the year when it is not this year's. */
export const longDate = (at: string, now = new Date().toISOString()): string => {
  const day = dayOf(at)
  const [y, m, d] = split(day)
  return `${d} ${monthName(m)}${dayOf(now).startsWith(String(y)) ? '' : ` ${y}`}`
}
/** 24 nëntor 2026 */
export const fullDate = (at: string): string => {
  const [y, m, d] = split(dayOf(at))
  return `${d} ${monthName(m)} ${y}`
}
/** 24 nën */
export const shortDate = (at: string, now = new Date().toISOString()): string => {
  const day = dayOf(at)
  const [y, m, d] = split(day)
  return `${d} ${shortMonth(m)}${dayOf(now).startsWith(String(y)) ? '' : ` ${y}`}`
}
/** e martë, 24 nëntor 2026 */
export const weekdayDate = (at: string): string => {
  const day = dayOf(at)
  const name = weekday(day)
  return language() === 'sq' ? `${name}, ${fullDate(day)}` : `${name} ${fullDate(day)}`
}
/** 24 nëntor 2026, 13:35 */
export const exactTime = (at: string): string =>
  at.length === 10 ? fullDate(at) : `${fullDate(at)}, ${clockTime(at)}`

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000
/** Calendar days from today to that day on Tirana's calendar; negative when past. */
export const daysFromToday = (at: string, now: string): number => dayNumber(dayOf(at)) - dayNumber(dayOf(now))

/** sot, 13:35 · dje, 09:10 · e enjte, 26 nëntor · 20 nëntor */
export const nearDate = (at: string, now: string): string => {
  const n = daysFromToday(at, now)
  const time = at.length === 10 ? '' : `, ${clockTime(at)}`
  if (n === 0) return `${say('web', 'today')}${time}`
  if (n === -1) return `${say('web', 'yesterday')}${time}`
  if (n === 1) return `${say('web', 'tomorrow')}${time}`
  if (n > 1 && n < 7) return `${weekday(dayOf(at))}, ${longDate(at, now)}`
  return longDate(at, now)
}

const minute = 60_000
/** 2 orë 20 min · 1 ditë 2 orë · 4 ditë: two units while the smaller still matters. */
export const span = (ms: number): string => {
  const minutes = Math.max(1, Math.floor(Math.abs(ms) / minute))
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  const d = (count: number) => say('web', 'span_days', { count })
  const h = (count: number) => say('web', 'span_hours', { count })
  const m = (count: number) => say('web', 'span_minutes', { count })
  if (days >= 3) return d(days)
  if (days >= 1) return hours % 24 === 0 ? d(days) : `${d(days)} ${h(hours % 24)}`
  if (hours >= 1) return minutes % 60 === 0 ? h(hours) : `${h(hours)} ${m(minutes % 60)}`
  return m(minutes)
}

/** 28 500,5 in Albanian; 28,500.5 in English. */
export const number = (n: number, digits = 0): string => {
  const text = n.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return language() === 'sq' ? text.replaceAll(',', '\u00a0').replace('.', ',') : text
}
