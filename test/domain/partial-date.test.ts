import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#domain/clock/tirana.ts'
import { addYears, isDay } from '#domain/day.ts'
import {
  ageRange,
  birthFromAge,
  certainlyAdult,
  certainlyChild,
  partialDateFault,
  readPartialDate,
} from '#domain/partial-date.ts'

const today = '2026-11-24'
const day = fc
  .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2026-11-24T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('days', () => {
  it.each(['2026-02-30', '2026-13-01', '2025-02-29', '26-1-1', '2026-1-01', 'x', ''])(
    '%s does not exist',
    (text) => expect(isDay(text)).toBe(false),
  )
  it('29 February becomes 1 March', () => {
    expect(addYears('2008-02-29', 18)).toBe('2026-03-01')
    expect(addYears('2008-02-29', 20)).toBe('2028-02-29')
  })
})

describe('what people write', () => {
  it.each([
    ['2011-05-03', '2011-05-03', '2011-05-03', ''],
    ['3.5.2011', '2011-05-03', '2011-05-03', ''],
    ['2011', '2011-01-01', '2011-12-31', '2011'],
    ['2012-02', '2012-02-01', '2012-02-29', '2012-02'],
    ['12.2011', '2011-12-01', '2011-12-31', '12.2011'],
    ['about 2011', '2010-01-01', '2012-12-31', 'about 2011'],
    ['Rreth 2011', '2010-01-01', '2012-12-31', 'Rreth 2011'],
    ['rreth vitit 2011', '2010-01-01', '2012-12-31', 'rreth vitit 2011'],
  ])('%s', (text, from, to, said) => expect(readPartialDate(text)).toEqual({ from, to, said }))
  it.each(['31.2.2011', '2011-14', 'yesterday', '', '1811', '13.2011'])('%s is no date', (text) =>
    expect(readPartialDate(text)).toBeNull(),
  )
})

describe('guards', () => {
  it.each([
    [{ from: '2011-02-30', to: '2011-03-01' }, 'impossible_date', 'birth.from'],
    [{ from: '2011-03-01', to: '2011-02-30' }, 'impossible_date', 'birth.to'],
    [{ from: '2012-01-01', to: '2011-01-01' }, 'impossible_date', 'birth'],
    [{ from: '1811-01-01', to: '2011-01-01' }, 'impossible_date', 'birth'],
    [{ from: '2026-11-25', to: '2026-11-30' }, 'in_future', 'birth'],
  ])('%o', (date, code, field) =>
    expect(partialDateFault({ ...date, said: '' }, 'birth', today)).toEqual({ code, field }),
  )
  it('a span that reaches into the future may still begin today', () =>
    expect(
      partialDateFault({ from: '2026-01-01', to: '2026-12-31', said: '2026' }, 'birth', today),
    ).toBeNull())
})

describe('child or adult', () => {
  it('is a child on the eve of the eighteenth birthday and not on it', () => {
    const born = (at: string) => ({ from: at, to: at, said: '' })
    expect(certainlyAdult(born('2008-11-24'), today)).toBe(true)
    expect(certainlyAdult(born('2008-11-25'), today)).toBe(false)
    expect(certainlyChild(born('2008-11-25'), today)).toBe(true)
  })
  it('what is typed is read only within the days a record can speak of, and never breaks', () => {
    for (const typed of [
      '0001-01-01',
      '1899-12-31',
      '31.12.1899',
      '2200-01-01',
      '1.1.9999',
      '1899',
      '2200',
      '1900-13',
    ])
      expect(readPartialDate(typed), typed).toBeNull()
    for (const typed of ['9999-12', '12.9999', '9999', 'about 9999', 'rreth 1900', 'rreth 2199', '0000-00'])
      expect(readPartialDate(typed), typed).toBeNull()
    expect(readPartialDate('2199-12')).toEqual({ from: '2199-12-01', to: '2199-12-31', said: '2199-12' })
    expect(readPartialDate('1900')).toEqual({ from: '1900-01-01', to: '1900-12-31', said: '1900' })
    expect(readPartialDate('rreth 1901')).toMatchObject({ from: '1900-01-01', to: '1902-12-31' })
  })
  it('never both, and a span across the birthday is neither', () => {
    fc.assert(
      fc.property(day, day, day, (a, b, on) => {
        const [from, to] = a < b ? [a, b] : [b, a]
        const birth = { from, to, said: '' }
        expect(certainlyAdult(birth, on) && certainlyChild(birth, on)).toBe(false)
        const { from: youngest, to: oldest } = ageRange(birth, on)
        expect(youngest).toBeLessThanOrEqual(oldest)
        if (on >= to) expect(certainlyAdult(birth, on)).toBe(youngest >= 18)
      }),
      { seed: 11 },
    )
  })
  it('an age implies every birth of that age, and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), day, (years, on) => {
        const birth = birthFromAge(years, on, String(years))
        expect(ageRange({ from: birth.from, to: birth.from, said: '' }, on).from).toBe(years)
        expect(ageRange({ from: birth.to, to: birth.to, said: '' }, on).from).toBe(years)
        expect(certainlyAdult(birth, on)).toBe(years >= 18)
        // One day more or less is another age.
        const before = addDays(birth.from, -1)
        expect(ageRange({ from: before, to: before, said: '' }, on).from).toBe(years + 1)
        const after = addDays(birth.to, 1)
        if (years > 0) expect(ageRange({ from: after, to: after, said: '' }, on).from).toBe(years - 1)
      }),
      { seed: 11 },
    )
  })
  it('on 29 February, and to whoever was born on one, the same', () => {
    expect(birthFromAge(1, '1968-02-29', '')).toMatchObject({ from: '1966-03-01', to: '1967-02-28' })
    expect(birthFromAge(0, '2028-02-29', '')).toMatchObject({ from: '2027-03-01', to: '2028-02-29' })
    expect(birthFromAge(17, '2025-02-28', '')).toMatchObject({ from: '2007-03-01', to: '2008-02-28' })
    expect(birthFromAge(17, '2025-03-01', '')).toMatchObject({ from: '2007-03-02', to: '2008-03-01' })
  })
})
