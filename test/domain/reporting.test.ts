import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportsDue } from '#domain/reporting/calendar.ts'
import {
  decideReport,
  openActs,
  type ProgressReport,
  reportActs,
  reportLate,
} from '#domain/reporting/state.ts'

const today = '2018-05-10'

describe('the life of a report', () => {
  test('whatever is tried, whoever handed it in never accepts, and nothing skips a step', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            act: fc.constantFrom(...reportActs),
            actor: fc.constantFrom('a', 'b', 'c'),
            author: fc.boolean(),
            office: fc.boolean(),
            reason: fc.boolean(),
            closed: fc.boolean(),
          }),
          { maxLength: 30 },
        ),
        (tries) => {
          let now: ProgressReport = {
            status: 'DUE',
            periodTo: '2018-03-31',
            edition: 1,
            submittedBy: null,
            said: true,
          }
          let accepted: string | null = null
          for (const one of tries) {
            const facts = { ...one, today, periodClosed: one.closed }
            const decision = decideReport(now, one.act, { reason: one.reason ? 'arsye' : undefined }, facts)
            if (!decision.ok) continue
            expect(openActs(now, facts)).toContain(one.act)
            const { to, edition } = decision.events[0]!.facts
            if (one.act === 'accept') {
              expect(one.actor).not.toBe(now.submittedBy)
              accepted = now.submittedBy
            }
            if (to === 'PUBLISHED') expect(accepted).not.toBeNull()
            if (one.act === 'save' || one.act === 'submit') expect(one.author).toBe(true)
            else expect(one.office).toBe(true)
            expect(
              edition === now.edition || (edition === now.edition + 1 && now.status === 'PUBLISHED'),
            ).toBe(true)
            now = {
              ...now,
              status: to,
              edition,
              submittedBy: one.act === 'submit' ? one.actor : now.submittedBy,
            }
          }
        },
      ),
    )
  })

  test('not before the period ends, not without a word, not after the national report', () => {
    const now: ProgressReport = {
      status: 'DRAFT',
      periodTo: '2018-06-30',
      edition: 1,
      submittedBy: null,
      said: true,
    }
    const facts = { author: true, office: false, actor: 'a', today, periodClosed: false }
    const code = (state: ProgressReport, over = {}) => {
      const decision = decideReport(state, 'submit', {}, { ...facts, ...over })
      return decision.ok ? 'ok' : decision.refusal.code
    }
    expect(code(now)).toBe('reporting_period_running')
    expect(code({ ...now, periodTo: '2018-03-31', said: false })).toBe('reporting_nothing_said')
    expect(code({ ...now, periodTo: '2018-03-31' }, { periodClosed: true })).toBe('reporting_period_closed')
    expect(code({ ...now, periodTo: '2018-03-31' })).toBe('ok')
    expect(reportLate('DRAFT', '2018-04-30', '2018-05-01')).toBe(true)
    expect(reportLate('SUBMITTED', '2018-04-30', '2018-05-01')).toBe(false)
    expect(reportLate('DUE', '2018-04-30', '2018-04-30')).toBe(false)
  })
})

describe('what falls due', () => {
  const after = { unit: 'days_after_period', amount: 30 } as const
  const plan = { from: '2018-01-01', to: '2020-12-31', approvedOn: '2018-12-26' }

  test('a quarter is asked for the day after it ended, thirty days later it is due', () => {
    expect(reportsDue('quarter', after, plan, '2018-01-01', '2018-03-31')).toEqual([])
    expect(reportsDue('quarter', after, plan, '2018-01-01', '2018-04-01')).toEqual([
      { from: '2018-01-01', to: '2018-03-31', dueOn: '2018-04-30' },
    ])
    // The plan ended: twelve quarters, however late one asks.
    expect(reportsDue('quarter', after, plan, '2018-01-01', '2026-11-24')).toHaveLength(12)
    expect(reportsDue('quarter', after, plan, '2026-11-01', '2026-11-24')).toEqual([])
    expect(reportsDue('quarter', after, null, '2026-07-01', '2026-11-24')).toEqual([
      { from: '2026-07-01', to: '2026-09-30', dueOn: '2026-10-30' },
    ])
  })

  test('a work plan is asked for before its year, the middle and the end of a plan once', () => {
    const before = { unit: 'days_before', amount: 30 } as const
    expect(reportsDue('year', before, null, '2019-01-01', '2018-11-01')).toEqual([])
    expect(reportsDue('year', before, null, '2019-01-01', '2018-11-02')).toEqual([
      { from: '2019-01-01', to: '2019-12-31', dueOn: '2018-12-02' },
    ])
    const at = { unit: 'at_date', amount: 0 } as const
    expect(reportsDue('middle', at, plan, '2018-01-01', '2020-01-01')).toEqual([
      { from: '2018-01-01', to: '2019-07-02', dueOn: '2019-07-02' },
    ])
    expect(reportsDue('end', at, plan, '2018-01-01', '2020-12-31')).toEqual([])
    expect(reportsDue('end', at, plan, '2018-01-01', '2021-01-01')).toHaveLength(1)
    expect(reportsDue('approval', { unit: 'days', amount: 365 }, plan, '2018-01-01', '2019-01-01')).toEqual([
      { from: '2018-12-26', to: '2018-12-26', dueOn: '2019-12-26' },
    ])
    expect(reportsDue('committee', after, plan, '2018-01-01', '2026-01-01')).toEqual([])
  })
})
