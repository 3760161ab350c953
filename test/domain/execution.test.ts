import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Stamp } from '#domain/core.ts'
import { decideAddDeliverable, fileKindOf } from '#domain/execution/deliverable.ts'
import { decideBudgetLine, decideSpending, type Entry, moneyTable } from '#domain/execution/money.ts'
import {
  type ActivityStatus,
  activityStatuses,
  decideStatus,
  type Execution,
  latenessOf,
  nextSteps,
  statusAsOf,
} from '#domain/execution/status.ts'

let n = 0
const stamp = { newId: () => `id-${n++}` } as unknown as Stamp
const today = '2026-11-24'

describe('status', () => {
  test('no course of steps leaves the state machine, and nothing is completed without evidence', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            to: fc.constantFrom(...activityStatuses),
            day: fc.integer({ min: 1, max: 28 }),
            owner: fc.boolean(),
            evidence: fc.integer({ min: 0, max: 1 }),
            reason: fc.boolean(),
          }),
          { maxLength: 12 },
        ),
        (tries) => {
          let now: Execution = { status: 'NOT_STARTED', since: null }
          for (const one of tries) {
            const standing = one.owner ? 'owner' : 'responsible'
            const on = `2020-01-${String(one.day).padStart(2, '0')}`
            const decision = decideStatus(
              now,
              { to: one.to, on, reason: one.reason ? 'because' : undefined },
              { standing, today, evidence: one.evidence },
            )
            if (!decision.ok) continue
            expect(nextSteps(now.status, standing)).toContain(one.to)
            if (one.to === 'COMPLETED') expect(one.evidence).toBe(1)
            if (one.to === 'CANCELLED' || now.status === 'COMPLETED')
              expect(one.owner && one.reason).toBe(true)
            if (now.since !== null) expect(on >= now.since).toBe(true)
            now = { status: one.to, since: on }
          }
        },
      ),
    )
  })

  test('late is reckoned as of a day, and loose wording is only perhaps late', () => {
    const running: Execution = { status: 'IN_PROGRESS', since: '2018-03-01' }
    const loose = { earliest: '2018-07-01', latest: '2018-12-31' }
    expect(latenessOf(running, loose, '2018-06-30')).toBe('in_time')
    expect(latenessOf(running, loose, '2018-07-02')).toBe('perhaps')
    expect(latenessOf(running, loose, '2019-01-01')).toBe('late')
    expect(latenessOf({ status: 'COMPLETED', since: '2018-06-01' }, loose, '2026-01-01')).toBe('in_time')
    expect(latenessOf({ status: 'COMPLETED', since: '2019-06-01' }, loose, '2026-01-01')).toBe('late')
    expect(latenessOf(running, { earliest: null, latest: null }, '2026-01-01')).toBe('none')
  })

  test('a past day shows what stood then', () => {
    const history: { to: ActivityStatus; on: string }[] = [
      { to: 'IN_PROGRESS', on: '2018-03-01' },
      { to: 'COMPLETED', on: '2019-05-01' },
    ]
    expect(statusAsOf(history, '2018-02-28').status).toBe('NOT_STARTED')
    expect(statusAsOf(history, '2018-03-01').status).toBe('IN_PROGRESS')
    expect(statusAsOf(history, '2020-01-01')).toEqual({ status: 'COMPLETED', since: '2019-05-01' })
  })
})

describe('money', () => {
  const printed = { cost: 1000, state: 600, donors: null, gap: 400 }
  const entry = (over: Partial<Entry>): Entry => ({
    id: 'e',
    kind: 'payment',
    source: 'state',
    group: 'operating',
    on: '2019-01-01',
    amount: 100,
    reversed: false,
    ...over,
  })

  test('a split never passes what the plan prints, whatever order it is made in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 2018, max: 2020 }), fc.integer({ min: 0, max: 700 }))),
        (tries) => {
          let lines: { id: string; source: 'state'; group: 'operating'; year: number; amount: number }[] = []
          for (const [year, amount] of tries) {
            const decision = decideBudgetLine(
              printed,
              lines,
              { source: 'state', group: 'operating', year, amount },
              stamp,
            )
            if (decision.ok)
              lines = [
                ...lines.filter((l) => l.year !== year),
                { id: decision.events[0]!.facts.id, source: 'state', group: 'operating', year, amount },
              ]
            expect(lines.reduce((sum, l) => sum + l.amount, 0)).toBeLessThanOrEqual(600)
          }
        },
      ),
    )
    expect(
      decideBudgetLine(printed, [], { source: 'donors', group: 'wages', year: 2019, amount: 1 }, stamp),
    ).toMatchObject({ ok: false, refusal: { code: 'execution_no_budget' } })
  })

  test('overspending is refused once and taken when it is said to be right', () => {
    const body = {
      kind: 'payment',
      source: 'state',
      group: 'operating',
      on: '2019-02-01',
      amount: 550,
      document: 'nr. 1',
    } as const
    const before = [
      entry({ amount: 100 }),
      entry({ amount: 300, reversed: true }),
      entry({ kind: 'commitment', amount: 500 }),
    ]
    expect(decideSpending(printed, before, body, today, stamp)).toMatchObject({
      ok: false,
      refusal: { code: 'execution_over_budget', params: { left: 500 } },
    })
    expect(decideSpending(printed, before, { ...body, overBudget: true }, today, stamp).ok).toBe(true)
    expect(decideSpending(printed, [], { ...body, on: '2027-01-01' }, today, stamp)).toMatchObject({
      refusal: { code: 'in_future' },
    })
  })

  test('the table counts what stood that day; crossed-out entries count nothing; others’ money fills the gap', () => {
    const rows = moneyTable(
      printed,
      [],
      [
        entry({ amount: 100 }),
        entry({ amount: 50, reversed: true }),
        entry({ amount: 70, on: '2020-01-01' }),
        entry({ source: 'donors', amount: 150 }),
        entry({ kind: 'commitment', amount: 200 }),
      ],
      '2019-12-31',
    )
    expect(rows).toEqual([
      { source: 'state', planned: 600, split: 0, committed: 200, paid: 100, left: 500 },
      { source: 'donors', planned: null, split: 0, committed: 0, paid: 150, left: null },
      { source: 'gap', planned: 400, split: 0, committed: 0, paid: 0, left: 250 },
    ])
  })
})

test('an act is in force on the day of its approval or later, and a file is what its bytes say', () => {
  const add = (approvedOn?: string, inForceOn?: string) =>
    decideAddDeliverable({ kind: 'act', title: 'x', approvedOn, inForceOn }, today, stamp).ok
  expect(add('2019-01-01', '2019-01-01')).toBe(true)
  expect(add('2019-01-02', '2019-01-01')).toBe(false)
  expect(add(undefined, '2019-01-01')).toBe(false)
  expect(add('2026-11-25')).toBe(false)
  expect(fileKindOf(Buffer.from('%PDF-1.7'))).toBe('application/pdf')
  expect(fileKindOf(Buffer.from('MZ\u0090'))).toBeNull()
})
