/** Codes of assistance in words, and options of lists. */
import type { Option } from '#web/design/Field.tsx'
import { number } from '#web/design/time.ts'
import { type Say, sayCode, type Word } from '#web/design/words.tsx'

export const word = (t: Say, key: string): string => t('assistancePage', key as Word<'assistancePage'>)
export const options = (t: Say, prefix: string, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: word(t, `${prefix}_${value}`) }))
export const serviceWord = (code: string): string => sayCode('casePage', `service_${code}`)
export const fundingWord = (t: Say, code: string | null): string =>
  code === null || code === 'not_said' ? word(t, 'funding_none') : sayCode('casePage', `funding_${code}`)
export const lifeWord = (code: string | null): string =>
  code === null ? '–' : sayCode('outcomePage', `code_${code}`)
export const lifeOptions = (values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: lifeWord(value) }))
export const named = (values: readonly string[], of: (value: string) => string): Option[] =>
  values
    .map((value) => ({ value, label: of(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'sq'))
export const lekWord = (t: Say, n: number | null): string =>
  n === null ? '–' : t('assistancePage', 'lek', { n: number(n) })
