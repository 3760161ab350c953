import type { z } from 'zod'
import type { CaseIdentification, CaseScreenings, ScreeningSets } from '#wire/screening.ts'

export type Sets = z.output<typeof ScreeningSets.reply>['items']
export type ScreeningSet = Sets[number]
export type Item = ScreeningSet['items'][number]
export type Screening = z.output<typeof CaseScreenings.reply>['items'][number]
export type Identification = z.output<typeof CaseIdentification.reply>
