import type { z } from 'zod'
import type { Word } from '#web/design/words.tsx'
import type { CaseIdentification, CaseScreenings, ScreeningSets } from '#wire/screening.ts'

export type Sets = z.output<typeof ScreeningSets.reply>['items']
export type ScreeningSet = Sets[number]
export type Item = ScreeningSet['items'][number]
export type Screening = z.output<typeof CaseScreenings.reply>['items'][number]
export type Identification = z.output<typeof CaseIdentification.reply>

/** What a result is called in its set: economic exploitation found gives no trafficking status, and says so. */
export const resultWord = (set: string, result: 'vmt' | 'at_risk' | 'negative'): Word<'screeningPage'> =>
  set === 'economic_exploitation' ? `economic_${result}` : `result_${result}`
export const markWord = (set: string, result: 'vmt' | 'at_risk' | 'negative'): Word<'screeningPage'> =>
  set === 'economic_exploitation' ? `mark_economic_${result}` : `mark_${result}`
