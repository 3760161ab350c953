import { expect, test } from 'vitest'
import { actionStands, planRuns } from '#domain/case/plan-stands.ts'

test('only a plan that runs has actions that are late or near', () => {
  const runs = (status: string, closedAt: string | null) => planRuns({ plan: { status }, closedAt })
  expect(runs('active', null)).toBe(true)
  expect(runs('draft', null)).toBe(false)
  expect(runs('active', '2026-11-20T10:00:00.000Z')).toBe(false)
  expect(planRuns({ plan: null, closedAt: null })).toBe(false)

  expect([-3, 0, 1, 2].map((days) => actionStands({ status: 'planned' }, true, days))).toEqual([
    'late',
    'near',
    'near',
    'waiting',
  ])
  for (const days of [-3, 0, 1, null]) {
    expect(actionStands({ status: 'planned' }, false, days)).toBe('waiting')
    expect(actionStands({ status: 'under_way' }, false, days)).toBe('going')
  }
  expect(actionStands({ status: 'done' }, true, -3)).toBe('done')
  expect(actionStands({ status: 'dropped' }, true, -3)).toBe('blocked')
})
