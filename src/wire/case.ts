/** Cases on the wire. `case/commands.ts` says what may be asked for, `case/reads.ts` what is answered. */
export * from './case/commands.ts'
export * from './case/court.ts'
export * from './case/gtn.ts'
export * from './case/reads.ts'
