import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roles } from '#domain/core.ts'
import {
  decideAttempt,
  halfwayLifetime,
  holdAfter,
  lifetimeFor,
  needsSecondFactor,
  scopesFor,
  sessionState,
  stageAfterPassword,
  throttle,
} from '#domain/session.ts'

const T0 = Date.parse('2026-03-02T09:00:00.000Z')
const at = (ms: number) => new Date(T0 + ms).toISOString()
const times = (n: number, step = 1_000) => Array.from({ length: n }, (_, i) => at(i * step))

describe('who proves a second factor', () => {
  test('everyone who may be handed an identified record, and whoever rules over accounts and access records', () => {
    expect(roles.filter((role) => !needsSecondFactor(role))).toEqual([
      'coordinator',
      'county_committee',
      'plan_officer',
    ])
  })

  test.each([
    ['cpw', false, false, 'enrol'],
    ['cpw', true, false, 'totp'],
    ['cpw', false, true, 'full'],
    ['cpw', true, true, 'totp'],
    ['coordinator', false, false, 'full'],
    ['coordinator', true, false, 'totp'],
  ] as const)('%s, enrolled %s, demo %s: %s', (role, totpEnrolled, demo, stage) => {
    expect(stageAfterPassword({ role, totpEnrolled, demo })).toBe(stage)
  })
})

describe('how long a session lives', () => {
  const session = { role: 'cpw', stage: 'full', createdAt: T0, lastSeenAt: T0, locked: false } as const
  const life = lifetimeFor('cpw')

  test('open, then locked when idle, then ended at its longest life even while active', () => {
    expect(sessionState(session, T0 + life.idle - 1)).toBe('open')
    expect(sessionState(session, T0 + life.idle)).toBe('locked')
    expect(sessionState({ ...session, lastSeenAt: T0 + life.absolute - 5 }, T0 + life.absolute)).toBe('ended')
  })

  test('a lock put on by hand stays until the password', () => {
    expect(sessionState({ ...session, locked: true }, T0 + 1)).toBe('locked')
  })

  test('a half-finished sign-in ends after five minutes', () => {
    const half = { ...session, stage: 'totp' } as const
    expect(sessionState(half, T0 + halfwayLifetime - 1)).toBe('open')
    expect(sessionState(half, T0 + halfwayLifetime)).toBe('ended')
  })

  test('every role locks before it ends', () => {
    for (const role of roles) expect(lifetimeFor(role).idle).toBeLessThan(lifetimeFor(role).absolute)
  })
})

describe('one more attempt', () => {
  test('the first failures cost nothing, then each doubles the wait, and the tenth locks', () => {
    expect([0, 1, 2, 3, 4, 5, 9].map(holdAfter)).toEqual([0, 0, 0, 1_000, 2_000, 4_000, 64_000])
    expect([10, 20, 30, 40, 50].map(holdAfter)).toEqual([15, 60, 240, 960, 1440].map((m) => m * 60_000))
  })

  test('says until when, and whether it is the account or the address', () => {
    expect(decideAttempt({ account: times(4), address: [] }, at(3_500))).toEqual({
      allow: false,
      why: 'wait',
      scope: 'account',
      until: T0 + 5_000,
    })
    expect(decideAttempt({ account: times(10), address: [] }, at(60_000))).toMatchObject({ why: 'locked' })
    expect(decideAttempt({ account: times(10), address: [] }, at(9_000 + throttle.firstLock))).toEqual({
      allow: true,
    })
    const address = times(throttle.addressFailures)
    expect(decideAttempt({ account: [], address }, at(60_000))).toMatchObject({ scope: 'address' })
    expect(decideAttempt({ account: [], address }, at(throttle.addressWindow))).toEqual({ allow: true })
  })

  test('a refused attempt is allowed once its time has come (any history)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(throttle.memory * 2), { maxLength: 70 }),
        fc.array(fc.nat(throttle.addressWindow * 2), { maxLength: 120 }),
        fc.nat(throttle.memory * 2),
        (account, address, now) => {
          const sorted = (list: number[]) => list.filter((t) => t <= now).sort((a, b) => a - b)
          const recent = { account: sorted(account).map(at), address: sorted(address).map(at) }
          const verdict = decideAttempt(recent, at(now))
          if (verdict.allow) return true
          const later = decideAttempt(recent, new Date(verdict.until).toISOString())
          return verdict.until > T0 + now && (later.allow || later.until > verdict.until)
        },
      ),
    )
  })

  test('over a day, at most a few dozen guesses reach an account', () => {
    const account: string[] = []
    let now = 0
    while (now < throttle.memory) {
      const verdict = decideAttempt({ account, address: [] }, at(now))
      if (verdict.allow) account.push(at(now))
      else now = verdict.until - T0
    }
    expect(account.length).toBeLessThanOrEqual(50)
  })
})

test('nobody hands a program more than their role has', () => {
  expect(scopesFor('cpw')).not.toContain('admin')
  expect(scopesFor('admin')).not.toContain('export')
})
