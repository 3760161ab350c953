import { createInstance } from 'i18next'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import type { Language } from '#wire/words/index.ts'
import type * as en from './book-en.ts'

type Book = typeof en
export type Space = keyof Book & string
/** A key without its plural suffix; `_other` is one only where `_one` stands beside it. */
type Bare<K extends string, All extends string> = K extends `${infer Base}_one`
  ? `${Base}_other` extends All
    ? Base
    : K
  : K extends `${infer Base}_other`
    ? `${Base}_one` extends All
      ? Base
      : K
    : K
export type Word<S extends Space> = Bare<keyof Book[S] & string, keyof Book[S] & string>
export type Params = Readonly<Record<string, string | number>>
/** `t('work', 'late_days', { count: 4 })`: namespace, key without plural suffix, values. */
export type Say = <S extends Space>(space: S, key: Word<S>, params?: Params) => string

const book = createInstance()
let chosen: Language = 'sq'

/** Only the chosen language travels; the other comes when it is asked for. */
const load = async (language: Language): Promise<void> => {
  if (!book.hasResourceBundle(language, 'web')) {
    const spaces = await (language === 'sq' ? import('./book-sq.ts') : import('./book-en.ts'))
    for (const [space, keys] of Object.entries(spaces)) book.addResourceBundle(language, space, keys)
  }
  await book.changeLanguage(language)
  chosen = language
  document.documentElement.lang = language
}

const remembered = 'mburoja.language'
export const firstLanguage = (): Language => {
  const kept = localStorage.getItem(remembered)
  if (kept === 'sq' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'sq'
}
export const startWords = async (): Promise<void> => {
  await book.init({
    lng: 'sq',
    fallbackLng: false,
    resources: {},
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  })
  await load(firstLanguage())
}

export const language = (): Language => chosen
const speak = (space: string, key: string, params: Params = {}): string =>
  book.t(key, { ...params, ns: space })
export const say: Say = (space, key, params) => speak(space, key, params)

/** A sentence for a code that came over the wire; undefined where neither word file knows it. */
export const sayIfKnown = (space: Space, key: string, params?: Params): string | undefined =>
  book.exists(key, { ns: space, ...params }) ? speak(space, key, params) : undefined
/** Word for a code (`concern_begging`); the code itself where no word is known, so that nothing is hidden. */
export const sayCode = (space: Space, code: string, params?: Params): string =>
  sayIfKnown(space, code, params) ?? code

const Chosen = createContext<{ language: Language; choose: (to: Language) => void }>({
  language: 'sq',
  choose: () => undefined,
})

export function WordsProvider({ children }: { children: ReactNode }) {
  const [now, setNow] = useState<Language>(chosen)
  const choose = useCallback((to: Language) => {
    localStorage.setItem(remembered, to)
    void load(to).then(() => setNow(to))
  }, [])
  const value = useMemo(() => ({ language: now, choose }), [now, choose])
  return <Chosen value={value}>{children}</Chosen>
}

export const useLanguage = () => useContext(Chosen)
/** The speaking function; components that call it are drawn again when the language changes. */
export const useWords = (): Say => {
  useContext(Chosen)
  return say
}
