import { clock } from './sq/clock.ts'
import { refusal } from './sq/refusal.ts'

export const sq = { clock, refusal } as const
