/** Sums of a part of a plan are those of its activities, whatever was left out. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activitiesIn, type Branch, keptTree } from '#domain/action-plan/shown.ts'
import { sumsOf } from '#domain/execution/sums.ts'

interface Node extends Branch<Node> {
  readonly uid: string
  readonly bodies: readonly string[]
}
const activity = (uid: string, bodies: readonly string[], cost: string, gap: string | null): Node => ({
  uid,
  kind: 'activity',
  activities: 1,
  bodies,
  cost,
  state: cost,
  donors: null,
  gap,
  children: [],
})
const branch = (uid: string, children: readonly Node[]): Node => ({
  uid,
  kind: 'objective',
  activities: activitiesIn(children).length,
  bodies: [],
  cost: '1000',
  state: '1000',
  donors: '0',
  gap: '0',
  children,
})
const plan = [
  branch('1', [
    activity('a', ['MB', 'PP'], '190', '0.5'),
    activity('b', ['PP'], '445.68', null),
    branch('1.1', [activity('c', ['MB'], '1386', '924')]),
  ]),
  branch('2', [activity('d', ['PP'], '7', null)]),
]

describe('a part of a plan', () => {
  test('chosen by institution, every branch sums what is left, and empty branches go', () => {
    const shown = keptTree(plan, (one) => one.bodies.includes('MB'))
    expect(shown.map((one) => one.uid)).toEqual(['1'])
    expect(shown[0]).toMatchObject({ activities: 2, cost: '1576', state: '1576', donors: '0', gap: '924.5' })
    expect(shown[0]!.children.map((one) => [one.uid, one.cost])).toEqual([
      ['a', '190'],
      ['1.1', '1386'],
    ])
  })
  test('what is kept and what is left out make the whole', () => {
    fc.assert(
      fc.property(fc.subarray(['a', 'b', 'c', 'd']), (kept) => {
        const thousandths = (nodes: readonly Node[]) =>
          nodes.reduce((sum, one) => sum + Math.round(Number(one.cost) * 1000), 0)
        const one = keptTree(plan, (node) => kept.includes(node.uid))
        const other = keptTree(plan, (node) => !kept.includes(node.uid))
        expect(thousandths(one) + thousandths(other)).toBe(2_028_680)
        expect(activitiesIn(one).map((node) => node.uid)).toEqual(kept)
      }),
    )
  })
  test('a completed activity that came late is no late item', () => {
    const item = { planned: 5, committed: 4, paid: 3, gap: 1, lateness: 'late' }
    expect(
      sumsOf([
        { ...item, status: 'COMPLETED' },
        { ...item, status: 'IN_PROGRESS' },
      ]),
    ).toEqual({ activities: 2, completed: 1, late: 1, planned: 10, committed: 8, paid: 6, gap: 2 })
  })
})
