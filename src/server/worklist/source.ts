/** What a source of the work list is: who is asked, and a statement that gives its rows under the noun's own row policies. */
import type { Actor } from '#domain/core.ts'
import type { WorkKind } from '#wire/work.ts'

export interface WorkSource {
  readonly kind: WorkKind
  /** Spares everybody else the query; the policies have the last word. */
  readonly roles: readonly Actor['role'][] | 'all'
  /**
   * id, record_id, case_id, code, task, due_at, since, statutory, path, in this order. No parameters: who asks is `me_user()`,
   * `me_unit()` and their like. `task` is a word `task_<task>`, `path` a page under /app without a name in it. A statement over
   * cases takes `mine`, the condition that says whose cases are meant: the reader's own, or the whole unit's for its head.
   */
  readonly sql: string | ((mine: Mine) => string)
}
/** A condition over a row of `case_file` by its alias. */
export type Mine = (of: string) => string

/** The last second of a day in Tirana. */
export const endOf = (day: string): string =>
  `(((${day}) + 1)::timestamp at time zone 'Europe/Tirane') - interval '1 second'`

/** The reader's own, or of somebody for whom the reader stands in these days. */
export const meantFor = (column: string): string =>
  `(${column} = (select me_user()) or ${column} = any ((select stood_in_for())::uuid[]))`

/** Of `nrm_file f`: whoever manages the file, or stands in for them. */
export const managesFile = `${meantFor('f.manager_id')} and f.unit_id = (select me_unit())`
