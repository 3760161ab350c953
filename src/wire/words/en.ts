import { refusal } from './en/refusal.ts'

export const en = { refusal } as const
