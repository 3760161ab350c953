import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addWorkingDays, isWorkingDay, workingDaysBetween } from '#domain/clock/calendar.ts'
import { decideExtend, extended, nextAt, stop, tick } from '#domain/clock/decide.ts'
import { dueAt, warnAt } from '#domain/clock/due.ts'
import { ruleSetOn } from '#domain/clock/rule.ts'
import { type Clock, clockState, clockWords, workGroup } from '#domain/clock/state.ts'
import {
  addDays,
  addMonths,
  endOfTiranaDay,
  fromTirana,
  tiranaDay,
  tiranaOffset,
  toInstant,
  toMs,
} from '#domain/clock/tirana.ts'
import type { Actor, Stamp } from '#domain/core.ts'

const holidays = new Set(
  readFileSync(new URL('../../reference/al/holidays.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, 10)),
)
const instants = fc
  .integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2027, 5, 1) })
  .map((ms) => new Date(ms).toISOString())
const n = fc.integer({ min: 1, max: 90 })

describe('Tirana’s calendar', () => {
  const zone = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Tirane', dateStyle: 'short' })
  test('agrees with the time zone database on days and offsets', () => {
    fc.assert(fc.property(instants, (at) => tiranaDay(at) === zone.format(new Date(at))))
  })
  test('offset changes at 01:00 UTC on the last Sundays of March and October', () => {
    expect(tiranaOffset(Date.parse('2026-03-29T00:59:59Z'))).toBe(60)
    expect(tiranaOffset(Date.parse('2026-03-29T01:00:00Z'))).toBe(120)
    expect(tiranaOffset(Date.parse('2026-10-25T00:59:59Z'))).toBe(120)
    expect(tiranaOffset(Date.parse('2026-10-25T01:00:00Z'))).toBe(60)
  })
  test('a wall-clock time returns to its day', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 3, max: 23 }), (at, hour) => {
        const day = tiranaDay(at)
        expect(tiranaDay(fromTirana(day, hour))).toBe(day)
        expect(tiranaDay(endOfTiranaDay(day))).toBe(day)
      }),
    )
  })
  test('months keep the day or take the last one', () => {
    expect(addMonths('2018-01-31', 1)).toBe('2018-02-28')
    expect(addMonths('2018-11-30', 3)).toBe('2019-02-28')
    expect(addMonths('2018-12-15', 12)).toBe('2019-12-15')
  })
})

describe('due dates', () => {
  test('hours run through the change to winter time', () => {
    expect(dueAt({ amount: 24, unit: 'hours' }, '2026-10-24T12:00:00.000Z', holidays)).toBe(
      '2026-10-25T12:00:00.000Z',
    )
  })
  test('ten working days from 20 November 2026 step over the days of rest by law', () => {
    // 23 and 30 November and 1 December stand in for holidays on weekends; 8 December is one itself.
    expect(addWorkingDays('2026-11-20', 10, holidays)).toBe('2026-12-10')
  })
  test('a working-day deadline never ends on a weekend or a holiday, and later starts never end earlier', () => {
    fc.assert(
      fc.property(instants, n, fc.integer({ min: 0, max: 10 * 86_400_000 }), (at, amount, later) => {
        const rule = { amount, unit: 'working_days' } as const
        const due = dueAt(rule, at, holidays)!
        expect(isWorkingDay(tiranaDay(due), holidays)).toBe(true)
        expect(toMs(due)).toBeGreaterThan(toMs(at))
        expect(toMs(dueAt(rule, toInstant(toMs(at) + later), holidays)!)).toBeGreaterThanOrEqual(toMs(due))
        expect(workingDaysBetween(tiranaDay(at), tiranaDay(due), holidays)).toBe(amount)
      }),
    )
  })
  test('more time is never earlier, in every unit; the warning lies inside the period', () => {
    fc.assert(
      fc.property(
        instants,
        n,
        fc.constantFrom('hours', 'days', 'working_days', 'months'),
        (at, amount, unit) => {
          const due = dueAt({ amount, unit }, at, holidays)!
          expect(toMs(dueAt({ amount: amount + 1, unit }, at, holidays)!)).toBeGreaterThan(toMs(due))
          const warn = toMs(warnAt(at, due, 75))
          expect(warn).toBeGreaterThanOrEqual(toMs(at))
          expect(warn).toBeLessThanOrEqual(toMs(due))
        },
      ),
    )
  })
  test('a rule set holds from its day on', () => {
    const sets = [{ effectiveFrom: '2018-01-01' }, { effectiveFrom: '2026-01-01' }]
    expect(ruleSetOn(sets, '2025-12-31')).toBe(sets[0])
    expect(ruleSetOn(sets, '2026-01-01')).toBe(sets[1])
    expect(ruleSetOn(sets, '2017-01-01')).toBe(sets[0])
  })
})

