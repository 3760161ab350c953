/** Rows as the reader sees them: words, group and face. */

import type { z } from 'zod'
import type { Holidays } from '#domain/clock/calendar.ts'
import { workGroup } from '#domain/clock/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import type { Language } from '#wire/words/index.ts'
import type { WorkItem, WorkKind, WorkList } from '#wire/work.ts'
import { clockOf, viewClock } from '../clock/view.ts'
import type { Tx } from '../tx.ts'
import { say, says } from '../words.ts'
import { type DueCounts, noneDue } from './count.ts'
import type { Face } from './faces.ts'
import type { WorkRow } from './rows.ts'

export const byDue = (a: WorkRow, b: WorkRow): number =>
  a.due === b.due ? (a.id < b.id ? -1 : 1) : a.due < b.due ? -1 : 1

export const groupOf = (row: WorkRow, now: Instant): WorkItem['group'] =>
  row.clock === null ? 'none' : workGroup(clockOf(row.clock), now)

export const countGroups = (
  rows: readonly WorkRow[],
  now: Instant,
): DueCounts & { readonly none: number } => {
  const counts = { ...noneDue, none: 0 }
  for (const row of rows) counts[groupOf(row, now)] += 1
  return counts
}

export const labelOf = (kind: WorkKind, language: Language): string => say(language, `workTask.kind_${kind}`)

/** The kinds among these rows, in the order in which they first come. */
export const kindsOf = (rows: readonly WorkRow[], language: Language): z.input<typeof WorkList>['kinds'] => {
  const counted = new Map<WorkKind, number>()
  for (const row of rows) counted.set(row.kind, (counted.get(row.kind) ?? 0) + 1)
  return [...counted].map(([kind, count]) => ({ kind, label: labelOf(kind, language), count }))
}

const initial = (name: string | null): string => (name ? ` ${[...name][0]}.` : '')

export const titleOf = (row: WorkRow, language: Language): string | null => {
  if (row.title !== null) return row.title
  if (row.task === null) return null
  return say(language, row.from === undefined ? `clock.${row.task}` : `workTask.task_${row.task}`)
}

/** What a row is called on the page, whoever says it there. */
export const saidOf = (row: WorkRow, language: Language): string | null => {
  const rule = `clock.rule_${row.clock?.rule}`
  return titleOf(row, language) ?? (says(language, rule) ? say(language, rule) : null)
}

/** Whose each row is, where somebody asks for it. */
export type WorkerOf = (row: WorkRow) => { readonly id: Uuid; readonly name: string } | null
const nobodys: WorkerOf = () => null

/** Rows whose record is not to be seen (any more) are left out. */
export const itemsOf = (
  rows: readonly WorkRow[],
  faces: ReadonlyMap<Uuid, Face>,
  tx: Tx,
  holidays: Holidays,
  language: Language,
  workerOf: WorkerOf = nobodys,
): WorkItem[] =>
  rows.flatMap((row) => {
    const face = faces.get(row.from !== undefined && row.caseId !== null ? row.caseId : row.recordId)
    if (face === undefined && (row.from === undefined || row.caseId !== null)) return []
    return [
      {
        id: row.id,
        kind: row.kind,
        recordId: row.recordId,
        caseId: row.caseId ?? face?.caseId ?? null,
        code: face?.code ?? row.from?.code ?? '',
        group: groupOf(row, tx.now),
        clock: row.clock === null ? null : viewClock(row.clock, tx.actor, tx.now, holidays),
        title: titleOf(row, language),
        name: face?.given ? `${face.given}${initial(face.family)}` : null,
        age:
          face === undefined || face.bornTo === null
            ? null
            : Math.max(0, Number(tiranaDay(tx.now).slice(0, 4)) - face.bornTo),
        sex: face?.sex ?? null,
        risk: face?.risk ?? null,
        path: row.from?.path ?? null,
        worker: workerOf(row),
      },
    ]
  })
