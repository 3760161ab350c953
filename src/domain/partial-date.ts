/**
 * A date known only in part ("about 2011", "spring 2014", a border guard's guess of ten years) is a value of its
 * own: the earliest and latest day it can be, and the words as they were said. Nothing is rounded to 1 January.
 */

import { addDays } from './clock/tirana.ts'
import type { Day } from './core.ts'
import { addYears, earliestDay, isDay, isRecordDay, latestDay } from './day.ts'
import type { Refusal } from './refusal.ts'

export type PartialDate = {
  /** Earliest day it can be. */
  readonly from: Day
  /** Latest day it can be; equal to `from` when the day is known. */
  readonly to: Day
  /** As said or as written in the document; empty when the day was simply picked. */
  readonly said: string
}

const [firstYear, lastYear] = [earliestDay, latestDay].map((day) => Number(day.slice(0, 4))) as [
  number,
  number,
]
const isYear = (year: number): boolean => year >= firstYear && year <= lastYear

export const exactDay = (day: Day): PartialDate => ({ from: day, to: day, said: '' })
export const isExact = (date: PartialDate): boolean => date.from === date.to

const two = (n: number): string => String(n).padStart(2, '0')
const lastOfMonth = (year: number, month: number): Day =>
  addDays(month === 12 ? `${year + 1}-01-01` : `${year}-${two(month + 1)}-01`, -1)

const about = /^(?:about|circa|around|ca\.?|rreth|afërsisht|afersisht)\s+(?:vitit\s+)?(\d{4})$/i

/**
 * Reads what people type: `2011-05-03`, `03.05.2011`, `2011-05`, `05.2011`, `2011`, `about 2011`, `rreth 2011` (the
 * year before to the year after). Null when it is none of these or the day does not exist.
 */
export const readPartialDate = (text: string): PartialDate | null => {
  const said = text.trim()
  if (isRecordDay(said)) return exactDay(said)
  const dotted = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(said)
  if (dotted) {
    const day = `${dotted[3]}-${two(Number(dotted[2]))}-${two(Number(dotted[1]))}`
    return isRecordDay(day) ? exactDay(day) : null
  }
  const month = /^(\d{4})-(\d{1,2})$/.exec(said) ?? /^(\d{1,2})[./](\d{4})$/.exec(said)
  if (month) {
    const yearFirst = (month[1] ?? '').length === 4
    const year = Number(yearFirst ? month[1] : month[2])
    const m = Number(yearFirst ? month[2] : month[1])
    if (m < 1 || m > 12 || !isYear(year)) return null
    return { from: `${year}-${two(m)}-01`, to: lastOfMonth(year, m), said }
  }
  const year = /^(\d{4})$/.exec(said)
  if (year && isYear(Number(year[1]))) return { from: `${year[1]}-01-01`, to: `${year[1]}-12-31`, said }
  const near = about.exec(said)
  if (near) {
    const y = Number(near[1])
    return !isYear(y - 1) || !isYear(y + 1) ? null : { from: `${y - 1}-01-01`, to: `${y + 1}-12-31`, said }
  }
  return null
}

/** The last birth of which somebody has had so many birthdays on a day: on 29 February also those of 28 February before it. */
const lastBirth = (onDay: Day, birthdays: number): Day => {
  const year = String(Number(onDay.slice(0, 4)) - birthdays).padStart(4, '0')
  const same = `${year}${onDay.slice(4)}`
  return isDay(same) ? same : `${year}-02-28`
}

/** The births that an age in whole years on a day implies. */
export const birthFromAge = (years: number, onDay: Day, said: string): PartialDate => ({
  from: addDays(lastBirth(onDay, years + 1), 1),
  to: lastBirth(onDay, years),
  said,
})

/** Guards every partial date: real days, in order, not before 1900, not wholly in the future. */
export const partialDateFault = (date: PartialDate, field: string, today: Day): Refusal | null => {
  if (!isDay(date.from)) return { code: 'impossible_date', field: `${field}.from` }
  if (!isDay(date.to)) return { code: 'impossible_date', field: `${field}.to` }
  if (date.from < earliestDay || date.to < date.from) return { code: 'impossible_date', field }
  if (date.from > today) return { code: 'in_future', field }
  return null
}

/** A child is under 18 (law 18/2017, art. 3). */
export const childUntil = 18

/** True when even the youngest reading is 18 or more on that day. */
export const certainlyAdult = (birth: PartialDate, onDay: Day): boolean =>
  addYears(birth.to, childUntil) <= onDay
/** True when even the oldest reading is under 18 on that day. */
export const certainlyChild = (birth: PartialDate, onDay: Day): boolean =>
  addYears(birth.from, childUntil) > onDay

const wholeYears = (birth: Day, onDay: Day): number => {
  const years = Number(onDay.slice(0, 4)) - Number(birth.slice(0, 4))
  return addYears(birth, years) <= onDay ? years : years - 1
}

/** Youngest and oldest age in whole years on a day; never below zero. */
export const ageRange = (birth: PartialDate, onDay: Day): { readonly from: number; readonly to: number } => ({
  from: Math.max(0, wholeYears(birth.to, onDay)),
  to: Math.max(0, wholeYears(birth.from, onDay)),
})
