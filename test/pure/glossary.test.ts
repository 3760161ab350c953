import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readCsv, wordsPage } from '../../scripts/words.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

describe('the glossary', () => {
  const csv = read('reference/al/glossary.csv')
  test('is the page docs/words.md', () => {
    expect(read('docs/words.md')).toBe(wordsPage(csv))
  })
  test('has a term in both languages and a source in every row', () => {
    const [, ...rows] = readCsv(csv)
    expect(rows.length).toBeGreaterThan(120)
    for (const row of rows) {
      expect(row).toHaveLength(6)
      for (const at of [0, 2, 4]) expect(row[at], row.join()).not.toBe('')
    }
    expect(new Set(rows.map((row) => row[0])).size).toBe(rows.length)
  })
  test('reads quoted fields', () => {
    expect(readCsv('a,"b,""c"""\n"d\ne",f\n')).toEqual([
      ['a', 'b,"c"'],
      ['d\ne', 'f'],
    ])
  })
})
