/** The beginning of a text, at most so long, that never ends within a letter: half of one no database keeps. */
export const cut = (text: string, most: number): string => {
  const part = text.slice(0, most)
  return part.isWellFormed() || !text.isWellFormed() ? part.toWellFormed() : part.slice(0, -1)
}
