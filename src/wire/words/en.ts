import { clock } from './en/clock.ts'
import { refusal } from './en/refusal.ts'

export const en = { clock, refusal } as const
