import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Actor, type Role, roles, type Stamp } from '#domain/core.ts'
import {
  accountGroups,
  decideServe,
  decideSetLine,
  decideStrikeLine,
  expenseTopics,
  incomeTopics,
  type Line,
  moneySources,
  totalsByYear,
} from '#domain/local/budget.ts'
import { mayKeepLocal, mayMend, mayReadLocal } from '#domain/local/policy.ts'

const actor = (role: Role): Actor => ({
  userId: 'u',
  unitId: 'n',
  institutionId: 'i',
  role,
  municipality: '06',
  county: 'AL-09',
  purpose: null,
})
const stamp = (role: Role): Stamp => ({
  actor: actor(role),
  now: '2026-11-24T11:00:00.000Z',
  occurredAt: '2026-11-24T11:00:00.000Z',
  newId: () => 'id',
})
const line: Line = {
  municipality: '06',
  year: 2026,
  side: 'expense',
  topic: 'field_teams',
  source: 'mining_rent',
  accountGroup: 'wages',
  planId: null,
  activityUid: null,
  planned: 1000,
  executed: null,
  struck: false,
}
const { struck: _, ...body } = line
const code = (decision: { ok: boolean } & { refusal?: { code: string; field?: string } }) =>
  decision.ok ? 'ok' : `${decision.refusal?.code} ${decision.refusal?.field ?? ''}`.trim()

describe('a line of money', () => {
  const set = (over: object, known: Line | null = null, twin = false, role: Role = 'municipal_director') =>
    code(decideSetLine(known, twin, { ...body, ...over }, stamp(role)))
  it('keeps what it is for; only its amounts change', () => {
    expect(set({})).toBe('ok')
    expect(set({}, null, true)).toBe('local_line_known topic')
    expect(set({ topic: 'mining_rent' })).toBe('local_topic_not_here topic')
    expect(set({ side: 'income', topic: 'mining_rent' })).toBe('local_account_group accountGroup')
    expect(set({ side: 'income', topic: 'mining_rent', accountGroup: null })).toBe('ok')
    expect(set({ side: 'income', topic: 'mining_rent', accountGroup: null, planId: 'p' })).toBe(
      'local_income_no_activity planId',
    )
    expect(set({ accountGroup: null })).toBe('local_account_group accountGroup')
    expect(set({}, line)).toBe('net_nothing_changes')
    expect(set({ executed: 400 }, line)).toBe('ok')
    expect(set({ year: 2025 }, line)).toBe('local_line_moved year')
    expect(set({ executed: 1 }, { ...line, struck: true })).toBe('local_line_struck')
    expect(set({ municipality: '53' })).toBe('not_allowed')
    expect(code(decideStrikeLine({ ...line, struck: true }, { reason: 'x' }, stamp('cpu_head')))).toBe(
      'local_line_struck',
    )
  })
  it('a local activity serves only a plan above the municipality', () => {
    const tie = { planId: 'a', activityUid: '1', servesPlan: 'b', servesUid: '2' }
    const at = { municipality: '06', own: true, above: true, twin: false }
    expect(code(decideServe(at, tie, stamp('municipal_director')))).toBe('ok')
    expect(code(decideServe({ ...at, above: false }, tie, stamp('cpu_head')))).toBe(
      'local_not_above servesPlan',
    )
    expect(code(decideServe({ ...at, twin: true }, tie, stamp('cpu_head')))).toBe(
      'local_serve_known servesUid',
    )
    expect(code(decideServe({ ...at, own: false }, tie, stamp('cpu_head')))).toBe('not_allowed')
    expect(code(decideServe(at, tie, stamp('coordinator')))).toBe('not_allowed')
  })
})

it('sums by year are the sums of their lines, and mining rent spent beyond what comes in is told', () => {
  const anyLine = fc.record({
    year: fc.integer({ min: 2024, max: 2026 }),
    side: fc.constantFrom('expense' as const, 'income' as const),
    source: fc.constantFrom(...moneySources),
    planned: fc.nat(1_000_000),
    executed: fc.option(fc.nat(1_000_000)),
    topic: fc.constantFrom(...expenseTopics, ...incomeTopics),
    struck: fc.boolean(),
    accountGroup: fc.constantFrom(...accountGroups),
  })
  fc.assert(
    fc.property(fc.array(anyLine), (some) => {
      const lines = some.map((one): Line => ({ ...line, ...one }))
      const totals = totalsByYear(lines)
      const all = (side: 'expense' | 'income', of: (one: Line) => number) =>
        lines.filter((one) => !one.struck && one.side === side).reduce((n, one) => n + of(one), 0)
      const sum = (of: (one: (typeof totals)[number]) => number) => totals.reduce((n, one) => n + of(one), 0)
      expect(sum((one) => one.planned)).toBe(all('expense', (one) => one.planned))
      expect(sum((one) => one.executed)).toBe(all('expense', (one) => one.executed ?? 0))
      expect(sum((one) => one.income)).toBe(all('income', (one) => one.planned))
      expect(sum((one) => one.received)).toBe(all('income', (one) => one.executed ?? 0))
      expect(totals.every((one) => one.miningShort >= 0 && one.miningShort <= one.planned)).toBe(true)
    }),
  )
  const income: Line = { ...line, side: 'income', topic: 'mining_rent', source: 'own', accountGroup: null }
  expect(totalsByYear([line, { ...income, planned: 600 }])[0]).toMatchObject({ miningShort: 400 })
  expect(totalsByYear([line, { ...income, planned: 1000 }])[0]).toMatchObject({ miningShort: 0 })
})

it('who reads, keeps and mends', () => {
  const elsewhere = { municipality: '53', county: 'AL-11' }
  const beside = { municipality: '07', county: 'AL-09' }
  const here = { municipality: '06', county: 'AL-09' }
  const readers = { coordinator: 'abc', state_agency: 'abc', county_committee: 'ab', cpw: 'a', cpu_head: 'a' }
  const expected: Partial<Record<Role, string>> = { ...readers, municipal_director: 'a' }
  for (const role of roles) {
    const sees = [here, beside, elsewhere]
      .map((town, i) => (mayReadLocal(actor(role), town) ? 'abc'[i] : ''))
      .join('')
    expect(sees, role).toBe(expected[role] ?? '')
    expect(mayKeepLocal(actor(role), here), role).toBe(role === 'municipal_director' || role === 'cpu_head')
    expect(mayKeepLocal(actor(role), beside), role).toBe(false)
    expect(mayMend(actor(role), here), role).toBe(role === 'cpw' || role === 'cpu_head')
    expect(mayMend(actor(role), elsewhere), role).toBe(false)
  }
})
