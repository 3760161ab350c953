import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor, Role, Stamp } from '#domain/core.ts'
import {
  type Attempt,
  type Course,
  decideStartAttempt,
  draw,
  markOf,
  refuseAnswers,
} from '#domain/learning/course.ts'
import {
  decideAcknowledge,
  decideAdoptGuidance,
  decideProposeGuidance,
  type Guidance,
} from '#domain/learning/guidance.ts'

const me = 'me'
const stamp = (role: Role = 'cpw', userId = me): Stamp => ({
  actor: {
    userId,
    unitId: 'u',
    institutionId: 'i',
    role,
    municipality: null,
    county: null,
    purpose: null,
  } satisfies Actor,
  now: '2026-11-24T11:00:00.000Z',
  occurredAt: '2026-11-24T11:00:00.000Z',
  newId: () => 'seed',
})
const guidance: Guidance = { id: 'g', version: 1, slug: 's', number: 2, state: 'proposed', proposedBy: me }
const body = { slug: 's', titleSq: 'a', titleEn: 'b', bodySq: 'c', bodyEn: 'd', effectiveFrom: '2026-11-01' }
const codeOf = (decision: { ok: boolean; refusal?: { code: string } }) =>
  decision.ok ? null : decision.refusal?.code

describe('the library', () => {
  test('is written by two bodies, adopted by somebody else than whoever proposed', () => {
    expect(codeOf(decideProposeGuidance(null, body, stamp('state_agency')))).toBeNull()
    expect(codeOf(decideProposeGuidance(null, body, stamp('cpw')))).toBe('not_allowed')
    expect(codeOf(decideProposeGuidance(guidance, body, stamp('coordinator')))).toBe(
      'learning_proposed_already',
    )
    expect(codeOf(decideAdoptGuidance(guidance, stamp('state_agency')))).toBe('needs_second_person')
    expect(codeOf(decideAdoptGuidance(guidance, stamp('coordinator', 'other')))).toBeNull()
    expect(
      codeOf(decideAdoptGuidance({ ...guidance, state: 'adopted' }, stamp('coordinator', 'other'))),
    ).toBe('wrong_state')
    expect(codeOf(decideAdoptGuidance(guidance, stamp('cpw', 'other')))).toBe('not_allowed')
  })
  test('a version is acknowledged once, and only while it stands', () => {
    expect(codeOf(decideAcknowledge({ ...guidance, state: 'shipped' }, false, stamp()))).toBeNull()
    expect(codeOf(decideAcknowledge({ ...guidance, state: 'shipped' }, true, stamp()))).toBe(
      'learning_read_already',
    )
    expect(codeOf(decideAcknowledge({ ...guidance, state: 'superseded' }, false, stamp()))).toBe(
      'wrong_state',
    )
    expect(codeOf(decideAcknowledge(guidance, false, stamp()))).toBe('not_allowed')
  })
})

describe('a test', () => {
  const course: Course = { id: 'c', state: 'shipped', passPercent: 80, drawn: 3, attempts: 3, waitHours: 24 }
  const attempt = (over: Partial<Attempt> = {}): Attempt => ({
    id: 'a',
    userId: me,
    questions: ['q1', 'q2', 'q3'],
    startedAt: '2026-11-24T10:00:00.000Z',
    submittedAt: '2026-11-24T10:10:00.000Z',
    ...over,
  })
  const bank = ['q1', 'q2', 'q3', 'q4', 'q5']
  const start = (earlier: Attempt[], linked = true) =>
    codeOf(decideStartAttempt(course, bank, earlier, linked, stamp()))
  test('attempts are bounded in time, one is open at a time', () => {
    expect(start([])).toBeNull()
    expect(start([], false)).toBe('learning_not_linked')
    expect(start([attempt({ submittedAt: null })])).toBe('learning_attempt_open')
    expect(start([attempt(), attempt(), attempt()])).toBe('learning_wait')
    const yesterday = attempt({ startedAt: '2026-11-23T10:00:00.000Z', submittedAt: null })
    expect(start([attempt(), attempt(), yesterday])).toBeNull()
  })
  test('the draw takes as many different questions of the bank as are wanted', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        fc.string(),
        (all, count, seed) => {
          const drawn = draw(all, count, seed)
          expect(new Set(drawn).size).toBe(Math.min(count, all.length))
          expect(drawn.every((id) => all.includes(id))).toBe(true)
          expect(draw([...all].reverse(), count, seed)).toEqual(drawn)
        },
      ),
    )
    const firsts = new Set(Array.from({ length: 60 }, (_, i) => draw(bank, 1, `${i}`)[0]))
    expect(firsts.size).toBeGreaterThan(2)
  })
  test('every drawn question is answered once, by whoever began, while it is open', () => {
    const open = attempt({ submittedAt: null })
    const answers = (...ids: string[]) => ids.map((questionId) => ({ questionId, keys: ['a'] }))
    const code = (given: ReturnType<typeof answers>, of = open, at = stamp()) =>
      refuseAnswers(of, given, at)?.refusal.code
    expect(code(answers('q1', 'q2', 'q3'))).toBeUndefined()
    expect(code(answers('q1', 'q2'))).toBe('learning_answers_incomplete')
    expect(code(answers('q1', 'q2', 'q2'))).toBe('learning_answers_wrong')
    expect(code(answers('q1', 'q2', 'q9'))).toBe('learning_answers_wrong')
    expect(code(answers('q1', 'q2', 'q3'), attempt())).toBe('learning_attempt_done')
    expect(code(answers('q1', 'q2', 'q3'), open, stamp('cpw', 'other'))).toBe('not_allowed')
    const old = attempt({ submittedAt: null, startedAt: '2026-11-22T10:00:00.000Z' })
    expect(code(answers('q1', 'q2', 'q3'), old)).toBe('learning_attempt_over')
  })
  test('the mark is rounded down: nobody passes by rounding', () => {
    expect(markOf(course, 4, 5)).toEqual({ percent: 80, passed: true })
    expect(markOf(course, 7, 9)).toEqual({ percent: 77, passed: false })
    expect(markOf(course, 0, 0)).toEqual({ percent: 0, passed: false })
  })
})
