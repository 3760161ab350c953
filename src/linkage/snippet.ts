/**
 * Where a text says what was asked, cut to a line: letters are compared without marks and without case, as the index does, and
 * shown as they were written.
 */

/** A run of text; `hit` where it is what was asked for. */
export interface Piece {
  readonly text: string
  readonly hit: boolean
}

/** Each sign of the text as the index reads it: lower case, without marks; one sign may become several or none. */
const bare = (sign: string): string =>
  sign
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]+/g, '')
    .toLowerCase()
/** Letters and digits of any script: what the index takes for a word (migration 0045). */
const wordOf = /[0-9A-Za-z\u00c0-\u1fff\u2070-\u2fff\u3040-\u{10ffff}]+/gu

/** The words of a question as the index takes them: two signs or more, the longest six. */
export const askedWords = (asked: string): readonly string[] =>
  [...new Set(bare(asked).match(wordOf) ?? [])]
    .filter((word) => word.length > 1)
    .map((word) => [...word].slice(0, 60).join(''))
    .toSorted((a, b) => b.length - a.length)
    .slice(0, 6)

interface Word {
  readonly from: number
  readonly to: number
  readonly bare: string
}
const wordsIn = (text: string): readonly Word[] => {
  const found: Word[] = []
  for (const match of text.matchAll(wordOf))
    found.push({ from: match.index, to: match.index + match[0].length, bare: bare(match[0]) })
  return found
}

/**
 * At most about `width` signs around the first word asked for, every word asked for in it marked. The pieces joined are a part of
 * the text, with an ellipsis where it goes on; a text without any of the words begins at its beginning.
 */
export const snippet = (text: string, words: readonly string[], width = 180): readonly Piece[] => {
  const said = text.replaceAll(/\s+/g, ' ').trim()
  const hits = wordsIn(said).filter((word) => words.some((asked) => word.bare.startsWith(asked)))
  const first = hits[0]
  const start = Math.max(0, (first?.from ?? 0) - Math.floor(width / 3))
  const from = start === 0 ? 0 : start + Math.max(0, said.slice(start, first?.from).indexOf(' ') + 1)
  const end = Math.min(said.length, Math.max(from + width, first?.to ?? 0))
  const cut = end < said.length ? said.lastIndexOf(' ', end) : end
  const to = cut > (first?.to ?? from) ? cut : end
  const pieces: Piece[] = []
  const add = (piece: string, hit: boolean): void => {
    if (piece !== '') pieces.push({ text: piece, hit })
  }
  let at = from
  for (const word of hits) {
    if (word.from < at || word.to > to) continue
    add(said.slice(at, word.from), false)
    add(said.slice(word.from, word.to), true)
    at = word.to
  }
  add(said.slice(at, to), false)
  if (from > 0) pieces.unshift({ text: '… ', hit: false })
  if (to < said.length) pieces.push({ text: ' …', hit: false })
  return pieces
}
