/** The part of XLSForm's expressions that a condition can say: comparisons, `selected`, `and`, `or`, `not`. */
import { type Condition, type FormContent, type Question, questionsOf } from './definition.ts'

type Token = { readonly kind: 'name' | 'text' | 'number' | 'sign' | 'word'; readonly text: string }
const shapes =
  /\s*(?:\$\{([A-Za-z_][\w.-]*)\}|'([^']*)'|"([^"]*)"|(-?\d+)|(>=|<=|!=|=|>|<|\(|\)|,)|([a-z]+))/y

const tokensOf = (text: string): readonly Token[] | null => {
  const tokens: Token[] = []
  shapes.lastIndex = 0
  const end = text.trimEnd().length
  while (shapes.lastIndex < end) {
    const found = shapes.exec(text)
    if (found === null || tokens.length > 200) return null
    const [, name, single, double, number, sign, word] = found
    if (name !== undefined) tokens.push({ kind: 'name', text: name.toLowerCase() })
    else if (single !== undefined || double !== undefined)
      tokens.push({ kind: 'text', text: (single ?? double ?? '').toLowerCase() })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
    else tokens.push({ kind: 'word', text: word ?? '' })
  }
  return tokens
}

/** «Not» goes down to the single comparison, as conditions keep it. */
const turned = (c: Condition): Condition => {
  if ('all' in c) return { any: c.all.map(turned) }
  if ('any' in c) return { all: c.any.map(turned) }
  return 'not' in c ? c.not : { not: c }
}
const joined = (join: 'all' | 'any', parts: readonly Condition[]): Condition => {
  const flat = parts.flatMap((part) =>
    join in part ? (part as { all: Condition[] } & { any: Condition[] })[join] : [part],
  )
  return flat.length === 1 && flat[0] !== undefined ? flat[0] : join === 'all' ? { all: flat } : { any: flat }
}

/** The condition that an expression says, or null where it says something that conditions cannot. */
export const conditionFrom = (text: string, form: FormContent): Condition | null => {
  const tokens = tokensOf(text)
  if (tokens === null) return null
  const questions = new Map<string, Question>(questionsOf(form).map((q) => [q.key, q]))
  const scores = new Set((form.scores ?? []).map((score) => score.key))
  let i = 0
  let depth = 0
  const next = (kind: Token['kind'], said?: string): string | null => {
    const token = tokens[i]
    if (token?.kind !== kind || (said !== undefined && token.text !== said)) return null
    i += 1
    return token.text
  }
  const value = (key: string, said: string): Condition =>
    questions.get(key)?.kind === 'yes_no' && (said === 'yes' || said === 'no')
      ? { question: key, is: said === 'yes' }
      : { question: key, is: said }
  const compare = (key: string): Condition | null => {
    const sign = next('sign')
    const number = next('number')
    if (
      number !== null &&
      (scores.has(key) || questions.get(key)?.kind === 'number' || questions.get(key)?.kind === 'scale')
    ) {
      const n = Number(number)
      const of = scores.has(key) ? { score: key } : { question: key }
      const equal: Condition = {
        all: [
          { ...of, atLeast: n },
          { ...of, atMost: n },
        ],
      }
      switch (sign) {
        case '>=':
          return { ...of, atLeast: n }
        case '>':
          return { ...of, atLeast: n + 1 }
        case '<=':
          return { ...of, atMost: n }
        case '<':
          return { ...of, atMost: n - 1 }
        case '=':
          return equal
        default:
          return sign === '!=' ? turned(equal) : null
      }
    }
    const said = number ?? next('text')
    if (said === null || (sign !== '=' && sign !== '!=')) return null
    if (said === '') return { question: key, answered: sign === '!=' }
    const is = value(key, said)
    return sign === '=' ? is : { not: is }
  }
  const single = (): Condition | null => {
    depth += 1
    if (depth > 20) return null
    const found = part()
    depth -= 1
    return found
  }
  const part = (): Condition | null => {
    if (next('sign', '(') !== null) {
      const inner = either()
      return inner !== null && next('sign', ')') !== null ? inner : null
    }
    const word = next('word')
    if (word === 'not') {
      const inner = next('sign', '(') === null ? null : either()
      return inner !== null && next('sign', ')') !== null ? turned(inner) : null
    }
    if (word === 'selected') {
      if (next('sign', '(') === null) return null
      const key = next('name')
      const said = next('sign', ',') === null ? null : (next('text') ?? next('number'))
      return key !== null && said !== null && next('sign', ')') !== null ? value(key, said) : null
    }
    const key = word === null ? next('name') : null
    return key === null ? null : compare(key)
  }
  const list = (word: 'and' | 'or', join: 'all' | 'any', one: () => Condition | null): Condition | null => {
    const parts: Condition[] = []
    do {
      const found = one()
      if (found === null) return null
      parts.push(found)
    } while (next('word', word) !== null)
    return joined(join, parts)
  }
  const both = (): Condition | null => list('and', 'all', single)
  const either = (): Condition | null => list('or', 'any', both)
  const condition = either()
  return condition !== null && i === tokens.length ? condition : null
}

/** `. >= 0 and . <= 31`, in either order or alone, as bounds; null where it says something else. */
export const boundsFrom = (text: string): { readonly min?: number; readonly max?: number } | null => {
  let result: { min?: number; max?: number } = {}
  for (const one of text.split(/\s+and\s+/)) {
    const found = /^\s*\.\s*(>=|<=|>|<)\s*(-?\d{1,9})\s*$/.exec(one)
    if (found === null) return null
    const n = Number(found[2])
    const bound: { min?: number; max?: number } | undefined = {
      '>=': { min: n },
      '>': { min: n + 1 },
      '<=': { max: n },
      '<': { max: n - 1 },
    }[found[1] ?? '']
    result = {
      ...result,
      ...(bound?.min === undefined ? {} : { min: Math.max(bound.min, result.min ?? bound.min) }),
      ...(bound?.max === undefined ? {} : { max: Math.min(bound.max, result.max ?? bound.max) }),
    }
  }
  return result
}
