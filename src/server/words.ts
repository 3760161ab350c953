import i18next, { type i18n } from 'i18next'
import { type Language, languages, words } from '#wire/words/index.ts'

const speaker: i18n = i18next.createInstance()
void speaker.init({
  lng: 'sq',
  fallbackLng: false,
  initAsync: false,
  resources: Object.fromEntries(languages.map((language) => [language, words[language]])),
  ns: Object.keys(words.sq),
  keySeparator: false,
  nsSeparator: '.',
  interpolation: { escapeValue: false },
  returnNull: false,
})

/** The sentence of `namespace.key` in a language. A missing one fails the check, so it cannot reach a reader. */
export const say = (
  language: Language,
  key: string,
  params?: Readonly<Record<string, string | number>>,
): string => speaker.t(key, { lng: language, ...params })

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
export const says = (language: Language, key: string): boolean => speaker.exists(key, { lng: language })
