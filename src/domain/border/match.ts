/**
 * When somebody at a crossing may be whom an alert is about (domain specification 16.10: papers are often false, so the number
 * of a document or a name written alike). This is the rule; the database's `border_look` finds the same by its indexes, and a
 * test holds both against each other. Pure.
 */

/** Likeness from which two written words are held to be alike: shared groups of three letters against all. */
export const alikeFrom = 0.45
/** Unregistered children are written down with a year or two of difference. */
export const yearsApart = 2

const trigrams = (word: string): ReadonlySet<string> => {
  const letters = [...`  ${word} `]
  const found = new Set<string>()
  for (let at = 0; at + 3 <= letters.length; at += 1) found.add(letters.slice(at, at + 3).join(''))
  return found
}

/** 0 to 1 over two filed words (lower case, without marks). */
export const writtenAlike = (a: string, b: string): number => {
  if (a === '' || b === '') return 0
  const [x, y] = [trigrams(a), trigrams(b)]
  const shared = [...x].filter((one) => y.has(one)).length
  return shared / (x.size + y.size - shared)
}

/** One part of a name: as it is filed, and how it sounds. */
export interface NamePart {
  readonly word: string
  readonly sound: string
}
export interface Years {
  readonly from: number
  readonly to: number
}

/** Equal sounds, or alike as written. */
export const partsAlike = (a: NamePart, b: NamePart): boolean =>
  (a.sound !== '' && a.sound === b.sound) || writtenAlike(a.word, b.word) >= alikeFrom

const yearsFit = (a: Years | null, b: Years | null): boolean =>
  a === null || b === null || (b.from <= a.to + yearsApart && b.to >= a.from - yearsApart)

/** A given and a family part are each like a part of the other name, in any order: names stand in each other's place. Two parts, even when they are the same word (Ali Ali). */
export const nameMeets = (
  asked: {
    readonly given: readonly NamePart[]
    readonly family: readonly NamePart[]
    readonly years: Years | null
  },
  known: { readonly parts: readonly NamePart[]; readonly years: Years | null },
): boolean =>
  yearsFit(asked.years, known.years) &&
  known.parts.some(
    (one, at) =>
      asked.given.some((given) => partsAlike(given, one)) &&
      known.parts.some(
        (other, place) => place !== at && asked.family.some((family) => partsAlike(family, other)),
      ),
  )

/** A document's number as it is compared: letters and digits alone, the letter O read as a nought. Empty where nothing is left. */
export const documentKey = (said: string): string =>
  said
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .replaceAll('O', '0')