const at = (hours: number) => toInstant(Date.UTC(2026, 10, 24, 8) + hours * 3_600_000)
const clock: Clock = {
  id: 'c',
  rule: 'D01',
  unit: 'hours',
  verification: 'U',
  statutory: true,
  ownerRole: 'cpw',
  ownerUserId: 'worker',
  startedAt: at(0),
  warnAt: at(18),
  dueAt: at(24),
  stoppedAt: null,
  pausedAt: null,
  warnedAt: null,
  breachedAt: null,
  breaches: 0,
  extensions: 0,
  escalation: [
    { role: 'cpu_head', afterHours: 0 },
    { role: 'state_agency', afterHours: 72 },
  ],
  escalated: 0,
}
const stamp = (role: Actor['role'], userId: string, now: string): Stamp => ({
  actor: {
    userId,
    unitId: 'u',
    institutionId: 'i',
    role,
    municipality: '53',
    county: 'AL-11',
    purpose: null,
  },
  now,
  occurredAt: now,
  newId: () => 'id',
})

describe('states and words', () => {
  test.each([
    [1, 'running', 'left_hours_minutes', { hours: 23, minutes: 0 }],
    [18, 'near', 'left_hours_minutes', { hours: 6, minutes: 0 }],
    [23.5, 'near', 'left_minutes', { count: 30 }],
    [26.5, 'breached', 'late_hours_minutes', { hours: 2, minutes: 30 }],
    [50, 'breached', 'late_one_day_hours', { hours: 2 }],
    [24 + 96, 'breached', 'late_days', { count: 4 }],
  ] as const)('after %s hours: %s', (hours, state, code, params) => {
    expect(clockState(clock, at(hours))).toBe(state)
    expect(clockWords(clock, at(hours), holidays)).toEqual({ code, params })
  })
  test('an agreed date is overdue, never breached', () => {
    expect(clockState({ ...clock, statutory: false }, at(25))).toBe('overdue')
    expect(tick({ ...clock, statutory: false }, at(25)).events).toEqual([])
  })
  test('clocks in days say today on the last day and count working days where the rule does', () => {
    const days = { ...clock, unit: 'days', dueAt: endOfTiranaDay('2026-11-27') } as const
    expect(clockWords(days, '2026-11-27T09:00:00.000Z', holidays).code).toBe('due_today')
    expect(clockWords(days, '2026-11-29T09:00:00.000Z', holidays)).toEqual({
      code: 'late_days',
      params: { count: 2 },
    })
    const working = { ...days, unit: 'working_days', dueAt: endOfTiranaDay('2026-12-02') } as const
    expect(clockWords(working, '2026-11-27T09:00:00.000Z', holidays)).toEqual({
      code: 'left_working_days',
      params: { count: 1 },
    })
  })
  test('the work list’s week ends on Sunday', () => {
    const due = (day: string) => workGroup({ statutory: true, dueAt: endOfTiranaDay(day) }, at(0))
    expect(due('2026-11-24')).toBe('today')
    expect(due('2026-11-29')).toBe('week')
    expect(due('2026-11-30')).toBe('later')
    expect(due('2026-11-23')).toBe('breached')
  })
})

