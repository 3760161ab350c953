/** Obligations to meet, reckoned from meetings as of a day; and the invitation as a calendar file. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarFile } from '#domain/body/calendar.ts'
import { dueOn, dutyView, type Held, type Obligation, periodsOf } from '#domain/body/duty.ts'
import { dutyPeriods, dutyProofs } from '#domain/body/state.ts'
import { addDays, daysBetween } from '#domain/clock/tirana.ts'

const now = '2026-11-24T11:00:00.000Z'

describe('obligations to meet', () => {
  test('periods follow each other without a gap and begin no earlier than asked', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...dutyPeriods),
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 0, max: 1500 }),
        (period, from, length) => {
          const since = addDays('2025-01-01', from)
          const asOf = addDays(since, length)
          const found = periodsOf(period, since, asOf)
          found.forEach((one, at) => {
            expect(one.from >= since && one.from <= asOf).toBe(true)
            if (at > 0) expect(one.from).toBe(addDays(found[at - 1]!.to, 1))
          })
          const next = found.at(-1)
          if (next !== undefined) expect(addDays(next.to, 1) > asOf).toBe(true)
        },
      ),
    )
    expect(periodsOf('half_year', '2026-01-01', '2026-11-24')).toEqual([
      { from: '2026-01-01', to: '2026-06-30' },
      { from: '2026-07-01', to: '2026-12-31' },
    ])
    const year = { from: '2026-01-01', to: '2026-12-31' }
    expect(dueOn({ unit: 'days_after_period', amount: 60 }, year)).toBe('2027-03-01')
    expect(dueOn({ unit: 'per_period', amount: 1 }, year)).toBe('2026-12-31')
  })

  const quarter: Obligation = {
    from: '2026-07-01',
    to: '2026-09-30',
    dueOn: '2026-09-30',
    needed: 1,
    proof: 'meeting',
    missed: false,
  }
  const meeting: Held = { heldOn: '2026-08-10', jointWith: [], correctedOn: null, recommendedOn: null }

  test('are met by what the rule asks for and by nothing less', () => {
    const state = (proof: Obligation['proof'], change: Partial<Held>, asOf = '2026-11-24') =>
      dutyView({ ...quarter, proof }, [{ ...meeting, ...change }], asOf).state
    expect(state('meeting', {})).toBe('met')
    expect(state('meeting', { heldOn: '2026-10-01' })).toBe('overdue')
    expect(state('joint_meeting', { jointWith: ['domestic_violence'] })).toBe('overdue')
    expect(state('joint_meeting', { jointWith: ['domestic_violence', 'child_violence'] })).toBe('met')
    expect(state('corrective_measures', {})).toBe('overdue')
    expect(state('corrective_measures', { correctedOn: '2026-09-20' })).toBe('met')
    expect(state('corrective_measures', { correctedOn: '2026-10-20' })).toBe('met_late')
    expect(state('corrective_measures', { correctedOn: '2026-10-20' }, '2026-10-19')).toBe('overdue')
    expect(state('recommendations', { recommendedOn: '2026-08-11' })).toBe('met')
    expect(dutyView({ ...quarter, needed: 2 }, [meeting], '2026-09-01')).toMatchObject({
      state: 'near',
      done: 1,
    })
    expect(dutyView({ ...quarter, missed: true }, [meeting], '2026-11-24').state).toBe('met_late')
  })

  test('are never late before their day, and never unmet again as meetings are added', () => {
    const heldOne = fc.record({
      heldOn: fc.integer({ min: 0, max: 120 }).map((n) => addDays('2026-07-01', n)),
      jointWith: fc.subarray(['domestic_violence', 'child_violence', 'gender']),
      correctedOn: fc.option(fc.integer({ min: 0, max: 200 }).map((n) => addDays('2026-07-01', n))),
      recommendedOn: fc.option(fc.integer({ min: 0, max: 200 }).map((n) => addDays('2026-07-01', n))),
    })
    fc.assert(
      fc.property(
        fc.array(heldOne, { maxLength: 6 }),
        heldOne,
        fc.constantFrom(...dutyProofs),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: -10, max: 200 }),
        (meetings, more, proof, needed, off) => {
          const asOf = addDays('2026-07-01', off)
          const one = { ...quarter, proof, needed }
          const view = dutyView(one, meetings, asOf)
          if (view.state === 'overdue')
            expect(asOf > one.dueOn && view.daysLate === daysBetween(one.dueOn, asOf)).toBe(true)
          if (view.metOn !== null) expect(view.metOn <= asOf).toBe(true)
          const after = dutyView(one, [...meetings, more], asOf)
          expect(after.done).toBeGreaterThanOrEqual(view.done)
          if (view.metOn !== null) expect(after.metOn !== null && after.metOn <= view.metOn).toBe(true)
        },
      ),
    )
  })
})

test('the calendar file keeps to its lines, escapes what it must, and holds no agenda', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (place) => {
      const file = calendarFile({
        id: '00000001-0000-7000-8000-000000000001',
        version: 2,
        code: 'KRAT-11-2026-1',
        bodyName: 'Komiteti Rajonal Antitrafik, qarku Tiranë',
        startsAt: now,
        place,
        cancelled: false,
        now,
      })
      const lines = file.split('\r\n')
      expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true)
      expect(lines.every((line) => !line.includes('\n'))).toBe(true)
      const whole = file.replaceAll('\r\n ', '')
      expect(whole).toContain('DTSTART:20261124T110000Z\r\nDTEND:20261124T130000Z')
      expect(whole.split('\r\n').filter((line) => /^(ATTENDEE|ORGANIZER|DESCRIPTION)/.test(line))).toEqual([])
      expect(whole.match(/\r\n(BEGIN|END):/g)).toHaveLength(3)
    }),
  )
})
