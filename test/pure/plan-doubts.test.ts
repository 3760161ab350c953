import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readBodies } from '#server/action-plan/bodies.ts'
import { doubtSq } from '#server/action-plan/doubts.ts'
import { readShippedPlans } from '#server/action-plan/shipped.ts'

const plans = readShippedPlans(readBodies())

test('each doubt of a printed plan is said in Albanian too, with the same numbers', () => {
  const doubts = plans.flatMap((plan) => plan.content.nodes.flatMap((node) => node.doubt ?? []))
  expect(new Set(doubts).size).toBeGreaterThan(100)
  for (const doubt of doubts) {
    const said = doubtSq(doubt)!
    expect(said, doubt).not.toBe(doubt)
    const numbers = (text: string) => text.replaceAll(/[.,]/g, '').match(/\d{3,}/g) ?? []
    for (const n of numbers(doubt)) expect(numbers(said), doubt).toContain(n)
  }
  expect(doubtSq('Somebody’s own words')).toBe('Somebody’s own words')
  expect(doubtSq(null)).toBeNull()
})

test('no Albanian sentence stands for a doubt that no plan has', () => {
  const doubts = new Set(plans.flatMap((plan) => plan.content.nodes.flatMap((node) => node.doubt ?? [])))
  const kept = Object.keys(
    JSON.parse(
      readFileSync(new URL('../../reference/al/plans/doubts-sq.json', import.meta.url), 'utf8'),
    ) as object,
  )
  expect(kept.filter((one) => !doubts.has(one))).toEqual([])
})