describe('the scan', () => {
  test('warns, counts one breach, tells each step once', () => {
    const warned = tick(clock, at(19))
    expect(warned.events).toEqual([])
    expect(warned.clock.warnedAt).toBe(at(19))
    const breached = tick(warned.clock, at(25))
    expect(breached.events.map((e) => e.type)).toEqual(['ClockBreached', 'ClockEscalated'])
    expect(breached.clock.breaches).toBe(1)
    expect(tick(breached.clock, at(26)).events).toEqual([])
    const last = tick(breached.clock, at(24 + 72))
    expect(last.events).toHaveLength(1)
    expect(nextAt(last.clock)).toBeNull()
  })
  test('however often it comes by, the outcome is the same and it always knows when to come next', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 12 }), (hours) => {
        const end = at(200)
        const times = [...hours].sort((a, b) => a - b).map(at)
        let c = clock
        let events = 0
        for (const t of [...times, end]) {
          const step = tick(c, t)
          events += step.events.length
          c = step.clock
          const next = nextAt(c)
          if (next !== null) expect(toMs(next)).toBeGreaterThan(toMs(t))
        }
        expect(c.breaches).toBe(1)
        expect(events).toBe(3)
      }),
    )
  })
  test('stopping in time counts nothing; stopping late counts the breach once, when the scan comes by', () => {
    expect(nextAt(stop(clock, at(24)))).toBeNull()
    expect(tick(stop(clock, at(24)), at(90)).clock.breaches).toBe(0)
    const late = stop(clock, at(25))
    expect(nextAt(late)).toBe(at(25))
    const counted = tick(late, at(26))
    expect(counted.events.map((e) => e.type)).toEqual(['ClockBreached'])
    expect(counted.clock.breaches).toBe(1)
    expect(tick(stop(counted.clock, at(90)), at(90)).events).toEqual([])
    expect(nextAt(counted.clock)).toBeNull()
  })
})

describe('more time', () => {
  const body = { until: addDays('2026-11-25', 3), reason: 'Fëmija është në spital.' }
  test('needs a supervisor, a reason, a later day and a running clock', () => {
    const refusal = (c: Clock, b: typeof body, s: Stamp) => {
      const d = decideExtend(c, b, s)
      return d.ok ? null : d.refusal.code
    }
    expect(refusal(clock, body, stamp('cpw', 'other', at(1)))).toBe('clock_needs_supervisor')
    expect(refusal(clock, body, stamp('cpu_head', 'worker', at(1)))).toBe('needs_second_person')
    expect(refusal(clock, { ...body, reason: ' ' }, stamp('cpu_head', 'head', at(1)))).toBe('reason_required')
    expect(refusal(clock, { ...body, until: '2026-11-24' }, stamp('cpu_head', 'head', at(1)))).toBe(
      'clock_not_later',
    )
    expect(refusal({ ...clock, stoppedAt: at(2) }, body, stamp('cpu_head', 'head', at(3)))).toBe(
      'clock_stopped',
    )
    expect(refusal(clock, body, stamp('cpu_head', 'head', at(1)))).toBeNull()
  })
  test('keeps the breaches counted and can be breached again', () => {
    const breached = tick(clock, at(25)).clock
    const d = decideExtend(breached, body, stamp('cpu_head', 'head', at(26)))
    if (!d.ok) throw new Error('refused')
    const again = extended(breached, d.events[0]!, 75)
    expect(again.breaches).toBe(1)
    expect(clockState(again, at(27))).toBe('extended')
    expect(tick(again, at(24 * 7)).clock.breaches).toBe(2)
    expect(d.events[0]!.facts).not.toHaveProperty('reason')
  })
})
