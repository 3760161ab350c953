/** The few shapes that papers are made of: paragraphs, a list of facts, a table, lines to fill in by hand. */
import { tiranaDay, tiranaOffset, toMs } from '../clock/tirana.ts'
import type { Day, Instant, Json, Tier, Uuid } from '../core.ts'
import type { PartialDate } from '../partial-date.ts'
import type { DocumentSection, DocumentTable } from '../reporting/document.ts'
import type { CaseFile, Making, Printed } from './file.ts'

export type Make<F = CaseFile> = (m: Making<F>) => readonly DocumentSection[]
/** `tiers`: what the block would show to a reader of every tier; it tells what was left out. */
export interface Block<F = CaseFile> {
  readonly tiers: readonly Extract<Tier, 'T2' | 'T3' | 'T4'>[]
  readonly make: Make<F>
}
/** Words alone, whatever is printed. */
export type Says = Pick<Making, 't'>
export const block = <F = CaseFile>(highest: 'T2' | 'T3' | 'T4', make: Make<F>): Block<F> => ({
  tiers: (['T2', 'T3', 'T4'] as const).filter((tier) => tier <= highest),
  make,
})

/** `31.12.2018`, as both languages of the house write days in tables. */
export const dayIn = (day: Day | null): string =>
  day === null ? '–' : `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`
export const dayOf = (at: Instant | null): string => (at === null ? '–' : dayIn(tiranaDay(at)))
/** Day and time on Tirana's clock. */
export const timeOf = (at: Instant): string => {
  const ms = toMs(at)
  return `${dayOf(at)} ${new Date(ms + tiranaOffset(ms) * 60_000).toISOString().slice(11, 16)}`
}
/** As it was said; a bare age («12») was said on a day that no paper tells, so the years it leaves are written. */
export const bornIn = (date: PartialDate | null): string => {
  if (date === null) return '–'
  if (date.from === date.to) return dayIn(date.from)
  const words = date.said.trim()
  if (words !== '' && !/^\d{1,3}$/.test(words)) return words
  const [first, last] = [date.from.slice(0, 4), date.to.slice(0, 4)]
  return first === last ? first : `${first}–${last}`
}

const languages = /^(sq|en|rom|el|mk|sr|it|de|tr|ar|fa|uk)$/
/** A language as a word; one that the word files do not know stays as it was recorded. */
export const languageIn = (m: Says, code: string): string =>
  languages.test(code) ? m.t(`spoken.${code}`) : code

/** Lines for a pen. */
export const blank = '______________________________'

export const section = (
  heading: string,
  more: { readonly paragraphs?: readonly string[]; readonly tables?: readonly DocumentTable[] },
): DocumentSection => ({
  heading,
  paragraphs: (more.paragraphs ?? []).filter((text) => text.trim() !== ''),
  tables: more.tables ?? [],
  charts: [],
})

/** Facts one below the other; a fact that is null is not known and says so by a dash. */
export const facts = (
  m: Says,
  caption: string,
  rows: readonly (readonly [label: string, value: string | null])[],
): DocumentTable => ({
  caption,
  columns: [
    { head: m.t('document.fact'), kind: 'text' },
    { head: m.t('document.value'), kind: 'text' },
  ],
  rows: rows.map(([label, value]) => [label, value === null || value === '' ? '–' : value]),
})

export const table = (
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  note?: string,
): DocumentTable => ({
  caption,
  columns: heads.map((head) => ({ head, kind: 'text' })),
  rows: rows.map((row) => row.map((cell) => (cell === '' ? '–' : cell))),
  ...(note === undefined ? {} : { note }),
})

/** A stored value as words: texts as they stand, lists with commas. */
export const plain = (value: Json): string => {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value))
    return value
      .map(plain)
      .filter((text) => text !== '')
      .join(', ')
  return Object.values(value)
    .map(plain)
    .filter((text) => text !== '')
    .join(', ')
}

/** The newest text of this name about this row, or nothing that this reader reaches. */
export const said = (file: CaseFile, subject: Uuid, name: string): string | null => {
  const found = file.texts.filter((text) => text.subject === subject && text.name === name)
  const last = found.at(-1)
  return last === undefined ? null : plain(last.body)
}
export const saidAnywhere = (file: CaseFile, name: string): readonly string[] =>
  file.texts.filter((text) => text.name === name).map((text) => plain(text.body))

/** What was written, or that this reader does not read it. */
export const orHidden = (m: Says & { readonly file: Pick<Printed, 'tier'> }, text: string | null): string =>
  text ?? (m.file.tier < 3 ? m.t('document.not_for_you') : '–')

export const codes = (m: Says, prefix: string, list: readonly string[]): string =>
  list.map((code) => m.t(`${prefix}${code}`)).join(', ')
export const coded = (m: Says, prefix: string, value: string | null): string =>
  value === null ? '–' : m.t(`${prefix}${value}`)
