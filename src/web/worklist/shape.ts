import type { z } from 'zod'
import type { WorkList as WorkListShape } from '#wire/work.ts'

export type WorkList = z.output<typeof WorkListShape>
export type WorkItem = WorkList['items'][number]
export type Group = WorkItem['group']
/** In the order of the page. */
export const groups = [
  'breached',
  'overdue',
  'today',
  'week',
  'later',
  'none',
] as const satisfies readonly Group[]
