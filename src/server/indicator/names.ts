/** What the keys of a split figure are called, in the reader's language. */
import type { Language } from '#wire/words/index.ts'
import { words } from '#wire/words/index.ts'
import type { Tx } from '../tx.ts'

export const nameOfKey = async (tx: Tx, by: string, language: Language): Promise<(key: string) => string> => {
  if (by === 'municipality') {
    const rows = await tx.sql<{ code: string; name: string }>('select code, name from municipality')
    const names = new Map(rows.map((row) => [row.code, row.name]))
    return (key) => names.get(key) ?? (key === '' ? unknown(language) : key)
  }
  const known: Readonly<Record<string, string>> = words[language].indicatorCode
  return (key) => known[`${by}_${key}`] ?? known[key] ?? (key === '' ? unknown(language) : key)
}

const unknown = (language: Language): string => words[language].indicatorCode.unknown
