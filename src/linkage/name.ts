/**
 * Names as a register must compare them: the same name written with and without ë and ç, with or without the
 * definite ending, by a Greek clerk or an Italian one. Nothing here guesses an origin from a name.
 */

/** Letters that Unicode does not take apart into a base and a mark. */
const plain: Readonly<Record<string, string>> = {
  ı: 'i',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ø: 'o',
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  þ: 'th',
}

/**
 * What a name is filed under: marks stripped (ë→e, ç→c), lower case, apostrophes dropped, every other sign that is
 * neither letter nor digit read as a space. Any script is kept: `Ψαρράς` becomes `ψαρρασ`.
 */
export const nameKey = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[ıđðłøœæßþ]/g, (letter) => plain[letter] ?? letter)
    .replaceAll('ς', 'σ')
    .replaceAll(/['’ʼ`´]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The parts of a name in the order given. */
export const nameTokens = (name: string): readonly string[] => {
  const key = nameKey(name)
  return key === '' ? [] : key.split(' ')
}

/** Sounds that people and documents exchange, longest spelling first; see the table in README.md. */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/dj|gj|xh|gi(?=[aou])/g, 'J'],
  [/sh|sc(?=[ei])|s/g, 'S'],
  [/zh|x|z/g, 'Z'],
  [/th|t/g, 'T'],
  [/dh|d/g, 'D'],
  [/ph|f/g, 'F'],
  [/ky|ch|ck|q|c/g, 'C'],
  [/nj|gn|n/g, 'N'],
  [/l+/g, 'L'],
  [/r+/g, 'R'],
  [/w|v/g, 'V'],
]

const vowels = /[aeiouyjh]/g

/** A word without the ending that Albanian adds when it names somebody: Agroni→agron, Besniku→besnik, Hoxhaj→hoxh. */
const stem = (token: string): string => {
  const bare = token.replace(/(?:[aeiuy]|(?<![gdn])j)+$/, '')
  return bare.length >= 2 ? bare : token
}

/**
 * How one word sounds, roughly: its first sound and its consonants. `Gjergj` and `Xherxh` share a key, as do
 * `Shkëlqim` and `Skelcim`. A word in another script is its own key.
 */
export const phoneticKey = (word: string): string => {
  const token = nameKey(word).replaceAll(' ', '')
  if (!/^[a-z]+$/.test(token)) return token
  let key = stem(token)
  for (const [spelling, sound] of sounds) key = key.replaceAll(spelling, sound)
  const first = /^[aeiouyjh]/.test(key) ? key[0] : ''
  const start = first === 'y' || first === 'j' ? 'i' : (first ?? '')
  return `${start === 'h' ? '' : start}${key.replaceAll(vowels, '')}`.replaceAll(/(.)\1+/g, '$1')
}

/** The distinct keys of all words of a name, for an index. */
export const phoneticKeys = (name: string): readonly string[] => [
  ...new Set(
    nameTokens(name)
      .map(phoneticKey)
      .filter((key) => key !== ''),
  ),
]

/** Jaro–Winkler likeness of two strings, 0 to 1; a shared beginning of up to four signs counts more. */
export const jaroWinkler = (a: string, b: string): number => {
  if (a === b) return 1
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Array<boolean>(b.length).fill(false)
  const left: string[] = []
  for (let i = 0; i < a.length; i++) {
    const end = Math.min(b.length, i + reach + 1)
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if (taken[j] || a[i] !== b[j]) continue
      taken[j] = true
      left.push(a.charAt(i))
      break
    }
  }
  if (left.length === 0) return 0
  const right = [...b].filter((_, j) => taken[j])
  const swaps = left.filter((sign, i) => sign !== right[i]).length / 2
  const m = left.length
  const jaro = (m / a.length + m / b.length + (m - swaps) / m) / 3
  let prefix = 0
  while (prefix < 4 && prefix < Math.min(a.length, b.length) && a[prefix] === b[prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

/** Likeness of two words: equal 1; sounding alike at least 0.95; otherwise as written. */
export const wordLikeness = (a: string, b: string): number => {
  if (a === b) return 1
  const written = jaroWinkler(a, b)
  const [x, y] = [phoneticKey(a), phoneticKey(b)]
  return x === y && x.length >= 2 ? Math.max(written, 0.95) : written
}
