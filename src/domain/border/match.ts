/**
 * When somebody at a crossing may be whom an alert is about (domain specification 16.10: papers are often false, so the number
 * of a document or a name written alike). This is the rule; the database's `border_look` finds the same by its indexes, and a
 * test holds both against each other. Pure.
 */

/** Likeness from which two written names are held to be alike: shared groups of three letters against all. */
export const alikeFrom = 0.55
/** Unregistered children are written down with a year or two of difference. */
export const yearsApart = 2

const trigrams = (key: string): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const word of key.split(' ').filter((one) => one !== '')) {
    const letters = [...`  ${word} `]
    for (let at = 0; at + 3 <= letters.length; at += 1) found.add(letters.slice(at, at + 3).join(''))
  }
  return found
}

/** 0 to 1 over filed names (lower case, without marks); the order of the words says nothing. */
export const writtenAlike = (a: string, b: string): number => {
  const [x, y] = [trigrams(a), trigrams(b)]
  const shared = [...x].filter((one) => y.has(one)).length
  const all = x.size + y.size - shared
  return all === 0 ? 0 : shared / all
}

/** A name as it is compared: as filed, and how its given and its family part sound. */
export interface Compared {
  readonly key: string
  readonly given: readonly string[]
  readonly family: readonly string[]
}
export interface Years {
  readonly from: number
  readonly to: number
}

/** A given and a family part that both sound like parts of the other name, in any order: names stand in each other's place. */
const soundsAlike = (asked: Compared, sounds: readonly string[]): boolean =>
  asked.given.some((given) =>
    asked.family.some((family) => given !== family && sounds.includes(given) && sounds.includes(family)),
  )

const yearsFit = (a: Years | null, b: Years | null): boolean =>
  a === null || b === null || (b.from <= a.to + yearsApart && b.to >= a.from - yearsApart)

export const nameMeets = (
  asked: Compared & { readonly years: Years | null },
  known: { readonly key: string; readonly sounds: readonly string[]; readonly years: Years | null },
): boolean =>
  yearsFit(asked.years, known.years) &&
  ((asked.key !== '' && writtenAlike(asked.key, known.key) >= alikeFrom) || soundsAlike(asked, known.sounds))

/** A document's number as it is compared: letters and digits alone, the letter O read as a nought. Empty where nothing is left. */
export const documentKey = (said: string): string =>
  said
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .replaceAll('O', '0')
