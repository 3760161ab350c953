/** Whether a definition holds together. Every fault is named with its place, the same in the editor, the importer and at the door. */
import {
  above,
  bounds,
  type Condition,
  type FormContent,
  type Question,
  questionsOf,
  tierOfScore,
} from './definition.ts'

export const formFaults = [
  'missing_translation',
  'duplicate_key',
  'unknown_reference',
  'unknown_value',
  'cycle',
  'bad_score',
  'bad_range',
  'no_options',
  'nothing_asked',
  'not_comparable',
  'tier_told',
  'too_deep',
] as const
export type FormFault = (typeof formFaults)[number]
export interface Fault {
  readonly code: FormFault
  /** Path into the content, e.g. `sections.1.questions.0.when.all.0`. */
  readonly path: string
  readonly params: Readonly<Record<string, string | number>>
}

interface Reference {
  readonly path: string
  readonly kind: 'question' | 'score'
  readonly key: string
  readonly condition: Condition
}

/** Everything a condition leans on, with the place of each mention. */
const referencesOf = (condition: Condition | undefined, path: string): readonly Reference[] => {
  if (condition === undefined) return []
  const inner = (list: readonly Condition[], name: string) =>
    list.flatMap((one, at) => referencesOf(one, `${path}.${name}.${at}`))
  if ('all' in condition) return inner(condition.all, 'all')
  if ('any' in condition) return inner(condition.any, 'any')
  if ('not' in condition) return referencesOf(condition.not, `${path}.not`)
  if ('score' in condition) return [{ path: `${path}.score`, kind: 'score', key: condition.score, condition }]
  return [{ path: `${path}.question`, kind: 'question', key: condition.question, condition }]
}

/** Groups inside one another; a comparison alone is one deep. */
export const depthOf = (condition: Condition): number => {
  if ('all' in condition) return 1 + Math.max(0, ...condition.all.map(depthOf))
  if ('any' in condition) return 1 + Math.max(0, ...condition.any.map(depthOf))
  return 'not' in condition ? depthOf(condition.not) : 1
}

const scorable = (question: Question): boolean => {
  switch (question.kind) {
    case 'scale':
    case 'number':
      return true
    case 'yes_no':
      return question.points !== undefined
    case 'choice':
    case 'choices':
      return question.options?.some((option) => option.score !== undefined) === true
    default:
      return false
  }
}

/** Why this comparison can never mean anything, or null. */
const unfit = (condition: Condition, question: Question): FormFault | null => {
  if ('is' in condition) {
    if (typeof condition.is === 'boolean') return question.kind === 'yes_no' ? null : 'not_comparable'
    if (question.kind !== 'choice' && question.kind !== 'choices') return 'not_comparable'
    return question.options?.some((option) => option.value === condition.is) ? null : 'unknown_value'
  }
  if ('atLeast' in condition || 'atMost' in condition)
    return question.kind === 'number' || question.kind === 'scale' ? null : 'not_comparable'
  return question.kind === 'note' ? 'not_comparable' : null
}

