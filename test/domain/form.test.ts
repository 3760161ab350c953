import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Stamp } from '#domain/core.ts'
import { checkForm } from '#domain/form/check.ts'
import { type FormContent, questionsOf } from '#domain/form/definition.ts'
import { byKey, evaluate, fits, missingOf, ofShown } from '#domain/form/evaluate.ts'
import { decideApproveForm, decideProposeForm, type FormVersion } from '#domain/form/life.ts'
import { cast } from './case-life.ts'
import { answersTo, anyForm, byRounds } from './form.ts'

const said = { sq: 'Pyetje', en: 'Question' }
const yes = (key: string, more: object = {}) =>
  ({ key, tier: 'T2', kind: 'yes_no', label: said, ...more }) as const
const form = (questions: readonly object[], more: object = {}): FormContent =>
  ({ title: said, sections: [{ title: said, questions }], ...more }) as FormContent
const codes = (content: FormContent) => checkForm(content).map(({ code, path }) => `${code} ${path}`)

describe('a definition is refused with the place', () => {
  test.each([
    [
      'a missing translation',
      form([yes('a', { label: { sq: 'Po', en: ' ' } })]),
      'missing_translation sections.0.questions.0.label.en',
    ],
    ['a key used twice', form([yes('a'), yes('a')]), 'duplicate_key sections.0.questions.1.key'],
    [
      'a reference to nothing',
      form([yes('a', { when: { question: 'b', is: true } })]),
      'unknown_reference sections.0.questions.0.when.question',
    ],
    [
      'a reference to no score',
      form([yes('a', { when: { score: 's', atLeast: 1 } })]),
      'unknown_reference sections.0.questions.0.when.score',
    ],
    [
      'a cycle of two',
      form([
        yes('a', { when: { question: 'b', is: true } }),
        yes('b', { when: { not: { question: 'a', is: true } } }),
      ]),
      'cycle sections.0.questions.1.when.not.question',
    ],
    [
      'a question that waits for itself',
      form([yes('a', { when: { question: 'a', answered: true } })]),
      'cycle sections.0.questions.0.when.question',
    ],
    [
      'a section that waits for its own',
      {
        title: said,
        sections: [{ title: said, when: { question: 'a', is: true }, questions: [yes('a')] }],
      } as FormContent,
      'cycle sections.0.when.question',
    ],
    [
      'a cycle through a score',
      form([yes('a', { points: { yes: 1, no: 0 }, when: { score: 's', atLeast: 1 } })], {
        scores: [{ key: 's', label: said, of: ['a'], bands: [] }],
      }),
      'cycle sections.0.questions.0.when.score',
    ],
    [
      'a score that counts what has no points',
      form([yes('a')], { scores: [{ key: 's', label: said, of: ['a'], bands: [] }] }),
      'bad_score scores.0.of.0',
    ],
    [
      'bands that do not rise',
      form([yes('a', { points: { yes: 1, no: 0 } })], {
        scores: [
          {
            key: 's',
            label: said,
            of: ['a'],
            bands: [
              { from: 3, label: said },
              { from: 3, label: said },
            ],
          },
        ],
      }),
      'bad_score scores.0.bands.1.from',
    ],
    [
      'a choice of one',
      form([{ key: 'a', tier: 'T2', kind: 'choice', label: said, options: [{ value: 'x', label: said }] }]),
      'no_options sections.0.questions.0.options',
    ],
    [
      'an answer that is no option',
      form([
        {
          key: 'a',
          tier: 'T2',
          kind: 'choice',
          label: said,
          options: [
            { value: 'x', label: said },
            { value: 'y', label: said },
          ],
        },
        yes('b', { when: { question: 'a', is: 'z' } }),
      ]),
      'unknown_value sections.0.questions.1.when.question',
    ],
    [
      'a text compared with a number',
      form([
        { key: 'a', tier: 'T2', kind: 'text', label: said },
        yes('b', { when: { question: 'a', atLeast: 2 } }),
      ]),
      'not_comparable sections.0.questions.1.when.question',
    ],
    [
      'a question whose being asked tells of abuse',
      form([yes('a', { tier: 'T4' }), yes('b', { when: { question: 'a', is: true } })]),
      'tier_told sections.0.questions.1.when.question',
    ],
    [
      'bounds the wrong way round',
      form([{ key: 'a', tier: 'T2', kind: 'number', label: said, min: 5, max: 1 }]),
      'bad_range sections.0.questions.0.max',
    ],
    ['nothing asked', form([]), 'nothing_asked sections'],
  ])('%s', (_, content, fault) => expect(codes(content)).toContain(fault))

  test('and a sound one is not', () =>
    expect(codes(form([yes('a'), yes('b', { when: { question: 'a', is: true } })]))).toEqual([]))
})

