export { clock } from './en/clock.ts'
export { invalid } from './en/invalid.ts'
export { problem } from './en/problem.ts'
export { refusal } from './en/refusal.ts'
