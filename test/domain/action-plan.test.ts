import { describe, expect, test } from 'vitest'
import type { Deadline, PlanContent } from '#domain/action-plan/content.ts'
import { dueInterval, latenessOn } from '#domain/action-plan/deadline.ts'
import { lekOfThousands, thousandsOfLek } from '#domain/action-plan/money.ts'
import { reconcile, share } from '#domain/action-plan/reconciliation.ts'
import { readBodies } from '#server/action-plan/bodies.ts'
import { readShippedPlans } from '#server/action-plan/shipped.ts'

const shipped = readShippedPlans(readBodies())
const content = (slug: string): PlanContent => shipped.find((plan) => plan.slug === slug)!.content

describe('money', () => {
  test('thousands with a point are thousands with decimals, never millions', () => {
    expect(lekOfThousands('445.680')).toBe('445680')
    expect(lekOfThousands('1,137.04')).toBe('1137040')
    expect(lekOfThousands('185,190.0')).toBe('185190000')
    expect(lekOfThousands('0.0')).toBe('0')
    expect(lekOfThousands('1.2345')).toBeNull()
    expect(lekOfThousands('12,34.0')).toBeNull()
    expect(lekOfThousands('-5.0')).toBeNull()
  })
  test('back to thousands exactly', () => {
    expect(thousandsOfLek('488677164')).toBe('488677.164')
    expect(thousandsOfLek('190000')).toBe('190')
    expect(thousandsOfLek('50')).toBe('0.05')
    expect(thousandsOfLek(-360n)).toBe('-0.36')
  })
})

describe('the national plan against its own Table 1', () => {
  const found = reconcile(content('nap-2018-2020'))
  test('sixteen rows: four pillars by four sources, to the lek', () => {
    expect(found.rows).toHaveLength(16)
    const different = found.rows.filter((row) => row.difference !== '0')
    expect(different.map((row) => [row.pillar, row.source, row.difference])).toEqual([
      ['Ndjekja penale', 'total', '-360'],
      ['Ndjekja penale', 'state', '-360'],
      ['Mbrojtja', 'total', '0.05'],
      ['Mbrojtja', 'state', '0.05'],
      ['Parandalimi', 'total', '0.8'],
      ['Parandalimi', 'state', '0.8'],
      ['Bashkërendimi', 'total', '200000'],
      ['Bashkërendimi', 'state', '200000'],
    ])
    expect(found.rows[0]).toEqual({
      pillar: 'Ndjekja penale',
      source: 'total',
      printed: '73740694',
      activities: '73741054',
      difference: '-360',
    })
    expect(found.rows.find((row) => row.pillar === 'Mbrojtja' && row.source === 'donors')!.activities).toBe(
      '4877100',
    )
  })
  test('the whole', () => {
    expect(found.totals.map((row) => [row.source, row.printed, row.activities, row.difference])).toEqual([
      ['total', '488876804.85', '488677164', '199640.85'],
      ['state', '425793366.85', '425593726', '199640.85'],
      ['donors', '5777100', '5777100', '0'],
      ['gap', '57306338', '57306338', '0'],
    ])
  })
  test('three suspected misprints explain the whole lekë, by arithmetic and not by a list', () => {
    expect(
      found.suspicions.map((one) => [one.uid, one.printed, one.perhaps, one.how, one.change, one.explains]),
    ).toEqual([
      ['1/1.(c).2', '22.824', '22.284', 'transposition', '-540', '-360'],
      ['1/1.(d).4', '610.02', '610.20', 'transposition', '180', '-360'],
      ['4/3.(a).3#1', '1,137.04', '1,337.04', 'digit', '200000', '200000'],
    ])
    expect(found.suspicions.map((one) => one.sourceLine)).toEqual([400, 423, 842])
    expect(found.suspicions[0]!.together).toEqual(['1/1.(d).4'])
  })
  test('nothing is applied: the activities keep what is printed', () => {
    const activity = content('nap-2018-2020').nodes.find((node) => node.uid === '1/1.(c).2')!
    expect(activity.activity!.amounts.cost).toEqual({ lek: '22824', printed: '22.824' })
  })
  test('the table’s own sums hold', () => {
    expect(found.tableSums.length).toBeGreaterThan(25)
    expect(
      found.tableSums
        .filter((sum) => sum.difference !== '0')
        .map((sum) => [sum.row, sum.column, sum.difference]),
    ).toEqual([])
  })
  test('wrong printed shares are flagged, right ones are not', () => {
    expect(found.shares.filter((one) => one.wrong).map((one) => [one.of, one.printed, one.computed])).toEqual(
      [
        ['acc_600_601', '59.0', '57.1'],
        ['acc_602_608', '35.4', '38.0'],
        ['acc_third', '5.6', '4.9'],
      ],
    )
    expect(found.shares.find((one) => one.of === 'government')).toMatchObject({
      printed: '87.1',
      computed: '87.1',
    })
  })
  test('euro at the plan’s own rate', () => {
    expect(found.euro).toEqual({
      rate: '133',
      total: '3675765',
      activities: '3674264',
      printedMillion: '3.67',
      computedMillion: '3.68',
    })
  })
  test('12 trainings of 30 are not 150 professionals', () => {
    expect(found.numbers).toMatchObject([
      { kind: 'product', node: '1/1.(c).8', computed: '360', printed: '150', agrees: false },
    ])
  })
  test('every activity’s sources make its cost', () => {
    expect(found.unbalanced).toEqual([])
  })
})

