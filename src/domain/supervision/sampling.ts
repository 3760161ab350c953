/**
 * A random sample that anybody can draw again: the order of files follows from the seed and their ids alone. Every worker and
 * level of risk is in it as far as its size reaches; beyond that, shares follow how many files there are.
 */
import type { Uuid } from '../core.ts'

export interface Drawable {
  readonly id: Uuid
  /** Worker and risk, e.g. `<worker>|high`. */
  readonly stratum: string
}

/** cyrb53 (public domain, bryc): 53 bits that spread well; not for secrets. */
export function spread(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i)
    a = Math.imul(a ^ c, 2654435761)
    b = Math.imul(b ^ c, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}

const byDraw = (seed: string) => (a: { readonly key: string }, b: { readonly key: string }) => {
  const x = spread(`${seed}:${a.key}`)
  const y = spread(`${seed}:${b.key}`)
  return x - y || (a.key < b.key ? -1 : 1)
}

/** `size` files at most, none twice. The order of `population` does not matter. */
export function drawSample<T extends Drawable>(
  population: readonly T[],
  size: number,
  seed: string,
): readonly T[] {
  const known = new Map(population.map((one) => [one.id, one]))
  const strata = new Map<string, T[]>()
  for (const one of known.values()) strata.set(one.stratum, [...(strata.get(one.stratum) ?? []), one])
  const queues = [...strata]
    .map(([key, files]) => ({
      key,
      total: files.length,
      taken: 0,
      files: files
        .map((file) => ({ key: file.id, file }))
        .sort(byDraw(seed))
        .map((one) => one.file),
    }))
    // Where there are more strata than places, chance says which are left out, not the alphabet.
    .sort(byDraw(seed))
  const wanted = Math.min(size, known.size)
  const drawn: T[] = []
  const take = (queue: (typeof queues)[number] | undefined): void => {
    const file = queue?.files[queue.taken]
    if (queue === undefined || file === undefined) return
    queue.taken += 1
    drawn.push(file)
  }
  for (const queue of queues) if (drawn.length < wanted) take(queue)
  while (drawn.length < wanted) {
    // Whoever has the smallest share of its files in the sample comes next.
    const [next] = queues
      .filter((one) => one.taken < one.total)
      .sort((a, b) => a.taken / a.total - b.taken / b.total)
    take(next)
  }
  return drawn
}
