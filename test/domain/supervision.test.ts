import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apply } from '#domain/case/apply.ts'
import type { CaseEvent } from '#domain/case/events.ts'
import { type CaseState, caseStatuses, riskLevels } from '#domain/case/state.ts'
import { addDays } from '#domain/clock/tirana.ts'
import { decideNameAbsence, holdsOn } from '#domain/supervision/absence.ts'
import { goesOver, loadOf, shareOut, weightOf } from '#domain/supervision/caseload.ts'
import { completeness, type FileFacts } from '#domain/supervision/completeness.ts'
import type { SupervisionLaw } from '#domain/supervision/law.ts'
import { decideReassign } from '#domain/supervision/reassign.ts'
import { drawSample } from '#domain/supervision/sampling.ts'
import { cast, tirana, type Who, World } from './case-life.ts'

const openedCase = new World().state
const stampOf = (who: Who) => new World().stamp(who)

const law: SupervisionLaw = {
  ceiling: 25,
  weights: { none: 1, low: 1, medium: 1, high: 1.5, immediate: 2, followUp: 0.25 },
  settleDays: 10,
  comprehensiveDays: 60,
  serviceDays: 30,
  contactDays: 90,
  supervisionDays: 30,
}
const id = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`
const today = '2026-11-24'
const risk = fc.option(fc.constantFrom(...riskLevels))
const carried = fc.record({ status: fc.constantFrom(...caseStatuses), risk })

describe('load', () => {
  test('is the sum of its weights, whatever the order; a case more never makes it less', () => {
    fc.assert(
      fc.property(fc.array(carried, { maxLength: 40 }), carried, (cases, one) => {
        const load = loadOf(law, cases)
        expect(loadOf(law, [...cases].reverse())).toBe(load)
        expect(loadOf(law, [...cases, one])).toBe(load + weightOf(law, one))
        expect(goesOver(law, load, one)).toBe(loadOf(law, [...cases, one]) > law.ceiling)
      }),
    )
  })

  test('a proposal leaves no case behind and spreads them as evenly as their weights allow', () => {
    fc.assert(
      fc.property(
        fc.array(carried, { maxLength: 30 }),
        fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 1, maxLength: 5 }),
        (list, loads) => {
          const cases = list.map((one, n) => ({ ...one, id: id(n) }))
          const receivers = loads.map((quarters, n) => ({ id: id(900 + n), load: quarters / 4 }))
          const shares = shareOut(law, cases, receivers)
          expect(new Set(shares.map((one) => one.caseId))).toEqual(new Set(cases.map((one) => one.id)))
          expect(shares).toHaveLength(cases.length)
          for (const one of shares) expect(receivers.map((who) => who.id)).toContain(one.to)
          expect(shareOut(law, [...cases].reverse(), [...receivers].reverse())).toEqual(shares)
          const after = receivers.map(
            (who) =>
              who.load +
              shares
                .filter((one) => one.to === who.id)
                .reduce((sum, one) => sum + weightOf(law, cases.find((c) => c.id === one.caseId)!), 0),
          )
          const grew = after.filter((load, n) => load > receivers[n]!.load)
          if (grew.length > 0) expect(Math.max(...grew) - Math.min(...after)).toBeLessThanOrEqual(2)
        },
      ),
    )
    expect(shareOut(law, [{ id: id(1), status: 'OPEN', risk: null }], [])).toEqual([
      { caseId: id(1), to: null },
    ])
  })
})

const file = (over: Partial<CaseState> = {}): CaseState => ({ ...openedCase, ...over })

describe('handing over', () => {
  const stamp = stampOf('head')
  const worker = (n: 11 | 12 | 13, role: 'cpw' | 'cpu_head' = 'cpw') => ({
    id: [cast.worker, cast.colleague, cast.head][n - 11]!.userId,
    unitId: tirana,
    role,
  })
  test('whoever leaves has nothing left, or nothing moves at all', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            status: fc.constantFrom(...caseStatuses),
            risk,
            deputy: fc.boolean(),
            to: fc.constantFrom(11, 12, 13),
          }),
          { minLength: 1, maxLength: 12 },
        ),
        fc.integer({ min: 0, max: 2 }),
        (list, rest) => {
          const moves = list.map((one, n) => ({
            state: file({
              id: id(n),
              status: one.status,
              risk: one.risk,
              managerId: cast.worker.userId,
              deputyId: one.deputy ? cast.colleague.userId : null,
            }),
            from: cast.worker.userId,
            to: worker(one.to as 11 | 12 | 13, one.to === 13 ? 'cpu_head' : 'cpw'),
          }))
          const outcome = decideReassign(
            { moves, stoodIn: [], leaverId: cast.worker.userId, rest, reason: 'x', loads: new Map() },
            law,
            stamp,
          )
          const may =
            rest === 0 &&
            list.every((one) => one.to !== 11 && !['CLOSED_NO_RISK', 'ARCHIVED'].includes(one.status))
          expect(outcome.ok).toBe(may)
          if (!outcome.ok) return
          expect(outcome.moved).toHaveLength(moves.length)
          for (const { state, events } of outcome.moved) {
            const after = events.reduce<CaseState>((s, e: CaseEvent) => apply(s, e), state)
            expect(after.managerId).not.toBe(cast.worker.userId)
            expect(after.managerId).not.toBeNull()
            expect(after.deputyId).not.toBe(after.managerId)
            if (state.status !== 'OPEN') expect(after.status).toBe(state.status)
          }
        },
      ),
    )
  })
})

describe('days of absence', () => {
  const given = (from: number, length: number) => ({
    worker: { id: cast.worker.userId, unitId: tirana, role: 'cpw' },
    deputy: { id: cast.colleague.userId, unitId: tirana, role: 'cpw' },
    from: addDays(today, from),
    until: addDays(today, from + length),
    kind: 'leave' as const,
    today,
    days: length + 1,
  })
  test('of one worker never overlap, however they are named', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12 })), {
          maxLength: 12,
        }),
        (wishes) => {
          const kept: Parameters<typeof holdsOn>[0][] = []
          for (const [n, [from, length]] of wishes.entries()) {
            const wish = given(from, length)
            const decision = decideNameAbsence(wish, kept, stampOf('worker'))
            if (decision.ok) kept.push({ ...decision.events[0]!.facts, id: id(n), endedOn: null })
            else expect(decision.refusal.code).toBe('absence_twice')
          }
          for (let day = 0; day < 60; day += 1)
            expect(kept.filter((one) => holdsOn(one, addDays(today, day))).length).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
})

describe('a sample', () => {
  const population = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom('low', 'high', 'none')), {
      minLength: 1,
      maxLength: 80,
    })
    .map((all) => all.map(([w, r], n) => ({ id: id(n), stratum: `${w}|${r}` })))
  test('is drawn again from its seed, has nobody twice, and reaches every worker and risk that it can', () => {
    fc.assert(
      fc.property(
        population,
        fc.integer({ min: 1, max: 100 }),
        fc.string({ minLength: 8 }),
        (all, size, seed) => {
          const drawn = drawSample(all, size, seed)
          expect(drawSample([...all].reverse(), size, seed)).toEqual(drawn)
          expect(new Set(drawn.map((one) => one.id)).size).toBe(drawn.length)
          expect(drawn).toHaveLength(Math.min(size, all.length))
          const strata = new Set(all.map((one) => one.stratum))
          expect(new Set(drawn.map((one) => one.stratum)).size).toBe(Math.min(strata.size, drawn.length))
        },
      ),
    )
  })
  test('takes each file as often as another', () => {
    const all = Array.from({ length: 20 }, (_, n) => ({ id: id(n), stratum: 'one' }))
    const times = new Map<string, number>()
    for (let seed = 0; seed < 2000; seed += 1)
      for (const one of drawSample(all, 5, `seed-${seed}`)) times.set(one.id, (times.get(one.id) ?? 0) + 1)
    // 500 expected each; five standard deviations are about 97.
    for (const one of all) expect(Math.abs((times.get(one.id) ?? 0) - 500)).toBeLessThan(110)
  })
})

describe('completeness of a file', () => {
  const facts: fc.Arbitrary<FileFacts> = fc.record({
    rights: fc.integer({ min: 0, max: 2 }),
    permissions: fc.integer({ min: 0, max: 2 }),
    told: fc.integer({ min: 0, max: 2 }),
    services: fc.integer({ min: 0, max: 2 }),
    written: fc.option(fc.integer({ min: 0, max: 200 }).map((n) => addDays(today, -n))),
    missed: fc.subarray(['D03', 'D04', 'D07']),
    late: fc.subarray(['D05', 'D09', 'D10']),
  })
  const state: fc.Arbitrary<CaseState> = fc
    .record({
      status: fc.constantFrom(...caseStatuses),
      risk,
      age: fc.integer({ min: 0, max: 300 }),
      manager: fc.boolean(),
      seen: fc.boolean(),
      alerts: fc.boolean(),
      planned: fc.constantFrom('no', 'draft', 'approved'),
    })
    .map(({ age, manager, seen, alerts, planned, ...s }) =>
      file({
        ...s,
        episodeAt: `${addDays(today, -age)}T10:00:00.000Z`,
        managerId: manager ? cast.worker.userId : null,
        childSeenAt: seen ? '2026-11-01T10:00:00.000Z' : null,
        alerts: { ...openedCase.alerts, assessed: alerts },
        plan:
          planned === 'no'
            ? null
            : {
                id: id(1),
                number: 1,
                status: planned === 'draft' ? 'draft' : 'approved',
                revision: 1,
                draftedAt: '2026-10-01T10:00:00.000Z',
                approvedAt: planned === 'approved' ? '2026-10-02T10:00:00.000Z' : null,
                childView: null,
                goals: [],
                actions: [],
              },
        followUps: [{ month: 1, due: addDays(today, -3), doneAt: null }],
      }),
    )
  /** Something that comes into the file. */
  const added: fc.Arbitrary<(s: CaseState, f: FileFacts) => [CaseState, FileFacts]> = fc.constantFrom(
    (s: CaseState, f: FileFacts) => [{ ...s, managerId: cast.worker.userId }, f] as [CaseState, FileFacts],
    (s, f) => [{ ...s, childSeenAt: '2026-11-20T10:00:00.000Z' }, f],
    (s, f) => [{ ...s, alerts: { ...s.alerts, assessed: true } }, f],
    (s, f) => [{ ...s, plan: s.plan && { ...s.plan, childView: 'agrees' as never } }, f],
    (s, f) => [
      { ...s, followUps: s.followUps.map((one) => ({ ...one, doneAt: '2026-11-24T10:00:00.000Z' })) },
      f,
    ],
    ...(['initial', 'comprehensive', 'best_interests'] as const).map(
      (form) =>
        (s: CaseState, f: FileFacts): [CaseState, FileFacts] => [
          {
            ...s,
            assessments: [
              ...s.assessments,
              {
                id: id(7),
                form,
                version: 1,
                at: '2026-11-20T10:00:00.000Z',
                by: cast.worker.userId,
                episode: s.episode,
              },
            ],
          },
          f,
        ],
    ),
    (s, f) => [
      {
        ...s,
        conferences: [
          ...s.conferences,
          {
            id: id(8),
            heldOn: today,
            present: 3,
            absent: 0,
            decisions: [],
            planId: null,
            planRevision: null,
          },
        ],
      },
      f,
    ],
    (s, f) => [s, { ...f, rights: f.rights + 1 }],
    (s, f) => [s, { ...f, permissions: f.permissions + 1 }],
    (s, f) => [s, { ...f, services: f.services + 1 }],
    (s, f) => [s, { ...f, written: today }],
    (s, f) => [s, { ...f, late: [] }],
  )
  test('a fact more never lowers it', () => {
    fc.assert(
      fc.property(state, facts, fc.array(added, { minLength: 1, maxLength: 6 }), (s, f, more) => {
        const score = (x: CaseState, y: FileFacts) => completeness(x, y, law, false, today)
        let [at, known] = [s, f]
        for (const add of more) {
          const [next, then] = add(at, known)
          const before = score(at, known)
          const after = score(next, then)
          expect(after.asked).toBe(before.asked)
          expect(after.percent).toBeGreaterThanOrEqual(before.percent)
          ;[at, known] = [next, then]
        }
      }),
      { numRuns: 500 },
    )
  })
  test('is between nothing and whole, and counts what it lists', () => {
    fc.assert(
      fc.property(state, facts, (s, f) => {
        const score = completeness(s, f, law, false, today)
        expect(score.met).toBe(score.items.filter((one) => one.state === 'met').length)
        expect(score.percent).toBeGreaterThanOrEqual(0)
        expect(score.percent).toBeLessThanOrEqual(100)
        expect(score.percent === 100).toBe(score.items.every((one) => one.state !== 'missing'))
      }),
    )
  })
})
