import type { ActivityHead } from '#wire/execution.ts'

export const statuses = ['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'SUSPENDED', 'CANCELLED'] as const
export const latenesses = ['late', 'perhaps', 'in_time', 'none'] as const

interface Titled {
  readonly titleSq: string | null
  readonly titleEn: string | null
}
/** The title in the reader's language, or in the one that was printed. */
export const titleOf = (of: Titled, language: string): string =>
  (language === 'sq' ? (of.titleSq ?? of.titleEn) : (of.titleEn ?? of.titleSq)) ?? ''

export type Standing = Pick<
  ActivityHead,
  'status' | 'since' | 'lateness' | 'deadlineText' | 'dueEarliest' | 'dueLatest'
>
