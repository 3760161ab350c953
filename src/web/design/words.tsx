import { createInstance } from 'i18next'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import type { Language } from '#wire/words/index.ts'
import type * as en from './book-en.ts'
import type * as careEn from './care-book-en.ts'
import type * as caseEn from './case-book-en.ts'
import type * as deskEn from './desk-book-en.ts'
import type * as intakeEn from './intake-book-en.ts'
import type * as nrmEn from './nrm-book-en.ts'
import type * as planEn from './plan-book-en.ts'

type Book = typeof en &
  typeof careEn &
  typeof caseEn &
  typeof deskEn &
  typeof intakeEn &
  typeof nrmEn &
  typeof planEn
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

/** The words of daily work come first; those of one case, and of plans and the net, only with a page that says them. */
const volumes = {
  work: { sq: () => import('./book-sq.ts'), en: () => import('./book-en.ts') },
  cases: { sq: () => import('./case-book-sq.ts'), en: () => import('./case-book-en.ts') },
  care: { sq: () => import('./care-book-sq.ts'), en: () => import('./care-book-en.ts') },
  desk: { sq: () => import('./desk-book-sq.ts'), en: () => import('./desk-book-en.ts') },
  intake: { sq: () => import('./intake-book-sq.ts'), en: () => import('./intake-book-en.ts') },
  nrm: { sq: () => import('./nrm-book-sq.ts'), en: () => import('./nrm-book-en.ts') },
  plans: { sq: () => import('./plan-book-sq.ts'), en: () => import('./plan-book-en.ts') },
}
type Volume = keyof typeof volumes
const open = new Set<Volume>(['work'])
const here = new Set<string>()

/** Only the chosen language travels; the other comes when it is asked for. */
const load = async (language: Language): Promise<void> => {
  for (const volume of open) {
    if (here.has(`${volume} ${language}`)) continue
    for (const [space, keys] of Object.entries(await volumes[volume][language]()))
      book.addResourceBundle(language, space, keys)
    here.add(`${volume} ${language}`)
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

/** Has the words of a volume ready, now and after a change of language. */
export const openWords = async (volume: Exclude<Volume, 'work'>): Promise<void> => {
  open.add(volume)
  await load(chosen)
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
