/**
 * Possible duplicates: which known persons may be the one just reported, how sure, and why. One function, pure; the
 * database only narrows the pool. It advises: two people decide about a merge, and it can be undone.
 */
import { nameTokens, phoneticKey, wordLikeness } from './name.ts'

export interface Described {
  readonly givenName: string | null
  readonly familyName: string | null
  readonly otherNames: string | null
  readonly sex: 'female' | 'male' | 'unknown'
  /** Earliest and latest day of birth. */
  readonly birth: { readonly from: string; readonly to: string } | null
  /** Municipality codes where the person was met or lives. */
  readonly places: readonly string[]
}

export interface Known extends Described {
  readonly id: string
}

export const features = ['name', 'birth', 'sex', 'place'] as const
export type Feature = (typeof features)[number]
/** How a feature compares, best first. */
export const levels = ['same', 'alike', 'near', 'unknown', 'different'] as const
export type Level = (typeof levels)[number]

export interface Reason {
  readonly feature: Feature
  readonly level: Level
  /** What it added to the score, between −1 and 1. */
  readonly weight: number
  /** True when given and family name stand in each other's place. */
  readonly swapped?: boolean
}

export const bands = ['likely', 'possible'] as const
export type Band = (typeof bands)[number]

export interface Duplicate {
  readonly id: string
  /** 0 to 1. */
  readonly score: number
  readonly band: Band
  readonly reasons: readonly Reason[]
}

export interface LinkageRules {
  /** Score from which a pair is shown at all. */
  readonly possible: number
  /** Score from which a pair is shown as likely. */
  readonly likely: number
}

export const defaultRules: LinkageRules = { possible: 0.55, likely: 0.8 }

const wordsOf = (person: Described): readonly string[] =>
  nameTokens([person.givenName, person.familyName, person.otherNames].filter(Boolean).join(' '))

/** Each word of the shorter name takes its best partner in the longer one, none twice. */
const bestPairs = (a: readonly string[], b: readonly string[]): readonly number[] => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const free = [...long]
  return short.map((word) => {
    let best = 0
    let at = -1
    for (const [i, other] of free.entries()) {
      const likeness = wordLikeness(word, other)
      if (likeness > best) [best, at] = [likeness, i]
    }
    if (at >= 0) free.splice(at, 1)
    return best
  })
}

const samePart = (a: string | null, b: string | null): boolean => {
  const [x, y] = [nameTokens(a ?? ''), nameTokens(b ?? '')]
  return x.length > 0 && y.length > 0 && phoneticKey(x.join('')) === phoneticKey(y.join(''))
}

const compareNames = (a: Described, b: Described): Reason => {
  const [x, y] = [wordsOf(a), wordsOf(b)]
  if (x.length === 0 || y.length === 0) return { feature: 'name', level: 'unknown', weight: 0 }
  const pairs = bestPairs(x, y)
  const mean = pairs.reduce((sum, one) => sum + one, 0) / pairs.length
  // One shared word of two says less than two: a single given name alone never makes a likely pair.
  const coverage = pairs.length === 1 ? 0.72 : 1
  const swapped =
    samePart(a.givenName, b.familyName) &&
    samePart(a.familyName, b.givenName) &&
    !samePart(a.givenName, b.givenName)
  const level: Level = mean === 1 ? 'same' : mean >= 0.92 ? 'alike' : mean >= 0.82 ? 'near' : 'different'
  const strength = level === 'different' ? 0 : (mean - 0.5) * 2
  return {
    feature: 'name',
    level,
    weight: round(0.65 * strength * coverage),
    ...(swapped ? { swapped: true } : {}),
  }
}

const years = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (365.25 * 86_400_000)

const compareBirths = (a: Described, b: Described): Reason => {
  if (!a.birth || !b.birth) return { feature: 'birth', level: 'unknown', weight: 0.08 }
  const exact = a.birth.from === a.birth.to && b.birth.from === b.birth.to
  if (exact && a.birth.from === b.birth.from) return { feature: 'birth', level: 'same', weight: 0.25 }
  const gap = Math.max(years(a.birth.to, b.birth.from), years(b.birth.to, a.birth.from), 0)
  if (gap === 0) return { feature: 'birth', level: 'alike', weight: 0.18 }
  // Unregistered children are written down with a year only, or with one or two years of difference.
  if (gap <= 2) return { feature: 'birth', level: 'near', weight: 0.08 }
  return { feature: 'birth', level: 'different', weight: gap > 4 ? -0.5 : -0.2 }
}

const compareSex = (a: Described, b: Described): Reason =>
  a.sex === 'unknown' || b.sex === 'unknown'
    ? { feature: 'sex', level: 'unknown', weight: 0.02 }
    : a.sex === b.sex
      ? { feature: 'sex', level: 'same', weight: 0.05 }
      : { feature: 'sex', level: 'different', weight: -0.2 }

const comparePlaces = (a: Described, b: Described): Reason =>
  a.places.length === 0 || b.places.length === 0
    ? { feature: 'place', level: 'unknown', weight: 0.02 }
    : a.places.some((place) => b.places.includes(place))
      ? { feature: 'place', level: 'same', weight: 0.05 }
      : { feature: 'place', level: 'different', weight: 0 }

const round = (n: number): number => Math.round(n * 1000) / 1000

/** Compare one pair: a score between 0 and 1 and what made it. */
export const compare = (a: Described, b: Described): { score: number; reasons: readonly Reason[] } => {
  const reasons = [compareNames(a, b), compareBirths(a, b), compareSex(a, b), comparePlaces(a, b)]
  const sum = reasons.reduce((total, reason) => total + reason.weight, 0)
  return { score: round(Math.min(1, Math.max(0, sum))), reasons }
}

/** The known persons who may be the candidate, best first. Without a name on both sides nothing is offered. */
export const possibleDuplicates = (
  candidate: Described,
  pool: readonly Known[],
  rules: LinkageRules = defaultRules,
): readonly Duplicate[] =>
  pool
    .map((known) => ({ id: known.id, ...compare(candidate, known) }))
    .filter(({ score, reasons }) => {
      const name = reasons.find((reason) => reason.feature === 'name')?.level
      return score >= rules.possible && name !== 'unknown' && name !== 'different'
    })
    .map(({ id, score, reasons }) => ({
      id,
      score,
      band: score >= rules.likely ? ('likely' as const) : ('possible' as const),
      reasons,
    }))
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
