import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decideCollect, fits } from '#domain/indicator/collect.ts'
import { periodOfDay, periodsBefore, quartersOf, wholePeriod } from '#domain/indicator/period.ts'
import { readCsv } from '#server/indicator/load.ts'
import { queries } from '#server/indicator/queries/index.ts'
import { figureFrom, readingOf } from '#server/indicator/query.ts'
import { recordKinds } from '#server/indicator/read.ts'
import { actorOf } from '#test/cast.ts'

const path = (name: string) => new URL(`../../reference/al/${name}`, import.meta.url)
const printed = readCsv(readFileSync(path('indicators.csv'), 'utf8'))
const core = JSON.parse(readFileSync(path('indicator-core.json'), 'utf8')) as { id: string; unit: string }[]

test('the catalogue is whole: 626 indicators of five documents, read with their commas', () => {
  expect(printed).toHaveLength(626)
  expect(new Set(printed.map((row) => row.id)).size).toBe(626)
  expect(printed.find((row) => row.id === 'S004-PROS-1.d.6-i1')?.who_reports).toContain(';')
  expect(printed.every((row) => /^(AUTO|REG|DOC|EXT|SURV|REV)$/.test(row.collect_mode ?? ''))).toBe(true)
})

test('each query has a code of its own, answers known indicators, and none is answered twice', () => {
  const codes = queries.map((query) => query.code)
  expect(new Set(codes).size).toBe(codes.length)
  const known = new Map([
    ...printed.map((row) => [row.id, row.unit]),
    ...core.map((row) => [row.id, row.unit]),
  ] as [string, string][])
  const answered = queries.flatMap((query) => query.indicators)
  expect(answered.filter((id) => !known.has(id))).toEqual([])
  expect(new Set(answered).size).toBe(answered.length)
  for (const query of queries) {
    expect(query.version).toBeGreaterThan(0)
    expect(query.restsOn.length, query.code).toBeGreaterThan(0)
    for (const text of Object.values(query.definition)) expect(text.length, query.code).toBeGreaterThan(20)
  }
})

test('counts of victims say that they are operational', () => {
  for (const query of queries)
    if (query.restsOn.includes('IdentificationRecord')) expect(query.operational, query.code).toBe(true)
})

test('only whole months, quarters, half-years and years are periods', () => {
  expect(wholePeriod('2026-01-01', '2026-03-31')).toMatchObject({ span: 'quarter', until: '2026-04-01' })
  expect(wholePeriod('2026-07-01', '2026-12-31')?.span).toBe('half')
  expect(wholePeriod('2024-02-01', '2024-02-29')?.span).toBe('month')
  expect(wholePeriod('2026-01-01', '2026-12-31')?.span).toBe('year')
  for (const [from, to] of [
    ['2026-02-01', '2026-04-30'],
    ['2026-01-01', '2026-03-30'],
    ['2026-01-02', '2026-03-31'],
    ['2026-03-31', '2026-01-01'],
    ['2026-02-30', '2026-02-31'],
  ] as const)
    expect(wholePeriod(from, to), `${from} ${to}`).toBeNull()
  expect(periodOfDay('2026-11-24', 'quarter').from).toBe('2026-10-01')
  expect(periodsBefore('2026-02-03', 'quarter', 3).map((one) => one.from)).toEqual([
    '2025-07-01',
    '2025-10-01',
    '2026-01-01',
  ])
  expect(quartersOf(periodOfDay('2026-05-01', 'half')).map((one) => one.to)).toEqual([
    '2026-03-31',
    '2026-06-30',
    '2026-09-30',
    '2026-12-31',
  ])
})

test('a share of nothing is no figure, and a mean divides days by services', () => {
  expect(readingOf('%', { n: 0, of: 0, records: 0 })).toBeNull()
  expect(readingOf('%', { n: 1, of: 3, records: 3 })).toBe(33.3)
  const rows = [
    { measure: 'wait', a: '002', b: 'x', n: 2, s: 4 },
    { measure: 'wait', a: '011', b: 'y', n: 1, s: 11 },
    { measure: 'other', a: '', b: '', n: 9, s: 99 },
  ]
  const figure = figureFrom(
    { n: { measure: 'wait', sum: true }, of: { measure: 'wait' } },
    periodOfDay('2026-01-01', 'quarter'),
    rows,
  )
  expect(figure).toEqual({ n: 15, of: 3, records: 3 })
  expect(readingOf('days', figure)).toBe(5)
})

test('what an indicator waits for is read out of its source', () => {
  expect(recordKinds('Referral(to=prosecution); DisclosureLog')).toEqual(['Referral', 'DisclosureLog'])
  expect(recordKinds('HotlineContact -> Report -> IdentificationRecord')).toEqual([
    'HotlineContact',
    'Report',
    'IdentificationRecord',
  ])
})

test('figures must fit the unit of the indicator', () => {
  expect(fits('n', 3)).toBe(true)
  expect(fits('n', 3.5)).toBe(false)
  expect(fits('n', -1)).toBe(false)
  expect(fits('%', 100.1)).toBe(false)
  expect(fits('yes/no+date', 2)).toBe(false)
  expect(fits('n of 61', 62)).toBe(false)
  expect(fits('ALL', 1e13)).toBe(false)
  expect(fits('%', Number.NaN)).toBe(false)
})

test('a figure is brought by those named, for a time that has begun, and corrected only with a reason', () => {
  const stamp = {
    actor: actorOf('police'),
    now: '2026-11-24T11:00:00.000Z',
    occurredAt: '2026-11-24T11:00:00.000Z',
    newId: () => 'x',
  }
  const indicator = { id: 'S004-X-i1', kind: 'collected', unit: 'n', live: false, theirs: true } as const
  const body = { from: '2026-01-01', to: '2026-12-31', value: 4, breakdown: [], evidence: 'Raporti' }
  const code = (...[i, standing, b, s]: Parameters<typeof decideCollect>) => {
    const decision = decideCollect(i, standing, b, s)
    return decision.ok ? decision.events[0]!.type : decision.refusal.code
  }
  expect(code(indicator, null, body, stamp)).toBe('FigureCollected')
  expect(code({ ...indicator, live: true }, null, body, stamp)).toBe('indicator_is_counted')
  expect(code({ ...indicator, theirs: false }, null, body, stamp)).toBe('indicator_not_theirs')
  expect(code({ ...indicator, theirs: false }, null, body, { ...stamp, actor: actorOf('coordinator') })).toBe(
    'FigureCollected',
  )
  expect(code(indicator, null, body, { ...stamp, actor: actorOf('admin') })).toBe('not_allowed')
  expect(code(indicator, null, { ...body, from: '2027-01-01', to: '2027-12-31' }, stamp)).toBe('in_future')
  const standing = { version: 1, ...body }
  expect(code(indicator, standing, { ...body, value: 5 }, stamp)).toBe('reason_required')
  expect(code(indicator, standing, { ...body, reason: 'x' }, stamp)).toBe('indicator_unchanged')
  expect(code(indicator, standing, { ...body, value: 5, reason: 'u numërua sërish' }, stamp)).toBe(
    'FigureCorrected',
  )
})
