import { describe, expect, test } from 'vitest'
import { refusalCodes } from '#domain/refusal.ts'
import { words } from '#wire/words/index.ts'

type Namespace = Record<string, string>
const sq = words.sq as Record<string, Namespace>
const en = words.en as Record<string, Namespace>
const all = Object.entries(words).flatMap(([language, namespaces]) =>
  Object.entries(namespaces as Record<string, Namespace>).flatMap(([namespace, entries]) =>
    Object.entries(entries).map(([key, text]) => ({
      at: `${language} ${namespace}.${key}`,
      language,
      namespace,
      key,
      text,
    })),
  ),
)

describe('both languages say the same', () => {
  test('the same names, the same keys', () => {
    expect(Object.keys(sq).sort()).toEqual(Object.keys(en).sort())
    for (const namespace of Object.keys(en))
      expect(Object.keys(sq[namespace]!).sort(), namespace).toEqual(Object.keys(en[namespace]!).sort())
  })

  test('the same values are filled in', () => {
    const filled = (text: string): string[] =>
      [...new Set([...text.matchAll(/\{\{\s*([\w.]+)/g)].map((one) => one[1]!))].sort()
    const different = Object.entries(en).flatMap(([namespace, entries]) =>
      Object.entries(entries)
        // “One” may be said without its number.
        .filter(([key]) => !key.endsWith('_one'))
        .filter(([key, text]) => filled(text).join() !== filled(sq[namespace]![key]!).join())
        .map(([key]) => `${namespace}.${key}`),
    )
    expect(different).toEqual([])
  })

  test('every plural has both forms', () => {
    const lonely = all
      .filter((one) => /_(one|other)$/.test(one.key) && one.text.includes('{{count'))
      .filter((one) => {
        const stem = one.key.replace(/_(one|other)$/, '')
        const namespace = (one.language === 'sq' ? sq : en)[one.namespace]!
        return !(`${stem}_one` in namespace && `${stem}_other` in namespace)
      })
    expect(lonely.map((one) => one.at)).toEqual([])
  })

  test('no sentence is empty, and none ends in a stray space', () => {
    expect(
      all.filter((one) => one.text.trim() === '' || one.text !== one.text.trim()).map((one) => one.at),
    ).toEqual([])
  })

  test('Albanian is written with ë and ç, not with e: or c,', () => {
    const letters = Object.values(sq)
      .flatMap((namespace) => Object.values(namespace))
      .join('')
    expect(letters.includes('ë') && letters.includes('ç')).toBe(true)
    expect(
      all
        .filter((one) => one.language === 'sq' && /\p{Cc}|\u0308|\u0327/u.test(one.text))
        .map((one) => one.at),
    ).toEqual([])
  })
})

test('every refusal of the domain has its sentence', () => {
  expect([...refusalCodes].filter((code) => !(code in en.refusal!)).sort()).toEqual([])
  expect(
    Object.keys(en.refusal!)
      .filter((key) => !refusalCodes.some((code) => key === code || key.startsWith(`${code}_`)))
      .sort(),
  ).toEqual([])
})
