/** The letters that the embedded typeface has (scripts/pdf-font.mjs), and what is printed for others. */
const foreign = /[^\n\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u2010\u2013\u2014‘’‚“”„•…‹›€−≤≥≈]/gu
const known = (text: string): boolean => text.search(foreign) === -1

const near: Readonly<Record<string, string>> = {
  '\t': ' ',
  '\r': '',
  '\u2011': '\u2010',
  '\u2012': '–',
  '\u2015': '—',
  '\u202f': '\u00a0',
  '\u2009': '\u00a0',
  '\u2192': '–',
  '\u2260': '<>',
}

/** Text as it can be printed: composed letters, a plain form of what the typeface lacks, else a question mark. */
export const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/\u00ad|\p{Cf}/gu, '')
    .replaceAll(foreign, (letter) => {
      const plain = near[letter] ?? letter.normalize('NFKD').replaceAll(/\p{M}/gu, '')
      return known(plain) ? plain : '?'
    })