export const checkForm = (form: FormContent): readonly Fault[] => {
  const faults: Fault[] = []
  const fault = (code: FormFault, path: string, params: Fault['params'] = {}) =>
    void faults.push({ code, path, params })
  const say = (words: { readonly sq: string; readonly en: string } | undefined, path: string) => {
    for (const language of ['sq', 'en'] as const)
      if (words !== undefined && words[language].trim() === '')
        fault('missing_translation', `${path}.${language}`, { language })
  }
  const questions = new Map(questionsOf(form).map((question) => [question.key, question]))
  const scores = new Map((form.scores ?? []).map((score) => [score.key, score]))
  const taken = new Set<string>()
  const take = (key: string, path: string) => {
    if (taken.has(key)) fault('duplicate_key', path, { key })
    taken.add(key)
  }
  /** What each question or score waits for, for the search of cycles. */
  const leans = new Map<string, readonly Reference[]>()

  const checkCondition = (
    condition: Condition | undefined,
    path: string,
    owners: readonly Question[],
  ): readonly Reference[] => {
    if (condition !== undefined && depthOf(condition) > bounds.depth)
      fault('too_deep', path, { most: bounds.depth })
    const references = referencesOf(condition, path)
    for (const { path: at, kind, key, condition: said } of references) {
      const question = kind === 'question' ? questions.get(key) : undefined
      const score = kind === 'score' ? scores.get(key) : undefined
      if (question === undefined && score === undefined) {
        fault('unknown_reference', at, { key })
        continue
      }
      const wrong = question === undefined ? null : unfit(said, question)
      if (wrong !== null) fault(wrong, at, { key, ...('is' in said ? { value: String(said.is) } : {}) })
      const tier = question?.tier ?? (score === undefined ? 'T2' : tierOfScore(form, score))
      // That a question was asked at all would tell a reader of its tier what lies above.
      const told = owners.find((owner) => owner.kind !== 'note' && above(tier, owner.tier))
      if (told !== undefined) fault('tier_told', at, { key, question: told.key })
    }
    return references
  }

  say(form.title, 'title')
  say(form.help, 'help')
  if (!questionsOf(form).some((question) => question.kind !== 'note')) fault('nothing_asked', 'sections')
  form.sections.forEach((section, s) => {
    const at = `sections.${s}`
    say(section.title, `${at}.title`)
    say(section.help, `${at}.help`)
    const around = checkCondition(section.when, `${at}.when`, section.questions)
    section.questions.forEach((question, q) => {
      const place = `${at}.questions.${q}`
      take(question.key, `${place}.key`)
      say(question.label, `${place}.label`)
      say(question.hint, `${place}.hint`)
      say(question.help, `${place}.help`)
      const chosen = question.kind === 'choice' || question.kind === 'choices'
      if (chosen && (question.options ?? []).length < 2)
        fault('no_options', `${place}.options`, { key: question.key })
      const values = new Set<string>()
      question.options?.forEach((option, o) => {
        if (values.has(option.value))
          fault('duplicate_key', `${place}.options.${o}.value`, { key: option.value })
        values.add(option.value)
        say(option.label, `${place}.options.${o}.label`)
      })
      if (question.min !== undefined && question.max !== undefined && question.min > question.max)
        fault('bad_range', `${place}.max`, { min: question.min, max: question.max })
      const own = checkCondition(question.when, `${place}.when`, [question])
      leans.set(question.key, [...around, ...own])
    })
  })
  form.scores?.forEach((score, i) => {
    const place = `scores.${i}`
    take(score.key, `${place}.key`)
    say(score.label, `${place}.label`)
    score.of.forEach((key, n) => {
      const question = questions.get(key)
      if (question === undefined) fault('unknown_reference', `${place}.of.${n}`, { key })
      else if (!scorable(question) || score.of.indexOf(key) !== n)
        fault('bad_score', `${place}.of.${n}`, { key })
    })
    if (score.of.length === 0) fault('bad_score', `${place}.of`, { key: score.key })
    score.bands.forEach((band, n) => {
      say(band.label, `${place}.bands.${n}.label`)
      if (n > 0 && band.from <= (score.bands[n - 1]?.from ?? 0))
        fault('bad_score', `${place}.bands.${n}.from`, { key: score.key })
    })
  })
  for (const { path, keys } of cyclesOf(form, leans)) fault('cycle', path, { keys: keys.join(' → ') })
  return faults
}

/** The first way back to itself from each question that has one, named once a circle. */
const cyclesOf = (
  form: FormContent,
  leans: ReadonlyMap<string, readonly Reference[]>,
): readonly { path: string; keys: readonly string[] }[] => {
  const scores = new Map((form.scores ?? []).map((score) => [score.key, score]))
  const next = (key: string): readonly { key: string; path: string }[] =>
    (leans.get(key) ?? []).flatMap(({ kind, key: to, path }) =>
      kind === 'question' ? [{ key: to, path }] : (scores.get(to)?.of ?? []).map((of) => ({ key: of, path })),
    )
  const done = new Set<string>()
  const found: { path: string; keys: readonly string[] }[] = []
  const walk = (key: string, trail: readonly string[]): void => {
    for (const step of next(key)) {
      const from = trail.indexOf(step.key)
      if (from >= 0) found.push({ path: step.path, keys: [...trail.slice(from), step.key] })
      else if (!done.has(step.key)) walk(step.key, [...trail, step.key])
    }
    done.add(key)
  }
  for (const key of leans.keys()) if (!done.has(key)) walk(key, [key])
  return found
}
