export { clock } from './sq/clock.ts'
export { invalid } from './sq/invalid.ts'
export { problem } from './sq/problem.ts'
export { refusal } from './sq/refusal.ts'