describe('forms at random', () => {
  test('an accepted form asks what the rounds ask; what keeps going round is never accepted', () => {
    let sound = 0
    fc.assert(
      fc.property(
        anyForm.chain((content) => fc.tuple(fc.constant(content), answersTo(content))),
        ([content, answers]) => {
          const cyclic = checkForm(content).some(({ code }) => code === 'cycle')
          const rounds = byRounds(content, answers)
          if (cyclic) return
          sound += 1
          const { shown } = evaluate(content, byKey(answers))
          expect([...shown].sort()).toEqual([...(rounds ?? [])].sort())
        },
      ),
      { numRuns: 600 },
    )
    expect(sound).toBeGreaterThan(100)
  })

  test('no hidden question’s answer is kept, counted or missed; what is kept asks the same again', () => {
    fc.assert(
      fc.property(
        anyForm.chain((content) => fc.tuple(fc.constant(content), answersTo(content))),
        ([content, answers]) => {
          if (checkForm(content).length > 0) return
          const outcome = evaluate(content, byKey(answers))
          const kept = ofShown(answers, outcome)
          expect(kept.every((a) => outcome.shown.has(a.key))).toBe(true)
          expect(kept.every((a) => fits(questionsOf(content).find((q) => q.key === a.key)!, a))).toBe(true)
          expect(evaluate(content, byKey(kept))).toEqual(outcome)
          for (const q of missingOf(content, byKey(kept), outcome))
            expect(outcome.shown.has(q.key)).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('the life of a version', () => {
  const stamp = (who: keyof typeof cast, userId: string): Stamp => ({
    actor: { ...cast[who], userId },
    now: '2026-11-24T11:00:00.000Z',
    occurredAt: '2026-11-24T11:00:00.000Z',
    newId: () => 'x',
  })
  const version: FormVersion = {
    id: 'v',
    version: 1,
    form: 'risk',
    number: 2,
    state: 'proposed',
    createdBy: 'ana',
    savedBy: 'bora',
    proposedBy: 'cel',
    effectiveFrom: '2026-12-01',
  }
  const code = (d: { ok: boolean; refusal?: { code: string } }) => d.refusal?.code ?? 'ok'

  test.each(['ana', 'bora', 'cel'])('whoever wrote or proposed it (%s) does not approve it', (user) =>
    expect(code(decideApproveForm(version, stamp('agency', user)))).toBe('needs_second_person'),
  )
  test('another officer does, and nobody else', () => {
    expect(code(decideApproveForm(version, stamp('agency', 'dea')))).toBe('ok')
    expect(code(decideApproveForm(version, stamp('head', 'dea')))).toBe('not_allowed')
    expect(code(decideApproveForm({ ...version, state: 'draft' }, stamp('agency', 'dea')))).toBe(
      'wrong_state',
    )
    expect(code(decideApproveForm({ ...version, effectiveFrom: '2026-11-23' }, stamp('agency', 'dea')))).toBe(
      'form_effective_past',
    )
  })
  test('never before a version already approved', () =>
    expect(
      code(
        decideProposeForm(
          { ...version, state: 'draft' },
          { effectiveFrom: '2026-12-01', why: 'x' },
          { faults: [], newest: '2026-12-02' },
          stamp('agency', 'ana'),
        ),
      ),
    ).toBe('form_effective_order'))
})
