import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { firstLanguage, keepLanguage } from '#web/early/language.ts'
import { type Volume, volumes } from '#web/early/volumes.ts'
import type { Language } from '#wire/words/index.ts'
import { type Params, type Shelf, wordOf } from '#wire/words/speak.ts'
import type * as en from './book-en.ts'
import type * as careEn from './care-book-en.ts'
import type * as caseEn from './case-book-en.ts'
import type * as deskEn from './desk-book-en.ts'
import type * as intakeEn from './intake-book-en.ts'
import type * as logEn from './log-book-en.ts'
import type * as nrmEn from './nrm-book-en.ts'
import type * as planEn from './plan-book-en.ts'

type Book = typeof en &
  typeof careEn &
  typeof caseEn &
  typeof deskEn &
  typeof intakeEn &
  typeof logEn &
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
export type { Params }
/** `t('work', 'late_days', { count: 4 })`: namespace, key without plural suffix, values. */
export type Say = <S extends Space>(space: S, key: Word<S>, params?: Params) => string

const shelves: Record<Language, Record<string, Shelf>> = { sq: {}, en: {} }
let chosen: Language = 'sq'

const open = new Set<Volume>(['work'])
const here = new Set<string>()

/** Only the chosen language travels; the other comes when it is asked for. */
const load = async (language: Language): Promise<void> => {
  for (const volume of open) {
    if (here.has(`${volume} ${language}`)) continue
    Object.assign(shelves[language], await volumes[volume][language]())
    here.add(`${volume} ${language}`)
  }
  chosen = language
  document.documentElement.lang = language
}

export const startWords = (): Promise<void> => load(firstLanguage())

/** Has the words of a volume ready, now and after a change of language. */
export const openWords = async (volume: Exclude<Volume, 'work'>): Promise<void> => {
  open.add(volume)
  await load(chosen)
}

export const language = (): Language => chosen
const find = (space: string, key: string, params?: Params): string | undefined =>
  wordOf(chosen, shelves[chosen][space], key, params)
export const say: Say = (space, key, params) => find(space, key, params) ?? key

/** A sentence for a code that came over the wire; undefined where neither word file knows it. */
export const sayIfKnown = (space: Space, key: string, params?: Params): string | undefined =>
  find(space, key, params)
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
    keepLanguage(to)
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
