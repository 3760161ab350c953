import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import type { CaseRow, CaseView, TimelineEntry } from '#wire/case.ts'
import type { ListInstitutions } from '#wire/referral.ts'

export type { CaseRow, CaseView, TimelineEntry }
export type Plan = NonNullable<CaseView['plan']>
export type PlanGoal = Plan['goals'][number]
export type PlanAction = PlanGoal['actions'][number]
export type DirectoryUnit = z.output<typeof ListInstitutions.reply>['items'][number]

export const useCase = (id: string) => useGet<CaseView>(`/api/cases/${id}`)
/** Units to which one may refer or give an action; public facts, asked for once. */
export const useDirectory = (enabled = true) =>
  useGet<{ items: readonly DirectoryUnit[] }>('/api/institutions', {}, { staleTime: 5 * 60_000, enabled })
    .data?.items ?? []

/** Whether one of these is among what the reply says may be done next. */
export const may = (view: CaseView, ...actions: readonly string[]): boolean =>
  actions.some((a) => view.allowed.includes(a))
