/** An adult's file begins with what was seen: enough of it, by a body that identifies, and never for somebody who may be a child. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant, Role } from '#domain/core.ts'
import { decideOpenAdult } from '#domain/nrm/decide.ts'
import { doorsOf, identifiers, mayOpenAdult } from '#domain/nrm/policy.ts'
import { advise } from '#domain/screening.ts'
import { actorOf } from '#test/cast.ts'

const now: Instant = '2026-11-24T11:00:00.000Z'

describe('an adult', () => {
  const item = (code: string) => ({ code, dimension: 'x', appliesTo: ['adult'] as const, forms: ['all'] })
  const set = {
    code: 'trafficking' as const,
    version: '1',
    effectiveFrom: '2018-01-01',
    effectiveTo: null,
    threshold: 3,
    forms: ['labour'],
    items: ['A1', 'A2', 'A3', 'A4'].map(item),
  }
  const open = (
    role: Role,
    met: number,
    over: { upward?: string; adult?: boolean; birth?: { from: string; to: string } | null } = {},
  ) =>
    decideOpenAdult(
      {
        door: doorsOf(role)[0] ?? 'self',
        set: 'trafficking',
        version: '1',
        forms: ['labour'],
        territory: 'internal',
        items: set.items.slice(0, met).map(({ code }) => ({ code, evidence: 'x' })),
        upward: over.upward ?? '',
        adult: over.adult ?? true,
        birth: over.birth === undefined || over.birth === null ? null : { ...over.birth, said: '' },
        county: 'AL-11',
        municipality: null,
        summary: '',
        contact: '',
      },
      { code: 'MKR-2026-0001', personId: 'p', set, unitId: 'office', county: 'AL-11', prior: null },
      { actor: { ...actorOf('police'), role }, now, occurredAt: now, newId: () => crypto.randomUUID() },
    )
  test('three elements, or one and a reason, by a body that identifies; nothing lower is ever written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...identifiers),
        fc.integer({ min: 0, max: 4 }),
        fc.boolean(),
        (role, met, reason) => {
          const decision = open(role, met, { upward: reason ? 'e pashë' : '' })
          const enough = advise(met, 3) === 'vmt' || (met > 0 && reason)
          expect(decision.ok).toBe(enough)
          if (decision.ok) expect(decision.events[0]?.facts.status).toBe('vmt')
        },
      ),
    )
    for (const role of ['prosecutor', 'coordinator', 'admin', 'dpo', 'state_agency', 'school'] as const) {
      expect(mayOpenAdult({ role })).toBe(false)
      expect(open(role, 4)).toMatchObject({ refusal: { code: 'not_allowed' } })
    }
  })

  test('in doubt the person is a child', () => {
    expect(open('labour_inspector', 3, { adult: false })).toMatchObject({
      refusal: { code: 'nrm_may_be_child' },
    })
    expect(open('labour_inspector', 3, { birth: { from: '2010-01-01', to: '2010-12-31' } })).toMatchObject({
      refusal: { code: 'nrm_person_is_child' },
    })
    expect(open('labour_inspector', 3, { birth: { from: '2027-01-01', to: '2027-01-02' } })).toMatchObject({
      refusal: { code: 'in_future' },
    })
  })
})
