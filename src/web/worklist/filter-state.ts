/** The filter in use stays while one goes to a case and back: in memory alone, and gone with whoever leaves. */
import { whenSomebodyLeaves } from '#web/client/session.ts'
import type { WorkCriteria } from '#wire/work.ts'

let filtering = false
let criteria: WorkCriteria | null = null

export const isFiltering = (): boolean => filtering
export const setFiltering = (on: boolean): void => {
  filtering = on
}
export const keptCriteria = (): WorkCriteria | null => criteria
export const keepCriteria = (now: WorkCriteria): void => {
  criteria = now
}
whenSomebodyLeaves(() => {
  filtering = false
  criteria = null
})
