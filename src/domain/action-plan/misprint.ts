/**
 * Which misprinted amounts would explain that a pillar's activities do not make its printed total: two neighbouring
 * digits changed places, or one digit is another. Only amounts that stand alike in the cost and in the state column are
 * tried, since those are the ones that move both sums. Many digits could explain a round difference, so the reading is
 * kept only when the suspected amount is printed elsewhere in the plan; what remains is a suspicion, never a correction.
 */
import type { PlanNode } from './content.ts'
import { decimalOfHundredths, lekOfThousands } from './money.ts'

export interface Suspicion {
  readonly pillar: string
  readonly uid: string
  readonly sourceLine: number | null
  readonly how: 'transposition' | 'digit'
  /** In thousand lekë, as printed and as suspected. */
  readonly printed: string
  readonly perhaps: string
  /** What the suspected amount would add to the activities, in lekë. */
  readonly change: string
  /** How many other activities print the suspected amount. */
  readonly elsewhere: number
  /** The whole difference of the pillar, which this and its `together` explain. */
  readonly explains: string
  readonly together: readonly string[]
}

interface Candidate {
  readonly node: PlanNode
  readonly printed: string
  readonly perhaps: string
  readonly how: Suspicion['how']
  readonly change: bigint
  readonly elsewhere: number
  readonly digits: number
}

const swapped = (text: string, a: number, b: number): string =>
  text.slice(0, a) + text[b] + text.slice(a + 1, b) + text[a] + text.slice(b + 1)

const significant = (text: string): number => text.replace(/[,.]/g, '').replace(/^0+|0+$/g, '').length

const readings = (printed: string): { readonly text: string; readonly how: Suspicion['how'] }[] => {
  const places = [...printed].flatMap((sign, at) => (/\d/.test(sign) ? [at] : []))
  const pairs = places.slice(1).map((at, index) => ({
    text: swapped(printed, places[index] ?? 0, at),
    how: 'transposition' as const,
  }))
  const digits = places.flatMap((at) =>
    [...'0123456789'].map((digit) => ({
      text: printed.slice(0, at) + digit + printed.slice(at + 1),
      how: 'digit' as const,
    })),
  )
  return [...pairs, ...digits].filter(({ text }) => text !== printed)
}

const candidatesOf = (node: PlanNode, counts: ReadonlyMap<string, number>): Candidate[] => {
  const amounts = node.activity?.amounts
  if (amounts === undefined || amounts.cost.lek === null || amounts.cost.printed === null) return []
  if (amounts.state.lek !== amounts.cost.lek) return []
  const printed = amounts.cost.printed
  const base = BigInt(amounts.cost.lek)
  const seen = new Set<string>()
  return readings(printed).flatMap(({ text, how }) => {
    const lek = lekOfThousands(text)
    if (lek === null || seen.has(lek)) return []
    seen.add(lek)
    return [
      {
        node,
        printed,
        perhaps: text,
        how,
        change: BigInt(lek) - base,
        elsewhere: counts.get(lek) ?? 0,
        digits: significant(text),
      },
    ]
  })
}

/** The stronger reading first: printed elsewhere with more digits, oftener, and a transposition before another digit. */
const weight = (set: readonly Candidate[]): number =>
  set.reduce(
    (sum, one) =>
      sum +
      (one.elsewhere > 0 ? one.digits * 100 + Math.min(one.elsewhere, 20) : 0) +
      (one.how === 'transposition' ? 50 : 0),
    0,
  )

const best = (sets: readonly (readonly Candidate[])[]): readonly Candidate[] => {
  const likely = sets.filter((set) => set.some((one) => one.elsewhere > 0))
  return likely.toSorted((a, b) => weight(b) - weight(a))[0] ?? []
}

/**
 * Suspected misprints among a pillar's activities, given how far its printed total (hundredths of a lek) lies from them.
 * A difference under one lek is rounding of the table and suspects nobody.
 */
export const misprints = (
  pillar: string,
  activities: readonly PlanNode[],
  everywhere: readonly PlanNode[],
  difference: bigint,
): Suspicion[] => {
  if (difference === 0n || difference % 100n !== 0n) return []
  const lek = difference / 100n
  const counts = new Map<string, number>()
  for (const node of everywhere) {
    const amount = node.activity?.amounts.cost.lek
    if (amount !== undefined && amount !== null) counts.set(amount, (counts.get(amount) ?? 0) + 1)
  }
  const candidates = activities.flatMap((node) => candidatesOf(node, counts))
  const alone = best(candidates.filter((one) => one.change === lek).map((one) => [one]))
  const chosen = alone.length > 0 ? alone : best(pairs(candidates, lek))
  return chosen.map((one) => ({
    pillar,
    uid: one.node.uid,
    sourceLine: one.node.sourceLine,
    how: one.how,
    printed: one.printed,
    perhaps: one.perhaps,
    change: one.change.toString(),
    elsewhere: one.elsewhere,
    explains: decimalOfHundredths(difference),
    together: chosen.filter((other) => other !== one).map((other) => other.node.uid),
  }))
}

/** Two transpositions that make the difference together; single digits would explain almost anything in pairs. */
const pairs = (candidates: readonly Candidate[], lek: bigint): (readonly Candidate[])[] => {
  const swaps = candidates.filter((one) => one.how === 'transposition')
  const byChange = Map.groupBy(swaps, (one) => one.change)
  return swaps.flatMap((one, at) =>
    (byChange.get(lek - one.change) ?? [])
      .filter((other) => other.node !== one.node && swaps.indexOf(other) > at)
      .map((other) => [one, other]),
  )
}
