/** From an action of the plan to a provider of the directory. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { serviceTypes } from '#domain/case/record.ts'
import { minimumDataSet, recipientKinds, servicesOf } from '#domain/referral/packet.ts'
import {
  type Asking,
  fitOf,
  namedBar,
  type Offer,
  placeInLine,
  purposeField,
  serviceAskedOf,
} from '#domain/services/refer.ts'

const child: Asking = { municipality: '53', county: 'AL-11', ages: { from: 9, to: 9 } }
const offer = (more: Partial<Offer> = {}): Offer => ({
  status: 'active',
  stale: false,
  areas: ['53'],
  towns: ['53'],
  minAge: 6,
  maxAge: 15,
  ...more,
})

describe('what may be asked', () => {
  test('is always something that the recipient gives, and its purpose a field it is given', () => {
    for (const kind of recipientKinds) {
      for (const service of serviceTypes) {
        const asked = serviceAskedOf(kind, service)
        if (asked !== null) expect(servicesOf[kind], `${kind} ${service}`).toContain(asked)
      }
      const field = purposeField[kind]
      if (field !== null) expect(minimumDataSet[kind]).toContain(field)
    }
    expect(serviceAskedOf('school', 'education')).toBe('enrolment')
    expect(serviceAskedOf('civil_status', 'medical')).toBeNull()
  })
})

describe('who comes first', () => {
  const offers = fc.record({
    status: fc.constantFrom<Offer['status']>('active', 'paused'),
    stale: fc.boolean(),
    areas: fc.constantFrom<readonly string[]>([], ['53'], ['AL-11'], ['12']),
    towns: fc.constantFrom<readonly string[]>(['53'], ['12']),
    minAge: fc.option(fc.nat(20)),
    maxAge: fc.option(fc.nat(20)),
  })
  test('nobody stands before an entry that is open, verified and fits', () => {
    fc.assert(
      fc.property(offers, (one) => {
        const { area, age } = fitOf(one, child)
        const whole = one.status === 'active' && !one.stale && area && age
        expect(placeInLine(one, child) === 0).toBe(whole)
      }),
    )
  })
  test('a county, a place there or the whole country serves the municipality; an unknown age closes no door', () => {
    for (const areas of [[], ['AL-11'], ['53']]) expect(fitOf(offer({ areas }), child).area).toBe(true)
    expect(fitOf(offer({ areas: ['12'], towns: ['12'] }), child).area).toBe(false)
    expect(fitOf(offer({ minAge: 10 }), child).age).toBe(false)
    expect(fitOf(offer({ minAge: 10 }), { ...child, ages: { from: 8, to: 10 } }).age).toBe(true)
    expect(fitOf(offer({ minAge: 10 }), { ...child, ages: null }).age).toBe(true)
  })
})

test('an ended action, a paused entry, another unit and a second referral to the same unit are refused', () => {
  const action = { id: 'a', status: 'planned', waitsAt: [] } as const
  const entry = { id: 'e', status: 'active', units: ['u'] } as const
  expect(namedBar({ action, entry }, 'u')).toBeNull()
  expect(namedBar({ action: null, entry: null }, 'u')).toBeNull()
  expect(namedBar({ action: { ...action, status: 'done' }, entry }, 'u')?.code).toBe('referral_action_ended')
  expect(namedBar({ action: { ...action, waitsAt: ['u'] }, entry }, 'u')?.code).toBe('referral_action_waits')
  expect(namedBar({ action: { ...action, waitsAt: ['w'] }, entry }, 'u')).toBeNull()
  expect(namedBar({ action, entry: { ...entry, status: 'paused' } }, 'u')?.code).toBe(
    'referral_entry_not_open',
  )
  expect(namedBar({ action, entry }, 'v')?.code).toBe('referral_entry_elsewhere')
})
