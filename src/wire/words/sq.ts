import { refusal } from './sq/refusal.ts'

export const sq = { refusal } as const
