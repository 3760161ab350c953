/** What the keys of a split figure are called, in the reader's language. */
import type { Language } from '#wire/words/index.ts'
import { words } from '#wire/words/index.ts'
import type { Tx } from '../tx.ts'

/** Codes that other rooms say already: the word stands there alone. */
const homes: Readonly<
  Record<
    string,
    readonly ('reportPage' | 'casePage' | 'referral' | 'web' | 'justicePage' | 'nrmPage' | 'inspectionPage')[]
  >
> = {
  source: ['reportPage'],
  channel: ['reportPage'],
  ground: ['casePage'],
  seen: ['casePage'],
  service: ['casePage', 'referral'],
  risk: ['web'],
  stage: ['justicePage'],
  measure: ['justicePage'],
  status: ['nrmPage'],
  sector: ['inspectionPage'],
}

export const nameOfKey = async (tx: Tx, by: string, language: Language): Promise<(key: string) => string> => {
  if (by === 'municipality' || by === 'county') {
    const rows = await tx.sql<{ code: string; name: string }>(`select code, name from ${by}`)
    const names = new Map(rows.map((row) => [row.code, row.name]))
    return (key) => names.get(key) ?? (key === '' ? unknown(language) : key)
  }
  if (by === 'crossing') {
    const rows = await tx.sql<{ id: string; name: string }>('select id, name from border_crossing')
    const names = new Map(rows.map((row) => [row.id, row.name]))
    return (key) => names.get(key) ?? key
  }
  if (by === 'country') {
    const names = new Intl.DisplayNames([language], { type: 'region' })
    return (key) => names.of(key) ?? key
  }
  const own: Readonly<Record<string, string>> = words[language].indicatorCode
  const lent = (homes[by] ?? []).map((space): Readonly<Record<string, string>> => words[language][space])
  return (key) => {
    const code = `${by}_${key}`
    const said = own[code] ?? lent.find((book) => book[code] !== undefined)?.[code]
    return said ?? own[key] ?? (key === '' ? unknown(language) : key)
  }
}

const unknown = (language: Language): string => words[language].indicatorCode.unknown