test('the programme of 2022–2024: its four groups make the number printed for adults', () => {
  const found = reconcile(content('programme-child-protection-2022-2024'))
  expect(found.numbers).toMatchObject([
    { kind: 'sum', computed: '4430', printed: '4430', printedAs: '4430 adults', agrees: true },
  ])
  expect(found.rows).toEqual([])
})

test('a plan without a table of costs is reconciled with nothing', () => {
  expect(reconcile(content('framework-economic-exploitation-2018'))).toMatchObject({
    rows: [],
    suspicions: [],
    euro: null,
  })
})

test('shares are rounded half up', () => {
  expect(share(1n, 8n)).toBe('12.5')
  expect(share(1n, 3n)).toBe('33.3')
  expect(share(2n, 3n)).toBe('66.7')
  expect(share(0n, 0n)).toBe('0.0')
})

describe('deadlines as intervals', () => {
  const said = (
    text: string,
    from: string | null,
    to: string | null,
    more: Partial<Deadline> = {},
  ): Deadline => ({
    text,
    from,
    to,
    ongoing: false,
    approx: false,
    recurrence: null,
    ...more,
  })
  test.each([
    ['2018-2019', said('2018-2019', '2018-01-01', '2019-12-31'), '2019-12-31', '2019-12-31'],
    ['mid-2009', said('Mesi i vitit 2009', null, '2009-06-30', { approx: true }), '2009-05-01', '2009-08-31'],
    ['second half', said('6 majori i dytë i 2018', '2018-07-01', '2018-12-31'), '2018-07-01', '2018-12-31'],
    [
      'first half',
      said('Gjashtë mujori i parë vitit 2019', '2019-01-01', '2019-06-30'),
      '2019-01-01',
      '2019-06-30',
    ],
    [
      'until the first half',
      said('Deri në gjysmën e parë të 2009', null, '2009-06-30'),
      '2009-01-01',
      '2009-06-30',
    ],
    [
      'spring',
      said('Fundi i 2018 pranverë 2019', null, '2019-05-31', { approx: true }),
      '2019-03-01',
      '2019-05-31',
    ],
    [
      'end to middle',
      said('Fundi i 2019 – mesi i 2020', '2019-12-31', '2020-06-30', { approx: true }),
      '2020-05-01',
      '2020-08-31',
    ],
    [
      'beginning, as a start',
      said('Fillimi i 2009', '2009-01-01', null, { approx: true }),
      '2009-01-01',
      '2009-04-30',
    ],
    ['ongoing', said('Në vazhdimësi', null, null, { ongoing: true }), null, null],
    ['none', said('', null, null), null, null],
  ])('%s', (_, deadline, earliest, latest) => {
    expect(dueInterval(deadline)).toEqual({ earliest, latest })
  })
  test('late, perhaps late, not due', () => {
    const middle = { earliest: '2009-05-01', latest: '2009-08-31' }
    expect(latenessOn(middle, '2009-05-01')).toBe('not_due')
    expect(latenessOn(middle, '2009-06-15')).toBe('maybe_late')
    expect(latenessOn(middle, '2009-09-01')).toBe('late')
    expect(latenessOn({ earliest: null, latest: null }, '2026-01-01')).toBe('no_deadline')
  })
  test('no shipped deadline is turned round', () => {
    for (const plan of shipped)
      for (const node of plan.content.nodes) {
        const due = node.activity === null ? null : dueInterval(node.activity.deadline)
        if (due === null || due.earliest === null || due.latest === null) continue
        expect(due.earliest <= due.latest, node.uid).toBe(true)
        expect(
          node.activity!.deadline.to === null || due.latest >= node.activity!.deadline.to,
          node.uid,
        ).toBe(true)
      }
  })
})
