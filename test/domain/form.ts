/** Forms at random, and an evaluation written apart: it goes round until nothing changes, with no memory and no order of its own. */
import fc from 'fast-check'
import type { Answer, Condition, FormContent, Question } from '#domain/form/definition.ts'

const words = { sq: 'a', en: 'a' }
const options = ['a', 'b', 'c'].map((value, score) => ({ value, label: words, score }))
const kinds = ['text', 'choice', 'choices', 'yes_no', 'scale', 'number', 'day'] as const

const compare = (kind: Question['kind'], key: string): fc.Arbitrary<Condition> => {
  const plain: fc.Arbitrary<Condition>[] = [fc.boolean().map((answered) => ({ question: key, answered }))]
  if (kind === 'yes_no') plain.push(fc.boolean().map((is) => ({ question: key, is })))
  if (kind === 'choice' || kind === 'choices')
    plain.push(fc.constantFrom('a', 'b', 'c').map((is) => ({ question: key, is })))
  if (kind === 'scale' || kind === 'number')
    plain.push(
      fc.integer({ min: 0, max: 6 }).map((atLeast) => ({ question: key, atLeast })),
      fc.integer({ min: 0, max: 6 }).map((atMost) => ({ question: key, atMost })),
    )
  return fc.oneof(...plain)
}
const grouped = (leaf: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> => {
  const single = fc.oneof(
    leaf,
    leaf.map((not): Condition => ({ not })),
  )
  const group = (inner: fc.Arbitrary<Condition>) =>
    fc.oneof(
      inner,
      fc.array(inner, { minLength: 1, maxLength: 3 }).map((all): Condition => ({ all })),
      fc.array(inner, { minLength: 1, maxLength: 3 }).map((any): Condition => ({ any })),
    )
  return group(group(single))
}

/** References may go anywhere, itself included: some of these forms have cycles. */
export const anyForm: fc.Arbitrary<FormContent> = fc
  .array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 12 })
  .chain((drawn) => {
    const keys = drawn.map((_, at) => `q${at}`)
    const counted = keys.filter((_, at) => ['choice', 'choices', 'scale', 'number'].includes(drawn[at]!))
    const leaf = fc.oneof(
      { arbitrary: fc.nat(keys.length - 1).chain((at) => compare(drawn[at]!, keys[at]!)), weight: 4 },
      ...(counted.length === 0
        ? []
        : [
            {
              arbitrary: fc
                .integer({ min: 0, max: 9 })
                .map((atLeast): Condition => ({ score: 'sum', atLeast })),
              weight: 1,
            },
          ]),
    )
    const when = fc.oneof(
      { arbitrary: fc.constant(undefined), weight: 3 },
      { arbitrary: grouped(leaf), weight: 1 },
    )
    const question = (at: number): fc.Arbitrary<Question> =>
      fc.record({ when, required: fc.boolean() }).map((more) => ({
        key: keys[at]!,
        tier: 'T3' as const,
        kind: drawn[at]!,
        label: words,
        required: more.required,
        ...(drawn[at] === 'choice' || drawn[at] === 'choices' ? { options } : {}),
        ...(more.when === undefined ? {} : { when: more.when }),
      }))
    return fc
      .record({
        questions: fc.tuple(...keys.map((_, at) => question(at))),
        cut: fc.nat(keys.length),
        around: fc.oneof(
          { arbitrary: fc.constant(undefined), weight: 3 },
          { arbitrary: grouped(leaf), weight: 1 },
        ),
        of: fc.subarray(counted),
      })
      .map(({ questions, cut, around, of }) => ({
        title: words,
        sections: [
          { title: words, questions: questions.slice(0, cut) },
          {
            title: words,
            questions: questions.slice(cut),
            ...(around === undefined ? {} : { when: around }),
          },
        ],
        scores: counted.length === 0 ? [] : [{ key: 'sum', label: words, of, bands: [] }],
      }))
  })

const valueFor = (q: Question): fc.Arbitrary<Answer> => {
  const value = {
    text: fc.constant('x'),
    choice: fc.constantFrom('a', 'b', 'c'),
    choices: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
    yes_no: fc.boolean(),
    scale: fc.integer({ min: 1, max: 5 }),
    number: fc.integer({ min: -3, max: 8 }),
    day: fc.constant('2026-01-31'),
    note: fc.constant('x'),
  }[q.kind] as fc.Arbitrary<string | boolean | number | string[]>
  return fc.oneof(
    { arbitrary: value.map((v): Answer => ({ key: q.key, value: v })), weight: 5 },
    { arbitrary: fc.constant<Answer>({ key: q.key, none: 'not_known' }), weight: 1 },
  )
}
export const answersTo = (form: FormContent): fc.Arbitrary<readonly Answer[]> =>
  fc
    .tuple(
      ...form.sections.flatMap((s) => s.questions).map((q) => fc.option(valueFor(q), { freq: 3, nil: null })),
    )
    .map((list) => list.filter((answer) => answer !== null))

/** Shown questions by rounds: everything shown at first, then again and again until two rounds agree; null where they never do. */
export const byRounds = (form: FormContent, answers: readonly Answer[]): Set<string> | null => {
  const all = form.sections.flatMap((s) => s.questions.map((q) => ({ s, q })))
  const holds = (c: Condition | undefined, shown: Set<string>): boolean => {
    if (c === undefined) return true
    if ('all' in c) return c.all.filter((one) => !holds(one, shown)).length === 0
    if ('any' in c) return c.any.filter((one) => holds(one, shown)).length > 0
    if ('not' in c) return !holds(c.not, shown)
    const said = (key: string) => {
      const a = answers.find((one) => one.key === key)
      return a !== undefined && 'value' in a && shown.has(key) ? a.value : null
    }
    if ('score' in c) {
      const counted = form.scores!.find((s) => s.key === c.score)!.of.filter((key) => said(key) !== null)
      const sum = counted
        .map((key) => {
          const v = said(key)!
          return typeof v === 'number'
            ? v
            : [v].flat().reduce<number>((n, o) => n + 'abc'.indexOf(String(o)), 0)
        })
        .reduce((a, b) => a + b, 0)
      return counted.length > 0 && ('atLeast' in c ? sum >= c.atLeast : sum <= c.atMost)
    }
    const v = said(c.question)
    if ('answered' in c) return c.answered === (v !== null)
    if (v === null) return false
    if ('is' in c) return [v].flat().includes(c.is as never)
    return typeof v === 'number' && ('atLeast' in c ? v >= c.atLeast : v <= c.atMost)
  }
  let shown = new Set(all.map(({ q }) => q.key))
  for (let round = 0; round < 200; round += 1) {
    const next = new Set(
      all.filter(({ s, q }) => holds(s.when, shown) && holds(q.when, shown)).map(({ q }) => q.key),
    )
    if (next.size === shown.size && [...next].every((key) => shown.has(key))) return next
    shown = next
  }
  return null
}
