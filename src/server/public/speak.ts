/** Words of the public pages in one language, with keys the compiler knows. */
import { say } from '#server/words.ts'
import type { publicPages } from '#wire/words/en/public.ts'
import type { Language } from '#wire/words/index.ts'

type Written = keyof typeof publicPages
type Plural<K> = K extends `${infer Base}_one` ? Base : never
export type Word = Written | Plural<Written>

export type Speak = (word: Word, params?: Readonly<Record<string, string | number>>) => string

export const speak =
  (language: Language): Speak =>
  (word, params) =>
    say(language, `publicPages.${word}`, params)
