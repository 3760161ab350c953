import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor, Role, Stamp } from '#domain/core.ts'
import { afterScreening, type IdentificationStatus, identificationStatuses } from '#domain/identification.ts'
import {
  advise,
  applies,
  apply,
  decideDownward,
  decideScreening,
  inForce,
  rank,
  type Screening,
  type ScreeningBody,
  type ScreeningSet,
  screeningResults,
} from '#domain/screening.ts'

const at = '2026-11-24T11:00:00.000Z'
const stamp = (role: Role, userId: string = role): Stamp => ({
  actor: {
    userId,
    unitId: 'u',
    institutionId: 'i',
    role,
    municipality: '53',
    county: 'AL-11',
    purpose: null,
  } satisfies Actor,
  now: at,
  occurredAt: at,
  newId: () => 'id',
})
const file = (name: string) => JSON.parse(readFileSync(`reference/al/screening/${name}.json`, 'utf8'))
const sets: ScreeningSet[] = ['trafficking', 'economic_exploitation'].map((name) => {
  const set = file(name)
  return { ...set, forms: set.forms.map((form: { code: string }) => form.code) }
})
const trafficking = sets[0]!
const body = (over: Partial<ScreeningBody>): ScreeningBody => ({
  set: 'trafficking',
  version: '2018-1',
  caseId: 'c',
  subject: 'child',
  forms: ['unknown'],
  territory: 'unknown',
  setting: 'case',
  items: [],
  ...over,
})
const decide = (over: Partial<ScreeningBody>, role: Role = 'cpw') =>
  decideScreening(body(over), { set: trafficking, birth: null }, stamp(role))

describe('shipped sets', () => {
  it.each(sets.map((set) => [set.code, set] as const))(
    '%s is whole: unique codes, known forms and dimensions, both languages, marked unverified',
    (code) => {
      const set = file(code)
      const known = (list: { code: string }[]) => list.map((one) => one.code)
      expect(new Set(known(set.items)).size).toBe(set.items.length)
      expect(set.status).toBe('unverified')
      for (const item of set.items) {
        expect(known(set.dimensions)).toContain(item.dimension)
        for (const form of item.forms) expect(['all', ...known(set.forms)]).toContain(form)
        for (const text of [item.sq, item.en, item.source]) expect(text.length).toBeGreaterThan(5)
      }
    },
  )
  it('each sector and each form of a child can reach the threshold', () => {
    for (const set of sets)
      for (const form of set.forms)
        expect(set.items.filter((item) => applies(item, 'child', [form])).length).toBeGreaterThanOrEqual(
          set.threshold,
        )
  })
  it('is in force from its day', () => {
    expect(inForce(sets, 'trafficking', '2018-01-01')?.version).toBe('2018-1')
    expect(inForce(sets, 'trafficking', '2017-12-31')).toBeUndefined()
  })
})

describe('counting', () => {
  it('0, 1–2, 3 and more', () =>
    expect([0, 1, 2, 3, 9].map((n) => advise(n, 3))).toEqual([
      'negative',
      'at_risk',
      'at_risk',
      'vmt',
      'vmt',
    ]))

  it('any three elements of a child do, means or none; the result in force is never below what was advised', () => {
    const childItems = trafficking.items
      .filter((item) => item.appliesTo.includes('child'))
      .map((item) => item.code)
    fc.assert(
      fc.property(
        fc.subarray(childItems),
        fc.option(fc.constantFrom(...screeningResults), { nil: undefined }),
        (codes, result) => {
          const decision = decide({
            items: codes.map((code) => ({ code, evidence: 'e' })),
            result,
            reason: 'r',
          })
          if (!decision.ok) throw new Error(decision.refusal.code)
          const [event] = decision.events
          if (event?.type !== 'ScreeningRecorded') throw new Error('no record')
          expect(event.facts.advised).toBe(advise(codes.length, 3))
          expect(rank(event.facts.result)).toBeGreaterThanOrEqual(rank(event.facts.advised))
          expect(event.facts.proposedResult !== null).toBe(
            result !== undefined && rank(result) < rank(event.facts.advised),
          )
          expect(JSON.stringify(event.facts)).not.toContain('evidence')
        },
      ),
      { seed: 5 },
    )
  })

  it('only a supervisor who did not screen lowers a result', () => {
    const screening: Screening = {
      id: 's',
      version: 1,
      screenerId: 'w',
      advised: 'vmt',
      result: 'vmt',
      proposedResult: 'at_risk',
    }
    const answer = { agree: true, reason: 'r' }
    expect(decideDownward(screening, answer, stamp('cpw', 'x'))).toMatchObject({
      refusal: { code: 'not_allowed' },
    })
    expect(decideDownward(screening, answer, stamp('cpu_head', 'w'))).toMatchObject({
      refusal: { code: 'screening_own_decision' },
    })
    const yes = decideDownward(screening, answer, stamp('cpu_head', 'h'))
    expect(yes.ok && yes.events.reduce(apply, screening)).toMatchObject({
      result: 'at_risk',
      proposedResult: null,
    })
    const no = decideDownward(screening, { ...answer, agree: false }, stamp('cpu_head', 'h'))
    expect(no.ok && no.events.reduce(apply, screening)).toMatchObject({ result: 'vmt', proposedResult: null })
  })

  it('help comes first, whoever screens', () => {
    expect(decide({ caseId: undefined })).toMatchObject({
      refusal: { code: 'screening_before_protection', field: 'caseId' },
    })
    expect(decide({ setting: 'border', caseId: undefined }, 'border_police')).toMatchObject({
      refusal: { field: 'reportId' },
    })
    expect(decide({ setting: 'border', reportId: 'r' }, 'school')).toMatchObject({
      refusal: { code: 'not_allowed' },
    })
  })
})

describe('the trafficking status as a history', () => {
  const heightOf = (status: IdentificationStatus) =>
    ['none', 'screened_negative', 'at_risk', 'vmt'].indexOf(status)
  it('a screening never lowers it without a supervisor, and never undoes a formal step', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...identificationStatuses),
        fc.constantFrom(...screeningResults),
        fc.boolean(),
        (current, result, bySupervisor) => {
          const event = afterScreening(
            current,
            { result, screeningId: 's', forms: [], territory: 'internal', bySupervisor },
            stamp('cpw'),
          )
          if (event === null) return
          if (heightOf(current) < 0) expect(event.facts.status).toBe('vmt')
          else if (!bySupervisor) expect(heightOf(event.facts.status)).toBeGreaterThan(heightOf(current))
          expect(event.facts.priorTrafficking).toBe(current === 'vt' || current === 'exited')
        },
      ),
      { seed: 5 },
    )
  })
})
