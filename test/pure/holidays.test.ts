import { expect, test } from 'vitest'
import { addDays, weekday } from '#domain/clock/tirana.ts'
import { readHolidays } from '#server/reference/files.ts'

const rows = readHolidays()
const days = new Set(rows.map((row) => row.day))
const years = [...Array(10).keys()].map((i) => 2018 + i)

/** Meeus's rules for the two Easters, written here apart from the table. */
const catholic = (y: number): string => {
  const a = y % 19
  const b = Math.floor(y / 100)
  const c = y % 100
  const h = (19 * a + b - (b >> 2) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * (c >> 2) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return new Date(Date.UTC(y, Math.floor(n / 31) - 1, (n % 31) + 1)).toISOString().slice(0, 10)
}
const orthodox = (y: number): string => {
  const d = (19 * (y % 19) + 15) % 30
  const n = d + ((2 * (y % 4) + 4 * (y % 7) - d + 34) % 7) + 114
  return new Date(Date.UTC(y, Math.floor(n / 31) - 1, (n % 31) + 14)).toISOString().slice(0, 10)
}

test('each year has the days of law 7651, the Easters as computed, and two Bajrams', () => {
  for (const y of years) {
    const of = (name: string) => rows.filter((r) => r.day.startsWith(`${y}-`) && r.nameEn === name)
    for (const md of [
      '01-01',
      '01-02',
      '03-14',
      '03-22',
      '05-01',
      '09-05',
      '11-28',
      '11-29',
      '12-08',
      '12-25',
    ])
      expect(days.has(`${y}-${md}`)).toBe(true)
    expect(of('Catholic Easter')[0]?.day).toBe(catholic(y))
    expect(of('Orthodox Easter')[0]?.day).toBe(orthodox(y))
    expect(of('Eid al-Fitr')).toHaveLength(1)
    expect(of('Eid al-Adha')).toHaveLength(1)
    expect(days.has(`${y}-11-22`)).toBe(y >= 2024)
    expect(days.has(`${y}-10-19`)).toBe(false)
  }
})

test('a holiday on a weekend has a day that stands in for it: the next working day not yet taken', () => {
  const real = rows.filter((r) => r.kind !== 'substitute')
  const standIns = rows.filter((r) => r.kind === 'substitute').map((r) => r.day)
  const weekend = [...new Set(real.map((r) => r.day))].filter((d) => weekday(d) === 0 || weekday(d) === 6)
  expect(standIns).toHaveLength(weekend.length)
  const taken = new Set(real.map((r) => r.day))
  for (const day of weekend.sort()) {
    let at = day
    while (weekday(at) === 0 || weekday(at) === 6 || taken.has(at)) at = addDays(at, 1)
    taken.add(at)
    expect(standIns).toContain(at)
  }
  expect(days.has('2026-11-30') && days.has('2026-12-01')).toBe(true)
})

test('every row is sourced, marked unconfirmed, and no earlier than its effective day', () => {
  for (const row of rows) {
    expect(row.source.length).toBeGreaterThan(10)
    expect(row.confirmed).toBe(false)
    expect(row.day >= row.effectiveFrom).toBe(true)
  }
  expect(rows.filter((r) => r.kind === 'estimated').map((r) => r.day.slice(0, 4))).toEqual([
    '2026',
    '2026',
    '2027',
    '2027',
  ])
})
