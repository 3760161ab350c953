import { type Language, languages, words } from '#wire/words/index.ts'
import { type Params, type Shelf, wordOf } from '#wire/words/speak.ts'

const shelves: Readonly<Record<Language, Readonly<Record<string, Shelf>>>> = words

const find = (language: Language, key: string, params?: Params): string | undefined => {
  const dot = key.indexOf('.')
  return wordOf(language, shelves[language][key.slice(0, dot)], key.slice(dot + 1), params)
}

/** The sentence of `namespace.key` in a language. A missing one fails the check, so it cannot reach a reader. */
export const say = (language: Language, key: string, params?: Params): string =>
  find(language, key, params) ?? key.slice(key.indexOf('.') + 1)

/** The first language of the reader that we speak; Albanian otherwise. */
export const languageOf = (acceptLanguage: string | undefined): Language => {
  for (const item of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const tag = item.trim().slice(0, 2).toLowerCase()
    const known = languages.find((language) => language === tag)
    if (known !== undefined) return known
  }
  return 'sq'
}

/** Whether these words exist: for codes that come from records, and may be newer than the words. */
export const says = (language: Language, key: string): boolean => find(language, key) !== undefined
