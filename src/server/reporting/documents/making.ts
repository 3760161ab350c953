/** What every maker of sections has in hand, and the small shapes that they share. */
import type { Day, Uuid } from '#domain/core.ts'
import { type Period, wholePeriod } from '#domain/indicator/period.ts'
import type { DocumentColumn, DocumentSection, DocumentTable } from '#domain/reporting/document.ts'
import type { Language } from '#wire/words/index.ts'
import type { Tx } from '../../tx.ts'
import type { Row } from '../store.ts'

export interface Making {
  readonly tx: Tx
  readonly row: Row
  readonly language: Language
  readonly t: (key: string, params?: Readonly<Record<string, string | number>>) => string
}
export type Make = (making: Making) => Promise<readonly DocumentSection[]>

/** `31.12.2018`, as both languages of the house write days in tables. */
export const dayIn = (day: string): string => `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`

/** The days that a report tells of. One that falls due some time after an act (D47, D48) tells of the time until then. */
export const spanOf = ({ row }: Making): { readonly from: Day; readonly to: Day } => ({
  from: row.from,
  to: row.from === row.to ? row.dueOn : row.to,
})

/** Whole periods to count in: the report's own, or else the years that it touches, five at most. */
export const periodsIn = (making: Making): readonly Period[] => {
  const { from, to } = spanOf(making)
  const own = wholePeriod(from, to)
  if (own !== null) return [own]
  const first = Math.max(Number(from.slice(0, 4)), Number(to.slice(0, 4)) - 4)
  return Array.from({ length: Number(to.slice(0, 4)) - first + 1 }, (_, at) => first + at).flatMap(
    (year) => wholePeriod(`${year}-01-01`, `${year}-12-31`) ?? [],
  )
}

/** The plan of the report; for a report on the country the national plan of its time, or the newest before it. */
export const planOf = async ({ tx, row }: Making): Promise<Uuid | null> => {
  if (row.planId !== null) return row.planId
  const [plan] = await tx.sql<{ id: Uuid }>(
    `select id from action_plan where kind = 'national' and current_version > 0 and period_from <= $1
     order by period_from desc, id limit 1`,
    [row.to],
  )
  return plan?.id ?? null
}

export const text = (head: string): DocumentColumn => ({ head, kind: 'text' })
export const number = (head: string): DocumentColumn => ({ head, kind: 'number' })
export const lek = (head: string): DocumentColumn => ({ head, kind: 'lek' })

/** A section of one table under its own name; without rows the sentence that says so stands instead. */
export const tabled = (
  { t }: Making,
  heading: string,
  columns: readonly DocumentColumn[],
  rows: DocumentTable['rows'],
  more: { readonly paragraphs?: readonly string[]; readonly note?: string } = {},
): DocumentSection => ({
  heading,
  paragraphs: [...(more.paragraphs ?? []), ...(rows.length === 0 ? [t('nothing_here')] : [])],
  tables:
    rows.length === 0
      ? []
      : [{ caption: heading, columns, rows, ...(more.note === undefined ? {} : { note: more.note }) }],
  charts: [],
})
