import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import type { ScreeningSets } from '#wire/screening.ts'

type Set = z.output<typeof ScreeningSets.reply>['items'][number]

/** The set for trafficking: its forms and elements in both languages. */
export const useForms = (): Set | undefined =>
  useGet<{ items: readonly Set[] }>('/api/screening-sets', {}, { staleTime: 5 * 60_000 }).data?.items.find(
    (one) => one.code === 'trafficking',
  )
